"""What a shape's fields are: their kind in words, whether they must be there, what they mean. From pydantic's schema."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from tettpaa.core.packs.finder import Place
from tettpaa.core.packs.registry import Shape

type Schema = Mapping[str, Any]

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nb": {
        "string": "en tekst i anførselstegn",
        "key": "et kort navn av bokstaver uten æøå, tall og bindestreker",
        "integer": "et helt tall",
        "number": "et tall",
        "boolean": "true eller false",
        "date": "en dato, for eksempel 2026-08-15",
        "object": "en tabell",
        "tables": "tabeller som begynner med [[{name}]]",
        "array": "en liste [ … ], der hvert ledd er {item}",
        "const": "{values}",
        "enum": "en av disse: {values}",
        "most": "høyst {0} tegn",
        "some": "ikke tom",
        "from": "fra {0}",
        "to": "til og med {0}",
        "or": "eller",
        "any": "en verdi",
    },
    "nn": {
        "string": "ein tekst i hermeteikn",
        "key": "eit kort namn av bokstavar utan æøå, tal og bindestrekar",
        "integer": "eit heilt tal",
        "number": "eit tal",
        "boolean": "true eller false",
        "date": "ein dato, til dømes 2026-08-15",
        "object": "ein tabell",
        "tables": "tabellar som byrjar med [[{name}]]",
        "array": "ei liste [ … ], der kvart ledd er {item}",
        "const": "{values}",
        "enum": "ein av desse: {values}",
        "most": "høgst {0} teikn",
        "some": "ikkje tom",
        "from": "frå {0}",
        "to": "til og med {0}",
        "or": "eller",
        "any": "ein verdi",
    },
    "en": {
        "string": "a text in quotes",
        "key": "a short name of letters a–z, figures and hyphens",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "date": "a date, for instance 2026-08-15",
        "object": "a table",
        "tables": "tables that begin with [[{name}]]",
        "array": "a list [ … ], each item {item}",
        "const": "{values}",
        "enum": "one of: {values}",
        "most": "at most {0} characters",
        "some": "not empty",
        "from": "from {0}",
        "to": "up to {0}",
        "or": "or",
        "any": "a value",
    },
}


@dataclass(frozen=True, slots=True)
class FieldNote:
    """One field of a shape. `place` is written as in the file, with `[]` for each of a list of tables."""

    place: str
    kind: str
    required: bool
    default: Any
    meaning: str


def entry_models(shape: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The fields that are lists of tables with a `key`, and the shape of each table: the part's entries."""
    found = {}
    for name, field in shape.model_fields.items():
        if typing.get_origin(field.annotation) in {list, tuple}:
            item = typing.get_args(field.annotation)[0]
            if isinstance(item, type) and issubclass(item, BaseModel) and "key" in item.model_fields:
                found[name] = item
    return found


@dataclass(frozen=True, slots=True)
class FlatField:
    """A field of an entry that a form can show: text, number, yes or no, or one of several."""

    name: str
    kind: str
    required: bool
    default: Any
    choices: tuple[str, ...] = ()
    longest: int | None = None


def flat_fields(model: type[BaseModel], *, with_key: bool = False) -> list[FlatField]:
    """The fields of a model, its key only when asked for. Raises ValueError for one that no single control of a form can show."""
    schema = model.model_json_schema()
    return [
        _flat(schema, name, field, required=name in schema.get("required", ()))
        for name, field in schema["properties"].items()
        if with_key or name != "key"
    ]


def _flat(root: Schema, name: str, field: Schema, *, required: bool) -> FlatField:
    [option] = _options(root, field)
    if "enum" in option:
        choices = tuple(option["enum"])
        return FlatField(name, "choice", required, field.get("default"), choices)
    if option.get("type") not in {"string", "integer", "boolean"}:
        raise ValueError(f"{name} is no single value")
    return FlatField(name, option["type"], required, field.get("default"), longest=option.get("maxLength"))


def allowed_at(shape: type[Shape], place: Place) -> list[str]:
    """The names of the fields that a table at this place may have."""
    schema = shape.model_json_schema()
    found = _at(schema, schema, place)
    return [name for option in _options(schema, found) for name in option.get("properties", {})]


def expected_at(shape: type[Shape], place: Place, language: str) -> str:
    """In words what may stand at this place."""
    schema = shape.model_json_schema()
    name = ".".join(part for part in place if isinstance(part, str))
    return _kind(schema, _at(schema, schema, place), language, name)


def notes_of(shape: type[Shape], language: str = "en") -> Iterator[FieldNote]:
    """Every field of the shape, outer before inner, in the order of the file."""
    schema = shape.model_json_schema()
    yield from _notes(schema, schema, "", language)


def _notes(root: Schema, table: Schema, prefix: str, language: str) -> Iterator[FieldNote]:
    for name, field in table.get("properties", {}).items():
        place = f"{prefix}{name}"
        yield FieldNote(
            place=place,
            kind=_kind(root, field, language, place.replace("[]", "")),
            required=name in table.get("required", ()),
            default=field.get("default"),
            meaning=str(field.get("description", "")),
        )
        for option in _options(root, field):
            inner, mark = (option["items"], "[]") if "items" in option else (option, "")
            for one in _options(root, inner):
                yield from _notes(root, one, f"{place}{mark}.", language)


def _options(root: Schema, schema: Schema) -> list[Schema]:
    """What a schema stands for: references followed, unions opened, null left out."""
    if "$ref" in schema:
        return _options(root, root["$defs"][schema["$ref"].rsplit("/", 1)[-1]])
    for union in ("anyOf", "oneOf", "allOf"):
        if union in schema:
            return [found for one in schema[union] for found in _options(root, one)]
    return [] if schema.get("type") == "null" else [schema]


def _at(root: Schema, schema: Schema, place: Place) -> Schema:
    for part in place:
        step = None
        for option in _options(root, schema):
            if isinstance(part, int):
                prefix = option.get("prefixItems", ())
                step = step or (prefix[part] if part < len(prefix) else option.get("items"))
            else:
                extra = option.get("additionalProperties")
                step = step or option.get("properties", {}).get(part) or (extra if extra is not True else {})
        schema = step or {}
    return schema


def _kind(root: Schema, schema: Schema, language: str, name: str) -> str:
    words = _WORDS.get(language, _WORDS["nb"])
    kinds = [_one(root, option, language, name) for option in _options(root, schema)]
    return f" {words['or']} ".join(dict.fromkeys(kinds)) or words["any"]


def _one(root: Schema, schema: Schema, language: str, name: str) -> str:
    words = _WORDS.get(language, _WORDS["nb"])
    for source in ("enum", "const"):
        if source in schema:
            values = schema[source] if source == "enum" else [schema[source]]
            return words[source].format(values=", ".join(_value(value) for value in values))
    kind = schema.get("type", "any")
    if kind == "array":
        item = schema.get("items", {})
        if any(option.get("type") == "object" for option in _options(root, item)):
            return words["tables"].format(name=name)
        return words["array"].format(item=_kind(root, item, language, name))
    if kind == "string" and schema.get("format") == "date":
        return words["date"]
    text = words["key"] if kind == "string" and "pattern" in schema else words.get(kind, words["any"])
    return ", ".join([text, *_limits(schema, words)])


def _limits(schema: Schema, words: Mapping[str, str]) -> Iterator[str]:
    if schema.get("minLength"):
        yield words["some"]
    if "maxLength" in schema:
        yield words["most"].format(schema["maxLength"])
    for limit, word in (("minimum", "from"), ("exclusiveMinimum", "from"), ("maximum", "to")):
        if limit in schema:
            yield words[word].format(schema[limit])


def _value(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower() if isinstance(value, bool) else str(value)
