"""From a page to its bytes: the Jinja2 environment and the filters that templates use."""

from __future__ import annotations

import base64
import contextlib
import marshal
import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

from site_builder import addresses
from site_builder.labels import Labels
from site_builder.plan import Shown
from site_builder.problems import Location, Problem, error
from site_builder.reading.markdown import ATTACHMENT_SCHEME, REFERENCE_TAG
from site_builder.text.bidi import Run, embedded_plain, first_strong, inner_runs, is_wordless, opposite_runs, outside
from site_builder.text.languages import Direction, guess_language
from site_builder.text.numerals import Numbering, format_number
from site_builder.views import Html, Phrase

NOT_FOUND_CSS = "404.css"


class Theme(NamedTuple):
    """All that rendering depends on beside the page.

    `folders` are searched in order for templates; `locales` and `numberings` are those of each language; `compiled` are
    templates that need not be compiled again (`compiled`), by name.
    """

    folders: tuple[Path, ...]
    labels: Mapping[str, Labels]
    languages: tuple[str, ...]
    locales: Mapping[str, str]
    numberings: Mapping[str, Numbering]
    compiled: Mapping[str, bytes]


def renderer(theme: Theme) -> Callable[[Shown], bytes | Problem]:
    """A function that renders what a page shows. A fault in a template is a Problem naming the template and line."""
    return partial(_render, _environment(theme), theme)


def compiled(theme: Theme) -> dict[str, bytes]:
    """The templates as Python's code, by name. One with a fault is left out: the page that needs it tells of it."""
    environment = _environment(theme)
    found = {}
    for name, path in theme_files(theme.folders).items():
        if path.suffix == ".html":
            with contextlib.suppress(Exception):
                found[name] = marshal.dumps(environment.compile(path.read_text("utf-8"), name, str(path)))
    return found


class _Compiled(jinja2.BaseLoader):
    """Finds the templates that are compiled."""

    def __init__(self, codes: Mapping[str, bytes]) -> None:
        self._codes = codes

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        if name not in self._codes:
            raise jinja2.TemplateNotFound(name)
        return environment.template_class.from_code(environment, marshal.loads(self._codes[name]), globals or {})


def theme_files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Every file of the theme by its name; an earlier folder's file stands before a later one's."""
    files: dict[str, Path] = {}
    for folder in reversed(folders):
        found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        files |= {path.relative_to(folder).as_posix(): path for path in found}
    return files


def assets(folders: tuple[Path, ...]) -> dict[str, Path]:
    """The theme's files that the site carries, by their file below the output folder."""
    return {
        name: path
        for name, path in sorted(theme_files(folders).items())
        if name.startswith("assets/") and name != f"assets/{NOT_FOUND_CSS}"
    }


def _environment(theme: Theme) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([_Compiled(theme.compiled), jinja2.FileSystemLoader(theme.folders)]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["languages"] = theme.languages
    environment.globals["t_in"] = lambda language, key, **values: theme.labels[language].text(key, **values)
    environment.globals["asset"] = lambda name: f"/assets/{name}"
    environment.globals["inline_css"] = _inline_css(theme.folders)
    for name in (_href, _hreflang, _isolate, _body, _unlinked):
        environment.filters[name.__name__[1:]] = jinja2.pass_context(name)
    environment.filters["plain"] = _plain
    return environment


def _inline_css(folders: tuple[Path, ...]) -> str:
    """The style of 404.html as a data: address: that page is shown at any depth, where no relative address would do."""
    path = theme_files(folders).get(f"assets/{NOT_FOUND_CSS}")
    data = path.read_bytes() if path else b""
    return "data:text/css;base64," + base64.b64encode(data).decode("ascii")


def _render(environment: jinja2.Environment, theme: Theme, page: Shown) -> bytes | Problem:
    language = page.frame.lang
    labels, locale, numbering = theme.labels[language], theme.locales[language], theme.numberings[language]

    def number(value: int) -> str:
        return format_number(value, locale, numbering)

    def plural(key: str, n: int, **values: object) -> str:
        return labels.plural(key, n, **{**values, "n": number(n)})

    def html_label(key: str, **values: Phrase | str) -> Markup:
        marked = {name: _isolated(value, page.frame.lang, theme.languages) for name, value in values.items()}
        slots = {name: f"\x02{name}\x03" for name in marked}
        text = str(escape(labels.text(key, **slots)))
        return Markup(re.sub("\x02(.+?)\x03", lambda m: str(marked[m[1]]), text))

    try:
        text = environment.get_template(page.frame.template).render(
            frame=page.frame,
            view=page.view,
            t=labels.text,
            tn=plural,
            t_html=html_label,
            number=number,
            numerals=numbering,
        )
    except Exception as fault:  # a template can fail in any way, and each is its author's to mend
        return _template_problem(page, fault, theme.folders)
    return text.encode("utf-8")


def _template_problem(page: Shown, fault: Exception, folders: tuple[Path, ...]) -> Problem:
    file, line = page.frame.template, 0
    trace = fault.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        for folder in folders:
            if Path(code.co_filename).is_relative_to(folder):
                file, line = Path(code.co_filename).relative_to(folder).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    if isinstance(fault, jinja2.TemplateSyntaxError):
        file, line = fault.name or file, fault.lineno
    hint = "mend the template, or delete it to use the theme's own"
    return error(
        "template", f"cannot be rendered: {fault}", Location(f"templates/{file}", line, 1 if line else 0), hint
    )


def _href(context: jinja2.runtime.Context, url: str) -> str:
    """An address as a link on the page being rendered."""
    return addresses.relative(url, context["frame"].url) if url.startswith("/") else url


def _hreflang(context: jinja2.runtime.Context, url: str) -> Markup:
    """The attribute `hreflang` for an address in another of the site's languages; nothing for others."""
    return _hreflang_of(url, context["frame"].lang, context["languages"])


def _hreflang_of(url: str, page_language: str, languages: tuple[str, ...]) -> Markup:
    language = url.split("/", 2)[1] if url.startswith("/") else page_language
    other = language in languages and language != page_language
    return Markup(f' hreflang="{language}"' if other else "")


def _isolate(context: jinja2.runtime.Context, phrase: Phrase, tag: str = "bdi") -> Markup:
    """A phrase in an element of its own."""
    return _isolated(phrase, context["frame"].lang, context["languages"], tag)


@lru_cache(maxsize=65536)
def _isolated(phrase: Phrase | str, page_language: str, languages: tuple[str, ...], tag: str = "bdi") -> Markup:
    if isinstance(phrase, str):
        return Markup(f"<bdi>{escape(phrase)}</bdi>")
    lang = f' lang="{escape(phrase.lang)}"' if phrase.lang and phrase.lang != page_language else ""
    base = first_strong(phrase.text) or "ltr" if phrase.dir == "auto" else phrase.dir
    content = _runs_apart(phrase.text, opposite_runs(phrase.text, base), languages)
    return Markup(f'<{tag}{lang} dir="{phrase.dir}">{content}</{tag}>')


def _runs_apart(text: str, runs: tuple[Run, ...], languages: tuple[str, ...]) -> str:
    """Escaped text with each of the runs, and those within them, in an element, as in the texts themselves."""
    parts: list[str] = []
    done = 0
    for run in runs:
        inner = text[run.start : run.end]
        within = inner_runs(inner, run.direction)
        known = None if is_wordless(inner) else guess_language(outside(inner, within), languages)
        lang = f' lang="{known}"' if known else ""
        content = _runs_apart(inner, within, languages)
        parts += (escape(text[done : run.start]), f'<span{lang} dir="{run.direction}">{content}</span>')
        done = run.end
    return "".join([*parts, escape(text[done:])])


def _plain(phrase: Phrase, direction: Direction) -> str:
    """A phrase as a plain string for a text of one direction: control characters keep it apart."""
    return embedded_plain(phrase.text, phrase.dir, direction)


_REFERENCE = re.compile(rf'<{REFERENCE_TAG} [^>]*?target="([^"]*)"[^>]*>(.*?)</{REFERENCE_TAG}>', re.DOTALL)
_FILE = re.compile(rf'(src|href)="{ATTACHMENT_SCHEME}:([^"]*)"')


def _body(context: jinja2.runtime.Context, value: Html) -> Markup:
    """A rendered text with its references and files turned into links on the page."""
    page = context["frame"].url
    links, files = dict(value.links), dict(value.files)

    def reference(match: re.Match[str]) -> str:
        link = links.get(Markup(match[1]).unescape())
        if link is None:
            return match[2]
        text = match[2] or str(_isolated(link.text, value.lang, context["languages"]))
        mark = _hreflang_of(link.url, context["frame"].lang, context["languages"])
        return str(Markup('<a href="{}"{}>{}</a>').format(addresses.relative(link.url, page), mark, Markup(text)))

    def file(match: re.Match[str]) -> str:
        name = Markup(match[2]).unescape()
        return f'{match[1]}="{escape(addresses.relative(files[name], page) if name in files else name)}"'

    return Markup(_FILE.sub(file, _REFERENCE.sub(reference, value.html)))


def _unlinked(context: jinja2.runtime.Context, words: str, value: Html) -> Markup:
    """Words of a rendered text, as those of a heading, with the names of records in place of its references."""
    links = dict(value.links)

    def name(match: re.Match[str]) -> str:
        link = links.get(Markup(match[1]).unescape())
        return match[2] if match[2] or link is None else str(_isolated(link.text, value.lang, context["languages"]))

    return Markup(_REFERENCE.sub(name, words))
