"""Keys by which names and texts meet.

A name can only be found in a text through a key that both have, so keys say which records matter to which texts.
There are three sorts of key:

- `=word`: a name of one word, as listed (folded).
- `~skeleton`: a name of one word in a slightly different spelling. A skeleton is the word's consonants, of which those
  that spellings exchange most often are made the same.
- `near>coarse` and `near<coarse`: two words of a name, one after the other. One of them has to be nearly as listed
  (its skeleton), the other may differ more: only its first consonant and its liquids and nasals (r, l, m, n) count,
  and those only roughly. `>` where the word nearly as listed comes first.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.linking.entities import Entity
from site_builder.linking.forms import ABD, DROPPED, Form, forms_of
from site_builder.text.analysis import Words, bare, consonants, is_arabic, latin_sounds, readings, sounds, words_in
from site_builder.text.wordlists import exactly

# --- Skeletons --------------------------------------------------------------------------------------------------------

_SKELETON = str.maketrans(
    {
        **dict(zip("بتثجحخدذرزسشصضطظعغفقكلمن", "bttk\0xddrzsSsdtz\0kfkklmn", strict=True)),
        **dict.fromkeys("اهويء", ""),
        **dict.fromkeys("aeiouhHy", ""),
        **{"T": "t", "D": "d", "j": "k", "g": "k", "q": "k", "v": "f", "p": "b"},
    }
)
_SAME = re.compile(r"([^\n])\1+")
_FIRM = re.compile("[^rlmn]")


def skeletons(folded: Sequence[str]) -> list[str]:
    """The skeletons of folded words: of many at once, which is much quicker than one by one."""
    together = "\n".join(folded)
    together = latin_sounds(together).replace("تش", "C").translate(_SKELETON).replace("\0", "")
    return _SAME.sub(r"\1", together).split("\n") if folded else []


@functools.lru_cache(maxsize=65536)
def coarse(bones: str) -> str:
    """What all spellings of a word have in common, from its skeleton; empty where that has no letter."""
    first = bones[:1]
    first = first if first in "rlmn" else "P" if first in "bf" else "K"
    return first + _SAME.sub(r"\1", _FIRM.sub("", bones))


# --- Words of a text --------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A way to read a word of a text: `cut` letters of particles left off, with its article and without.

    `near` is the half of a key that it gives when it is nearly as listed, `coarse` what it gives as the other half.
    """

    cut: int
    whole: str
    core: str
    bones: str
    near: str
    coarse: str


_seen: dict[str, tuple[Seen, ...]] = {}
#: As many words as may be kept in memory.
MOST_KEPT = 200_000


def seen(folded: Iterable[str]) -> dict[str, tuple[Seen, ...]]:
    """The ways to read each of these words (and perhaps of others); the first is the word without anything cut off."""
    if len(_seen) > MOST_KEPT:
        _seen.clear()
    fresh = [word for word in set(folded) if word not in _seen]
    if not fresh:
        return _seen
    ways = [readings(ABD.get(word, word)) for word in fresh]
    cores = [bare(way.word) for several in ways for way in several]
    rest = zip(cores, skeletons(cores), strict=True)
    for word, several in zip(fresh, ways, strict=True):
        found = []
        for cut, whole in several:
            core, bones = next(rest)
            found.append(Seen(cut, whole, core, bones, near(core, bones), coarse(bones)))
        _seen[word] = tuple(found)
    return _seen


def near(word: str, bones: str) -> str:
    """The half of a key that a word nearly as listed gives: its skeleton, or the word itself where that is short."""
    if len(bones) < 2:
        return "=" + word
    return bones if is_arabic(word) else "." + bones


def alone(word: str, bones: str) -> str:
    """The key of a name of one word in a slightly different spelling; empty where the word is too short for one."""
    return "~" + near(word, bones) if len(word) > 3 and len(bones) > 2 else ""


# --- Keys of names ----------------------------------------------------------------------------------------------------


def keys_of(form: Form) -> list[tuple[str, int]]:
    """The keys of a form, each with the place of the word, of those in the key, that comes first in the form."""
    if len(form.words) == 1:
        (word,) = form.words
        key = alone(word, skeletons(form.words)[0])
        loosely = key and not form.as_written and not form.acronym and len(word) > 4
        return [("=" + word, 0), (key, 0)] if loosely else [("=" + word, 0)]
    words = [bare(word) for word in form.words]
    bones = skeletons(words)
    pairs = _pairs(words)
    # The pair that says most.
    one, two = max(pairs, key=lambda pair: (min(len(bones[pair[0]]), 4) + min(len(bones[pair[1]]), 4), pair))
    first, second = near(words[one], bones[one]), near(words[two], bones[two])
    return [(f"{first}>{other}", one) for other in coarsely(words[two])] + [
        (f"{second}<{other}", one) for other in coarsely(words[one])
    ]


def _pairs(words: Sequence[str]) -> list[tuple[int, int]]:
    """The words of a name that stand side by side, or would without small words between them."""
    joining = exactly("joining")
    found = [(place, place + 1) for place in range(len(words) - 1)]
    for place in range(1, len(words) - 1):
        if words[place] in joining:
            found.append((place - 1, place + 1))
    return found


@functools.lru_cache(maxsize=65536)
def coarsely(word: str) -> frozenset[str]:
    """What the spellings of a word of a name have in common: two things where it begins with j (Juncker, Yunker)."""
    (bones,) = skeletons([word])
    heard = consonants(sounds(word))
    return frozenset([coarse(bones), coarse(bones[1:])] if heard.startswith("j") else [coarse(bones)])


def entity_keys(entity: Entity) -> frozenset[str]:
    """The keys of a record: a text that has none of them says the same with the record and without it."""
    return frozenset(key for form in forms_of(0, entity) for key, _ in keys_of(form))


# --- Keys of texts ----------------------------------------------------------------------------------------------------


def text_keys(text: str) -> frozenset[str]:
    """The keys of a text: only records that have one of them can be found in it, or change what is found."""
    words = words_in(text)
    known = seen(words.folded)
    ways = [known[word] for word in words.folded]
    found = set()
    for place, several in enumerate(ways):
        if words.surfaces[place].islower():
            continue
        for one in several:
            found |= {"=" + one.core, "=" + one.whole}
            if key := alone(one.core, one.bones):
                found.add(key)
        for after in nexts(words, place):
            other = ways[after][0]
            found |= {f"{one.near}>{other.coarse}" for one in several}
        for before in earlier(words, place):
            found |= {f"{several[0].near}<{one.coarse}" for one in ways[before]}
        if may_be_one(words, place):
            found |= {"=" + joined for _, joined in as_one(words, place, several)}
    return frozenset(found)


_BETWEEN = re.compile("[ \t\u00a0\u202f]*(?:[-\u2010\u2011\u0640]|\r?\n)?[ \t\u00a0\u202f]*")
_AFTER_INITIAL = re.compile("\\.?[ \t\u00a0\u202f]*")
_PATRONYMIC = ("vich", "vitch", "ovna", "evna", "فيتش", "وفنا", "يفنا")


def joins(words: Words, place: int) -> bool:
    """Whether nothing but a space or a hyphen stands before a word, or a point and a space after an initial."""
    if not 0 < place < len(words.folded):
        return False
    gap = words.gaps[place]
    if gap == " ":
        return True
    return bool(_BETWEEN.fullmatch(gap)) or (len(words.folded[place - 1]) < 3 and bool(_AFTER_INITIAL.fullmatch(gap)))


def may_be_left_out(words: Words, place: int) -> bool:
    """Whether a word within a name may be none of the name's: an initial, a patronymic, the article."""
    word = words.folded[place]
    if len(word) < 3 and words.surfaces[place].replace(".", "").isupper():
        return True
    return word in DROPPED or word.endswith(_PATRONYMIC)


def _small(words: Words, place: int) -> bool:
    return words.folded[place] in exactly("joining") or may_be_left_out(words, place)


def nexts(words: Words, place: int) -> Iterator[int]:
    """Where the next word of a name may stand: right after, or after small words and initials."""
    for after in range(place + 1, min(place + 4, len(words.folded))):
        if not joins(words, after):
            return
        yield after
        if not _small(words, after):
            return


def earlier(words: Words, place: int) -> Iterator[int]:
    """The places of which this is among the `nexts`."""
    for before in range(place - 1, max(place - 4, -1), -1):
        if not joins(words, before + 1):
            return
        yield before
        if not _small(words, before):
            return


def may_be_one(words: Words, place: int) -> bool:
    """Whether a word and the next may be a name of one word, which a space has split."""
    if not joins(words, place + 1):
        return False
    one, two = words.folded[place], words.folded[place + 1]
    return len(one) > 1 and len(two) > 1 and len(one) + len(two) > 4 and min(len(one), len(two)) < 5


def as_one(words: Words, place: int, ways: Iterable[Seen]) -> Iterator[tuple[int, str]]:
    """A word and the next written as one, with the number of letters of particles left off before them."""
    after = words.folded[place + 1]
    for cut, whole, core, *_ in ways:
        if len(core) > 1:
            yield cut, core + after
            if whole != core:
                yield cut, whole + after
