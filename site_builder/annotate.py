"""Finding the archive's names in files as they are, whatever else may be wrong with the archive.

Also writing what was found into the front matter of articles.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder import linking
from site_builder.amend import amend
from site_builder.linking import LINKED_KINDS, Context, Entity, Key, Links, Vocabulary
from site_builder.model import FOLDERS, MODELS, Kind
from site_builder.problems import Location, Problem, error
from site_builder.reading import frontmatter, yamltree
from site_builder.reading.body import split_target
from site_builder.reading.decode import Site, decode
from site_builder.reading.files import LARGEST_RECORD, TEXT_NAME, SourceFile, as_text, list_files, read_bytes
from site_builder.reading.positions import Positions
from site_builder.reading.prose import prose, references

_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n|\r|\n)(?P<yaml>(?:[^\r\n]*(?:\r\n|\r|\n))*?)---[ \t]*(?:\r\n|\r|\n|\Z)"
)
#: The end of a line by itself; line and column are counted as where it is another.
_CARRIAGE_RETURN = re.compile("\r(?!\n)")
#: The keys of the front matter that list records whose names are looked for.
KEYS: dict[str, Kind] = {FOLDERS[kind]: kind for kind in LINKED_KINDS}


# --- The names of the archive ---------------------------------------------------------------------------------------


class Known(NamedTuple):
    """The names of an archive, and what is wrong with records that cannot be read and so are left out."""

    names: Vocabulary
    problems: tuple[Problem, ...]


def known(content: Path) -> Known:
    """The names of the records below `content`. Of a record with faults, what can be read is used."""
    entities: list[Entity] = []
    problems: list[Problem] = []
    for source in list_files(content, ()).files:
        if source.role == "record" and source.kind in LINKED_KINDS:
            found = _entity(content, source)
            if isinstance(found, Entity):
                entities.append(found)
            else:
                problems += found
    return Known(Vocabulary(entities), tuple(problems))


def _entity(content: Path, source: SourceFile) -> Entity | list[Problem]:
    data = read_bytes(content, source)
    text = as_text(data, source.path) if isinstance(data, bytes) else data
    if isinstance(text, Problem):
        return [text]
    if len(text) > LARGEST_RECORD:
        return [error("too-large", "is too large for a record", Location(source.path), "divide it")]
    tree, faults = yamltree.parse(text, source.path)
    if tree is None and faults:
        return faults[:1]
    # Without languages, records in any language are read.
    decoded = decode(tree, MODELS[source.kind], Location(source.path, 1, 1), Site((), 0), {"name": {}})
    if decoded.value is None or not decoded.value.name:
        return [*faults, *decoded.problems][:1]
    return linking.entity_of(source.kind, source.id, decoded.value)


# --- One text -------------------------------------------------------------------------------------------------------


class Head(NamedTuple):
    """What a front matter says of names: the records listed with their places, and what names are decided to mean."""

    listed: tuple[tuple[Key, Location], ...] = ()
    decided: Mapping[str, str | None] = {}

    @property
    def keys(self) -> frozenset[Key]:
        """The records listed."""
        return frozenset(key for key, _ in self.listed)


class Annotated(NamedTuple):
    """What was found in a text, and the text itself; `prose` is the text with U+FFFC in place of what is no prose.

    `referred` are the `[[references]]` to people, organisations and places. All offsets are those of the file as it
    is.
    """

    text: str
    prose: str
    links: Links
    referred: tuple[tuple[int, Key], ...] = ()

    def named(self) -> dict[Key, list[int]]:
        """The records that are named or referred to, with the offsets where that is, both in order."""
        found: dict[Key, list[int]] = {}
        places = [(one.start, (one.kind, one.entity)) for one in self.links.mentions]
        for start, key in sorted([*places, *self.referred]):
            found.setdefault(key, []).append(start)
        return found


def head(text: str, path: str) -> Head:
    """What the front matter of a text says of names, as far as it can be read."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return Head()
    tree, _ = yamltree.parse(_lines(front["yaml"]), path, 2)
    listed: list[tuple[Key, Location]] = []
    decided: dict[str, str | None] = {}
    for key, node in tree.entries if isinstance(tree, yamltree.Mapping) else ():
        if key.text in KEYS and isinstance(node, yamltree.Sequence):
            items = [item for item in node.items if isinstance(item, yamltree.Scalar)]
            listed += [((KEYS[key.text], item.text), item.at) for item in items]
        if key.text == "mentions" and isinstance(node, yamltree.Mapping):
            for surface, meant in node.entries:
                if isinstance(meant, yamltree.Scalar):
                    decided[surface.text] = None if meant.text == "none" else meant.text.rpartition("/")[2]
    return Head(tuple(listed), decided)


def annotate(
    text: str,
    names: Vocabulary,
    markdown: bool = True,
    listed: frozenset[Key] = frozenset(),
    stated: Head | None = None,
) -> Annotated:
    """Find names in a text: plain, or Markdown with or without front matter.

    `listed` are records that other languages of the same article list; `stated` is what `head` gives for this text,
    where it has been read already.
    """
    if not markdown:
        return Annotated(text, text, linking.find(text, names, Context(listed)))
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    stated = head(text, "") if stated is None else stated
    referred = tuple(_referred(text[begin:], begin, names))
    context = Context(listed | stated.keys | {key for _, key in referred}, stated.decided)
    # What comes before the body is left out, and its offsets stay.
    words = re.sub(r"[^\r\n]", "\ufffc", text[:begin]) + prose(text[begin:])
    return Annotated(text, words, linking.find(words, names, context), referred)


def positions(text: str, path: str) -> Positions:
    """The places of the offsets of a file as it is, whatever its line ends."""
    return Positions(_CARRIAGE_RETURN.sub("\n", text), path)


def _lines(text: str) -> str:
    return re.sub("\r\n|\r", "\n", text)


def _referred(body: str, begin: int, names: Vocabulary) -> Iterator[tuple[int, Key]]:
    for start, target in references(body):
        kind, id_ = split_target(target)
        for one in LINKED_KINDS:
            if kind in (None, one) and (one, id_) in names.keys:
                yield begin + start, (one, id_)


# --- Articles in several languages ----------------------------------------------------------------------------------


def language_of(path: str) -> str | None:
    """The language that the name of a file says: `ar` for `index.ar.md`."""
    match = TEXT_NAME.fullmatch(Path(path).name)
    return match["language"] if match else None


def versions(path: Path, languages: Iterable[str]) -> list[Path]:
    """The files of an article in all its languages, the one given first."""
    match = TEXT_NAME.fullmatch(path.name)
    others = [path.with_name(f"{match['stem']}.{code}.md") for code in languages] if match else []
    return [path, *(other for other in others if other != path and other.is_file())]


def listed_elsewhere(path: Path, languages: Iterable[str]) -> frozenset[Key]:
    """The records that the other languages of an article list."""
    texts = [(other, read_text(other)) for other in versions(path, languages)[1:]]
    return frozenset(key for other, text in texts if isinstance(text, str) for key in head(text, str(other)).keys)


def read_text(path: Path) -> str | Problem:
    """The text of a file as it is, with its byte order mark and line ends; or why it is none."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        return error("unreadable", f"cannot be read: {fault.strerror}", Location(path.as_posix()))
    return as_written(data, path.as_posix())


def as_written(data: bytes, path: str) -> str | Problem:
    """UTF-8 bytes as the text that they are, or why they are none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return as_text(data, path)


# --- Writing --------------------------------------------------------------------------------------------------------


class Added(NamedTuple):
    """Ids written into a list of a file's front matter."""

    path: Path
    key: str
    ids: tuple[str, ...]


class _Version(NamedTuple):
    """A language of an article as it is on disk, and the lists that its front matter states."""

    path: Path
    text: str
    lists: Mapping[str, Sequence[str]]


def write(
    paths: Sequence[Path], content: Path, languages: Sequence[str], names: Vocabulary
) -> tuple[list[Added], dict[Path, Problem]]:
    """Add the records that articles name to their front matter; what was added, and why nothing was to some files.

    An id goes to the file that states its key: to the other language's file where only that states it, to both where
    both do. Files are written whole, and only where something is added. Raises OSError where one cannot be written.
    """
    added: list[Added] = []
    problems: dict[Path, Problem] = {}
    asked = set(paths)
    waiting = deque(dict.fromkeys(paths))
    while waiting:
        path = waiting.popleft()
        new = _not_an_article(path, content) or _write(path, languages, names)
        if isinstance(new, Problem):
            problems[path] = new
        elif new:
            added += new
            # What is listed now may tell who is meant by a short name, here and in the other languages.
            waiting += [one for one in versions(path, languages) if one in asked]
    return _together(added), problems


def _not_an_article(path: Path, content: Path) -> Problem | None:
    below, root = path.resolve(), content.resolve()
    if not below.is_relative_to(root) or below.relative_to(root).parts[:1] == (FOLDERS["article"],):
        return None
    hint = "name files below articles/"
    return error("not-an-article", "is no article: only these list whom they name", Location(path.as_posix()), hint)


def _write(path: Path, languages: Sequence[str], names: Vocabulary) -> list[Added] | Problem:
    article: list[_Version] = []
    for one in versions(path, languages):
        version = _version(one)
        if isinstance(version, Problem):
            return _with_keys(version, names)
        article.append(version)
    listed = frozenset((KEYS[key], id_) for one in article for key, ids in one.lists.items() for id_ in ids)
    found = annotate(article[0].text, names, listed=listed).named()
    amended: list[tuple[_Version, str]] = []
    added = []
    for version in article:
        additions = _additions(version, article, found)
        text = amend(version.text, additions, version.path.as_posix()) if additions else version.text
        if isinstance(text, Problem):
            return text
        amended.append((version, text))
        added += [Added(version.path, key, tuple(ids)) for key, ids in additions.items()]
    for version, text in amended:
        if text != version.text:
            replace(version.path, text)
    return added


def _with_keys(problem: Problem, names: Vocabulary) -> Problem:
    """A problem of a file, with the keys that a front matter would need where there is none."""
    text = read_text(Path(problem.location.path)) if problem.code == "no-front-matter" else problem
    if isinstance(text, Problem):
        return problem
    found = annotate(text, names).named()
    keys = {key: [id_ for of, id_ in found if of == kind] for key, kind in KEYS.items()}
    needed = "; ".join(f"{key}: [{', '.join(ids)}]" for key, ids in keys.items() if ids)
    return problem._replace(hint=f"{problem.hint}: {needed}") if needed else problem


def _additions(version: _Version, article: Sequence[_Version], found: Iterable[Key]) -> dict[str, list[str]]:
    """What one version of an article has to add of the records found in the first."""
    additions: dict[str, list[str]] = {}
    for kind, id_ in found:
        key = FOLDERS[kind]
        stating = [one for one in article if key in one.lists] or article[:1]
        if version in stating and id_ not in version.lists.get(key, ()):
            additions.setdefault(key, []).append(id_)
    return additions


def _version(path: Path) -> _Version | Problem:
    text = read_text(path)
    if isinstance(text, Problem):
        return text
    split = frontmatter.split(_lines(text).removeprefix("\ufeff"), path.as_posix())
    if isinstance(split, Problem):
        return split
    tree, faults = yamltree.parse(split.yaml, path.as_posix(), split.yaml_line)
    if faults:
        return faults[0]
    lists: dict[str, list[str]] = {}
    for key, node in tree.entries if isinstance(tree, yamltree.Mapping) else ():
        if key.text in KEYS:
            items = node.items if isinstance(node, yamltree.Sequence) else []
            lists[key.text] = [item.text for item in items if isinstance(item, yamltree.Scalar)]
    return _Version(path, text, lists)


def _together(added: Iterable[Added]) -> list[Added]:
    """What was added to a list in several steps, as one."""
    lists: dict[tuple[Path, str], tuple[str, ...]] = {}
    for path, key, ids in added:
        lists[path, key] = lists.get((path, key), ()) + ids
    return [Added(path, key, ids) for (path, key), ids in lists.items()]


def replace(path: Path, text: str) -> None:
    """Put a text in place of a file, whole or not at all. Raises OSError where it cannot be written."""
    target = path.resolve()
    handle, scratch = tempfile.mkstemp(prefix=".", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        shutil.copymode(target, scratch)
        Path(scratch).replace(target)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
