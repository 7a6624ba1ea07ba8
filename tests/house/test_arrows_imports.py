"""The import contracts hold, and each catches the offence it was made for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# file to add, its content, the contract that must break
OFFENCES = {
    "data imports report": (
        "data/indicators/planted.py",
        "import tettpaa.report.annual.models\n",
        "1 Floors",
    ),
    "audit imports orgs": ("core/audit/planted.py", "import tettpaa.core.orgs.models\n", "2 Core"),
    "a new room without a place": ("core/planted/__init__.py", "", "2 Core"),
    "stats imports indicators": ("data/stats/planted.py", "import tettpaa.data.indicators.enums\n", "3 Data"),
    "export imports annual": ("report/export/planted.py", "import tettpaa.report.annual.enums\n", "5 Report"),
    "workspace imports demo": ("doors/workspace/planted.py", "import tettpaa.doors.demo.urls\n", "6 Doors"),
    "queries import actions": ("core/jobs/queries.py", "+import tettpaa.core.jobs.actions\n", "7 Inside"),
    "a view imports models": ("doors/workspace/views.py", "+import tettpaa.core.orgs.models\n", "8 Views"),
    "stats imports django": ("data/stats/planted.py", "import django\n", "9 Arithmetic"),
    "somebody reads the raw numbers": (
        "doors/workspace/planted.py",
        "import tettpaa.data.indicators.raw\n",
        "10 Numbers",
    ),
    "the room's own queries read them": (
        "data/indicators/queries.py",
        "+import tettpaa.data.indicators.raw\n",
        "10 Numbers",
    ),
    "hidden in a function": ("core/ui/planted.py", "def f():\n    import tettpaa.data.stats\n", "1 Floors"),
    "another room's view": ("doors/workspace/planted.py", "import tettpaa.data.sources.views\n", "12 A room"),
}


def lint(tree: Path) -> str:
    """The linter's words about a copy of the source tree."""
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--config",
        str(tree / "pyproject.toml"),
        "--no-cache",
    ]
    done = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, env={"PYTHONPATH": str(tree / "src"), "PATH": ""}
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    only_python = shutil.ignore_patterns(
        "*.xz", "vendor", "fonts", "templates", "static", "locale", "__pycache__", "*.toml"
    )
    shutil.copytree(ROOT / "src", folder / "src", ignore=only_python)
    return folder


@pytest.mark.slow
def test_all_contracts_are_kept(tree: Path) -> None:
    words = lint(tree)
    assert ", 0 broken" in words, words


@pytest.mark.slow
@pytest.mark.parametrize("offence", OFFENCES)
def test_a_planted_offence_is_caught(tree: Path, offence: str) -> None:
    name, content, contract = OFFENCES[offence]
    file = tree / "src" / "tettpaa" / name
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(content if before is None else f"{before}\n{content[1:]}")
    try:
        broken = [line for line in lint(tree).splitlines() if line.endswith("BROKEN")]
        assert any(line.startswith(contract) for line in broken), broken
    finally:
        if before is None:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
        else:
            file.write_text(before)
