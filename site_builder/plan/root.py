"""Pages of no language: the language chooser, the page for missing addresses, and those at earlier addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Catalog, PageText, Version
from site_builder.labels import Labels
from site_builder.model import localized
from site_builder.plan.pages import ITSELF, Page
from site_builder.problems import Location, Problem, error
from site_builder.text.bidi import title_text
from site_builder.text.languages import autonym, language


def root_pages(catalog: Catalog, labels: Mapping[str, Labels]) -> list[Page]:
    """The language chooser and 404.html."""
    config = catalog.config
    main = labels[config.default_language]

    def titles() -> tuple[v.Phrase, ...]:
        return tuple(v.Phrase(config.title[code], code, language(code).direction) for code in config.languages)

    def homes(before: str) -> tuple[v.Link, ...]:
        return tuple(
            v.Link(
                before + addresses.home(code).removeprefix("/"), v.Phrase(autonym(code), code, language(code).direction)
            )
            for code in config.languages
        )

    alternates = [
        v.Alternate(code, config.base_url + addresses.home(code).removeprefix("/")) for code in config.languages
    ]
    chooser = _bare_frame(catalog, main, "/", "chooser.html", config.title[config.default_language], config.base_url)
    chooser = chooser._replace(alternates=(*alternates, v.Alternate("x-default", config.base_url)))
    missing = _bare_frame(
        catalog, main, "/404.html", "404.html", main.text("not-found-title"), config.base_url + "404.html"
    )
    return [
        Page("index.html", main.language, "chooser.html", chooser, v.ChooserView(titles(), homes("/")), ITSELF),
        Page("404.html", main.language, "404.html", missing, v.ChooserView(titles(), homes(config.base_url)), ITSELF),
    ]


def redirects(catalog: Catalog, labels: Mapping[str, Labels], problems: list[Problem]) -> Iterator[Page]:
    """A page at each earlier address that leads to the new one. Addresses that cannot be go into `problems`."""
    versions: list[tuple[str, str, Version | PageText]] = []
    for article in catalog.articles.values():
        versions += [
            (code, addresses.record(code, "article", article.id), text) for code, text in article.versions.items()
        ]
    for page in catalog.pages.values():
        versions += [(code, addresses.record(code, "page", page.id), text) for code, text in page.versions.items()]
    for code, url, text in versions:
        for old, where in text.redirects:
            yield from _redirect(catalog, labels[code], old, where, url, text.meta.title, problems)


def _redirect(
    catalog: Catalog, labels: Labels, old: str, where: Location, url: str, title: str, problems: list[Problem]
) -> Iterator[Page]:
    try:
        path = addresses.redirect_path(old)
    except ValueError:
        hint = "write it as a plain path such as /ar/old-address/"
        problems.append(error("wrong-form", f"“{old}” is no address below the site", where, hint))
        return
    here = "/" + path.removesuffix("index.html")
    frame = _bare_frame(catalog, labels, here, "redirect.html", title, catalog.config.base_url + url.removeprefix("/"))
    view = v.RedirectView(url, v.Phrase(title, frame.lang, frame.dir))
    yield Page(path, frame.lang, "redirect.html", frame, view, where)


def _bare_frame(catalog: Catalog, labels: Labels, url: str, template: str, title: str, canonical: str) -> v.Frame:
    config = catalog.config
    code = labels.language
    direction = language(code).direction
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
        rights=v.Phrase(localized(config.rights, code, config.languages)[0], code, direction),
        card=None,
        card_alt="",
        kind="website",
    )
