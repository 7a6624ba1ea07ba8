"""What the Office libraries' own templates bring along and our documents should not carry."""

from typing import Any, Final

# A picture of somebody else's empty page, somebody else's printer, styles that ours have replaced.
_KINDS: Final = frozenset({"thumbnail", "printerSettings", "stylesWithEffects"})


def drop_leftovers(relationships: Any) -> None:
    """Cut the parts that a package or part reaches by these relationships; they are then not saved."""
    for key in [key for key, found in relationships.items() if found.reltype.rsplit("/", 1)[-1] in _KINDS]:
        relationships.pop(key)
