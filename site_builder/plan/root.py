"""Pages of no language: the language chooser, the page for missing addresses, and those at earlier addresses."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Catalog, PageText, Version
from site_builder.config import Config
from site_builder.model import Kind, localized
from site_builder.plan.pages import Page, Shown, alternates
from site_builder.plan.tree import Tree
from site_builder.problems import Problem, error
from site_builder.text.bidi import title_text
from site_builder.text.languages import autonym, language


def pages(config: Config) -> Iterator[Page]:
    """The language chooser and 404.html."""
    yield Page("index.html", "/", config.default_language, "chooser", listed=config.languages)
    yield Page("404.html", "/404.html", config.default_language, "missing")


def chooser(tree: Tree) -> Shown:
    """The language chooser."""
    config = tree.config
    frame = _bare_frame(tree, "/", "chooser.html", config.title[config.default_language], config.base_url)
    frame = frame._replace(alternates=alternates("/", config.languages, config))
    return Shown(frame, v.ChooserView(_titles(config), _homes(config, "/")))


def missing(tree: Tree) -> Shown:
    """The page for addresses that do not exist."""
    config = tree.config
    title = tree.labels.text("not-found-title")
    frame = _bare_frame(tree, "/404.html", "404.html", title, config.base_url + "404.html")
    return Shown(frame, v.ChooserView(_titles(config), _homes(config, config.base_url)))


def _titles(config: Config) -> tuple[v.Phrase, ...]:
    return tuple(v.Phrase(config.title[code], code, language(code).direction) for code in config.languages)


def _homes(config: Config, before: str) -> tuple[v.Link, ...]:
    return tuple(
        v.Link(before + addresses.home(code).removeprefix("/"), v.Phrase(autonym(code), code, language(code).direction))
        for code in config.languages
    )


#: So much of a wrong address is shown.
_SHOWN = 100


def redirects(catalog: Catalog, problems: list[Problem]) -> Iterator[Page]:
    """A page at each earlier address that leads to the new one. Addresses that cannot be go into `problems`."""
    versions: list[tuple[str, Kind, str, Version | PageText]] = []
    for article in catalog.articles.values():
        versions += [(code, "article", article.id, text) for code, text in article.versions.items()]
    for page in catalog.pages.values():
        versions += [(code, "page", page.id, text) for code, text in page.versions.items()]
    for code, kind, id_, text in versions:
        for old, where in text.redirects:
            try:
                path = addresses.redirect_path(old)
            except ValueError:
                shown = old if len(old) <= _SHOWN else f"{old[:_SHOWN]}…"
                message = f"“{shown}” is no address below the site, or one too long for a file"
                problems.append(error("wrong-form", message, where, "write a plain path such as /ar/old-address/"))
                continue
            here = "/" + path.removesuffix("index.html")
            yield Page(path, here, code, "redirect", (here, kind, id_), where)


def redirect(tree: Tree, here: str, kind: Kind, id_: str) -> Shown:
    """A page at an earlier address of a text."""
    url = addresses.record(tree.code, kind, id_)
    texts = tree.catalog.articles[id_].versions if kind == "article" else tree.catalog.pages[id_].versions
    title = texts[tree.code].meta.title
    frame = _bare_frame(tree, here, "redirect.html", title, tree.absolute(url))
    return Shown(frame, v.RedirectView(url, v.Phrase(title, frame.lang, frame.dir)))


def _bare_frame(tree: Tree, url: str, template: str, title: str, canonical: str) -> v.Frame:
    config, code, direction = tree.config, tree.code, tree.direction
    return v.Frame(
        lang=code,
        dir=direction,
        url=url,
        template=template,
        title=title_text(title, direction),
        description="",
        canonical=canonical,
        alternates=(),
        switches=(),
        breadcrumbs=(),
        navigation=(),
        site_title=v.Phrase(config.title[code], code, direction),
        home=addresses.home(code),
        search="",
        rights=v.Phrase(localized(config.rights, code, config.languages)[0], code, direction),
        card=None,
        card_alt="",
        kind="website",
    )
