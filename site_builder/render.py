"""From a page to its bytes: the Jinja2 environment and the filters that templates use."""

from __future__ import annotations

import base64
import contextlib
import html
import marshal
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup, escape

from site_builder import addresses
from site_builder.plan import Shown
from site_builder.problems import Location, Problem, error
from site_builder.reading.body import ATTACHMENT_SCHEME, REFERENCE_TAG
from site_builder.templating import Compiled, Environment, as_markup
from site_builder.text.bidi import embedded_plain, first_strong
from site_builder.text.languages import Direction, language
from site_builder.text.markup import isolated
from site_builder.text.numerals import format_number
from site_builder.theme import NOT_FOUND_CSS, Theme, theme_files
from site_builder.views import BodyLink, Html, Phrase

#: Fragments that a language's pages share are forgotten when there are so many: they could fill the memory.
_MOST_FRAGMENTS = 65536
#: Labels with their values, and links with their words, that are kept at hand.
_MOST_WORDS = 8192

#: Stands in an entry for what is filled in: a character that no page may have.
_SLOT = "\x02"
_NOTHING = Markup("")

_REFERENCE = re.compile(rf'<{REFERENCE_TAG} [^>]*?target="([^"]*)"[^>]*>(.*?)</{REFERENCE_TAG}>', re.DOTALL)
_FILE = re.compile(rf'(src|href)="{ATTACHMENT_SCHEME}:([^"]*)"')


def renderer(theme: Theme) -> Callable[[Shown], bytes | Problem]:
    """A function that renders what a page shows. A fault in a template is a Problem naming the template and line."""
    renderers = {code: _Renderer(theme, code) for code in theme.languages}
    return lambda page: renderers[page.frame.lang].render(page)


def compiled(theme: Theme, paths: Mapping[str, Path]) -> dict[str, bytes]:
    """Templates as Python's code, by name. One with a fault is left out: the page that needs it tells of it."""
    environment = _Renderer(theme, theme.languages[0]).environment
    found = {}
    for name, path in paths.items():
        with contextlib.suppress(Exception):
            found[name] = marshal.dumps(environment.compile(path.read_text("utf-8"), name, str(path)))
    return found


def _filling(pairs: Iterable[tuple[str, str]], entry: str) -> Markup:
    """For each pair of pieces of HTML a line: the markup `entry` with the two in its slots."""
    before, between, after = str.split(entry, _SLOT)
    return as_markup("\n".join([f"{before}{first}{between}{second}{after}" for first, second in pairs]))


def _unescaped(value: str) -> str:
    """The text of an attribute's value; most have nothing escaped."""
    return html.unescape(value) if "&" in value else value


class _Fragment(NamedTuple):
    """What a macro made of its arguments, the addresses that it links to with their links, and all addresses as lines.

    Every page that lies as deep below the same folder of the root links alike, unless it has no section, or one of
    those that are linked to: `sections`. For the page for which the fragment was last found to be right, `beside` is
    the folder in which its folder lies, and `anywhere` says whether it was such a page.
    """

    markup: str
    links: tuple[tuple[str, str], ...]
    targets: str
    sections: frozenset[str]
    beside: str
    anywhere: bool


def _section(url: str) -> str:
    """The part of an address that names a folder of a folder of the root (`/ar/people/`); empty where there is none."""
    return url[: url.find("/", url.find("/", 1) + 1) + 1] if url.count("/") > 2 else ""


class _Renderer:
    """Renders the pages of one language, one after another.

    What templates ask for is bound to the language and to the page at hand, not to the template's context: so macros
    are imported once and not for each page, and what several pages have in common is made once.
    """

    def __init__(self, theme: Theme, code: str) -> None:
        """A renderer of the pages in the language `code`."""
        self._theme, self._code = theme, code
        self._labels, self._locale, self._numbering = theme.labels[code], theme.locales[code], theme.numberings[code]
        self._label = lru_cache(maxsize=None)(self._labels.text)
        self._counted = lru_cache(maxsize=_MOST_WORDS)(self._count)
        #: Values that are `Markup` are no plain texts, though they are equal to them.
        self._html_label = lru_cache(maxsize=_MOST_WORDS, typed=True)(self._make_html_label)
        self._reference = lru_cache(maxsize=_MOST_WORDS)(self._linked)
        self._fragments: dict[tuple[object, ...], _Fragment] = {}
        #: Sections that fragments link to: few, and the same for thousands of fragments.
        self._sections: dict[frozenset[str], frozenset[str]] = {}
        self._in_language = {other: Markup(f' hreflang="{other}"') for other in theme.languages if other != code}
        self._beside, self._elsewhere = "", dict[str, str]()
        #: Whether a fragment is being made, whose links have to be known.
        self._within = False
        self._turn_to("/")
        self.environment = self._made_environment()

    def _made_environment(self) -> jinja2.Environment:
        theme = self._theme
        environment = Environment(
            loader=jinja2.ChoiceLoader([Compiled(theme.compiled), jinja2.FileSystemLoader(theme.folders)]),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "languages": theme.languages,
            "lang": self._code,
            "dir": language(self._code).direction,
            "numerals": self._numbering,
            "t": self._text,
            "tn": self._plural,
            "t_html": self._html_label,
            "t_in": lambda code, key, **values: theme.labels[code].text(key, **values),
            "number": self._number,
            "asset": lambda name: f"/assets/{name}",
            "inline_css": _inline_css(theme.folders),
            "shared": self._shared,
            "slot": Markup(_SLOT),
        }
        # A filter that takes the context is never called when a template is compiled, as others are on constants.
        for method in (self._href, self._hreflang, self._isolate, self._body, self._unlinked):
            environment.filters[method.__name__[1:]] = method
        environment.filters |= {"plain": _plain, "filling": _filling}
        return environment

    def render(self, page: Shown) -> bytes | Problem:
        """A page as bytes, or what is wrong with its template."""
        self._turn_to(page.frame.url)
        try:
            text = self.environment.get_template(page.frame.template).render(frame=page.frame, view=page.view)
        except Exception as fault:  # a template can fail in any way, and each is its author's to mend
            return _template_problem(page, fault, self._theme.folders)
        return text.encode("utf-8")

    def _turn_to(self, url: str) -> None:
        """Begin the page at an address."""
        self._url, self._links = url, dict[str, str]()
        self._folder = url[: url.rindex("/") + 1]
        self._section = _section(url)
        self._level = (url.count("/"), url[: url.find("/", 1) + 1])
        beside = posixpath.dirname(self._folder[:-1])
        if beside != self._beside or len(self._elsewhere) >= _MOST_FRAGMENTS:
            self._beside, self._elsewhere = beside, {}

    def _shared(self, name: str, *arguments: object) -> str:
        """What a macro makes of its arguments, made anew only where its links are others than on an earlier page.

        `name` is its file in macros/ and its own name, as in `lists.cards`. It depends on nothing else: it sees the
        frame and the view only where they are among its arguments.
        """
        key = (self._level, name, arguments)
        found = self._fragments.get(key)
        if found is None or not self._may_use(found):
            found = self._fragment(key, found)
        if self._within:
            self._links.update(found.links)
        return found.markup

    def _may_use(self, found: _Fragment) -> bool:
        """Whether the links of a fragment are known to be those of the page at hand."""
        if found.anywhere and self._section not in found.sections:
            return True
        return found.beside == self._beside and self._folder not in found.targets

    def _fragment(self, key: tuple[object, str, tuple[object, ...]], found: _Fragment | None) -> _Fragment:
        """A fragment for the page at hand: the one found, if it fits, or else a new one."""
        _, name, arguments = key
        if found is None or not self._fits(found):
            file, _, macro = name.partition(".")
            outer, self._links, within, self._within = self._links, {}, self._within, True
            try:
                markup = getattr(self.environment.get_template(f"macros/{file}.html").module, macro)(*arguments)
            finally:
                links, self._links, self._within = self._links, outer, within
            sections = frozenset(["", *map(_section, links)])
            sections = self._sections.setdefault(sections, sections)
            found = _Fragment(markup, tuple(links.items()), "\n".join(links), sections, "", False)
        if self._folder not in found.targets:
            if len(self._fragments) >= _MOST_FRAGMENTS:
                self._fragments.clear()
            anywhere = self._section not in found.sections
            found = self._fragments[key] = found._replace(beside=self._beside, anywhere=anywhere)
        return found

    def _fits(self, fragment: _Fragment) -> bool:
        """Whether the links of a fragment are those that the page at hand would have."""
        return all(self._link(target) == link for target, link in fragment.links)

    def _link(self, url: str) -> str:
        """An address as a link on the page at hand."""
        link = self._links.get(url)
        if link is None:
            link = self._links[url] = self._found(url) if url.startswith("/") else url
        return link

    def _found(self, url: str) -> str:
        """The link. Pages whose folders lie side by side link alike to whatever lies elsewhere."""
        if url.startswith(self._folder):
            return addresses.relative(url, self._url)
        link = self._elsewhere.get(url)
        if link is None:
            link = self._elsewhere[url] = addresses.relative(url, self._url)
        return link

    def _text(self, key: str, /, **values: object) -> str:
        return self._labels.text(key, **values) if values else self._label(key)

    def _number(self, value: int) -> str:
        return format_number(value, self._locale, self._numbering)

    def _plural(self, key: str, n: int, **values: object) -> str:
        return self._count(key, n, **values) if values else self._counted(key, n)

    def _count(self, key: str, n: int, **values: object) -> str:
        return self._labels.plural(key, n, **{**values, "n": self._number(n)})

    def _make_html_label(self, key: str, **values: Phrase | str) -> Markup:
        marked = {name: self._isolated(value) for name, value in values.items()}
        slots = {name: f"\x02{name}\x03" for name in marked}
        text = str(escape(self._labels.text(key, **slots)))
        return Markup(re.sub("\x02(.+?)\x03", lambda m: str(marked[m[1]]), text))

    def _isolated(self, phrase: Phrase | str, tag: str = "bdi") -> Markup:
        return _isolated(phrase, self._code, self._theme.languages, tag)

    @jinja2.pass_context
    def _href(self, _: object, url: str) -> str:
        """An address as a link on the page being rendered."""
        return self._link(url)

    @jinja2.pass_context
    def _hreflang(self, _: object, url: str) -> Markup:
        """The attribute `hreflang` for an address in another of the site's languages; nothing for others."""
        return self._in_language.get(url.split("/", 2)[1], _NOTHING) if url.startswith("/") else _NOTHING

    @jinja2.pass_context
    def _isolate(self, _: object, phrase: Phrase, tag: str = "bdi") -> Markup:
        """A phrase in an element of its own."""
        return self._isolated(phrase, tag)

    @jinja2.pass_context
    def _body(self, _: object, value: Html) -> Markup:
        """A rendered text with its references and files turned into links on the page."""
        text, links, files = value.html, dict(value.links), dict(value.files)

        def reference(match: re.Match[str]) -> str:
            link = links.get(_unescaped(match[1]))
            if link is None:
                return match[2]
            return self._reference(link, match[2], value.lang, value.dir, self._link(link.url))

        def file(match: re.Match[str]) -> str:
            name = _unescaped(match[2])
            return f'{match[1]}="{escape(self._link(files[name]) if name in files else name)}"'

        # Most texts have neither; to look for the words is quicker than to look for the patterns.
        text = _REFERENCE.sub(reference, text) if REFERENCE_TAG in text else text
        return Markup(_FILE.sub(file, text) if ATTACHMENT_SCHEME in text else text)

    def _linked(self, link: BodyLink, words: str, lang: str, direction: Direction, href: str) -> str:
        """A reference with some words (HTML) in a text of a language and direction as a link."""
        words = words or _isolated(link.text, lang, self._theme.languages)
        mark = self._hreflang(None, link.url)
        described = f' aria-describedby="{escape(link.note)}"' if link.note else ""
        made = f'<a href="{escape(href)}"{mark}{described}>{words}</a>'
        return made + _button(words, link, (lang, direction), self._code)

    @jinja2.pass_context
    def _unlinked(self, _: object, words: str, value: Html) -> Markup:
        """Words of a rendered text, as those of a heading, with the names of records in place of its references."""
        links = dict(value.links)

        def name(match: re.Match[str]) -> str:
            link = links.get(_unescaped(match[1]))
            return (
                match[2] if match[2] or link is None else str(_isolated(link.text, value.lang, self._theme.languages))
            )

        return Markup(_REFERENCE.sub(name, words) if REFERENCE_TAG in words else words)


def _inline_css(folders: tuple[Path, ...]) -> str:
    """The style of 404.html as a data: address: that page is shown at any depth, where no relative address would do."""
    path = theme_files(folders).get(f"assets/{NOT_FOUND_CSS}")
    data = path.read_bytes() if path else b""
    return "data:text/css;base64," + base64.b64encode(data).decode("ascii")


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


@lru_cache(maxsize=2 * _MOST_WORDS)
def _isolated(phrase: Phrase | str, page_language: str, languages: tuple[str, ...], tag: str = "bdi") -> Markup:
    if isinstance(phrase, str):
        return Markup(f"<bdi>{escape(phrase)}</bdi>")
    return _element(phrase, page_language, languages, tag)


def _element(phrase: Phrase, page_language: str, languages: tuple[str, ...], tag: str) -> Markup:
    lang = f' lang="{escape(phrase.lang)}"' if phrase.lang and phrase.lang != page_language else ""
    base = first_strong(phrase.text) or "ltr" if phrase.dir == "auto" else phrase.dir
    return Markup(f'<{tag}{lang} dir="{phrase.dir}">{isolated(phrase.text, base, languages)}</{tag}>')


def _button(words: str, link: BodyLink, around: tuple[str, Direction], page_language: str) -> str:
    """The button that shows the page's note on a record where nothing can rest on the link itself, if it has one.

    `words` are those of the link, beside which it stands; the language and direction are those of the text around them.
    """
    if link.about is None:
        return ""
    # A name of the other direction stands in an element of its own, and the button beside it.
    way = first_strong(Markup(words).striptags()) or around[1]
    lang = f' lang="{page_language}"' if (page_language, way) != around else ""
    about = escape(_plain(link.about, way))
    button = f'<button type="button" popovertarget="{escape(link.note)}" aria-label="{about}"{lang}></button>'
    return f'<span class="about">{button}</span>'


def _plain(phrase: Phrase, direction: Direction) -> str:
    """A phrase as a plain string for a text of one direction: control characters keep it apart."""
    return embedded_plain(phrase.text, phrase.dir, direction)
