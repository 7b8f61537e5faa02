"""The build, told in order: look, understand, produce. What finds nothing new stops after the look."""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from site_builder.cache import Cache
from site_builder.ledger import Ledger
from site_builder.output import BusyError, Change, opened
from site_builder.problems import Location, Problem, error, in_order
from site_builder.session import Options, Session, Shard, Watch, fingerprint, theme_folders, with_cache

if TYPE_CHECKING:
    from site_builder.understanding import Understood

__all__ = ["Options", "Report", "Shard", "Watch", "build", "fingerprint", "keep", "theme_folders", "understand"]


#: Objects more than before a build after which it was no edit.
_MANY = 100_000


class Report(NamedTuple):
    """What came of a build. `done` is False when problems kept it from writing; `change` counts no files then."""

    done: bool
    problems: tuple[Problem, ...]
    change: Change = Change(0, 0, 0)
    pages: int = 0
    seconds: float = 0.0
    timings: tuple[tuple[str, float], ...] = ()


def understand(options: Options, watch: Watch | None = None) -> Understood:
    """Read and judge an archive without writing anything but the cache."""
    ledger, told = Ledger(options.content, options.output), watch or Watch()
    from site_builder import understanding

    return with_cache(options, ledger, lambda session: understanding.understand(session, told))


def build(
    options: Options,
    watch: Watch | None = None,
    ledger: Ledger | None = None,
    changed: Collection[str] | None = None,
) -> Report:
    """Build the site. Content problems are in the report; OSError is raised where the output cannot be written.

    Whoever builds again and again in one process may hand in the same `ledger` each time: what was known before is then
    at hand, and is only kept for other processes when `keep` is called. Whoever has watched all files since the last
    build, which was done, may say which have `changed` (absolute paths, links resolved): only those are looked at.
    """
    watch = watch or Watch()
    alone = ledger is None
    ledger = ledger or Ledger(options.content, options.output, lasting=False)
    begun = time.perf_counter()

    def work(session: Session) -> Report:
        session.changed = changed
        report = _build(session, watch)
        if alone and report.done and session.ledger.unsaved:
            with watch.stage("note"):
                session.ledger.save(session.cache)
                session.cache.collect(session.looked_through)
        return report

    with _no_collection():
        report = with_cache(options, ledger, work)
    return report._replace(seconds=time.perf_counter() - begun, timings=tuple(watch.timings))


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Leave garbage in circles lie: a build makes little, and looking for it again and again among all that is known
    of an archive takes up to half the time. What a large build made known is never looked through."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()


def keep(options: Options, ledger: Ledger) -> None:
    """Keep what a ledger notes for later builds."""
    if options.cache is not None and ledger.unsaved:
        with Cache(options.cache).closing() as cache:
            ledger.save(cache)


def _build(session: Session, watch: Watch) -> Report:
    options, ledger = session.options, session.ledger
    with watch.stage("look"):
        ledger.load_glance(session.cache)
        news = ledger.news(session.asked, session.stamps) if session.changed is None else None
        if news is not None:
            sources, session.spoiled = news
            if not sources and not session.spoiled:
                glance = ledger.glance
                return Report(True, glance.problems, Change(0, len(glance.outputs), 0), glance.pages)
            session.changed = [f"{ledger.content}{os.sep}{path}" for path in sources]
    from site_builder import producing, understanding

    known = understanding.understand(session, watch)
    if known.catalog is None or known.plan is None or _stops(known.problems, options):
        return Report(False, known.problems)
    problems = list(known.problems)
    change = None
    try:
        with opened(options.output) as output, ledger.trial():
            change, faults = producing.produce(session, known, output, watch)
            problems += faults
            if change is None:
                ledger.forget_all()
    except BusyError:
        hint, where = "wait until the other build is done", Location(str(options.output))
        problems.append(error("busy", "another build is writing to this folder", where, hint))
    if change is None:
        return Report(False, in_order(problems))
    return Report(True, in_order(problems), change, ledger.glance.pages)


def _stops(problems: Iterable[Problem], options: Options) -> bool:
    return any(problem.severity == "error" or options.strict for problem in problems)
