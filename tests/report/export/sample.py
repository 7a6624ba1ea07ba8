"""One rich sample report of an invented municipality, the same as in the design's picture of the report."""

import math
from dataclasses import replace
from datetime import date

from tettpaa.report.export.canonical import checksum
from tettpaa.report.export.tree import (
    Box,
    Bullets,
    Cell,
    Document,
    Figure,
    Lead,
    Note,
    Paragraph,
    Proposals,
    Question,
    Section,
    Slide,
    Strip,
    Table,
)

SCHOOLS = (
    ("Breidablikk", 123, 50.4, 48.7, 52.1, "○ Ingen sikker forskjell"),
    ("Elvebredden", 174, 51.2, 49.6, 52.8, "○ Ingen sikker forskjell"),
    ("Haugen", 81, 49.6, 47.7, 51.5, "○ Ingen sikker forskjell"),
    ("Lia", 19, 50.7, 47.8, 53.6, "◌ Kan ikke si ennå"),
    ("Nes", 102, 48.0, 46.2, 49.8, "◐ Trolig under landet"),
    ("Solbakken", 66, 49.5, 47.4, 51.5, "○ Ingen sikker forskjell"),
    ("Strand", 141, 50.3, 48.6, 51.9, "○ Ingen sikker forskjell"),
    ("Vik", 189, 51.8, 50.2, 53.4, "● Klart over landet"),
)


def decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def chart(width: int = 452, height: int = 230, name: str = "Nes 47,4") -> str:
    """A line with a band, drawn by hand so that the tests need no chart engine."""
    points = [(30 + step * (width - 130) / 8, height / 2 + 22 * math.sin(step)) for step in range(9)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    band = " ".join(f"{x:.1f},{y - 28:.1f}" for x, y in points) + " "
    band += " ".join(f"{x:.1f},{y + 28:.1f}" for x, y in reversed(points))
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b5a6b" stroke="#ffffff" stroke-width="1.5"/>'
        for x, y in points
    )
    years = "".join(
        f'<text x="{x:.1f}" y="{height - 6}" font-size="12" text-anchor="middle" fill="#515c5b">{2017 + step}</text>'
        for step, (x, _) in enumerate(points)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="Inter">'
        f'<line x1="20" x2="{width - 90}" y1="{height - 24}" y2="{height - 24}" stroke="#8a9594"/>'
        f'<polygon points="{band}" fill="#0b5a6b" fill-opacity="0.17"/>'
        f'<polyline points="{line}" fill="none" stroke="#0b5a6b" stroke-width="2.25"/>{dots}{years}'
        f'<text x="{width - 84}" y="{points[-1][1] + 4:.1f}" font-size="12" font-weight="600" '
        f'fill="#0b5a6b">{name}</text></svg>'
    )


def strip_rows() -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            Cell(name),
            Cell(str(pupils)),
            Cell(decimal(point)),
            Cell(f"{decimal(low)} til {decimal(high)}", strip=Strip(low, point, high, 44, 56, 50)),
            Cell(words),
        )
        for name, pupils, point, low, high, words in SCHOOLS
    )


def hidden_table() -> Table:
    small, cover = "Skjult: under 10 elever", "Skjult for at andre tall ikke skal kunne regnes ut"
    rows = (
        (Cell("Breidablikk"), Cell("41"), Cell("50,4"), Cell("12 %")),
        (Cell("Haugen"), Cell("27"), Cell("49,6"), Cell("", hidden=True, reason=cover)),
        (Cell("Lia"), Cell("6"), Cell("", hidden=True, reason=small), Cell("", hidden=True, reason=small)),
        (Cell("Strand"), Cell("0 av 24"), Cell("–"), Cell("–")),
    )
    header = ("Skole", "Elever", "Skalapoeng", "Laveste nivå")
    note = "Tall for ett år. «–» betyr at ingen deltok."
    return Table("Tabell 3.2 Regning på 5. trinn, 2025–26", header, rows, numeric=(1, 2, 3), note=note)


def schools(count: int) -> Table:
    """A table of many schools."""
    rows = tuple(
        (Cell(f"Skole {number:02d}"), *(Cell(decimal(48 + number / 10 + column)) for column in range(5)))
        for number in range(1, count + 1)
    )
    header = ("Skole", "2021", "2022", "2023", "2024", "2025")
    return Table("Tabell 4.1 Alle skoler", header, rows, numeric=(1, 2, 3, 4, 5))


def boxes() -> tuple[Box, ...]:
    return (
        Box(
            Question.SEE,
            (Paragraph("Elevene i Fjordvik regner som elever flest. Vik ligger klart over landet."),),
        ),
        Box(
            Question.SURE,
            (
                Paragraph(
                    "Nes ligger trolig under landet: 102 elever på tre år gir et nivå mellom 46,2 og 49,8, og "
                    "landet er 50. Ett enkelt år hadde ikke vært nok. Lia er for liten til at vi kan si noe."
                ),
            ),
        ),
        Box(
            Question.WHY,
            (
                Paragraph("Skolen peker selv på tre forhold. Vi kan ikke vite hvilket som betyr mest."),
                Bullets(
                    (
                        "Mange lærerbytter på 3. og 4. trinn fra 2022 til 2024",
                        "Lite regning i andre fag enn matematikk",
                        "Elevrådet: «Vi øver mye alene, og lite sammen»",
                    )
                ),
            ),
        ),
        Box(
            Question.DONE,
            (
                Paragraph("Avtalen om Regneløftet ble signert 28. januar 2026."),
                Bullets(
                    (
                        "Skolen: ukentlig regneverksted, 11 av 14 uker gjennomført",
                        "Kommunen: 20 timer veiledning fra PPT, tre uker forsinket",
                    )
                ),
                Paragraph("Virkningen kan tidligst ses høsten 2027."),
            ),
        ),
        Box(
            Question.PROPOSE,
            (
                Proposals(
                    (
                        "Kommunestyret ber om at avtalen med Nes føres videre til juni 2027.",
                        "Kommunestyret setter av 0,4 årsverk til veiledning i regning skoleåret 2027–28.",
                        "Kommunedirektøren legger fram status i september 2027.",
                    )
                ),
            ),
        ),
    )


def results() -> Section:
    level = Table(
        "Tabell 3.1 Skolene mot landet, tre år samlet",
        ("Skole", "Elever", "Nivå", "Landet 50", "Mot landet"),
        strip_rows(),
        numeric=(1, 2),
        note="Prikken er det mest sannsynlige nivået, streken viser hvor det trolig ligger. Skolene står alfabetisk.",
    )
    figure = Figure(
        chart(),
        "Linje for Nes skole fra 2017 til 2025. Nivået har falt fra 49,2 til 47,4, landet ligger på 50.",
        "Nes skole, år for år",
        "Utdanningsdirektoratet, utgave 1, 17. november 2026",
        "nes-regning",
    )
    lead = Lead(
        "Fjordvik ligger som landet. Nes ligger trolig under, og har en avtale om å løfte regning.",
        "Tre år samlet, 2024–2026. Tallene er fra nasjonale prøver.",
    )
    after = Note(
        "I fjor vedtok kommunestyret å prioritere lesing (sak 8/26). Det er gjennomført, se side 11."
    )
    return Section("3.2", "Regning på 5. trinn", (lead, level, figure, *boxes(), after), level=2)


def chapters() -> tuple[Section, ...]:
    goals = Table(
        "Tabell 0.1 Målene våre",
        ("Mål", "Status", "Hvor sikre er vi?"),
        (
            (Cell("Flere elever leser godt"), Cell("På vei"), Cell("◐ Trolig")),
            (Cell("Alle har det trygt"), Cell("Ikke endret"), Cell("○ Ingen sikker forskjell")),
            (Cell("Flere fullfører"), Cell("Nådd"), Cell("● Klart")),
        ),
    )
    summary = Section(
        "0",
        "Sammendrag for folkevalgte",
        (
            Lead("Elevene lærer som elever flest, og flere trives. Regning på Nes er det vi vil løfte."),
            Paragraph(
                "Meldingen bygger på tall som er frosset 20. november 2026, og på skolenes egne vurderinger."
            ),
            goals,
            Proposals(("Meldingen legges til grunn for budsjettet.", "Avtalen med Nes føres videre.")),
        ),
    )
    reading = Section(
        "1.1",
        "Slik leser du tallene",
        (
            Paragraph("● betyr klart, ◐ trolig, ○ ingen sikker forskjell og ◌ at vi ikke kan si det ennå."),
            Bullets(("Små skoler svinger mer fra år til år.", "Ett enkelt år er sjelden nok.")),
        ),
        level=2,
        subsections=(
            Section("1.1.1", "Skjulte tall", (Paragraph("Vi viser aldri tall for få elever."),), level=3),
        ),
    )
    about = Section(
        "1", "Om meldingen", (Paragraph("Opplæringsloven § 17-12 ligger til grunn."),), 1, (reading,)
    )
    year = Section("3.3", "Ett år alene", (hidden_table(),), level=2)
    lead = Lead("Fjordvik løfter lesing, men ikke regning.", "Nasjonale prøver på 5., 8. og 9. trinn.")
    return summary, about, Section("3", "Læringsresultater", (lead,), 1, (results(), year))


def slides() -> tuple[Slide, ...]:
    figure = Figure(chart(), "Linje for Nes skole 2017–2025: fra 49,2 til 47,4.", "Nes skole", "Udir", "nes")
    return (
        Slide("Elevene lærer som elever flest", ("Lesing er løftet", "Regning står stille", "Flere trives")),
        Slide(
            "Nes ligger trolig under landet",
            ("102 elever på tre år",),
            figure,
            notes="Nes: 47,4. Landet: 50.",
        ),
        Slide("Ett år alene sier lite", table=hidden_table(), notes="Lia har 6 elever."),
        Slide("Forslag til vedtak", ("Avtalen med Nes føres videre", "0,4 årsverk til veiledning")),
    )


def sample(**changes: object) -> Document:
    document = Document(
        title="Tilstandsrapport for grunnskolen 2026",
        owner="Fjordvik kommune",
        language="nb",
        edition="public",
        edition_label="offentlig utgave",
        subtitle="Til behandling i kommunestyret 17. februar 2027",
        running_left="Tilstandsrapport for grunnskolen 2026",
        running_right="Til behandling i kommunestyret 17. februar 2027",
        version="Versjon 0.9",
        frozen_on=date(2026, 11, 20),
        sections=chapters(),
        slides=slides(),
    )
    document = replace(document, **changes)  # type: ignore[arg-type]
    return replace(document, checksum=checksum(document))
