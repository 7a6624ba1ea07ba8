"""The words of the open template: what each column holds, and filled examples. nb, nn, en."""

from typing import Final

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.by_hand import BY_HAND

DATA_SHEET: Final = "Data"
EXPLANATION_SHEET: Final = Words("Forklaring", "Forklaring", "Explanation")
EXAMPLES_SHEET: Final = Words("Eksempler", "Døme", "Examples")
INTRODUCTION: Final = (
    Words(
        "Slik fyller du ut: én rad for hvert tall. La celler du ikke trenger, være tomme. Ikke endre overskriftene.",
        "Slik fyller du ut: éi rad for kvart tal. La celler du ikkje treng, vere tomme. Ikkje endre overskriftene.",
        "How to fill it in: one row for each figure. Leave cells you do not need empty. Do not change the headings.",
    ),
    Words(
        "Legg aldri inn tall om enkeltelever, og aldri navn eller fødselsnummer.",
        "Legg aldri inn tal om einskildelevar, og aldri namn eller fødselsnummer.",
        "Never enter figures about single pupils, and never names or national identity numbers.",
    ),
)
COLUMN: Final = Words("Kolonne", "Kolonne", "Column")
MEANING: Final = Words("Hva skal stå her", "Kva skal stå her", "What goes here")
SAMPLE: Final = Words("Eksempel", "Døme", "Example")
# Heading, explanation, sample.
COLUMNS: Final = (
    (
        "orgnr",
        Words(
            "Skolens organisasjonsnummer (ni sifre). For kommunen: kommunenummeret (fire sifre). Må fylles ut.",
            "Organisasjonsnummeret til skulen (ni siffer). For kommunen: kommunenummeret (fire siffer). Må fyllast ut.",
            "The school's organisation number (nine digits). For the municipality: its number (four). Needed.",
        ),
        "F00000001",
    ),
    (
        "skole",
        Words(
            "Skolens navn, så det er lett å lese. Nummeret avgjør.",
            "Namnet på skulen, så det er lett å lese. Nummeret avgjer.",
            "The school's name, for easy reading. The number decides.",
        ),
        "Nes skole (oppdiktet)",
    ),
    (
        "skoleaar",
        Words("Skoleåret. Må fylles ut.", "Skuleåret. Må fyllast ut.", "The school year. Needed."),
        "2024-25",
    ),
    (
        "trinn",
        Words(
            "Trinnet, 1 til 10 (Vg1 til Vg3). Tom betyr alle trinn.",
            "Steget, 1 til 10 (Vg1 til Vg3). Tom betyr alle steg.",
            "The grade, 1 to 10 (Vg1 to Vg3). Empty means all grades.",
        ),
        "7",
    ),
    (
        "indikator",
        Words(
            "Nøkkelen til indikatoren, fra listen over indikatorer. Må fylles ut.",
            "Nøkkelen til indikatoren, frå lista over indikatorar. Må fyllast ut.",
            "The indicator's key, from the list of indicators. Needed.",
        ),
        "eu_trivsel",
    ),
    (
        "dimensjon",
        Words(
            "«kjønn» hvis tallet gjelder jenter eller gutter. Ellers tom.",
            "«kjønn» om talet gjeld jenter eller gutar. Elles tom.",
            "“kjønn” if the figure is about girls or boys. Otherwise empty.",
        ),
        "kjønn",
    ),
    (
        "kategori",
        Words(
            "«jenter» eller «gutter». Ellers tom.",
            "«jenter» eller «gutter». Elles tom.",
            "“jenter” (girls) or “gutter” (boys). Otherwise empty.",
        ),
        "jenter",
    ),
    (
        "verdi",
        Words(
            "Tallet, med komma som desimaltegn. Prosent uten prosenttegn. «12*» er et tall som ikke skal deles.",
            "Talet, med komma som desimalteikn. Prosent utan prosentteikn. «12*» er eit tal som ikkje skal delast.",
            "The figure, with a comma for decimals. Per cent without the sign. “12*” is a figure that must not be shared.",
        ),
        "4,2",
    ),
    (
        "n",
        Words(
            "Antall elever bak tallet.",
            "Talet på elevar bak talet.",
            "The number of pupils behind the figure.",
        ),
        "48",
    ),
    (
        "teller",
        Words(
            "For andeler: antall som svarte det eller nådde det.",
            "For delar: talet på dei som svarte det eller nådde det.",
            "For shares: how many answered so or reached it.",
        ),
        "",
    ),
    (
        "nevner",
        Words(
            "For andeler: antall i alt. Da kan verdi og n være tomme.",
            "For delar: talet på alle. Då kan verdi og n vere tomme.",
            "For shares: how many in all. Then verdi and n may be empty.",
        ),
        "",
    ),
    (
        "usikkerhet",
        Words(
            "Hvor mye tallet kan svinge hver vei ved tilfeldigheter (95 %), hvis kilden oppgir det.",
            "Kor mykje talet kan svinge kvar veg ved tilfelle (95 %), om kjelda oppgir det.",
            "How far the figure may swing each way by chance (95 %), if the source gives it.",
        ),
        "",
    ),
    (
        "status",
        Words(
            "ok, skjermet, mangler, ikke_aktuell, ingen_deltakere eller konfidensiell. Tom betyr ok når verdien er fylt ut.",
            "ok, skjermet, mangler, ikke_aktuell, ingen_deltakere eller konfidensiell. Tom betyr ok når verdien er fylt ut.",
            "ok, skjermet (shielded), mangler (missing), ikke_aktuell (not applicable), ingen_deltakere (no participants) "
            "or konfidensiell (confidential). Empty means ok when there is a value.",
        ),
        "ok",
    ),
    (
        "kilde",
        Words(
            "Hvor tallet kommer fra.",
            "Kvar talet kjem frå.",
            "Where the figure comes from.",
        ),
        "Elevundersøkelsen",
    ),
)
# Filled rows about invented schools: a mean, a share by counts, a shielded figure, a confidential one, no participants; then one for
# each group of figures that no source fetches.
EXAMPLES: Final = (
    ("F00000001", "Nes skole (oppdiktet)", "2024-25", "7", "eu_trivsel", "", "", "4,2", "48", "", "", "", "ok", "Elevundersøkelsen"),
    ("F00000001", "Nes skole (oppdiktet)", "2024-25", "7", "eu_trivsel", "kjønn", "jenter", "4,1", "25", "", "", "", "ok", "Elevundersøkelsen"),
    ("F00000001", "Nes skole (oppdiktet)", "2024-25", "7", "eu_mobbing", "", "", "", "", "5", "48", "", "", "Elevundersøkelsen"),
    ("F00000002", "Vik skole (oppdiktet)", "2024-25", "5", "np5_lesing", "", "", "", "", "", "", "", "skjermet", "Nasjonale prøver"),
    ("F00000002", "Vik skole (oppdiktet)", "2024-25", "2", "kart2_lesing", "", "", "18,5*", "27", "", "", "", "konfidensiell", "Kartlegging"),
    ("F00000002", "Vik skole (oppdiktet)", "2024-25", "10", "gs_poeng", "", "", "", "0", "", "", "", "ingen_deltakere", "Vitnemål"),
    *(one.line for one in BY_HAND),
)  # fmt: skip
