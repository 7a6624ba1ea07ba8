"""Reading, merging, loading and writing packs, on the part that this room owns itself: owner.toml."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.actions import BodyWords, change_owner_settings, end_body, save_body
from tettpaa.core.orgs.models import Body, OwnerSettings, Unit
from tettpaa.core.packs import docs
from tettpaa.core.packs import pack as pack_part
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.editing import new_key
from tettpaa.core.packs.exporting import export_pack, zipped
from tettpaa.core.packs.merging import Kind
from tettpaa.core.packs.models import LoadedPack
from tettpaa.core.packs.problems import PackError, messages, render
from tettpaa.core.packs.queries import changes, founding_packs, loaded_pack
from tettpaa.core.packs.reading import ReadPack, read_pack
from tettpaa.core.packs.registry import register

HEAD = 'name = "Prøve"\nabout.nb = "En pakke til prøve."\n'
FIRST = """
report_name = "Kvalitetsmelding"

[[bodies]]
key = "fau"
name = "FAU"
level = "school"
role = "parent_committee"
voice = "parents"

[[bodies]]
key = "utvalg"
name = "Utvalg for oppvekst"
level = "owner"
"""
type Write = Callable[..., ReadPack]


@pytest.fixture
def pack(tmp_path: Path) -> Write:
    """A pack of the given texts, read: `pack(owner=…)`."""

    def write(**files: str) -> ReadPack:
        for old in tmp_path.iterdir():
            old.unlink()
        for name, text in {"pack": HEAD, **files}.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return read_pack(tmp_path, name="prove")

    return write


def told(folder: Path, language: str = "nb") -> list[str]:
    with pytest.raises(PackError) as error:
        read_pack(folder)
    return [str(render(problem, language)) for problem in error.value.problems]


def bodies(owner: Unit) -> dict[str, str]:
    return dict(Body.objects.filter(owner=owner, is_active=True).values_list("key", "name"))


WRONG = """
report_nam = "x"
wheel_profile = "winter"

[[bodies]]
key = "fau"
name = 7
level = "school"

[[bodies]]
key = "å b"
level = "owner"
decides = "perhaps"

[[bodies]]
key = "fau"
name = "x"
level = "owner"
role = "king"
"""


def test_every_problem_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(HEAD)
    (tmp_path / "owner.toml").write_text(WRONG)
    (tmp_path / "plans.toml").write_text("")
    lines = told(tmp_path)
    assert lines[0].startswith("plans.toml: Filen «plans.toml» hører ikke til i en pakke. ")
    assert lines[0].endswith("Mente du «plan.toml»? Gi filen et av navnene, eller ta den bort.")
    assert lines[1:] == [
        (
            "owner.toml, linje 2, report_nam: «report_nam» er ikke kjent her. Denne tabellen kan ha: report_name, "
            "language_form, wheel_profile, bodies. Mente du «report_name»? Rett navnet, eller ta bort linjen."
        ),
        (
            'owner.toml, linje 3, wheel_profile: Vi leste "winter". Vi ventet en av disse: "autumn", "early_spring", '
            '"before_summer". Velg en av verdiene, skrevet slik.'
        ),
        (
            "owner.toml, linje 7, bodies[1].name: Vi leste 7. Vi ventet en tekst i anførselstegn, ikke tom, høyst 120 "
            "tegn. Sett anførselstegn rundt verdien."
        ),
        (
            "owner.toml, linje 10, bodies[2].name: «name» mangler. Her skal det stå en tekst i anførselstegn, ikke tom, "
            "høyst 120 tegn. Skriv inn name = … i denne tabellen."
        ),
        (
            'owner.toml, linje 11, bodies[2].key: Vi leste "å b". En key er bokstaver uten æøå, tall, bindestrek og '
            'understrek, høyst 60 tegn. Skriv for eksempel key = "lesing".'
        ),
        (
            'owner.toml, linje 13, bodies[2].decides: Vi leste "perhaps". Vi ventet true eller false. Skriv true for ja '
            "og false for nei, uten anførselstegn."
        ),
        (
            'owner.toml, linje 16, bodies[3].key: "fau" står også på linje 6. Hver key i «bodies» brukes én gang. Gi en '
            "av dem en annen key."
        ),
        lines[-1],
    ]
    assert lines[-1].startswith(
        'owner.toml, linje 19, bodies[3].role: Vi leste "king". Vi ventet en av disse: "", '
    )


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ('report_name = "x', "nb", "owner.toml, linje 1: Noe som begynner på linjen eller før den, blir "),
        ("report_name", "nn", "owner.toml, linje 1: Vi las «report_name», og forstod ikkje meir."),
        (
            'report_name = "x"\nreport_name = "y"',
            "en",
            'owner.toml, line 2: We read “report_name = "y"”, which stands',
        ),
        (
            "bodies = [\n",
            "en",
            "owner.toml, line 1: Something that begins on the line or before it is never closed.",
        ),
        ("report_name =", "en", "owner.toml, line 1: We read “report_name =” and understood no more."),
        (
            "bodies = 7",
            "en",
            "owner.toml, line 1, bodies: We read 7. We expected tables that begin with [[bodies]]",
        ),
        ("bodies = [1]", "nb", "owner.toml, linje 1, bodies[1]: Vi leste 1. Vi ventet en tabell."),
        (
            'report_name = ""',
            "nn",
            'owner.toml, linje 1, report_name: Vi las "". Vi venta ein tekst i hermeteikn, ikkje',
        ),
        (f'report_name = "{"x" * 130}"', "nb", "owner.toml, linje 1, report_name: Vi leste 130 tegn."),
    ],
)
def test_each_kind_of_problem_has_its_words(tmp_path: Path, text: str, language: str, words: str) -> None:
    (tmp_path / "pack.toml").write_text(HEAD)
    (tmp_path / "owner.toml").write_text(text)
    [line] = told(tmp_path, language)
    assert line.startswith(words)


def test_a_file_that_is_no_text_or_too_big_is_told(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_bytes(b'name = "\xff"')
    (tmp_path / "owner.toml").write_bytes(b"#" * 600_000)
    assert [line[:40] for line in told(tmp_path)] == [
        "pack.toml, linje 1: Filen er ikke tekst ",
        "owner.toml: Filen er på 585 kB. En fil i",
    ]
    assert told(tmp_path / "nothing")[0].startswith("pack: Vi fant ingen mappe «")
    (tmp_path / "pack.toml").unlink()
    assert told(tmp_path)[0].startswith("pack.toml: Mappen har ingen pack.toml.")


def test_every_message_has_three_sentences_in_three_languages() -> None:
    for code, words in messages().items():
        assert (code, sorted(words)) == (code, ["en", "nb", "nn"])
        assert {len(sentences) for sentences in words.values()} == {3}


@pytest.mark.django_db
def test_loading_writes_all_once(cast: Cast, pack: Write) -> None:
    found = load_pack(owner=cast.fjordvik, pack=pack(owner=FIRST), by="berit@example.test")
    assert [(change.kind, change.path) for change in found] == [
        (Kind.CHANGED, ("",)),
        (Kind.ADDED, ("bodies", "fau")),
        (Kind.ADDED, ("bodies", "utvalg")),
    ]
    assert OwnerSettings.objects.get(unit=cast.fjordvik).report_name == "Kvalitetsmelding"
    assert bodies(cast.fjordvik) == {"fau": "FAU", "utvalg": "Utvalg for oppvekst"}
    assert bodies(cast.utvik) == {}
    events = Event.objects.filter(chain="9901", kind="packs.pack_loaded")
    assert [(event.by, event.subject) for event in events] == [("berit@example.test", "Prøve")]
    before = (Event.objects.count(), LoadedPack.objects.get().loaded_at)
    assert load_pack(owner=cast.fjordvik, pack=pack(owner=FIRST), by="berit@example.test") == []
    assert (Event.objects.count(), LoadedPack.objects.get().loaded_at) == before


@pytest.mark.django_db
def test_what_people_have_written_stays(cast: Cast, pack: Write) -> None:
    owner = cast.fjordvik
    load_pack(owner=owner, pack=pack(owner=FIRST), by="test")
    change_owner_settings(
        settings=OwnerSettings.objects.get(unit=owner), by="test", report_name="Vår melding"
    )
    save_body(
        owner=owner,
        key="fau",
        words=BodyWords("Foreldrene", "school", "parent_committee", "parents"),
        by="test",
    )
    save_body(owner=owner, key="eget", words=BodyWords("Vårt eget", "owner"), by="test")
    new = FIRST.replace("Kvalitetsmelding", "Utviklingsmelding").replace('"FAU"', '"FAU i ny drakt"')
    new = new.replace('level = "owner"', 'level = "owner"\ndecides = true').replace(
        "Utvalg for", "Utvalet for"
    )
    found = load_pack(owner=owner, pack=pack(owner=new), by="test")
    assert [(change.kind, change.path, change.field) for change in found] == [
        (Kind.KEPT, ("",), "report_name"),
        (Kind.KEPT, ("bodies", "fau"), "name"),
        (Kind.CHANGED, ("bodies", "utvalg"), "name"),
        (Kind.CHANGED, ("bodies", "utvalg"), "decides"),
    ]
    assert OwnerSettings.objects.get(unit=owner).report_name == "Vår melding"
    assert bodies(owner) == {"fau": "Foreldrene", "utvalg": "Utvalet for oppvekst", "eget": "Vårt eget"}


@pytest.mark.django_db
def test_what_the_pack_no_longer_has_is_ended_unless_people_have_written_in_it(
    cast: Cast, pack: Write
) -> None:
    owner = cast.fjordvik
    load_pack(owner=owner, pack=pack(owner=FIRST), by="test")
    save_body(
        owner=owner,
        key="fau",
        words=BodyWords("Foreldrene", "school", "parent_committee", "parents"),
        by="test",
    )
    found = load_pack(owner=owner, pack=pack(owner=""), by="test")
    assert [(change.kind, change.path) for change in found] == [
        (Kind.CHANGED, ("",)),
        (Kind.KEPT_ENTRY, ("bodies", "fau")),
        (Kind.GONE, ("bodies", "utvalg")),
    ]
    assert bodies(owner) == {"fau": "Foreldrene"}
    assert Body.objects.filter(owner=owner, key="utvalg").exists()
    load_pack(owner=owner, pack=pack(owner=FIRST), by="test")
    assert bodies(owner)["utvalg"] == "Utvalg for oppvekst"


@pytest.mark.django_db
def test_what_people_have_taken_away_stays_away(cast: Cast, pack: Write) -> None:
    load_pack(owner=cast.fjordvik, pack=pack(owner=FIRST), by="test")
    end_body(owner=cast.fjordvik, key="fau", by="test")
    found = load_pack(owner=cast.fjordvik, pack=pack(owner=FIRST.replace('"FAU"', '"FAU!"')), by="test")
    assert [(change.kind, change.path) for change in found] == [(Kind.STAYS_AWAY, ("bodies", "fau"))]
    assert bodies(cast.fjordvik) == {"utvalg": "Utvalg for oppvekst"}


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(cast: Cast, pack: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the trail is full")

    monkeypatch.setattr("tettpaa.core.packs.actions.record", fail)
    with pytest.raises(RuntimeError):
        load_pack(owner=cast.fjordvik, pack=pack(owner=FIRST), by="test")
    assert (bodies(cast.fjordvik), LoadedPack.objects.count(), loaded_pack(cast.fjordvik)) == ({}, 0, None)


@pytest.mark.django_db
def test_an_export_can_be_checked_and_differs_in_nothing(cast: Cast, pack: Write, tmp_path: Path) -> None:
    load_pack(owner=cast.fjordvik, pack=pack(owner=FIRST), by="test")
    files = export_pack(cast.fjordvik)
    assert tomllib.loads(files["owner.toml"]) == tomllib.loads(FIRST)
    folder = tmp_path / "out"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    assert changes(cast.fjordvik, read_pack(folder)) == []
    assert zipped(files) == zipped(dict(files))


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("pack", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_checks_tells_loads_and_writes(cast: Cast, pack: Write, tmp_path: Path) -> None:
    pack(owner=FIRST)
    folder = str(tmp_path)
    assert run("check", folder) == f"{tmp_path.name}: pack.toml, owner.toml\n"
    dry = run("load", folder, owner="9901", dry_run=True)
    assert dry == run("diff", folder, owner="9901")
    assert dry.splitlines() == [
        "Endres: owner.toml · report_name: «Tilstandsrapport for grunnskolen» → «Kvalitetsmelding»",
        "Nytt: owner.toml · FAU",
        "Nytt: owner.toml · Utvalg for oppvekst",
        "3 endringer. 0 av deres egne valg beholdes.",
    ]
    assert bodies(cast.fjordvik) == {}
    assert run("load", folder, owner="9901") == dry
    assert run("diff", folder, owner="9901", language="en") == "Nothing differs from the pack.\n"
    save_body(
        owner=cast.fjordvik,
        key="fau",
        words=BodyWords("Foreldrene", "school", "parent_committee", "parents"),
        by="test",
    )
    assert run("diff", folder, owner="9901").splitlines()[0] == (
        "Deres egen tekst beholdes: owner.toml · Foreldrene · name: «Foreldrene»"
    )
    out = tmp_path / "written"
    assert run("export", owner="9901", output=str(out)).splitlines() == [
        str(out / "pack.toml"),
        str(out / "owner.toml"),
    ]
    with pytest.raises(CommandError, match="not an empty folder"):
        run("export", owner="9901", output=str(out))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (["check"], {}, "Give the folder of a pack, or one of the names"),
        (["check", "bergen"], {}, "Vi fant ingen mappe «bergen»."),
        (["load", "stavanger"], {}, "'' is no owner here; give --owner with one of: 9901, 9902"),
        (["load", "stavanger"], {"owner": "F00000001"}, "is no owner here"),
        (["export"], {"owner": "9901"}, "Say where to write"),
    ],
)
def test_the_command_refuses_with_a_reason(
    cast: Cast, arguments: list[str], options: dict[str, str], words: str
) -> None:
    with pytest.raises(CommandError) as error:
        run(*arguments, **options)
    assert words in str(error.value)


@pytest.mark.django_db
def test_the_founding_packs_are_listed_with_a_sentence() -> None:
    assert [pack.name for pack in founding_packs()] == [
        "asker", "eide", "fjordvik", "ski", "stavanger", "trondheim", "empty",
    ]  # fmt: skip
    lines = run("list", language="nn").splitlines()
    assert lines[-1] == "empty        Ingenting er fylt ut; de skriv alt sjølve."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("report_name = [1]", "owner.toml, linje 1, report_name: Vi leste [ … ]. Vi ventet en tekst"),
        ("report_name = {a = 1}", "owner.toml, linje 1, report_name: Vi leste { … }. Vi ventet en tekst"),
        (
            "report_name = 2026-08-15",
            "owner.toml, linje 1, report_name: Vi leste 2026-08-15. Vi ventet en tekst",
        ),
        ("report_name = " + "[" * 3000, "owner.toml: Vi leste «[[[[…», og forsto ikke mer."),
        ("[[bodies]]", "owner.toml, linje 1, bodies[1].key: «key» mangler."),
    ],
)
def test_whatever_stands_there_is_told(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "pack.toml").write_text(HEAD)
    (tmp_path / "owner.toml").write_text(text)
    assert told(tmp_path)[0].startswith(words)


def test_a_room_may_not_take_anothers_part() -> None:
    register(pack_part.PART)
    with pytest.raises(ValueError, match="two parts of a pack are called owner"):
        register(replace(pack_part.PART, order=11))


@pytest.mark.django_db
def test_a_new_body_with_a_taken_name_gets_a_key_of_its_own() -> None:
    assert new_key("Ærlig råd", {}) == "aerlig-rad"
    assert new_key("Ærlig råd", {"aerlig-rad": 1}) == "aerlig-rad-2"
    assert new_key("…", {}) == "ny"


def test_the_page_is_written_where_one_asks(tmp_path: Path) -> None:
    assert docs.main([str(tmp_path)]) == 0
    assert (tmp_path / "packs.md").read_text(encoding="utf-8") == docs.page()
