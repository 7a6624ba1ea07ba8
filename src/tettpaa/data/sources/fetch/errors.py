"""Why fetching stopped, in words for people. Nothing that was fetched before is lost, and no figure changes."""

from typing import Final

from tettpaa.data.indicators.definitions.model import Words

WORDS: Final = {
    "not_allowed": Words(
        "{host} står ikke på listen over steder vi henter fra.",
        "{host} står ikkje på lista over stader vi hentar frå.",
        "{host} is not on the list of places we fetch from.",
    ),
    "not_public": Words(
        "{host} peker til en adresse inne i et lukket nett. Vi henter ikke derfra.",
        "{host} peikar til ei adresse inne i eit lukka nett. Vi hentar ikkje derifrå.",
        "{host} points to an address inside a closed network. We do not fetch from there.",
    ),
    "no_answer": Words(
        "{host} svarer ikke. Prøv igjen senere.",
        "{host} svarer ikkje. Prøv igjen seinare.",
        "{host} does not answer. Try again later.",
    ),
    "too_slow": Words(
        "{host} brukte for lang tid på å svare. Prøv igjen senere.",
        "{host} brukte for lang tid på å svare. Prøv igjen seinare.",
        "{host} took too long to answer. Try again later.",
    ),
    "half_answer": Words(
        "{host} sendte bare en del av svaret. Prøv igjen senere.",
        "{host} sende berre ein del av svaret. Prøv igjen seinare.",
        "{host} sent only part of the answer. Try again later.",
    ),
    "too_large": Words(
        "Svaret fra {host} er større enn vi tar imot.",
        "Svaret frå {host} er større enn vi tek imot.",
        "The answer from {host} is larger than we accept.",
    ),
    "redirect": Words(
        "{host} viser videre til et annet sted. Vi følger ikke med. Meld fra til den som drifter Tett på.",
        "{host} viser vidare til ein annan stad. Vi følgjer ikkje med. Meld frå til den som driftar Tett på.",
        "{host} points on to another place. We do not follow. Tell those who run Tett på.",
    ),
    "refused": Words(
        "{host} tok ikke imot spørsmålet ({status}): {found} Meld fra til den som drifter Tett på.",
        "{host} tok ikkje imot spørsmålet ({status}): {found} Meld frå til den som driftar Tett på.",
        "{host} did not accept the question ({status}): {found} Tell those who run Tett på.",
    ),
    "busy": Words(
        "{host} tar ikke imot flere spørsmål nå. Prøv igjen senere.",
        "{host} tek ikkje imot fleire spørsmål no. Prøv igjen seinare.",
        "{host} accepts no more questions now. Try again later.",
    ),
    "web_page": Words(
        "{host} svarte med en nettside i stedet for tall. Meld fra til den som drifter Tett på.",
        "{host} svarte med ei nettside i staden for tal. Meld frå til den som driftar Tett på.",
        "{host} answered with a web page instead of figures. Tell those who run Tett på.",
    ),
    "changed": Words(
        "{host} svarer på en ny måte ({found}). Ingenting er endret. Meld fra til den som drifter Tett på.",
        "{host} svarer på ein ny måte ({found}). Ingenting er endra. Meld frå til den som driftar Tett på.",
        "{host} answers in a new way ({found}). Nothing is changed. Tell those who run Tett på.",
    ),
    "no_schools": Words(
        "Kommunen har ingen skoler her ennå. Hent skoleregisteret først.",
        "Kommunen har ingen skular her enno. Hent skuleregisteret først.",
        "The municipality has no schools here yet. Fetch the school register first.",
    ),
    "no_owner": Words(
        "Si hvilken kommune det gjelder.", "Sei kva kommune det gjeld.", "Say which municipality it is for."
    ),
    "in_use": Words(
        "En annen henting pågår. Prøv igjen når den er ferdig.",
        "Ei anna henting går føre seg. Prøv igjen når ho er ferdig.",
        "Another fetch is going on. Try again when it is done.",
    ),
}


class FetchError(RuntimeError):
    """Fetching stopped. `code` is a key of WORDS; `params` fill its words."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return told(self.code, self.params, "nb")


def told(code: str, params: dict[str, str], language: str) -> str:
    """The error in one or two sentences."""
    blanks = {"host": "–", "status": "–", "found": "–"}
    return WORDS[code].in_language(language).format_map(blanks | params)
