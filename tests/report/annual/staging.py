"""Published figures and reports for the tests of this room, made by the product's own actions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.indicators.models import Release
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Edition, Gender, Level, Status
from tettpaa.report.annual import actions
from tettpaa.report.annual.actions import Conflict, Writing
from tettpaa.report.annual.chapters import chapter
from tettpaa.report.annual.context import Context, Wish, context_for, owners_eyes
from tettpaa.report.annual.models import AnnualReport

NES, VIK = "F00000001", "F00000002"
BERIT = "berit@example.test"
LOCAL = Origin("open_template", "fil.csv", "ab" * 32, threshold=10, is_public=False, is_complete=False)
PUBLIC = replace(LOCAL, source="udir_statistikkbank", is_public=True)
# Never shown outside: the test looks for it in every public file.
SECRET = 37.7
TESTS = (("np5_lesing", 5), ("np5_regning", 5), ("np8_lesing", 8), ("np9_lesing", 9))
MEANS = {"NO": (50.0, 56000), "99": (49.0, 6000), "9901": (48.0, 90), NES: (51.0, 14), VIK: (47.0, 76)}


def cell(unit: str, value: float | None, n: int | None, **changes: object) -> Cell:
    level = {2: Level.COUNTY, 4: Level.MUNICIPALITY}.get(len(unit), Level.SCHOOL)
    level = Level.NATION if unit == "NO" else level
    parts = {
        "indicator": "np5_lesing", "level": level, "unit_code": unit, "unit_name": unit, "county": "99",
        "municipality": "9901", "period": 2024, "grade": 5, "gender": Gender.ALL, "value": value, "n": n,
        "uncertainty": None, "status": Status.OK if value is not None else Status.HIDDEN_BY_SOURCE,
        "is_provisional": False, "row": 3, "column": "J",
    }  # fmt: skip
    return Cell(**(parts | changes))  # type: ignore[arg-type]


def publish_cells(cells: Iterable[Cell], origin: Origin = PUBLIC, owner: Unit | None = None) -> Release:
    return publish(comparison=compare(cells=list(cells), origin=origin, owner=owner), by=BERIT, owner=owner)


def year_of_tests(period: int, **changes: object) -> list[Cell]:
    """National tests of one year for everybody."""
    return [
        cell(unit, mean, n, indicator=key, grade=grade, period=period, **changes)
        for key, grade in TESTS
        for unit, (mean, n) in MEANS.items()
    ]


def publish_all(cast: Cast) -> None:
    """Three years of tests, one year of surveys and frames, and confidential mapping tests."""
    publish_cells([made for period in (2022, 2023, 2024) for made in year_of_tests(period)])
    surveys = [
        cell(unit, value, n, indicator=key, grade=grade, period=period)
        for key, value in (
            ("eu_trivsel", 4.2),
            ("eu_mobbing", 12.0),
            ("eu_motivasjon", 3.6),
            ("eu_deltakelse", 91.0),
        )
        for grade in (7, 10)
        for period in (2023, 2024)
        for unit, n in (("NO", 56000), ("99", 5800), ("9901", 88), (NES, 22), (VIK, 66))
    ]
    frames = [
        cell(unit, value, None, indicator=key, grade=0, period=period)
        for key, value in (
            ("elever", 431.0),
            ("laerertetthet_2_1_4", 13.5),
            ("laerernorm_oppfylt", 88.0),
            ("netto_elev", 150043.0),
        )
        for period in (2023, 2024)
        for unit in ("9901", NES, VIK)
        if not (key == "netto_elev" and unit != "9901")
    ]
    later = [
        cell(unit, value, n, indicator=key, grade=grade)
        for key, value, grade in (
            ("vgo_overgang", 97.0, 10),
            ("vgo_gjennomforing", 81.0, 0),
            ("gs_poeng", 42.3, 10),
        )
        for unit, n in (("99", 5000), ("9901", 80))
    ]
    publish_cells([*surveys, *frames, *later])
    secret = [
        cell("9901", SECRET, 85, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL),
        cell(VIK, SECRET, 60, indicator="kart1_lesing", grade=1, status=Status.CONFIDENTIAL),
    ]
    publish_cells(secret, LOCAL, cast.fjordvik)


def viewer(cast: Cast, name: str = "berit") -> Viewer:
    return load_viewer(cast.users[name], date(2026, 11, 22))


def owner_of(cast: Cast) -> Unit:
    return Unit.objects.select_related("settings").get(pk=cast.fjordvik.pk)


def context(cast: Cast, edition: Edition = Edition.PUBLIC, **wish: object) -> Context:
    owner = owner_of(cast)
    wanted = Wish(**{"year": 2024, "name": owner.settings.report_name, "edition": edition, **wish})  # type: ignore[arg-type]
    return context_for(owners_eyes(owner), owner, wanted)


def start(cast: Cast, year: int = 2024) -> AnnualReport:
    return actions.start_report(owner=owner_of(cast), year=year, by=BERIT)


def write(
    report: AnnualReport, cast: Cast, block: str, box: str, text: str, *, seen: int = 0, confirmed: bool = False,
    by: str = "berit",
) -> list[Conflict]:  # fmt: skip
    part = chapter(block)
    assert part is not None
    return actions.write_texts(
        report=report,
        chapter=part,
        writings=[Writing(box, text, seen, confirmed)],
        viewer=viewer(cast, by),
        by=f"{by}@example.test",
    )
