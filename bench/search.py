"""How well search finds, what a query costs, and what the index costs to build.

python bench/search.py quality            the fixture archives' queries through Chromium: recall@5, precision@5
python bench/search.py cost [--pages N]   a made-up archive of N pages: time and memory of the index, bytes, requests
                                          and time of a first and of further queries on a slow connection
python bench/search.py words              ordinary dictionary words that are taken for a person
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from site_builder import pipeline
from site_builder.text.analysis import bare, fold, words_of
from tests.archives import write_archive
from tests.search import fixture
from tests.search.window import Window

ROOT = Path(__file__).parents[1]
#: The connection that is measured on: bits a second, and milliseconds to and fro.
SPEED, DELAY = 1.6e6, 150


# --- Quality ---------------------------------------------------------------------------------------------------------


def quality(show: bool, parts: list[int]) -> None:
    """Recall@5 and precision@5 by category, and of each set of queries."""
    sums: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for archive in dict.fromkeys(fixture.SETS[part] for part in parts):
            root = Path(folder) / archive
            with Window(_built(fixture.write(root, archive), root / "site")) as window:
                for part in (part for part in parts if fixture.SETS[part] == archive):
                    for query in fixture.queries(part):
                        found = window.query(query.text, kind="article", limit=5)
                        ids = [result["id"] for result in found["results"]]
                        scores = query.scores(ids)
                        for group in (query.category, f"set {part}", "all"):
                            sums.setdefault(group, []).append(scores)
                        if show and min(scores) < 1:
                            print(f"{query.category}: {query.text}: {ids}, wanted {sorted(query.relevant)}")
    last = [f"set {part}" for part in parts] + ["all"]
    for group in [group for group in sums if group not in last] + last:
        recall, precision = (sum(values) / len(values) for values in zip(*sums[group], strict=True))
        print(f"{group:20} {len(sums[group]):4}  recall {recall:.3f}  precision {precision:.3f}")


# --- Cost ------------------------------------------------------------------------------------------------------------


def cost(pages: int, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        content = write_archive(root, made_up(pages))
        command = [sys.executable, __file__, "index", str(content), str(root / "site"), "--jobs", str(jobs)]
        subprocess.run(command, check=True)
        several = queries()
        several += ["John", "فيكتور", "Leyla", '"' + several[3] + '"', "zzberton"]
        with Window(root / "site") as window:
            window.slow(SPEED, DELAY)
            first = window.measured(several[0])
            others = [window.measured(query) for query in several[1:]]
    print("first query:", _said(first))
    others.sort(key=lambda one: one.bytes)
    print("next, median:", _said(others[len(others) // 2]))
    print("next, most:", _said(others[-1]))


def queries() -> list[str]:
    """Twelve queries of two words."""
    words = _words(random.Random(0))
    return [" ".join(next(words) for _ in range(2)) for _ in range(12)]


def _said(one: Any) -> str:
    return f"{one.bytes / 1000:.0f} kB, {one.requests} requests, {one.seconds:.2f} s, {one.found} records"


def index(content: Path, output: Path, jobs: int) -> None:
    """Make the index and hardly any page, in a process whose memory is then known."""
    watch = pipeline.Watch()
    cpu = _cpu()
    report = pipeline.build(index_alone(content, output, jobs), watch)
    assert report.done, report.problems[:3]
    seconds = dict(watch.timings)["search"]
    print(f"index: {seconds:.1f} s with {jobs} processes; {_cpu() - cpu:.1f} s of processor time with all reading")
    print(f"memory: {_peak():.0f} MB at most", end=", ")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"{children:.0f} MB in each further process")
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for path in output.glob("search/**/*.*"):
        kind = path.relative_to(output / "search").parts[0]
        size = path.stat().st_size
        sizes[kind] += size
        counts[kind] += 1
        most[kind] = max(most[kind], size)
    for kind, size in sizes.items():
        print(f"  {kind:12} {counts[kind]:6} files {size / 1000:9.0f} kB, {most[kind] / 1000:6.1f} kB at most")
    print(f"  in all       {sum(counts.values()):6} files {sum(sizes.values()) / 1e6:9.1f} MB")


def index_alone(content: Path, output: Path, jobs: int) -> pipeline.Options:
    """Options of a build that makes the index, but only one in thousands of the pages."""
    parts = 5000
    number = next(number for number in range(1, parts + 1) if pipeline.Shard(number, parts).has("search/"))
    return pipeline.Options(content=content, output=output, jobs=jobs, shard=pipeline.Shard(number, parts))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


_LETTERS = "بتجحدرسشصطعفقكلمنهوي"
_PATTERNS = "{}{}{} {}ا{}{} م{}{}و{} ت{}{}ي{} ا{}ت{}ا{} {}{}ا{}ة م{}ا{}{}ات ال{}{}{} ال{}{}ي{} و{}{}{}ت"
_SYLLABLES = "ba co di fe gu la mi no pra que ri sto ta ven wil ex ter ment al on er ship work land"


def _vocabulary(draw: random.Random, count: int, arabic: bool) -> list[str]:
    found: dict[str, None] = {}
    patterns, syllables = _PATTERNS.split(), _SYLLABLES.split()
    while len(found) < count:
        if arabic:
            word = draw.choice(patterns).format(*draw.sample(_LETTERS, 3))
            word = draw.choice(("", "", "", "و", "ب", "ل")) + word + draw.choice(("", "", "", "ين", "ها", "ية"))
        else:
            word = "".join(draw.choices(syllables, k=draw.randint(1, 4))) + draw.choice(("", "", "s", "ed", "ing"))
        found[word] = None
    return list(found)


class _Speech:
    """Words of a language, as unequally frequent as those of real texts (Zipf)."""

    def __init__(self, draw: random.Random, count: int, arabic: bool) -> None:
        self._draw, self.all = draw, _vocabulary(draw, count, arabic)
        self._weights = list(self._sums(count))

    @staticmethod
    def _sums(count: int) -> Iterator[float]:
        total = 0.0
        for rank in range(1, count + 1):
            total += 1 / (rank + 2.7)
            yield total

    def words(self, count: int) -> list[str]:
        return self._draw.choices(self.all, cum_weights=self._weights, k=count)


def _words(draw: random.Random) -> Iterator[str]:
    """Words to search for: neither the commonest nor the rarest."""
    arabic, english = _vocabulary(random.Random(1), 200_000, True), _vocabulary(random.Random(2), 80_000, False)
    while True:
        words = arabic if draw.random() < 0.75 else english
        yield words[min(len(words) - 1, int(40 * 1.5 ** draw.uniform(0, 12)))]


def made_up(pages: int) -> dict[str, str]:
    """Articles of about 330 words, three quarters of them Arabic, about people and topics that they name."""
    draw = random.Random(3)
    speech = {"ar": _Speech(draw, 200_000, True), "en": _Speech(draw, 80_000, False)}
    given = ("John", "Anna", "Karim", "Leila", "Victor", "Nadia"), ("جون", "آنا", "كريم", "ليلى", "فيكتور", "نادية")
    files: dict[str, str] = {}
    people: list[tuple[str, str]] = []
    count = max(20, pages // 40)
    surnames = zip(
        draw.sample(speech["ar"].all[5000:], count), draw.sample(speech["en"].all[5000:], count), strict=True
    )
    for number, surname in enumerate(surnames):
        name = f"{given[1][number % 6]} {surname[0]}", f"{given[0][number % 6]} {surname[1].capitalize()}"
        people.append(name)
        files[f"people/person-{number}.yaml"] = f"name:\n  ar: {name[0]}\n  en: {name[1]}\n"
    for number in range(20):
        names = speech["ar"].all[100 + number], speech["en"].all[100 + number]
        files[f"topics/topic-{number}.yaml"] = f"name:\n  ar: {names[0]}\n  en: {names[1].capitalize()}\n"
    for number in range(pages):
        code = "en" if number % 4 == 3 else "ar"
        about = draw.sample(range(len(people)), 3)
        words = speech[code].words(330)
        for one in about:
            words.insert(draw.randrange(len(words)), people[one][code == "en"])
        text = "\n\n".join(" ".join(words[start : start + 66]) + "." for start in range(0, len(words), 66))
        head = (
            f"title: {' '.join(speech[code].words(7))}\ndate: {1990 + number % 30}-0{number % 9 + 1}-11\n"
            f"summary: {' '.join(speech[code].words(16))}.\npeople: [{', '.join(f'person-{one}' for one in about)}]\n"
            f"topics: [topic-{number % 20}]\n"
        )
        files[f"articles/article-{number}/index.{code}.md"] = f"---\n{head}---\n{text}\n"
    return files


# --- Ordinary words --------------------------------------------------------------------------------------------------


def ordinary(every: int) -> None:
    """Dictionary words that are answered with a person, names of the archives' own people aside."""
    with tempfile.TemporaryDirectory() as folder:
        for content in (ROOT / "content", fixture.write(Path(folder))):
            site = _built(content, Path(folder) / "site")
            own = _own_names(content)
            with Window(site) as window:
                for name, words in _dictionaries().items():
                    asked = [word for word in words[::every] if fold(word) not in own]
                    taken = []
                    for start in range(0, len(asked), 200):
                        taken += window.people(asked[start : start + 200])
                    print(f"{name}: {len(taken)} of {len(asked)}", end=", ")
                    print(f"{len(taken) / len(asked) * 10_000:.2f} in 10,000: {taken}")


def _own_names(content: Path) -> set[str]:
    texts = (path.read_text("utf-8") for path in (content / "people").glob("*.yaml"))
    words = {word for text in texts for line in text.splitlines() for word in words_of(line)}
    return words | {bare(word) for word in words}


def _dictionaries() -> dict[str, list[str]]:
    found = {}
    english = Path("/usr/share/dict/american-english")
    if english.exists():
        found["en"] = [word for word in english.read_text("utf-8").split() if word.islower() and "'" not in word]
    if shutil.which("aspell"):
        dump = subprocess.run(["aspell", "-l", "ar", "dump", "master"], capture_output=True, check=True)
        found["ar"] = dump.stdout.decode("utf-8").split()
    return found


def _built(content: Path, output: Path) -> Path:
    report = pipeline.build(pipeline.Options(content=content, output=output))
    assert report.done, report.problems[:3]
    return output


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("quality")
    one.add_argument("--errors", action="store_true", help="say what is not found, and what should not be")
    one.add_argument("--sets", type=int, nargs="+", choices=fixture.SETS, default=list(fixture.SETS))
    one = commands.add_parser("cost")
    one.add_argument("--pages", type=int, default=2000)
    one.add_argument("--jobs", type=int, default=2)
    one = commands.add_parser("index")
    one.add_argument("content", type=Path)
    one.add_argument("output", type=Path)
    one.add_argument("--jobs", type=int, default=2)
    commands.add_parser("words").add_argument("--every", type=int, default=1, help="ask one word in so many")
    asked = parser.parse_args()
    if asked.command == "quality":
        quality(asked.errors, asked.sets)
    elif asked.command == "cost":
        cost(asked.pages, asked.jobs)
    elif asked.command == "index":
        index(asked.content, asked.output, asked.jobs)
    else:
        ordinary(asked.every)
