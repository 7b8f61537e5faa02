"""What only the whole archive can show to be wrong: names of records that do not exist, circles, claims in conflict.

Also the links of built pages (`check --links`).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from site_builder.catalog import Catalog
from site_builder.model import FOLDERS, ArticleMeta, Kind, Topic
from site_builder.problems import Location, Problem, did_you_mean, error, warning
from site_builder.reading.decode import Use
from site_builder.reading.document import Document, Parsed, RecordFile
from site_builder.reading.markdown import Body, split_target


def check(catalog: Catalog, parsed: Iterable[Parsed], settings: tuple[Use, ...]) -> list[Problem]:
    """All problems of an archive that go beyond one file. `settings` are the ids that site.yaml names."""
    known = _known(catalog, parsed)
    problems: list[Problem] = []
    for use in settings:
        problems += _unknown(use, known)
    for value in parsed:
        for use in value.uses:
            problems += _unknown(use, known)
        for body in _bodies(value):
            problems += _dangling(body, known)
        if isinstance(value, Document):
            problems += _files(value, catalog)
        else:
            problems += _itself(value)
    problems += _circles(catalog, {value.source.id: value for value in parsed if isinstance(value, RecordFile)})
    problems += _claims(parsed)
    return problems


def _known(catalog: Catalog, parsed: Iterable[Parsed]) -> dict[Kind, set[str]]:
    """The ids of each kind. A file that cannot be read still counts: its own problem is enough."""
    known: dict[Kind, set[str]] = {kind: set() for kind in FOLDERS}
    for value in parsed:
        if isinstance(value, RecordFile) or catalog.has(value.source.kind, value.source.id) or value.meta is None:
            known[value.source.kind].add(value.source.id)
    return known


def _bodies(value: Parsed) -> Iterator[Body]:
    if isinstance(value, RecordFile):
        yield from value.biographies.values()
    else:
        yield value.body
        if value.note:
            yield value.note


def _unknown(use: Use, known: dict[Kind, set[str]]) -> Iterator[Problem]:
    candidates = known[use.kind] if use.kind else set().union(*known.values())
    if use.id in candidates:
        return
    elsewhere = [kind for kind, ids in known.items() if use.id in ids]
    noun = use.kind or "record"
    hint = did_you_mean(use.id, candidates)
    if elsewhere:
        hint = f"“{use.id}” is a record of another kind: {', '.join(elsewhere)}"
    elif not hint and use.kind:
        hint = f"add {FOLDERS[use.kind]}/{use.id}.yaml, or correct the id"
    yield error("unknown-id", f"there is no {noun} “{use.id}”", use.at, hint)


def _dangling(body: Body, known: dict[Kind, set[str]]) -> Iterator[Problem]:
    for use in body.uses:
        kind, id_ = split_target(use.target)
        if kind is not None and kind not in known:
            hint = did_you_mean(use.target.partition("/")[0], FOLDERS.values()) or "write [[id]] or [[people/id]]"
            yield error("dangling-reference", f"“{use.target}” names no kind of record", use.at, hint)
            continue
        matches = [k for k, ids in known.items() if id_ in ids and kind in (None, k)]
        if len(matches) > 1:
            choices = ", ".join(f"[[{FOLDERS[k]}/{id_}]]" for k in matches)
            yield error(
                "ambiguous-reference", f"several records have the id “{id_}”", use.at, f"write one of {choices}"
            )
        elif not matches:
            candidates = known[kind] if kind else set().union(*known.values())
            yield error(
                "dangling-reference", f"there is no record “{use.target}”", use.at, did_you_mean(id_, candidates)
            )


def _files(document: Document, catalog: Catalog) -> Iterator[Problem]:
    source = document.source
    holder = catalog.articles.get(source.id) if source.kind == "article" else catalog.pages.get(source.id)
    if holder is None:
        return
    named = list(document.body.files) + (list(document.note.files) if document.note else [])
    meta = document.meta
    if isinstance(meta, ArticleMeta) and meta.image:
        named.append((meta.image.file, document.places["image.file"]))
    for name, where in named:
        wanted = unquote(name.partition("#")[0].partition("?")[0])
        if wanted not in holder.attachments:
            hint = did_you_mean(wanted, holder.attachments) or f"put the file into {FOLDERS[source.kind]}/{source.id}/"
            yield error("missing-file", f"there is no file “{wanted}” beside this text", where, hint)


def _itself(value: RecordFile) -> Iterator[Problem]:
    for use in value.uses:
        if use.id == value.source.id and use.kind in (None, value.source.kind):
            yield error("refers-to-itself", f"“{use.id}” names itself", use.at, "delete it")


def _circles(catalog: Catalog, files: dict[str, RecordFile]) -> Iterator[Problem]:
    """Topics that are above themselves. Each circle is told once, where its first topic (by id) names the next."""
    above = {
        entry.id: [id_ for id_ in entry.record.broader if catalog.has("topic", id_)]
        for entry in catalog.of_kind("topic")
        if isinstance(entry.record, Topic)
    }
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
                    yield _circle(circle, catalog)
            elif step not in done:
                path.append(step)
                trail.append(iter(above[step]))


def _circle(circle: list[str], catalog: Catalog) -> Problem:
    first = circle.index(min(circle))
    ordered = circle[first:] + circle[:first]
    message = "topics in a circle, each broader than the one before: " + " → ".join([*ordered, ordered[0]])
    return error(
        "topic-cycle",
        message,
        Location(catalog.entries["topic", ordered[0]].path, 1, 1),
        "delete one of these “broader”",
    )


def _claims(parsed: Iterable[Parsed]) -> Iterator[Problem]:
    """Names and aliases that two records of a kind claim in one language."""
    claims: dict[tuple[Kind, str, str], list[tuple[str, Location]]] = defaultdict(list)
    for value in parsed:
        if isinstance(value, RecordFile) and value.record:
            for language, name, where in _names(value):
                folded = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
                claims[value.source.kind, language, folded].append((value.source.id, where))
    for (kind, _, _), claimed in claims.items():
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


def _names(value: RecordFile) -> Iterator[tuple[str, str, Location]]:
    assert value.record is not None
    for language, name in value.record.name.items():
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


def links(output: Path) -> list[Problem]:
    """Links and resources of built pages that lead nowhere. Addresses of other sites are not asked."""
    pages: dict[Path, _Page] = {}
    for path in sorted(output.rglob("*.html")):
        page = pages[path] = _Page()
        page.feed(path.read_text("utf-8"))
        page.close()
    return [problem for path, page in pages.items() for problem in _broken(output, path, page, pages)]


def _broken(output: Path, path: Path, page: _Page, pages: dict[Path, _Page]) -> Iterator[Problem]:
    for address, line, column in page.links:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        target = target / "index.html" if target.is_dir() else target
        where = Location(path.relative_to(output).as_posix(), line, column)
        if not target.is_file() or not target.is_relative_to(output.resolve()):
            yield error("broken-link", f"leads nowhere: {address}", where, "correct the address, or build again")
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
            yield error("broken-anchor", f"no such place on the page: {address}", where, "correct the part after #")
