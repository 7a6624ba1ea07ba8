"""The compiler of catalogues against Python's own reader, and the finder of texts."""

import gettext
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.core.ui import catalogues

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
SAMPLE = (
    HEAD
    + """
# a note
#, python-format
msgid "Side %(n)s"
msgstr "Page %(n)s"

msgctxt "måned"
msgid "mars"
msgstr "March"

msgid "mars"
msgstr "Mars"

msgid "Ett felt"
msgid_plural "%(n)s felt"
msgstr[0] "One field"
msgstr[1] "%(n)s fields"

msgid ""
"Lang tekst "
"over \\"to\\" linjer"
msgstr ""
"Long text "
"over two\\nlines"

#, fuzzy
msgid "Gjettet"
msgstr "Guessed"

msgid "Tom"
msgstr ""
"""
)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(SAMPLE, "utf-8")
    return path


def compiled(path: Path) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(catalogues.compiled(catalogues.read(path))))


def test_pythons_gettext_reads_what_we_compile(sample: Path) -> None:
    found = compiled(sample)
    assert found.gettext("Side %(n)s") == "Page %(n)s"
    assert found.gettext("mars") == "Mars"
    assert found.pgettext("måned", "mars") == "March"
    assert found.ngettext("Ett felt", "%(n)s felt", 1) == "One field"
    assert found.ngettext("Ett felt", "%(n)s felt", 3) == "%(n)s fields"
    assert found.gettext('Lang tekst over "to" linjer') == "Long text over two\nlines"
    assert found.info()["content-type"] == "text/plain; charset=UTF-8"


def test_guesses_and_empty_translations_are_left_out(sample: Path) -> None:
    found = compiled(sample)
    assert [found.gettext("Gjettet"), found.gettext("Tom")] == ["Gjettet", "Tom"]
    assert [m.msgid for m in catalogues.read(sample) if m.msgid and not m.is_translated] == ["Gjettet", "Tom"]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r"), min_size=1)


@given(st.dictionaries(texts, texts))
def test_every_text_comes_back(entries: dict[str, str]) -> None:
    head = catalogues.Message(texts={0: "Content-Type: text/plain; charset=UTF-8\n"})
    messages = [head] + [catalogues.Message(msgid=key, texts={0: text}) for key, text in entries.items()]
    found = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(messages)))
    assert {key: found.gettext(key) for key in entries} == entries


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hallo", "django.po:1: 'hallo' is not part of a catalogue"),
        ("msgid x", "django.po:1: 'x' is not a quoted text"),
    ],
)
def test_a_broken_catalogue_names_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "django.po"
    path.write_text(line, "utf-8")
    with pytest.raises(catalogues.CatalogueError) as caught:
        catalogues.read(path)
    assert str(caught.value).endswith(message)


def room(package: Path, language: str, text: str) -> Path:
    path = package / "core" / "room" / "locale" / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + text, "utf-8")
    return path


def test_compile_all_writes_once_and_again_after_a_change(tmp_path: Path) -> None:
    path = room(tmp_path, "nn", 'msgid "Skole"\nmsgstr "Skule"\n')
    assert catalogues.compile_all(tmp_path) == 1
    assert catalogues.compile_all(tmp_path) == 0
    target = path.with_suffix(".mo")
    newer = target.stat().st_mtime + 10
    import os

    os.utime(path, (newer, newer))
    assert catalogues.compile_all(tmp_path) == 1


def test_texts_of_python() -> None:
    source = (
        'from x import gettext as _\n_("a")\ngettext_lazy("b")\nngettext("c", "cs", n)\npgettext("k", "d")\n'
        'translation.gettext("e")\n_(variable)\nother("no")\n"no"\n'
    )
    assert sorted(catalogues.texts_of_python(source)) == ["a", "b", "c", "e", "k\x04d"]


def test_texts_of_template() -> None:
    source = """{% load i18n ui %}{% translate "a" %}{% translate 'b "q"' as x %}
    {% blocktranslate trimmed with n=1 %}
      c {{ n }}
    {% endblocktranslate %}
    {% blocktranslate count n=2 %}d{% plural %}ds{% endblocktranslate %}
    {% translate "mars" context "måned" %}
    {% show "button" label=_("e (f)") %}{{ _("g") }}{% comment %}{% translate "no" %}{% endcomment %}"""
    found = set(catalogues.texts_of_template(source))
    assert found == {"a", 'b "q"', "c %(n)s", "d", "måned\x04mars", "e (f)", "g"}


def test_missing_lists_gaps_and_leftovers(tmp_path: Path) -> None:
    room(tmp_path, "nn", 'msgid "Gammel"\nmsgstr "Gammal"\n')
    room_folder = tmp_path / "core" / "room"
    (room_folder / "__init__.py").write_text("")
    (room_folder / "views.py").write_text('_("Skole")')
    (room_folder / "templates").mkdir()
    (room_folder / "templates" / "a.html").write_text('{% load i18n %}{% translate "Elev" %}')
    assert catalogues.missing(tmp_path) == [
        "nn core/room/templates/a.html: 'Elev'",
        "nn core/room/views.py: 'Skole'",
        "nn core/room/locale/nn/LC_MESSAGES/django.po: unused 'Gammel'",
        "en core/room/templates/a.html: 'Elev'",
        "en core/room/views.py: 'Skole'",
    ]


def test_this_room_is_complete() -> None:
    assert [line for line in catalogues.missing() if " core/ui/" in line] == []


def test_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(catalogues, "compile_all", lambda: 3)
    monkeypatch.setattr(catalogues, "missing", lambda: ["nn a: 'b'"])
    assert [catalogues.main([]), catalogues.main(["--check"])] == [0, 1]
    told = capsys.readouterr()
    assert (told.out, told.err) == ("nn a: 'b'\n", "3 catalogues compiled.\n")
    monkeypatch.setattr(catalogues, "missing", list)
    assert catalogues.main(["--check"]) == 0
