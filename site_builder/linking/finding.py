"""Where the names of a vocabulary may stand in a text, before it is judged whether they are meant."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from site_builder.linking import keys
from site_builder.linking.entities import Entity
from site_builder.linking.forms import DROPPED, Form
from site_builder.linking.keys import Other, Seen, joins, may_be_left_out, may_be_middle, may_be_one
from site_builder.linking.vocabulary import (
    NEARLY,
    OTHER_SPELLING,
    SPELLING,
    SPELLING_ALONE,
    Hit,
    Shared,
    Vocabulary,
    run_together,
    spelling,
)
from site_builder.text import analysis
from site_builder.text.analysis import Words, bare, is_arabic, readings, sounds
from site_builder.text.wordlists import speaks_against
from site_builder.text.wordlists import words as listed


class Found(NamedTuple):
    """A form found at words `first` to `last` (inclusive) of a text.

    `cut` letters of particles are left off the first, `cost` is what the difference of spelling costs.
    """

    first: int
    last: int
    cut: int
    cost: float
    form: Form


class Step(NamedTuple):
    """A word of a name as it stands in a text: `written` for `word`; `article` where ال stands before it."""

    word: str
    written: str
    article: bool
    cost: float


@dataclass(frozen=True)
class Searched:
    """A text in which names are looked for: its words, and the names."""

    text: str
    words: Words
    vocabulary: Vocabulary

    @cached_property
    def in_office(self) -> frozenset[int]:
        """Those of whose offices the title, of two words at least, stands anywhere in the text."""
        titles = self.vocabulary.long_titles
        if not titles:
            return frozenset()
        folded = {*self.words.folded}
        likely = titles.keys() & (folded | {word[2:] for word in folded if word.startswith("ال")})
        if not likely:
            return frozenset()
        running = run_together(self.words.folded)
        return frozenset([number for word in likely for title, number in titles[word] if title in running])


class Candidates(NamedTuple):
    """The forms found; surnames and the like, for one of their bearers and with all of them; and where surnames may
    stand in another spelling, which only count for the established."""

    found: list[Found]
    shorts: list[tuple[Found, Shared]]
    surnames: list[tuple[int, Hit]]


def candidates(searched: Searched) -> Candidates:
    """All the forms of names that may stand in a text."""
    search = _Search(searched, [], [], [], set())
    words, folded = searched.words, searched.words.folded
    places = [place for place, surface in enumerate(words.surfaces) if not surface.islower()]
    hits_of = searched.vocabulary.sight([folded[place] for place in places])
    for place in places:
        hits, begun = hits_of[folded[place]]
        for hit in hits:
            _add_hit(search, place, hit)
        if begun:
            search.found.extend(_split(searched, place, begun))
    certain: dict[tuple[int, int, int, int], Found] = {}
    for found in search.found:
        key = (found.first, found.last, found.cut, id(found.form))
        if key not in certain or found.cost < certain[key].cost:
            certain[key] = found
    return Candidates(list(certain.values()), search.shorts, search.surnames)


class _Search(NamedTuple):
    """A search: what it is in, what it has found so far, and the forms tried at places of the text."""

    searched: Searched
    found: list[Found]
    shorts: list[tuple[Found, Shared]]
    surnames: list[tuple[int, Hit]]
    tried: set[tuple[int, int]]


def _add_hit(search: _Search, place: int, hit: Hit) -> None:
    """The forms to which a word of the text leads."""
    words, vocabulary = search.searched.words, search.searched.vocabulary
    if hit.exact or hit.alone:
        search.found.extend(_single(search.searched, place, hit))
    for shared in hit.shorts:
        _add_short(search, place, hit.seen, shared)
    if hit.surnames:
        search.surnames.append((place, hit))
    if hit.after:
        for other in keys.after(words, place):
            if other.coarse not in hit.after:
                continue
            for shared, first in vocabulary.led(hit.after, other):
                # What follows may be the other word of the key.
                if not first:
                    _add_from(search, shared, place)
                elif not hit.seen.cut:
                    _add_around(search, shared, place, first)
    if hit.before and not hit.seen.cut:
        others = [other for other in keys.before(words, place) if other.coarse in hit.before]
        for other in others:
            for shared, first in vocabulary.led(hit.before, other):
                # What stands before may be the other word of the key.
                _add_around(search, shared, place, first + 1)
        if hit.surnames and others:
            search.found.extend(_spelled_after_given_name(search.searched, place, hit, others))


def spelled_otherwise(searched: Searched, surnames: Iterable[tuple[int, Hit]], numbers: Set[int]) -> Iterator[Found]:
    """The surnames of these persons that stand in another spelling."""
    for place, hit in surnames if numbers else ():
        for number in sorted(hit.surnames.keys() & numbers):
            for form in hit.surnames[number]:
                yield from _spelled_alone(searched, place, hit.seen, form)


# --- Names of one word ------------------------------------------------------------------------------------------------


def _single(searched: Searched, place: int, hit: Hit) -> Iterator[Found]:
    seen = hit.seen
    for form in hit.exact:
        found = Found(place, place, seen.cut, 0.0, form)
        if _fits_as_listed(searched, found, seen):
            yield found
    for form in hit.alone:
        yield from _spelled_alone(searched, place, seen, form)


def _add_short(search: _Search, place: int, seen: Seen, shared: Shared) -> None:
    """A surname as listed, by itself and after a word that is much like the given name of one of its bearers."""
    found = Found(place, place, seen.cut, 0.0, shared.form)
    if _fits_as_listed(search.searched, found, seen):
        search.shorts.append((found, shared))
        if not seen.cut and _of_a_person(search.searched, shared.form):
            search.found.extend(_after_given_name(search.searched, found, shared.bearers))


def _fits_as_listed(searched: Searched, found: Found, seen: Seen) -> bool:
    word = found.form.words[0]
    return _fits(searched, found, [_as_it_is(word, seen.core == word != seen.whole)])


def _spelled_alone(searched: Searched, place: int, seen: Seen, form: Form) -> Iterator[Found]:
    """A form of one word in another spelling, if it is that."""
    word = form.words[0]
    if seen.core == word or (seen.cut and len(seen.core) < 5):
        return
    cost = spelling(word, seen.core, False)
    found = Found(place, place, seen.cut, cost or 0.0, form)
    if cost and _fits(searched, found, [Step(word, seen.core, seen.core != seen.whole, cost)]):
        yield found


def _split(searched: Searched, place: int, begun: Iterable[tuple[int, str]]) -> Iterator[Found]:
    """A name that the archive writes in one word and the text in two."""
    words, single = searched.words, searched.vocabulary.single
    if place + 1 == len(words.folded):
        return
    following = words.folded[place + 1]
    for cut, beginning in begun:
        for shared in single.get(f"={beginning}{following}", ()):
            found = Found(place, place + 1, cut, 0.02, shared.form)
            if shared.form.role != "never" and may_be_one(words, place) and _capital(searched, found):
                yield from _for_each(found, shared)
                if not cut and shared.form.role == "short" and _of_a_person(searched, shared.form):
                    yield from _after_given_name(searched, found, shared.bearers)


def _after_given_name(searched: Searched, found: Found, bearers: Mapping[int, Form]) -> Iterator[Found]:
    """A surname, after a word that is much like the given name of one of its bearers."""
    for number, first, cut, cost in _given_before(searched, found.first, bearers):
        yield Found(first, found.last, cut, NEARLY + cost + found.cost, bearers[number]._replace(role="part"))


def _given_before(
    searched: Searched, place: int, bearers: Mapping[int, object]
) -> Iterator[tuple[int, int, int, float]]:
    """Those bearers of a surname whose given name stands before it, or what is much like it: where that begins, the
    letters cut off, the cost."""
    words, vocabulary = searched.words, searched.vocabulary
    if not joins(words, place):
        return
    before = words.folded[place - 1]
    if len(before) < 3 or before == words.folded[place] or words.surfaces[place - 1][0].islower():
        return
    done: set[int] = set()
    if joins(words, place - 1):
        # The given name itself may be split, or be several.
        begun = words.folded[place - 2]
        for cut in (0, 1) if begun[0] == "و" else (0,):
            for number in vocabulary.with_this_given_name(bearers, begun[cut:] + before) - done:
                done.add(number)
                yield number, place - 2, cut, 0.0
    if before in listed("function words") or before[1:] in listed("function words"):
        return
    for cut, given in readings(before):
        for number, cost in vocabulary.with_given_name(bearers, bare(given)):
            if number not in done:
                done.add(number)
                yield number, place - 1, cut, cost


def _spelled_after_given_name(searched: Searched, place: int, hit: Hit, others: Iterable[Other]) -> Iterator[Found]:
    """Surnames in another spelling, after a word that is much like the given name of a bearer who has that key."""
    surnames = searched.vocabulary.spelled(hit)
    if not surnames:
        return
    leads = [one for other in others for several in hit.before[other.coarse].values() for one in several]
    with_key = {number for lead in leads for number in lead.shared.bearers}
    for number, first, cut, cost in _given_before(searched, place, surnames):
        for form in surnames[number] if number in with_key else ():
            for found in _spelled_alone(searched, place, hit.seen, form):
                yield Found(first, place, cut, NEARLY + cost + found.cost, form._replace(role="part"))


# --- Names of several words -------------------------------------------------------------------------------------------


def _add_around(search: _Search, shared: Shared, place: int, number: int) -> None:
    """A form of which word `number` may stand at a place: if all of it is there, perhaps with words left out."""
    words, start = search.searched.words, place - number
    if start >= 0:
        _add_from(search, shared, start)
    if all(keys.is_plain(words, between) for between in range(max(start, 0), place)):
        return
    for earlier in (start - 1, start - 2):
        if earlier >= 0:
            _add_from(search, shared, earlier)


def _add_from(search: _Search, shared: Shared, start: int) -> None:
    """A form that may begin at a place, if all of it is there and that was not seen before."""
    form = shared.form
    key = (id(form), start)
    if key in search.tried or not _may_begin(form.words[0], search.searched.words.folded[start], form.as_written):
        return
    search.tried.add(key)
    for path, last, cut in _follow(search.searched, form, start):
        found = Found(start, last, cut, sum([step.cost for step in path]), form)
        if _fits(search.searched, found, path):
            search.found.extend(_for_each(found, shared))
            if form.role == "full" and len(form.words) > 1 and _of_a_person(search.searched, form):
                for longer in _longer(search.searched, found):
                    search.found.extend(_for_each(longer, shared))


def _for_each(found: Found, shared: Shared) -> Iterable[Found]:
    """A form found, for all who bear it."""
    if len(shared.bearers) == 1:
        return (found,)
    return [found._replace(form=form) for form in shared.bearers.values()]


def _longer(searched: Searched, found: Found) -> Iterator[Found]:
    """A full name with the names beside it that are its bearer's too, though the archive does not list them."""
    yield from _with_second_surname(searched, found)
    if not found.cut and joins(searched.words, found.first):
        yield from _with_first_of_two(searched, found)


def _with_first_of_two(searched: Searched, found: Found) -> Iterator[Found]:
    """A full name with the given name before it that many bear and usage leaves out: Mohammed Hosni Mubarak."""
    words = searched.words
    second = words.folded[found.first]
    before = words.folded[found.first - 1]
    surface = words.surfaces[found.first - 1]
    if surface[0].islower() or surface.endswith("ى"):
        return
    for cut, given in readings(before):
        if given in listed("first of two") or given in speaks_against("first of two before").get(second, ()):
            yield found._replace(first=found.first - 1, cut=cut)


def _with_second_surname(searched: Searched, found: Found) -> Iterator[Found]:
    """A full name with the mother's surname after it, which usage leaves out: Fidel Castro Ruz."""
    words, place = searched.words, found.last + 1
    if not joins(words, place) or words.surfaces[place][0].islower():
        return
    word = words.folded[place]
    if word in listed("second surnames") or (word.endswith("ez") and len(word) > 4):
        yield found._replace(last=place)


def _ways_to_begin(word: str) -> tuple[Seen, ...]:
    """The ways to read a word with which a name may begin."""
    if word[0] == "و" and len(word) == 3:
        # By themselves two letters are too few to be read after a particle.
        return (*keys.ways(word), keys.ways(word[1:])[0]._replace(cut=1))
    return keys.ways(word)


@functools.lru_cache(maxsize=65536)
def _may_begin(word: str, written: str, as_written: bool) -> bool:
    """Whether a word of the text may be the first of several of a name."""
    return any(_as_word(word, seen, as_written, True, 4) for seen in _ways_to_begin(written))


def _follow(searched: Searched, form: Form, start: int) -> Iterator[tuple[list[Step], int, int]]:
    """The ways in which a form stands in the text from a place on: its words, the last place, particles cut off."""
    for seen in _ways_to_begin(searched.words.folded[start]):
        step = _step(searched, form, 0, start, seen, len(form.words) > 1)
        if step is None:
            continue
        path, place = [step], start
        for number in range(1, len(form.words)):
            further = _next_step(searched, form, number, place, _as_listed(path))
            if further is None:
                break
            step, place = further
            path.append(step)
        else:
            yield path, place, seen.cut


def _as_listed(path: list[Step]) -> bool:
    """Whether the words so far are as listed or sound the same, or of two or more together not far from it."""
    cost = sum([step.cost for step in path])
    return cost <= OTHER_SPELLING or (len(path) > 1 and cost <= 2 * SPELLING)


def _next_step(searched: Searched, form: Form, number: int, place: int, as_listed: bool) -> tuple[Step, int] | None:
    """The next word of a form, right after a place, or after a word that may be left out."""
    words = searched.words
    extra = 0.0
    for after in (place + 1, place + 2):
        if not joins(words, after):
            return None
        step = _step(searched, form, number, after, keys.ways(words.folded[after])[0], as_listed)
        if step is not None:
            return (step._replace(cost=step.cost + extra) if extra else step), after
        if _hyphenated(searched, form.words[number], after):
            return Step(form.words[number], form.words[number], False, extra), after + 1
        if may_be_left_out(words, after):
            extra = 0.0 if words.folded[after] in DROPPED else NEARLY
        elif as_listed and may_be_middle(words, after) and _of_a_person(searched, form):
            # A middle name that is not listed, where all the others are as listed.
            further = after + 1
            as_it_is = joins(words, further) and words.folded[further] == form.words[number]
            word = form.words[number]
            return (Step(word, word, False, NEARLY), further) if as_it_is else None
        else:
            return None
    return None


def _of_a_person(searched: Searched, form: Form) -> bool:
    return searched.vocabulary.entities[form.entity].kind == "person"


def _hyphenated(searched: Searched, word: str, place: int) -> bool:
    words = searched.words
    return (
        place + 1 < len(words.folded)
        and words.gaps[place + 1] in keys.HYPHENS
        and words.folded[place] + words.folded[place + 1] == word
    )


def _step(searched: Searched, form: Form, number: int, place: int, seen: Seen, as_listed: bool) -> Step | None:
    """A word of the text as word `number` of a form; None where it is another word."""
    words, word = searched.words, form.words[number]
    if word == seen.core or word == seen.whole:
        return _as_it_is(word, seen.core == word != seen.whole)
    # Kai-shek
    small = words.surfaces[place].islower() and words.gaps[place] not in keys.HYPHENS
    as_written = form.as_written or small
    return _as_word(word, seen, as_written, as_listed, 5 if len(form.words) == 1 else 4)


@functools.lru_cache(maxsize=16384)
def _as_it_is(word: str, article: bool) -> Step:
    """A word of the text as it is listed."""
    return Step(word, word, article, 0.0)


def _as_word(word: str, seen: Seen, as_written: bool, as_listed: bool, least: int) -> Step | None:
    """A word of the text as the word of a name that is listed so; None where it is another word.

    After particles, a word in another spelling has so many letters at `least`.
    """
    if word == seen.core or word == seen.whole:
        return _as_it_is(word, seen.core == word != seen.whole)
    joining = listed("joining")
    if word in joining and seen.core in joining:
        return Step(word, seen.core, False, NEARLY)
    if as_written or (seen.cut and len(seen.core) < least):
        return None
    # Where ال is no article in the name (ألكسندر), it is none in another spelling (الكساندر).
    for written in (seen.whole, seen.core) if word.startswith("ال") and seen.whole != seen.core else (seen.core,):
        cost = spelling(word, written, as_listed)
        if cost is not None:
            return Step(word, written, written != seen.whole, cost)
    return None


def has_the(words: Words, found: Found) -> bool:
    """Whether the English article stands before a name that is listed with it: The Hague."""
    first = found.first
    if not first or not found.form.articles[0] or is_arabic(found.form.words[0]):
        return False
    return words.folded[first - 1] == "the" and joins(words, first)


# --- Whether the words found may be the form --------------------------------------------------------------------------


def _fits(searched: Searched, found: Found, path: list[Step]) -> bool:
    """Whether the words found may be this form: capitals, articles, and how far the spelling is."""
    form, cost = found.form, found.cost
    if form.role == "never":
        return True
    entity = searched.vocabulary.entities[form.entity]
    if is_arabic(form.words[0]):
        differ = tuple([step.article for step in path]) != form.articles
        if differ and (entity.kind != "person" or (len(path) == 1 and form.words[0] in listed("ordinary"))):
            # No ordinary word is as long as البنتاغون.
            return len(path) == 1 and cost == 0 and path[0].article and len(path[0].word) > 5
    elif not _capital(searched, found):
        return False
    if cost == 0:
        return True
    return _spelled_well(searched, found, entity, path)


def _spelled_well(searched: Searched, found: Found, entity: Entity, path: Sequence[Step]) -> bool:
    form, cost = found.form, found.cost
    if len(path) == 1 and entity.kind != "person" and _as_others_write(searched, found, path[0]):
        return True
    if entity.kind == "organization" and any(
        step.cost >= NEARLY and (step.written[:1] != step.word[:1] or step.written[-2:] != step.word[-2:])
        for step in path
    ):
        return False
    if len(path) == 1:
        return cost < NEARLY or _fits_alone(entity, form, path[0])
    return cost <= SPELLING_ALONE * sum(map(len, form.words)) + 0.1


def _fits_alone(entity: Entity, form: Form, step: Step) -> bool:
    """Whether a name of one word may stand in this spelling, which no other word supports."""
    word, written = step.word, step.written
    change = step.cost - OTHER_SPELLING
    firm = len(analysis.consonants(sounds(word)))
    if form.role == "short":
        least = 5 if is_arabic(word) or firm > 3 else 6
        return min(len(word), len(written)) >= least and firm >= 3 and change <= (0.25 if firm == 3 else 0.5)
    if firm < 3:
        return False
    if entity.kind == "person":
        return change == 0 and len(word) > 5
    same_ends = written[-1] == word[-1] and written[0] in (word[0], "ا")
    return len(word) >= 6 and firm >= 4 and change <= 0.25 and same_ends


def _as_others_write(searched: Searched, found: Found, step: Step) -> bool:
    """Whether a place or body of one word is written as listed but for what only habit decides.

    ج or غ for a foreign g, ا or ه at the end, a long vowel more within it; or after a word that stands before places,
    a vowel less or another one.
    """
    word, written = sorted((step.word, step.written), key=len)
    if not is_arabic(word):
        # Jibuti and Djibouti begin alike.
        word, written = sorted((sounds(word), sounds(written)), key=len)
    surface = searched.words.surfaces[found.first]
    if _habitually(word) == _habitually(written) and (len(step.written) >= 5 or not surface.isalpha()):
        # An apostrophe shows that a name is transliterated, short as it may be: San'a.
        return True
    more = len(step.written) > len(step.word)
    if more and len(step.word) >= (4 if is_arabic(word) else 6) and _with_a_vowel(word, written):
        return True
    before = found.first - 1
    if len(word) < 4 or before < 0 or searched.words.gaps[found.first] != " ":
        return False
    if searched.words.folded[before] not in listed("of a place"):
        return False
    if _habitually(word) == _habitually(written):
        return True
    return _with_a_vowel(word, written) or (len(word) == len(written) and _with_another_vowel(word, written))


_HABITS = str.maketrans("غ", "ج")
_LATIN_HABITS = {"e": "i", "o": "u", "q": "k"}
_SINGLE_VOWEL = re.compile("q|(?<![aeiou])[eo](?![aeiou])")


def _habitually(word: str) -> str:
    """A word without what only habit decides; in Latin letters, as it sounds."""
    if not is_arabic(word):
        return _SINGLE_VOWEL.sub(lambda vowel: _LATIN_HABITS[vowel[0]], word.replace("ei", "ai").replace("ae", "ai"))
    word = word.translate(_HABITS)
    return word[:-1] + "ا" if word[-1] == "ه" else word


_VOWELS = "اويaeiou"


def _with_a_vowel(word: str, longer: str) -> bool:
    """Whether a word is another with one vowel more within it."""
    return len(longer) == len(word) + 1 and any(
        longer[place] in _VOWELS and longer[:place] + longer[place + 1 :] == word for place in range(1, len(word))
    )


def _with_another_vowel(word: str, written: str) -> bool:
    """Whether a word is another but for one vowel that is easily mistaken for the other's: e and i, o and u."""
    different = [{*pair} for pair in zip(word, written, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and different[0] in ({"e", "i"}, {"o", "u"})


def _capital(searched: Searched, found: Found) -> bool:
    """Whether the capitals of a form are there where its script has any."""
    first, last, _, _, form = found
    surfaces = searched.words.surfaces
    if form.acronym:
        return surfaces[first].replace(".", "").isupper() or _as_a_word(form.words[0], surfaces[first])
    if is_arabic(form.words[0]):
        return True
    if form.capitals[0] and not surfaces[first][0].isupper():
        return False
    if form.capitals[-1] and not surfaces[last][0].isupper():
        return last > first and searched.words.gaps[last][-1:] in ("-", "\u2010", "\u2011")
    return True


def _as_a_word(acronym: str, surface: str) -> bool:
    """Whether an acronym is written as a word, as some newspapers do where it can be spoken: Nato, Unicef."""
    spoken = len(acronym) > 3 and len(analysis.consonants(acronym)) < len(acronym) and acronym not in listed("ordinary")
    return spoken and surface.istitle()


# --- What only the rest of the text makes certain ---------------------------------------------------------------------


def as_spelled(searched: Searched, chosen: Iterable[Found]) -> Iterator[Found]:
    """Surnames in a spelling that only this text's full names have."""
    surnames = {
        bare(searched.words.folded[found.last]): found.form
        for found in chosen
        if found.cost >= NEARLY and found.first < found.last
        if searched.vocabulary.entities[found.form.entity].kind == "person"
    }
    if not surnames:
        return
    endings = tuple(name for name in surnames if len(name) > 2 and name not in listed("ordinary"))
    ending = [place for place, word in enumerate(searched.words.folded) if word.endswith(endings)]
    for place in ending:
        for cut, rest in readings(searched.words.folded[place]):
            if form := surnames.get(bare(rest)):
                short = form._replace(role="short", words=form.words[-1:], capitals=form.capitals[-1:])
                found = Found(place, place, cut, NEARLY, short)
                if _capital(searched, found):
                    yield found
