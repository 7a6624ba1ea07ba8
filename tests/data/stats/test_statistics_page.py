"""docs/statistics.md is true: its tests exist, its code exists, its constants are the shipped ones."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tettpaa.data.stats.constants import components_for

PAGE = (Path(__file__).parents[3] / "docs" / "statistics.md").read_text(encoding="utf-8")
KEYS = {"English": "engelsk", "reading": "lesing", "numeracy": "regning"}


def test_each_test_named_on_the_page_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    assert len(named) > 40
    assert named - set(re.findall(r"^def (test_\w+)", sources, re.MULTILINE)) == set()


def test_each_function_named_on_the_page_exists() -> None:
    named = set(re.findall(r"`(\w+)\.(\w+)`", PAGE)) - {("estimate", "py"), ("words", "py")}
    owners = {"LevelEstimate": "level", "Components": "constants"}
    missing = []
    for owner, name in named:
        name_of = owners.get(owner, owner)
        inside = "screening." if find_spec(f"tettpaa.data.stats.{name_of}") is None else ""
        module = import_module(f"tettpaa.data.stats.{inside}{name_of}")
        if not hasattr(getattr(module, owner) if owner in owners else module, name):
            missing.append((owner, name))
    assert missing == []


def test_constants_on_the_page_are_the_shipped() -> None:
    rows = re.findall(r"^\| grade (\d) (\w+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|", PAGE, re.MULTILINE)
    on_the_page = {f"np{grade}_{KEYS[test]}": tuple(map(float, parts)) for grade, test, *parts in rows}
    shipped = {key: components_for(key, 2024) for key in on_the_page}
    assert on_the_page == {key: (c.sd, c.persistent, c.cohort) for key, c in shipped.items()}
    assert len(on_the_page) == 6
