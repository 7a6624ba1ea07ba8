"""Units in an owner's own file that are not the owner's."""

from collections.abc import Iterable

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import same_entity, units_by_code
from tettpaa.data.sources.names import level_of
from tettpaa.data.suppression.kinds import Level

FOREIGN = "foreign_unit"  # another owner's, or a place above the owner
UNPLACED = "unplaced_unit"  # a school nobody knows, in a file without an owner


def strangers(codes: Iterable[str], owner: Unit | None) -> dict[str, str]:
    """Codes that may not be in the file, each with the problem's code. Three queries at most.

    A new school is welcome in an owner's file: it is shown in the preview. Without an owner a file may speak of
    anyone, but a school nobody knows has no place. What is no code of a unit is left to the reader.
    """
    levels = {code: level for code in set(codes) if (level := level_of(code)) is not None}
    known = units_by_code(levels)
    if owner is None:
        return {
            code: UNPLACED for code, level in levels.items() if level is Level.SCHOOL and code not in known
        }
    own = set(Unit.objects.filter(pk__in=same_entity([owner])).values_list("code", flat=True))
    return {
        code: FOREIGN
        for code, level in levels.items()
        if not _is_own(code, level, known.get(code), owner, own)
    }


def _is_own(code: str, level: Level, unit: Unit | None, owner: Unit, own: set[str]) -> bool:
    if level is not Level.SCHOOL:
        return code in own
    return unit is None or unit.is_below(owner)
