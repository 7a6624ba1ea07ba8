"""Unsuppressed numbers and powers stay where they belong, also where imports cannot see."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "tettpaa"
CODE = {path: path.read_text() for path in SRC.rglob("*.py") if "migrations" not in path.parts}


def files_with(pattern: str) -> set[str]:
    return {str(path.relative_to(SRC)) for path, text in CODE.items() if re.search(pattern, text)}


def test_safe_figures_are_made_in_one_place() -> None:
    assert files_with(r"\bsafe_figure\(") == {"data/suppression/figure.py", "data/indicators/queries.py"}
    assert files_with(r"\bSafeFigure\(") == {"data/suppression/figure.py"}


def test_nobody_reaches_models_behind_the_arrows() -> None:
    assert files_with(r"\bget_model\(|\.raw\(|\.extra\(") == set()


def test_withheld_values_are_named_only_in_their_room() -> None:
    assert {name.rsplit("/", 1)[0] for name in files_with(r"\bWithheldValue\b")} <= {
        "data/indicators", "data/indicators/actions",
    }  # fmt: skip


def test_forms_name_their_fields() -> None:
    assert files_with(r"""fields\s*=\s*["']__all__["']|exclude\s*=\s*[\[(]|\*\*request\.POST""") == set()


def test_html_is_marked_safe_in_few_places() -> None:
    assert len(files_with(r"\bmark_safe\(")) <= 2
    templates = "\n".join(path.read_text() for path in SRC.rglob("*.html"))
    assert len(re.findall(r"\|\s*safe\b", templates)) <= 2


def test_no_machine_path_or_registry_stands_in_the_repository() -> None:
    suspects = re.compile(
        r"(?<![\w.])/(?:root|work|opt)/|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian"
    )
    texts = [
        p
        for p in ROOT.rglob("*")
        if p.is_file() and p.suffix in {".py", ".md", ".toml", ".txt", ".json", ".sh", ".html", ".css", ".js"}
    ]
    ours = [
        p
        for p in texts
        if not {".venv", ".uv", ".cache", ".git", "node_modules", "vendor", "data"}
        & set(p.relative_to(ROOT).parts[:1])
        and "vendor" not in p.parts
    ]
    assert [
        str(p.relative_to(ROOT))
        for p in ours
        if p != Path(__file__) and suspects.search(p.read_text(errors="ignore"))
    ] == []
