"""The sites that the tests look at: the archive itself and the small ones below tests/sites, each built once a run."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from site_builder import cli, pipeline
from site_builder.labels import Labels
from site_builder.plan import Page as PlannedPage
from site_builder.plan import Plan, Shown, shower
from site_builder.text.languages import language
from site_builder.views import DateView, Frame, Html, Identifier, Phrase, Quoted, SourceView
from tests.site.dom import Element, parse

ROOT = Path(__file__).parents[2]
SITES = ROOT / "tests" / "sites"
#: A second build of one of the small sites, with one setting changed.
WITHOUT_FALLBACK = "one-language-articles-without-fallback"
NAMES = ("archive", *sorted(path.name for path in SITES.iterdir()), WITHOUT_FALLBACK)


class Inserted(NamedTuple):
    """What a template had to insert into a page: phrases, strings in its own language, identifiers and addresses."""

    phrases: tuple[Phrase, ...] = ()
    strings: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        return (*(phrase.text for phrase in self.phrases), *self.strings, *self.codes)


@dataclass(frozen=True)
class Page:
    """A page that was built. `language` is that of its tree, empty for pages of no language."""

    path: str
    html: str
    inserted: Inserted = Inserted()
    labels: frozenset[str] = frozenset()
    numerals: str = "latn"
    template: str = ""

    @functools.cached_property
    def root(self) -> Element:
        return parse(self.html)

    @property
    def body(self) -> Element:
        return self.root.one("body")

    @property
    def title(self) -> str:
        """The text of the `title` element."""
        return "".join(child for child in self.root.one("title").children if isinstance(child, str))

    @property
    def language(self) -> str:
        found = re.match(r"([a-z]{2,3}(?:-[A-Za-z0-9]+)*)/", self.path)
        return found[1] if found else ""

    @property
    def direction(self) -> str:
        return language(self.root.attrs["lang"]).direction

    @property
    def is_bare(self) -> bool:
        """Whether the page only stands in for another one or leads on: it has no frame."""
        return self.template in ("redirect.html", "chooser.html", "404.html")

    def framed_texts(self) -> Iterator[tuple[str, Element]]:
        """The pieces of text that no editor wrote as a text: everything but rendered Markdown."""
        for text, element in self.body.texts():
            if text.strip() and not any(_is_body(above) for above in element.up()):
                yield text, element


def _is_body(element: Element) -> bool:
    return "prose" in element.classes or "editors-note" in element.classes or "contents" in element.classes


@dataclass(frozen=True)
class Site:
    """A site as built, with what it was built from."""

    name: str
    content: Path
    output: Path
    plan: Plan
    shown: dict[str, Shown]
    labels: dict[str, Labels]

    @functools.cached_property
    def settings(self) -> dict[str, Any]:
        return dict(yaml.safe_load((self.content / "site.yaml").read_text("utf-8")))

    @property
    def languages(self) -> list[str]:
        return list(self.settings["languages"])

    @property
    def base_url(self) -> str:
        return str(self.settings["base_url"])

    @functools.cached_property
    def pages(self) -> tuple[Page, ...]:
        planned = {page.path: page for page in self.plan.pages}
        return tuple(self._page(path, planned[path]) for path in self.files if path.endswith(".html"))

    @functools.cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    @functools.cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the output, but for the builder's own list."""
        found = (path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file())
        return tuple(sorted(path for path in found if path != ".site-manifest"))

    def text(self, path: str) -> str:
        return (self.output / path).read_text("utf-8")

    def written_in(self, kind: str, id_: str) -> set[str]:
        """The languages in which the content has an article or a page, in both forms of its file."""
        folder = self.content / f"{kind}s"
        files = [*folder.glob(f"{id_}/index.*.md"), *folder.glob(f"{id_}.*.md")]
        return {path.name.split(".")[-2] for path in files}

    def _page(self, path: str, planned: PlannedPage) -> Page:
        numerals = self.settings.get("numerals", {}).get(planned.language, "latn")
        entries = self.labels[planned.language].entries.values()
        words = frozenset(entry for entry in entries if isinstance(entry, str))
        shown = self.shown[path]
        return Page(path, self.text(path), _inserted(shown), words, numerals, shown.frame.template)


def _inserted(page: Shown) -> Inserted:
    phrases: list[Phrase] = []
    strings: list[str] = []
    codes: list[str] = []

    def gather(value: object) -> None:
        match value:
            case Phrase():
                if value.text:
                    phrases.append(value)
            case DateView():
                strings.append(value.text)
                gather(value.hijri)
            case Html():
                return
            case Identifier():
                codes.extend((value.name, value.value))
            case Quoted():
                texts = (unescape(re.sub("<[^>]*>", "", markup)) for _, markup in value.sentences)
                phrases.extend(Phrase(text, value.lang, value.dir) for text in texts)
            case SourceView():
                codes.extend(filter(None, (value.url, value.archived_url)))
                gather(tuple(value))
            case Frame():
                gather((value.site_title, value.rights, value.switches, value.breadcrumbs, value.navigation))
            case tuple():
                for item in value:
                    gather(item)

    gather(page.frame)
    gather(page.view)
    if text := getattr(page.view, "coordinates", None):
        strings.append(text)
    return Inserted(tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(strings)), tuple(dict.fromkeys(codes)))


def build(content: Path, output: Path, *more: str) -> int:
    """Run the build command in this process; gives its exit status."""
    return cli.main(["build", "--content", str(content), "--output", str(output), *more])


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one test process at a time do something that all of them need."""
    import fcntl

    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def shared_folder(temporary: Path) -> Path:
    """A folder that all processes of one test run share, given the temporary folder of one of them."""
    return temporary.parent if os.environ.get("PYTEST_XDIST_WORKER") else temporary


@functools.cache
def site(name: str, shared: Path) -> Site:
    """A site by its name. The first process that asks builds it."""
    content, output, cache = _content(name, shared), shared / "built" / name, shared / "site-caches" / name
    (shared / "built").mkdir(exist_ok=True)
    if name != "archive":
        site("archive", shared)
    with _alone(shared / "built.lock"):
        if name != "archive" and not cache.exists():  # making fonts takes the longest, and they are the same
            shutil.copytree(shared / "site-caches" / "archive", cache)
        if not (output / ".site-manifest").exists():
            status = build(content, output, "--cache", str(cache), "--jobs", "1")
            assert status == 0, f"{name} cannot be built"
    known = pipeline.understand(pipeline.Options(content=content, output=output, cache=cache))
    assert known.plan
    assert known.catalog
    show = shower(known.catalog, known.labels, known.library)
    made = {page.path: show(page)[0] for page in known.plan.pages}
    shown = {path: value for path, value in made.items() if isinstance(value, Shown)}
    return Site(name, content, output, known.plan, shown, dict(known.labels))


def _content(name: str, shared: Path) -> Path:
    if name == "archive":
        return ROOT / "content"
    if name != WITHOUT_FALLBACK:
        return SITES / name / "content"
    folder = shared / "content-without-fallback"
    with _alone(shared / "content.lock"):
        if not folder.exists():
            shutil.copytree(SITES / "one-language-articles" / "content", folder)
            settings = (folder / "site.yaml").read_text("utf-8")
            changed = settings.replace("fallback_pages: true", "fallback_pages: false")
            assert changed != settings
            (folder / "site.yaml").write_text(changed, "utf-8")
    return folder
