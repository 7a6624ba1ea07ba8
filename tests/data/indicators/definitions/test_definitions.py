"""Every definition file is read, whole and in real nynorsk; a wrong file is refused by name and field."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tettpaa.data.indicators import definitions as catalogue
from tettpaa.data.indicators.definitions import Definition, DefinitionError, definition, definitions
from tettpaa.data.indicators.definitions.model import Break, Words
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.sources import registry
from tettpaa.data.sources.ssb_correction import KEY as CORRECTION
from tettpaa.data.stats.numbers import Unit

ALL = definitions()
CATALOGUE = [
    "np5_lesing",
    "np5_regning",
    "np5_engelsk",
    "np8_lesing",
    "np8_regning",
    "np8_engelsk",
    "np9_lesing",
    "np9_regning",
    "np5_lesing_niva1_andel",
    "np8_engelsk_niva5_andel",
    "np9_regning_niva5_andel",
    "np5_lesing_deltakelse",
    "np9_regning_fritak",
    "kart1_lesing",
    "kart3_regning",
    "eu_trivsel",
    "eu_stotte_laerer",
    "eu_stotte_hjemme",
    "eu_vfl",
    "eu_laeringskultur",
    "eu_mestring",
    "eu_motivasjon",
    "eu_medvirkning",
    "eu_felles_regler",
    "eu_radgivning",
    "eu_utfordring",
    "eu_mobbing",
    "eu_deltakelse",
    "foreldre_svarprosent",
    "laerer_svarprosent",
    "gs_poeng",
    "gs_standpunkt_norsk",
    "gs_eksamen_matematikk",
    "gs_gap",
    "fravaer10_dager",
    "fravaer10_timer",
    "elever",
    "skoler",
    "ito_andel",
    "norsk_andel",
    "laerertetthet_2_1_4",
    "laerernorm_oppfylt",
    "undervisningstimer_elev",
    "kompetanse_norsk_barne",
    "kompetanse_mat_ungdom",
    "kompetanse_eng_barne",
    "vid_utd",
    "netto_elev",
    "vgo_gjennomforing",
    "vgo_sluttet",
    "vgo_overgang",
    "skolebidrag_8_10",
    "sykefravaer",
    "np5_lesing_2007",
    "np8_lesing_avgiver",
    "np5_lesing_ssb",
]
# Words that are bokmål and not nynorsk: any of them in an nn text is a mistake.
NOT_NYNORSK = re.compile(
    r"\b(ikke|hva|hvor|hvem|hvilken|hvordan|hvorfor|hver|hvert|jeg|noe|noen|skole|skolen|skoler|skolene|elever|elevene|elevenes|"
    r"lærer(?!t)en|lærere|fra|fordi de|også|bare|enkelte|kommunens|skolens|antall|andel|andelen|disse|være|gjøre|blir ikke lagt|"
    r"høy|høye|mange elever|lese ut|egen|selv|finnes|mellom de|de|trinn|undersøkelsen|gruppen|usikkerhet|usikkerheten|utvikling en|"
    r"regning|sammenligne|sammenlignes|betyr at det ikke|flere|mer|mye|uten|utenfor|hjem|hjemmefra|gammel|høst|høsten|vet|trenger|"
    r"svarene|tallene|årene|prøven|prøvene ble|tas|settes|brukes)\b",
    re.IGNORECASE,
)
ALLOWED = {"lærer", "prøvene", "høgt"}


def texts(d: Definition) -> list[Words]:
    return [
        d.names,
        d.short_names,
        d.why,
        d.good_for,
        d.not_for,
        d.published.words,
        *(b.reason for b in d.breaks),
    ]


def test_the_whole_catalogue_is_there() -> None:
    assert [key for key in CATALOGUE if key not in ALL] == []
    assert len(ALL) == 128 == len(catalogue.keys())


@pytest.mark.parametrize("d", ALL.values(), ids=lambda d: d.key)
def test_a_definition_is_whole(d: Definition) -> None:
    for words in texts(d):
        for text in (words.nb, words.nn, words.en):
            assert text == text.strip()
            assert "  " not in text
    assert all(
        words.nb.endswith(".") and words.nn.endswith(".") and words.en.endswith(".") for words in texts(d)[2:]
    )
    assert d.smallest_group == (10 if re.match(r"np|kart|skolebidrag", d.key) else 5)
    assert (d.materiality == 2) == (d.unit == "scale_points")
    assert (d.model.kind == "normal_sd10") == (d.unit == "scale_points")
    assert set(d.sources) <= {*registry.sources(), CORRECTION}
    for other in (d.replaced_by, d.derived_from):
        assert other is None or other in ALL
    assert all(d.is_valid_in(b.from_period) for b in d.breaks)
    assert d.comparable


@pytest.mark.parametrize("d", ALL.values(), ids=lambda d: d.key)
def test_nynorsk_is_nynorsk(d: Definition) -> None:
    for words in texts(d):
        assert [w for w in NOT_NYNORSK.findall(words.nn) if w.lower() not in ALLOWED] == [], words.nn


def test_short_names_are_short_and_their_own() -> None:
    for language in ("nb", "nn", "en"):
        names = [d.short_names.in_language(language) for d in ALL.values()]
        assert len(set(names)) == len(names)
        assert [n for n in names if len(n) > 48] == []


def test_sources_bring_only_indicators_that_name_them() -> None:
    for source in registry.sources().values():
        for key in source.indicators:
            assert source.key in ALL[key].sources


def test_variances_are_those_measured() -> None:
    found = {
        d.key: (d.model.school_variance, d.model.cohort_variance)
        for d in ALL.values()
        if d.model.school_variance
    }
    assert found == {
        "np5_engelsk": (4.1, 2.8), "np5_lesing": (4.8, 2.8), "np5_regning": (5.2, 4.9),
        "np8_engelsk": (5.8, 0.9), "np8_lesing": (4.8, 1.8), "np8_regning": (6.1, 1.8),
        "np9_lesing": (4.8, 1.8), "np9_regning": (6.1, 1.8),
    }  # fmt: skip
    assert ALL["np9_lesing"].model.measured_on == "np8_lesing"


def test_a_break_stands_between_what_cannot_be_compared() -> None:
    reading = definition("np5_lesing")
    assert [b.from_period for b in reading.breaks] == [2016, 2022]
    found = reading.break_between(2021, 2022)
    assert found is not None
    assert found.from_period == 2022
    assert reading.break_between(2024, 2022) is None
    assert reading.break_between(2021, 2016) is None
    assert definition("eu_trivsel").break_between(2021, 2024) is None, (
        "stricter shielding does not stop comparison"
    )
    assert Break(2022, "shielding", Words("a", "b", "c")).stops_comparison is False


def test_validity_has_two_ends() -> None:
    assert [definition("np5_lesing_2007").is_valid_in(year) for year in (2006, 2007, 2013, 2014)] == [
        False,
        True,
        True,
        False,
    ]
    assert definition("sykefravaer").is_valid_in(1900)


@pytest.mark.parametrize("key", ["nope", "../np5_lesing", "", "np5_lesing.toml", "__init__"])
def test_an_unknown_key_is_no_indicator(key: str) -> None:
    with pytest.raises(KeyError):
        definition(key)


def test_words_fall_back_to_bokmaal() -> None:
    words = Words("a", "b", "c")
    assert [words.in_language(language) for language in ("nb", "nn", "en", "se")] == ["a", "b", "c", "a"]


GOOD: dict[str, Any] = tomllib.loads((catalogue.FOLDER / "np5_lesing.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "other"),
        ("key", "Big"),
        ("theme", "trivsel"),
        ("unit", "points"),
        ("decimals", 9),
        ("decimals", True),
        ("direction", 2),
        ("direction", True),
        ("grades", [14]),
        ("grades", 5),
        ("levels", ["bydel"]),
        ("breakdowns", ["age"]),
        ("smallest_group", 1),
        ("materiality", "2"),
        ("materiality", -1),
        ("sources", []),
        ("names", {"nb": "a", "nn": "b"}),
        ("why", {"nb": "a", "nn": " ", "en": "c"}),
        ("reviewed_on", "2026-11-22"),
        ("reviewed_by", ""),
        ("valid_from", 20),
        ("comparable", "yes"),
        ("model", "normal"),
        ("breaks", "2022"),
        ("published", {"nb": "a"}),
        ("scale_min", 90),
        ("valid_to", 2000),
    ],
)
def test_a_wrong_field_is_named_with_its_file(tmp_path: Path, field: str, value: object) -> None:
    with pytest.raises(DefinitionError, match=r"np5_lesing\.toml") as error:
        catalogue.validate("np5_lesing.toml", GOOD | {field: value})
    assert error.value.field == {"valid_to": "valid_from"}.get(field, field)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"model": {"kind": "magic"}}, "model.kind"),
        ({"model": {"kind": "share", "extra": 1}}, "model.extra"),
        ({"model": {}}, "model.kind"),
        ({"published": {"nb": "a", "nn": "b", "en": "c", "month": 13}}, "published.month"),
        ({"breaks": [{"from_period": 2022, "kind": "scale"}]}, "breaks[0].reason"),
        (
            {
                "breaks": [
                    {"from_period": 2022, "kind": "scale", "reason": {"nb": "a", "nn": "b", "en": "c"}}
                ]
                * 2
            },
            "breaks",
        ),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_wrong_part_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(DefinitionError) as error:
        catalogue.validate("np5_lesing.toml", GOOD | change)
    assert error.value.field == field


@pytest.mark.parametrize("field", ["key", "names", "model", "reviewed_on"])
def test_a_missing_field_is_named(field: str) -> None:
    with pytest.raises(DefinitionError, match="is missing"):
        catalogue.validate("np5_lesing.toml", {k: v for k, v in GOOD.items() if k != field})


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("key = ", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"bad\.toml: \(file\)"):
        catalogue.load(path)


def test_an_indicator_may_forbid_comparison(tmp_path: Path) -> None:
    text = (catalogue.FOLDER / "sykefravaer.toml").read_text(encoding="utf-8")
    path = tmp_path / "staasted.toml"
    path.write_text(text.replace('"sykefravaer"', '"staasted"\ncomparable = false'), encoding="utf-8")
    assert catalogue.load(path).comparable is False


def test_a_ratio_is_pupils_per_teacher() -> None:
    ratios = [definition for definition in definitions().values() if definition.unit == "ratio"]
    assert {one.names.en.partition(" in ")[0] for one in ratios} == {"Pupils per teacher"}
    assert {counted_in(one) for one in ratios} == {Unit.PUPILS_PER_TEACHER}
    assert counted_in(definitions()["np5_lesing"]) is Unit.POINTS
    assert counted_in(definitions()["elever"]) is Unit.PLAIN
