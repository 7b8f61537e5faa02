"""JSON Schemas (draft 2020-12) of what editors write, made from the content model, so that an editor's program can
complete keys and check values while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from site_builder import model
from site_builder.config import Config
from site_builder.model import FieldType, fields_of

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"

#: The schemas by name: each kind of record, and `site`.
MODELS: dict[str, type[Any]] = {**{str(kind): of for kind, of in model.MODELS.items()}, "site": Config}


def schema(name: str, languages: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON Schema of one kind of file. With `languages`, only these may stand in localised values."""
    return {"$schema": _DRAFT, "title": name, **_group(MODELS[name], tuple(languages))}


def _group(of: type[Any], languages: tuple[str, ...]) -> dict[str, Any]:
    fields = fields_of(of)
    required = [field.key for field in fields if field.required and not field.shared]
    properties = {field.key: {"description": field.doc, **_type(field.type, languages)} for field in fields}
    made: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**made, "required": required} if required else made


def _type(type_: FieldType, languages: tuple[str, ...]) -> dict[str, Any]:
    match type_:
        case model.Group(of):
            return _group(of, languages)
        case model.List(of, or_one):
            many = {"type": "array", "items": _type(of, languages), "uniqueItems": True}
            return {"oneOf": [_type(of, languages), many]} if or_one else many
        case model.PerLanguage(of, complete):
            return _per_language(_type(of, languages), languages if complete else (), languages)
        case model.PerName():
            return {"type": "object", "additionalProperties": _type(model.Reference(None), languages)}
        case model.Either(scalar, mapping):
            return {"oneOf": [_type(scalar, languages), _type(mapping, languages)]}
        case model.Pattern(regex, example):
            return {"type": ["string", "integer"], "pattern": f"^(?:{regex})$", "examples": [example]}
        case model.Number(least, most, whole):
            return {"type": "integer" if whole else "number", "minimum": least, "maximum": most}
        case model.Choice(words):
            return {"enum": list(words)}
        case model.Flag():
            return {"type": "boolean"}
        case model.Date():
            # An unquoted 2016 is a number to JSON Schema, though the archive reads it as written.
            return {"type": ["string", "integer"], "pattern": _DATE, "examples": ["2016-09-22", "2016-09", 2016]}
        case model.Url():
            return {"type": "string", "format": "uri", "pattern": "^https?://"}
        case model.Reference(kind):
            folder = "" if kind else "(?:[a-z]+/)?"
            return {"type": "string", "pattern": f"^{folder}{model.ID.pattern}$"}
        case model.LanguageTag(of_site):
            return {"enum": list(languages)} if of_site and languages else {"type": "string"}
        case model.File() | model.Text() | model.NameOrReference():
            return {"type": "string", "minLength": 1}


def _per_language(value: dict[str, Any], required: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object"}
    if languages:
        made |= {"properties": dict.fromkeys(languages, value), "additionalProperties": False}
    else:
        made |= {"additionalProperties": value}
    return {**made, "required": list(required)} if required else made
