"""One source file to one value: a text in one language, or an authority record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from site_builder.config import Config, base_url_fault
from site_builder.model import MODELS, ArticleMeta, Kind, PageMeta, Record, fields_of
from site_builder.problems import Location, Problem, error, warning
from site_builder.reading import characters, frontmatter, yamltree
from site_builder.reading.body import Body, Dialect
from site_builder.reading.decode import Decoded, Site, Use, decode
from site_builder.reading.files import LARGEST_RECORD, SourceFile, as_text
from site_builder.reading.positions import Positions
from site_builder.reading.prose import prose
from site_builder.text.languages import is_cldr_locale, is_language_tag, primary


class Stretch(NamedTuple):
    """A range of the file that the front matter decides on, as it is found in the text: some words, the nth time.

    `key` is the range as written, `number` counts from 0.
    """

    key: str
    words: str
    number: int


class Document(NamedTuple):
    """An article or a page in one language. `meta` is None where its front matter cannot be read.

    `faulty` are the keys of the front matter whose values could not be read in full; `stretches` what the ranges
    below `mentions` stand for.
    """

    source: SourceFile
    meta: ArticleMeta | PageMeta | None
    body: Body
    note: Body | None
    places: dict[str, Location]
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]
    faulty: frozenset[str] = frozenset()
    stretches: tuple[Stretch, ...] = ()


class RecordFile(NamedTuple):
    """An authority record. `record` is None where it cannot be read; `biographies` holds its texts by language."""

    source: SourceFile
    record: Record | None
    biographies: dict[str, Body]
    places: dict[str, Location]
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]


class Outline(NamedTuple):
    """What the archive as a whole has to know of a file: all but its texts, and where in the file things stand.

    `stated` and `faulty` are keys of the front matter; `refers` are the records that it names, `targets` those that
    its texts refer to, `files` the files. `troubled` where the file has problems of its own. `meaning` is a digest of
    what the other pages of the site can show of it, `words` one of its texts.
    """

    source: SourceFile
    meta: ArticleMeta | PageMeta | Record | None
    stated: frozenset[str]
    faulty: frozenset[str]
    redirects: tuple[tuple[str, Location], ...]
    stretches: tuple[Stretch, ...]
    refers: tuple[tuple[Kind | None, str], ...]
    targets: tuple[str, ...]
    files: tuple[str, ...]
    texts: frozenset[str]
    troubled: bool
    meaning: bytes
    words: bytes


#: The texts of a file: `body` and `note` of an article or page; a biography by its language.
Texts = Mapping[str, Body]


class Reader(NamedTuple):
    """What reading depends on beside the file itself: enough of the settings, and one dialect a language."""

    site: Site
    dialects: dict[str, Dialect]


NO_BODY = Body("", (), (), ())


def reader(config: Config, backs: dict[str, str]) -> Reader:
    """A reader for a site. `backs` holds the label of a footnote's way back in each language."""
    dialects = {
        code: Dialect(code, config.languages, config.trust_html, backs[code], config.numbering(code))
        for code in config.languages
    }
    return Reader(Site(config.languages, config.earliest_year), dialects)


def texts_of(value: Document | RecordFile) -> Texts:
    """The texts of a file."""
    if isinstance(value, RecordFile):
        return value.biographies
    return {"body": value.body, "note": value.note} if value.note else {"body": value.body}


def outline(value: Document | RecordFile) -> Outline:
    """The outline of a file that was read."""
    texts = texts_of(value)
    document = value if isinstance(value, Document) else None
    meta = value.record if isinstance(value, RecordFile) else value.meta
    stated = frozenset(place for place in value.places if "[" not in place and "." not in place)
    redirects = _redirects(document) if document else ()
    stretches = document.stretches if document else ()
    known = (meta, sorted(stated), redirects, stretches, sorted(texts))
    return Outline(
        source=value.source,
        meta=meta,
        stated=stated,
        faulty=document.faulty if document else frozenset(),
        redirects=redirects,
        stretches=stretches,
        refers=tuple((use.kind, use.id) for use in value.uses),
        targets=tuple(use.target for body in texts.values() for use in body.uses),
        files=tuple(name for body in texts.values() for name, _ in body.files),
        texts=frozenset(texts),
        troubled=bool(value.problems),
        meaning=_digest(known),
        words=_digest([(name, body.html, body.headings) for name, body in texts.items()]),
    )


def _digest(value: object) -> bytes:
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _redirects(document: Document) -> tuple[tuple[str, Location], ...]:
    addresses = document.meta.redirect_from if document.meta else ()
    return tuple((address, document.places[f"redirect_from[{n}]"]) for n, address in enumerate(addresses))


def read(source: SourceFile, data: bytes, how: Reader) -> Document | RecordFile:
    """Read one file. Nothing is raised for what an editor wrote: faults are in the value's `problems`."""
    text, problems = _text(data, source.path)
    if source.role == "record":
        return _record(source, text, problems, how)
    document = _document(source, text, problems, how)
    ranges = [key for key in getattr(document.meta, "mentions", ()) if RANGE.fullmatch(key)]
    return document._replace(stretches=tuple(_stretches(ranges, data))) if ranges else document


#: A range of a file below `mentions`, in code points of the file as it is.
RANGE = re.compile(r"([0-9]+)-([0-9]+)")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*\n)*?---[ \t]*(?:\r?\n|\Z)")


def _stretches(ranges: list[str], data: bytes) -> Iterator[Stretch]:
    text = data.decode("utf-8")
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 0
    body = prose(text[begin:])
    for key in ranges:
        start, end = (int(edge) - begin for edge in key.split("-"))
        if 0 <= start < end <= len(body):
            words = body[start:end]
            yield Stretch(key, words.replace("\r\n", "\n"), body[:start].count(words))


def _text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    text = as_text(data, path)
    return (None, [text]) if isinstance(text, Problem) else characters.clean(text, path)


def read_settings(data: bytes, path: str) -> Decoded:
    """The settings of the site. They name the languages by which they are themselves checked.

    Where other keys than `languages` are at fault there is a value all the same, so that the archive can be judged.
    """
    text, problems = _text(data, path)
    if text is None:
        return Decoded(None, {}, (), tuple(problems))
    tree, faults = yamltree.parse(text, path)
    if faults and tree is None:
        return Decoded(None, {}, (), (*problems, *faults))
    languages = _stated_languages(tree)
    decoded = decode(tree, Config, Location(path, 1, 1), Site(languages, 0), _instead(languages))
    problems += [*faults, *decoded.problems]
    config = decoded.value
    if config is not None:
        problems += _settings_agree(config, decoded.places, path)
        config = config if config.languages else None
    return decoded._replace(value=config, problems=tuple(problems))


def _instead(languages: tuple[str, ...]) -> dict[str, Any]:
    if not languages:
        return {}
    title = dict.fromkeys(languages, "")
    return {"title": title, "default_language": languages[0], "base_url": "https://example.org/"}


def _stated_languages(tree: yamltree.Node | None) -> tuple[str, ...]:
    if isinstance(tree, yamltree.Mapping):
        for key, value in tree.entries:
            if key.text == "languages" and isinstance(value, yamltree.Sequence):
                stated = [item.text for item in value.items if isinstance(item, yamltree.Scalar)]
                return tuple(dict.fromkeys(code for code in stated if is_language_tag(code)))
    return ()


def _settings_agree(config: Config, places: dict[str, Location], path: str) -> list[Problem]:
    problems = []
    if not config.languages:
        problems.append(
            error(
                "empty-value",
                "“languages” names no language",
                places.get("languages", Location(path)),
                "languages: [ar, en]",
            )
        )
    fault = base_url_fault(config.base_url)
    if fault:
        example = "for example https://example.org/archive/"
        problems.append(error("wrong-form", f"“base_url” {fault}", places["base_url"], example))
    elif not config.base_url.endswith("/"):
        message = "“base_url” does not end with a slash"
        problems.append(error("wrong-form", message, places["base_url"], f"write {config.base_url}/"))
    return [*problems, *_locales_agree(config, places)]


def _locales_agree(config: Config, places: dict[str, Location]) -> Iterator[Problem]:
    """Locales that CLDR knows, each of its own language; month names only for Arabic."""
    for code, locale in config.locales.items():
        at = places[f"locales.{code}"]
        if primary(locale) != primary(code):
            yield error(
                "wrong-value", f"the locale “{locale}” is not of the language “{code}”", at, f"for example {code}"
            )
        elif not is_cldr_locale(locale):
            yield error("wrong-value", f"CLDR has no locale “{locale}”", at, f"for example {code}")
    for code in config.months:
        if primary(config.locale(code)) != "ar":
            message = f"“months” says nothing in the language “{code}”: its months have one name each"
            yield warning("no-effect", message, places[f"months.{code}"], "delete the line")


def _rendered(text: str, dialect: Dialect, written: Positions, full: bool = True) -> tuple[Body, list[Problem]]:
    # Most builds read few texts, and many none: loading Python-Markdown takes longer than all else that they do.
    from site_builder.reading import markdown

    return markdown.render(text, dialect, written, full)


def _record(source: SourceFile, text: str | None, problems: list[Problem], how: Reader) -> RecordFile:
    if text is None:
        return RecordFile(source, None, {}, {}, (), tuple(problems))
    tree, faults = yamltree.parse(text, source.path)
    if tree is None and faults:
        return RecordFile(source, None, {}, {}, (), (*problems, *faults))
    decoded = decode(tree, MODELS[source.kind], Location(source.path, 1, 1), how.site)
    problems += [*faults, *decoded.problems]
    biographies = {}
    if decoded.value is not None:
        for language, words in decoded.value.biography.items():
            written = Positions(text, source.path).from_(decoded.places[f"biography.{language}"])
            body, faults = _rendered(words, how.dialects[language], written, full=False)
            biographies[language] = body
            problems += faults
    return RecordFile(source, decoded.value, biographies, decoded.places, decoded.uses, tuple(problems))


def _document(source: SourceFile, text: str | None, problems: list[Problem], how: Reader) -> Document:
    def unread(*faults: Problem) -> Document:
        return Document(source, None, NO_BODY, None, {}, (), (*problems, *faults), _all_keys(source))

    if text is None:
        return unread()
    parts = frontmatter.split(text, source.path)
    if isinstance(parts, Problem):
        return unread(parts)
    if len(parts.yaml) > LARGEST_RECORD:
        hint = "the text itself belongs below the second line ---"
        return unread(error("too-large", "the front matter is too large", Location(source.path, 1, 1), hint))
    tree, faults = yamltree.parse(parts.yaml, source.path, parts.yaml_line)
    problems += faults
    decoded = Decoded(None, {}, (), (), _all_keys(source))
    if tree is not None or not faults:
        decoded = decode(tree, MODELS[source.kind], Location(source.path, 1, 1), how.site)
        problems += decoded.problems
    dialect = how.dialects[source.language]
    body, faults = _rendered(parts.body, dialect, Positions(parts.body, source.path, parts.body_line))
    problems += faults
    if not parts.body.strip():
        problems.append(
            warning(
                "empty-text",
                "has no text",
                Location(source.path, parts.body_line, 1),
                "write the text below the front matter",
            )
        )
    note, faults = _note(decoded, dialect, Positions(parts.yaml, source.path, parts.yaml_line))
    problems += faults
    return Document(source, decoded.value, body, note, decoded.places, decoded.uses, tuple(problems), decoded.faulty)


def _all_keys(source: SourceFile) -> frozenset[str]:
    return frozenset(field.key for field in fields_of(MODELS[source.kind]))


def _note(decoded: Decoded, dialect: Dialect, written: Positions) -> tuple[Body | None, list[Problem]]:
    words = getattr(decoded.value, "editor_note", None)
    if not words:
        return None, []
    return _rendered(words, dialect, written.from_(decoded.places["editor_note"]), full=False)


Parsed = Document | RecordFile
