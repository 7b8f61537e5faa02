"""How well names are found in the development set, and how fast.

python bench/linking.py [1|...|all|words|speed] [--errors] [--bare]; a number is a part of the set, --bare leaves
offices and descriptions out of the records.
"""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from site_builder.linking import Entity, Vocabulary, entity_keys, find, text_keys
from site_builder.text import wordlists
from tests.linking import development as dev


def score(halves: list[int], show: bool, bare_records: bool = False) -> None:
    known = dev.entities(max(halves))
    if bare_records:
        known = [entity._replace(titles=(), about=()) for entity in known]
    vocabulary = Vocabulary(known)
    kinds = {entity.id: entity.kind for entity in known}
    listed = dev.listed_spellings(known)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    unseen: Counter[str] = Counter()
    spellings: dict[str, bool] = {}
    for sample in [sample for half in halves for sample in dev.texts(half)]:
        links = find(sample.text, vocabulary)
        got = {(one.start, one.end, one.entity) for one in links.mentions}
        meant = set(sample.gold)
        for group, of in ((sample.language, None), *((kind, kind) for kind in sorted(set(kinds.values())))):
            for one in got | meant:
                if of is None or kinds[one[2]] == of:
                    result = "right" if one in got and one in meant else "false" if one in got else "missed"
                    counts[group][result] += 1
        for one in meant:
            spelled = dev.spelling(sample.text[one[0] : one[1]])
            if spelled not in listed:
                unseen["found" if one in got else "missed"] += 1
                spellings[spelled] = spellings.get(spelled, True) and one in got
        if show:
            reasons = {(one.start, one.end): one.reason for one in links.unresolved}
            for one in sorted(got ^ meant):
                sign = "+" if one in got else "-"
                around = sample.text[max(0, one[0] - 20) : one[1] + 20].replace("\n", " ")
                print(sign, sample.text[one[0] : one[1]], "|", one[2], "|", around, "|", reasons.get(one[:2], ""))
    for group in ("ar", "en"):
        counts["all"].update(counts[group])
    for group, count in counts.items():
        precision = count["right"] / max(1, count["right"] + count["false"])
        recall = count["right"] / max(1, count["right"] + count["missed"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        meant = count["right"] + count["missed"]
        print(f"{group:14} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({meant})")
    print(f"unlisted spellings: {unseen['found']} of {unseen.total()} mentions ({len(spellings)} spellings)")
    passed = total = 0
    for sample in [sample for half in halves for sample in dev.traps(half)]:
        links = find(sample.text, vocabulary)
        wrong = [
            one for one in links.mentions if any(one.start < end and start < one.end for start, end in sample.traps)
        ]
        missed = set(sample.gold) - {(one.start, one.end, one.entity) for one in links.mentions}
        total += 1
        passed += not wrong and not missed
        if show and (wrong or missed):
            print("trap:", sample.text.strip(), [one.surface for one in wrong], sorted(missed))
    print(f"traps: {passed} of {total}")


def dictionaries() -> dict[str, list[str]]:
    """The words of the machine's dictionaries, as far as it has any."""
    english = Path("/usr/share/dict/american-english")
    lines = english.read_text("utf-8").split() if english.exists() else []
    try:
        dump = subprocess.run(["aspell", "-l", "ar", "dump", "master"], capture_output=True, check=True)
        arabic = dump.stdout.decode("utf-8").split()
    except (OSError, subprocess.CalledProcessError):
        arabic = []
    return {"ar": arabic, "en": [word for word in lines if word.islower() and "'" not in word]}


def ordinary() -> None:
    """False names among dictionary words, each on a line of its own, in their capitals and with them."""
    vocabulary = dev.vocabulary()
    names = {
        word
        for entity in dev.entities()
        for group in entity.names
        for name in group
        for word in dev.spelling(name).split()
    }
    lists = dictionaries()
    lists["En"] = [word.capitalize() for word in lists["en"]]
    for name, words in lists.items():
        words = [word for word in words if dev.spelling(word) not in names]
        for label, context in (("alone", ""), ("all named", established())):
            found = []
            size = 200
            for start in range(0, len(words), size):
                text = context + " .\n\n" + " .\n\n".join(words[start : start + size])
                found += [one.surface for one in find(text, vocabulary).mentions if one.start >= len(context)]
            rate = len(found) / len(words) * 10_000
            print(
                f"{name} {label}: {len(found)} of {len(words)}, {rate:.2f} in 10,000 words: {sorted(set(found))[:20]}"
            )


def established() -> str:
    """A text in which every person is named in full."""
    return ". ".join(group[0] for entity in dev.entities() for group in entity.names)


#: A rough transliteration, enough for names that only have to be many.
_ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابكدهفغهيجكلمن بكرستوفوكيز".replace(" ", "و"), strict=True))


def invented(count: int) -> list[Entity]:
    """Records with a given name from the program's list and a capitalised word of a dictionary as a surname."""
    given = sorted(word for word in wordlists.words("given names") if word.isascii())
    rng = random.Random(5)
    path = Path("/usr/share/dict/american-english")
    lines = path.read_text("utf-8").split() if path.exists() else []
    pool = [word for word in lines if word.isascii() and word.isalpha() and word[0].isupper() and len(word) > 3]
    pool = pool or ["".join(rng.choices("abdefgiklmnorstuz", k=rng.randint(4, 9))).capitalize() for _ in range(9000)]
    found = []
    for number in range(count):
        name = f"{rng.choice(given).capitalize()} {rng.choice(pool)}"
        arabic = "".join(_ARABIC.get(letter, " ") for letter in name.lower())
        found.append(Entity("person", f"person-{number}", ((arabic,), (name,))))
    return found


def articles(language: str, words: list[str], size: int = 100_000) -> list[str]:
    """About `size` bytes of text: one sentence of the development set to five of common and rare ordinary words."""
    rng = random.Random(3)
    sentences = [
        part
        for number in dev.PARTS
        for sample in dev.texts(number)
        if sample.language == language
        for part in sample.text.split(". ")
    ]
    rng.shuffle(words)
    weights = [1 / (rank + 5) for rank in range(len(words))]
    found: list[str] = []
    while sum(len(text.encode()) for text in found) < size:
        parts = []
        for _ in range(4):
            parts.append(rng.choice(sentences))
            for _ in range(5 if words else 0):
                parts.append(" ".join(rng.choices(words, weights=weights, k=16)).capitalize())
        found.append(". ".join(parts))
    return found


def speed() -> None:
    """Microseconds per kilobyte with 5,000 records: the first time texts are met, and after that.

    A kilobyte is 1,000 bytes of UTF-8: some 80 Arabic words, some 110 English ones.
    """
    known = dev.entities(dev.PARTS[-1])
    known += invented(5000 - len(known))
    begun = time.process_time()
    vocabulary = Vocabulary(known)
    print(f"vocabulary of {len(known)} records: {time.process_time() - begun:.2f} s")
    gc.freeze()
    begun = time.process_time()
    keys = [entity_keys(entity) for entity in known]
    print(f"entity_keys of {len(known)} records: {time.process_time() - begun:.2f} s")
    for language, words in dictionaries().items():
        texts = articles(language, words)
        size = sum(len(text.encode()) for text in texts) / 1000
        first, *others = [passed(lambda one: find(one, vocabulary), texts) for _ in range(6)]
        each = min(passed(text_keys, texts) for _ in range(3))
        print(
            f"{language}: first pass {first / size * 1e6:.0f}, later {min(others) / size * 1e6:.0f}, "
            f"text_keys {each / size * 1e6:.0f} microseconds per kB of UTF-8 ({size:.0f} kB)"
        )
        shared = [sum(not one.firm.isdisjoint(of_text) for one in keys) for of_text in map(text_keys, texts[:10])]
        print(f"{language}: a text shares a key with {sum(shared) / len(shared):.0f} of {len(known)} records")


def passed(work: Callable[[str], object], texts: list[str]) -> float:
    begun = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - begun


if __name__ == "__main__":
    asked = sys.argv[1:] or ["all"]
    if "speed" not in asked and "words" not in asked:
        chosen = [part for part in dev.PARTS if "all" in asked or str(part) in asked]
        groups = ((1, 4), (5, 6), (7, 8), (9, 19), (20, dev.PARTS[-1]))
        for parts in ([part for part in chosen if first <= part <= last] for first, last in groups):
            if parts:
                print("parts", *parts)
                score(parts, "--errors" in asked, "--bare" in asked)
    if "all" in asked or "words" in asked:
        ordinary()
    if "all" in asked or "speed" in asked:
        speed()
