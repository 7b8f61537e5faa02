"""What must hold of every page. Each rule yields the faults that it finds in one page, in words for the tester.

The rules are those of the W3C for text of two directions (Structural markup and right-to-left text in HTML; Inline
markup and bidirectional text in HTML; Unicode controls vs. markup; Declaring language in HTML) and of WCAG 2.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator

from site_builder.text.bidi import FSI, LRI, LRM, PDI, RLI, RLM
from site_builder.text.languages import autonym, language, script_of
from tests.site.built import Inserted, Page
from tests.site.dom import Element, first_strong, strong

_OTHER = {"ltr": "rtl", "rtl": "ltr"}
_SCRIPTS = {"ar": "Arab", "fa": "Arab", "he": "Hebr", "ru": "Cyrl", "en": "Latn", "fr": "Latn"}
#: The names of <meta> whose content is prose.
_PROSE_META = re.compile(r"description|(?:og|twitter):(?:title|description|site_name|image:alt)|citation_title")
_READ_OUT = ("alt", "title", "aria-label", "placeholder", "aria-description")
_DIGITS = {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}


def _shown(text: str) -> str:
    return f"“{' '.join(text.split())[:70]}”"


def root_language(page: Page) -> Iterator[str]:
    """`html` has the language and the direction of the page; `body` has none."""
    html = page.root
    code = html.attrs.get("lang", "")
    if not code or (page.language and code != page.language):
        yield f"html has lang “{code}”"
    stated = html.attrs.get("dir", "ltr")
    if code and stated != language(code).direction:
        yield f"html in “{code}” has dir “{stated}”"
    if "dir" in page.body.attrs or "lang" in page.body.attrs:
        yield "body states a language or direction, which html does"


def turned_blocks(page: Page) -> Iterator[str]:
    """A block states a direction only where its language has the other one; on pages of no language, its own."""
    for element in page.body.walk():
        if not element.is_block or "dir" not in element.attrs or element.tag in ("body", "pre"):
            continue
        stated = element.attrs["dir"]
        assert element.parent
        if not element.lang or stated != language(element.lang).direction:
            yield f"{element!r} is in “{element.lang}”"
        elif page.language and stated == element.parent.direction:
            yield f"{element!r} states the direction that it has anyway"


def loose_phrases(page: Page) -> Iterator[str]:
    """Letters of the other direction stand in an element of their own."""
    for text, element in page.body.texts():
        way = element.direction
        loose = [word for word in text.split() if any(strong(ch) == _OTHER[way] for ch in word)]
        if loose:
            yield f"{_shown(' '.join(loose))} within {way} {_shown(element.text)} in <{element.tag}>"


def bare_insertions(page: Page) -> Iterator[str]:
    """Every inserted phrase is the whole content of an element that isolates it, or of a block in its direction."""
    words = page.labels | (
        {
            home.attrs["hreflang"] and autonym(home.attrs["hreflang"])
            for home in page.body.all("a")
            if "hreflang" in home.attrs
        }
        if page.is_bare
        else set()
    )
    for text, element in page.framed_texts():
        around = next((e for e in element.up() if e.is_wrapper or e.is_block), element)
        holders = [around, *(e for e in element.up() if e.is_wrapper)]
        if any(_is_known(e.text, page.inserted) and _fits(e, page.inserted) for e in holders):
            continue
        for phrase in page.inserted.all():
            if len(phrase) > 2 and phrase not in words and _stands_in(phrase, text):
                yield f"{_shown(phrase)} has no element of its own in {_shown(around.text)}"


def _is_known(text: str, inserted: Inserted) -> bool:
    return text.strip() in {phrase.strip() for phrase in inserted.all()}


def _fits(element: Element, inserted: Inserted) -> bool:
    """Whether the element has the direction of the phrase that it holds."""
    ways = {phrase.dir for phrase in inserted.phrases if phrase.text.strip() == element.text.strip()}
    return not ways or element.direction in ways or "auto" in ways


def _stands_in(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None


def loose_wrappers(page: Page) -> Iterator[str]:
    """A wrapper encloses one phrase and nothing else."""
    for element in page.body.walk():
        if not element.is_wrapper:
            continue
        text = element.text
        if text != text.strip():
            yield f"{element!r} encloses white space"
        elif not any(ch.isalnum() for ch in text) and not _is_known(text, page.inserted):
            yield f"{element!r} encloses no word"
        elif _is_framed(element, page) and not _is_known(text, page.inserted) and text not in page.labels:
            yield f"{element!r} is no inserted phrase"


def _is_framed(element: Element, page: Page) -> bool:
    return (
        not page.is_bare
        and not any(
            name in above.classes
            for above in element.up()
            for name in ("prose", "editors-note", "contents", "switches")
        )
        and not any(above.is_wrapper for above in list(element.up())[1:])
    )


def crowded_wrappers(page: Page) -> Iterator[str]:
    """No wrapper holds two inserted phrases, or a phrase and the number after it."""
    names = {p.text for p in page.inserted.phrases if len(p.text) > 2}
    for element in page.body.walk():
        if not element.is_wrapper or not _is_framed(element, page) or _is_known(element.text, page.inserted):
            continue
        held = [name for name in names if _stands_in(name, element.text)]
        if len(held) > 1:
            yield f"{element!r} holds {len(held)} phrases"
        elif held and re.search(r"\d", element.text.replace(held[0], "")):
            yield f"{element!r} holds {_shown(held[0])} and a number"


def unmarked_strings(page: Page) -> Iterator[str]:
    """Where markup is impossible, isolate controls enclose what has the other direction, in pairs."""
    for where, text, way in _strings(page):
        yield from (f"{where}: {fault} in {_shown(text)}" for fault in plain_faults(text, way))


def _strings(page: Page) -> Iterator[tuple[str, str, str]]:
    """Each string with what it is and the direction of the line in which it will be shown."""
    way = page.root.attrs.get("dir", "ltr")
    yield "title", page.title, way
    for meta in page.root.all("meta"):
        name = meta.attrs.get("name", meta.attrs.get("property", ""))
        if _PROSE_META.fullmatch(name):
            yield name, meta.attrs["content"], way
    for element in page.body.walk():
        for name in _READ_OUT:
            if name in element.attrs:
                yield f"{name} of <{element.tag}>", element.attrs[name], element.direction


def plain_faults(text: str, way: str) -> Iterator[str]:
    """What is wrong with the controls of a string that stands in a line of the direction `way` (UAX #9)."""
    levels = [way]
    for place, ch in enumerate(text):
        if ch in (LRI, RLI, FSI):
            inner = first_strong(text[place:]) or "ltr"
            levels.append({LRI: "ltr", RLI: "rtl"}.get(ch, inner))
        elif ch == PDI:
            if len(levels) == 1:
                yield "U+2069 ends nothing"
                return
            levels.pop()
        elif ch not in (LRM, RLM) and strong(ch) == _OTHER[levels[-1]]:
            yield f"loose {_OTHER[levels[-1]]} text {_shown(text[place : place + 20])}"
            return
    if len(levels) > 1:
        yield "an isolate is not ended"


def unmarked_title(page: Page) -> Iterator[str]:
    """A title whose first letter has the other direction begins with a direction mark of the page's."""
    way = page.root.attrs.get("dir", "ltr")
    first = first_strong(page.title.strip(LRM + RLM))
    if first and first != way and not page.title.startswith({"rtl": RLM, "ltr": LRM}[way]):
        yield _shown(page.title)


def forced_order(text: str) -> Iterator[str]:
    """Embeddings and overrides; what they were for, isolates do better."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := re.search("[\u202a-\u202e]", line):
            yield f"line {number} holds U+{ord(found[0]):04X}"


def presentation_forms(text: str, authored: str = "") -> Iterator[str]:
    """Letters drawn in one of their forms, which nothing finds or reads aloud. Signs that were authored may stay."""
    for ch in sorted(set(text)):
        code = ord(ch)
        sign = code in (0xFD3E, 0xFD3F) or 0xFDF0 <= code <= 0xFDFF
        form = 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC
        if form and not (sign and ch in authored):
            yield f"U+{code:04X}"


def foreign_attributes(page: Page) -> Iterator[str]:
    """An attribute that is read out is in the language of its element."""
    for element in page.body.walk():
        for name in _READ_OUT:
            script = _script(element.attrs.get(name, ""))
            wanted = _SCRIPTS.get(element.lang.split("-")[0])
            if script and wanted and script != wanted:
                yield f"{name} of {element!r}, in “{element.lang}”, is in {script}: {_shown(element.attrs[name])}"


def _script(text: str) -> str | None:
    """The script of most letters outside isolates."""
    depth, counts = 0, dict[str, int]()
    for ch in text:
        depth += (ch in (LRI, RLI, FSI)) - (ch == PDI)
        if not depth and ch.isalpha() and (script := script_of(ch)):
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None


def unnamed_switches(page: Page) -> Iterator[str]:
    """A link into the tree of another language says so; the switch is named by that language's own name."""
    for link in page.body.all("a"):
        target = _tree(link.attrs.get("href", ""), page)
        if not target or not page.language or target == page.language:
            continue
        if link.attrs.get("hreflang") != target:
            yield f"{link!r} leads to “{target}” without hreflang"
        if "switches" in (name for above in link.up() for name in above.classes) and (
            link.attrs.get("lang") != target or link.text.strip() != autonym(target)
        ):
            yield f"{link!r} is no switch to “{target}”"


def resolve(href: str, path: str) -> str:
    """The file of the output folder that a relative link leads to, from the page `path`."""
    parts = path.split("/")[:-1]
    for step in href.partition("#")[0].split("/"):
        if step == "..":
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


def _tree(href: str, page: Page) -> str:
    if not href or re.match(r"[a-z]+:|#|/", href):
        return ""
    first = resolve(href, page.path).partition("/")[0]
    return first if first in _SCRIPTS else ""


def hidden_switch(page: Page, languages: list[str], files: Container[str]) -> Iterator[str]:
    """With two languages, a plain link before the content leads to the same record in the other one."""
    if page.is_bare or len(languages) != 2:
        return
    other = next(code for code in languages if code != page.language)
    wanted = f"{other}/{page.path.partition('/')[2]}"
    if wanted not in files:
        return
    for element in page.body.walk():
        if element.tag == "main":
            yield f"no link to {wanted} before the content"
            return
        if element.tag == "a" and resolve(element.attrs.get("href", ""), page.path) == wanted:
            inside = {above.tag for above in element.up()}
            if inside & {"details", "select", "dialog", "template"} or any("hidden" in e.attrs for e in element.up()):
                yield f"the link to {wanted} does not show"
            return


_TECHNICAL = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\b[\w-]+\.(?:pdf|txt|html|png|md)\b")


def unisolated_code(page: Page) -> Iterator[str]:
    """Code, addresses, file names and identifiers run from left to right on every page."""
    for element in page.body.all("code", "pre", "kbd", "samp"):
        if element.direction != "ltr":
            yield repr(element)
    for text, element in page.body.texts():
        if element.direction == "rtl":
            yield from (f"{found[0]} in {element!r}" for found in _TECHNICAL.finditer(text))


def mixed_digits(page: Page) -> Iterator[str]:
    """All digits that the site itself writes are those of its setting, with the signs that belong to them."""
    authored = {phrase.text for phrase in page.inserted.phrases} | set(page.inserted.codes)
    for text, element in page.framed_texts():
        around = next(e for e in element.up() if e.is_wrapper or e.is_block)
        if around.text not in authored and has_wrong_digits(text, page.numerals):
            yield f"{_shown(text)} in {around!r}"


def has_wrong_digits(text: str, numerals: str) -> bool:
    """Whether digits of another system stand in the text, or European signs between Arabic digits."""
    own = _DIGITS[numerals]
    foreign = any(unicodedata.category(ch) == "Nd" and ch not in own for ch in text)
    return foreign or (numerals != "latn" and re.search(rf"[{own}][.,][{own}]|[{own}]\s?%", text) is not None)


def split_words(page: Page) -> Iterator[str]:
    """Letters of one Arabic word are never in elements of their own, nor parted by a soft hyphen."""
    for element in page.body.walk():
        for before, after in zip(element.children, element.children[1:], strict=False):
            if isinstance(before, Element) and isinstance(after, Element) and _is_letter(before) and _is_letter(after):
                yield f"{before!r} and {after!r}"
    for text, _ in page.body.texts():
        if re.search("[\u0600-\u06ff]\u00ad", text):
            yield f"soft hyphen in {_shown(text)}"


def _is_letter(element: Element) -> bool:
    return not element.is_block and re.fullmatch("[\u0621-\u06d3][\u064b-\u0652]*", element.text) is not None


def unnamed_passages(page: Page) -> Iterator[str]:
    """Words in letters that the language around them is not written with have a language of their own.

    Where it cannot be told, they stand at least in an element of their own direction.
    """
    for text, element in page.body.texts():
        wanted = _SCRIPTS.get(element.lang.split("-")[0])
        if any(above.tag in ("code", "pre", "kbd", "samp") for above in element.up()):
            continue
        foreign = [ch for ch in text if ch.isalpha() and (script_of(ch) or wanted) != wanted]
        wrapper = next((e for e in element.up() if e.is_wrapper), None)
        turned = wrapper and wrapper.parent and wrapper.direction != wrapper.parent.direction
        if wanted and foreign and not (wrapper and turned and "lang" not in wrapper.attrs):
            yield f"{_shown(text)} in {element!r}"


def disordered_headings(page: Page) -> Iterator[str]:
    """One h1, and no level left out on the way down."""
    levels = [int(e.tag[1]) for e in page.body.all("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    before = 0
    for level in levels:
        if level > before + 1:
            yield f"h{level} after h{before}"
        before = level


_EMPTY_WORDS = {"here", "more", "link", "read more", "هنا", "المزيد", "اقرأ المزيد", "رابط", "ici", "тут"}


def vague_links(page: Page) -> Iterator[str]:
    """Links say by themselves where they lead, and one text leads to one place."""
    seen: dict[str, str] = {}
    for link in page.body.all("a"):
        text = " ".join(link.text.split()) or link.attrs.get("aria-label", "")
        pictures = [image.attrs.get("alt", "") for image in link.all("img")]
        name = (text or " ".join(pictures)).strip()
        target = link.attrs.get("href", "")
        if not name or name.casefold() in _EMPTY_WORDS:
            yield f"{link!r} to {target}"
        elif "#fnref" not in target and seen.setdefault(name, target) != target:
            yield f"{_shown(name)} leads to {seen[name]} and to {target}"


def late_skip_link(page: Page) -> Iterator[str]:
    """The first thing that takes focus is a link to the content."""
    if page.is_bare:
        return
    focusable = [e for e in page.body.walk() if e.tag in ("a", "button", "input", "select", "summary", "textarea")]
    ids = {e.attrs.get("id"): e for e in page.body.walk() if "id" in e.attrs}
    first = focusable[0] if focusable else None
    target = ids.get(first.attrs.get("href", "").removeprefix("#")) if first else None
    if target is None or target.tag != "main":
        yield f"the first is {first!r}"


def scripted(page: Page) -> Iterator[str]:
    """No inline script, style or event handler, and a policy that forbids them and all third parties."""
    for element in page.root.walk():
        if element.tag == "style" or (
            element.tag == "script" and "src" not in element.attrs and "json" not in element.attrs.get("type", "")
        ):
            yield repr(element)
        yield from (f"{name} on {element!r}" for name in element.attrs if name == "style" or name.startswith("on"))
        if element.attrs.get("href", "").lower().startswith("javascript:"):
            yield repr(element)
    policies = [
        m.attrs["content"]
        for m in page.root.all("meta")
        if m.attrs.get("http-equiv", "").lower() == "content-security-policy"
    ]
    if len(policies) != 1 or "default-src 'none'" not in policies[0] or re.search(r"unsafe|\*|https?:", policies[0]):
        yield f"policy {policies}"
