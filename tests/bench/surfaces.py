"""Every surface of 200 random municipalities, three yearly releases of each, read back and attacked. By wish only."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.table import Line, timed

MUNICIPALITIES = "200"
TESTS = "tests/doors/workspace/test_surfaces.py"


def measure() -> list[Line]:
    """Fails with the first cell that can be narrowed; else tells what was read, and the time it took."""
    with TemporaryDirectory() as folder:
        tally = Path(folder) / "tally.json"
        env = {"TETTPAA_SURFACES": MUNICIPALITIES, "TETTPAA_SURFACES_TALLY": str(tally)}
        whole, start = (
            timed(["pytest", "-q", "-p", "no:randomly", *tests], some)
            for tests, some in (([TESTS], env), (["--version"], {}))
        )
        counted = json.loads(tally.read_text(encoding="utf-8"))
    print("| surface | read | figures found |\n|---|---|---|")
    for kind in sorted({key.partition(": ")[0] for key in counted if ": " in key}):
        print(f"| {kind} | {counted[f'{kind}: surfaces']:,} | {counted[f'{kind}: figures']:,} |")
    print(f"{counted['attacks']:,} attacks on {counted['small']:,} small numbers: 0 failing cells")
    what = f"{MUNICIPALITIES} municipalities × 3 releases attacked on every surface"
    return [Line(what, whole, "s", "pytest", start, "0 cells")]
