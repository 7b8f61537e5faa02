"""What only the whole archive can show to be wrong: names of records that do not exist, circles, claims in conflict.

Also the links of built pages (`check --links`), and sites that have grown too large for GitHub Pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from site_builder.catalog import Catalog
from site_builder.model import FOLDERS, KINDS, ArticleMeta, Kind, Record, Topic
from site_builder.problems import Location, Problem, did_you_mean, error, warning
from site_builder.reading.body import Body
from site_builder.reading.decode import Use
from site_builder.reading.document import Document, Outline, Parsed, RecordFile, texts_of

Load = Callable[[str], Parsed]

#: From what size on a site is said to be large, and how large it may be (bytes): GitHub Pages' limit is 1 GB.
_LARGE, _LARGEST = 900_000_000, 1_000_000_000
#: The largest file that GitHub takes in a push (bytes).
_LARGEST_FILE = 100 * 1024 * 1024


def check(catalog: Catalog, outlines: Iterable[Outline], settings: tuple[Use, ...], load: Load) -> list[Problem]:
    """All problems of an archive that go beyond one file. `settings` are the ids that site.yaml names.

    `load` gives the whole of a file, by its path: only those that seem to be at fault are looked at closely.
    """
    outlines = list(outlines)
    known = _Known(catalog, outlines)
    problems: list[Problem] = []
    for use in settings:
        problems += _unknown(use, known)
    for outline in outlines:
        if _suspect(outline, known, catalog):
            value = load(outline.source.path)
            for use in value.uses:
                problems += _unknown(use, known)
            for body in texts_of(value).values():
                problems += _dangling(body, known)
            problems += _files(value, catalog) if isinstance(value, Document) else _itself(value)
    topics = {outline.source.id: outline.meta for outline in outlines if isinstance(outline.meta, Topic)}
    paths = {outline.source.id: outline.source.path for outline in outlines if outline.source.kind == "topic"}
    problems += _circles(topics, lambda id_: load(paths[id_]).places)
    problems += _claims(outlines, load)
    return problems


def _suspect(outline: Outline, known: _Known, catalog: Catalog) -> bool:
    """Whether something that a file names may not be there, or not once only."""
    source, meta = outline.source, outline.meta
    for kind, id_ in outline.refers:
        if not known.once(kind, id_) or (id_ == source.id and kind in (None, source.kind)):
            return True
    for target in outline.targets:
        folder, _, id_ = target.rpartition("/")
        if not known.once(KINDS.get(folder, folder) if folder else None, id_) or (folder and folder not in KINDS):
            return True
    image = isinstance(meta, ArticleMeta) and meta.image is not None
    beside = catalog.attachments.get((source.kind, source.id), frozenset()) if outline.files or image else frozenset()
    return any(name not in beside for name in outline.files) or (image and meta.image.file not in beside)  # type: ignore[union-attr]


class _Known(dict[Kind, set[str]]):
    """The ids of each kind. A file that has problems still counts: its own are enough. `drafts` are left out."""

    def __init__(self, catalog: Catalog, outlines: Iterable[Outline]) -> None:
        super().__init__({kind: set() for kind in FOLDERS})
        self.drafts: set[str] = set()
        for outline in outlines:
            source = outline.source
            if getattr(outline.meta, "draft", False) and not catalog.has(source.kind, source.id):
                self.drafts.add(source.id)
            else:
                self[source.kind].add(source.id)

    def once(self, kind: str | None, id_: str) -> bool:
        """Whether exactly one record can be meant."""
        return id_ in self.get(cast(Kind, kind), ()) if kind else sum(id_ in ids for ids in self.values()) == 1

    def hint(self, id_: str, kind: Kind | None, otherwise: str) -> str:
        """What an editor may have meant by an id that is none."""
        if id_ in self.drafts:
            return f"“{id_}” is a draft: finish it first, or build with --drafts"
        candidates = self[kind] if kind else set().union(*self.values())
        return did_you_mean(id_, candidates) or otherwise


def _unknown(use: Use, known: _Known) -> Iterator[Problem]:
    candidates = known[use.kind] if use.kind else set().union(*known.values())
    elsewhere = [kind for kind, ids in known.items() if use.id in ids]
    if use.id in candidates:
        if use.kind is None and len(elsewhere) > 1:
            choices = ", ".join(f"{FOLDERS[kind]}/{use.id}" for kind in elsewhere)
            yield error(
                "ambiguous-reference", f"several records have the id “{use.id}”", use.at, f"write one of {choices}"
            )
        return
    noun = use.kind or "record"
    hint = known.hint(use.id, use.kind, "correct the id, or add " + _file(use))
    if elsewhere:
        hint = f"“{use.id}” is a record of another kind: {', '.join(elsewhere)}"
    yield error("unknown-id", f"there is no {noun} “{use.id}”", use.at, hint)


def _file(use: Use) -> str:
    if use.kind is None or use.kind == "article":
        return "a record with this id"
    return f"{FOLDERS[use.kind]}/{use.id}" + ("/index.<language>.md" if use.kind == "page" else ".yaml")


def _dangling(body: Body, known: _Known) -> Iterator[Problem]:
    for use in body.uses:
        folder, _, id_ = use.target.rpartition("/")
        kind = KINDS.get(folder)
        if folder and not kind:
            hint = did_you_mean(folder, KINDS) or "write [[id]] or [[people/id]]"
            yield error("dangling-reference", f"“{use.target}” names no kind of record", use.at, hint)
            continue
        matches = [k for k, ids in known.items() if id_ in ids and kind in (None, k)]
        if len(matches) > 1:
            choices = ", ".join(f"[[{FOLDERS[k]}/{id_}]]" for k in matches)
            yield error(
                "ambiguous-reference", f"several records have the id “{id_}”", use.at, f"write one of {choices}"
            )
        elif not matches:
            hint = known.hint(id_, kind, "add a record with this id, or write the words without brackets")
            yield error("dangling-reference", f"there is no record “{use.target}”", use.at, hint)


def _files(document: Document, catalog: Catalog) -> Iterator[Problem]:
    source = document.source
    beside = catalog.attachments.get((source.kind, source.id), frozenset())
    bodies = [document.body, *([document.note] if document.note else [])]
    named = [(unquote(re.split("[?#]", name)[0]), where) for body in bodies for name, where in body.files]
    if isinstance(document.meta, ArticleMeta) and document.meta.image:
        named.append((document.meta.image.file, document.places["image.file"]))
    for name, where in named:
        if name not in beside:
            hint = did_you_mean(name, beside) or f"put the file into {FOLDERS[source.kind]}/{source.id}/"
            yield error("missing-file", f"there is no file “{name}” beside this text", where, hint)


def _itself(value: RecordFile) -> Iterator[Problem]:
    for use in value.uses:
        if use.id == value.source.id and use.kind in (None, value.source.kind):
            yield error("refers-to-itself", f"“{use.id}” names itself", use.at, "delete it")


Places = Mapping[str, Location]


def _circles(topics: dict[str, Topic], places: Callable[[str], Places]) -> Iterator[Problem]:
    """Topics that are above themselves. Each circle is told once, where its first topic (by id) names the next."""
    above = {id_: [other for other in topic.broader if other in topics] for id_, topic in topics.items()}
    done: set[str] = set()
    for start in sorted(above):
        path = [start]
        trail = [iter(above[start])]
        while trail and start not in done:
            step = next(trail[-1], None)
            if step is None:
                done.add(path.pop())
                trail.pop()
            elif step in path:
                circle = path[path.index(step) :]
                if len(circle) > 1:
                    yield _circle(circle, topics, places)
            elif step not in done:
                path.append(step)
                trail.append(iter(above[step]))


def _circle(circle: list[str], topics: dict[str, Topic], places: Callable[[str], Places]) -> Problem:
    first = circle.index(min(circle))
    ordered = circle[first:] + circle[:first]
    message = "topics in a circle, each broader than the one before: " + " → ".join([*ordered, ordered[0]])
    where = places(ordered[0])[f"broader[{topics[ordered[0]].broader.index(ordered[1])}]"]
    return error("topic-cycle", message, where, "delete one of these “broader”")


def _claims(outlines: list[Outline], load: Load) -> Iterator[Problem]:
    """Names and aliases that two records of a kind claim in one language."""
    claims: dict[tuple[Kind, str, str], list[str]] = defaultdict(list)
    for outline in outlines:
        if isinstance(outline.meta, Record):
            for language, name in _all_names(outline.meta):
                claims[outline.source.kind, language, _folded(name)].append(outline.source.path)
    disputed = {claim: paths for claim, paths in claims.items() if len(paths) > 1}
    files = {path: load(path) for paths in disputed.values() for path in paths}
    for (kind, language, folded), paths in disputed.items():
        claimed = [
            (value.source.id, where)
            for path in dict.fromkeys(paths)
            for value in (files[path],)
            if isinstance(value, RecordFile)
            for code, name, where in _names(value)
            if code == language and _folded(name) == folded
        ]
        for id_, where in claimed[1:]:
            first, there = claimed[0]
            if id_ == first:
                yield warning(
                    "duplicate-alias",
                    f"this name of “{id_}” stands in line {there.line} already",
                    where,
                    "delete one of the two",
                )
            else:
                message = f"this name belongs to the {kind} “{first}” too ({there.path}, line {there.line})"
                yield error("alias-conflict", message, where, "leave it to one of the two, or make it longer")


def _all_names(record: Record) -> Iterator[tuple[str, str]]:
    yield from record.name.items()
    for language, aliases in record.aliases.items():
        for alias in aliases:
            yield language, alias


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _names(value: RecordFile) -> Iterator[tuple[str, str, Location]]:
    assert value.record is not None
    for language, name in value.record.name.items():
        if f"name.{language}" in value.places:
            yield language, name, value.places[f"name.{language}"]
    for language, aliases in value.record.aliases.items():
        for number, alias in enumerate(aliases):
            place = value.places.get(f"aliases.{language}[{number}]", value.places[f"aliases.{language}"])
            yield language, alias, place


# --- Built pages -----------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, int, int]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.anchors.add(values["id"] or "")
        rel = (values.get("rel") or "").split()
        address = values.get("src") or values.get("href")
        if address and not {"canonical", "alternate"} & set(rel):
            line, column = self.getpos()
            self.links.append((address, line, column + 1))


def sizes(files: Mapping[str, int], output: Path) -> list[Problem]:
    """Warnings where a site nears what GitHub Pages publishes, or holds files that cannot be pushed to GitHub.

    `files` are the sizes of the files (bytes) by their paths below `output`. What was built is right all the same, so
    that these stop nothing, a strict build neither.
    """
    problems = []
    total = sum(files.values())
    if total >= _LARGE:
        state = "is larger than" if total > _LARGEST else "nears"
        message = f"the site has {total / 1_000_000:,.0f} MB and {state} the 1 GB that GitHub Pages publishes"
        hint = "keep large pictures and files elsewhere, switch social_cards off, or publish on another server"
        problems.append(warning("large-site", message, Location(str(output)), hint))
    for path in sorted(path for path, size in files.items() if size > _LARGEST_FILE):
        message = f"the file has {files[path] / 1_000_000:,.0f} MB; GitHub takes no file above 100 MB in a push"
        hint = "keep it elsewhere, or publish with the workflow, which pushes nothing"
        problems.append(warning("large-file", message, Location(str(output / path)), hint))
    return problems


def links(output: Path) -> list[Problem]:
    """Links and resources of built pages that lead nowhere. Addresses of other sites are not asked."""
    root = output.resolve()
    pages: dict[Path, _Page] = {}
    for path in sorted(path for path in root.rglob("*.html") if path.is_file()):
        page = pages[path] = _Page()
        page.feed(path.read_text("utf-8", errors="replace"))
        page.close()
    found = [problem for path, page in pages.items() for problem in _broken(root, path, page, pages)]
    return [problem._replace(location=_below(output, problem.location)) for problem in found]


def _below(output: Path, where: Location) -> Location:
    return where._replace(path=(output / where.path).as_posix())


def _broken(root: Path, path: Path, page: _Page, pages: dict[Path, _Page]) -> Iterator[Problem]:
    for address, line, column in page.links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        target = target / "index.html" if target.is_dir() else target
        where = Location(path.relative_to(root).as_posix(), line, column)
        if not target.is_file() or not target.is_relative_to(root):
            yield error("broken-link", f"leads nowhere: {address}", where, "correct the address, or build again")
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
            yield error("broken-anchor", f"no such place on the page: {address}", where, "correct the part after #")
