"""The archive of corpus.py as other generators want it, with the same pages at the same addresses.

Hugo gets content and taxonomies, and its layouts do the joining. Pelican, MkDocs and Zensical know neither pages made
of several others nor records in two languages: they get every page as Markdown, lists and all, which spares them work
that site-builder and Hugo do.
"""

from __future__ import annotations

import itertools
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import ABOUT, LANGUAGES, Archive, Article, body

TITLES = {"ar": "أرشيف الميناء", "en": "Harbour Archive"}
SECTIONS = {
    "articles": ("السجلات", "Records"),
    "people": ("الأشخاص", "People"),
    "organizations": ("المنظمات", "Organisations"),
    "places": ("الأماكن", "Places"),
    "topics": ("الموضوعات", "Topics"),
    "events": ("الأحداث", "Events"),
    "archive": ("الأرشيف", "Archive"),
    "timeline": ("التسلسل الزمني", "Timeline"),
}
_ONE = {"people": "person", "organizations": "organization", "places": "place", "topics": "topic", "events": "event"}
_DIRECTIONS = {"ar": "rtl", "en": "ltr"}
Files = Iterator[tuple[str, str]]

#: The number in this line is what a change of the template changes.
EDITION = '<meta name="edition" content="0">'
_STYLE = "".join(
    f"{tag} {{ margin-block: {step * 0.25}rem; padding-inline: {step * 0.5}rem; color: #1{step}2{step}3{step}; }}\n"
    for step, tag in enumerate(("body", "header", "nav", "main", "article", "h1", "ul", "li", "footer"), start=1)
)


def label(section: str, code: str) -> str:
    return SECTIONS[section][LANGUAGES.index(code)]


# --- Every page as Markdown ------------------------------------------------------------------------------------------


class Sheet(NamedTuple):
    """A page: its language, its address below the language's (no slash at the end; home is empty), what it says."""

    code: str
    address: str
    title: str
    description: str
    text: str
    date: str = ""


#: The link from one page to another, as a generator wants it written: language, address from, address to.
Link = Callable[[str, str, str], str]


def sheets(made: Archive, link: Link) -> Iterator[Sheet]:
    """Every page of the archive, lists included."""
    of: dict[str, dict[str, list[Article]]] = {folder: defaultdict(list) for folder in made.records}
    years: dict[str, list[Article]] = defaultdict(list)
    for article in made.articles:
        years[article.date[:4]].append(article)
        for folder, ids in article.ids.items():
            for id_ in ids:
                of[folder][id_].append(article)
    for code in LANGUAGES:
        yield _home(made, code, link)
        yield Sheet(code, "pages/about", *(ABOUT[code][0], "", ABOUT[code][1]))
        for before, article, after in zip(
            [None, *made.articles], made.articles, [*made.articles[1:], None], strict=False
        ):
            yield _article(made, article, code, link, before, after)
        for folder, records in made.records.items():
            for record in records.values():
                here = f"{folder}/{record.id}"
                listed = _cards(of[folder][record.id], code, here, link)
                text = f"{record.name['en' if code == 'ar' else 'ar']}\n\n## {label('articles', code)}\n\n{listed}"
                yield Sheet(code, here, record.name[code], record.description[code], text)
        yield from _lists(made, code, link, years)


def _home(made: Archive, code: str, link: Link) -> Sheet:
    parts = [f"- [{label(section, code)}]({link(code, '', section)})" for section in SECTIONS]
    topics = [
        f"- [{topic.name[code]}]({link(code, '', f'topics/{topic.id}')})" for topic in made.records["topics"].values()
    ]
    latest = _cards(list(made.articles[:-7:-1]), code, "", link)
    text = "\n".join(
        [*parts, "", f"## {label('articles', code)}", "", latest, f"## {label('topics', code)}", "", *topics]
    )
    return Sheet(code, "", TITLES[code], "", text)


def _article(
    made: Archive, article: Article, code: str, link: Link, before: Article | None, after: Article | None
) -> Sheet:
    here = f"articles/{article.slug}"
    parts = [f"**{article.date}** {article.summary[code]}", "", body(made, article, code)]
    for folder, ids in article.ids.items():
        if ids:
            parts += [f"## {label(folder, code)}", ""]
            for id_ in ids:
                record = made.records[folder][id_]
                parts.append(
                    f"- [{record.name[code]}]({link(code, here, f'{folder}/{id_}')}) {record.description[code]}"
                )
            parts.append("")
    for other in (before, after):
        if other:
            parts.append(f"[{other.title[code]}]({link(code, here, f'articles/{other.slug}')})\n")
    return Sheet(code, here, article.title[code], article.summary[code], "\n".join(parts), article.date)


def _cards(articles: list[Article], code: str, here: str, link: Link) -> str:
    return "".join(
        f"- {one.date} [{one.title[code]}]({link(code, here, f'articles/{one.slug}')}) {one.summary[code]}\n"
        for one in articles
    )


def _lists(made: Archive, code: str, link: Link, years: dict[str, list[Article]]) -> Iterator[Sheet]:
    entries = {folder: [(one.name[code], one.id) for one in found.values()] for folder, found in made.records.items()}
    entries["articles"] = [(article.title[code], article.slug) for article in made.articles]
    for folder, found in entries.items():
        parts = []
        for letter, names in itertools.groupby(sorted(found), key=lambda entry: entry[0][0]):
            parts += [f"## {letter}", ""]
            parts += [f"- [{name}]({link(code, folder, f'{folder}/{id_}')})" for name, id_ in names]
            parts.append("")
        yield Sheet(code, folder, label(folder, code), "", "\n".join(parts))
    links = [f"- [{year}]({link(code, 'archive', f'archive/{year}')}) {len(found)}" for year, found in years.items()]
    yield Sheet(code, "archive", label("archive", code), "", "\n".join(links))
    for year, articles in years.items():
        yield Sheet(code, f"archive/{year}", year, "", _cards(articles, code, f"archive/{year}", link))
    dated = [
        (
            event.more["date"],
            f"- {event.more['date']} [{event.name[code]}]({link(code, 'timeline', f'events/{event.id}')})",
        )
        for event in made.records["events"].values()
    ]
    dated += [(one.date, _cards([one], code, "timeline", link).rstrip()) for one in made.articles]
    yield Sheet(code, "timeline", label("timeline", code), "", "\n".join(line for _, line in sorted(dated)))


_MANY = {"articles", "archive", *_ONE}


def _markdown_path(code: str, address: str) -> str:
    return posixpath.join(code, address, "index.md") if address in _MANY or not address else f"{code}/{address}.md"


def _relative(code: str, here: str, there: str) -> str:
    return posixpath.relpath(_markdown_path(code, there), posixpath.dirname(_markdown_path(code, here)))


_HEAD = """\
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{edition}
<title>{title}</title>
<meta name="description" content="{description}">
<link rel="canonical" href="{canonical}">
<link rel="alternate" hreflang="{language}" href="{canonical}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{description}">
<meta property="og:url" content="{canonical}">
<link rel="stylesheet" href="{style}">
"""


def _page_template(edition: str, language: str, direction: str, content: str, **head: str) -> str:
    """The HTML around a page in Jinja's language, which the three share."""
    links = "".join(
        f'<li><a href="{head["root"]}{{{{ {language} }}}}/{section}/">'
        f"{{% if {language} == 'ar' %}}{words[0]}{{% else %}}{words[1]}{{% endif %}}</a></li>\n"
        for section, words in SECTIONS.items()
    )
    filled = _HEAD.format(edition=edition, language=f"{{{{ {language} }}}}", **head)
    return (
        f'<!DOCTYPE html>\n<html lang="{{{{ {language} }}}}" dir="{direction}">\n<head>\n{filled}</head>\n<body>\n'
        f"<header><nav><ul>\n{links}</ul></nav></header>\n<main>\n<h1>{head['title']}</h1>\n{content}\n</main>\n"
        f"<footer><p>{head['title']}</p></footer>\n</body>\n</html>\n"
    )


_CHOOSER = "".join(f"- [{title}]({code}/{{end}})\n" for code, title in TITLES.items())


# --- MkDocs and Zensical ---------------------------------------------------------------------------------------------

MKDOCS_TEMPLATE = "theme/main.html"
_MKDOCS = """\
site_name: Harbour Archive
site_url: https://archive.example/harbour/
site_dir: site
theme: {{name: {name}, custom_dir: theme}}
plugins: []
nav: [index.md]
not_in_nav: |
  *
markdown_extensions: [footnotes, tables, def_list, attr_list]
"""


def mkdocs(made: Archive) -> Files:
    yield from _mkdocs(made, "null")


def zensical(made: Archive) -> Files:
    yield from _mkdocs(made, "material")


def _mkdocs(made: Archive, theme: str) -> Files:
    yield "mkdocs.yml", _MKDOCS.format(name=theme)
    yield "docs/assets/site.css", _STYLE
    language = "page.meta.code"
    yield (
        MKDOCS_TEMPLATE,
        _page_template(
            EDITION,
            language,
            "{{ page.meta.direction }}",
            "{{ page.content }}",
            title="{{ page.title }}",
            description="{{ page.meta.description }}",
            canonical="{{ page.canonical_url }}",
            style="{{ 'assets/site.css' | url }}",
            root="{{ base_url }}/",
        ),
    )
    yield "theme/404.html", "<!DOCTYPE html><title>404</title>"
    yield "docs/index.md", "---\ncode: ar\n---\n\n" + _CHOOSER.format(end="index.md")
    for sheet in sheets(made, _relative):
        front = [f'title: "{sheet.title}"', f'description: "{sheet.description}"', f"code: {sheet.code}"]
        front += [f"direction: {_DIRECTIONS[sheet.code]}", *([f"date: {sheet.date}"] if sheet.date else [])]
        yield f"docs/{_markdown_path(sheet.code, sheet.address)}", "\n".join(["---", *front, "---", "", sheet.text])


# --- Pelican ---------------------------------------------------------------------------------------------------------

PELICAN_TEMPLATE = "theme/templates/edition.html"
_PELICAN = """\
SITENAME = "Harbour Archive"
SITEURL = "https://archive.example/harbour"
TIMEZONE = "UTC"
DEFAULT_LANG = "ar"
PATH, OUTPUT_PATH, THEME = "content", "site", "theme"
PAGE_PATHS, ARTICLE_PATHS, STATIC_PATHS = ["pages"], ["articles"], []
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
DEFAULT_CATEGORY = "record"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
MARKDOWN = {
    "extensions": [
        "markdown.extensions.meta",
        "markdown.extensions.footnotes",
        "markdown.extensions.tables",
        "markdown.extensions.def_list",
        "markdown.extensions.attr_list",
        "markdown.extensions.toc",
    ],
    "output_format": "html5",
}
"""


def _pelican_path(code: str, address: str) -> str:
    folder = "articles" if address.startswith("articles/") else "pages"
    return f"{folder}/{_markdown_path(code, address)}"


def pelican(made: Archive) -> Files:
    yield "pelicanconf.py", _PELICAN
    yield "theme/static/site.css", _STYLE
    yield PELICAN_TEMPLATE, EDITION
    for kind in ("page", "article"):
        yield (
            f"theme/templates/{kind}.html",
            _page_template(
                "{% include 'edition.html' %}",
                f"{kind}.lang",
                f"{{{{ 'rtl' if {kind}.lang == 'ar' else 'ltr' }}}}",
                f"{{{{ {kind}.content }}}}",
                title=f"{{{{ {kind}.title }}}}",
                description=f"{{{{ {kind}.summary | striptags }}}}",
                canonical=f"{{{{ SITEURL }}}}/{{{{ {kind}.url }}}}",
                style="{{ SITEURL }}/theme/site.css",
                root="{{ SITEURL }}/",
            ),
        )
    root = ["Title: Harbour Archive", "Lang: ar", "Slug: root", "Save_as: index.html", "URL: ./"]
    yield "content/pages/root.md", "\n".join([*root, "", _CHOOSER.format(end="")])
    yield "content/pages/404.md", "Title: 404\nLang: ar\nSlug: missing\nSave_as: 404.html\nURL: 404.html\n\n404\n"
    for sheet in sheets(made, lambda code, _, there: f"{{filename}}/{_pelican_path(code, there)}"):
        url = posixpath.join(sheet.code, sheet.address, "")
        front = [f"Title: {sheet.title}", f"Lang: {sheet.code}", f"Slug: {url.strip('/').replace('/', '-')}"]
        front += [f"Save_as: {url}index.html", f"URL: {url}", *([f"Date: {sheet.date}"] if sheet.date else [])]
        front += [f"Summary: {sheet.description}"] if sheet.description else ["Summary: -"]
        yield f"content/{_pelican_path(sheet.code, sheet.address)}", "\n".join([*front, "", sheet.text])


# --- Hugo ------------------------------------------------------------------------------------------------------------

HUGO_TEMPLATE = "layouts/baseof.html"
_HUGO = """\
baseURL: https://archive.example/harbour/
title: Harbour Archive
publishDir: site
defaultContentLanguage: ar
defaultContentLanguageInSubdir: true
enableRobotsTXT: true
outputs: {outputs}
services: {{rss: {{limit: 20}}}}
taxonomies: {{person: people, organization: organizations, place: places, topic: topics, event: events, year: archive}}
languages:
  ar: {{weight: 1, title: أرشيف الميناء, params: {{dir: rtl}}}}
  en: {{weight: 2, title: Harbour Archive, params: {{dir: ltr}}}}
"""
_LAYOUTS = Path(__file__).parent / "hugo"


def hugo(made: Archive, feeds: bool = False) -> Files:
    outputs = "{home: [html], section: [html], taxonomy: [html], term: [html]}"
    if feeds:
        outputs = "{home: [html, rss], section: [html], taxonomy: [html], term: [html, rss]}"
    yield "hugo.yaml", _HUGO.format(outputs=outputs)
    yield "static/site.css", _STYLE
    for path in sorted(_LAYOUTS.rglob("*.html")):
        yield path.relative_to(_LAYOUTS).as_posix(), path.read_text("utf-8")
    for n, code in enumerate(LANGUAGES):
        words = {"records": SECTIONS["articles"][n], "text-original": ("أصل", "Original")[n]}
        words |= {"text-translation": ("ترجمة", "Translation")[n], "rights": ("النصوص متخيَّلة.", "Invented texts.")[n]}
        yield f"i18n/{code}.yaml", "".join(f'{key}: "{text}"\n' for key, text in words.items())
        for section in SECTIONS:
            name = f"{section}/index.{code}.md" if section == "timeline" else f"{section}/_index.{code}.md"
            layout = "layout: timeline\n" if section == "timeline" else ""
            yield f"content/{name}", f'---\ntitle: "{label(section, code)}"\n{layout}---\n'
        yield f"content/pages/_index.{code}.md", "---\nbuild: {render: never}\n---\n"
        yield f"content/pages/about/index.{code}.md", f"---\ntitle: {ABOUT[code][0]}\n---\n\n{ABOUT[code][1]}\n"
        for folder, found in made.records.items():
            for record in found.values():
                lines = [f'title: "{record.name[code]}"', f'description: "{record.description[code]}"']
                lines += [f"{key}: {value}" for key, value in record.more.items()]
                text = "\n".join(["---", *lines, "---", ""])
                yield f"content/{folder}/{record.id}/_index.{code}.md", text
        for article in made.articles:
            yield f"content/articles/{article.slug}/index.{code}.md", _hugo_article(made, article, code)


def _hugo_article(made: Archive, article: Article, code: str) -> str:
    lines = [f'title: "{article.title[code]}"', f'description: "{article.summary[code]}"', f"date: {article.date}"]
    lines += [f"{folder}: [{', '.join(ids)}]" for folder, ids in article.ids.items() if ids]
    lines += [f'archive: ["{article.date[:4]}"]', "translation:"]
    lines += [f"  status: {'original' if code == 'ar' else 'translation'}"]
    return "\n".join(["---", *lines, "---", "", body(made, article, code)])
