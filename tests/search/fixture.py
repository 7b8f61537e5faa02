"""The archives that search is tested on, and queries with the records that answer them: see queries.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from site_builder.model import FOLDERS
from tests.archives import write_archive

HERE = Path(__file__).parent
_LANGUAGES = ("ar", "en")
#: The sets of queries, and the archive that each is asked of.
SETS = {1: "records.txt", 2: "records.txt", 3: "records-3.txt"}


class Query(NamedTuple):
    """A query, the ids of the articles that answer it, and of those that do no harm among the results."""

    category: str
    text: str
    relevant: frozenset[str]
    acceptable: frozenset[str]

    def scores(self, ids: list[str]) -> tuple[float, float]:
        """Recall@5 and precision@5 of the first five results: what is found of the answers, of five or as many as
        there are, and what does no harm of what is shown."""
        recall = sum(id_ in self.relevant for id_ in ids) / min(5, len(self.relevant))
        return recall, sum(id_ in self.relevant | self.acceptable for id_ in ids) / len(ids) if ids else 0.0


def write(root: Path, name: str = SETS[1]) -> Path:
    """Write one of the archives below a folder; its content folder."""
    lines = [line for line in (HERE / name).read_text("utf-8").splitlines() if line and line[0] != "#"]
    kinds: dict[str, str] = {}
    files: dict[str, str] = {}
    for head, block in _blocks(lines):
        if head[0] == "@":
            kind, _, id_ = head[2:].partition("/")
            kinds[id_] = FOLDERS[kind]  # type: ignore[index]
            files[f"{FOLDERS[kind]}/{id_}.yaml"] = _record(block)  # type: ignore[index]
        else:
            id_, date, *about = head[2:].split()
            named: dict[str, list[str]] = {}
            for one in about:
                named.setdefault(kinds[one], []).append(one)
            for language, title, text in _texts(block):
                meta = {"title": title, "date": date, "summary": text.split(". ")[0].split("، ")[0], **named}
                files[f"articles/{id_}/index.{language}.md"] = f"---\n{_yaml(meta)}---\n{text}\n"
    return write_archive(root, files)


def queries(part: int) -> list[Query]:
    """The queries of one of the sets."""
    found = []
    category = ""
    name = "queries.txt" if part == 1 else f"queries-{part}.txt"
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            category = line.strip("[]")
        elif line and line[0] != "#":
            text, _, answers = line.partition(" | ")
            relevant, _, acceptable = answers.partition("~")
            text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
            found.append(Query(category, text, frozenset(relevant.split()), frozenset(acceptable.split())))
    return found


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    starts = [number for number, line in enumerate(lines) if line[:2] in ("@ ", "= ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start], lines[start + 1 : end]


def _record(block: list[str]) -> str:
    names = {line[:2]: [name.strip() for name in line[3:].split(";")] for line in block}
    values = {
        "name": {code: names[code][0] for code in _LANGUAGES},
        "aliases": {code: names[code][1:] for code in _LANGUAGES if names[code][1:]},
    }
    return _yaml({key: value for key, value in values.items() if value})


def _texts(block: list[str]) -> Iterator[tuple[str, str, str]]:
    starts = [number for number, line in enumerate(block) if line[:4] in ("ar: ", "en: ")]
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        yield block[start][:2], block[start][4:], "\n".join(block[start + 1 : end])


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)
