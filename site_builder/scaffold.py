"""New archives and new files: `init` and `new`.

An archive begins as a copy of `starter/`. A single file is made from the content model, which says what every
key means, so that no second description of the keys has to be kept.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder import __version__, model
from site_builder.model import FOLDERS, MODELS, Field, FieldType, Kind, fields_of
from site_builder.problems import did_you_mean
from site_builder.schema import schema
from site_builder.text.languages import primary

_STARTER = Path(__file__).parent / "starter"
#: The starter keeps `.name` as `dot-name`: tools that pack a program tend to pass over hidden files.
_HIDDEN = "dot-"
_INDENT = "  "
_EXAMPLE_DATE = "2016-05-03"


class ScaffoldError(Exception):
    """Why nothing was made, in words for the person who asked for it."""


# --- A new archive ------------------------------------------------------------------------------------------


def init(directory: Path) -> list[str]:
    """Make a new archive with sample content in `directory`, which may not exist yet or be empty.

    Returns the files made, sorted, relative to `directory` and with `/` between their parts. Raises
    ScaffoldError where something lies in the way, OSError where the files cannot be written.
    """
    hint = "name a folder that does not exist yet, or an empty one"
    if directory.exists() and not directory.is_dir():
        raise ScaffoldError(f"{directory} is a file; {hint}")
    if directory.is_dir() and any(directory.iterdir()):
        raise ScaffoldError(f"{directory} is not empty; {hint}")
    files = {**_copied(), **_schemas()}
    for name, data in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return sorted(files)


def _copied() -> dict[str, bytes]:
    files = {}
    for path in _STARTER.rglob("*"):
        if path.is_file():
            name = re.sub(rf"^{_HIDDEN}", ".", path.relative_to(_STARTER).as_posix())
            files[name] = path.read_bytes()
    distribution, version = _provider()
    wanted = files["requirements.txt"].decode()
    wanted = wanted.replace("{{distribution}}", distribution).replace("{{version}}", version)
    return {**files, "requirements.txt": wanted.encode()}


def _provider() -> tuple[str, str]:
    """The distribution that this program was installed from, and its version.

    It is the one whose command runs this package: true of an editable installation too, which lists no files.
    """
    for command in importlib.metadata.entry_points(group="console_scripts"):
        if command.dist and command.module.partition(".")[0] == __package__:
            return command.dist.name, command.dist.version
    return "site-builder", __version__


def _schemas() -> dict[str, bytes]:
    """The schemas that `.vscode/settings.json` names, for the languages of the starter."""
    from site_builder.reading.document import read_settings

    config = read_settings((_STARTER / "content" / "site.yaml").read_bytes(), "site.yaml").value
    schemas = {name: schema(name, config.languages) for name in ("site", *model.AUTHORITY_KINDS)}
    return {
        f".schemas/{name}.json": (json.dumps(of, ensure_ascii=False, indent=2) + "\n").encode()
        for name, of in schemas.items()
    }


# --- A new file ---------------------------------------------------------------------------------------------


class _Words(NamedTuple):
    """What stands in a new file until an editor writes something better."""

    names: Mapping[Kind, str]
    summary: str
    text: str


_WORDS = {
    "en": _Words(
        {
            "article": "Title of the record",
            "page": "Title of the page",
            "person": "Name of the person",
            "organization": "Name of the organisation",
            "place": "Name of the place",
            "topic": "Name of the topic",
            "event": "Name of the event",
        },
        "What the record is about, in one or two sentences.",
        "Write the text here.",
    ),
    "ar": _Words(
        {
            "article": "عنوان السجل",
            "page": "عنوان الصفحة",
            "person": "اسم الشخص",
            "organization": "اسم الجهة",
            "place": "اسم المكان",
            "topic": "اسم الموضوع",
            "event": "اسم الحدث",
        },
        "ما يتناوله السجل، في جملة أو جملتين.",
        "اكتب النص هنا.",
    ),
}


def new(kind: str, id_: str, content: Path, languages: Sequence[str], today: datetime.date) -> list[Path]:
    """Start an article or a page, as a draft in each of `languages`, or an authority record.

    `content` is the archive's folder. `languages` are those of the site, at least one; an article keeps what
    they share in the first. A new file passes `check` as it is. Returns the files made. Raises ScaffoldError
    for an unknown kind, an impossible id and a file that exists already (then none is made), OSError where a file
    cannot be written.
    """
    if kind not in FOLDERS:
        hint = did_you_mean(kind, FOLDERS) or "the kinds are: " + ", ".join(FOLDERS)
        raise ScaffoldError(f"there is no kind “{kind}”; {hint}")
    if not model.ID.fullmatch(id_):
        raise ScaffoldError(f"“{id_}” cannot be an id: ids are {model.ID_RULE}; {_suggestion(id_)}")
    folder = content / FOLDERS[kind]
    if kind in ("article", "page"):
        files = {folder / id_ / f"index.{code}.md": _text(kind, code, languages, today) for code in languages}
        taken = [*files, *(folder / f"{id_}.{code}.md" for code in languages)]
    else:
        files = {folder / f"{id_}.yaml": _record(kind, id_, languages, today)}
        taken = [*files]
    for path in taken:
        if path.exists() or path.is_symlink():
            raise ScaffoldError(f"{path} exists already; choose another id, or edit that file")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return [*files]


def _suggestion(written: str) -> str:
    """How to write an id like this one."""
    slug = model.id_like(written)
    return f"write {slug}" if slug else "write it in Latin letters, for example geneva-talks"


def _words(language: str) -> _Words:
    return _WORDS.get(primary(language), _WORDS["en"])


_LEGEND = "# To use a key that begins with #, delete the # before it and before the lines that belong to it."


def _text(kind: Kind, language: str, languages: Sequence[str], today: datetime.date) -> str:
    """The front matter and the text of an article or a page in one language."""
    words, first = _words(language), languages[0]
    values = {"title": [f"title: {words.names[kind]}"], "draft": ["draft: true"]}
    if kind == "article":
        values |= {"summary": [f"summary: {words.summary}"], "date": [f"date: {today.isoformat()}"]}
    fields = [field for field in fields_of(MODELS[kind]) if language == first or not field.shared]
    head = [_LEGEND]
    if len(fields) < len(fields_of(MODELS[kind])):
        head.append(f"# What the languages share (date, source and ids) stands in index.{first}.md.")
    return "\n".join(["---", *head, *_keys(fields, values, languages), "---", words.text, ""])


def _record(kind: Kind, id_: str, languages: Sequence[str], today: datetime.date) -> str:
    """An authority record. Its name holds the id, because no two records of a kind may have one name."""
    names = [f"{_INDENT}{code}: {_words(code).names[kind]} ({id_})" for code in languages]
    values = {"name": ["name:", *names]}
    if kind == "event":
        values["date"] = [f"date: {today.isoformat()}"]
    text = "\n".join([_LEGEND, *_keys(fields_of(MODELS[kind]), values, languages), ""])
    # An event that an editor switches `end` on for must not end before it begins.
    return text.replace(_EXAMPLE_DATE, today.isoformat())


def _keys(fields: Iterable[Field], values: Mapping[str, list[str]], languages: Sequence[str]) -> list[str]:
    """Every key below a comment on it: with its lines in `values`, or switched off and with an example."""
    lines = []
    for field in fields:
        off = ["#" + line for line in _keyed(field.key, field.type, languages)]
        lines += ["", f"# {_comment(field)}", *values.get(field.key, off)]
    return lines


def _comment(field: Field) -> str:
    doc = f"{field.doc} Required." if field.required else field.doc
    return f"{doc} One of: {', '.join(field.type.words)}." if isinstance(field.type, model.Choice) else doc


def _keyed(key: str, type_: FieldType, languages: Sequence[str], note: str = "") -> list[str]:
    """A key with an example of its value, as lines of YAML. `note` becomes a comment behind it."""
    first, *rest = _example(type_, languages)
    if isinstance(type_, model.Group | model.List | model.PerLanguage | model.PerName):
        return [f"{key}:{note}", *(_INDENT + line for line in (first, *rest))]
    return [f"{key}: {first}{note}"]


def _example(type_: FieldType, languages: Sequence[str]) -> list[str]:
    """A value of the type as lines of YAML."""
    match type_:
        case model.Group(of):
            return [
                line
                for field in fields_of(of)
                for line in _keyed(field.key, field.type, languages, f"  # {_comment(field)}")
            ]
        case model.List(of):
            first, *rest = _example(of, languages)
            return [f"- {first}", *(_INDENT + line for line in rest)]
        case model.PerLanguage(of):
            return [line for code in languages for line in _keyed(code, of, languages)]
        case model.Either(scalar, _):
            return _example(scalar, languages)
        case model.PerName():
            return ["Kerry: record-id", "May: none"]
        case model.Pattern(_, example):
            return [example]
        case model.Number(least, _):
            return [f"{max(least, 0):g}"]
        case model.Choice(words):
            return [words[0]]
        case model.Flag():
            return ["true"]
        case model.Date():
            return [_EXAMPLE_DATE]
        case model.Url():
            return ["https://example.org/page"]
        case model.Reference(kind) | model.NameOrReference(kind):
            return [f"{kind or 'record'}-id"]
        case model.LanguageTag():
            return [languages[0]]
        case model.File():
            return ["picture.jpg"]
        case model.Text():
            return ["..."]
