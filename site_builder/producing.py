"""Making and writing what is new: pages, cards, fonts, the search index and the other files beside the pages."""

from __future__ import annotations

import contextlib
import itertools
import os
import zlib
from array import array
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from site_builder import checks, exports, linking, mentions, places, plan, pool, search
from site_builder.cache import Cache, LostError, digest, pickled, unpickled
from site_builder.catalog import Catalog
from site_builder.config import Config
from site_builder.labels import Labels
from site_builder.ledger import Glance, State
from site_builder.library import Library
from site_builder.output import Change, Output, Ready, make_ready
from site_builder.plan import CARD, CardSpec, Copy, Page, Plan, Read, Rendered
from site_builder.problems import Problem, in_order
from site_builder.session import Session, Watch, fingerprint
from site_builder.theme import Theme, assets, theme_files
from site_builder.understanding import Understood

if TYPE_CHECKING:
    from site_builder.fonts import WebFont

#: Drawing a card or cutting a font takes so long that a second process pays from few on.
_FEWEST_SLOW = 2
#: So many pages take long enough to be made that those that somebody is looking at are shown before the others.
_MANY = 64


def produce(session: Session, known: Understood, output: Output, watch: Watch) -> tuple[Change | None, list[Problem]]:
    """Make and write what is new. The change is None where a fault of the theme, or a foreign file, is in the way."""
    assert known.catalog is not None and known.plan is not None
    options, ledger, planned = session.options, session.ledger, known.plan
    with watch.stage("compare"):
        look = digest(session.theme, known.catalog.config)
        due = _due(session, known.catalog, planned, look)
        copies = [copy for copy in planned.copies if session.has(copy.path) and _is_new(session, copy)]
    with watch.stage("assets"):
        small = [
            file
            for file in _small(session, known.catalog.config, planned, known.labels, look)
            if session.has(file.path)
        ]
    with watch.stage("search"):
        small += _index(session, known, watch)
    paths = {page.path for page in planned.pages} | {copy.path for copy in planned.copies}
    paths |= ledger.small[1] | ledger.index[1]
    due_paths = [page.path for page in due] + [copy.path for copy in copies] + [file.path for file in small]
    foreign = output.foreign(paths, due_paths)
    if foreign:
        return None, foreign
    maker = _Maker(
        _theme(session, known.catalog.config, known.labels),
        known.catalog,
        session.library,
        ledger.numbers,
        str(output.root),
        ledger.glance.outputs,
    )
    waiting = _Waiting(output, paths)
    with watch.stage("make"):
        faults = _make(maker, due, planned, session, waiting, watch)
    if faults:
        waiting.give_up()
        return None, faults
    with watch.stage("write"):
        waiting.write_out()
        for file in small:
            waiting.write(file.path, file.data)
        for copy in copies:
            waiting.write(copy.path, (options.content / copy.source).read_bytes())
        removed = output.finish(paths)
        own = {path for path in paths if session.has(path)}
        large = _note(session, known, own, waiting.states)
    written = len(waiting.written)
    return Change(written, len(own) - written, removed), large


def _as_settled(session: Session) -> bool:
    """Whether nothing is new but what stands in texts, and there are the same pages."""
    return session.since is not None and session.settled is session.ledger.settled


def _due(session: Session, catalog: Catalog, planned: Plan, look: str) -> list[Page]:
    """The pages that have to be made: what they showed has changed, or the file that they became."""
    ledger = session.ledger
    changed = _changed(session, catalog)
    if ledger.look != look:
        ledger.look = look
        ledger.pages.clear()
    spoiled = session.spoiled
    if spoiled is None:
        # Whoever watches the content looks at the output from time to time only.
        told = session.few is not None
        spoiled = set() if told else ledger.spoiled(page.path for page in planned.pages if session.has(page.path))
    if _as_settled(session):
        again = spoiled | ledger.readers(changed)
        due = [page for page in planned.pages if page.path in again and session.has(page.path)]
    else:
        pages = (page for page in planned.pages if session.has(page.path))
        due = [page for page in pages if page.path in spoiled or ledger.due(page, changed)]
    # The pages of a record in all languages follow each other: they quote the same sentences.
    place: dict[object, int] = {}
    return sorted(due, key=lambda page: place.setdefault((page.maker, page.about), len(place)))


def _changed(session: Session, catalog: Catalog) -> set[int]:
    """The numbers of what is another now than when the pages were made."""
    ledger, names = session.ledger, session.named
    if not _as_settled(session):
        return ledger.changed(plan.states(catalog, session.outlines, {path: one.names for path, one in names.items()}))
    other = {path: names[path].names for path in session.fresh if path in names}
    records = {key for path, now in other.items() for key in mentions.differing(now, ledger.named[path].names)}
    changes = plan.changes(catalog, {session.outlines[path].source.id for path in other}, records)
    changes |= {(plan.NAMES, path): now.digest for path, now in other.items()}
    changes |= {(plan.TEXTS, path): session.outlines[path].words for path in session.fresh}
    return ledger.changed_by(changes)


def _is_new(session: Session, copy: Copy) -> bool:
    source, ledger = session.sources[copy.source], session.ledger
    return source.stamp is None or source != ledger.glance.sources.get(copy.source) or bool(ledger.spoiled([copy.path]))


def _small(session: Session, config: Config, planned: Plan, labels: Mapping[str, Labels], look: str) -> list[Rendered]:
    """The files beside the pages: those for machines, the theme's, the fonts. None where all are as they were."""
    ledger = session.ledger
    if _as_settled(session):
        key = ledger.small[0]
    else:
        key = digest(look, *(f"{page.path} {page.listed}" for page in planned.pages))
    if ledger.small[0] == key and not ledger.spoiled(path for path in ledger.small[1] if session.has(path)):
        return []
    files = [*exports.files(planned, config), *exports.words(labels.values())]
    files += [Rendered(path, file.read_bytes()) for path, file in assets(session.folders).items()]
    files += _fonts(config, session.cache, session.options.jobs)
    session.looked_through.append("fonts")
    ledger.small = (key, frozenset(file.path for file in files))
    return files


def _index(session: Session, known: Understood, watch: Watch) -> list[Rendered]:
    """The files of the search index. None where all are as they were, or where it is not to be made now."""
    options, cache, ledger = session.options, session.cache, session.ledger
    if options.search == "later" and not ledger.spoiled(ledger.index[1]):
        return []
    if options.search != "now" or not session.has(places.SEARCH):
        ledger.index = ("", frozenset())
        return []
    assert known.catalog is not None
    config, entries = known.catalog.config, known.catalog.entries
    names = {path: one.names for path, one in session.named.items()}
    records = list(search.documents(known.catalog, known.labels, session.outlines, names))
    entities = tuple(linking.entity_of(*key, entry.record) for key, entry in entries.items())
    common = digest(fingerprint(), entities)
    keys = [digest(common, record) for record in records]
    cache.use("search", keys)
    session.looked_through.append("search")
    whole = digest(common, config.languages, config.fallback_pages, *keys)
    if ledger.index[0] == whole and not ledger.spoiled(ledger.index[1]):
        return []
    kept = {key: cache.get("search", key) is not None for key in keys}
    due = [record for record, key in zip(records, keys, strict=True) if not kept[key]]
    fresh = pool.each(_analyse_one, search.Setup(entities, session.library), due, options.jobs)
    index = search.Index(config.languages, config.fallback_pages)
    for number, key in enumerate(keys, start=1):
        data = cache.get("search", key) if kept[key] else next(fresh)
        if data is None:
            raise LostError
        if not kept[key]:
            cache.put("search", key, data)
        index.add(unpickled(zlib.decompress(data)))
        watch.tell("indexing", number, len(keys))
    fresh.close()
    files = [Rendered(*file) for file in index.files(entities)]
    ledger.index = (whole, frozenset(file.path for file in files))
    cache.commit()
    return files


def _analyse_one(setup: search.Setup) -> Callable[[search.Document], bytes]:
    """What the index takes from a record, ready to be kept."""
    analyse = search.analyser(setup)
    return lambda record: zlib.compress(pickled(analyse(record)), 1)


class _Waiting:
    """The pages made so far. Where earlier ones are to be replaced, they wait until all are made: then none is
    replaced if one cannot be made, but for those that somebody looks at."""

    def __init__(self, output: Output, paths: set[str]) -> None:
        self._output, self._paths = output, paths
        self._ready: list[tuple[str, Ready]] = []
        self.written: set[str] = set()
        self.states: dict[str, State] = {}
        output.prepare()
        if output.new:
            output.announce(paths)

    def add(self, path: str, ready: Ready) -> None:
        if self._output.new:
            self._place(path, ready)
        else:
            self._ready.append((path, ready))

    def show(self, path: str, ready: Ready) -> None:
        """Replace a page before the others are made."""
        self._output.announce([path])
        self._place(path, ready)

    def write_out(self) -> None:
        self._output.announce(self._paths)
        for path, ready in self._ready:
            self._place(path, ready)

    def write(self, path: str, data: bytes) -> None:
        self._place(path, make_ready(str(self._output.root), path, data))

    def _place(self, path: str, ready: Ready) -> None:
        if self._output.place(path, ready):
            self.written.add(path)
        self.states[path] = State(ready.size, ready.time, ready.sum)

    def give_up(self) -> None:
        if self._output.new:
            self._output.finish(set())


class _Maker(NamedTuple):
    """What a process that makes pages is set up with. `numbers` are those of what pages read, in the ledger; `root` is
    the output folder, and `left` is what the last build left there."""

    theme: Theme
    catalog: Catalog
    library: Library
    numbers: Mapping[Read, int]
    root: str
    left: Mapping[str, State]


class _Made(NamedTuple):
    """A page that was made: where it waits, the numbers of what it read, and what it read that has no number yet."""

    ready: Ready
    numbers: bytes
    others: tuple[Read, ...]
    card: _Card | None


class _Card(NamedTuple):
    """The key under which a card is kept, and its bytes where it is newly drawn."""

    key: str
    drawn: bytes


def _make_one(setup: _Maker) -> Callable[[Page], _Made | Problem]:
    from site_builder.render import renderer

    show = plan.shower(setup.catalog, setup.theme.labels, setup.library)
    render, names = renderer(setup.theme), (f"{os.getpid()}-{number}" for number in itertools.count())

    def make(page: Page) -> _Made | Problem:
        shown, reads = show(page)
        card = None
        if isinstance(shown, CardSpec):
            data, card = _drawn(shown, setup.library.cache)
        else:
            rendered = render(shown)
            if isinstance(rendered, Problem):
                return rendered
            data = rendered
        known = [number for read in reads if (number := setup.numbers.get(read)) is not None]
        others = tuple(read for read in reads if read not in setup.numbers) if len(known) < len(reads) else ()
        ready = make_ready(setup.root, page.path, data, next(names), setup.left.get(page.path))
        return _Made(ready, array("I", known).tobytes(), others, card)

    return make


def _drawn(spec: CardSpec, cache: Cache) -> tuple[bytes, _Card]:
    """A card: the one that is kept, or newly drawn."""
    key = digest(fingerprint(), *spec)
    kept = cache.get("cards", key)
    if kept is not None:
        return kept, _Card(key, b"")
    from site_builder import cards

    data = cards.draw_card(cards.Card(spec.title, spec.date, spec.archive, spec.direction, spec.label))
    return data, _Card(key, data)


def _make(
    maker: _Maker, due: list[Page], planned: Plan, session: Session, waiting: _Waiting, watch: Watch
) -> list[Problem]:
    """Make pages; the problems are those of templates."""
    failed: dict[Problem, list[int]] = {}
    cards = sum(page.maker == CARD for page in due)
    if cards == sum(page.maker == CARD for page in planned.pages):
        session.looked_through.append("cards")
    slow = cards >= _FEWEST_SLOW
    shown = _show(maker, due, session, waiting, watch)
    due = [page for page in due if page.path not in shown]
    results = pool.in_runs(_make_one, maker, due, session.options.jobs, _FEWEST_SLOW if slow else 0)
    with contextlib.closing(results):
        for done, (number, result) in enumerate(results, start=1):
            page = due[number]
            if isinstance(result, Problem):
                failed.setdefault(result, []).append(number)
                continue
            session.ledger.note(page, result.numbers, result.others)
            if not failed:
                waiting.add(page.path, result.ready)
            if result.card:
                session.cache.use("cards", [result.card.key])
                if result.card.drawn:
                    session.cache.put("cards", *result.card)
            watch.tell("making", done, len(due))
    session.cache.commit()
    found = sorted((sorted(numbers), problem) for problem, numbers in failed.items())
    return [_on_pages(problem, [due[number].path for number in numbers]) for numbers, problem in found]


def _show(maker: _Maker, due: list[Page], session: Session, waiting: _Waiting, watch: Watch) -> set[str]:
    """Make and place those pages that somebody is looking at, where many are due; their paths. Those with a fault are
    left to be made with the others."""
    looked_at = watch.looked_at() if len(due) > _MANY else ()
    pages = [page for page in due if page.path in looked_at]
    if not pages:
        return set()
    make, shown = _make_one(maker), set()
    for page in pages:
        made = make(page)
        if not isinstance(made, Problem):
            session.ledger.note(page, made.numbers, made.others)
            waiting.show(page.path, made.ready)
            shown.add(page.path)
    if waiting.written and watch.shown:
        watch.shown()
    return shown


def _on_pages(problem: Problem, paths: list[str]) -> Problem:
    others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return problem._replace(message=f"{problem.message} (on /{paths[0]}{others})")


def _note(session: Session, known: Understood, paths: set[str], states: Mapping[str, State]) -> list[Problem]:
    """Note in the ledger what was read and written. The problems are those of a site that has grown too large."""
    assert known.plan is not None
    ledger, pages = session.ledger, [page for page in known.plan.pages if page.maker != CARD]
    before = {**ledger.glance.outputs, **states}
    outputs = before if before.keys() == paths else {path: before[path] for path in paths if path in before}
    # An index that was left for later is still to be made, though nothing else changes.
    asked = "" if session.options.search == "later" else session.asked
    large = checks.sizes({path: found.size for path, found in outputs.items()}, session.options.output)
    problems = in_order([*known.problems, *large])
    edits = ledger.glance.edits + 1 if session.since is not None else 0
    ledger.glance = Glance(asked, session.folders_seen, session.sources, outputs, problems, len(pages), edits)
    ledger.outlines, ledger.reading = session.outlines, session.reading
    ledger.named, ledger.keyed = session.named, session.keyed
    ledger.forget(paths)
    ledger.catalog = {name: getattr(known.catalog, name) for name in Catalog._fields if name != "config"}
    ledger.settled, ledger.last, ledger.unsaved = session.settled, session.last, True
    return large


def _theme(session: Session, config: Config, labels: Mapping[str, Labels]) -> Theme:
    codes = config.languages
    theme = Theme(
        session.folders,
        labels,
        codes,
        {code: config.locale(code) for code in codes},
        {code: config.numbering(code) for code in codes},
        {},
    )
    from site_builder import render  # here, so that processes which make pages have it from this one

    key = digest(fingerprint(), *session.folders)
    templates = {name: path for name, path in theme_files(session.folders).items() if path.suffix == ".html"}
    known = {name: digest(path, path.read_bytes()) for name, path in templates.items()}
    kept: dict[str, tuple[str, bytes]] = session.cache.load("templates", key) or {}
    session.looked_through.append("templates")
    compiled = {name: found for name, found in kept.items() if known.get(name) == found[0]}
    due = {name: path for name, path in templates.items() if name not in compiled}
    if due:
        compiled |= {name: (known[name], code) for name, code in render.compiled(theme, due).items()}
        session.cache.save("templates", key, compiled)
    return theme._replace(compiled={name: code for name, (_, code) in compiled.items()})


def _fonts(config: Config, cache: Cache, jobs: int) -> list[Rendered]:
    key = digest(fingerprint(), config.languages)
    files: list[Rendered] | None = cache.load("fonts", key)
    if files is None:
        from site_builder import fonts

        faces = fonts.web_fonts(config.languages)
        made = zip(faces, pool.each(_font_maker, None, faces, jobs, _FEWEST_SLOW), strict=True)
        files = [Rendered("assets/fonts.css", fonts.font_face_css(faces, "fonts/").encode())]
        files += [Rendered(f"assets/fonts/{face.file_name}", data) for face, data in made]
        cache.save("fonts", key, files)
    return files


def _font_maker(_setup: None) -> Callable[[WebFont], bytes]:
    from site_builder import fonts

    return fonts.subset
