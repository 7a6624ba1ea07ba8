"""The five questions of a chapter: two answered from the figures, three by the owner."""

from dataclasses import replace
from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.chapters import BoxSpec
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.wording import lines_of, say, typed
from tettpaa.report.export.tree import Block, Box, Note, Proposals, Question

SEE: Final = BoxSpec(
    "see",
    Words("Hva ser vi? Eget tillegg", "Kva ser vi? Eige tillegg", "What do we see? Your addition"),
    Words(
        "Setningene lages av tallene. Legg til det dere selv har sett, om noe mangler.",
        "Setningane blir laga av tala. Legg til det de sjølve har sett, om noko manglar.",
        "The sentences are made from the figures. Add what you have seen yourselves, if something is missing.",
    ),
    is_expected=False,
)
SURE: Final = BoxSpec(
    "sure",
    Words(
        "Hvor sikkert er det? Eget tillegg",
        "Kor sikkert er det? Eige tillegg",
        "How sure are we? Your addition",
    ),
    Words(
        "Legg til forbehold som tallene ikke kjenner, som lav svarprosent eller en skole som byttet lokaler.",
        "Legg til atterhald som tala ikkje kjenner, som låg svarprosent eller ein skule som bytte lokale.",
        "Add reservations that the figures do not know of, such as few answers or a school that moved.",
    ),
    is_expected=False,
)
WHY: Final = BoxSpec(
    "why",
    Words("Hvorfor kan det være slik?", "Kvifor kan det vere slik?", "Why might it be so?"),
    Words(
        "skolenes og elevenes egne forklaringer. Skriv hvem som mener det, og hva dere ikke vet.",
        "forklaringane til skulane og elevane. Skriv kven som meiner det, og kva de ikkje veit.",
        "the schools' and pupils' own explanations. Say who thinks so, and what you do not know.",
    ),
)
DONE: Final = BoxSpec(
    "done",
    Words(
        "Hva har vi gjort, og virket det?",
        "Kva har vi gjort, og verka det?",
        "What have we done, and did it work?",
    ),
    Words(
        "tiltakene fra i fjor og hva vi vet om virkningen. «Vi vet ikke» er et godt svar.",
        "tiltaka frå i fjor og kva vi veit om verknaden. «Vi veit ikkje» er eit godt svar.",
        "last year's initiatives and what we know of their effect. “We do not know” is a good answer.",
    ),
)
PROPOSE: Final = BoxSpec(
    "propose",
    Words("Hva foreslår vi?", "Kva foreslår vi?", "What do we propose?"),
    Words(
        "ett til tre forslag. Hvem gjør hva, og når ser vi om det virker?",
        "eitt til tre framlegg. Kven gjer kva, og når ser vi om det verkar?",
        "one to three proposals. Who does what, and when shall we see whether it works?",
    ),
)
FIVE: Final = (SEE, SURE, WHY, DONE, PROPOSE)
_QUESTIONS: Final = {
    "see": Question.SEE,
    "sure": Question.SURE,
    "why": Question.WHY,
    "done": Question.DONE,
    "propose": Question.PROPOSE,
}


def five_boxes(
    context: Context, key: str, see: tuple[Block, ...], sure: tuple[Block, ...]
) -> tuple[Box, ...]:
    """The boxes of a chapter of results. An empty box is left out; where hints are wanted it says what belongs there."""
    generated = {"see": see, "sure": sure}
    boxes = []
    for spec in FIVE:
        inside = (*generated.get(spec.key, ()), *written(context, key, spec))
        if inside:
            boxes.append(Box(_QUESTIONS[spec.key], inside))
    return tuple(boxes)


def optional(spec: BoxSpec) -> BoxSpec:
    """The same box where it may stay empty."""
    return replace(spec, is_expected=False)


def written(context: Context, key: str, spec: BoxSpec) -> tuple[Block, ...]:
    """What the owner wrote in a box, or the hint, or nothing."""
    text = context.text(key, spec.key)
    if text and spec.is_list:
        return (Proposals(lines_of(text)),)
    if text:
        return typed(text)
    if context.hints and spec.is_expected:
        return (Note(say("hint", context.language, help=spec.help.in_language(context.language))),)
    return ()
