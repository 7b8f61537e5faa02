"""The ways to write the names of a record: in full, without the middle words, the surname alone, in one word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from site_builder.linking import chinese
from site_builder.linking.entities import Entity
from site_builder.text import analysis
from site_builder.text.analysis import bare, is_arabic, sounds
from site_builder.text.wordlists import exactly, words

#: Roles of a form. A part is a name without its middle words; what is never the record counts for none.
Role = Literal["full", "part", "short", "never"]
RANK: dict[Role, int] = {"never": 0, "full": 0, "part": 1, "short": 2}

#: The forms of عبد with the article that belongs to the word after it, and words left out of names.
ABD = {"abdel": "abd", "abdul": "abd", "abdal": "abd"}
DROPPED = frozenset(["al", "el", "the"])


class Form(NamedTuple):
    """One way to name the entity of that number. `capitals` and `articles` say which of its words have one.

    `as_written` forms are those of which no other spelling is looked for.
    """

    entity: int
    role: Role
    words: tuple[str, ...]
    capitals: tuple[bool, ...]
    articles: tuple[bool, ...]
    acronym: bool
    as_written: bool


#: A given name, not the article: Al Gore.
_AL = re.compile("(?:Al|آل) \\w+")


class NameWord(NamedTuple):
    """A word of a name as listed, and without its article (what begins with أل has none); `article` if it has one."""

    word: str
    bare: str
    capital: bool
    upper: bool
    article: bool = False


def name_words(name: str) -> list[NameWord]:
    """The words of a name that count: not the article of other languages."""
    found = analysis.words_in(name)
    listed = []
    for word, surface, before in zip(found.folded, found.surfaces, ["", *found.folded], strict=False):
        whole = ABD.get(word, word)
        core = word if word.startswith("ال") and surface[0] in "أإآ" else bare(whole)
        upper = surface.replace(".", "").isupper()
        listed.append(NameWord(whole, core, surface[0].isupper(), upper, core != whole or before == "the"))
    if _AL.fullmatch(name):
        return listed
    kept = [word for word in listed if word.word not in DROPPED] if len(listed) > 1 else listed
    return kept or listed


def forms_of(number: int, entity: Entity) -> list[Form]:
    """All the forms of the entity of that number. Some may come twice, but none as a part that is in full too."""
    forms = [*_forms(number, entity)]
    full = {form.words for form in forms if form.role == "full"}
    return [form for form in forms if form.role != "part" or form.words not in full]


def _forms(number: int, entity: Entity) -> Iterator[Form]:
    for names in entity.names:
        authorised = name_words(names[0]) if names else []
        for place, name in enumerate(_as_also_written(entity, names)):
            listed = name_words(name) if place else authorised
            if not listed:
                continue
            if entity.kind != "person":
                yield from _spaced(number, "full", listed)
                yield from _without_class(number, entity, listed)
                continue
            role: Role = "short" if place and _is_short(listed, authorised) else "full"
            yield from _spaced(number, role, listed)
            fewer = _without_initials(listed)
            if len(fewer) < len(listed):
                yield from _spaced(number, role, fewer)
            if role == "full" and len(fewer) > 1:
                yield from _parts(number, fewer)
    for phrase in entity.never:
        if listed := name_words(phrase):
            yield _form(number, "never", listed, True)


#: How names are also written: ElBaradei with a space; تش at the beginning as ش; Aliyev without y.
_HABITS = (
    (re.compile(r"\bAbd(?!ull?ah?\b|all?ah?\b)(?:[aeu]l|[aeu](?=([rsz])\1))?(?=[a-z]{4})"), "Abd al-"),
    (re.compile(r"\bعبد(?=\w{3})"), "عبد "),
    (re.compile(r"\b(El|Al)(?=[A-Z][a-z])"), r"\1 "),
    (re.compile(r"(?<=\w )Ben(?=[a-z]{4})"), "Ben "),
    (re.compile(r"\bتش"), "ش"),
    (re.compile(r"\bSaint (?=[A-Z])"), "St "),
    (re.compile("(?<=rogram)me"), ""),
    (re.compile(r"(?<=rogram)\b"), "me"),
    (re.compile(r"(?<=efen)ce\b"), "se"),
    (re.compile(r"(?<=efen)se\b"), "ce"),
    (re.compile(r"(?<=[Cc]ent)re\b"), "er"),
    (re.compile(r"(?<=[Cc]ent)er\b"), "re"),
    (re.compile(r"(?<=ab)our\b"), "or"),
    (re.compile(r"(?<=ab)or\b"), "our"),
    (re.compile(r"(?<=ا)ديتش\b"), "جيتش"),
    (re.compile(r"(?<=[ai])ye(?=va?\b)"), "e"),
)
#: What is written in languages without these letters.
_LETTERS = {
    **{"đ": "dj", "š": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ş": "sh", "ș": "sh", "ț": "ts", "ę": "en", "ą": "on"},
    **{"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"},
}
_PLAIN = str.maketrans(_LETTERS | {letter.upper(): plain.title() for letter, plain in _LETTERS.items()})
_COUNTRY = re.compile("^[\u0620-\u064a]{2,}يا$")


def _as_also_written(entity: Entity, names: tuple[str, ...]) -> Iterator[str]:
    """The names, and after them their spellings by habits that no rule about sounds covers."""
    yield from names
    for name in names:
        if not name.isascii() and (plain := unicodedata.normalize("NFC", name).translate(_PLAIN)) != name:
            yield plain
        for habit, other in _HABITS:
            if habit.search(name):
                yield habit.sub(other, name)
        if entity.kind == "person" and " " in name:
            yield from _as_chinese(name)
        if entity.kind == "place" and _COUNTRY.match(name):
            yield name[:-1] + "ة"


def _as_chinese(name: str) -> Iterator[str]:
    """A Chinese name with the syllables of its second word apart, and in the spelling of older texts."""
    family, *given = analysis.words_of(name)
    if len(given) != 1 or family not in exactly("family names first"):
        return
    first, second = chinese.syllables(family), chinese.syllables(given[0])
    if len(first) != 1 or not second:
        return
    spelled = [first + second]
    if not is_arabic(family):
        spelled.append(tuple(map(chinese.wade_giles, spelled[0])))
    for parts in spelled:
        yield " ".join(parts).title()


def _without_class(number: int, entity: Entity, listed: list[NameWord]) -> Iterator[Form]:
    """The name of a river, a province, a movement without the word for what it is.

    The Euphrates is one by itself, and so is a province that another language names without the word; otherwise what
    is named in full has to be in the text: Aleppo may be a city as well, فتح a word.
    """
    classes, alone = exactly("classes"), exactly("classes left out")
    kept = [word for word in listed if word.word not in classes]
    if not kept or len(kept) == len(listed) or (listed[0] not in kept) == (listed[-1] not in kept):
        return
    if entity.kind == "place" and kept[0].word in exactly("states and rivers"):
        return
    left_out = {word.word for word in listed if word.word in classes}
    elsewhere = entity.kind == "place" and any(
        classes.isdisjoint(analysis.words_of(name)) for names in entity.names for name in names
    )
    yield from _spaced(number, "part" if elsewhere or left_out <= alone else "short", kept)


def _without_initials(listed: list[NameWord]) -> list[NameWord]:
    kept = [word for word in listed if len(word.word) > 1 and not (word.upper and len(word.word) == 2)]
    return kept if len(kept) > 1 else listed


def _is_short(listed: list[NameWord], authorised: list[NameWord]) -> bool:
    """Whether an alias is but the end of the name, perhaps in another spelling: de Mistura, or a joined word."""
    if len(authorised) < 2 or len(listed) >= len(authorised):
        return False
    if len(listed) > 1 and listed[0].word not in exactly("joining") and listed[-1].word not in exactly("second halves"):
        return False
    mine = sounds(listed[-1].bare)
    for word in authorised[1:]:
        theirs = sounds(word.bare)
        most = 0.15 * max(len(mine), len(theirs))
        if analysis.difference(mine, theirs, most) <= most:
            return True
    return False


def _parts(number: int, listed: list[NameWord]) -> Iterator[Form]:
    """The shorter ways to write the name of a person."""
    last = len(listed) - 1
    joining, second_halves = exactly("joining"), exactly("second halves")
    if listed[0].word in exactly("family names first"):
        if listed[0].word not in exactly("function words"):
            yield from _spaced(number, "short", listed[:1])
        if len(listed) == 3 and listed[0].word in exactly("known by given names"):
            yield from _spaced(number, "short", listed[2:])
        return
    while last > 1 and listed[last].word in exactly("suffixes"):
        last -= 1
    if listed[last].word in exactly("suffixes"):
        return
    begin = last - 1 if last > 1 and listed[last].word in second_halves else last
    while begin > 1 and listed[begin - 1].word in joining:
        begin -= 1
    if begin + 1 < len(listed):
        yield from _spaced(number, "short", listed[begin:])
    if listed[last].word not in second_halves and not any(
        word.word in exactly("never alone") for word in listed[begin:last]
    ):
        yield from _spaced(number, "short", listed[last : last + 1])
    common = words("arab given names")
    if begin > 1 and not {listed[0].word, *(word.word for word in listed[begin:])} <= common:
        yield from _spaced(number, "part", [listed[0], *listed[begin:]])
    if (
        1 < begin < last
        and listed[begin].word in exactly("of a family")
        and listed[begin - 1].word not in words("given names")
    ):
        # Giscard d'Estaing, Lula da Silva
        yield from _spaced(number, "short", listed[begin - 1 : begin])
    for start in range(1, begin):
        if listed[start - 1].word not in joining and listed[start].word not in second_halves:
            yield from _spaced(number, "part", listed[start:])


def _spaced(number: int, role: Role, listed: list[NameWord]) -> Iterator[Form]:
    """A form as it is, and with two of its words or all of them written as one."""
    yield _form(number, role, listed)
    count = len(listed)
    if not 1 < count <= 5:
        return
    joining = exactly("joining")
    family_first = listed[0].word in exactly("family names first")
    for place in range(count - 1):
        pair = listed[place : place + 2]
        loosely = family_first or pair[0].word in joining or min(len(word.word) for word in pair) < 4
        yield _form(number, role, [*listed[:place], _joined(pair), *listed[place + 2 :]], not loosely)
    if count > 2:
        yield _form(number, role, [_joined(listed)], True)


def _joined(listed: list[NameWord]) -> NameWord:
    word = "".join([one.word for one in listed])
    return NameWord(word, word if listed[0].word == "ال" else bare(word), listed[0].capital, False, listed[0].article)


def _form(number: int, role: Role, listed: list[NameWord], as_written: bool = False) -> Form:
    folded = tuple([word.bare for word in listed])
    articles = tuple([word.article for word in listed])
    acronym = len(listed) == 1 and listed[0].upper and 1 < len(folded[0]) < 8 and not is_arabic(folded[0])
    return Form(number, role, folded, tuple([word.capital for word in listed]), articles, acronym, as_written)
