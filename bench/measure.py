"""What a command costs: seconds, seconds of processor, memory of all its processes; and what a site weighs."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

#: Seconds between two looks at the memory of a process tree.
_LOOK = 0.02
#: The part of the time that a process may use when it only waits for something to happen.
_HARDLY = 0.3


class Cost(NamedTuple):
    """Seconds by the clock and of processor (with all children), and, where asked for, bytes at the worst moment."""

    wall: float
    cpu: float
    memory: int
    said: str


class CommandError(Exception):
    """A command ended with a status other than 0; what it printed is the message."""


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, memory: bool = False
) -> Cost:
    """Run a command in a folder. Watching the memory costs time: such a run is not one to time."""
    log = folder / "log.txt"
    around = {**os.environ, **(environment or {})}
    around.pop("PYTHONDONTWRITEBYTECODE", None)  # some systems set it; it makes Python compile all again at each start
    os.sync()  # what an earlier run left to be written is not this one's to wait for
    with log.open("wb") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=around, stdout=said, stderr=subprocess.STDOUT)
        watcher = _Watcher(process.pid) if memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = watcher.end() if watcher else 0
    text = log.read_text("utf-8", "replace")
    if process.returncode:
        raise CommandError(f"{' '.join(command)} ended with status {process.returncode}:\n{text[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak, text)


class _Watcher:
    """Looks at the memory of a process and its descendants, again and again, and keeps the largest sum."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            self._peak = max(self._peak, sum(map(_proportional, _tree(self._pid))))

    def end(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for path in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, path.read_text().split())
            except OSError:  # gone since
                continue
    return found


def _proportional(pid: int) -> int:
    """The bytes of a process, those shared with n others counted as an nth part (PSS)."""
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def settle(pid: int, quiet: float, most: float) -> None:
    """Wait until a process and its descendants have hardly worked for `quiet` seconds; at most for `most`."""
    last = time.monotonic() + most
    before = _worked(pid)
    while time.monotonic() < last:
        time.sleep(quiet)
        now = _worked(pid)
        if now - before < quiet * _HARDLY:
            return
        before = now


def _worked(pid: int) -> float:
    """Seconds of processor that a process and its descendants have used."""
    ticks = 0
    for one in _tree(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))  # user and system, its own and those of its children that have ended
    return ticks / os.sysconf("SC_CLK_TCK")


class Weight(NamedTuple):
    """What a built site weighs. Requests and bytes are those that the HTML of an article asks a browser to make."""

    files: int
    pages: int
    bytes: int
    page_bytes: float
    requests: int
    request_bytes: int


_ASKED = re.compile(r"""<(?:link\b[^>]*\brel="?(?:stylesheet|icon)|script\b[^>]*\bsrc|img\b)[^>]*>""")
_ADDRESS = re.compile(r"""\b(?:href|src)=(?:"([^"]*)"|([^\s>]+))""")


def weigh(site: Path, article: str) -> Weight:
    """Count the files of a site, and what its page `article` (a path below `site`) loads."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    page = site / article
    asked = {page}
    for tag in _ASKED.findall(page.read_text("utf-8")):
        if found := _ADDRESS.search(tag):
            address = found[1] or found[2]
            asked.add(site / address.lstrip("/") if address.startswith("/") else (page.parent / address).resolve())
    known = [path for path in asked if path.is_file()]
    return Weight(
        len(files),
        len(pages),
        sum(path.stat().st_size for path in files),
        median(pages) if pages else 0,
        len(asked),
        sum(path.stat().st_size for path in known),
    )
