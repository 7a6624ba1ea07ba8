"""A changed column stops every source with a clear error, and what was published before stands: each file, each fetched table."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.data.sources.fetch.everything import OWNER, everything
from tests.data.sources.fetch.stand_in import Reply, Speaker, standing_in
from tests.data.sources.fetch.udir_v1 import recorded
from tests.data.sources.helpers import PLACES, sample, udir_bytes
from tests.data.sources.template_files import line, template
from tests.data.sources.test_mutated import NAMES
from tests.data.sources.test_udir import about, marks_table, municipality
from tettpaa.core.orgs.actions import become_owner
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.registers import load_registers
from tettpaa.data.indicators.models import PublishedValue, Release

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def by_hand(answer: str, *head: str) -> bytes:
    """An answer of the interface as the file of the same page: the municipalities' rows under the real headings."""
    data = recorded(answer)
    measures = [column["name"] for column in data["metadata"]["columns"][-1]]
    rows = [
        [
            "3",
            "I",
            row["kode"][:2],
            row["kode"],
            row["kode"],
            "Hele landet",
            "Fylket",
            row["navn"],
            "Alle skoler",
            *row["data"],
        ]
        for row in data["rows"]
        if len(row["id"].split(".")) == 3 and row["kode"].isdigit()
    ]
    return udir_bytes(rows, PLACES + [".".join([*head, measure]) for measure in measures])


POINTS = udir_bytes(
    [["1", "I", "00", "0000", "I", "Hele landet", "Alle fylker", "Alle kommuner", "Alle skoler", "42,4", "7 469"]],
    PLACES + [f"2024-25.Alle eierformer.Alle kjønn.{measure}" for measure in ("Grunnskolepoeng", "Antall elever")],
)  # fmt: skip
FILES: dict[str, tuple[bytes, str, str, str]] = {
    "national tests": (sample("np5_2024-25_utdrag.csv"), "utf-16-le", "Skalapoeng", "Poengsum"),
    "absence": (
        by_hand("fravaer_GSK_FravaerG_1_1_202506_subset.json", "2024-25", "Alle eierformer", "Alle kjønn"),
        "utf-16-le", "Median timer", "Typiske timer",
    ),
    "pupils": (
        by_hand("gsi_GSK_GSI_1_8_202510_subset.json", "2025-26", "Alle trinn", "Alle kjønn", "Alle eierformer"),
        "utf-16-le", "Antall skoler", "Skoler",
    ),
    "points": (POINTS, "utf-16-le", "Grunnskolepoeng", "Poeng"),
    "marks": (
        marks_table([about("NOR0218", municipality("1103", "Stavanger", "3,9", "1 612"))]),
        "utf-16-le", "Snittkarakter", "Gjennomsnitt",
    ),
    "the old portal": (sample("skoleporten_utdrag.csv"), "utf-8-sig", "Måleenhet", "Enhet"),
    "the template": (template(line()), "utf-8", "usikkerhet", "feilmargin"),
}  # fmt: skip


def published() -> tuple[set[tuple[Any, ...]], int]:
    rows = PublishedValue.objects.filter(superseded_by=None)
    return set(
        rows.values_list("unit__code", "indicator__key", "period", "grade", "edition", "value", "status")
    ), (Release.objects.count())


@pytest.fixture
def arguments(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """An owner's own file needs the owner and its schools, a public one the municipalities."""
    if name not in {"the old portal", "the template"}:
        load_registers(by="test")
        return {}
    request.getfixturevalue("cast")
    known = NAMES | {"Åmøy skole (utgått)": ""}
    names = tmp_path / "navn.csv"
    names.write_text("\n".join(f"{school};{code}" for school, code in known.items()), encoding="utf-8")
    return {"owner": "9901"} | ({"names": names} if name == "the old portal" else {})


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_a_changed_column(
    name: str, arguments: dict[str, Any], tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FILE_STORE = tmp_path / "store"
    content, encoding, old, new = FILES[name]
    path = tmp_path / "tall.csv"
    path.write_bytes(content)
    call_command("import", str(path), **arguments)
    before = published()
    assert before[0]
    assert before[1] == 1
    text = content.decode(encoding)
    assert old in text
    path.write_bytes(text.replace(old, new).encode(encoding))
    capsys.readouterr()
    with pytest.raises(CommandError, match="Ingenting er endret"):
        call_command("import", str(path), **arguments)
    told = capsys.readouterr().err
    assert new in told or old in told
    assert published() == before


class Changing:
    """Speaks as the publisher does, until `words` are set: then one word of every answer with figures is another."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.words = ("", "")

    def __call__(self, path: str, query: dict[str, str]) -> Reply | None:
        found = self.speaker(path, query)
        if found is None or not self.words[0] or not path.endswith("/data"):
            return found
        old, new = (json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in self.words)
        return found[0], found[1].replace(old, new)


FETCHED = {
    "udir_np5": ("Usikkerhet", "Feilmargin"),
    "udir_np8": ("Antall elever deltatt", "Deltakere"),
    "udir_gspoeng": ("Grunnskolepoeng", "Poeng"),
    "udir_fravaer": ("Median dager", "Typiske dager"),
    "udir_elevtall": ("Antall skoler", "Skoler"),
    "udir_karakterer": ("Snittkarakter", "Middelkarakter"),
    "udir_elevundersokelsen": ("Standardavvik", "Spredning"),
    "ssb_kostra": ("per innbygger 6-15 år", "per innbygger 6-16 år"),
}


@pytest.fixture
def changing(settings: Any, tmp_path: Path, db: None) -> Any:
    """Hustadvika with its schools, and every publisher ready to change."""
    load_registers(by="test")
    become_owner(unit=Unit.objects.get(code=OWNER), by="test")
    speakers = {host: Changing(speaker) for host, speaker in everything().items()}
    with standing_in(dict(speakers)) as server:
        settings.FETCH_STAND_IN, settings.FILE_STORE = server.address, tmp_path / "store"
        call_command("fetch", "nsr", owner=OWNER)

        def change(words: tuple[str, str]) -> None:
            for speaker in speakers.values():
                speaker.words = words

        yield change


@pytest.mark.parametrize("dataset", FETCHED)
def test_a_fetched_table_with_a_changed_column(
    dataset: str, changing: Callable[[tuple[str, str]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = {"owner": OWNER} if dataset == "udir_elevundersokelsen" else {}
    call_command("fetch", dataset, **arguments)
    before = published()
    assert before[0]
    changing(FETCHED[dataset])
    capsys.readouterr()
    with pytest.raises(CommandError, match=f"^Dette ble ikke hentet: {dataset}$"):
        call_command("fetch", dataset, again=True, **arguments)
    assert FETCHED[dataset][1] in capsys.readouterr().err
    assert published() == before
