"""The locks are portable: hashed, and without any address."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_requirements_are_hashed_and_name_no_index() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text()
        assert "://" not in text, path
        pins = re.findall(r"^[a-z0-9][^\s=]*==\S+", text, re.M)
        assert len(pins) > 10
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert [b.splitlines()[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_npm_lock_has_integrity_and_no_address() -> None:
    path = ROOT / "src/tettpaa/core/ui/frontend/package-lock.json"
    lock = json.loads(path.read_text())
    packages = {name: row for name, row in lock["packages"].items() if name}
    assert packages
    assert [name for name, row in packages.items() if "resolved" in row or "integrity" not in row] == []


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    listed = re.findall(r'^  "([A-Za-z0-9\[\],_-]+)[><=~][^"]*",(.*)$', text, re.M)
    assert len(listed) > 20
    assert [name for name, rest in listed if not rest.strip().startswith("# ")] == []
