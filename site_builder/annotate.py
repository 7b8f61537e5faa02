"""Finding the archive's names in files as they are, whatever else may be wrong with the archive."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from site_builder import linking
from site_builder.linking import LINKED_KINDS, Context, Entity, Key, Links, Vocabulary
from site_builder.model import FOLDERS, MODELS, Kind
from site_builder.problems import Location
from site_builder.reading import yamltree
from site_builder.reading.body import split_target
from site_builder.reading.decode import Site, decode
from site_builder.reading.files import LARGEST_RECORD, as_text, list_files, read_bytes
from site_builder.reading.prose import prose, references

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")
_KEYS: dict[str, Kind] = {FOLDERS[kind]: kind for kind in LINKED_KINDS}


class Annotated(NamedTuple):
    """What was found in a text, and the text itself (its offsets are those of the file as it is)."""

    text: str
    links: Links


def vocabulary(content: Path) -> Vocabulary:
    """The names of an archive. Records that cannot be read are left out: `check` says what is wrong with them."""
    names = Vocabulary(_entities(content))
    # It lives as long as the program: the garbage collector need not walk it again and again.
    gc.freeze()
    return names


def _entities(content: Path) -> Iterator[Entity]:
    for source in list_files(content, ()).files:
        if source.role != "record" or source.kind not in LINKED_KINDS:
            continue
        data = read_bytes(content, source)
        text = as_text(data, source.path) if isinstance(data, bytes) else None
        if not isinstance(text, str) or len(text) > LARGEST_RECORD:
            continue
        tree, _ = yamltree.parse(text, source.path)
        if tree is None:
            continue
        # Without languages, records in any language are read.
        decoded = decode(tree, MODELS[source.kind], Location(source.path), Site((), 0), {"name": {}})
        if decoded.value is not None and decoded.value.name:
            yield linking.entity_of(source.kind, source.id, decoded.value)


def annotate(text: str, names: Vocabulary, markdown: bool = True) -> Annotated:
    """Find names in a text: plain, or Markdown with or without front matter."""
    if not markdown:
        return Annotated(text, linking.find(text, names))
    front = _FRONT_MATTER.match(text)
    yaml, begin = (front["yaml"], front.end()) if front else ("", 0)
    body = text[begin:]
    listed, decided = _stated(yaml)
    context = Context(frozenset(listed) | frozenset(_referred(body, names)), decided)
    # What comes before the body is left out, and its offsets stay.
    return Annotated(text, linking.find("\ufffc" * begin + prose(body), names, context))


def _stated(yaml: str) -> tuple[list[Key], dict[str, str | None]]:
    """The records that a front matter lists, and what it says of names in the text."""
    tree, _ = yamltree.parse(yaml.replace("\r\n", "\n"), "")
    listed: list[Key] = []
    decided: dict[str, str | None] = {}
    for key, node in tree.entries if isinstance(tree, yamltree.Mapping) else ():
        if key.text in _KEYS and isinstance(node, yamltree.Sequence):
            listed += [(_KEYS[key.text], item.text) for item in node.items if isinstance(item, yamltree.Scalar)]
        if key.text == "mentions" and isinstance(node, yamltree.Mapping):
            for surface, meant in node.entries:
                if isinstance(meant, yamltree.Scalar):
                    decided[surface.text] = None if meant.text == "none" else meant.text.rpartition("/")[2]
    return listed, decided


def _referred(body: str, names: Vocabulary) -> Iterator[Key]:
    for target in references(body):
        kind, id_ = split_target(target)
        for one in LINKED_KINDS:
            if kind in (None, one) and (one, id_) in names.keys:
                yield one, id_
