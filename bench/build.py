"""Builds measured beside other generators, in turn, on one archive of made-up texts.

python bench/build.py [--articles 1000 10000] [--rounds 3] [--peers DIR] [--only NAME ...] [--step NAME ...]

Each round takes every step with every generator, one after the other: a build from nothing (the old site and all
caches moved aside), one with nothing changed, with one article's text edited, with one person renamed, with a template
changed. One more round, not timed, measures memory. After each step the new bytes are looked for in the site.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

import corpus
import measure
import peers
from corpus import Archive

ROOT = Path(__file__).parents[1]
STEPS = ("cold", "nothing", "edit", "rename", "template")
OURS, MEASURE = "site-builder", "hugo"
#: What a change of the template changes.
_EDITION = re.compile(r'(<meta name="edition" content=")[^"]*')


class Generator(NamedTuple):
    """How to run a generator in a folder that holds its `files`. The site comes to be in the folder `site`."""

    name: str
    files: Callable[[Archive], Iterator[tuple[str, str]]]
    template: str
    caches: tuple[str, ...]
    command: Callable[[str], Sequence[str]]
    environment: Mapping[str, str] = {}


def ours(options: Sequence[str]) -> Generator:
    """This project, as the Python that runs this script has it."""

    def files(made: Archive) -> Iterator[tuple[str, str]]:
        base = (ROOT / "templates" / "base.html").read_text("utf-8")
        yield "templates/base.html", base.replace("<head>", f"<head>\n{peers.EDITION}")
        yield from ((f"content/{path}", text) for path, text in corpus.content(made))

    command = [sys.executable, "-m", "site_builder", "build", "--content", "content", "--output", "site"]
    command += ["--cache", "cache", "--timings", *options]
    return Generator(OURS, files, "templates/base.html", ("cache",), lambda _: command, {"PYTHONPATH": str(ROOT)})


def others(folder: Path, feeds: bool) -> list[Generator]:
    """The generators installed in a virtual environment."""
    bin_ = folder / "bin"
    if not bin_.is_dir():
        return []
    hugo = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    #: With --dirty MkDocs takes for new what was written since; after a change of its theme it must do all.
    partly = {"nothing": ["--dirty"], "edit": ["--dirty"], "rename": ["--dirty"]}
    return [
        Generator(
            "hugo",
            lambda made: peers.hugo(made, feeds),
            peers.HUGO_TEMPLATE,
            ("resources", "cache"),
            lambda _: [str(hugo), "--quiet", "--cacheDir", str(Path(tempfile.gettempdir()) / "hugo-cache")],
        ),
        Generator(
            "mkdocs",
            peers.mkdocs,
            peers.MKDOCS_TEMPLATE,
            (),
            lambda step: [str(bin_ / "mkdocs"), "build", "--quiet", *partly.get(step, ["--clean"])],
        ),
        Generator(
            "zensical",
            peers.zensical,
            peers.MKDOCS_TEMPLATE,
            (".cache",),
            lambda _: [str(bin_ / "zensical"), "build"],
        ),
        Generator(
            "pelican",
            peers.pelican,
            peers.PELICAN_TEMPLATE,
            ("cache",),
            lambda _: [str(bin_ / "pelican"), "--quiet", "--settings", "pelicanconf.py"],
        ),
    ]


def install(folder: Path) -> None:
    """Make a virtual environment with the other generators, unless it is there."""
    requirements, installed = ROOT / "bench" / "requirements.txt", folder / "installed.txt"
    if installed.exists() and installed.read_text() == requirements.read_text():
        return
    venv.create(folder, with_pip=True, clear=True)
    measure.run([str(folder / "bin/pip"), "install", "--quiet", "--requirement", str(requirements)], folder)
    shutil.copy(requirements, installed)


class Shop:
    """One generator's folder, and the archive as it stands there."""

    def __init__(self, generator: Generator, root: Path, aside: Path, made: Archive) -> None:
        self.generator, self.root, self._aside, self.made = generator, root, aside, made
        self._edition = self._moved = 0
        self._write()

    def _write(self) -> None:
        corpus.write(self.root, self.generator.files(self.made))
        if self._edition:
            self._change_template()

    def _change_template(self) -> None:
        path = self.root / self.generator.template
        path.write_text(_EDITION.sub(rf"\g<1>{self._edition}", path.read_text("utf-8")), "utf-8")

    def prepare(self, step: str, number: int) -> tuple[str, str]:
        """Make the change that a step is about. Returns a page, and text that the site then has on it."""
        article = self.made.articles[0]
        page = f"en/articles/{article.slug}/index.html"
        if step == "cold":
            self._move_aside("site", *self.generator.caches)
        elif step == "edit":
            self.made, article = self.made.edited(number)
            self._write()
            return f"en/articles/{article.slug}/index.html", article.added
        elif step == "rename":
            self.made, person = self.made.renamed(number)
            self._write()
            return page, person.name["en"]
        elif step == "template":
            self._edition = number + 1
            self._change_template()
            return page, f'content="{self._edition}"'
        return page, article.title["en"]

    def _move_aside(self, *names: str) -> None:
        """Deleting a tree keeps the disk busy for long after; moving it does not."""
        for name in names:
            if (self.root / name).exists():
                self._moved += 1
                (self.root / name).rename(self._aside / f"{self.generator.name}-{self._moved}")

    def take(self, step: str, number: int, memory: bool) -> measure.Cost:
        """Take a step and see that the site shows it."""
        page, expected = self.prepare(step, number)
        generator = self.generator
        cost = measure.run(generator.command(step), self.root, generator.environment, memory)
        if expected not in (self.root / "site" / page).read_text("utf-8"):
            raise SystemExit(f"{generator.name}, {step}: {page} does not show {expected!r}")
        return cost


class Results(NamedTuple):
    """What a run at one size gave: by generator and step the costs of the timed rounds, and the bytes of memory."""

    articles: int
    costs: Mapping[tuple[str, str], list[measure.Cost]]
    memory: Mapping[tuple[str, str], int]
    weights: Mapping[str, measure.Weight]


def compare(asked: argparse.Namespace, articles: int, work: Path) -> Results:
    made = corpus.archive(articles, asked.seed)
    aside = work / "aside"
    aside.mkdir(parents=True)
    generators = [ours(asked.options)]
    first = Shop(generators[0], work / OURS, aside, made)
    first.take("cold", 0, False)  # warms the disk's cache and Python's compiled files for all that follow
    feeds = any((work / OURS / "site").rglob("feed.xml"))
    generators += others(asked.peers, feeds)
    chosen = [one for one in generators if not asked.only or one.name in asked.only]
    shops = [first if one.name == OURS else Shop(one, work / one.name, aside, made) for one in chosen]
    costs: dict[tuple[str, str], list[measure.Cost]] = defaultdict(list)
    memory = {}
    with contextlib.suppress(KeyboardInterrupt):  # what there is by then is shown
        for number in range(asked.rounds + 1):
            watched = number == asked.rounds
            for step, shop in itertools.product(asked.step, shops):
                cost = shop.take(step, number, watched)
                name = (shop.generator.name, step)
                if watched:
                    memory[name] = cost.memory
                else:
                    costs[name].append(cost)
                print(
                    f"{articles} {step} {name[0]} {cost.wall:.2f} ({cost.cpu:.2f} of CPU)", file=sys.stderr, flush=True
                )
    page = f"en/articles/{made.articles[-1].slug}/index.html"
    weights = {shop.generator.name: measure.weigh(shop.root / "site", page) for shop in shops}
    return Results(articles, costs, memory, weights)


# --- Said ------------------------------------------------------------------------------------------------------------


def show(results: Results, steps: Sequence[str]) -> None:
    """Print tables in Markdown."""
    print(f"\n### {results.articles:,} articles\n")
    print(f"{os.cpu_count()} cores; load {os.getloadavg()[2]:.1f} in the last quarter of an hour.\n")
    print("| step | generator | seconds | of CPU | memory, MB | seconds to Hugo’s | CPU | memory |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for step in steps:
        for name in results.weights:
            costs = results.costs.get((name, step), [])
            wall = f"{median(one.wall for one in costs):.2f}" if costs else ""
            cpu = f"{median(one.cpu for one in costs):.2f}" if costs else ""
            memory = results.memory.get((name, step), 0)
            # A template changed means every page again: as much as Hugo's build from nothing.
            like = results.costs.get((MEASURE, "cold" if step == "template" else step), [])
            ratio = f"{_ratio(costs, like, 'wall'):.2f}" if costs and like else ""
            work = f"{_ratio(costs, like, 'cpu'):.2f}" if costs and like else ""
            hugos = results.memory.get((MEASURE, step), 0)
            space = f"{memory / hugos:.2f}" if hugos else ""
            print(f"| {step} | {name} | {wall} | {cpu} | {memory / 1e6:.0f} | {ratio} | {work} | {space} |")
    print("\n| | files | pages | MB | bytes a page | requests of an article | their bytes |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, weight in results.weights.items():
        print(
            f"| {name} | {weight.files} | {weight.pages} | {weight.bytes / 1e6:.1f} | {weight.page_bytes:.0f}"
            f" | {weight.requests} | {weight.request_bytes} |"
        )
    _show_stages(results, steps)


def _ratio(costs: Sequence[measure.Cost], like: Sequence[measure.Cost], of: Literal["wall", "cpu"]) -> float:
    """The median of the ratios within each round."""
    return median(getattr(one, of) / getattr(other, of) for one, other in zip(costs, like, strict=False))


def _show_stages(results: Results, steps: Sequence[str]) -> None:
    """The stages that our own build reports, in seconds."""
    stages: dict[str, dict[str, float]] = defaultdict(dict)
    for step in steps:
        found: dict[str, list[float]] = defaultdict(list)
        for cost in results.costs.get((OURS, step), []):
            for name, seconds in re.findall(r"^ *(\w+) +([0-9.]+) s$", cost.said, re.MULTILINE):
                found[name].append(float(seconds))
        for name, times in found.items():
            stages[name][step] = median(times)
    if stages:
        print(f"\n| stage of {OURS} | {' | '.join(steps)} |\n|---|{'---:|' * len(steps)}")
    for name, by_step in stages.items():
        print(f"| {name} | {' | '.join(f'{by_step.get(step, 0):.3f}' for step in steps)} |")


def show_growth(all_results: Sequence[Results]) -> None:
    """How the time of a page, built from nothing, grows with the archive."""
    first, *more = (one for one in all_results if one.costs)
    print(
        "\n| time a page, from nothing | ms at",
        f"{first.articles:,} | " + "".join(f"at {one.articles:,} | " for one in more),
    )
    print("|---|---:|" + "---:|" * len(more))
    for name in first.weights:
        each = [
            median(cost.wall for cost in one.costs[name, "cold"]) / one.weights[name].pages * 1000
            for one in (first, *more)
            if name in one.weights
        ]
        print(f"| {name} | {each[0]:.3f} | " + "".join(f"{time:.3f} (×{time / each[0]:.2f}) | " for time in each[1:]))


def _as_json(results: Results) -> object:
    return {
        "articles": results.articles,
        "seconds": {" ".join(key): [one.wall for one in costs] for key, costs in results.costs.items()},
        "cpu": {" ".join(key): [one.cpu for one in costs] for key, costs in results.costs.items()},
        "memory": {" ".join(key): value for key, value in results.memory.items()},
        "weights": {name: weight._asdict() for name, weight in results.weights.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--rounds", type=int, default=3, help="timed rounds; 0 measures memory alone")
    parser.add_argument("--step", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="generators to run (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", type=Path, default=ROOT / ".bench", help="the virtual environment of the others")
    parser.add_argument("--install", action="store_true", help="make that environment first, if it is not there")
    parser.add_argument("--work", type=Path, help="where to build (default: a temporary folder, deleted at the end)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured there too")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if asked.install:
        install(asked.peers)
    asked.peers = asked.peers.resolve()
    asked.options = ["--jobs", str(asked.jobs), *_without_search()]
    work = (asked.work or Path(tempfile.mkdtemp(prefix="bench-"))).resolve()
    all_results = []
    try:
        for articles in asked.articles:
            all_results.append(compare(asked, articles, work / str(articles)))
            show(all_results[-1], asked.step)
    finally:
        if not asked.work:
            shutil.rmtree(work)
    if len(all_results) > 1 and asked.rounds and "cold" in asked.step:
        show_growth(all_results)
    if asked.json:
        asked.json.write_text(json.dumps([_as_json(one) for one in all_results], indent=1))


def _without_search() -> list[str]:
    """The other generators make no search index."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "site_builder", "build", "--help"]
        said = measure.run(command, Path(folder), {"PYTHONPATH": str(ROOT)}).said
    return ["--no-search"] if "--no-search" in said else []


if __name__ == "__main__":
    main()
