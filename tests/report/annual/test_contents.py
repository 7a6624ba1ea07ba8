"""What the document says: figures as published, gaps in words, nobody ranked, nothing confidential outside."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.report.annual.staging import (
    NES,
    PUBLIC,
    SECRET,
    VIK,
    cell,
    context,
    owner_of,
    publish_all,
    publish_cells,
    viewer,
    year_of_tests,
)
from tettpaa.core.orgs.actions import NewUnit, add_units, change_owner_settings
from tettpaa.core.orgs.enums import Kind
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.numbers import quantity
from tettpaa.data.suppression.kinds import Edition, Status
from tettpaa.report.annual.assembly import Stamp, document
from tettpaa.report.annual.blocks import environment, results
from tettpaa.report.annual.evidence import missing, overview_table, school_table, subjects
from tettpaa.report.annual.readings import area_reading
from tettpaa.report.export.canonical import to_json
from tettpaa.report.export.tree import Box, Bullets, Document, Figure, Note, Paragraph, Section, Table

pytestmark = pytest.mark.django_db
RANKING = re.compile(r"\b(best|beste|dårlig\w*|svakest|sterkest|topp|bunn|rangert|nr\.)\b", re.I)


def parts(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from parts(section.subsections)


def blocks(sections: tuple[Section, ...]) -> Iterator[object]:
    for section in parts(sections):
        for block in section.blocks:
            yield block
            if isinstance(block, Box):
                yield from block.blocks


def texts(tree: Document) -> list[str]:
    found: list[str] = []
    for block in blocks(tree.sections):
        if isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row]
        elif isinstance(block, Bullets):
            found += block.items
        elif not isinstance(block, (Box, Figure)):
            found.append(getattr(block, "text", ""))
    return found


def made(cast: Cast, edition: Edition = Edition.PUBLIC, **wish: object) -> Document:
    return document(context(cast, edition, **wish), Stamp(1))


def test_the_overview_shows_exactly_the_published_figures(cast: Cast) -> None:
    publish_all(cast)
    found = context(cast)
    tests = subjects(found, results.TESTS)
    table = overview_table(found, tests, "Prøver")
    assert table.header == ("Hva vi måler", "Skoleår", "Fjordvik", "Fjordfylket", "Landet", "Mot landet")
    units = [cast.fjordvik, cast.units["99"], cast.units["NO"]]
    published = {
        (f.unit, f.indicator): f
        for f in figures(viewer(cast, "dag"), units, Wanted(periods=[2024]), edition=Edition.PUBLIC)
    }
    for subject, row in zip(tests, table.rows, strict=True):
        definition = definitions()[subject.key]
        shown = [published[(code, subject.key)].value for code in ("9901", "99", "NO")]
        assert [c.text for c in row[2:5]] == [
            quantity(value, counted_in(definition), definition.decimals, "nb")
            for value in shown
            if value is not None
        ]


def test_schools_stand_alphabetically_with_their_interval_drawn(cast: Cast) -> None:
    publish_all(cast)
    found = context(cast)
    table = school_table(found, subjects(found, ("np5_lesing",))[0])
    assert table is not None
    assert [row[0].text for row in table.rows] == ["Nes", "Vik"]
    assert [row[1].text for row in table.rows] == ["42", "228"]
    strip = table.rows[1][3].strip
    assert strip is not None
    assert strip.start <= strip.low <= strip.point <= strip.high <= strip.end
    assert strip.reference == 50.0
    assert table.rows[1][3].text.startswith("trolig mellom ")
    assert table.header[3:] == ("Landet 50,0", "Mot landet")


def test_a_hidden_school_says_why_and_shows_nothing(cast: Cast) -> None:
    publish_cells([c for p in (2022, 2023, 2024) for c in year_of_tests(p) if c.unit_code != NES])
    publish_cells([cell(NES, None, None, period=period) for period in (2022, 2023, 2024)])
    found = context(cast)
    table = school_table(found, subjects(found, ("np5_lesing",))[0])
    assert table is not None
    nes = table.rows[0]
    assert nes[2].hidden
    assert nes[2].reason.startswith("Skjult hos kilden")
    assert [c.text for c in (nes[1], nes[3], nes[4])] == ["–", "–", "–"]


def test_nobody_took_part_is_not_hidden(cast: Cast) -> None:
    publish_cells([c for p in (2022, 2023, 2024) for c in year_of_tests(p) if c.unit_code != NES])
    none = {"status": Status.NO_PARTICIPANTS}
    publish_cells([cell(NES, None, None, period=period, **none) for period in (2022, 2023, 2024)])
    found = context(cast)
    table = school_table(found, subjects(found, ("np5_lesing",))[0])
    assert table is not None
    assert [c.text for c in table.rows[0]] == ["Nes", "–", "–", "–", "Ingen deltok"]
    assert not any(c.hidden for c in table.rows[0])


def test_what_has_no_figures_is_told_in_words(cast: Cast) -> None:
    tree = made(cast)
    told = " ".join(texts(tree))
    assert "Vi har ikke tall for trivsel" in told
    assert "Vi har ikke tall for overgang til Vg1" in told
    assert "Meldingen bygger ikke på noen publiserte tall." in told
    assert all(
        c.text or c.hidden for b in blocks(tree.sections) if isinstance(b, Table) for r in b.rows for c in r
    )


def test_old_figures_are_told_with_their_year(cast: Cast) -> None:
    publish_cells([cell("9901", 49.0, 80, indicator="np9_lesing", grade=9, period=2020)])
    told = [block.text for block in missing(context(cast), ("np9_lesing",)) if isinstance(block, Paragraph)]
    assert told == ["Vi har ikke tall for lesing 9. trinn etter 2020–21."]


def test_the_county_takes_the_nations_place_where_the_nation_is_unknown(cast: Cast) -> None:
    publish_cells([c for c in year_of_tests(2024) if c.unit_code != "NO"])
    found = context(cast)
    tests = subjects(found, results.TESTS)
    table = overview_table(found, tests, "Prøver")
    assert table.header[2:] == ("Fjordvik", "Fjordfylket", "Mot Fjordfylket")
    reading = area_reading(found, "np5_lesing", 5)
    assert reading.beside.place is not None
    assert reading.beside.place.code == "99"
    assert "Fjordfylket" in str(results.build(found).blocks[0])


def test_every_kind_of_indicator_reaches_its_chapter(cast: Cast) -> None:
    publish_all(cast)
    tree = made(cast)
    headings = [section.heading for section in parts(tree.sections)]
    for heading in (
        "3.1 Trivsel",
        "3.2 Mobbing på skolen",
        "3.3 Flere mål",
        "4.1 Lesing 5. trinn",
        "2.2 Lærere",
    ):
        assert heading in headings
    told = " ".join(texts(tree))
    assert "431 elever på 2 skoler i Fjordvik." in told
    assert "150\u00a0043\u00a0kroner" in told
    assert len(headings) == len(set(headings))
    assert len({section.number for section in parts(tree.sections)}) == len(headings)


def test_the_same_pupils_are_followed_from_grade_8_to_9(cast: Cast) -> None:
    publish_all(cast)
    tree = made(cast)
    cohort = next(s for s in parts(tree.sections) if s.title == "De samme elevene over tid")
    table = next(block for block in cohort.blocks if isinstance(block, Table))
    assert table.caption == "Kullet født 2010: fra 8. til 9. trinn"
    assert [c.text for c in table.rows[0]] == ["Lesing", "48", "48", "50", "50"]
    assert any(isinstance(block, Figure) for block in cohort.blocks)


def test_a_cohort_across_a_new_scale_is_not_followed(cast: Cast) -> None:
    publish_cells([*year_of_tests(2021), *year_of_tests(2024)])
    cohort = next(s for s in parts(made(cast).sections) if s.title == "De samme elevene over tid")
    told = " ".join(getattr(block, "text", "") for block in cohort.blocks)
    assert "Da var prøven på en annen skala" in told
    assert "2025–26" in told
    assert "Vi har ikke tall for det samme kullet på både 8. og 9. trinn" in told


def test_nobody_is_ranked_and_no_school_is_named_in_a_sentence(cast: Cast) -> None:
    publish_all(cast)
    tree = made(cast)
    sentences = [block for block in texts(tree) if len(block.split()) > 4]
    assert [text for text in sentences if RANKING.search(text)] == []
    chapters = [section for section in tree.sections if section.number in {"0", "3", "4", "5", "11"}]
    named = [
        t for s in chapters for b in blocks((s,)) if isinstance(b, Bullets) for t in b.items if "skole" in t
    ]
    assert [text for text in named if "Nes" in text or "Vik " in text] == []


def test_the_report_is_never_called_required_by_law(cast: Cast) -> None:
    publish_all(cast)
    for edition in Edition:
        content = to_json(made(cast, edition)).lower()
        assert "lovp\\u00e5lagt" not in content
        assert "skal lage tilstandsrapport" not in content
        assert "17-12" in content


def test_a_confidential_figure_reaches_the_internal_edition_only(cast: Cast) -> None:
    publish_all(cast)
    written = quantity(SECRET, counted_in(definitions()["kart1_lesing"]), 1, "nb")
    inside, outside = (to_json(made(cast, edition)) for edition in (Edition.INTERNAL, Edition.PUBLIC))
    assert written.replace("\u00a0", "\\u00a0") in inside
    for form in ("37,7", "37.7"):
        assert form not in outside
    assert "Kartleggingspr\\u00f8ver" in outside  # that they exist is no secret


def test_a_schools_own_internal_figures_are_the_owners_to_see(cast: Cast) -> None:
    publish_all(cast)
    public, internal = (context(cast, edition) for edition in (Edition.PUBLIC, Edition.INTERNAL))
    secret = [f for line in public.lines.values() for f in line if f.indicator == "kart1_lesing"]
    assert [f.status for f in secret] == [Status.HIDDEN_BY_SOURCE] * 2
    assert {f.value for f in secret} == {None}
    shown = [f.value for line in internal.lines.values() for f in line if f.indicator == "kart1_lesing"]
    assert shown == [SECRET, SECRET]


def test_empty_boxes_hint_in_the_draft_and_are_left_out_in_public(cast: Cast) -> None:
    publish_all(cast)
    hinted = [
        b.text for b in blocks(made(cast, Edition.INTERNAL, hints=True).sections) if isinstance(b, Note)
    ]
    assert sum("Ikke skrevet ennå" in text for text in hinted) == 14
    public = [b.text for b in blocks(made(cast).sections) if isinstance(b, Note)]
    assert not any("Ikke skrevet ennå" in text for text in public)
    chapter = next(s for s in made(cast).sections if s.number == "4")
    assert [b.question.number for b in chapter.blocks if isinstance(b, Box)] == [1, 2]


def test_nynorsk_is_nynorsk_all_through(cast: Cast) -> None:
    publish_all(cast)
    change_owner_settings(settings=owner_of(cast).settings, by="test", language_form="nn")
    tree = made(cast, Edition.INTERNAL, hints=True)
    assert tree.language == "nn"
    assert tree.edition_label == "Utkast, intern utgåve"
    told = " ".join([*texts(tree), *(s.heading for s in parts(tree.sections))])
    assert (
        re.findall(r"\b(ikke|hva|hvor|hvordan|skoler|elever|noe|forskjell|usikkerhet|er lik)\b", told) == []
    )


def test_nine_slides_and_a_cover(cast: Cast) -> None:
    publish_all(cast)
    slides = made(cast).slides
    assert 7 <= len(slides) <= 9
    assert slides[0].title == "Det viktigste"
    assert "Forslag til vedtak" not in {slide.title for slide in slides}
    text = {("sammendrag", "vedtak"): "1. Be om status\n2. Sette av midler", ("vurdering", "veien"): "Videre"}
    assert made(cast, texts=text).slides[-1].bullets == ("Be om status", "Sette av midler")


def test_sources_have_date_and_version(cast: Cast) -> None:
    publish_all(cast)
    tree = made(cast)
    table = next(b for b in blocks(tree.sections) if isinstance(b, Table) and b.caption.startswith("Kilder"))
    assert table.header == ("Hva", "Kilde", "Skoleår", "Publisert her", "Utgave")
    assert table.rows[0][4].text.endswith(" · abababab")
    assert re.fullmatch(r"\d\d\.\d\d\.\d{4}", table.rows[0][3].text)


def test_a_release_without_known_indicators_is_named_by_its_file(cast: Cast) -> None:
    publish_all(cast)
    from dataclasses import replace

    from tettpaa.report.annual.blocks.about import build

    found = context(cast)
    odd = replace(found, releases=(replace(found.releases[0], indicators=(), periods=()),))
    table = next(b for b in blocks((build(odd),)) if isinstance(b, Table))
    assert [c.text for c in table.rows[0][:3]] == ["fil.csv", "Udir, Statistikkbanken", "–"]


def test_the_number_of_queries_does_not_grow_with_schools(cast: Cast) -> None:
    publish_all(cast)
    made(cast)  # what is read once for the process
    with CaptureQueriesContext(connection) as few:
        made(cast)
    new = [NewUnit(Kind.SCHOOL, f"F0000009{n}", f"Skole {n}", "9901") for n in range(5)]
    add_units(units=new, by="test", invented=True)
    with CaptureQueriesContext(connection) as more:
        made(cast)
    assert len(more) == len(few)
    assert len(few) <= 40


def test_chapter_of_the_environment_survives_figures_in_one_grade_only(cast: Cast) -> None:
    publish_cells(
        [
            cell("9901", 4.1, 80, indicator="eu_motivasjon", grade=10),
            cell(VIK, 4.1, 60, indicator="eu_motivasjon", grade=10),
        ],
        PUBLIC,
    )
    section = environment.build(context(cast))
    assert [part.title for part in section.subsections] == ["Motivasjon", "Hvem har svart?"]
