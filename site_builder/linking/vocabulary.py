"""The names of an archive, ready to be looked for in any number of texts."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import NamedTuple

from site_builder.linking import keys
from site_builder.linking.entities import Entity, Key
from site_builder.linking.forms import Form, forms_of
from site_builder.linking.keys import Other, Pair, Seen
from site_builder.model import Kind
from site_builder.text import analysis
from site_builder.text.analysis import bare, is_arabic, name_key, name_keys, readings, sounds
from site_builder.text.wordlists import words

#: What spelling may change: in proportion to the length of a word, and of a name alone in one word.
SPELLING = 0.15
SPELLING_ALONE = 0.11
_SPELLING_GIVEN = 0.2
#: ... and at most, by the number of consonants.
_ROOM = (0.2, 0.2, 0.35, 0.6, 9.0)
_LEAST = 0.3
OTHER_SPELLING = 0.05
#: What costs less is no other spelling.
NEARLY = 0.05


class Shared(NamedTuple):
    """A form, with all who bear it: they are of one kind, and their forms differ in nothing else."""

    form: Form
    bearers: Mapping[int, Form]


class Lead(NamedTuple):
    """A form to which a key leads, and which of its words comes first in the key."""

    shared: Shared
    first: int


#: The forms to which keys with the same near half lead: by their other halves, then by the other word as listed and
#: whether that may be in no other spelling.
Leads = dict[str, dict[tuple[str, bool], list[Lead]]]


class Hit(NamedTuple):
    """A word of a text that names of the archive have: read in this way, and the forms to which it leads.

    `exact` and `shorts` have this one word, shorts being surnames; `alone` and `surnames` have one in a slightly
    different spelling, the surnames by who bears them. `after` and `before` hold forms of several words, by what the
    other word of their key has to be, which stands after or before.
    """

    seen: Seen
    exact: tuple[Form, ...]
    shorts: tuple[Shared, ...]
    alone: tuple[Form, ...]
    surnames: Mapping[int, list[Form]]
    after: Leads
    before: Leads


class Hits(NamedTuple):
    """What a word of a text may lead to. `beginnings` are those ways to read it that may begin a split name."""

    hits: tuple[Hit, ...]
    beginnings: tuple[tuple[int, str], ...]


_NOTHING = Hits((), ())
_NO_OTHERS: tuple[Leads, Leads] = ({}, {})


class Vocabulary:
    """All names of an archive. Compiled once; good for any number of texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Compile the names of the entities."""
        self.entities = tuple(entities)
        self.single: dict[str, tuple[Shared, ...]] = {}
        self._beside: dict[str, tuple[Leads, Leads]] = {}
        self._beginnings: set[str] = set()
        self._memo: dict[str, Hits] = {}
        #: Of those who bear a surname, by the mapping that holds them: whose given names are like a word, and how they
        #: all sound.
        self._likely: dict[tuple[int, str], list[tuple[int, float]]] = {}
        self._given_sounds: dict[int, dict[str, set[int]]] = {}
        self._spelled: dict[int, dict[int, list[Form]]] = {}
        self._led: dict[tuple[int, str], list[Lead]] = {}
        alike: dict[tuple[Form, Kind], dict[int, Form]] = {}
        for number, entity in enumerate(self.entities):
            for form in forms_of(number, entity):
                alike.setdefault((form._replace(entity=0), entity.kind), {}).setdefault(number, form)
        # What many bear is looked for once.
        shared = [Shared(next(iter(bearers.values())), bearers) for bearers in alike.values()]
        for one, several in zip(shared, keys.keys_of([one.form for one in shared]), strict=True):
            self._add(one, several)

    def _add(self, shared: Shared, several: Iterable[Pair | str]) -> None:
        form = shared.form
        for key in several:
            if isinstance(key, str):
                self.single[key] = (*self.single.get(key, ()), shared)
            else:
                sides = self._beside.get(key.near)
                if sides is None:
                    sides = self._beside[key.near] = ({}, {})
                leads = sides[key.sign == "<"].setdefault(key.coarse, {})
                leads.setdefault((key.other, form.as_written), []).append(Lead(shared, key.place))
        if len(form.words) == 1:
            self._beginnings.update(keys.beginnings(form.words[0]))

    @cached_property
    def keys(self) -> Mapping[Key, int]:
        """The number of each entity."""
        return {(entity.kind, entity.id): number for number, entity in enumerate(self.entities)}

    def sight(self, folded: list[str]) -> dict[str, Hits]:
        """What each of these words of a text (and perhaps others) may lead to."""
        if len(self._memo) > keys.MOST_KEPT:
            self._memo.clear()
            self._likely.clear()
            self._given_sounds.clear()
            self._spelled.clear()
        fresh = set(folded).difference(self._memo)
        if fresh:
            ways = {word: [(whole, bare(whole)) for _, whole in readings(word)] for word in fresh}
            likely = self._leading([core for several in ways.values() for _, core in several])
            single, beginnings = self.single, self._beginnings
            for word, several in ways.items():
                # Most words lead nowhere.
                self._memo[word] = _NOTHING
                for whole, core in several:
                    if core in likely or (whole is not core and ("=" + whole in single or whole in beginnings)):
                        self._memo[word] = self._hits(word)
                        break
        return self._memo

    def _leading(self, cores: list[str]) -> set[str]:
        """Those of some words (without their articles) that lead to a name, or begin one."""
        single, beside, beginnings = self.single, self._beside, self._beginnings
        known = keys.halves(cores)
        found = {core for core in cores if "=" + core in single or core in beginnings}
        return found.union([core for core in cores if known[core].near in beside or known[core].alone in single])

    def _hits(self, word: str) -> Hits:
        single, beside, particles = self.single, self._beside, keys.particles()
        hits = []
        begun = []
        for seen in keys.ways(word):
            exact = single.get("=" + seen.core, ())
            if seen.core in self._beginnings:
                begun.append((seen.cut, seen.core))
            if seen.whole != seen.core:
                exact += single.get("=" + seen.whole, ())
                if seen.whole in self._beginnings:
                    begun.append((seen.cut, seen.whole))
            likely = single.get(seen.alone, ())
            others = None if word in particles else beside.get(seen.near)
            if exact or likely or others:
                surnames: dict[int, list[Form]] = {}
                for form in _borne(likely, short=True):
                    surnames.setdefault(form.entity, []).append(form)
                shorts = tuple([shared for shared in exact if shared.form.role == "short"])
                singles, alone = tuple(_borne(exact, short=False)), tuple(_borne(likely, short=False))
                hits.append(Hit(seen, singles, shorts, alone, surnames, *(others or _NO_OTHERS)))
        return Hits(tuple(hits), tuple(begun)) if hits or begun else _NOTHING

    def led(self, table: Leads, other: Other) -> list[Lead]:
        """The forms to which a word leads that is nearly as listed, if another is the other word of their key: their
        table has it."""
        key = (id(table), other.core)
        found = self._led.get(key)
        if found is None:
            if len(self._led) > keys.MOST_KEPT:
                self._led.clear()
            several = table[other.coarse].items()
            found = [lead for (word, as_is), leads in several if _alike(word, other.core, as_is) for lead in leads]
            self._led[key] = found
        return found

    def spelled(self, hit: Hit) -> Mapping[int, list[Form]]:
        """The surnames of persons of which a word of the text is another spelling, by who bears them."""
        found = self._spelled.get(id(hit.surnames))
        if found is None:
            found = self._spelled[id(hit.surnames)] = {
                number: likely
                for number, forms in hit.surnames.items()
                if self.entities[number].kind == "person"
                and (likely := [form for form in forms if spelling(form.words[0], hit.seen.core, False)])
            }
        return found

    def with_given_name(self, bearers: Mapping[int, object], word: str) -> list[tuple[int, float]]:
        """Those who bear a surname and whose given name is much like a word, and how far off it is."""
        key = (id(bearers), word)
        found = self._likely.get(key)
        if found is None:
            if len(self._likely) > keys.MOST_KEPT:
                self._likely.clear()
            costs = [(number, self._unlike_given_name(number, word)) for number in bearers]
            found = self._likely[key] = [(number, cost) for number, cost in costs if cost < 1]
        return found

    def with_this_given_name(self, bearers: Mapping[int, object], word: str) -> Set[int]:
        """Those who bear a surname and whose given name sounds as a word does."""
        known = self._given_sounds.get(id(bearers))
        if known is None:
            known = self._given_sounds[id(bearers)] = defaultdict(set)
            for number in bearers:
                for arabic in (True, False):
                    for heard in given_names(self.entities[number].names, arabic):
                        known[heard].add(number)
        alike = known.get(sounds(word))
        return {one for one in alike if self._unlike_given_name(one, word) == 0} if alike else frozenset()

    @cached_property
    def long_titles(self) -> Mapping[str, list[tuple[str, int]]]:
        """The titles of two words and more, as in `run_together`, with whose they are, by their longest later word."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, entity in enumerate(self.entities):
            for title in entity.titles:
                listed = [*analysis.words_of(title)]
                if len(listed) > 1:
                    # Particles may be attached to the first word.
                    together = run_together(listed)[1:]
                    found[max(together.split()[1:], key=len, default="")].append((together, number))
        return found

    def _unlike_given_name(self, number: int, word: str) -> float:
        """How far a word is from the first words of a person's names: 1 and more is too far."""
        spelled = self.entities[number].names
        if _as_read(word) in given_names_read(spelled):
            return 0.0
        if word in words("arab given names") or len(word) < 3:
            return 1.0 / _SPELLING_GIVEN
        heard = sounds(word)
        costs = [
            analysis.difference(heard, name, most) / longer
            for name in given_names(spelled, is_arabic(word))
            if (longer := max(len(heard), len(name))) and (most := _SPELLING_GIVEN * longer)
        ]
        return min(costs, default=1.0) / _SPELLING_GIVEN


def _borne(several: Iterable[Shared], short: bool) -> Iterator[Form]:
    """The forms of all bearers: of surnames and other short forms, or of the others."""
    for shared in several:
        if (shared.form.role == "short") == short:
            yield from shared.bearers.values()


def run_together(folded: Iterable[str]) -> str:
    """Folded words without Arabic articles, a space before and after each."""
    return f" {' '.join(folded)} ".replace(" ال", " ")


_PATTERNS = re.compile("(.)(?:ا(.)|(.)ي)(.)")


def _as_read(word: str) -> str:
    """What حامد and حميد have in common, which English both writes Hamid; empty where a word has another pattern."""
    found = _PATTERNS.fullmatch(word)
    return "".join(filter(None, found.groups())) if found else ""


@functools.lru_cache(maxsize=4096)
def given_names_read(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """What is read of the given names of one whose surname is not Arab: Hamid Karzai, whose name English gave."""
    split = [[*analysis.words_of(name)] for group in names for name in group]
    foreign = [words_ for words_ in split if len(words_) == 2 and is_arabic(words_[0]) and bare(words_[1]) == words_[1]]
    common = words("arab given names", "ordinary")
    return frozenset([_as_read(given) for given, surname in foreign if surname not in common]) - {""}


@functools.lru_cache(maxsize=4096)
def given_names(names: tuple[tuple[str, ...], ...], arabic: bool) -> list[str]:
    """How the first words of a person's names sound, in Arabic letters or in others, and all but the last as one."""
    split = [[*analysis.words_of(name)] for group in names for name in group]
    firsts = {first for several in split if len(several) > 1 for first in (several[0], "".join(several[:-1]))}
    firsts -= words("titles")
    return [sounds(bare(first)) for first in firsts if is_arabic(first) == arabic and len(first) > 2]


@functools.lru_cache(maxsize=4096)
def own_words(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """The folded words of an entity's names, with their articles and without."""
    return words_of_all(tuple(name for group in names for name in group))


@functools.lru_cache(maxsize=4096)
def is_arab(names: tuple[tuple[str, ...], ...]) -> bool:
    """Whether somebody has an Arab's given name."""
    return not words("arab given names").isdisjoint([first for first in first_words(names) if is_arabic(first)])


@functools.lru_cache(maxsize=4096)
def first_words(names: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """The folded words with which an entity's names begin."""
    return frozenset([next(analysis.words_of(name), "") for group in names for name in group])


@functools.lru_cache(maxsize=4096)
def words_of_all(texts: tuple[str, ...]) -> frozenset[str]:
    """The folded words of some texts, with their articles and without."""
    found = [word for text in texts for word in analysis.words_of(text)]
    return frozenset([*found, *map(bare, found)])


# --- Spellings --------------------------------------------------------------------------------------------------------


def _with_alef(word: str) -> str:
    """A word with its last ة as an alef, which many write for it."""
    return word[:-1] + "ا" if word[-1] == "ه" else word


#: How German, French and other languages write what English writes otherwise: Medwedjew, Chruschtschow, Anouar.
_ELSEWHERE = (
    (re.compile("schtsch"), "shch"),
    (re.compile("dsch"), "dj"),
    (re.compile("[iy]j(?=[ae]?$)|(?<=[bcdfghklmnprstvwz])j(?=[aeou])"), "i"),
    (re.compile("ou(?=[aei])"), "w"),
)


def _as_in_english(word: str) -> str:
    """A folded word in Latin letters that may be written as in another language, as English would write it."""
    for letters, english in _ELSEWHERE:
        word = letters.sub(english, word)
    return word


@functools.lru_cache(maxsize=65536)
def _alike(listed: str, core: str, as_written: bool) -> bool:
    """Whether a word of the text may be the other word of a key, as it is listed: most are not."""
    other = bare(listed)
    if core in (listed, other):
        return True
    return not as_written and any(spelling(word, core, True) is not None for word in {listed, other})


@functools.lru_cache(maxsize=65536)
def spelling(word: str, written: str, beside_listed: bool) -> float | None:
    """What it costs to read `written` (without its article) as the known `word`; None where it is another word.

    `beside_listed`: the other words of the name are as listed so far, which makes it likelier.
    """
    if word == written:
        return 0.0
    if written == "و" + word or (written[:-1] == word and written[-1] in "aiاي" and word[-1] not in "aiاي"):
        # Gorbacheva, السعودي
        return None
    if {word, written} <= words("saints") or {word, written} <= words("first of two"):
        return OTHER_SPELLING
    if abs(len(word) - len(written)) > 4 or is_arabic(word) != is_arabic(written):
        return None
    if min(len(word), len(written)) < (2 if beside_listed else 3):
        return None
    if not is_arabic(written) and (english := _as_in_english(written)) != written:
        costs = [cost for one in (written, english) if (cost := _spelling(word, one, beside_listed)) is not None]
        return max(min(costs), OTHER_SPELLING) if costs else None
    return _spelling(word, written, beside_listed)


def _spelling(word: str, written: str, beside_listed: bool) -> float | None:
    shorter = min(len(word), len(written))
    heard, theirs = sounds(_with_alef(written)), sounds(_with_alef(word))
    most = max(SPELLING * max(len(heard), len(theirs)) - OTHER_SPELLING, _LEAST if beside_listed else 0.0)
    # The least that a consonant more or less costs.
    if 0.7 * abs(len(analysis.consonants(heard)) - len(analysis.consonants(theirs))) > most:
        return None
    cost = analysis.difference(heard, theirs, most)
    if cost > most or (cost and {word, written} & words("arab given names")):
        return None
    if beside_listed and shorter > 3 and len(word) > 4 and abs(len(word) - len(written)) < 4:
        return cost + OTHER_SPELLING
    if cost > _ROOM[min(len(analysis.consonants(heard)), 4)] + (0.1 if beside_listed else 0.0):
        return None
    key = name_key(written)
    if key not in name_keys(word) if len(key) > 1 or beside_listed else heard != theirs:
        return None
    return cost + OTHER_SPELLING
