"""The development set: records, texts with marked mentions, and sentences with traps. See the files beside this one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from site_builder.linking import Entity, Vocabulary
from site_builder.text import analysis
from site_builder.text.analysis import bare

HERE = Path(__file__).parent
_MARKED = re.compile(r"\{([^{}|]*)\|([^{}@]*)(?:@(\d+))?\}")


class Gold(NamedTuple):
    start: int
    end: int
    entity: str


class Sample(NamedTuple):
    """A text with what is meant in it (`gold`) and spans that are nobody (`traps`)."""

    language: str
    text: str
    gold: tuple[Gold, ...]
    traps: tuple[tuple[int, int], ...]


#: The parts of the set, and the first part for which each file of records counts.
PARTS = tuple(range(1, 30))
_RECORDS = {"records.txt": 1, "records-2.txt": 5, "records-3.txt": 7, "records-4.txt": 9, "records-5.txt": 20}


def entities(part: int = 1) -> list[Entity]:
    """The records that a part of the set is for."""
    return [entity for name, first in _RECORDS.items() if part >= first for entity in _records(HERE / name)]


def _records(path: Path) -> list[Entity]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        kind, id_, arabic, english, *rest = [part.strip() for part in line.split("|")]
        names = tuple(tuple(name.strip() for name in group.split(";")) for group in (arabic, english))
        titles = tuple(title.strip() for title in rest[0].split(";") if title.strip()) if rest else ()
        found.append(Entity(kind, id_, names, titles, titles))  # type: ignore[arg-type]
    return found


def sample(language: str, marked: str) -> Sample:
    text, gold, traps = "", [], []
    done = 0
    for match in _MARKED.finditer(marked):
        text += marked[done : match.start()]
        start = len(text) + int(match[3] or 0)
        text += match[1]
        if match[2] == "!":
            traps.append((start, len(text)))
        else:
            gold.append(Gold(start, len(text), match[2]))
        done = match.end()
    return Sample(language, text + marked[done:], tuple(gold), tuple(traps))


def texts(part: int) -> list[Sample]:
    """The texts of a part; the last has none."""
    path = HERE / f"texts-{part}.txt"
    return [sample(*block) for block in _blocks(path)] if path.exists() else []


#: Which sentences with traps belong to which part: a file, and every other of its lines from which.
_TRAPS = {
    1: ("traps.txt", 0, 2),
    2: ("traps.txt", 1, 2),
    3: ("traps-2.txt", 0, 1),
    5: ("traps-3.txt", 0, 1),
    6: ("traps-4.txt", 0, 1),
    7: ("traps-5.txt", 0, 1),
    8: ("traps-6.txt", 0, 1),
    9: ("traps-7.txt", 0, 1),
    10: ("traps-8.txt", 0, 1),
    12: ("traps-9.txt", 0, 1),
    14: ("traps-10.txt", 0, 1),
    16: ("traps-11.txt", 0, 1),
    18: ("traps-12.txt", 0, 1),
    20: ("traps-13.txt", 0, 1),
    22: ("traps-14.txt", 0, 1),
    24: ("traps-15.txt", 0, 1),
    26: ("traps-16.txt", 0, 1),
    27: ("traps-17.txt", 0, 1),
    28: ("traps-18.txt", 0, 1),
    29: ("traps-19.txt", 0, 1),
}


def traps(part: int) -> list[Sample]:
    """The sentences with traps of a part."""
    if part not in _TRAPS:
        return []
    name, first, step = _TRAPS[part]
    return [
        sample(language, line)
        for language, block in _blocks(HERE / name)
        for line in block.strip().splitlines()[first::step]
    ]


def _blocks(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    parts = re.split(r"^== (\w+)\n", "\n".join(lines) + "\n", flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def listed_spellings(known: list[Entity]) -> set[str]:
    """What exact matching with folding finds: names as listed, and their last words."""
    found = set()
    for entity in known:
        for name in (name for group in entity.names for name in group):
            folded = [bare(word) for word in analysis.words_of(name)]
            found |= {" ".join(folded[start:]) for start in range(len(folded))}
    return found


def spelling(surface: str) -> str:
    return " ".join(bare(word) for word in analysis.words_of(surface))


def vocabulary(part: int = 1) -> Vocabulary:
    return Vocabulary(entities(part))
