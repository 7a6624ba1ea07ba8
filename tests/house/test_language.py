"""Every text stands in nynorsk and English, and nothing else than Norwegian stands in the source texts."""

import re
from pathlib import Path

from tettpaa.core.ui import catalogues

SRC = Path(__file__).resolve().parents[2] / "src" / "tettpaa"
# English words that would betray an untranslated text in a bokmål page.
ENGLISH = re.compile(r"\b(the|and|with|your|please|school|page|error|download|submit|save)\b", re.I)
TRANSLATED = re.compile(r"""{%\s*translate\s+["']([^"']+)["']""")


def test_catalogues_are_complete() -> None:
    assert catalogues.missing(SRC) == []


def test_source_texts_are_bokmaal() -> None:
    english = [
        (path.name, text)
        for path in SRC.rglob("templates/**/*.html")
        for text in TRANSLATED.findall(path.read_text())
        if ENGLISH.search(text)
    ]
    assert english == []


def test_an_english_text_is_caught() -> None:
    assert ENGLISH.search("Please save the page")
    assert not ENGLISH.search("Lagre siden. Ikke endret ennå.")
