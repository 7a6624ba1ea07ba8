"""The budgets: small functions, files and templates, no loose ends."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "tettpaa"
PYTHON = [p for p in sorted(SRC.rglob("*.py")) if "migrations" not in p.parts]
FUNCTION, FILE, CLASS, TEMPLATE, TEST_FILE, SETTINGS = 40, 400, 200, 150, 800, 350


def too_long(tree: ast.AST) -> list[str]:
    """Functions and classes over the budget, with their number of lines."""
    return [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"  # type: ignore[operator]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.end_lineno - node.lineno + 1 > (CLASS if isinstance(node, ast.ClassDef) else FUNCTION)  # type: ignore[operator]
    ]


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(SRC)))
def test_python_keeps_the_budgets(path: Path) -> None:
    text = path.read_text()
    lines = text.count("\n")
    assert lines <= (SETTINGS if path.name == "settings.py" else FILE)
    assert too_long(ast.parse(text)) == []
    assert "TODO" not in text
    assert "FIXME" not in text


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.html")), ids=lambda p: str(p.relative_to(SRC)))
def test_templates_keep_the_budget(path: Path) -> None:
    assert path.read_text().count("\n") <= TEMPLATE


def test_test_files_keep_the_budget() -> None:
    assert [str(p) for p in (ROOT / "tests").rglob("*.py") if p.read_text().count("\n") > TEST_FILE] == []


def test_a_planted_giant_is_caught() -> None:
    giant = "def f():\n" + "    x = 1\n" * 41
    assert too_long(ast.parse(giant)) == ["f has 42 lines"]


@pytest.mark.parametrize(
    "room", sorted({p.parent for p in SRC.glob("*/*/__init__.py")}), ids=lambda p: p.name
)
def test_every_room_says_what_it_is_for(room: Path) -> None:
    readme = room / "README.md"
    assert readme.exists()
    assert 4 <= len(readme.read_text().strip().splitlines()) <= 30
