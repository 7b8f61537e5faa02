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


def entities() -> list[Entity]:
    found = []
    for line in (HERE / "records.txt").read_text("utf-8").splitlines():
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


def texts(half: int) -> list[Sample]:
    return [sample(*block) for block in _blocks(HERE / f"texts-{half}.txt")]


def traps(half: int) -> list[Sample]:
    """Every other sentence of the first file (1 and 2), or the second file (3); none (4)."""
    if half == 4:
        return []
    if half == 3:
        return [
            sample(language, line) for language, block in _blocks(HERE / "traps-2.txt") for line in block.splitlines()
        ]
    found = []
    for language, block in _blocks(HERE / "traps.txt"):
        lines = block.strip().splitlines()
        found += [sample(language, line) for line in lines[half - 1 :: 2]]
    return found


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


def vocabulary() -> Vocabulary:
    return Vocabulary(entities())
