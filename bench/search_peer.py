"""What the index and queries would cost with Pagefind, for the archive of bench/search.py.

python bench/search_peer.py [--pages N]      needs: pip install pagefind_bin==1.5.2

Pagefind is given what our index has: the terms of each record, one page a record, no stemmer of its own, and a letter
after each term that keeps it from being the beginning of another. For each query it is asked for the same
terms; what is found is then the same. The figures are those of fetching it, and ten records to show, on the slow
connection of bench/search.py, which has ours.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.search import DELAY, SPEED, index_alone, made_up, queries
from site_builder import pipeline, search
from site_builder.text import analysis
from tests.archives import write_archive
from tests.search.window import POLICY, Window

_ASK = """
const [terms, done] = arguments;
const begun = performance.now();
(async () => {
  if (!window.pagefind) {
    window.pagefind = await import("./pagefind/pagefind.js");
    // What a worker fetches would not be counted.
    await pagefind.options({ noWorker: true });
  }
  const answers = await Promise.all(terms.map((term) => pagefind.search(term)));
  const most = answers.reduce((one, two) => (one.results.length > two.results.length ? one : two));
  await Promise.all(most.results.slice(0, 10).map((result) => result.data()));
  done({ seconds: (performance.now() - begun) / 1000, found: { total: most.results.length } });
})().catch((fault) => done({ fault: String(fault) }));
"""
#: Ends each term, so that none is the beginning of another.
_END = "q"


def main(pages: int) -> None:
    from pagefind_bin import get_executable

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        content = write_archive(root, made_up(pages))
        _write(content, root / "pages")
        (root / "site").mkdir()
        output = root / "site" / "pagefind"
        command = [str(get_executable()), "--site", str(root / "pages"), "--output-path", str(output)]
        begun = time.perf_counter()
        process = os.posix_spawn(command[0], [*command, "--force-language", "und", "--quiet"], os.environ)
        _, status, usage = os.wait4(process, 0)
        assert status == 0
        cpu = usage.ru_utime + usage.ru_stime
        print(f"Pagefind: {time.perf_counter() - begun:.1f} s, {cpu:.1f} s of processor time", end=", ")
        print(f"{usage.ru_maxrss / 1e3:.0f} MB")
        files = [path for path in output.rglob("*") if path.is_file() and "ui" not in path.name]
        print(f"  {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
        with Window(root / "site", policy=POLICY.replace("script-src", "script-src 'wasm-unsafe-eval'")) as window:
            window.slow(SPEED, DELAY)
            costs = [window.counted(partial(_asked, window, _terms(query))) for query in queries()]
    print("  first query:", *costs[0])
    others = sorted(costs[1:], key=lambda cost: cost.bytes)
    print("  next, median:", *others[len(others) // 2])
    print("  next, most:", *others[-1])


def _asked(window: Window, terms: list[str]) -> dict[str, Any]:
    answer = dict(window.driver.execute_async_script(_ASK, terms))
    assert "fault" not in answer, answer
    return answer


def _terms(query: str) -> list[str]:
    words = list(analysis.words_of(query))
    return [stem + _END for word in words for stem in (analysis.stem(word), *analysis.alternatives(word))]


def _write(content: Path, output: Path) -> None:
    """A page for each record, with its terms: those that have places in order, and the others."""

    class Writing(search.Index):
        def add(self, record: search.Analysed) -> None:
            page = output / record.kind / f"{record.id}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(_page(record), "utf-8")
            super().add(record)

    search.Index = Writing  # type: ignore[misc]
    assert pipeline.build(index_alone(content, output.with_name("ours"), 2)).done


def _page(record: search.Analysed) -> str:
    placed: list[tuple[int, str]] = []
    others = []
    for term, places in zip(record.terms, record.places, strict=True):
        written = "".join(letter if letter.isalnum() else f"x{ord(letter):x}" for letter in term) + _END
        placed += [(place, written) for place in _places(places)]
        others += [] if places else [written]
    words = " ".join(written for _, written in sorted(placed))
    return (
        f"<html lang=und><title>{record.id}</title><body><main data-pagefind-body><p>{words}</p>"
        f'<p data-pagefind-weight="0.5">{" ".join(others)}</p></main>'
    )


def _places(data: bytes) -> Iterator[int]:
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    place = 0
    for step in numbers[1:]:
        place += step
        yield place


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    main(parser.parse_args().pages)
