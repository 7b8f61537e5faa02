"""Finding the people, organisations and places of the archive in a text, however they are spelled.

A `Vocabulary` holds the names of all records by their keys (`keys`), which texts and names share; what a text costs
hardly depends on how many records there are. `find` looks up the keys of a text (`finding`), and judges what was found
by what stands beside it and by who is named in the text (`judging`, `beside`).
"""

from site_builder.linking.changes import Change, change, may_tell_apart
from site_builder.linking.entities import (
    LINKED_KINDS,
    NEEDS_CONTEXT,
    NOT_NAMED,
    OTHER_BODY,
    OTHER_CALLING,
    OTHER_PERSON,
    SEVERAL,
    Context,
    Entity,
    Key,
    Links,
    Mention,
    Unresolved,
    entity_of,
)
from site_builder.linking.forms import forms_of
from site_builder.linking.judging import find
from site_builder.linking.keys import EntityKeys, entity_keys, text_keys
from site_builder.linking.vocabulary import Vocabulary

__all__ = [
    "LINKED_KINDS",
    "NEEDS_CONTEXT",
    "NOT_NAMED",
    "OTHER_BODY",
    "OTHER_CALLING",
    "OTHER_PERSON",
    "SEVERAL",
    "Change",
    "Context",
    "Entity",
    "EntityKeys",
    "Key",
    "Links",
    "Mention",
    "Unresolved",
    "Vocabulary",
    "change",
    "entity_keys",
    "entity_of",
    "find",
    "forms_of",
    "may_tell_apart",
    "text_keys",
]
