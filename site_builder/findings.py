"""What `annotate` prints: as JSON for programs, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.annotate import Added, Annotated, positions
from site_builder.model import FOLDERS
from site_builder.proposals import Proposal, gather, propose

#: What was found, by the name of the file as given.
Found = Mapping[str, Annotated]


def one_as_json(found: Annotated) -> dict[str, Any]:
    """What was found in one text: mentions, unresolved names, proposals."""
    return _as_json(found, propose(found.prose, found.links))


def several_as_json(found: Found) -> dict[str, Any]:
    """What was found in several files, with the proposals over all of them."""
    proposed = {name: propose(one.prose, one.links) for name, one in found.items()}
    gathered = [
        {
            "name": one.name,
            "title": one.title,
            "count": one.times,
            "files": [{"path": path, "lines": lines} for path, lines in one.files],
        }
        for one in gather(proposed)
    ]
    files = [{"path": name, **_as_json(one, proposed[name])} for name, one in found.items()]
    return {"files": files, "proposals": gathered}


def _as_json(found: Annotated, proposals: Iterable[Proposal]) -> dict[str, Any]:
    return {
        "mentions": [one._asdict() for one in found.links.mentions],
        "unresolved": [one._asdict() for one in found.links.unresolved],
        "proposals": [{**one._asdict(), "count": one.times} for one in proposals],
    }


def added_as_json(added: Iterable[Added]) -> list[dict[str, Any]]:
    """What was written to which file."""
    return [{"path": path.as_posix(), "key": key, "ids": ids} for path, key, ids in added]


def found_as_lines(found: Found) -> Iterator[str]:
    """A line for each name: `file:line:column: surface = kind/id`, or why it is not decided; then the proposals."""
    for name, one in found.items():
        where = positions(one.text, name)
        said = [(m.start, f"{m.surface} = {FOLDERS[m.kind]}/{m.entity}") for m in one.links.mentions] + [
            (u.start, f"{u.surface} ? {', '.join(u.candidates)}: {u.reason}") for u in one.links.unresolved
        ]
        for start, words in sorted(said):
            yield f"{name}:{where.at(start).line}:{where.at(start).column}: {words}"
    for proposal in gather({name: propose(one.prose, one.links) for name, one in found.items()}):
        times = "once" if proposal.times == 1 else f"{proposal.times} times"
        places = ", ".join(f"{path}:{line}" for path, numbers in proposal.files for line in dict.fromkeys(numbers))
        yield f"no record: {proposal.name} ({proposal.title}), {times}: {places}"


def added_as_lines(found: Found, added: Iterable[Added]) -> Iterator[str]:
    """A line for each file: what was added to it; then how many names wait for a decision."""
    written: dict[str, list[str]] = {}
    for path, key, ids in added:
        written.setdefault(str(path), []).append(f"{key}: {', '.join(ids)}")
    for name in dict.fromkeys([*(str(Path(name)) for name in found), *written]):
        yield f"{name}: added {'; '.join(written[name])}" if name in written else f"{name}: nothing to add"
    for name, one in found.items():
        if count := len(one.links.unresolved):
            yield f"{name}: {count} not decided; site-builder annotate {name} says why"
