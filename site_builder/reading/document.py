"""One source file to one value: a text in one language, or an authority record."""

from __future__ import annotations

import re
from typing import NamedTuple

from site_builder.config import Config
from site_builder.model import MODELS, ArticleMeta, PageMeta, Record
from site_builder.problems import Location, Problem, error, warning
from site_builder.reading import frontmatter, markdown, yamltree
from site_builder.reading.decode import Decoded, Site, Use, decode
from site_builder.reading.files import SourceFile, as_text
from site_builder.reading.markdown import Body, Dialect
from site_builder.text.orthography import repair


class Document(NamedTuple):
    """An article or a page in one language. `meta` is None where its front matter cannot be read."""

    source: SourceFile
    meta: ArticleMeta | PageMeta | None
    body: Body
    note: Body | None
    places: dict[str, Location]
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]


class RecordFile(NamedTuple):
    """An authority record. `record` is None where it cannot be read; `biographies` holds its texts by language."""

    source: SourceFile
    record: Record | None
    biographies: dict[str, Body]
    places: dict[str, Location]
    uses: tuple[Use, ...]
    problems: tuple[Problem, ...]


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


def read(source: SourceFile, data: bytes, how: Reader) -> Document | RecordFile:
    """Read one file. Nothing is raised for what an editor wrote: faults are in the value's `problems`."""
    text, problems = as_text(data, source.path)
    if text is not None:
        problems += _unclean_characters(text, source.path)
    if source.role == "record":
        return _record(source, text, problems, how)
    return _document(source, text, problems, how)


def read_settings(data: bytes, path: str) -> Decoded:
    """The settings of the site. They name the languages by which they are themselves checked."""
    text, problems = as_text(data, path)
    if text is None:
        return Decoded(None, {}, (), tuple(problems))
    problems += _unclean_characters(text, path)
    tree, faults = yamltree.parse(text, path)
    if faults and tree is None:
        return Decoded(None, {}, (), (*problems, *faults))
    decoded = decode(tree, Config, Location(path), Site(_stated_languages(tree), 0))
    problems += [*faults, *decoded.problems]
    config = decoded.value
    if config is not None:
        problems += _settings_agree(config, decoded.places, path)
    return decoded._replace(problems=tuple(problems))


def _stated_languages(tree: yamltree.Node | None) -> tuple[str, ...]:
    if isinstance(tree, yamltree.Mapping):
        for key, value in tree.entries:
            if key.text == "languages" and isinstance(value, yamltree.Sequence):
                return tuple(item.text for item in value.items if isinstance(item, yamltree.Scalar))
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
    if not config.base_url.endswith("/"):
        problems.append(
            error("wrong-form", "“base_url” does not end with a slash", places["base_url"], f"write {config.base_url}/")
        )
    return problems


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
            at = decoded.places[f"biography.{language}"]
            body, faults = markdown.render(words, how.dialects[language], source.path, at.line, full=False)
            biographies[language] = body
            problems += faults
    return RecordFile(source, decoded.value, biographies, decoded.places, decoded.uses, tuple(problems))


def _document(source: SourceFile, text: str | None, problems: list[Problem], how: Reader) -> Document:
    def unread(*faults: Problem) -> Document:
        return Document(source, None, NO_BODY, None, {}, (), (*problems, *faults))

    if text is None:
        return unread()
    parts = frontmatter.split(text, source.path)
    if isinstance(parts, Problem):
        return unread(parts)
    tree, faults = yamltree.parse(parts.yaml, source.path, parts.yaml_line)
    problems += faults
    decoded: Decoded = Decoded(None, {}, (), ())
    if tree is not None or not faults:
        decoded = decode(tree, MODELS[source.kind], Location(source.path, 1, 1), how.site)
        problems += decoded.problems
    dialect = how.dialects[source.language]
    body, faults = markdown.render(parts.body, dialect, source.path, parts.body_line)
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
    note, faults = _note(decoded, dialect, source.path)
    return Document(source, decoded.value, body, note, decoded.places, decoded.uses, (*problems, *faults))


def _note(decoded: Decoded, dialect: Dialect, path: str) -> tuple[Body | None, list[Problem]]:
    words = getattr(decoded.value, "editor_note", None)
    if not words:
        return None, []
    return markdown.render(words, dialect, path, decoded.places["editor_note"].line, full=False)


_CODES = {
    "presentation-form": (
        "presentation-form",
        "holds letters as drawn shapes (presentation forms) instead of plain letters",
    ),
    "bidi-control": ("bidi-control", "holds invisible direction characters; the site isolates foreign words by itself"),
}


def _unclean_characters(text: str, path: str) -> list[Problem]:
    repaired, faults = repair(text)
    if not faults:
        return []
    problems = []
    seen: set[tuple[int, str]] = set()
    for fault in faults:
        line = text.count("\n", 0, fault.start)
        begin = text.rfind("\n", 0, fault.start) + 1
        if (line, fault.kind) in seen:
            continue
        seen.add((line, fault.kind))
        code, message = _CODES[fault.kind]
        whole = text[begin:].split("\n", 1)[0]
        at = Location(path, line + 1, fault.start - begin + 1)
        problems.append(error(code, message, at, f"write: {_excerpt(repair(whole)[0], fault.start - begin)}"))
    return problems


def _excerpt(line: str, around: int) -> str:
    words = re.sub(r"\s+", " ", line[max(0, around - 40) : around + 40]).strip()
    return f"“{words}”"


Parsed = Document | RecordFile
