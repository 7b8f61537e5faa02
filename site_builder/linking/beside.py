"""What stands beside a name found, and what that says against it."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NamedTuple

from site_builder.linking.entities import OTHER_BODY, OTHER_PERSON, Entity
from site_builder.linking.finding import Found, Searched
from site_builder.linking.vocabulary import own_words, words_of_all
from site_builder.text.analysis import bare, is_arabic, readings
from site_builder.text.wordlists import exactly, words

_SENTENCE_END = re.compile('[.!?؟:;؛\n"“”«»(\\[،]')
_BLANK = re.compile("[ \t\u00a0\u202f]+|\r?\n")
_HYPHEN = re.compile("[-\u2010\u2011]")


class Beside(NamedTuple):
    """The words beside a form found, folded; empty where punctuation or the end of the text stands between.

    `before` is empty too where a particle is attached, which keeps the word before apart: `before_particle` is not.
    `start` and `last` are the words that count as the name: with the article of al-Assad. `further` and
    `earlier` are the second words on either side.
    """

    found: Found
    searched: Searched
    start: int
    before: str
    before_particle: str
    earlier: str
    after: str
    further: str

    @property
    def last(self) -> int:
        """The last word of the name."""
        return self.found.last

    @property
    def surface_before(self) -> str:
        """The word before as written."""
        return self.searched.words.surfaces[self.start - 1] if self.start else ""

    @property
    def surface_after(self) -> str:
        """The word after as written."""
        surfaces = self.searched.words.surfaces
        return surfaces[self.last + 1] if self.last + 1 < len(surfaces) else ""

    @property
    def gap_before(self) -> str:
        """What stands between the word before and the name."""
        return self.searched.words.gaps[self.start]

    @property
    def gap_after(self) -> str:
        """What stands between the name and the word after."""
        return self.searched.words.gaps[self.last + 1]

    @property
    def sentence_start(self) -> bool:
        """Whether a sentence, or what may be one, begins with the name."""
        return not self.start or bool(_SENTENCE_END.search(self.gap_before))

    @property
    def owns(self) -> bool:
        """Whether an English possessive follows."""
        return self.gap_after[:2].lower() in ("'s", "’s")

    @property
    def before_raised(self) -> bool:
        """Whether the word before has a capital."""
        return bool(self.before) and self.surface_before[0].isupper()

    @property
    def after_raised(self) -> bool:
        """Whether the word after has a capital, in a text that is not all capitals."""
        if not self.after or not self.surface_after[0].isupper():
            return False
        return not (self.surface_after.isupper() and self.searched.words.surfaces[self.last].isupper())


def beside(searched: Searched, found: Found) -> Beside:
    """What stands beside a form found."""
    folded, gaps = searched.words.folded, searched.words.gaps
    start, last = found.first, found.last
    if start and folded[start - 1] in ("al", "el"):
        start -= 1

    def word(place: int, gap: int) -> str:
        return folded[place] if 0 <= place < len(folded) and _BLANK.fullmatch(gaps[gap]) else ""

    before = word(start - 1, start)
    earlier = word(start - 2, start - 1) if before else ""
    after = word(last + 1, last + 1)
    further = word(last + 2, last + 2) if after else ""
    return Beside(found, searched, start, "" if found.cut else before, before, earlier, after, further)


class Neighbours(NamedTuple):
    """Where names begin and end in a text, as far as they were found."""

    starts: Set[int]
    ends: Set[int]


# --- Refusals ---------------------------------------------------------------------------------------------------------


def refusal(around: Beside, entity: Entity, others: Neighbours) -> str:
    """Why what stands beside a form shows that something else is meant; empty where it does not."""
    found = around.found
    if found.first == found.last and around.searched.words.folded[found.first] in (around.before, around.after):
        return OTHER_BODY
    if is_arabic(found.form.words[0]):
        return _ARABIC[entity.kind](around, entity, others)
    return _of_a_body(around, entity, others) or _LATIN[entity.kind](around, entity, others)


def _is_own(entity: Entity, word: str) -> bool:
    return word in own_words(entity.names)


def _of_a_body(around: Beside, entity: Entity, others: Neighbours) -> str:
    """Whether a name in Latin letters is part of an institution's or thing's name, or of a longer name."""
    form, before, after = around.found.form, around.before, around.after
    if after in words("institutions after") and not _is_own(entity, after):
        return OTHER_BODY
    if before in words("institutions before", "vessels") and around.before_raised and not form.acronym:
        return OTHER_BODY
    if (
        around.start
        and around.gap_before == ". "
        and around.searched.words.folded[around.start - 1] in ("st", "mt", "ft")
    ):
        return OTHER_BODY
    if before in words("vessels") or "&" in (around.gap_before.strip(), around.gap_after.strip()):
        return OTHER_BODY
    if _HYPHEN.fullmatch(around.gap_after) and _street_or_body(around):
        return OTHER_BODY
    if around.after_raised and not form.acronym and not (entity.kind == "organization" and len(form.words) > 1):
        known = after in words("may follow", "months days", "titles", "saying")
        if not known and around.last + 1 not in others.starts:
            return OTHER_PERSON if entity.kind == "person" else OTHER_BODY
    return ""


def _street_or_body(around: Beside) -> bool:
    surface = around.surface_after
    after = around.searched.words.folded[around.last + 1] if surface else ""
    return surface[:1].isupper() and after in words("institutions after", "institutions joined")


def _latin_person(around: Beside, entity: Entity, others: Neighbours) -> str:
    if around.found.form.role == "full":
        return ""
    precedes = around.start - 1 in others.ends
    if _HYPHEN.fullmatch(around.gap_before) and around.surface_before[:1].isupper() and not precedes:
        return OTHER_PERSON
    if around.before in words("given names") and around.before_raised and not precedes:
        return OTHER_PERSON
    return OTHER_PERSON if _strange(around, others) else ""


def _latin_place(around: Beside, entity: Entity, others: Neighbours) -> str:
    before = around.before
    if around.before_raised and before in words("directions"):
        return OTHER_BODY
    if around.before_raised and before in words("given names") and before not in words("may precede"):
        return OTHER_PERSON
    if before == "of" and around.earlier in words("institutions of"):
        return OTHER_BODY
    if before in ("in", "at") and around.earlier in words("schools"):
        return OTHER_BODY if around.searched.words.surfaces[around.start - 2][0].isupper() else ""
    if _of_a_state(around) or before in words("beating") or around.after in words("beating"):
        return OTHER_BODY
    return "" if around.found.form.acronym else _strange_body(around, others)


def _of_a_state(around: Beside) -> bool:
    """Whether the state of another place of that name follows: Paris, Texas."""
    place = around.last + 1
    folded = around.searched.words.folded
    if around.gap_after != ", " or place >= len(folded):
        return False
    two = f"{folded[place]}_{folded[place + 1]}" if place + 1 < len(folded) else ""
    return around.surface_after[:1].isupper() and bool({folded[place], two} & words("states"))


def _latin_body(around: Beside, entity: Entity, others: Neighbours) -> str:
    form, after = around.found.form, around.after
    if form.acronym:
        return ""
    folded, surfaces = around.searched.words.folded, around.searched.words.surfaces
    further = folded[around.last + 2 : around.last + 4]
    if after == "of" and not any(_is_own(entity, word) and word not in words("may precede") for word in further):
        return OTHER_BODY
    if folded[around.last] in words("general bodies"):
        if around.before in words("nationalities") and not _is_own(entity, around.before):
            return OTHER_BODY
        purpose = after in ("for", "on") and around.further and around.further not in words("months days")
        if purpose and surfaces[around.last + 2][0].isupper():
            return OTHER_BODY
    return _strange_body(around, others)


def _strange_body(around: Beside, others: Neighbours) -> str:
    return OTHER_BODY if _strange(around, others) else ""


def _strange(around: Beside, others: Neighbours) -> bool:
    """Whether a capitalised word stands before that may be another name: no title, nor how a sentence begins."""
    before = around.before
    if not around.before_raised or around.start - 1 in others.ends:
        return False
    if around.surface_before.isupper() and len(before) > 4:
        return False
    if before in words("may precede", "titles", "saying"):
        return False
    gap = around.searched.words.gaps[around.start - 1] if around.start > 1 else "."
    return not (_SENTENCE_END.search(gap) and before.endswith(("ing", "ed", "ly", "wards")))


_LATIN = {"person": _latin_person, "place": _latin_place, "organization": _latin_body}


def _before_readings(around: Beside) -> list[str]:
    return [reading.word for reading in readings(around.before)] if around.before else []


def _arabic_body(around: Beside, entity: Entity, others: Neighbours) -> str:
    before, after = _before_readings(around), around.after
    if set(before) & exactly("bodies of a body"):
        return OTHER_BODY
    if after in exactly("purposes") and not _is_own(entity, after):
        return OTHER_BODY
    first = around.searched.words.folded[around.found.first][around.found.cut :]
    changed = after in exactly("changes a body") and not _is_own(entity, after)
    if changed and bare(first) in words("generic bodies") and after not in words_of_all(entity.about):
        return OTHER_BODY
    return ""


def _arabic_thing(around: Beside) -> str:
    """Whether a name is part of the name of an institution, a street, a prize, a ship, a treaty."""
    before = _before_readings(around)
    if set(before) & exactly("institutions before", "vessels", "treaties"):
        return OTHER_BODY
    if around.earlier and "الطايرات" in before and bare(around.earlier) in words("vessels"):
        return OTHER_BODY
    return OTHER_BODY if around.after in exactly("institutions after") else ""


def _arabic_place(around: Beside, entity: Entity, others: Neighbours) -> str:
    if thing := _arabic_thing(around):
        return thing
    if {around.before_particle, around.before} & exactly("beating"):
        return OTHER_BODY
    single = len(around.found.form.words) == 1
    return OTHER_BODY if single and around.after in exactly("directions after") else ""


def _arabic_person(around: Beside, entity: Entity, others: Neighbours) -> str:
    if thing := _arabic_thing(around):
        return thing
    given = exactly("given names", "arab given names")
    before = _before_readings(around)
    precedes = around.start - 1 in others.ends
    if around.found.form.role != "full" and before and not precedes:
        # على with its ى is a preposition, not Ali.
        if set(before[:2]) & given and not around.surface_before.endswith("على") and not _is_own(entity, before[0]):
            return OTHER_PERSON
        if around.earlier in exactly("family"):
            return OTHER_PERSON
        if len(around.found.form.words) == 1 and set(before) & exactly("teknonyms") and not _is_own(entity, before[0]):
            return OTHER_PERSON
    follows = around.after in given and around.last + 1 not in others.starts
    ordinary = around.surface_after == "على" or around.after in exactly("ordinary")
    return OTHER_PERSON if follows and not ordinary else ""


_ARABIC = {"person": _arabic_person, "place": _arabic_place, "organization": _arabic_body}
