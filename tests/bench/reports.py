"""The report of an owner with 40 schools and more in three formats, cold and with charts already made."""

from pathlib import Path

from tests.bench.table import Line, timed


def measure(env: dict[str, str], folder: Path) -> list[Line]:
    timed(["tettpaa", "demo", "--no-serve"], env)
    cold = three_formats(env, folder)
    warm = three_formats(env, folder)
    return [
        Line(
            "report of Stavanger, PDF + Word + slides, cold",
            cold,
            "s",
            "the same with charts made",
            warm,
            "≤ 60 s cold, ≤ 15 s made",
        )
    ]


def three_formats(env: dict[str, str], folder: Path) -> float:
    total = 0.0
    for form in ("pdf", "docx", "pptx"):
        target = folder / f"report.{form}"
        line = ["tettpaa", "report", "--owner", "1103", "--year", "2024-25", "--edition", "public"]
        total += timed([*line, "--format", form, "--output", str(target)], env)
    return total
