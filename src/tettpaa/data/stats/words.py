"""Every sentence of the room in bokmål, nynorsk and English, side by side so that none is forgotten.

Slots in braces are filled by sentences.py. Plain words only: no error symbols, no test language, no ranks.
"""

from typing import Final, NamedTuple


class Words(NamedTuple):
    """One text in the three languages."""

    nb: str
    nn: str
    en: str


CERTAINTY: Final = {
    "clear": Words("Klart", "Klart", "Clearly"),
    "likely": Words("Trolig", "Truleg", "Likely"),
    "none": Words("Ingen sikker forskjell", "Ingen sikker skilnad", "No reliable difference"),
    "unknown": Words("Kan ikke si ennå", "Kan ikkje seie enno", "Cannot say yet"),
}

CERTAINTY_MEANING: Final = {
    "clear": Words(
        "Det er mer enn 80 prosent sannsynlig at forskjellen er stor nok til å bety noe.",
        "Det er meir enn 80 prosent sannsynleg at skilnaden er stor nok til å bety noko.",
        "It is more than 80 per cent probable that the difference is large enough to matter.",
    ),
    "likely": Words(
        "Det er mer sannsynlig enn ikke at forskjellen er stor nok til å bety noe.",
        "Det er meir sannsynleg enn ikkje at skilnaden er stor nok til å bety noko.",
        "It is more probable than not that the difference is large enough to matter.",
    ),
    "none": Words(
        "Tallene viser ingen forskjell som er både sikker og stor nok til å bety noe. "
        "Det beviser ikke at alt er likt.",
        "Tala viser ingen skilnad som er både sikker og stor nok til å bety noko. "
        "Det prover ikkje at alt er likt.",
        "The figures show no difference that is both reliable and large enough to matter. "
        "That does not prove that all is equal.",
    ),
    "unknown": Words(
        "Det er for få elever eller for få tall til å si noe.",
        "Det er for få elevar eller for få tal til å seie noko.",
        "There are too few pupils or too few figures to say anything.",
    ),
}

# Around a probability too near 0 or 1 to be given as a number.
PROBABILITY: Final = {
    "under": Words("under {p}", "under {p}", "under {p}"),
    "over": Words("over {p}", "over {p}", "over {p}"),
}

AGAINST: Final = {
    "nation": Words("landet", "landet", "the nation"),
    "county": Words("fylket", "fylket", "the county"),
    "municipality": Words("kommunen", "kommunen", "the municipality"),
    "others": Words(
        "de andre skolene i kommunen",
        "dei andre skulane i kommunen",
        "the other schools in the municipality",
    ),
    "similar": Words("lignende skoler", "liknande skular", "similar schools"),
}

YEARS: Final = {
    1: Words("ett år", "eitt år", "one year"),
    2: Words("to år", "to år", "two years"),
    3: Words("tre år", "tre år", "three years"),
}
MANY_YEARS: Final = Words("{count} år", "{count} år", "{count} years")

# What follows the name of a unit; also the short phrase of a heading.
PHRASE: Final = {
    "clear.below": Words("ligger klart under {ref}", "ligg klart under {ref}", "is clearly below {ref}"),
    "clear.above": Words("ligger klart over {ref}", "ligg klart over {ref}", "is clearly above {ref}"),
    "likely.below": Words("ligger trolig under {ref}", "ligg truleg under {ref}", "is likely below {ref}"),
    "likely.above": Words("ligger trolig over {ref}", "ligg truleg over {ref}", "is likely above {ref}"),
    "none.below": Words("ligger litt under {ref}", "ligg litt under {ref}", "is slightly below {ref}"),
    "none.above": Words("ligger litt over {ref}", "ligg litt over {ref}", "is slightly above {ref}"),
    "none.neither": Words(
        "skiller seg ikke sikkert fra {ref}",
        "skil seg ikkje sikkert frå {ref}",
        "does not differ reliably from {ref}",
    ),
    "unknown.neither": Words(
        "kan ikke sammenlignes med {ref} ennå",
        "kan ikkje samanliknast med {ref} enno",
        "cannot be compared with {ref} yet",
    ),
    "described.below": Words(
        "har et lavere tall enn {ref}", "har eit lågare tal enn {ref}", "has a lower figure than {ref}"
    ),
    "described.above": Words(
        "har et høyere tall enn {ref}", "har eit høgare tal enn {ref}", "has a higher figure than {ref}"
    ),
    "described.neither": Words(
        "har samme tall som {ref}", "har same tal som {ref}", "has the same figure as {ref}"
    ),
}

LEVEL: Final = {
    "says": Words("{unit} {phrase}.", "{unit} {phrase}.", "{unit} {phrase}."),
    "probability": Words(
        "Det er {p} sannsynlig at forskjellen egentlig er mer enn {delta}.",
        "Det er {p} sannsynleg at skilnaden eigentleg er meir enn {delta}.",
        "It is {p} likely that the difference really is more than {delta}.",
    ),
    "beyond_chance": Words(
        "Forskjellen er {difference}. {With_n} gir tilfeldigheter alene sjelden mer enn {chance}.",
        "Skilnaden er {difference}. {With_n} gir tilfeldigheiter aleine sjeldan meir enn {chance}.",
        "The difference is {difference}. {With_n}, chance alone seldom gives more than {chance}.",
    ),
    "by": Words(
        "Forskjellen er {difference}.", "Skilnaden er {difference}.", "The difference is {difference}."
    ),
    "within_chance": Words(
        "Tallet ligger {difference} {side} {ref}. "
        "{With_n} kan tilfeldigheter alene gi forskjeller på opptil {chance}. "
        "Vi kan ikke si at {unit} skiller seg fra {ref}.",
        "Talet ligg {difference} {side} {ref}. "
        "{With_n} kan tilfeldigheiter aleine gi skilnader på opptil {chance}. "
        "Vi kan ikkje seie at {unit} skil seg frå {ref}.",
        "The figure is {difference} {side} {ref}. "
        "{With_n}, chance alone can give differences of up to {chance}. "
        "We cannot say that {unit} differs from {ref}.",
    ),
    "no_difference": Words(
        "Tallene for {unit} og {ref} er like. "
        "{With_n} kan tilfeldigheter alene gi forskjeller på opptil {chance}.",
        "Tala for {unit} og {ref} er like. "
        "{With_n} kan tilfeldigheiter aleine gi skilnader på opptil {chance}.",
        "The figures for {unit} and {ref} are equal. "
        "{With_n}, chance alone can give differences of up to {chance}.",
    ),
    "too_unsure": Words(
        "Tallet ligger {difference} {side} {ref}. "
        "Forskjellen er for usikker til at vi kan si at {unit} skiller seg fra {ref}.",
        "Talet ligg {difference} {side} {ref}. "
        "Skilnaden er for usikker til at vi kan seie at {unit} skil seg frå {ref}.",
        "The figure is {difference} {side} {ref}. "
        "The difference is too uncertain for us to say that {unit} differs from {ref}.",
    ),
    "small": Words(
        "Forskjellen er trolig mindre enn {delta}.",
        "Skilnaden er truleg mindre enn {delta}.",
        "The difference is likely less than {delta}.",
    ),
    "one_year": Words(
        "Ett år alene er for lite til å si noe sikkert om nivået over tid.",
        "Eitt år aleine er for lite til å seie noko sikkert om nivået over tid.",
        "One year alone is too little to say anything certain about the level over time.",
    ),
    "low_is_good": Words(
        "Her er et lavt tall bra.", "Her er eit lågt tal bra.", "Here a low figure is good."
    ),
    "too_few": Words(
        "For få elever til å si noe om {unit} ennå: {n} på {years}.",
        "For få elevar til å seie noko om {unit} enno: {n} på {years}.",
        "Too few pupils to say anything about {unit} yet: {n} over {years}.",
    ),
    "no_years": Words(
        "Vi har ingen tall å vise for {unit} i de siste årene.",
        "Vi har ingen tal å vise for {unit} i dei siste åra.",
        "We have no figures to show for {unit} in recent years.",
    ),
    "no_reference": Words(
        "Vi har ikke tall for {ref} å sammenligne {unit} med.",
        "Vi har ikkje tal for {ref} å samanlikne {unit} med.",
        "We have no figures for {ref} to compare {unit} with.",
    ),
    "described": Words(
        "{unit} har {mean}. Tallet for {ref} er {reference}.",
        "{unit} har {mean}. Talet for {ref} er {reference}.",
        "{unit} has {mean}. The figure for {ref} is {reference}.",
    ),
    "counted": Words(
        "Tallet bygger på alle, ikke på et utvalg, så vi regner ikke ut noen usikkerhet. "
        "I små grupper kan det likevel svinge mye fra år til år.",
        "Talet byggjer på alle, ikkje på eit utval, så vi reknar ikkje ut noka uvisse. "
        "I små grupper kan det likevel svinge mykje frå år til år.",
        "The figure covers everyone, not a sample, so we work out no uncertainty. "
        "In small groups it may still vary much from year to year.",
    ),
    "no_variance": Words(
        "Kilden sier ikke nok til at vi kan regne ut usikkerheten.",
        "Kjelda seier ikkje nok til at vi kan rekne ut uvissa.",
        "The source does not say enough for us to work out the uncertainty.",
    ),
}

WITH_N: Final = {
    "n": Words("Med {n}", "Med {n}", "With {n}"),
    "no_n": Words("Her", "Her", "Here"),
}

SIDE: Final = {
    "below": Words("under", "under", "below"),
    "above": Words("over", "over", "above"),
}

DETAIL: Final = {
    "pupils": Words("{n} på {years}.", "{n} på {years}.", "{n} over {years}."),
    "between": Words(
        "Nivået ligger {between}. Tallet for {ref} er {reference}.",
        "Nivået ligg {between}. Talet for {ref} er {reference}.",
        "The level is {between}. The figure for {ref} is {reference}.",
    ),
    "drawn": Words(
        "Snittet er {mean}. Det beregnede nivået, {estimate}, er trukket mot {ref}, "
        "fordi noe av forskjellen trolig er tilfeldig.",
        "Snittet er {mean}. Det utrekna nivået, {estimate}, er drege mot {ref}, "
        "fordi noko av skilnaden truleg er tilfeldig.",
        "The mean is {mean}. The computed level, {estimate}, is drawn towards {ref}, "
        "because part of the difference is likely chance.",
    ),
}

BETWEEN: Final = Words(
    "trolig mellom {low} og {high}", "truleg mellom {low} og {high}", "likely between {low} and {high}"
)

CHANGE_PHRASE: Final = {
    "clear.below": Words("har gått klart ned", "har gått klart ned", "has clearly fallen"),
    "clear.above": Words("har gått klart opp", "har gått klart opp", "has clearly risen"),
    "likely.below": Words("har trolig gått ned", "har truleg gått ned", "has likely fallen"),
    "likely.above": Words("har trolig gått opp", "har truleg gått opp", "has likely risen"),
    "none.below": Words("har gått litt ned", "har gått litt ned", "has fallen slightly"),
    "none.above": Words("har gått litt opp", "har gått litt opp", "has risen slightly"),
    "none.neither": Words(
        "viser ingen sikker endring", "viser inga sikker endring", "shows no reliable change"
    ),
    "unknown.neither": Words(
        "kan ikke følges over tid her", "kan ikkje følgjast over tid her", "cannot be followed over time here"
    ),
    "described.below": Words("har gått ned", "har gått ned", "has fallen"),
    "described.above": Words("har gått opp", "har gått opp", "has risen"),
    "described.neither": Words("er uendret", "er uendra", "is unchanged"),
}

CHANGE: Final = {
    "says": Words(
        "{unit} {phrase} fra {start} til {end}.",
        "{unit} {phrase} frå {start} til {end}.",
        "{unit} {phrase} from {start} to {end}.",
    ),
    "size.below": Words(
        "Nedgangen er {difference}.", "Nedgangen er {difference}.", "The fall is {difference}."
    ),
    "size.above": Words(
        "Oppgangen er {difference}.", "Oppgangen er {difference}.", "The rise is {difference}."
    ),
    "size.neither": Words("Tallet er det samme.", "Talet er det same.", "The figure is the same."),
    "against.below": Words(
        "Sammenlignet med {ref} er nedgangen {difference}.",
        "Samanlikna med {ref} er nedgangen {difference}.",
        "Compared with {ref}, the fall is {difference}.",
    ),
    "against.above": Words(
        "Sammenlignet med {ref} er oppgangen {difference}.",
        "Samanlikna med {ref} er oppgangen {difference}.",
        "Compared with {ref}, the rise is {difference}.",
    ),
    "against.neither": Words(
        "Endringen er den samme som for {ref}.",
        "Endringa er den same som for {ref}.",
        "The change is the same as for {ref}.",
    ),
    "beyond_chance": Words(
        "Tilfeldigheter alene gir sjelden mer enn {chance}.",
        "Tilfeldigheiter aleine gir sjeldan meir enn {chance}.",
        "Chance alone seldom gives more than {chance}.",
    ),
    "within_chance": Words(
        "Tilfeldigheter alene kan gi opptil {chance}. Vi kan ikke si at noe har endret seg.",
        "Tilfeldigheiter aleine kan gi opptil {chance}. Vi kan ikkje seie at noko har endra seg.",
        "Chance alone can give up to {chance}. We cannot say that anything has changed.",
    ),
    "too_unsure": Words(
        "Det er for usikkert til at vi kan kalle det en varig endring.",
        "Det er for usikkert til at vi kan kalle det ei varig endring.",
        "That is too uncertain for us to call it a lasting change.",
    ),
    "small": Words(
        "Endringen er trolig mindre enn {delta}.",
        "Endringa er truleg mindre enn {delta}.",
        "The change is likely less than {delta}.",
    ),
    "same_cohort": Words(
        "Vi følger det samme kullet, men ikke elev for elev. Derfor er usikkerheten satt høyt.",
        "Vi følgjer det same kullet, men ikkje elev for elev. Difor er uvissa sett høgt.",
        "We follow the same cohort, but not pupil by pupil. The uncertainty is therefore set high.",
    ),
    "too_few": Words(
        "For få elever til å si om {unit} har endret seg fra {start} til {end}.",
        "For få elevar til å seie om {unit} har endra seg frå {start} til {end}.",
        "Too few pupils to say whether {unit} changed from {start} to {end}.",
    ),
    "break": Words(
        "Fra {broken_in} er tallet laget på en ny måte. Tall fra før og etter kan ikke sammenlignes.",
        "Frå {broken_in} er talet laga på ein ny måte. Tal frå før og etter kan ikkje samanliknast.",
        "From {broken_in} the figure is made in a new way. Figures from before and after cannot be compared.",
    ),
}

SITUATION: Final = {
    "hidden_by_source": Words(
        "Tallet for {unit} er skjult av kilden, for å verne elevene.",
        "Talet for {unit} er skjult av kjelda, for å verne elevane.",
        "The figure for {unit} is hidden by the source, to protect the pupils.",
    ),
    "hidden_by_us": Words(
        "Tallet for {unit} vises ikke. Noen ganger skjuler vi også tall som ikke er små, "
        "for at de små ikke skal kunne regnes ut.",
        "Talet for {unit} blir ikkje vist. Nokre gonger skjuler vi òg tal som ikkje er små, "
        "for at dei små ikkje skal kunne reknast ut.",
        "The figure for {unit} is not shown. Sometimes we also hide figures that are not small, "
        "so that the small ones cannot be worked out.",
    ),
    "no_participants": Words(
        "Ingen elever ved {unit} deltok.", "Ingen elevar ved {unit} deltok.", "No pupils at {unit} took part."
    ),
    "not_applicable": Words(
        "Ikke aktuelt: gruppen finnes ikke ved {unit}.",
        "Ikkje aktuelt: gruppa finst ikkje ved {unit}.",
        "Not applicable: the group does not exist at {unit}.",
    ),
    "missing": Words(
        "Kilden har ikke noe tall for {unit}.",
        "Kjelda har ikkje noko tal for {unit}.",
        "The source has no figure for {unit}.",
    ),
    "confidential": Words(
        "Tallet for {unit} kan bare brukes internt hos skoleeieren.",
        "Talet for {unit} kan berre brukast internt hos skuleeigaren.",
        "The figure for {unit} may only be used inside the school owner's own organisation.",
    ),
}

SITUATION_SHORT: Final = {
    "hidden_by_source": Words("Skjult hos kilden", "Skjult hos kjelda", "Hidden by the source"),
    "hidden_by_us": Words("Vises ikke", "Blir ikkje vist", "Not shown"),
    "no_participants": Words("Ingen deltok", "Ingen deltok", "Nobody took part"),
    "not_applicable": Words("Ikke aktuelt", "Ikkje aktuelt", "Not applicable"),
    "missing": Words("Mangler", "Manglar", "Missing"),
    "confidential": Words("Bare til internt bruk", "Berre til internt bruk", "Internal use only"),
}

FALSE_ALARMS: Final = {
    "none": Words(
        "Ingen skoler er merket. Det betyr ikke at alt er bra, bare at tallene ikke varsler noe.",
        "Ingen skular er merkte. Det betyr ikkje at alt er bra, berre at tala ikkje varslar noko.",
        "No schools are marked. That does not mean that all is well, only that the figures give no warning.",
    ),
    "one": Words(
        "1 skole er merket. Det er {p} sannsynlig at merket skyldes tilfeldigheter.",
        "1 skule er merkt. Det er {p} sannsynleg at merket kjem av tilfeldigheiter.",
        "1 school is marked. It is {p} likely that the mark is there by chance.",
    ),
    "fewer": Words(
        "{marked} skoler er merket. Vi venter at færre enn 1 av dem er merket ved en tilfeldighet.",
        "{marked} skular er merkte. Vi ventar at færre enn 1 av dei har fått merket ved ei tilfeldigheit.",
        "{marked} schools are marked. We expect fewer than 1 of them to be marked by chance.",
    ),
    "about": Words(
        "{marked} skoler er merket, omtrent {expected} av dem trolig ved en tilfeldighet.",
        "{marked} skular er merkte, omtrent {expected} av dei truleg ved ei tilfeldigheit.",
        "{marked} schools are marked, about {expected} of them probably by chance.",
    ),
}
