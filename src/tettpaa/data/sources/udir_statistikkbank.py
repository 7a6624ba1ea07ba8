"""Source (a): tables downloaded by hand from Udir's statistics bank: one row a unit, one column a figure."""

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources import udir_report
from tettpaa.data.sources.source import UDIR_CREDIT, Source
from tettpaa.data.sources.udir_heads import MARKS, NP_TESTS, is_figure_head
from tettpaa.data.sources.udir_rows import read


def recognise(heads: list[str]) -> bool:
    """At least two of the place heads, or one beside a figure head: then the errors are ours to name."""
    known = {"EnhetNivaa", "Nasjonaltkode", "Fylkekode", "Kommunekode", "Organisasjonsnummer"} & set(heads)
    return len(known) >= 2 or any(map(is_figure_head, heads))


SOURCE = Source(
    key="udir_statistikkbank",
    name=Words("Udirs statistikkbank", "Statistikkbanken til Udir", "Udir's statistics bank"),
    about=Words(
        "Tabeller du laster ned selv fra udir.no: nasjonale prøver, grunnskolepoeng, karakterer, fravær og elevtall.",
        "Tabellar du lastar ned sjølv frå udir.no: nasjonale prøver, grunnskulepoeng, karakterar, fråvær og elevtal.",
        "Tables you download yourself from udir.no: national tests, primary school points, marks, absence and pupil numbers.",
    ),
    credit=UDIR_CREDIT,
    licence="NLOD",
    threshold=10,
    is_public=True,
    published_month=11,
    indicators=(
        *sorted(f"np{grade}_{subject}" for subject, grade in NP_TESTS),
        "gs_poeng",
        *MARKS,
        "fravaer10_dager",
        "fravaer10_timer",
        "elever",
        "skoler",
        "ito_andel",
        "norsk_andel",
    ),
    heads="EnhetNivaa, Fylkekode, Kommunekode, Organisasjonsnummer, EnhetNavn, 2024-25.Engelsk.5. årstrinn…Skalapoeng",
    recognise=recognise,
    read=read,
    recognise_answer=udir_report.recognise,
    read_answers=udir_report.read,
)
