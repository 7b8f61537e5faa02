"""Any sequence of changes, built step by step with a cache, gives what a build from nothing gives."""

from __future__ import annotations

import functools
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import jinja2
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from site_builder import cards, fonts, labels, pipeline
from site_builder.ledger import Ledger
from site_builder.output import MANIFEST
from tests import edits
from tests.edits import Archive, Disk, Step

#: Where files are never written to a disk, on systems that have such a folder.
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
#: Sequences in each test. With SEQUENCES set there are as many, and other ones at every run.
_ASKED = os.environ.get("SEQUENCES", "")
thorough = settings(
    max_examples=int(_ASKED or 60),
    derandomize=not _ASKED,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def sequences(*changes: str) -> st.SearchStrategy[list[Step]]:
    """Some steps, each of one of the changes, and now and then something that befalls the disk.

    Hypothesis draws a seed for each sequence and no more: what it draws step by step is the same too often.
    """
    return st.integers(0, 2**64 - 1).map(functools.partial(_steps, changes))


def _steps(changes: tuple[str, ...], seed: int) -> list[Step]:
    draw = random.Random(seed)
    choices = [*changes * 3, *edits.TO_DISK]
    return [
        Step(draw.choice(choices), draw.randrange(64), draw.randrange(256), draw.random() < 0.5)
        for _ in range(draw.randint(3, 7))
    ]


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Spare the builds what costs time and cannot differ: drawing, cutting fonts, working out one thing twice.

    Cards and fonts become files that say what they would have been made of.
    """

    def drawn(card: cards.Card) -> bytes:
        return repr(card).encode()

    def cut(face: fonts.WebFont) -> bytes:
        return repr(face).encode()

    compiled: dict[tuple[object, ...], object] = {}
    compile_ = jinja2.Environment.compile

    def compile_once(self: jinja2.Environment, *source: object, **more: object) -> object:
        key = (*source, *sorted(more.items()))
        if key not in compiled:
            compiled[key] = compile_(self, *source, **more)  # type: ignore[call-overload]
        return compiled[key]

    with (
        mock.patch.object(cards, "draw_card", drawn),
        mock.patch.object(fonts, "subset", cut),
        mock.patch.object(jinja2.Environment, "compile", compile_once),
        mock.patch.object(labels, "category", functools.cache(labels.category)),
        # So small an archive is kept in many parts too, and looked at as a whole now and then.
        mock.patch("site_builder.kept._ITEMS", 2),
        mock.patch("site_builder.understanding._EDITS", 3),
        mock.patch("site_builder.producing._MANY", 0),
    ):
        yield


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def follow(steps: list[Step]) -> None:
    """Take the steps; after each, build with the cache and without, and compare.

    Where that fails, it fails again with the fewest of the steps that do it.
    """
    try:
        _take(steps)
    except Exception:
        for number in range(len(steps)):
            fewer = [*steps[:number], *steps[number + 1 :]]
            if _fails(fewer):
                follow(fewer)
        print("The steps:", *steps, sep="\n    ")
        raise


def _fails(steps: list[Step]) -> bool:
    try:
        _take(steps)
    except Exception:
        return True
    return False


def _take(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        site = _Site(Path(folder), sum(step.which for step in steps) % 2 == 0)
        site.build(edits.begin(), Step("nothing"))
        made = edits.begin()
        for step in steps:
            edits.CHANGES[step.change](made, step.which, step.how)
            site.build(made, step)


class _Site:
    """An archive on the disk, its cache, and its site as the last good build left it.

    With `at_hand`, all builds are those of one process that keeps what it knows, is told what changes, and shows some
    pages before the others, as the preview is and does.
    """

    def __init__(self, root: Path, at_hand: bool) -> None:
        self.root, self.output, self.cache = root, root / "site", root / "cache"
        self._ledger = Ledger(root / "archive" / "content", self.output) if at_hand else None
        self._disk = Disk(root / "archive")
        self._done = False

    def build(self, made: Archive, step: Step) -> None:
        """Put the archive on the disk, and see that its two builds agree."""
        was = self._archive()
        self._disk.show(made, step.keeps_time)
        self._harm(step)
        now = self._archive()
        told = self._ledger is not None and self._done and step.change != "spoil output"
        changed = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)} if told else None
        before, states = tree(self.output), self._states()
        shown = frozenset(sorted(before)[step.which % 4 :: 4] if self._ledger else ())
        watch = pipeline.Watch(looked_at=lambda: shown)
        kept = pipeline.build(self._options(made, self.output, self.cache), watch, self._ledger, changed)
        self._done = kept.done
        fresh = pipeline.build(self._options(made, self.root / "fresh", None))
        after, expected = tree(self.output), tree(self.root / "fresh")
        shutil.rmtree(self.root / "fresh", ignore_errors=True)
        assert kept.done == fresh.done
        assert kept.problems == fresh.problems
        if not kept.done:
            assert kept.problems
            assert {path for path in before | after if before.get(path) != after.get(path)} <= shown | {MANIFEST}
            assert not expected
            return
        assert sorted(after) == sorted(expected)
        assert [path for path in after if after[path] != expected[path]] == []
        other = {path for path in after if before.get(path) != after[path]}
        found = self._states()
        assert [path for path in after if path not in other and found[path] != states[path]] == []
        # Where the cache proves to be damaged after some pages were shown, a build begins anew, and counts anew.
        assert len(other - shown - {MANIFEST}) <= kept.change.written <= len(other - {MANIFEST})
        assert shown or kept.change.written == len(other - {MANIFEST})
        assert kept.change.written + kept.change.unchanged == len(after) - 1

    def _options(self, made: Archive, output: Path, cache: Path | None) -> pipeline.Options:
        archive = self.root / "archive"
        return pipeline.Options(
            content=archive / "content", output=output, cache=cache, drafts=made.drafts, base_url=made.base_url
        )

    def _archive(self) -> dict[str, bytes]:
        """Every file and folder of the archive, with the bytes of files."""
        found = (self.root / "archive").resolve().rglob("*")
        return {str(path): path.read_bytes() if path.is_file() else b"" for path in found}

    def _states(self) -> dict[str, tuple[int, int]]:
        """What tells whether a file was written again: it would be another one, or have another time."""
        found = ((path, path.stat()) for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): (stat.st_ino, stat.st_mtime_ns) for path, stat in found}

    def _harm(self, step: Step) -> None:
        """What befalls the disk between two builds."""
        if step.change == "old time":
            self._disk.set_times(10**18 + step.how)
        elif step.change == "future time":
            self._disk.set_times(4 * 10**18 + step.how)
        elif step.change == "lose cache":
            shutil.rmtree(self.cache, ignore_errors=True)
        elif step.change == "spoil cache":
            self._spoil(self.cache, step)
        elif step.change == "spoil output":
            self._spoil(self.output, step)

    def _spoil(self, folder: Path, step: Step) -> None:
        """Cut a file short, add to it, or delete it. The list of files written is a file like others."""
        files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
        if not files:
            return
        file = files[step.which * 31 % len(files)]
        if step.how % 3 == 0:
            file.unlink()
        elif step.how % 3 == 1:
            file.write_bytes(file.read_bytes()[: step.how])
        else:
            file.write_bytes(file.read_bytes() + b"more")
