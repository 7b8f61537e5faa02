"""Which files make the archive, and their bytes as text. Nothing outside the content folder is ever read."""

from __future__ import annotations

import codecs
import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from site_builder.model import FOLDERS, ID, ID_RULE, KINDS, Kind, id_like
from site_builder.places import IGNORED, SETTINGS
from site_builder.problems import Location, Problem, did_you_mean, error
from site_builder.reading.positions import Positions

Role = Literal["settings", "text", "record", "attachment"]

#: A text of a million code points is a book of 500 pages; what is larger is a mistake (a dump, a picture renamed).
LARGEST_TEXT = 4 * 1024 * 1024
LARGEST_RECORD = 256 * 1024
LARGEST_ATTACHMENT = 50 * 1024 * 1024
#: No control characters, no backslash, and no bytes that are not UTF-8 (lone surrogates in Python).
_NAME = re.compile(r"[^\x00-\x1f\x7f\\\ud800-\udfff]+")
#: The name of a text: what comes before its language, and the language.
TEXT_NAME = re.compile(r"(?P<stem>.+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.md")


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


def is_read(source: SourceFile) -> bool:
    """Whether a file is a text or a record."""
    return source.role in ("text", "record")


class Listing(NamedTuple):
    """All files of the archive by path, the folders that hold them, and what is wrong with where they lie."""

    files: tuple[SourceFile, ...]
    folders: tuple[str, ...]
    problems: tuple[Problem, ...]


def list_files(content: Path, languages: tuple[str, ...]) -> Listing:
    """The files below `content`, sorted by path. Strays are problems, unless hidden or a README."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    folders: list[str] = []
    for path, size in sorted(_walk(content.resolve(), folders, problems)):
        source = _classify(path, languages)
        if isinstance(source, Problem):
            problems.append(source)
        elif source.role == "attachment" and size > LARGEST_ATTACHMENT:
            problems.append(_too_large(path, size, LARGEST_ATTACHMENT))
        else:
            files.append(source)
    problems += _textless(files, problems)
    problems += _alike(file for file in files if file.role == "attachment")
    return Listing(tuple(files), tuple(folders), tuple(problems))


class _Folder(NamedTuple):
    """A folder to be listed; `linked` when a symbolic link led to it."""

    path: str
    linked: bool


def _walk(root: Path, folders: list[str], problems: list[Problem]) -> Iterator[tuple[str, int]]:
    """Path and size of every file; the folders go into `folders`.

    Links to folders are followed once, so that no web of links is walked for ever.
    """
    waiting = [_Folder("", False)]
    while waiting:
        folder = waiting.pop()
        folders.append(folder.path)
        try:
            with os.scandir(root / folder.path) as listed:
                entries = list(listed)
        except OSError as fault:
            problems.append(_unreadable(folder.path, f"cannot be listed: {fault.strerror}"))
            continue
        for entry in entries:
            path = f"{folder.path}/{entry.name}" if folder.path else entry.name
            if IGNORED.match(entry.name):
                continue
            try:
                found = _look(root, path, entry, folder)
            except OSError as fault:
                found = _unreadable(path, f"cannot be read: {fault.strerror}")
            if isinstance(found, Problem):
                problems.append(found)
            elif isinstance(found, _Folder):
                waiting.append(found)
            else:
                yield path, found


def _look(root: Path, path: str, entry: os.DirEntry[str], folder: _Folder) -> _Folder | Problem | int:
    """What an entry is: a folder, a file of some size, or a fault."""
    if not _NAME.fullmatch(entry.name):
        hint = "rename it; letters, digits, hyphens and dots are safe everywhere"
        shown = path.encode("utf-8", "replace").decode()
        return error("wrong-form", "the name has characters that cannot stand in an address", Location(shown), hint)
    if entry.is_symlink() and not _stays_inside(root, path):
        return _link_outside(path)
    if entry.is_dir():
        if entry.is_symlink() and (folder.linked or (root / path).is_relative_to(os.path.realpath(entry.path))):
            message = "the symbolic link leads back to a folder that holds it, or stands in a linked folder itself"
            return error("link-loop", message, Location(path), "copy the folder's files here")
        if entry.name.lower().endswith((".md", ".yaml", ".yml")):
            hint = "move what it holds, and remove it"
            return error("misplaced-file", "is a folder with the name of a file", Location(path), hint)
        return _Folder(path, folder.linked or entry.is_symlink())
    if not entry.is_file():
        return _unreadable(path, "is neither a file nor a folder")
    return entry.stat().st_size


def _stays_inside(root: Path, path: str) -> bool:
    """Whether a path below `root`, links followed, leads to something that is there and below `root` too."""
    real = os.path.realpath(root / path)
    return os.path.exists(real) and Path(real).is_relative_to(root)  # noqa: PTH110 (false where it may not be asked)


def _textless(files: list[SourceFile], problems: list[Problem]) -> Iterator[Problem]:
    """Folders whose files no text goes with, unless a text there has a fault of its own."""
    texts = {(file.kind, file.id) for file in files if file.role == "text"}
    faulty = {tuple(problem.location.path.split("/")[:2]) for problem in problems}
    for kind, id_ in dict.fromkeys((file.kind, file.id) for file in files if file.role == "attachment"):
        folder = f"{FOLDERS[kind]}/{id_}"
        if (kind, id_) not in texts and (FOLDERS[kind], id_) not in faulty:
            hint = f"write {folder}/index.<language>.md, or remove the folder"
            yield error("no-text", f"the {kind} “{id_}” has files but no text", Location(folder), hint)


def _alike(attachments: Iterable[SourceFile]) -> Iterator[Problem]:
    """Files that would be one where letter case, or how an accent is encoded, counts for nothing: on most computers."""
    seen: dict[str, str] = {}
    for file in attachments:
        first = seen.setdefault(unicodedata.normalize("NFC", file.path.casefold()), file.path)
        if first != file.path:
            message = f"many computers take its name for that of {posixpath.basename(first)}"
            yield error("name-conflict", message, Location(file.path), "give one of the two another name")


def _link_outside(path: str) -> Problem:
    message = "the symbolic link leads out of the content folder (or nowhere)"
    return error("link-outside", message, Location(path), "copy the file itself into the content folder")


def _unreadable(path: str, message: str) -> Problem:
    return error("unreadable", message, Location(path), "check what it is, and its permissions")


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
    match = TEXT_NAME.fullmatch(name if slash else rest)
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
            match = TEXT_NAME.fullmatch(name.lower())
            hint = f"name it index.{match['language'] if match else languages[0]}.md"
            return error("misplaced-file", "is a text that no page shows", Location(path), hint)
        return SourceFile("attachment", path, kind, slug, "")
    if match["language"] not in languages:
        hint = did_you_mean(match["language"], languages) or "the site's languages are: " + ", ".join(languages)
        return error("unknown-language", f"“{match['language']}” is not a language of this site", Location(path), hint)
    return SourceFile("text", path, kind, slug, match["language"])


def _record_file(path: str, kind: Kind, rest: str) -> SourceFile | Problem:
    stem, dot, suffix = rest.rpartition(".")
    if suffix != "yaml" or not dot or "/" in rest:
        near = f"{stem}.yaml" if suffix.lower() in ("yaml", "yml") and "/" not in rest else "<id>.yaml"
        return error("misplaced-file", "is no authority record", Location(path), f"name it {FOLDERS[kind]}/{near}")
    if not ID.fullmatch(stem):
        return _bad_id(path, stem)
    return SourceFile("record", path, kind, stem, "")


def _bad_id(path: str, written: str) -> Problem:
    slug = id_like(written)
    hint = f"ids are {ID_RULE}" + (f": {slug}" if slug else "")
    return error("wrong-form", f"“{written}” cannot be an id", Location(path), hint)


def _too_large(path: str, size: int, limit: int) -> Problem:
    message = f"is too large: {size / 1e6:.1f} MB, where {limit / 1e6:.1f} MB is the most"
    return error("too-large", message, Location(path), "divide it, or keep it elsewhere and link to it")


def read_bytes(content: Path, source: SourceFile) -> bytes | Problem:
    """The bytes of a file, or why they cannot be had."""
    full = content / source.path
    limit = {"text": LARGEST_TEXT, "attachment": LARGEST_ATTACHMENT}.get(source.role, LARGEST_RECORD)
    try:
        if full.is_symlink() and not _stays_inside(content.resolve(), source.path):
            return _link_outside(source.path)
        if not full.is_file():
            return _unreadable(source.path, "is no file")
        size = full.stat().st_size
        return _too_large(source.path, size, limit) if size > limit else full.read_bytes()
    except OSError as fault:
        return _unreadable(source.path, f"cannot be read: {fault.strerror}")


def as_text(data: bytes, path: str) -> str | Problem:
    """UTF-8 bytes as text with LF line ends, or why they are none. A byte order mark is accepted and dropped."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # The offsets of the fault are those of the bytes after a byte order mark.
        good = _lines(fault.object[: fault.start].decode("utf-8", "ignore"))
        message = f"is not UTF-8: the byte 0x{fault.object[fault.start]:02X} cannot be read"
        return error("bad-encoding", message, Positions(good, path).at(len(good)), _encoding_hint(data))
    return _lines(text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_hint(data: bytes) -> str:
    now = "UTF-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "Windows-1256, for one"
    return f"save the file as UTF-8 (it may be {now})"
