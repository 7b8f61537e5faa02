"""Which files make the archive, and their bytes as text. Nothing outside the content folder is ever read."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Literal, NamedTuple

from site_builder.model import FOLDERS, ID, ID_RULE, KINDS, Kind
from site_builder.problems import Location, Problem, did_you_mean, error

Role = Literal["settings", "text", "record", "attachment"]

SETTINGS = "site.yaml"
#: A text of a million code points is a book of 500 pages; what is larger is a mistake (a dump, a picture renamed).
LARGEST_TEXT = 4 * 1024 * 1024
LARGEST_RECORD = 256 * 1024
LARGEST_ATTACHMENT = 50 * 1024 * 1024
_IGNORED = re.compile(r"\.|README|LICENSE|Thumbs\.db$|.*~$|#.*#$")
_TEXT_NAME = re.compile(r"(?P<stem>.+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")


class SourceFile(NamedTuple):
    """One file of the archive. `path` is relative to the content folder, `/` between its parts.

    `kind`, `id` and `language` are what its name says; an attachment has the kind and id of the article or page
    beside which it lies, and a record has no language.
    """

    role: Role
    path: str
    kind: Kind
    id: str
    language: str


class Listing(NamedTuple):
    """All files of the archive by path, and what is wrong with where they lie."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


def list_files(content: Path, languages: tuple[str, ...]) -> Listing:
    """The files below `content`, sorted by path. Strays are problems, unless hidden or a README."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    root = content.resolve()
    for path, entry in sorted(_walk(root, "", problems, frozenset())):
        size = entry.stat().st_size
        source = _classify(path, languages)
        if isinstance(source, Problem):
            problems.append(source)
        elif source.role == "attachment" and size > LARGEST_ATTACHMENT:
            problems.append(_too_large(path, size, LARGEST_ATTACHMENT))
        else:
            files.append(source)
    return Listing(tuple(files), tuple(problems))


def _walk(
    root: Path, folder: str, problems: list[Problem], above: frozenset[str]
) -> list[tuple[str, os.DirEntry[str]]]:
    found: list[tuple[str, os.DirEntry[str]]] = []
    try:
        entries = list(os.scandir(root / folder))
    except OSError as fault:
        problems.append(
            error(
                "unreadable", f"cannot be listed: {fault.strerror}", Location(folder), "check the folder's permissions"
            )
        )
        return found
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if _IGNORED.match(entry.name):
            continue
        if entry.is_symlink() and not _stays_inside(entry.path, root):
            problems.append(
                error(
                    "link-outside",
                    "the symbolic link leads out of the content folder (or nowhere)",
                    Location(path),
                    "copy the file itself into the content folder",
                )
            )
        elif entry.is_dir():
            real = os.path.realpath(entry.path)
            if real not in above:
                found += _walk(root, path, problems, above | {real})
        elif entry.is_file():
            found.append((path, entry))
        else:
            problems.append(error("unreadable", "is neither a file nor a folder", Location(path), "remove it"))
    return found


def _stays_inside(path: str, root: Path) -> bool:
    real = Path(os.path.realpath(path))
    return real.exists() and real.is_relative_to(root)


def _classify(path: str, languages: tuple[str, ...]) -> SourceFile | Problem:
    if path == SETTINGS:
        return SourceFile("settings", path, "page", "", "")
    folder, _, rest = path.partition("/")
    if folder not in KINDS or not rest:
        hint = (
            did_you_mean(folder, KINDS)
            or "articles, pages, people, organizations, places, topics, events hold the archive"
        )
        return error("misplaced-file", "is not where a file of the archive can lie", Location(path), hint)
    kind = KINDS[folder]
    return _text_file(path, kind, rest, languages) if kind in ("article", "page") else _record_file(path, kind, rest)


def _text_file(path: str, kind: Kind, rest: str, languages: tuple[str, ...]) -> SourceFile | Problem:
    slug, slash, name = rest.partition("/")
    match = _TEXT_NAME.fullmatch(name if slash else rest)
    if not slash and not match:
        return error(
            "misplaced-file",
            f"is no {kind} in any language",
            Location(path),
            f"name it {FOLDERS[kind]}/<slug>/index.<language>.md",
        )
    if not slash and match:
        slug = match["stem"]
    elif match and match["stem"] != "index":
        match = None
    if not ID.fullmatch(slug):
        return _bad_id(path, slug)
    if not match:
        if name.lower().endswith((".md", ".markdown")):
            return error(
                "misplaced-file", "is a text that no page shows", Location(path), f"name it index.{languages[0]}.md"
            )
        return SourceFile("attachment", path, kind, slug, "")
    if match["language"] not in languages:
        hint = did_you_mean(match["language"], languages) or "the site's languages are: " + ", ".join(languages)
        return error("unknown-language", f"“{match['language']}” is not a language of this site", Location(path), hint)
    return SourceFile("text", path, kind, slug, match["language"])


def _record_file(path: str, kind: Kind, rest: str) -> SourceFile | Problem:
    stem, dot, suffix = rest.rpartition(".")
    if suffix != "yaml" or not dot or "/" in rest:
        return error("misplaced-file", "is no authority record", Location(path), f"name it {FOLDERS[kind]}/<id>.yaml")
    if not ID.fullmatch(stem):
        return _bad_id(path, stem)
    return SourceFile("record", path, kind, stem, "")


def _bad_id(path: str, written: str) -> Problem:
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")
    hint = f"ids are {ID_RULE}" + (f": {slug}" if slug else "")
    return error("wrong-form", f"“{written}” cannot be an id", Location(path), hint)


def _too_large(path: str, size: int, limit: int) -> Problem:
    message = f"is too large: {size / 1e6:.1f} MB, where {limit / 1e6:.1f} MB is the most"
    return error("too-large", message, Location(path), "divide it, or keep it elsewhere and link to it")


def read_bytes(content: Path, source: SourceFile) -> bytes | Problem:
    """The bytes of a file, or why they cannot be had."""
    full = content / source.path
    limit = {"record": LARGEST_RECORD, "settings": LARGEST_RECORD, "text": LARGEST_TEXT}.get(
        source.role, LARGEST_ATTACHMENT
    )
    try:
        size = full.stat().st_size
        return _too_large(source.path, size, limit) if size > limit else full.read_bytes()
    except OSError as fault:
        return error(
            "unreadable",
            f"cannot be read: {fault.strerror}",
            Location(source.path),
            "check the file and its permissions",
        )


def digest_of(data: bytes) -> str:
    """The content digest used as a cache key: BLAKE2b, 128 bits, hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def as_text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """UTF-8 bytes as text. A byte order mark and CRLF are accepted and dropped; NUL and bad UTF-8 are faults."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        good = data[: fault.start].decode("utf-8", "ignore")
        line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
        message = f"is not UTF-8: the byte 0x{data[fault.start]:02X} cannot be read"
        hint = "save the file as UTF-8 (it may be Windows-1256 or UTF-16 now)"
        return None, [error("bad-encoding", message, Location(path, line, column), hint)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at = text.find("\0")
    if at >= 0:
        line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
        return None, [
            error(
                "nul-byte",
                "holds a NUL byte",
                Location(path, line, column),
                "delete it; the file may be damaged or not a text",
            )
        ]
    return text, []
