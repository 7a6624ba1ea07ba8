"""The attack on 200 random municipalities, three yearly releases of each, and on every surface of them. Long: by wish only."""

from tests.bench.table import Line, timed

MUNICIPALITIES = "200"
TESTS = ["tests/data/indicators/test_attacked.py", "tests/doors/workspace/test_surfaces.py"]


def measure() -> list[Line]:
    """Fails with the first cell that can be narrowed; else the time it took."""
    env = {"TETTPAA_MUNICIPALITIES": MUNICIPALITIES, "TETTPAA_SURFACES": MUNICIPALITIES}
    whole, start = (
        timed(["pytest", "-q", *tests], some) for tests, some in ((TESTS, env), (["--version"], {}))
    )
    return [
        Line(
            "200 municipalities × 3 releases attacked on every surface",
            whole,
            "s",
            "pytest",
            start,
            "0 cells",
        )
    ]
