"""What is written in Fjordvik's year: invented, by roles and never by names."""

from typing import Final

# Last year's meeting at the school whose thread is told: item number → (said, conclusion).
MINUTES: Final = {
    2: (
        (
            "Elevrådet sa at hjelpen ofte kommer når timen er over. FAU ba om ukeplaner som sier hva barnet skal øve på. "
            "De ansatte vil ha fast tid til å planlegge sammen."
        ),
        "Ventetiden på hjelp er det elevene først og fremst vil ha gjort noe med.",
    ),
    3: (
        "Fire av fem løfter fra sist er gjort. Kurset i begynneropplæring ble avlyst.",
        "Kurset holdes i høst.",
    ),
    4: (
        (
            "Elevene på 7. trinn melder om mindre støtte enn i resten av kommunen. Tallene bygger på få svar, men har "
            "pekt samme vei i tre år."
        ),
        "Vi regner med at forskjellen er reell, og handler.",
    ),
    5: (
        "Lesing og regning på 5. trinn ligger trolig under landet, tre år sett samlet.",
        "Vi tar begge fagene på alvor.",
    ),
    7: (
        "Skolen ba om flere voksne i timene og om veiledning utenfra.",
        "Skoleeieren stiller opp med begge deler.",
    ),
}
EXEMPT: Final = "Omtale av bemanningen på ett trinn."

# (side, what, why, who, days from today, sign, number of the promise it answers or 0)
PROMISES: Final = (
    ("school", "ha to lærere i lesetimene på 5. trinn", "elevene venter for lenge på hjelp", "principal", -150,
     "elevene sier i samtaler at de får hjelp samme time", 0),
    ("owner", "gi skolen 20 prosent lesespesialist", "skolen kan ikke skaffe den alene", "head_of_schools", -120,
     "lesespesialisten er på skolen hver uke", 1),
    ("school", "gi elevene på 7. trinn fast tilbakemelding hver uke", "elevene vet ikke hva de skal øve på",
     "department_head", 60, "elevrådet melder at alle får tilbakemelding", 0),
    ("owner", "la PPT veilede 7. trinn annenhver uke", "lærerne ba om noen å tenke sammen med", "head_of_schools", -21,
     "PPT har vært med i minst åtte timer", 3),
    ("school", "bruke tirsdagene til felles planlegging", "lærerne planlegger hver for seg", "principal", 30,
     "alle trinn har en felles plan hver uke", 0),
    ("owner", "dekke vikar ved to kursdager", "uten vikar blir kurset avlyst", "adviser", 45,
     "begge kursdagene er holdt", 5),
)  # fmt: skip
ADJUSTED: Final = "Fristen for PPT er flyttet, fordi veilederen begynte senere enn avtalt."
CHECKPOINTS: Final = (
    ("To lærere er på plass i lesetimene.", "Stillingen som lesespesialist er lyst ut.", "on_track"),
    (
        "Tirsdagene er i gang på alle trinn.",
        "Lesespesialisten kom sent. Nå er hun på skolen hver uke.",
        "adjusted",
    ),
    ("Tilbakemeldingene går hver uke på 7. trinn.", "PPT var ikke begynt. Vi har tatt det opp.", "delayed"),
)
BACKGROUND: Final = (
    "Tre år sett samlet ligger lesing og regning på 5. trinn trolig under landet. Elevene på 7. trinn opplever mindre "
    "støtte enn ellers i kommunen. Skolen kjenner seg igjen."
)
NEED: Final = {
    "need": "Begynneropplæring i lesing",
    "who": "Lærerne på 1.–4. trinn",
    "how": "To kursdager med vikar",
}
ANNEX: Final = (
    "Bemanning på 7. trinn",
    "Trinnet har hatt mange vikarer. Planen for høsten ligger hos rektor.",
)

ANALYSIS: Final = {
    "proud": "Elevene på 1.–4. trinn leser mer enn før, og foreldrene kommer på lesekveldene.",
    "worried": "Regning på 5. trinn. Vi ser det samme på våre egne prøver.",
    "why": "Vi har hatt mange vikarer, og vi har planlagt hver for oss.",
    "doing": "To lærere i lesetimene, felles planlegging på tirsdager og tett samarbeid med lesespesialisten.",
}
PUPILS: Final = "Friminuttene er bedre. Det er fortsatt støy i garderoben, og vi vil ha mer tid til å lese bøker vi velger selv."
STAFF: Final = "Tirsdagene hjelper. Vi mangler vikar når noen er på kurs."
QUESTIONS: Final = (
    "Hva trenger dere fra oss for at det dere har begynt på, skal vare? Hva kan dere slutte med?"
)
PROPOSALS: Final = (
    (
        "Leksehjelp på 5. trinn",
        "Kan skolen tilby leksehjelp to dager i uka?",
        "Vi tar det under læringsresultatene.",
    ),
    (
        "Trygg skolevei i mørketida",
        "Vi ønsker å snakke om krysset ved butikken. Mange går alene om morgenen.",
        "",
    ),
)

OTHER_MINUTES: Final = {
    "nb": (
        "Elevene er fornøyde med friminuttene. Foreldrene spurte om overgangen til ungdomsskolen.",
        "Vi lager en plan for overgangen sammen med ungdomsskolen.",
    ),
    "nn": (
        "Elevane er nøgde med friminutta. Foreldra spurde om overgangen til ungdomsskulen.",
        "Vi lagar ein plan for overgangen saman med ungdomsskulen.",
    ),
}
OTHER_PROMISES: Final = {
    "nb": (("school", "lage en plan for overgangen til 8. trinn", "elevene gruer seg", "principal", 90, "planen er brukt på foreldremøtet", 0),
           ("owner", "samle rektorene om overganger", "skolene gjør det ulikt", "head_of_schools", 75, "samlingen er holdt", 1)),
    "nn": (("school", "lage ein plan for overgangen til 8. trinn", "elevane gruer seg", "principal", 90, "planen er brukt på foreldremøtet", 0),
           ("owner", "samle rektorane om overgangar", "skulane gjer det ulikt", "head_of_schools", 75, "samlinga er halden", 1)),
}  # fmt: skip
COMMENT: Final = "Legg til at elevrådet vil være med på planen."
POSTPONED: Final = "Rektor er syk. Ny dato settes når hun er tilbake."

REVIEW_SEEN: Final = (
    "Andelen som får hjelp samme time, har økt i elevsamtalene. Tallet for støtte er litt høyere enn før."
)
REVIEW_OTHER: Final = "Trinnet fikk også en ny kontaktlærer samme høst."

JUDGEMENT: Final = (
    "Signalet bygger på tre år, og skolens egne prøver viser det samme. Jeg tror det er reelt. Skolen er i gang, men "
    "trenger hjelp utenfra en tid."
)
ANSWER: Final = (
    "Vi kjenner oss igjen i tallene for lesing og regning, men ikke i at det gjelder alle trinn. På 3. og 4. trinn går "
    "det bedre enn før. Vi tar gjerne imot hjelp."
)
NO_CASE: Final = (
    "Ett år skiller seg ut, og kullet var lite. Skolen følger med, og vi ser på det igjen neste høst."
)
OPENED: Final = "Skolen får støtteavtale. Vi ser på den sammen i januar."
SUPPORT: Final = (
    (
        "advice",
        "subject_team",
        "Rektor og ledergruppen",
        "Bruk prøvene til å velge hva dere øver på, ikke til å sammenligne lærere.",
    ),
    ("guidance", "ppt", "Lærerne på 7. trinn", "Veiledning i timen annenhver uke, med samtale etterpå."),
)
VISITS: Final = (
    ("visit", "Første besøk. Snakket med ledergruppen om hva de er stolte av, og hva som er vanskelig."),
    ("contact", "Telefonsamtale med rektor om tirsdagsmøtene."),
    ("visit", "Var med i to lesetimer og på planleggingen etterpå."),
)
POINTS: Final = (
    ("strength", "Lærere som vil"), ("weakness", "Mange vikarer"), ("opportunity", "Felles planlegging"),
    ("threat", "At det blir med året"), ("my_tasks", "Lede læringsarbeidet"), ("agreed", "Vi møtes hver sjette uke"),
)  # fmt: skip

CASE_TEXTS: Final = {
    "kort": "Meldingen viser hvor skolene står, hva vi har gjort, og hva vi foreslår.",
    "bakgrunn": "Kommunestyret skal minst én gang i året ha opplysninger om læringsmiljø, læringsresultater og gjennomføring.",
    "opplysninger": "Tallene er offentlige og skjermet. Meldingen har vært på høring i skolene og ungdomsrådet.",
    "vurdering": "Lesing i alle fag er det viktigste. Støtte fra lærerne må følges tettere på mellomtrinnet.",
    "innstilling": (
        "1. Kommunestyret ber kommunedirektøren sørge for at alle skoler med 5. trinn har tilgang til lesespesialist.\n"
        "2. Skolene skal ha felles planleggingstid hver uke.\n"
        "3. Kommunestyret ber om en vurdering av leksehjelp."
    ),
}
DECISIONS: Final = (
    (
        "decision",
        "Alle skoler med 5. trinn skal ha tilgang til lesespesialist.",
        "head_of_schools",
        30,
        "lesing",
    ),
    ("decision", "Skolene skal ha felles planleggingstid hver uke.", "head_of_schools", -60, "stotte"),
    ("decision", "Kommunestyret vil ha en vurdering av leksehjelp.", "adviser", -30, ""),
    ("noted", "Meldingen for øvrig tas til orientering.", "", 0, ""),
)
BACK: Final = (
    ("started", "Fem av åtte skoler har fått lesespesialist."),
    ("done", "Alle skolene har felles tid. Det står i skolenes planer."),
    ("not_done", "Vurderingen venter på tall for bruken av SFO. Den kommer i mars."),
)
STATEMENTS: Final = (
    (
        "ungdomsrad",
        "Vi vil at meldingen sier mer om overgangen til ungdomsskolen.",
        "Kapittelet om overganger er utvidet.",
    ),
    ("fau", "Vi savner tall om leksehjelp.", ""),
)
PLAN_GOAL: Final = "Elevene på 7. trinn skal få hjelp samme time"
