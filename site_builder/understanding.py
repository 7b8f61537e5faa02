"""Reading an archive and judging it as a whole: what a build knows before it makes anything."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from site_builder import catalog as catalogs
from site_builder import checks, naming, plan, pool
from site_builder.cache import digest, pickled
from site_builder.catalog import Catalog, Key, PartSize
from site_builder.config import Config
from site_builder.kept import changed, whole
from site_builder.labels import Labels, load_labels
from site_builder.library import SEEN, SENTENCES, SUMS, Source
from site_builder.linking import Vocabulary
from site_builder.places import SETTINGS
from site_builder.plan import Plan
from site_builder.problems import Location, Problem, error, in_order, nearest
from site_builder.reading import document
from site_builder.reading.decode import Decoded, Use
from site_builder.reading.document import Outline, Parsed, Reader
from site_builder.reading.files import Listing, SourceFile, is_read, list_files, read_bytes
from site_builder.session import Options, Session, Watch, fingerprint

#: After so many edits a build looks at everything, and clears from the cache what is wanted no more.
_EDITS = 100


class Understood(NamedTuple):
    """The archive as read and judged. `catalog` and `plan` are None when the settings cannot be read.

    `library` has the texts, and `outlines` all files by their paths.
    """

    catalog: Catalog | None
    plan: Plan | None
    labels: Mapping[str, Labels]
    problems: tuple[Problem, ...]
    library: plan.Library
    outlines: Mapping[str, Outline] = {}

    @property
    def targets(self) -> frozenset[str]:
        """What the texts refer to."""
        return frozenset(target for outline in self.outlines.values() for target in outline.targets)


class _Frame(NamedTuple):
    """What an archive is read and judged with."""

    config: Config
    labels: Mapping[str, Labels]
    uses: tuple[Use, ...]
    listing: Listing
    wordless: bool
    problems: tuple[Problem, ...]


class _Last(NamedTuple):
    """What a build of the same process knew before, as long as little has changed."""

    asked: str
    frame: _Frame
    known: Understood
    vocabulary: tuple[str, Vocabulary] | None


class _Settled(NamedTuple):
    """What only the meaning of the files decides, and nothing that their texts say: what is wrong with the archive, and
    its pages, as long as no list is cut in another way. `begun` are the problems of the settings, labels and names of
    files, `listing` the files that are no texts or records."""

    begun: tuple[Problem, ...]
    listing: Listing
    problems: tuple[Problem, ...]
    cut: Mapping[Key, tuple[PartSize, ...]]
    plan: Plan


def understand(session: Session, watch: Watch) -> Understood:
    """Read and judge the archive, as far as it is not known from before; names are found where nothing is wrong."""
    last: _Last | None = session.ledger.last
    with watch.stage("read"):
        same = last is not None and last.asked == session.asked
        session.few = _few(session) if same or session.ledger.glance.asked == session.asked else None
        same = same and (session.few is not None or session.ledger.same_folders(session.stamps))
        frame = last.frame if last and same else _frame(session)
        if isinstance(frame, Understood):
            return frame
        faults = _parse(session, frame.listing, _reader(frame.config, frame.labels), watch)
    at_hand = last is not None and frame is last.frame
    settled = None if faults or not _only_texts_changed(session) else _settled(session, frame, at_hand)
    if settled:
        session.since = Catalog(frame.config, **session.ledger.catalog)
    else:
        session.ledger.load_whole()
        session.outlines, session.looked_through = whole(session.outlines), ["parsed", SEEN, SENTENCES, SUMS]
        session.cache.use("parsed", map(session.library.key, session.outlines))
    if last and at_hand:
        session.vocabulary = last.vocabulary
    known = _judge(session, frame, faults, watch, settled)
    session.last = _Last(session.asked, frame, known, session.vocabulary)
    return known


def _settled(session: Session, frame: _Frame, at_hand: bool) -> _Settled | None:
    """What was settled, where the settings, the theme and the names of all files are as they were."""
    ledger = session.ledger
    glance = ledger.glance
    same = glance.asked == session.asked and glance.sources.keys() == session.sources.keys() and glance.edits < _EDITS
    found: _Settled | None = ledger.load_settled(session.cache) if at_hand or same else None
    return found if found and found.begun == frame.problems else None


def _few(session: Session) -> Collection[str] | None:
    """The files that changed since the last build; None where it is not known, or not only what stands in files did."""
    known, folders = session.ledger.glance.sources, session.ledger.glance.folders
    if session.changed is None:
        return None
    session.ledger.load(session.cache)
    few, root = [], f"{session.ledger.content}{os.sep}"
    for file in session.changed:
        path = file.removeprefix(root).replace(os.sep, "/")
        if path in session.ledger.outlines and os.path.isfile(file):  # noqa: PTH113 (a Path costs more)
            few.append(path)
        elif path in known or path in folders or os.path.lexists(file):
            return None
        # What came and went meanwhile, editors put there.
    return few


def _listed(session: Session, languages: tuple[str, ...]) -> Listing:
    """The files of the content: those of the last build, or listed anew where there may be others."""
    ledger, stamps = session.ledger, session.stamps
    ledger.load(session.cache)
    few = session.few is not None
    if few or (
        ledger.glance.asked == session.asked and ledger.same_folders(stamps) and all(map(stamps.get, ledger.outlines))
    ):
        settled: _Settled | None = ledger.load_settled(session.cache)
        # What is wrong with the others may be their sizes.
        sources = ledger.glance.sources
        if settled and (few or all(stamps.get(one.path) == sources[one.path].stamp for one in settled.listing.files)):
            texts = [] if few else [outline.source for outline in ledger.outlines.values()]
            return settled.listing._replace(files=(*settled.listing.files, *texts))
    return list_files(session.options.content, languages)


def _only_texts_changed(session: Session) -> bool:
    """Whether nothing is new but what stands in texts: then all that lies between reading and making is as it was."""
    before, now = session.ledger.outlines, session.outlines
    if session.ledger.reading != session.reading or (session.few is None and before.keys() != now.keys()):
        return False
    session.fresh = [path for path in (now if session.few is None else session.few) if now[path] is not before[path]]
    fresh = ((before[path], now[path]) for path in session.fresh)
    return all(not text.troubled and text == known._replace(words=text.words) for known, text in fresh)


def _frame(session: Session) -> _Frame | Understood:
    settings, problems = _settings(session.options)
    if settings is None or settings.value is None:
        return Understood(None, None, {}, in_order(problems), session.library)
    config = _configure(settings.value, session.options)
    labels, faults = load_labels([folder / "labels" for folder in reversed(session.folders)], config.languages)
    listing = _listed(session, config.languages)
    problems += [*faults, *listing.problems]
    return _Frame(config, labels, settings.uses, listing, bool(faults), tuple(problems))


def _judge(
    session: Session,
    frame: _Frame,
    faults: Iterable[Problem],
    watch: Watch,
    settled: _Settled | None,
) -> Understood:
    """Join what was read, and judge it as a whole; or go by what is `settled`."""
    load = session.library.load
    problems = list(settled.problems) if settled else [*frame.problems, *faults]
    catalog = session.since
    if catalog is None:
        with watch.stage("join"):
            attachments = [file for file in frame.listing.files if file.role == "attachment"]
            outlines = session.outlines.values()
            catalog, found = catalogs.join(outlines, attachments, frame.config, session.options.drafts, load)
            problems += () if settled else found
    if settled is None:
        with watch.stage("check"):
            for path, outline in session.outlines.items():
                if outline.troubled:
                    problems += load(path).problems
            problems += checks.check(catalog, session.outlines.values(), frame.uses, load)
    if frame.wordless:
        return Understood(catalog, None, frame.labels, in_order(problems), session.library)
    if not any(problem.severity == "error" for problem in problems):
        with watch.stage("names"):
            catalog = naming.with_mentions(session, catalog, watch)
        session.library = session.library._replace(names=session.named)
    if settled is None or settled.cut != catalog.parts_of:
        with watch.stage("plan"):
            settled = _Settled(
                frame.problems,
                frame.listing._replace(files=tuple(one for one in frame.listing.files if not is_read(one))),
                tuple(problems),
                catalog.parts_of,
                plan.plan(catalog, frame.labels),
            )
    session.settled = settled
    problems += settled.plan.problems
    return Understood(catalog, settled.plan, frame.labels, in_order(problems), session.library, session.outlines)


def _reader(config: Config, labels: Mapping[str, Labels]) -> Reader:
    backs = {
        code: labels[code].text("footnote-back") if "footnote-back" in labels[code].entries else ""
        for code in config.languages
    }
    return document.reader(config, backs)


def _settings(options: Options) -> tuple[Decoded | None, list[Problem]]:
    source = SourceFile("settings", SETTINGS, "page", "", "")
    if not options.content.is_dir():
        hint = "name the folder with --content, or make an archive with: site-builder init DIR"
        return None, [error("no-content", "there is no such folder", Location(str(options.content)), hint)]
    if not (options.content / SETTINGS).exists():
        names = [path.name for path in options.content.iterdir() if path.suffix in (".yaml", ".yml")]
        near = nearest(SETTINGS, names)
        return None, [
            error(
                "no-settings",
                "the archive has no site.yaml",
                Location(SETTINGS),
                f"rename {near} to {SETTINGS}" if near else "make one: site-builder init DIR shows how",
            )
        ]
    data = read_bytes(options.content, source)
    if isinstance(data, Problem):
        return None, [data]
    decoded = document.read_settings(data, SETTINGS)
    return decoded, list(decoded.problems)


def _configure(config: Config, options: Options) -> Config:
    return replace(config, base_url=options.base_url.rstrip("/") + "/") if options.base_url else config


class _Read(NamedTuple):
    """A file that was read: its outline, and the whole of it ready to be kept."""

    outline: Outline
    kept: bytes


def _read_one(how: Reader) -> Callable[[tuple[SourceFile, bytes]], _Read]:
    def read(item: tuple[SourceFile, bytes]) -> _Read:
        value = document.read(item[0], item[1], how)
        return _Read(document.outline(value), _packed(value))

    return read


def _packed(value: Parsed) -> bytes:
    """A file to be kept, its texts apart: they are wanted oftener than the rest."""
    return pickled((pickled(document.texts_of(value)), pickled(value)))


def _parse(session: Session, listing: Listing, how: Reader, watch: Watch) -> list[Problem]:
    """Outline every text and record: from the ledger or the cache where the bytes are the same."""
    cache, ledger = session.cache, session.ledger
    ledger.load(cache)
    common = digest(fingerprint(), how)
    outlines = ledger.outlines if ledger.reading == common else {}
    found: dict[str, Outline] = {}
    files: Iterable[SourceFile] = listing.files
    if session.few is None:
        ledger.load_whole()
        outlines = ledger.outlines if outlines else outlines
        session.folders_seen = {folder: session.stamps.get(folder) for folder in listing.folders}
    else:
        folders, session.sources = ledger.glance.folders, dict(ledger.glance.sources)
        told = session.spoiled is None
        session.folders_seen = folders if told else {folder: session.stamps.get(folder) for folder in folders}
        files = [outlines[path].source for path in session.few]
    library = session.library = session.library._replace(reading=common, sources=session.sources)
    problems: list[Problem] = []
    work: list[tuple[SourceFile, bytes]] = []
    for source in files:
        path = source.path
        seen, known = session.stamps.get(path), ledger.glance.sources.get(path)
        if not is_read(source):
            session.sources[path] = Source(seen, "")
            continue
        outline = outlines.get(path)
        if known and outline and seen and known.stamp == seen:
            session.sources[path], found[path] = known, outline
            continue
        data = read_bytes(session.options.content, source)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        session.sources[path] = Source(seen, digest(data))
        if known and outline and known.digest == session.sources[path].digest:
            found[path] = outline
        elif kept := library.kept(path):
            found[path] = document.outline(kept)
        else:
            work.append((source, data))
    reading = pool.each(_read_one, how, work, session.options.jobs)
    for number, read in enumerate(reading, start=1):
        path = read.outline.source.path
        found[path] = read.outline
        cache.put("parsed", library.key(path), read.kept)
        watch.tell("reading", number, len(work))
    if session.few is None:
        session.outlines = {path: found[path] for path in sorted(found)}
    elif len(found) == len(session.few):
        session.outlines = changed(outlines, found)
    else:
        lost = set(session.few) - found.keys()
        session.outlines = {path: one for path, one in (whole(outlines) | found).items() if path not in lost}
    session.reading = common
    cache.commit()
    return problems
