"""Which of the names that may stand in a text are meant.

1. A name in full counts, unless the words beside it show that something else is meant (`beside.refusal`).
2. Whoever is named in full, listed in the front matter or referred to is established in the article.
3. A surname or another short form counts for who is established (or has the title beside it), and nobody else.
4. The longest span wins; a span that several records could claim is reported, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from site_builder.linking import keys
from site_builder.linking.beside import Beside, Neighbours, beside, refusal
from site_builder.linking.decided import decide
from site_builder.linking.entities import (
    NEEDS_CONTEXT,
    NOT_NAMED,
    OTHER_CALLING,
    OTHER_PERSON,
    SEVERAL,
    Context,
    Entity,
    Links,
    Mention,
    Unresolved,
)
from site_builder.linking.finding import Found, Searched, as_spelled, candidates, has_the, spelled_otherwise
from site_builder.linking.forms import RANK
from site_builder.linking.vocabulary import NEARLY, Shared, Vocabulary, first_words, is_arab, own_words, words_of_all
from site_builder.text import analysis, wordlists
from site_builder.text.analysis import bare, is_arabic, readings
from site_builder.text.wordlists import exactly, words

Group = list[Found]


class State(NamedTuple):
    """What is known when names are judged: who is listed, who is established, and where names begin and end."""

    searched: Searched
    listed: frozenset[int]
    established: frozenset[int]
    #: The first word where each was named in full.
    named: Mapping[int, int]
    others: Neighbours
    #: Those whose surname is an ordinary word, and mostly the name in this text.
    usual: frozenset[int]
    #: What stands beside the forms found, and what that says against them, by place and form: asked several times.
    seen: dict[tuple[int, int, int, int], tuple[Found, Beside, str]]

    def entity(self, found: Found) -> Entity:
        """Whom a form names."""
        return self.searched.vocabulary.entities[found.form.entity]


class Choice(NamedTuple):
    """The forms that count, and what could not be decided."""

    chosen: list[Found]
    open: list[tuple[Group, str]]


def find(text: str, vocabulary: Vocabulary, context: Context = Context()) -> Links:  # noqa: B008
    """Find names in a text. Where it is Markdown, hand in the text with blanks for what is no prose.

    The offsets are code points of the text. Only records that have a key in common with the text (`text_keys`,
    `entity_keys`) matter to the outcome, and those that `context.decided` names: a firm key, or a loose one of a record
    that `context.listed` has.
    """
    searched = Searched(text, keys.words_to_search(text), vocabulary)
    choice = _judged(searched, context)
    mentions = [_mention(searched, found) for found in choice.chosen]
    waiting = [_unresolved(searched, group, reason) for group, reason in choice.open]
    return decide(searched, context.decided, mentions, waiting)


def _judged(searched: Searched, context: Context) -> Choice:
    numbers = searched.vocabulary.keys
    listed = frozenset(numbers[key] for key in context.listed if key in numbers)
    found, shorts, surnames = candidates(searched)
    likely = listed.union([one.form.entity for one in found if one.form.role != "short"])
    places = {(one.first, one.last) for one in found}
    places.update([(one.first, one.last) for one, of in shorts if not of.bearers.keys().isdisjoint(likely)])
    others = Neighbours({first for first, _ in places}, {last for _, last in places})
    state = State(searched, listed, listed, {}, others, frozenset(), {})
    strong = [[one for one in group if one.form.role != "short"] for group in _grouped(found).values()]
    named = _choose(state, [group for group in strong if group]).chosen
    in_text = frozenset(one.form.entity for one in named)
    first_named = {one.form.entity: one.first for one in sorted(named, key=lambda one: -one.first)}
    state = state._replace(established=listed | in_text, named=first_named)
    found += [*spelled_otherwise(searched, surnames, state.established), *as_spelled(searched, named)]

    def judged() -> Choice:
        return _choose(state, _grouped([*found, *_for_bearers(state, shorts)]).values())

    choice = judged()
    # A surname with its title establishes its bearer too.
    by_title = frozenset(one.form.entity for one in choice.chosen) - state.established
    if by_title:
        state = state._replace(established=state.established | by_title)
        choice = judged()
    if usual := _usual(choice):
        state = state._replace(usual=usual)
        choice = judged()
    return choice._replace(open=[(_by_all(group, shorts), reason) for group, reason in choice.open])


def _usual(choice: Choice) -> frozenset[int]:
    """Those whose surname stands in the text three times and more, counts somewhere, and is in doubt elsewhere."""
    doubtful = Counter(
        [one.form.entity for group, reason in choice.open if reason == NEEDS_CONTEXT for one in group[:1]]
    )
    if not doubtful:
        return frozenset()
    certain = Counter([one.form.entity for one in choice.chosen if one.form.role == "short"])
    return frozenset([one for one, times in doubtful.items() if certain[one] and certain[one] + times > 2])


def _for_bearers(state: State, shorts: Iterable[tuple[Found, Shared]]) -> Iterator[Found]:
    """Surnames for those bearers for whom they can count; for one of them where they count for none."""
    searched = state.searched
    likely = state.established | searched.in_office
    for found, shared in shorts:
        numbers = shared.bearers.keys() & likely
        numbers.update(_with_title(searched, shared, found.first))
        if not numbers:
            yield found
        for number in sorted(numbers):
            yield found._replace(form=shared.bearers[number])


def _with_title(searched: Searched, shared: Shared, place: int) -> Iterable[int]:
    """Those who bear a surname and may have the title that stands beside it."""
    before = _words_before(searched.words, place)
    if words("honours").isdisjoint(before) and words("strong titles").isdisjoint(before):
        return ()
    return [number for number in shared.bearers if _has_title(searched, number, before)]


def _by_all(group: Group, shorts: Iterable[tuple[Found, Shared]]) -> Group:
    """A group of forms with those of all the bearers of its surnames."""
    first, last = group[0].first, group[0].last
    bearers = [
        form
        for found, shared in shorts
        if (found.first, found.last) == (first, last)
        for form in shared.bearers.values()
    ]
    return [*group, *(group[0]._replace(form=form) for form in bearers)]


def _grouped(found: Iterable[Found]) -> dict[tuple[int, int], Group]:
    groups: dict[tuple[int, int], Group] = {}
    for one in found:
        groups.setdefault((one.first, one.last), []).append(one)
    return groups


def _choose(state: State, groups: Iterable[Group]) -> Choice:
    """Judge the longest spans first; what overlaps one that counts or is open does not."""
    choice = Choice([], [])
    taken: set[int] = set()
    words = state.searched.words

    def precedence(group: Group) -> tuple[int, float, int]:
        first, last = group[0].first, group[0].last
        cost = group[0].cost if len(group) == 1 else min([one.cost for one in group])
        return words.starts[first] - words.ends[last], cost, first

    for group in sorted(groups, key=precedence):
        covered = range(group[0].first, group[0].last + 1)
        if not taken.isdisjoint(covered):
            continue
        outcome = _judge(state, group)
        if isinstance(outcome, Found):
            taken.update(covered)
            if outcome.form.role != "never":
                choice.chosen.append(outcome)
        elif outcome:
            taken.update(covered)
            choice.open.append((group, outcome))
    return choice


def _judge(state: State, group: Group) -> Found | str:
    """The one that is meant, or why none is; an empty reason where it is nothing to speak of."""
    if len(group) == 1:
        (found,) = group
        reason = "" if found.form.role == "never" else _refusal(state, found)
        return found if not reason else reason if found.cost < NEARLY else ""
    for found in group:
        if found.form.role == "never":
            return found
    ranked: dict[tuple[int, bool, int], Group] = {}
    for found in group:
        ranked.setdefault(_rank(state, found), []).append(found)
    # Many may share a name: the less likely are judged only where nobody likelier is meant.
    for _, alike in sorted(ranked.items()):
        if likely := [found for found in alike if not _refusal(state, found)]:
            break
    else:
        return _refusal(state, group[0]) if any(found.cost < NEARLY for found in group) else ""
    likely.sort(key=lambda found: -found.cost)
    several = {found.form.entity: found for found in likely}
    if len(several) > 1:
        several = _narrow(state, several)
    return next(iter(several.values())) if len(several) == 1 else SEVERAL


def _rank(state: State, found: Found) -> tuple[int, bool, int]:
    """How likely a form is of several: as spelled, with the article (The Hague, not William Hague), the longer one."""
    english = not is_arabic(found.form.words[0])
    without = english and found.form.articles[0] and not has_the(state.searched.words, found)
    return int(found.cost >= NEARLY), without, RANK[found.form.role]


def _narrow(state: State, several: dict[int, Found]) -> dict[int, Found]:
    """Of several that bear a name, the one whose title stands beside it, who is listed, or who is established."""
    searched = state.searched
    likelier = (
        lambda: {one for one, found in several.items() if _title_beside(searched, one, found.first)},
        lambda: state.listed,
        lambda: {one for one, found in several.items() if state.named.get(one, found.first) < found.first},
        lambda: state.established,
        lambda: searched.in_office,
    )
    for of_these in likelier:
        few = {one: found for one, found in several.items() if one in of_these()}
        if len(few) == 1:
            return few
    return several


# --- Whether one form counts ------------------------------------------------------------------------------------------


def _refusal(state: State, found: Found) -> str:
    """Why a form found does not count here; empty where it does."""
    if found.form.role == "short" and not _is_established(state, found):
        return NOT_NAMED
    entity = state.entity(found)
    key = (found.first, found.last, found.cut, id(found.form))
    known = state.seen.get(key)
    if known is None:
        around = beside(state.searched, found)
        reason = refusal(around, entity, state.others) or _of_another(state, found, around, entity)
        known = state.seen[key] = (found, around, reason)
    _, around, reason = known
    return reason or _as_a_word(state, found, around, entity)


def _of_another(state: State, found: Found, around: Beside, entity: Entity) -> str:
    """Whether a calling, a rank or a number says that another of that name is meant."""
    before, after = around.before, around.after
    if before in words("other callings", "crowned", "noble") and _is_anothers_rank(found, before, entity):
        return OTHER_CALLING
    followed = found.form.role == "short" and found.first == found.last and around.last + 1 in state.others.starts
    if followed and around.searched.words.folded[found.last] in words("titles"):
        # الزعيم حسني الزعيم
        return OTHER_CALLING
    numbered = after in words("suffixes") and (after in exactly("of two") or _is_royal(entity))
    if numbered and own_words(entity.names).isdisjoint({after, *exactly("father and son")}):
        # King Faisal is not Faisal II, nor Donald Trump his son.
        return OTHER_PERSON
    return ""


def _is_anothers_rank(found: Found, before: str, entity: Entity) -> bool:
    """Whether a calling or a rank before a name is not that of its bearer."""
    calling = before in words("other callings") and before not in words("saying")
    if calling and before not in words_of_all(entity.about):
        return True
    if before in words("crowned") and found.form.role == "short" and not _may_reign(entity, found):
        return True
    return before in words("noble") and _is_royal(entity) and before not in own_words(entity.names)


def _may_reign(entity: Entity, found: Found) -> bool:
    """Whether a king or a pope may be meant: they have no surnames. King Hussein is not Saddam Hussein."""
    if _is_royal(entity) or not words("crowned").isdisjoint(words_of_all(entity.about)):
        return True
    return found.form.words[0] in first_words(entity.names)


def _as_a_word(state: State, found: Found, around: Beside, entity: Entity) -> str:
    """Whether a name is an ordinary word here, or may be one while nothing speaks for the name."""
    word = _word(state, found) if found.first == found.last else ""
    if word and _spoken_against(state.searched, found, word):
        return NEEDS_CONTEXT
    if found.cut and state.searched.words.folded[found.first] in exactly("no particles"):
        # النساء وعدن, but صنعاء وعدن
        return "" if around.start - 1 in state.others.ends else NEEDS_CONTEXT
    if word.endswith("يه") and entity.kind == "place" and word not in own_words(entity.names):
        # In this spelling, which is not listed, the name of a country is an adjective too.
        return "" if around.before in words("place prepositions") else NEEDS_CONTEXT
    ordinary = exactly("ordinary", "qualities")
    common = word and (word in ordinary or bare(word) in ordinary)
    if common or entity.needs_context or _may_be_common(state, found, entity):
        return "" if _has_context(state, around, entity) else NEEDS_CONTEXT
    return ""


def _may_be_common(state: State, found: Found, entity: Entity) -> bool:
    """Whether an Arab's surname stands before anybody of that name was spoken of: most are ordinary words, too."""
    if found.form.role != "short" or len(found.form.words) > 1 or not is_arabic(found.form.words[0]):
        return False
    return entity.kind == "person" and not _was_named(state, found) and is_arab(entity.names)


def _word(state: State, found: Found) -> str:
    """The first word of a name without particles; with its article where لل stands for ل and that."""
    word = state.searched.words.folded[found.first]
    article = "ال" if word[: found.cut].endswith("لل") else ""
    return article + word[found.cut :]


def _is_royal(entity: Entity) -> bool:
    """Whether a title such as king is part of the name."""
    return entity.kind == "person" and not own_words(entity.names).isdisjoint(words("honours"))


def _is_established(state: State, found: Found) -> bool:
    number = found.form.entity
    if number in state.established:
        return True
    if found.cost >= NEARLY:
        return False
    return number in state.searched.in_office or _title_beside(state.searched, number, found.first)


def _words_before(found_in: analysis.Words, place: int) -> set[str]:
    """The four words before a word, in all readings and without articles, as far as they may be of its title.

    What has neither article nor capital is none of it, unless it is a title: الرئيس نيكسون نفد صبره.
    """
    before: set[str] = set()
    for back in range(place, max(0, place - 4), -1):
        word, surface = found_in.folded[back - 1], found_in.surfaces[back - 1]
        if not keys.joins(found_in, back):
            break
        before.update([core for core, *_ in keys.others(word)])
        if word.endswith(("ها", "هم")):
            # أمينها العام همرشولد
            before.add(word[:-2])
        if not (surface[0].isupper() or bare(word) != word or word in words("titles", "offices", "may precede")):
            break
    return before


def _title_beside(searched: Searched, number: int, place: int) -> bool:
    """Whether one of the four words before a word is of a title of this person."""
    return _has_title(searched, number, _words_before(searched.words, place))


def _has_title(searched: Searched, number: int, before: set[str]) -> bool:
    entity = searched.vocabulary.entities[number]
    if entity.kind != "person":
        return False
    honours = words("honours").intersection(before)
    if honours:
        # King Hussein is not the Imam.
        arabic = is_arabic(min(honours))
        own = {word for word in own_words(entity.names) & words("honours") if is_arabic(word) == arabic}
        return not own or not honours.isdisjoint(own)
    strong = words("strong titles").intersection(before)
    return bool(strong & words_of_all(entity.titles) if entity.titles else strong)


def _spoken_against(searched: Searched, found: Found, word: str) -> bool:
    """Whether a word near a name that is an ordinary word too shows that the ordinary word is meant."""
    folded = searched.words.folded
    following = folded[found.last + 1] if found.last + 1 < len(folded) else ""
    before = folded[found.first - 1] if found.first else ""
    if following in wordlists.speaks_against("against next").get(word, ()):
        return True
    earlier = folded[found.first - 2] if before == "of" and found.first > 1 else before
    if earlier in wordlists.speaks_against("against before").get(word, ()):
        return True
    if following in exactly("qualities") and not word.startswith("ال") and word in exactly("ordinary", "qualities"):
        return True
    against = wordlists.speaks_against().get(word) if before not in words("of a place") else None
    return bool(against and against.intersection(_clause(searched.words, found)))


def _clause(found_in: analysis.Words, found: Found) -> list[str]:
    """The six words on either side of a name, as far as no comma or point stands between."""
    first, last = found.first, found.last
    while first > max(0, found.first - 6) and not _CLAUSE_END.search(found_in.gaps[first]):
        first -= 1
    end = min(len(found_in.folded), found.last + 7)
    while last + 1 < end and not _CLAUSE_END.search(found_in.gaps[last + 1]):
        last += 1
    return found_in.folded[first : last + 1]


def _has_context(state: State, around: Beside, entity: Entity) -> bool:
    """Whether something near an ordinary word speaks for the name."""
    found = around.found
    word = _word(state, found)
    arabic = is_arabic(found.form.words[0])
    if arabic and not word.startswith("ال") and (around.before in exactly("indefinite") or _is_adverb(state, found)):
        return False
    if found.form.entity in state.usual and _was_named(state, found) and _may_be_usual(state, around, word, arabic):
        return True
    if entity.kind != "person":
        return _place_has_context(state, around, entity, word, arabic)
    return _person_has_context(state, around, entity, word, arabic)


def _may_be_usual(state: State, around: Beside, word: str, arabic: bool) -> bool:
    """Whether nothing beside a word speaks against the name that it is elsewhere in the text."""
    if arabic:
        return around.last + 1 in state.others.starts or not _is_of_what_follows(around)
    dated = word in words("months days") and (around.before in words("dates before") or around.after.isdecimal())
    return around.owns or not dated


def _is_adverb(state: State, found: Found) -> bool:
    """Whether ب or ك makes an adverb of an ordinary word: تحدث بحماس."""
    entity = state.entity(found)
    return entity.kind != "place" and state.searched.words.folded[found.first][: found.cut][-1:] in ("ب", "ك")


def _person_has_context(state: State, around: Beside, entity: Entity, word: str, arabic: bool) -> bool:
    found, before, after = around.found, around.before_particle, around.after
    known = found.form.entity in state.established
    ways = _verbs(before)
    if ways & words("titles"):
        return True
    if ways & words("saying"):
        # قال الخطيب في صلاة الجمعة: before anybody of that name was spoken of.
        return not (arabic and word.startswith("ال")) or _was_named(state, found)
    if known and word in exactly("adjectives", "qualities") and before in words("prepositions"):
        return True
    dated = word in words("months days")
    if dated and before in words("dates before") and not _was_named(state, found):
        return False
    if ways & words("of a person") and not entity.needs_context:
        return True
    feminine = around.surface_before.endswith("ة") and bool(before) and not before.startswith("ال")
    if known and feminine and word in exactly("adjectives") and not word.endswith("ه"):
        # It would agree with the noun before: شرعية هادي
        return True
    if known and arabic and before in words("with") and not _is_of_what_follows(around):
        return True
    if known and arabic and before[:1] in ("و", "ف") and not around.earlier and _is_verb(before):
        # A sentence begins with its verb: وسخر ناصر من
        return True
    if (dated and not arabic and before in words("dates before")) or after.isdecimal():
        return False
    if dated and after in words("auxiliaries"):
        # May was cold, unless somebody of that name was spoken of before.
        return _was_named(state, found)
    if arabic and found.form.articles[0] and before and not before.startswith("ال"):
        return _was_named(state, found)
    if not arabic and (after.endswith("ed") or around.owns):
        return True
    if around.sentence_start and around.gap_after.lstrip().startswith(":"):
        return True
    if after and words("saying").intersection(reading.word for reading in readings(after)):
        return not (arabic and found.cut and state.searched.words.folded[found.first][found.cut - 1] in "بلك")
    return known and not arabic and not around.sentence_start and not dated


def _was_named(state: State, found: Found) -> bool:
    """Whether the bearer of a name is listed, or is named in full further before in the text."""
    number = found.form.entity
    return number in state.listed or state.named.get(number, found.first) < found.first


def _is_verb(word: str) -> bool:
    """Whether an Arabic word with و or ف at the beginning of a sentence may be a verb: no particle, no noun in ة."""
    return word not in exactly("particles") and not word.endswith("ه")


def _verbs(word: str) -> set[str]:
    """The ways to read a word, and as a verb without its object: استقبله is استقبل too."""
    ways = {reading.word for reading in readings(word or " ")}
    return ways | {way[: -len(end)] for way in ways for end in ("ه", "ها", "هم") if way.endswith(end)}


_CLAUSE_END = re.compile("[.,;:!?،؛؟]")
_DATELINE = ("-", "\u2013", "\u2014", "(")


def _is_of_what_follows(around: Beside) -> bool:
    """Whether an Arabic noun follows of which a word is said, so that the word is no name: حماة العريس.

    What is said of a place as such, or when, is none: حماة القديمة, حماة الخميس.
    """
    after = around.after
    return after.startswith("ال") and len(after) > 4 and after[-1] not in "هي" and after not in exactly("times")


def _place_has_context(state: State, around: Beside, entity: Entity, word: str, arabic: bool) -> bool:
    found, before = around.found, around.before_particle
    if arabic and not word.startswith("ال") and _is_of_what_follows(around):
        return False
    if before in words("of a place") and not (arabic and found.cut):
        return True
    if arabic and around.start - 1 in state.others.ends:
        # One of several names with و between them, or زار شارل ديغول الجزائر
        return True
    if around.sentence_start and around.gap_after.strip() in _DATELINE:
        return True
    ways = {reading.word for reading in readings(before or " ")} | {around.after}
    if arabic and before.startswith("ال"):
        # دخلت القوات تدمر
        ways.update([reading.word for reading in readings(around.earlier or " ")])
    if ways & words("saying", "taking") or found.form.entity in state.listed:
        return True
    known = found.form.entity in state.established
    if arabic:
        if entity.kind == "organization":
            return known or before in words("of a body")
        attached = found.cut and state.searched.words.folded[found.first][found.cut - 1] in "بل" and len(word) > 3
        return bool(attached) or (known and word.startswith("ال"))
    if around.after == "and" and around.last + 2 in state.named.values():
        return True
    return known or not around.sentence_start or around.owns or around.gap_after.startswith(",")


# --- What is handed out -----------------------------------------------------------------------------------------------


def _span(searched: Searched, found: Found) -> tuple[int, int]:
    """The code points of what was found, particles left out and the article of al-Assad included."""
    words = searched.words
    start = words.starts[found.first]
    if found.cut and not _belongs(searched, found):
        start += analysis.cut_point(words.surfaces[found.first], found.cut)
    elif has_the(words, found):
        start = words.starts[found.first - 1]
    elif found.first and not is_arabic(words.folded[found.first]) and words.folded[found.first - 1] in ("al", "el"):
        gap = words.gaps[found.first]
        person = searched.vocabulary.entities[found.form.entity].kind == "person"
        if gap in keys.HYPHENS or (gap == " " and (person or words.surfaces[found.first - 1].istitle())):
            start = words.starts[found.first - 1]
    return start, words.ends[found.last]


def _belongs(searched: Searched, found: Found) -> bool:
    """Whether what looks like a particle is the article as Maghrebis write it, as it stands after one: إلى لحبيب."""
    place = found.first
    after_particle = (
        place and keys.joins(searched.words, place) and searched.words.folded[place - 1] in exactly("prepositions")
    )
    return bool(after_particle) and searched.words.folded[place][: found.cut] == "ل"


def _mention(searched: Searched, found: Found) -> Mention:
    start, end = _span(searched, found)
    entity = searched.vocabulary.entities[found.form.entity]
    return Mention(start, end, searched.text[start:end], entity.id, entity.kind)


def _unresolved(searched: Searched, group: Group, reason: str) -> Unresolved:
    start, end = _span(searched, group[0])
    ids = sorted({searched.vocabulary.entities[found.form.entity].id for found in group})
    return Unresolved(start, end, searched.text[start:end], tuple(ids), reason)
