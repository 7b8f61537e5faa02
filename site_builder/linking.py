"""Finding the people, organisations and places of the archive in a text, however they are spelled.

A `Vocabulary` knows the words of all names: as folded, and by how they sound. For each word of a text it looks up
which of those it may be, and follows sequences of such words through a tree of names: what a text costs does not
depend on how many records there are. `find` then judges what was found in this order:

1. A name in full counts, unless the words beside it show that something else is meant (`_refusal`).
2. Whoever is named in full, listed in the front matter or referred to is established in the article.
3. A surname or another short form counts for who is established (or has the title beside it), and nobody else.
4. The longest span wins; a span that several records could claim is reported, never guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from site_builder.model import Kind, Person, Record
from site_builder.text import analysis, wordlists
from site_builder.text.analysis import Token, bare, fold, is_arabic, name_key, name_keys, readings, sounds
from site_builder.text.wordlists import exactly, words

#: The kinds of record whose names are looked for.
LINKED_KINDS: tuple[Kind, ...] = ("person", "organization", "place")
Key = tuple[Kind, str]


class Entity(NamedTuple):
    """A record as far as its names go. `names` holds the authorised name first, then aliases, of all languages.

    `titles` are those of offices; `about` is whatever else is said of it; `never` are phrases that are not it.
    """

    kind: Kind
    id: str
    names: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    needs_context: bool = False
    never: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A name found: `start` and `end` (exclusive) are code points of the text, attached particles left out."""

    start: int
    end: int
    surface: str
    entity: str
    kind: Kind


class Unresolved(NamedTuple):
    """What may be a name: the records it may belong to (ids), and why it was not decided."""

    start: int
    end: int
    surface: str
    candidates: tuple[str, ...]
    reason: str


class Links(NamedTuple):
    """All that was found in a text, in order."""

    mentions: tuple[Mention, ...]
    unresolved: tuple[Unresolved, ...]


class Context(NamedTuple):
    """What is known of a text besides its words: the records it lists or refers to, and what the editor decided.

    `decided` maps a surface, or a range `start-end`, to the id it means, or to None where it means no record.
    """

    listed: frozenset[Key] = frozenset()
    decided: Mapping[str, str | None] = {}


SEVERAL = "several records have this name"
NOT_NAMED = "only a short form, and its bearer is not named in full or listed"
NEEDS_CONTEXT = "an ordinary word, and nothing beside it speaks for the name"
OTHER_PERSON = "another given name or surname stands beside it"
OTHER_BODY = "part of the name of something else"
OTHER_CALLING = "the title beside it does not fit the record"

#: Roles of a form. A part is a name without its middle words; an office never becomes a mention.
Role = Literal["full", "part", "short", "office", "never"]
_RANK: dict[Role, int] = {"never": 0, "full": 0, "part": 1, "short": 2, "office": 3}


class _Form(NamedTuple):
    """One way to name an entity. `capitals` and `articles` say which of its words have one.

    `as_written` forms are those of which no other spelling is looked for.
    """

    entity: int
    role: Role
    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    articles: tuple[bool, ...]
    acronym: bool
    as_written: bool


class _Node:
    """A step in the tree of names: the words that may come next, and the forms that end here.

    `only_short` where no name goes on from here, or ends here that is more than a short form.
    """

    __slots__ = ("children", "forms", "only_short")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.forms: list[_Form] = []
        self.only_short = True


class _Match(NamedTuple):
    """A word of the text (`written`, folded) read as a known `word`.

    `cut` letters of particles are left off, `cost` is what the difference of spelling costs, ال may stand before it.
    """

    word: str
    cut: int
    cost: float
    article: bool
    written: str


class _LookedUp(NamedTuple):
    """What a word of a text may be: all `matches`, and those with which a form may start."""

    matches: tuple[_Match, ...]
    starts: tuple[tuple[_Match, _Node], ...]


class _Heard(NamedTuple):
    """A known word, its sounds, and the consonants among them."""

    word: str
    sounds: str
    consonants: str


class _Found(NamedTuple):
    """A form found at tokens `first` to `last` (inclusive)."""

    first: int
    last: int
    cut: int
    cost: float
    form: _Form


# --- The vocabulary -------------------------------------------------------------------------------------------------


def entity_of(kind: Kind, id_: str, record: Record) -> Entity:
    """The entity that an authority record describes."""
    languages = [*record.name, *(code for code in record.aliases if code not in record.name)]
    names = tuple(
        tuple(dict.fromkeys([*([record.name[code]] if code in record.name else []), *record.aliases.get(code, ())]))
        for code in languages
    )
    titles = (
        [title for office in record.offices for title in office.title.values()] if isinstance(record, Person) else []
    )
    never = tuple(phrase for phrases in record.never.values() for phrase in phrases)
    about = (*record.description.values(), *titles)
    return Entity(kind, id_, names, tuple(titles), about, record.needs_context, never)


def names_of(entity: Entity) -> Iterator[tuple[Role, tuple[str, ...]]]:
    """The ways to name an entity, in full or short: folded words without articles."""
    for form in dict.fromkeys(_forms(0, entity._replace(titles=(), never=()))):
        yield form.role, form.words


_ABD = {"abdel": "abd", "abdul": "abd", "abdal": "abd"}
_DROPPED = frozenset(["al", "el", "the"])


class Vocabulary:
    """All names of an archive, ready to be looked for. Compiled once; good for any number of texts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Compile the names of the entities."""
        self.entities = tuple(entities)
        self.root = _Node()
        self._by_sound: dict[tuple[bool, str], list[_Heard]] = {}
        self._known: set[str] = set()
        self._memo: dict[tuple[str, bool], _LookedUp] = {}
        self._given: dict[tuple[int, str], float] = {}
        self._children: dict[tuple[_Node, str], list[_Match]] = {}
        for number, entity in enumerate(self.entities):
            for form in _forms(number, entity):
                self._add(form)

    def _add(self, form: _Form) -> None:
        node = self.root
        for word in form.words:
            if word not in self._known:
                self._known.add(word)
                if not form.as_written and len(word) >= 3:
                    heard = sounds(word)
                    known = _Heard(word, heard, analysis.consonants(heard))
                    for key in (heard, *name_keys(word)):
                        self._by_sound.setdefault((is_arabic(word), key), []).append(known)
            node.only_short = False
            node = node.children.setdefault(word, _Node())
        if form not in node.forms:
            node.forms.append(form)
            node.only_short &= form.role == "short"

    @cached_property
    def keys(self) -> Mapping[Key, int]:
        """The number of each entity."""
        return {(entity.kind, entity.id): number for number, entity in enumerate(self.entities)}

    def looked_up(self, word: str, loosely: bool = True) -> _LookedUp:
        """The known words that a folded word of a text may be; `loosely` in another spelling too."""
        found = self._memo.get((word, loosely))
        if found is None:
            if len(self._memo) > _MOST_KEPT:
                self._memo.clear()
            matches = tuple(self._look_up(word, loosely))
            found = self._memo[word, loosely] = _LookedUp(matches, tuple(self._starts(matches)))
        return found

    def _starts(self, matches: Iterable[_Match]) -> Iterator[tuple[_Match, _Node]]:
        for match in matches:
            node = self.root.children.get(match.word)
            if node and (
                match.cost < _NEARLY
                or node.children
                or any(_fits_alone(self.entities[form.entity].kind, form.role, match) for form in node.forms)
            ):
                yield match, node

    def unlike_given_name(self, number: int, word: str) -> float:
        """How far a word is from the first words of a person's names: 1 and more is too far."""
        found = self._given.get((number, word))
        if found is None:
            firsts = {next(analysis.words_of(name), "") for group in self.entities[number].names for name in group}
            names = [sounds(bare(first)) for first in firsts if is_arabic(first) == is_arabic(word) and len(first) > 2]
            heard = sounds(word)
            costs = [analysis.difference(heard, name, 2.0) / max(len(heard), len(name)) for name in names]
            found = 1.0 if word in words("arab given names") or len(word) < 3 else min(costs, default=1.0)
            found = self._given[number, word] = found / _SPELLING_GIVEN
        return found

    def like_a_child(self, node: _Node, word: str) -> list[_Match]:
        """The words that may come next in a name and sound much like a word, whatever their consonants."""
        core = bare(word)
        if len(core) < 5:
            return []
        found = self._children.get((node, core))
        if found is None:
            found = self._children[node, core] = []
            heard = sounds(core)
            for other in node.children:
                if len(other) < 5 or abs(len(other) - len(core)) > 3 or is_arabic(other) != is_arabic(core):
                    continue
                theirs = sounds(other)
                most = _SPELLING * max(len(heard), len(theirs)) - _OTHER_SPELLING
                cost = analysis.difference(heard, theirs, most)
                if cost <= most and not {core, other} & words("arab given names"):
                    found.append(_Match(other, 0, cost + _OTHER_SPELLING, core != word, core))
        return found

    def pairs(self, several: Sequence[str]) -> set[int]:
        """Where two words in sequence may be one known word, perhaps after a particle or the article."""
        known, joining = self._known, exactly("joining")
        return {
            place
            for place, (one, two) in enumerate(itertools.pairwise(several))
            if (both := one + two) in known
            or one in joining
            or (one[0] in "اوفبلكس" and (both[1:] in known or both[2:] in known))
        }

    def _look_up(self, word: str, loosely: bool) -> Iterator[_Match]:
        word = _ABD.get(word, word)
        exact = {bare(reading.word) for reading in readings(word)}
        for cut, rest in readings(word):
            core = bare(rest)
            article = core != rest
            if core in self._known:
                yield _Match(core, cut, 0.0, article, core)
            if article and rest in self._known:
                yield _Match(rest, cut, 0.0, False, rest)
            if not loosely or len(core) < (3 if cut == 0 else 5):
                continue
            key = name_key(core)
            heard = sounds(core)
            if len(key) < 2:
                key = heard
            hard = analysis.consonants(heard)
            soft = len(heard) - len(hard)
            room = _ROOM[min(len(hard), 4)]
            for other, theirs, firm in self._by_sound.get((is_arabic(core), key), ()):
                most = min(_SPELLING * max(len(heard), len(theirs)) - _OTHER_SPELLING, room)
                vowels = 0.2 * abs(len(theirs) - len(firm) - soft)
                if vowels + analysis.least_difference(hard, firm) > most or other in exact:
                    continue
                cost = analysis.difference(heard, theirs, most)
                if cost <= most and not (cost and {core, other} & words("arab given names")):
                    cost += _OTHER_SPELLING
                    yield _Match(other, cut, cost, article, core)


_MOST_KEPT = 500_000
#: What spelling may change: in proportion to the length of a word, and of a name alone in one word.
_SPELLING = 0.15
_SPELLING_ALONE = 0.11
_SPELLING_GIVEN = 0.2
#: ... and at most, by the number of consonants.
_ROOM = (0.2, 0.2, 0.35, 0.6, 9.0)
_OTHER_SPELLING = 0.05
#: A space more or less is no other spelling.
_NEARLY = 0.05


class _Word(NamedTuple):
    """A word of a name as listed. What begins with أل has no article."""

    word: str
    capital: bool
    upper: bool
    no_article: bool = False

    @property
    def bare(self) -> str:
        """The word without its article."""
        return self.word if self.no_article else bare(self.word)


def _name_words(name: str) -> list[_Word]:
    listed = [
        _Word(
            _ABD.get(token.word, token.word),
            name[token.start].isupper(),
            name[token.start : token.end].replace(".", "").isupper(),
            token.word.startswith("ال") and name[token.start] in "أإآ",
        )
        for token in analysis.tokens(name)
    ]
    kept = [word for word in listed if word.word not in _DROPPED] if len(listed) > 1 else listed
    return kept or listed


def _without_initials(listed: list[_Word]) -> list[_Word]:
    kept = [word for word in listed if len(word.word) > 1 and not (word.upper and len(word.word) == 2)]
    return kept if len(kept) > 1 else listed


def _forms(number: int, entity: Entity) -> Iterator[_Form]:
    for names in entity.names:
        authorised = _name_words(names[0]) if names else []
        for place, name in enumerate(names):
            listed = _name_words(name)
            if not listed:
                continue
            if entity.kind != "person":
                yield from _spaced(number, "full", listed)
                continue
            role: Role = "full"
            if place and _is_short(listed, authorised):
                role = "short"
            yield from _spaced(number, role, listed)
            if len(_without_initials(listed)) < len(listed):
                listed = _without_initials(listed)
                yield from _spaced(number, role, listed)
            if role == "full" and len(listed) > 1:
                yield from _parts(number, listed)
    for title in entity.titles:
        yield from _spaced(number, "office", _name_words(title))
    for phrase in entity.never:
        yield from _spaced(number, "never", _name_words(phrase))


def _is_short(listed: list[_Word], authorised: list[_Word]) -> bool:
    """Whether an alias is but the end of the name, perhaps in another spelling: de Mistura, or a joined word."""
    if len(authorised) < 2 or len(listed) >= len(authorised):
        return False
    if len(listed) > 1 and listed[0].word not in exactly("joining"):
        return False
    mine = sounds(listed[-1].bare)
    return any(
        analysis.difference(mine, sounds(word.bare), 9.0) <= _SPELLING * max(len(mine), len(sounds(word.bare)))
        for word in authorised[1:]
    )


def _parts(number: int, listed: list[_Word]) -> Iterator[_Form]:
    """The shorter ways to write the name of a person."""
    last = len(listed) - 1
    if listed[0].word in exactly("family names first"):
        if listed[0].word not in exactly("function words"):
            yield from _spaced(number, "short", listed[:1])
        return
    while last > 1 and listed[last].word in exactly("suffixes"):
        last -= 1
    begin = last - 1 if last > 1 and listed[last].word in exactly("second halves") else last
    while begin > 1 and listed[begin - 1].word in exactly("joining"):
        begin -= 1
    if begin + 1 < len(listed):
        yield from _spaced(number, "short", listed[begin:])
    if listed[last].word not in exactly("second halves") and not any(
        word.word in exactly("never alone") for word in listed[begin:last]
    ):
        yield from _spaced(number, "short", listed[last : last + 1])
    common = words("arab given names")
    if begin > 1 and not {listed[0].word, *(word.word for word in listed[begin:])} <= common:
        yield from _spaced(number, "part", [listed[0], *listed[begin:]])
    for start in range(1, begin):
        if listed[start - 1].word not in exactly("joining") and listed[start].word not in exactly("second halves"):
            yield from _spaced(number, "part", listed[start:])


def _spaced(number: int, role: Role, listed: list[_Word]) -> Iterator[_Form]:
    """A form as it is, and with two of its words or all of them written as one."""
    yield _form(number, role, listed)
    count = len(listed)
    if 1 < count <= 5 and role != "office":
        for place in range(count - 1):
            pair = listed[place : place + 2]
            loosely = pair[0].word in exactly("joining") or min(len(word.word) for word in pair) < 4
            loosely = loosely or listed[0].word in exactly("family names first")
            yield _form(number, role, [*listed[:place], _joined(pair), *listed[place + 2 :]], not loosely)
        if count > 2:
            yield _form(number, role, [_joined(listed)], True)


def _joined(listed: list[_Word]) -> _Word:
    return _Word("".join(word.word for word in listed), listed[0].capital, False)


def _form(number: int, role: Role, listed: list[_Word], as_written: bool = False) -> _Form:
    folded = tuple(word.bare for word in listed)
    articles = tuple(short != word.word for short, word in zip(folded, listed, strict=True))
    acronym = len(listed) == 1 and listed[0].upper and 1 < len(folded[0]) < 8 and not is_arabic(folded[0])
    as_written = as_written or role in ("office", "never")
    return _Form(number, role, folded, tuple(word.capital for word in listed), articles, acronym, as_written)


# --- Finding --------------------------------------------------------------------------------------------------------


def find(text: str, vocabulary: Vocabulary, context: Context = Context()) -> Links:  # noqa: B008
    """Find names in a text. Where it is Markdown, hand in the text with blanks for what is no prose."""
    return _Finder(text, vocabulary, context).links()


_JOIN = re.compile("[ \t\u00a0\u202f]*(?:[-‐‑\u0640]|\r?\n)?[ \t\u00a0\u202f]*")
_JOIN_INITIAL = re.compile("\\.?[ \t\u00a0\u202f]*")
_SENTENCE_END = re.compile('[.!?؟:;؛\n"“”«»(\\[،]')
_LONGEST_SKIP = 1


class _Finder:
    """One text being searched."""

    def __init__(self, text: str, vocabulary: Vocabulary, context: Context) -> None:
        self.text, self.vocabulary, self.context = text, vocabulary, context
        self.tokens: list[Token] = analysis.tokens(text)
        look_up = vocabulary.looked_up
        self.matched = [look_up(word, not text[start].islower()) for start, _, word in self.tokens]
        self.pairs = vocabulary.pairs([token.word for token in self.tokens])
        #: Short forms in other spellings, of which only those of established bearers matter.
        self.uncertain: list[tuple[_Node, _Match, int]] = []

    # What was found, before it is judged.

    def _joins(self, place: int) -> bool:
        """Whether nothing but a space or a hyphen stands before a token."""
        before, token = self.tokens[place - 1], self.tokens[place]
        gap = self.text[before.end : token.start]
        if gap == " ":
            return True
        return bool(_JOIN.fullmatch(gap)) or (len(before.word) < 3 and bool(_JOIN_INITIAL.fullmatch(gap)))

    def _pair(self, place: int) -> Iterator[_Match]:
        """Two tokens as one word: a name that the vocabulary writes without the space."""
        one, two = self.tokens[place].word, self.tokens[place + 1].word
        if len(one + two) < 5 or not self._joins(place + 1):
            return
        for match in self.vocabulary.looked_up(one + two, one in exactly("joining")).matches:
            if match.cut <= len(one) - 2:
                yield match._replace(cost=match.cost + 0.02)

    def _found(self) -> Iterator[_Found]:
        children = self.vocabulary.root.children
        for place, (_, starts) in enumerate(self.matched):
            for match, node in starts:
                if match.cost < _NEARLY:
                    yield from self._follow(node, [match], place, place)
                    if node.forms and not match.cut and place and self._joins(place):
                        yield from self._after_given_name(node, place)
                    continue
                if node.forms:
                    self.uncertain.append((node, match, place))
                if not node.only_short and (node.forms or self._may_go_on(place + 1)):
                    yield from self._follow(node, [match], place, place)
            for match in self._pair(place) if place in self.pairs else ():
                if match.word in children:
                    yield from self._follow(children[match.word], [match], place, place + 1)

    def _may_go_on(self, place: int) -> bool:
        """Whether the token at a place may be a further word of a name."""
        if place >= len(self.tokens):
            return False
        return bool(self.matched[place].matches) or place in self.pairs or len(self.tokens[place].word) < 3

    def _after_given_name(self, node: _Node, place: int) -> Iterator[_Found]:
        """A surname as listed, after a word that is much like its bearer's given name."""
        start, _, word = self.tokens[place - 1]
        if self.text[start].islower() or len(word) < 3:
            return
        for form in node.forms:
            if form.role != "short" or self.vocabulary.entities[form.entity].kind != "person":
                continue
            for cut, given in readings(word):
                cost = self.vocabulary.unlike_given_name(form.entity, bare(given))
                if cost < 1:
                    found = _Found(place - 1, place, cut, _NEARLY + cost, form._replace(role="part"))
                    if self._capital(form, place, place):
                        yield found
                        break

    def _follow(self, node: _Node, path: list[_Match], first: int, last: int) -> Iterator[_Found]:
        cost = sum([match.cost for match in path])
        for form in node.forms:
            found = _Found(first, last, path[0].cut, cost, form)
            if self._fits(found, path):
                yield found
        after = last + 1
        if not node.children or after >= len(self.tokens) or not self._joins(after):
            return
        fitting = [match for match in self.matched[after].matches if match.cut == 0 and match.word in node.children]
        if not fitting and cost < _NEARLY and not self.text[self.tokens[after].start].islower():
            fitting = self.vocabulary.like_a_child(node, self.tokens[after].word)
        for match in fitting:
            yield from self._follow(node.children[match.word], [*path, match], first, after)
        for match in self._pair(after) if after in self.pairs else ():
            if match.cut == 0 and match.word in node.children:
                yield from self._follow(node.children[match.word], [*path, match], first, after + 1)
        start, end, word = self.tokens[after]
        initial = len(word) < 3 and self.text[start:end].replace(".", "").isupper()
        patronymic = word.endswith(("vich", "vitch", "ovna", "evna", "فيتش", "وفنا", "يفنا"))
        if (initial or patronymic or word in _DROPPED) and after + 1 < len(self.tokens) and self._joins(after + 1):
            for match in self.matched[after + 1].matches:
                if match.cut == 0 and match.word in node.children:
                    match = match._replace(cost=match.cost + _NEARLY * (initial or patronymic))
                    yield from self._follow(node.children[match.word], [*path, match], first, after + 1)

    def _fits(self, found: _Found, path: list[_Match]) -> bool:
        """Whether the words found may be this form: capitals, articles, and how far the spelling is."""
        first, last, _, cost, form = found
        letters = sum(map(len, form.words)) if cost else 0
        if form.role in ("office", "never"):
            return cost <= _SPELLING_ALONE * letters
        entity = self.vocabulary.entities[form.entity]
        if is_arabic(form.words[0]):
            differ = any(match.article != has for match, has in zip(path, form.articles, strict=True))
            if differ and (entity.kind != "person" or (len(path) == 1 and form.words[0] in words("ordinary"))):
                return False
        elif not self._capital(form, first, last):
            return False
        if cost == 0:
            return True
        if entity.kind == "organization" and any(
            match.cost >= _NEARLY and (match.written[:1] != match.word[:1] or match.written[-2:] != match.word[-2:])
            for match in path
        ):
            return False
        if len(form.words) == 1:
            return cost < _NEARLY or _fits_alone(entity.kind, form.role, path[0])
        return cost <= _SPELLING_ALONE * letters + 0.1

    def _capital(self, form: _Form, first: int, last: int) -> bool:
        token = self.tokens[first]
        if form.acronym:
            return self.text[token.start : token.end].replace(".", "").isupper()
        if form.capitals[0] and not self.text[token.start].isupper():
            return False
        if form.capitals[-1] and not self.text[self.tokens[last].start].isupper():
            return last > first and self.text[self.tokens[last].start - 1] in "-‐‑"
        return True

    # How it is judged.

    def links(self) -> Links:
        """Judge what was found."""
        spans: dict[tuple[int, int], list[_Found]] = {}
        self.offices: dict[int, list[int]] = {}
        for found in self._found():
            if found.form.role == "office":
                if len(found.form.words) > 1:
                    self.offices.setdefault(found.form.entity, []).append(found.last)
            else:
                spans.setdefault((found.first, found.last), []).append(found)
        self.starts = {first for first, _ in spans}
        self.ends = {last for _, last in spans}
        self.established = {self.vocabulary.keys[key] for key in self.context.listed if key in self.vocabulary.keys}
        self.listed = set(self.established)
        groups = sorted(spans.values(), key=self._precedence)
        strong = [[found for found in group if found.form.role != "short"] for group in groups]
        self._choose([group for group in strong if group])
        for found in self.chosen:
            self.established.add(found.form.entity)
        for node, match, place in self.uncertain:
            for form in node.forms:
                found = _Found(place, place, match.cut, match.cost, form)
                if form.entity in self.established and self._fits(found, [match]):
                    spans.setdefault((place, place), []).append(found)
        for found in self._as_spelled():
            spans.setdefault((found.first, found.last), []).append(found)
        groups = sorted(spans.values(), key=self._precedence)
        self._choose(groups)
        # A surname with its title establishes its bearer too.
        by_title = {found.form.entity for found in self.chosen} - self.established
        if by_title:
            self.established |= by_title
            self._choose(groups)
        mentions = [self._mention(found) for found in self.chosen]
        return self._decide(mentions)

    def _as_spelled(self) -> Iterator[_Found]:
        """Surnames in a spelling that only this text's full names have."""
        surnames = {
            bare(self.tokens[found.last].word): found.form
            for found in self.chosen
            if found.cost >= _NEARLY and found.first < found.last and found.form.capitals
            if self.vocabulary.entities[found.form.entity].kind == "person"
        }
        for place, token in enumerate(self.tokens if surnames else ()):
            for cut, rest in readings(token.word):
                form = surnames.get(bare(rest))
                if form and len(bare(rest)) > 3:
                    form = form._replace(role="short", words=form.words[-1:], capitals=form.capitals[-1:])
                    if is_arabic(rest) or self._capital(form, place, place):
                        yield _Found(place, place, cut, _NEARLY, form)

    def _precedence(self, group: list[_Found]) -> tuple[int, float, int]:
        first, last = self.tokens[group[0].first], self.tokens[group[0].last]
        return (first.start - last.end, min(one.cost for one in group), group[0].first)

    def _choose(self, groups: Sequence[list[_Found]]) -> None:
        """Take the longest spans first. Fills in `chosen` and `open`."""
        self.chosen: list[_Found] = []
        self.open: list[Unresolved] = []
        taken: set[int] = set()
        for group in groups:
            covered = range(group[0].first, group[0].last + 1)
            if not taken.isdisjoint(covered):
                continue
            outcome = self._judge(group)
            if isinstance(outcome, _Found):
                taken.update(covered)
                if outcome.form.role != "never":
                    self.chosen.append(outcome)
            elif outcome:
                taken.update(covered)
                start, end = self._span(group[0])
                ids = sorted({self.vocabulary.entities[found.form.entity].id for found in group})
                self.open.append(Unresolved(start, end, self.text[start:end], tuple(ids), outcome))

    def _judge(self, group: list[_Found]) -> _Found | str:
        """The one that is meant, or why none is; an empty reason where it is nothing to speak of."""
        for found in group:
            if found.form.role == "never":
                return found
        reasons = []
        left = []
        for found in group:
            reason = self._refusal(found)
            if reason:
                reasons.append(reason)
            else:
                left.append(found)
        if not left:
            exact = any(found.cost < _NEARLY for found in group)
            return reasons[0] if exact else ""
        best = min(self._rank(found) for found in left)
        left = [found for found in left if self._rank(found) == best]
        one = {found.form.entity: found for found in sorted(left, key=lambda found: -found.cost)}
        if len(one) > 1:
            one = self._narrow(one)
        if len(one) == 1:
            return next(iter(one.values()))
        return SEVERAL

    def _rank(self, found: _Found) -> tuple[int, int]:
        return (int(found.cost >= _NEARLY), _RANK[found.form.role])

    def _narrow(self, several: dict[int, _Found]) -> dict[int, _Found]:
        """Of several that bear a name, the one whose title stands beside it, who is listed, or who is established."""
        place = next(iter(several.values())).first
        beside = {one for one in several if self._title_beside(one, place)}
        in_text = {one for one in several if one in self.offices}
        for some in (beside, self.listed, self.established, in_text):
            few = {one: found for one, found in several.items() if one in some}
            if len(few) == 1:
                return few
        return several

    def _refusal(self, found: _Found) -> str:
        """Why a form found does not count here; empty where it does."""
        entity = self.vocabulary.entities[found.form.entity]
        if found.form.role == "short" and not self._is_established(found):
            return NOT_NAMED
        around = _Around(self, found)
        if found.first == found.last and self.tokens[found.first].word in (around.before, around.after):
            return OTHER_BODY
        reason = _arabic_refusal(around, entity) if is_arabic(found.form.words[0]) else _latin_refusal(around, entity)
        if reason:
            return reason
        if around.before in words("other callings") and around.before not in self._about(found.form.entity):
            return OTHER_CALLING
        word = self.tokens[found.first].word[found.cut :] if found.first == found.last else ""
        if entity.needs_context or (word and (word in exactly("ordinary") or bare(word) in exactly("ordinary"))):
            return "" if self._has_context(found, entity, around) else NEEDS_CONTEXT
        return ""

    def _about(self, number: int) -> frozenset[str]:
        entity = self.vocabulary.entities[number]
        return frozenset(bare(word) for text in entity.about for word in analysis.words_of(text)) | frozenset(
            word for text in entity.about for word in analysis.words_of(text)
        )

    def _is_established(self, found: _Found) -> bool:
        number = found.form.entity
        if number in self.established:
            return True
        if found.cost >= _NEARLY:
            return False
        return number in self.offices or self._title_beside(number, found.first)

    def _title_beside(self, number: int, place: int) -> bool:
        """Whether one of the three words before a token is of a title of this person."""
        entity = self.vocabulary.entities[number]
        if entity.kind != "person" or place == 0:
            return False
        before = []
        for back in range(place - 1, max(-1, place - 5), -1):
            if not self._joins(back + 1):
                break
            before += [bare(reading.word) for reading in readings(self.tokens[back].word)]
        if not words("honours").isdisjoint(before):
            return True
        strong = words("strong titles").intersection(before)
        if not strong:
            return False
        titles = {bare(word) for title in entity.titles for word in analysis.words_of(title)}
        if titles:
            return bool(strong & titles)
        return bool(strong)

    def _has_context(self, found: _Found, entity: Entity, around: _Around) -> bool:
        """Whether something near an ordinary word speaks for the name, and nothing against it."""
        word = fold(self.tokens[found.first].word[found.cut :])
        against = wordlists.speaks_against().get(word, frozenset())
        near = {token.word for token in self.tokens[max(0, found.first - 6) : found.last + 7]}
        if against & near:
            return False
        arabic = is_arabic(found.form.words[0])
        if entity.kind == "person":
            before = {reading.word for reading in readings(around.word_before)} if around.word_before else set()
            if before & words("titles", "saying"):
                return True
            if before & words("of a person") and not entity.needs_context:
                return True
            if around.word_before in words("dates before") and not arabic and word in words("months days"):
                return False
            if around.after_is_number:
                return False
            if arabic and found.form.articles[0] and around.word_before and not around.word_before.startswith("ال"):
                return found.form.entity in self.established
            after = around.word_after
            if not arabic and (after.endswith("ed") or around.owns):
                return True
            if after in words("saying") or any(reading.word in words("saying") for reading in readings(after)):
                return not (arabic and found.cut)
            if not arabic and not around.sentence_start and word not in words("months days"):
                return found.form.entity in self.established
            return False
        if around.word_before in words("of a place") and not (arabic and found.cut):
            return True
        beside = {reading.word for reading in readings(around.word_before or " ")} | {around.word_after}
        if beside & words("saying") or found.form.entity in self.listed:
            return True
        known = found.form.entity in self.established
        if arabic:
            attached = found.cut and self.tokens[found.first].word[found.cut - 1] in "بل" and len(word) > 3
            return bool(attached) or (known and word.startswith("ال"))
        return known or not around.sentence_start or around.owns or around.comma_follows

    def _span(self, found: _Found) -> tuple[int, int]:
        """The code points of what was found, particles left out and the article of al-Assad included."""
        first = self.tokens[found.first]
        start = first.start
        if found.cut:
            start += analysis.cut_point(self.text[first.start : first.end], found.cut)
        elif found.first and not is_arabic(first.word):
            article = self.tokens[found.first - 1]
            gap = self.text[article.end : first.start]
            person = self.vocabulary.entities[found.form.entity].kind == "person"
            if article.word in ("al", "el") and gap in ("-", " ", "‐", "‑") and (person or gap != " "):
                start = article.start
        return start, self.tokens[found.last].end

    def _mention(self, found: _Found) -> Mention:
        start, end = self._span(found)
        entity = self.vocabulary.entities[found.form.entity]
        return Mention(start, end, self.text[start:end], entity.id, entity.kind)

    def _decide(self, mentions: list[Mention]) -> Links:
        """Put in what the editor decided, over all that was found there."""
        decided = [*self._decided()] if self.context.decided else []
        blocked = [(start, end) for start, end, _ in decided]

        def free(one: Mention | Unresolved) -> bool:
            return all(one.end <= start or end <= one.start for start, end in blocked)

        kept = [mention for mention in mentions if free(mention)]
        kept += [Mention(start, end, self.text[start:end], *named) for start, end, named in decided if named]
        waiting = [one for one in self.open if free(one)]
        return Links(tuple(sorted(kept)), tuple(sorted(waiting)))

    def _decided(self) -> Iterator[tuple[int, int, tuple[str, Kind] | None]]:
        for written, meant in self.context.decided.items():
            named = self._named(meant) if meant else None
            if meant and not named:
                continue
            span = re.fullmatch(r"([0-9]+)-([0-9]+)", written)
            if span and int(span[1]) < int(span[2]) <= len(self.text):
                yield int(span[1]), int(span[2]), named
                continue
            sought = [token.word for token in analysis.tokens(written)]
            for place in range(len(self.tokens) - len(sought) + 1 if sought else 0):
                for reading in readings(self.tokens[place].word):
                    rest = [token.word for token in self.tokens[place + 1 : place + len(sought)]]
                    if [reading.word, *rest] == sought:
                        first = self.tokens[place]
                        cut = analysis.cut_point(self.text[first.start : first.end], reading.cut) if reading.cut else 0
                        yield first.start + cut, self.tokens[place + len(sought) - 1].end, named
                        break

    def _named(self, id_: str) -> tuple[str, Kind] | None:
        for kind in LINKED_KINDS:
            if (kind, id_) in self.vocabulary.keys:
                return id_, kind
        return None


def _fits_alone(kind: Kind, role: Role, match: _Match) -> bool:
    """Whether a name of one word may stand in this spelling, which no other word supports."""
    word, written = match.word, match.written
    change = match.cost - _OTHER_SPELLING
    firm = len(analysis.consonants(sounds(word)))
    if role == "short":
        return len(word) >= 5 and firm >= (3 if is_arabic(word) else 4) and change <= (0.25 if firm == 3 else 0.5)
    if kind == "person" or firm < 3:
        return False
    if len(written) >= 5 and _with_a_vowel(word, written):
        return True
    same_ends = written[-1] == word[-1] and written[0] in (word[0], "ا")
    return len(word) >= 6 and firm >= 4 and change <= 0.25 and same_ends


def _with_a_vowel(word: str, written: str) -> bool:
    """Whether a word is written as listed but for one long vowel more within it."""
    return len(written) == len(word) + 1 and any(
        written[place] in "اوي" and written[:place] + written[place + 1 :] == word for place in range(1, len(word))
    )


# --- What stands beside a name --------------------------------------------------------------------------------------


class _Around:
    """The words beside a form found, folded; empty where a mark of punctuation or the end stands between."""

    def __init__(self, finder: _Finder, found: _Found) -> None:
        self.finder, self.found = finder, found
        text, all_tokens = finder.text, finder.tokens
        self.tokens, self.first, self.last = all_tokens, found.first, found.last
        if self.first and all_tokens[self.first - 1].word in ("al", "el"):
            self.first -= 1
        start = all_tokens[self.first].start
        self._before = all_tokens[self.first - 1] if self.first else None
        gap = text[self._before.end : start] if self._before else "\n"
        #: An attached particle keeps the word before apart.
        self.word_before = self._before.word if self._before and _plain(gap) else ""
        self.before = self.word_before if not found.cut else ""
        self.sentence_start = not self._before or bool(_SENTENCE_END.search(gap))
        self._after = all_tokens[self.last + 1] if self.last + 1 < len(all_tokens) else None
        gap = text[all_tokens[self.last].end : self._after.start] if self._after else "\n"
        self.after = self.word_after = self._after.word if self._after and _plain(gap) else ""

    @property
    def owns(self) -> bool:
        """Whether an English possessive follows."""
        end = self.tokens[self.last].end
        return self.finder.text[end : end + 2].lower() in ("'s", "’s")

    @property
    def comma_follows(self) -> bool:
        """Whether a comma follows at once."""
        end = self.tokens[self.last].end
        return self.finder.text[end : end + 1] == ","

    @property
    def after_is_number(self) -> bool:
        """Whether digits follow."""
        return self.after.isdecimal()

    @property
    def before_strange(self) -> bool:
        """Whether a capitalised word stands before that may be another name: no title, nor how a sentence begins."""
        if not self.before_raised or self._before is None or self.other_precedes:
            return False
        if self.finder.text[self._before.start : self._before.end].isupper() and len(self.before) > 4:
            return False
        if self.before in words("may precede") or self.before in words("titles") or self.before in words("saying"):
            return False
        earlier = self.finder.text[self.tokens[self.first - 2].end : self._before.start] if self.first > 1 else "."
        return not (_SENTENCE_END.search(earlier) and self.before.endswith(("ing", "ed", "ly", "wards")))

    @property
    def before_raised(self) -> bool:
        """Whether the word before has a capital at all."""
        return bool(self.before) and self._before is not None and self.finder.text[self._before.start].isupper()

    @property
    def after_capital(self) -> bool:
        """Whether the word after has a capital, in a text that is not all capitals."""
        if not self.after or self._after is None:
            return False
        surface = self.finder.text[self._after.start : self._after.end]
        shouted = self.finder.text[self.tokens[self.last].start : self.tokens[self.last].end].isupper()
        return surface[:1].isupper() and not (surface.isupper() and shouted)

    @property
    def before_that(self) -> str:
        """The word before the one before."""
        return self.tokens[self.first - 2].word if self.first > 1 else ""

    @property
    def other_follows(self) -> bool:
        """Whether another known name begins right after."""
        return self.last + 1 in self.finder.starts

    @property
    def other_precedes(self) -> bool:
        """Whether another known name ends right before."""
        return self.first - 1 in self.finder.ends


def _plain(gap: str) -> bool:
    return bool(gap) and not gap.strip(" \t\u00a0\u202f") or gap in ("\n", "\r\n")


def _own(around: _Around, entity: Entity, word: str) -> bool:
    """Whether a word is one of the entity's own names."""
    return any(
        word == bare(own) or word == own for names in entity.names for name in names for own in analysis.words_of(name)
    )


def _latin_refusal(around: _Around, entity: Entity) -> str:
    form = around.found.form
    after, before = around.after, around.before
    if after in words("institutions after") and not _own(around, entity, after):
        return OTHER_BODY
    if before in words("institutions before") and around.before_raised and not form.acronym:
        return OTHER_BODY
    if around.after_capital and not form.acronym and not (entity.kind == "organization" and len(form.words) > 1):
        known = after in words("may follow", "months days", "titles", "saying")
        if not known and not around.other_follows:
            return OTHER_PERSON if entity.kind == "person" else OTHER_BODY
    if entity.kind == "person":
        if form.role == "full":
            return ""
        if before in words("given names") and around.before_raised and not around.other_precedes:
            return OTHER_PERSON
        return OTHER_PERSON if around.before_strange else ""
    if entity.kind == "place":
        if around.before_raised and before in words("directions"):
            return OTHER_BODY
        if around.before_raised and before in words("given names") and before not in words("may precede"):
            return OTHER_PERSON
        if before == "of" and around.before_that in words("institutions of"):
            return OTHER_BODY
    if form.acronym:
        return ""
    if entity.kind == "organization" and after == "of":
        further = around.tokens[around.last + 2 : around.last + 4]
        if not any(_own(around, entity, token.word) and token.word not in words("may precede") for token in further):
            return OTHER_BODY
    return OTHER_BODY if around.before_strange else ""


def _arabic_refusal(around: _Around, entity: Entity) -> str:
    form = around.found.form
    before = [reading.word for reading in readings(around.before)] if around.before else []
    after = around.after
    if entity.kind == "organization":
        if set(before) & exactly("bodies of a body"):
            return OTHER_BODY
        first = around.tokens[around.found.first].word[around.found.cut :]
        if after in exactly("purposes") and not _own(around, entity, after):
            return OTHER_BODY
        generic = bare(first) in words("generic bodies")
        known = any(after == word for text in entity.about for word in analysis.words_of(text))
        changed = after in exactly("changes a body") and not _own(around, entity, after) and not known
        return OTHER_BODY if generic and changed else ""
    if set(before) & exactly("institutions before"):
        return OTHER_BODY
    if after in exactly("institutions after"):
        return OTHER_BODY
    if entity.kind == "place":
        return OTHER_BODY if after in exactly("directions after") and len(form.words) == 1 else ""
    given = exactly("given names", "arab given names")
    if form.role != "full" and before and not around.other_precedes:
        surface = around.finder.text[around._before.start : around._before.end] if around._before else ""
        if set(before[:2]) & given and not surface.endswith("على") and not _own(around, entity, before[0]):
            return OTHER_PERSON
    if after in given and not around.other_follows:
        surface = around.finder.text[around._after.start : around._after.end] if around._after else ""
        if surface != "على" and after not in exactly("ordinary"):
            return OTHER_PERSON
    return ""
