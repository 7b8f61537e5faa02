"""Keys by which names and texts meet.

A name can only be found in a text through a key that both have, so keys say which records matter to which texts.
There are four sorts of key:

- `=word`: a name of one word, as listed (folded).
- `~skeleton`: a name of one word in a slightly different spelling. A skeleton is the word's consonants, of which those
  that spellings exchange most often are made the same.
- `near>coarse` and `near<coarse`: two words of a name, one after the other. One of them has to be nearly as listed
  (its skeleton), the other may differ more: only its first consonant and its liquids and nasals (r, l, m, n) count,
  and those only roughly. `>` where the word nearly as listed comes first.
- `_word`: a word that is no name in the text, since it has a small letter, but may stand beside one.

A key is given as the check sum (CRC-32) of these characters in UTF-8, which can be continued: texts have many keys.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from site_builder.linking.entities import Entity
from site_builder.linking.forms import ABD, DROPPED, Form, forms_of
from site_builder.model import Kind
from site_builder.text.analysis import Reading, Words, bare, is_arabic, latin_sounds, readings, words_in
from site_builder.text.wordlists import exactly

# --- Skeletons --------------------------------------------------------------------------------------------------------

_SKELETON = str.maketrans(
    {
        **dict(zip("بتثجحخدذرزسشصضطظعغفقكلمن", "bttk\0xddrssSsdts\0kfkklmn", strict=True)),
        **dict.fromkeys("اهويء", ""),
        **dict.fromkeys("aeiouhHy", ""),
        **{"T": "t", "D": "d", "j": "k", "g": "k", "q": "k", "v": "f", "p": "b"},
        **{"z": "s", "C": "S"},
    }
)
#: Words with two consonants keep the places of their vowels.
_SHAPE = str.maketrans(
    {
        **dict(zip("بتثجحخدذرزسشصضطظغفقكلمن", "bttj\0xddrzsSsdtzgfqklmn", strict=True)),
        **dict.fromkeys("اويعaeiouy", "A"),
        **dict.fromkeys("هءhH", ""),
        **{"T": "t", "D": "d", "v": "f", "p": "b"},
    }
)
_SAME = re.compile(r"([^\n])\1+")
_FIRM = re.compile("[^rlmn]")


def skeletons(folded: Sequence[str]) -> list[str]:
    """The skeletons of folded words: of many at once, which is much quicker than one by one."""
    # n before b is spoken m.
    return _translated(folded, _SKELETON)


def shapes(folded: Sequence[str]) -> list[str]:
    """Folded words with all their vowels made the same, and nothing else that spellings exchange often."""
    return _translated(folded, _SHAPE)


def _translated(folded: Sequence[str], table: Mapping[int, str]) -> list[str]:
    if not folded:
        return []
    # Some languages write the last i of Podgornyj with a j.
    lines = "\n".join([*folded, ""]).replace("ij\n", "i\n").replace("yj\n", "i\n")
    together = latin_sounds(lines[:-1]).replace("تش", "C").translate(table).replace("\0", "")
    return _SAME.sub(r"\1", together).replace("nb", "mb").split("\n")


@functools.lru_cache(maxsize=65536)
def coarse(bones: str) -> str:
    """What all spellings of a word have in common, from its skeleton; empty where that has no letter."""
    first = bones[:1]
    first = first if first in "rlmn" else "P" if first in "bf" else "K"
    return first + _SAME.sub(r"\1", _FIRM.sub("", bones))


# --- Words of a text --------------------------------------------------------------------------------------------------


class Seen(NamedTuple):
    """A way to read a word of a text: `cut` letters of particles left off, with its article and without.

    `near` is the half of a key that it gives when it is nearly as listed, `coarse` what it gives as the other half,
    `alone` its key as a name of one word in a slightly different spelling (empty where it is too short for one).
    """

    cut: int
    whole: str
    core: str
    near: str
    coarse: str
    alone: str


class Other(NamedTuple):
    """What may be the other word of a key: read without its article, and what it gives to the key, also in UTF-8."""

    core: str
    coarse: str
    ending: bytes


class Beside(NamedTuple):
    """A word as the other word of a key, in all the ways to read it; `small` ones may stand between the two words.

    Of what stands on its far side, a `plain` one says nothing unless it is a middle name, which is in Latin letters.
    """

    others: tuple[Other, ...]
    first: tuple[Other, ...]
    small: bool
    plain: bool
    latin: bool


_ways: dict[str, tuple[Seen, ...]] = {}
_beside: dict[str, Beside] = {}
#: As many words as may be kept in memory.
MOST_KEPT = 200_000


def ways(word: str) -> tuple[Seen, ...]:
    """The ways to read a word, the first without anything cut off. `halves` of many at once make it quicker."""
    found = _ways.get(word)
    if found is None:
        if len(_ways) > MOST_KEPT:
            _ways.clear()
        seen = []
        for cut, whole in readings(word):
            core = bare(whole)
            half = _half(core)
            seen.append(Seen(cut, whole, core, half.near, coarse(half.bones), half.alone))
        found = _ways[word] = tuple(seen)
    return found


def others(word: str) -> tuple[Other, ...]:
    """The ways to read a word, as the other word of a key."""
    return _reading(word).others


def readings_beside(word: str) -> tuple[Reading, ...]:
    """The ways to read a word that stands beside another of its name.

    Two letters after و are too few for a name by themselves, but not there: ولي كوان يو.
    """
    found = readings(word)
    return (*found, Reading(1, word[1:])) if len(word) == 3 and word[0] == "و" else found


def _reading(word: str) -> Beside:
    found = _beside.get(word)
    if found is None:
        if len(_beside) > MOST_KEPT:
            _beside.clear()
        known = []
        for _, whole in readings_beside(word):
            core = bare(whole)
            half = coarse(_half(core).bones)
            known.append(Other(core, half, half.encode()))
        small = _is_small(word)
        plain = not small and len(word) > 2
        found = _beside[word] = Beside(tuple(known), tuple(known[:1]), small, plain, word.isascii())
    return found


class _Halves(NamedTuple):
    """The skeleton of a word, the half of a key that it gives nearly as listed, and its key as a name of one word."""

    bones: str
    near: str
    alone: str


_halved: dict[str, _Halves] = {}


def _half(word: str) -> _Halves:
    return _halved.get(word) or halves((word,))[word]


def halves(words: Iterable[str]) -> Mapping[str, _Halves]:
    """What words give to keys, these and perhaps others. They are without their articles.

    A skeleton of two letters does not tell a word from others: its shape does, or the word itself where it is shorter
    still. A name of one word whose skeleton has three is told by where its vowels are at the beginning and the end.
    """
    if len(_halved) > MOST_KEPT:
        _halved.clear()
    fresh = list({word: None for word in words if word not in _halved})
    bones = skeletons(fresh)
    shaped = iter(shapes([word for word, one in zip(fresh, bones, strict=True) if 1 < len(one) < 4]))
    for word, one in zip(fresh, bones, strict=True):
        sign = "" if is_arabic(word) else "."
        near, alone = sign + one, f"~{sign}{one}"
        if len(one) < 4:
            shape = next(shaped) if len(one) > 1 else ""
            near = near if len(one) == 3 else sign + (shape or "=" + word)
            alone = f"~{sign}{_outline(word, shape)}" if len(one) == 3 else f"~{near}" if sign else ""
        _halved[word] = _Halves(one, near, alone if len(word) > 3 else "")
    return _halved


def _outline(word: str, shape: str) -> str:
    """A shape with the vowels at its ends alone; what ه and غ may stand for as it is most often written."""
    # ج and غ both stand for a foreign g, and أستانة is أستانا.
    shape = shape.replace("j", "g") + ("A" if word[-1] == "ه" else "")
    return f"{shape[0]}{shape[1:-1].replace('A', '')}{shape[-1]}"


# --- Keys of names ----------------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """A key of two words: `near` the one nearly as listed, `coarse` the other, which comes after (>) or before (<).

    `place` is which word of the form the first of the two is, `other` the second half's word as listed.
    """

    near: str
    sign: str
    coarse: str
    place: int
    other: str


def keys_of(forms: Sequence[Form]) -> Iterator[list[Pair | str]]:
    """The keys of each form."""
    known = halves([word for form in forms for word in (*form.words, *map(bare, form.words))])
    for form in forms:
        yield _of_one_word(form, known) if len(form.words) == 1 else _of_several(form, known)


def _of_one_word(form: Form, known: Mapping[str, _Halves]) -> list[Pair | str]:
    (word,) = form.words
    found: list[Pair | str] = ["=" + word]
    half = known[bare(word)]
    if not form.as_written and not form.acronym and half.alone and (form.role != "short" or len(half.bones) > 2):
        found.append(half.alone)
    return found


def _of_several(form: Form, known: Mapping[str, _Halves]) -> list[Pair | str]:
    words = [bare(word) for word in form.words]
    pairs = _pairs(words)
    if len(pairs) > 1:
        # The pair that says most.
        lengths = [min(len(known[word].bones), 4) for word in words]
        pairs.sort(key=lambda pair: lengths[pair[0]] + lengths[pair[1]])
    one, two = pairs[-1]

    def others(place: int) -> Iterable[str]:
        word, whole = words[place], form.words[place]
        found = coarsely(word, known[word].bones)
        return found if word == whole else {*found, *coarsely(whole, known[whole].bones)}

    found: list[Pair | str] = []
    if words[one] not in particles():
        found += [Pair(known[words[one]].near, ">", other, one, form.words[two]) for other in others(two)]
    # A short word, which many words are like, is looked for from the longer one before it on. (A surname as listed is
    # found without that, and then a likely given name before it.)
    told = len(known[words[two]].bones) < 3 and len(known[words[one]].bones) > 1
    if words[two] not in particles() and not told:
        found += [Pair(known[words[two]].near, "<", other, one, form.words[one]) for other in others(one)]
    return found


def _pairs(words: Sequence[str]) -> list[tuple[int, int]]:
    """The words of a name that stand side by side, or would without small words between them."""
    joining = exactly("joining")
    found = [(place, place + 1) for place in range(len(words) - 1)]
    if len(words) > 2:
        found += [(place - 1, place + 1) for place in range(1, len(words) - 1) if words[place] in joining]
    return found


_INITIAL_J = re.compile("[aeiouhاهويءع]*(?:ج|dj|zh|j)")


def coarsely(word: str, bones: str) -> tuple[str, ...]:
    """What the spellings of a word of a name have in common: one of two, if it begins with j or y (Juncker, Yunker)."""
    if bones[:1] == "k" and _INITIAL_J.match(word):
        return coarse(bones), coarse(bones[1:])
    return (coarse(bones), coarse("k" + bones)) if word[0] in "yي" else (coarse(bones),)


class EntityKeys(NamedTuple):
    """The keys of a record: a text that has none of them says the same with the record and without it.

    The `loose` ones are those of surnames in another spelling. They count only in texts that list the record, refer to
    it, or have another of its keys: who is not otherwise named there is not meant.
    """

    firm: frozenset[int]
    loose: frozenset[int]


def entity_keys(entity: Entity) -> EntityKeys:
    """The keys of a record."""
    return keys_of_forms([*forms_of(0, entity)], entity.kind)


def keys_of_forms(forms: Collection[Form], kind: Kind) -> EntityKeys:
    """The keys of forms of a record of some kind."""
    firm, loose = set[int](), set[int]()
    for form, several in zip(forms, keys_of([*forms]), strict=True):
        surname = form.role == "short" and kind == "person"
        for key in several:
            if isinstance(key, Pair):
                firm.add(_sum(key.near + key.sign + key.coarse))
            else:
                (loose if surname and key[0] == "~" else firm).add(_sum(key))
    return EntityKeys(frozenset(firm), frozenset(loose - firm))


def keys_of_words(words: Iterable[str]) -> frozenset[int]:
    """The keys of folded words that stand anywhere in a text, be they part of a name there or not."""
    return frozenset([key for word in words for key in (_sum("=" + word), _lower_case(word))])


def _sum(key: str) -> int:
    return zlib.crc32(key.encode())


@functools.lru_cache(maxsize=65536)
def _lower_case(word: str) -> int:
    """The key of a word that is no name where it stands."""
    return _sum("_" + word)


# --- Keys of texts ----------------------------------------------------------------------------------------------------


class _Begun(NamedTuple):
    """What a word of a text gives to its keys: whole ones, and the beginnings of those with another word."""

    alone: tuple[int, ...]
    after: tuple[int, ...]
    before: int
    split: tuple[int, ...]


_begun: dict[str, _Begun] = {}


def text_keys(text: str) -> frozenset[int]:
    """The keys of a text: only records that have one of them can be found in it, or change what is found."""
    words = words_to_search(text)
    folded = words.folded
    places = [place for place, surface in enumerate(words.surfaces) if not surface.islower()]
    here = {folded[place] for place in places}
    known = _beginnings_of(here)
    found = {key for word in here for key in known[word].alone}
    found.update(map(_lower_case, {*folded}.difference(here)))
    add, crc32 = found.add, zlib.crc32
    for place in places:
        begun = known[folded[place]]
        if begun.after:
            for other in after(words, place):
                for sum_ in begun.after:
                    add(crc32(other.ending, sum_))
            for other in before(words, place):
                add(crc32(other.ending, begun.before))
        if begun.split and may_be_one(words, place):
            ending = folded[place + 1].encode()
            for sum_ in begun.split:
                add(crc32(ending, sum_))
    return frozenset(found)


def _beginnings_of(words: Set[str]) -> Mapping[str, _Begun]:
    """What words give to keys, these and perhaps others."""
    if len(_begun) > MOST_KEPT:
        _begun.clear()
    fresh = [word for word in words if word not in _begun]
    halves([bare(whole) for word in fresh for _, whole in readings(word)])
    for word in fresh:
        several = ways(word)
        alone = {f"={part}" for one in several for part in (one.core, one.whole)} | {one.alone for one in several}
        split = {f"={part}" for one in several for part in (one.core, one.whole) if _may_begin(part)}
        afterwards = () if word in particles() else tuple({_sum(f"{one.near}>") for one in several})
        _begun[word] = _Begun(
            tuple(map(_sum, alone - {""})), afterwards, _sum(f"{several[0].near}<"), tuple(map(_sum, split))
        )
    return _begun


@functools.cache
def particles() -> frozenset[str]:
    """Words from which on no name of several words is looked for."""
    return exactly("particles")


# --- Words side by side -----------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def words_to_search(text: str) -> Words:
    """The words of a text in which names are to be found. A text is asked for its keys, and then searched."""
    words = words_in(text)
    if not ABD.keys().isdisjoint(words.folded):
        words = words._replace(folded=[ABD.get(word, word) for word in words.folded])
    # To look for hyphens is quicker than to look for the pattern.
    hyphenated = any(hyphen in text for hyphen in HYPHENS)
    return with_articles(words) if hyphenated and _ASSIMILATED.search(text) else words


def with_articles(words: Words) -> Words:
    """Words with the Arabic article as it is written before s, r, n and the like (ash-Shara) as any other: al."""
    folded = words.folded.copy()
    for place, word in enumerate(folded[:-1]):
        if len(word) < 4 and _ASSIMILATED.fullmatch(f"{word}{words.gaps[place + 1]}{folded[place + 1][0]}"):
            folded[place] = "al"
    return words._replace(folded=folded)


_ASSIMILATED = re.compile(r"(?<!\w)[ae](s|t|r|n|d|z)h?[-\u2010\u2011]\1", re.IGNORECASE)


_BETWEEN = re.compile("(?:['\u2019]s?(?= ))?[ \t\u00a0\u202f]*(?:[-\u2010\u2011\u0640]|\r?\n)?[ \t\u00a0\u202f]*")
_AFTER_INITIAL = re.compile("\\.?[ \t\u00a0\u202f]*")
HYPHENS = ("-", "\u2010", "\u2011")
_PATRONYMIC = ("vich", "vitch", "ovna", "evna", "فيتش", "وفنا", "يفنا")


def joins(words: Words, place: int) -> bool:
    """Whether nothing but a space or a hyphen stands before a word, or a point and a space after an initial."""
    if not 0 < place < len(words.folded):
        return False
    gap = words.gaps[place]
    if gap == " " or _may_stand_between(gap):
        return True
    if not _may_follow_an_initial(gap):
        return False
    before = words.folded[place - 1]
    return len(before) < 3 or before in exactly("abbreviated")


# What stands between words is the same again and again, and a pattern costs as much as all the rest.


@functools.lru_cache(maxsize=4096)
def _may_stand_between(gap: str) -> bool:
    """Whether what stands between two words may stand within a name."""
    return bool(_BETWEEN.fullmatch(gap))


@functools.lru_cache(maxsize=4096)
def _may_follow_an_initial(gap: str) -> bool:
    return bool(_AFTER_INITIAL.fullmatch(gap))


def may_be_left_out(words: Words, place: int) -> bool:
    """Whether a word within a name may be none of the name's: an initial, a patronymic, the article."""
    word = words.folded[place]
    return word in DROPPED or word.endswith(_PATRONYMIC) or _is_initial(words, place)


def _is_initial(words: Words, place: int) -> bool:
    return len(words.folded[place]) < 3 and words.surfaces[place].replace(".", "").isupper()


def may_be_middle(words: Words, place: int) -> bool:
    """Whether a word in Latin letters may be a middle name that the archive does not list."""
    return words.folded[place].isascii() and words.surfaces[place].istitle()


def _is_small(word: str) -> bool:
    return word in exactly("joining") or word in DROPPED or word.endswith(_PATRONYMIC)


def after(words: Words, place: int) -> Sequence[Other]:
    """What may be the other word of a key, after this one: the next word, and those after words that may be left out.

    Two words with a hyphen may be one: Xiao-ping.
    """
    folded, gaps = words.folded, words.gaps
    other = place + 1
    if other == len(folded) or (gaps[other] != " " and not joins(words, other)):
        return ()
    known = _beside.get(folded[other]) or _reading(folded[other])
    if known.plain and gaps[other + 1] not in HYPHENS and not (known.latin and words.surfaces[other].istitle()):
        return known.first
    found: list[Other] = []
    while other < min(place + 4, len(folded)) and joins(words, other):
        known = _reading(folded[other])
        found.append(known.others[0])
        if gaps[other + 1] in HYPHENS and other + 1 < len(folded):
            found.append(_reading(folded[other] + folded[other + 1]).others[0])
        if not known.small and not _is_initial(words, other) and not may_be_middle(words, other):
            break
        other += 1
    return found


def before(words: Words, place: int) -> Sequence[Other]:
    """What may be the other word of a key, before this one."""
    folded = words.folded
    if not place or (words.gaps[place] != " " and not joins(words, place)):
        return ()
    other = place - 1
    known = _beside.get(folded[other]) or _reading(folded[other])
    if known.plain and not (known.latin and words.surfaces[other].istitle()):
        return known.others
    found = known.others
    while (
        other > max(place - 3, 0)
        and joins(words, other)
        and (known.small or _is_initial(words, other) or may_be_middle(words, other))
    ):
        other -= 1
        known = _reading(folded[other])
        found += known.others
    return found


def is_plain(words: Words, place: int) -> bool:
    """Whether a word can only be the one that it is: neither one that may be left out nor half of one."""
    known = _reading(words.folded[place])
    if not known.plain or (known.latin and words.surfaces[place].istitle()):
        return False
    return words.gaps[place + 1] not in HYPHENS


def may_be_one(words: Words, place: int) -> bool:
    """Whether a word and the next may be a name of one word, which a space has split."""
    folded = words.folded
    if place + 1 == len(folded):
        return False
    length, further = len(folded[place]), len(folded[place + 1])
    if further < 2 or length < 2 or (length > 4 and further > 4):
        return False
    return words.gaps[place + 1] == " " or joins(words, place + 1)


def beginnings(word: str) -> list[str]:
    """What a space may split off the beginning of a name of one word."""
    last = len(word) - 2
    if last < 3:
        return []
    places = [place for place in {3, 4, last, last - 1, last - 2} if 2 < place <= last]
    return [word[:place] for place in ([2, *places] if _may_begin(word[:2]) else places)]


def _may_begin(part: str) -> bool:
    return len(part) > 2 or part in exactly("joining")
