"""What stands beside a name found, and what that says against it."""

from __future__ import annotations

import functools
import re
from collections.abc import Set
from typing import NamedTuple

from site_builder.linking.entities import OTHER_BODY, OTHER_PERSON, Entity
from site_builder.linking.finding import Found, Searched, has_the
from site_builder.linking.vocabulary import own_words, words_of_all
from site_builder.text.analysis import bare, fold, is_arabic, readings
from site_builder.text.wordlists import exactly, speaks_against, words

#: How foreign surnames end in Arabic, and hardly any other word.
FOREIGN_ENDINGS = tuple(
    fold("وف يف سكي فيتش يتش لتون ستون غتون سون برغ بورغ شتاين ماير أوغلو زاده شفيلي يان وني اتس").split()
)
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
        return not self.start or (not self.before_particle and bool(_SENTENCE_END.search(self.gap_before)))

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
    if start and (folded[start - 1] in ("al", "el") or has_the(searched.words, found)):
        start -= 1

    def word(place: int, gap: int) -> str:
        if not 0 <= place < len(folded):
            return ""
        between = gaps[gap]
        near = (
            between == " " or _BLANK.fullmatch(between) or (between == ". " and folded[gap - 1] in words("abbreviated"))
        )
        return folded[place] if near else ""

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
    if _is_namesake(around, entity):
        return OTHER_BODY
    if entity.kind != "organization" and _is_in_a_title(around, entity):
        return OTHER_BODY
    if is_arabic(found.form.words[0]):
        return _ARABIC[entity.kind](around, entity, others)
    return _of_a_body(around, entity, others) or _LATIN[entity.kind](around, entity, others)


def _is_namesake(around: Beside, entity: Entity) -> bool:
    """Whether what stands beside a name says that it is another's: the Sultanate of Oman, not Amman."""
    before = around.before
    beside = {before, before[1:], around.after, around.earlier if before == "of" else ""}
    if _OF_NAMESAKES.isdisjoint(beside):
        return False
    own = own_words(entity.names)
    return any(
        word in own and not beside.isdisjoint(others) and own.isdisjoint(beside)
        for word, others in speaks_against("namesakes beside").items()
    )


_OF_NAMESAKES = frozenset[str]().union(*speaks_against("namesakes beside").values())
_QUOTED = re.compile('(?:^|\\s)["“„«‘][^"”»’]*$')
_CLOSED = re.compile('["”»]')


def _is_in_a_title(around: Beside, entity: Entity) -> bool:
    """Whether a name is in quotation marks that hold the title of a work, the name of a ship, a newspaper or the like.

    A work has its title without them, too: the film Casablanca.
    """
    words_ = around.searched.words
    for place in range(around.start, max(0, around.start - 6), -1):
        if words_.gaps[place] == " ":
            continue
        if _QUOTED.search(words_.gaps[place]):
            before = [reading.word for one in words_.folded[max(0, place - 3) : place] for reading in readings(one)]
            nearest = [reading.word for reading in readings(words_.folded[place - 1])] if place else []
            # حاملة الطائرات الفرنسية «شارل ديغول»
            titled = exactly("works", "vessels", "institutions before")
            return not (titled.isdisjoint(nearest) and words("vessels").isdisjoint(before))
        if _CLOSED.search(words_.gaps[place]):
            break
    # A film of Spielberg's is not called after him.
    return around.before in exactly("works by name") and entity.kind == "place"


def _is_own(entity: Entity, word: str) -> bool:
    return word in own_words(entity.names)


def _of_a_body(around: Beside, entity: Entity, others: Neighbours) -> str:
    """Whether a name in Latin letters is part of an institution's or thing's name, or of a longer name."""
    form, before, after = around.found.form, around.before, around.after
    if after in words("institutions after", "treaties after") and not _is_own(entity, after):
        return "" if _is_what_it_is(around, entity) or _is_but_there(around, entity) else OTHER_BODY
    if (form.acronym or entity.kind == "organization") and _has_body_after(around):
        return OTHER_BODY
    if before in words("institutions before", "vessels") and around.before_raised and not form.acronym:
        return OTHER_BODY
    if (
        around.start
        and around.gap_before == ". "
        and around.searched.words.folded[around.start - 1] in ("st", "mt", "ft")
    ):
        return OTHER_BODY
    if {before, after} & words("vessels") or "&" in (around.gap_before.strip(), around.gap_after.strip()):
        return OTHER_BODY
    if _HYPHEN.fullmatch(around.gap_after) and _is_joined(around):
        return OTHER_BODY
    if around.after_raised and not form.acronym and not (entity.kind == "organization" and len(form.words) > 1):
        known = _may_follow(after)
        if after in words("months days") and around.further.isalpha() and _is_raised(around, 2):
            # Georgia May Jagger
            known = False
        if not known and around.last + 1 not in others.starts:
            return OTHER_PERSON if entity.kind == "person" else OTHER_BODY
    return ""


def _may_follow(word: str) -> bool:
    """Whether a word with a capital after a name need not belong to it."""
    return word in words("may follow", "months days", "titles", "saying")


def _is_raised(around: Beside, further: int) -> bool:
    """Whether a word so far after a name has a capital."""
    surfaces = around.searched.words.surfaces
    return around.last + further < len(surfaces) and surfaces[around.last + further][0].isupper()


def _is_what_it_is(around: Beside, entity: Entity) -> bool:
    """Whether the word after a place says what it is: Aleppo city, the Euphrates River; not Kansas City."""
    if entity.kind != "place":
        return False
    if around.after == "river":
        return around.searched.words.folded[around.last] not in words("states and rivers")
    return around.surface_after == "city"


def _is_but_there(around: Beside, entity: Entity) -> bool:
    """Whether small letters say that something is a place's or a body's, and does not bear its name: Kuwait airport."""
    return entity.kind != "person" and around.surface_after.islower() and around.after not in words("treaties after")


def _has_body_after(around: Beside) -> bool:
    """Whether words with capitals after a body make it another body's name: UN Human Rights Council."""
    words_, place = around.searched.words, around.last + 1
    if not around.after_raised:
        return False
    while place < min(around.last + 7, len(words_.folded)):
        if not (words_.surfaces[place][0].isupper() or words_.folded[place] in ("and", "for", "of", "on")):
            return False
        if not _BLANK.fullmatch(words_.gaps[place]) and words_.gaps[place] != ", ":
            return False
        if words_.folded[place] in words("bodies after"):
            return True
        place += 1
    return False


def _is_joined(around: Beside) -> bool:
    """Whether what follows a hyphen makes it a street, a body or a people: Franco-German, Sukarno-Hatta Airport."""
    if not around.surface_after[:1].isupper():
        return False
    folded = around.searched.words.folded
    after, further = folded[around.last + 1], folded[around.last + 2 : around.last + 3]
    if after in words("institutions after", "institutions joined", "nationalities"):
        return True
    return any(word in words("institutions after") for word in further)


def _has_initial(around: Beside, entity: Entity) -> bool:
    """Whether the initial of another's given name stands before a name: Booker T. Washington."""
    initial = around.searched.words.folded[around.start - 1] if around.start else ""
    if len(initial) != 1 or not around.surface_before.isupper() or around.gap_before not in (". ", " "):
        return False
    if initial in ("a", "i") and around.gap_before == " ":
        return False
    return entity.kind != "person" or not any(word.startswith(initial) for word in own_words(entity.names))


def _is_given_name(around: Beside) -> bool:
    """Whether a surname that is a given name too is one here: Kerry Washington."""
    if len(around.found.form.words) > 1 or not around.after_raised or around.owns:
        return False
    return around.searched.words.folded[around.last] in words("given names") and not _may_follow(around.after)


def _latin_person(around: Beside, entity: Entity, others: Neighbours) -> str:
    precedes = around.start - 1 in others.ends
    if _is_called(around):
        return OTHER_BODY
    if around.found.form.role == "full":
        # Gamal Hosni Mubarak is the son.
        given = around.before in words("given names") and around.before not in words("ordinary", "may precede")
        return OTHER_PERSON if given and around.before_raised and not precedes else ""
    joined = around.searched.words.folded[around.start - 1] if _HYPHEN.fullmatch(around.gap_before) else ""
    if joined and around.surface_before[:1].isupper() and not precedes and joined not in words("prefixes"):
        return OTHER_PERSON
    if (around.sentence_start or around.before in words("of a place")) and _of_a_state(around):
        return OTHER_BODY
    if _has_initial(around, entity) or _is_given_name(around):
        return OTHER_PERSON
    if around.before in words("given names") and around.before_raised and not precedes:
        return OTHER_PERSON
    if around.found.form.role == "short" and _is_thing(around):
        return OTHER_BODY
    return OTHER_PERSON if _strange(around, others) else ""


def _is_called(around: Beside) -> bool:
    """Whether a ship or an airport has a person's name: the Charles de Gaulle left Toulon, landed at Charles de Gaulle.

    Nobody has an article, unless a noun or what tells him from himself follows: the Clinton administration.
    """
    if around.before == "the" or (around.before == "at" and around.earlier not in words("aiming")):
        return not around.owns and (not around.after or around.after in words("saying", "of a place", "after a thing"))
    return around.before in ("at", "into", "from", "via") and around.earlier in words("flying") and not around.owns


def _is_thing(around: Beside) -> bool:
    """Whether what is called after a person or place follows, perhaps with its use: Wilson tennis balls."""
    return around.after in words("goods") or (around.after in words("sports") and around.further in words("goods"))


def _latin_place(around: Beside, entity: Entity, others: Neighbours) -> str:
    before = around.before
    if around.before_raised and before in words("directions"):
        return OTHER_BODY
    if _has_initial(around, entity) or (around.after == "the" and around.further in words("epithets")):
        return OTHER_PERSON
    if around.before_raised and before in words("given names") and before not in words("may precede"):
        return OTHER_PERSON
    if (around.before_raised and before in words("polite")) or _is_thing(around):
        return OTHER_BODY
    if before == "of" and around.earlier in words("institutions of", "treaties of"):
        raised = around.searched.words.surfaces[around.start - 2][0].isupper()
        return OTHER_BODY if raised or around.earlier in words("institutions of") else ""
    if before in words("dishes") or around.after in words("kin"):
        return OTHER_BODY
    if before in ("in", "at") and around.earlier in words("schools") and _is_named_after_a_country(around):
        return OTHER_BODY
    if _of_a_state(around) or before in words("beating") or around.after in words("beating"):
        return OTHER_BODY
    return "" if around.found.form.acronym else _strange_body(around, others)


def _is_named_after_a_country(around: Beside) -> bool:
    """Whether the school before a place has no other name than a country's: American University in Cairo."""
    words_, place = around.searched.words, around.start - 2
    if not words_.surfaces[place][0].isupper():
        return False
    if not place or not words_.surfaces[place - 1][0].isupper():
        return True
    return words_.folded[place - 1] in words("nationalities", "schools")


def _of_a_state(around: Beside) -> bool:
    """Whether the state of another place of that name follows: Paris, Texas."""
    place = around.last + 1
    folded = around.searched.words.folded
    if folded[around.last] in words("towns of georgia"):
        return False
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
    if words("general bodies").intersection((folded[around.found.first], folded[around.last])):
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
    if set(before) & exactly("bodies of a body") or after in exactly("wings"):
        return OTHER_BODY
    if after in exactly("purposes") and not _is_own(entity, after):
        return OTHER_BODY
    if after.startswith("ل") and _is_of_another(around, entity):
        return OTHER_BODY
    first = around.searched.words.folded[around.found.first][around.found.cut :]
    changed = after in exactly("changes a body") and not _is_own(entity, after) and not _is_its_own(entity, after)
    if changed and bare(first) in words("generic bodies") and after not in words_of_all(entity.about):
        return OTHER_BODY
    return ""


def _is_its_own(entity: Entity, adjective: str) -> bool:
    """Whether everybody says that a body is of that country: حزب الله اللبناني."""
    own = own_words(entity.names)
    return any(word in own and adjective in others for word, others in speaks_against("countries of").items())


def _is_of_another(around: Beside, entity: Entity) -> bool:
    """Whether a body of which every company has one is said to be another's: الجمعية العامة لمساهمي الشركة."""
    words_ = around.searched.words
    if bare(words_.folded[around.found.first][around.found.cut :]) not in words("generic bodies"):
        return False
    owner = {reading.word for reading in readings(around.after) if reading.cut}
    return bool(owner & exactly("owners")) or any(word.endswith("ي") and len(word) > 4 for word in owner)


def _arabic_thing(around: Beside) -> str:
    """Whether a name is part of the name of an institution, a street, a prize, a ship, a treaty."""
    before = _before_readings(around)
    if set(before) & exactly("institutions before", "vessels", "treaties"):
        return OTHER_BODY
    if around.earlier and set(before) & exactly("titles") and _is_institution(around.earlier):
        # شارع الملك حسين
        return OTHER_BODY
    if exactly("sailing").intersection((*before, around.after)):
        return OTHER_BODY
    if around.earlier and "الطايرات" in before and bare(around.earlier) in words("vessels"):
        return OTHER_BODY
    return OTHER_BODY if around.after in exactly("institutions after") else ""


def _is_institution(word: str) -> bool:
    """Whether a word is an institution, a street or the like, perhaps with particles."""
    return not exactly("institutions before").isdisjoint([reading.word for reading in readings(word)])


def _arabic_place(around: Beside, entity: Entity, others: Neighbours) -> str:
    if thing := _arabic_thing(around):
        return thing
    beside = {*_before_readings(around), around.before_particle}
    if beside & exactly("beating", "polite", "named after a place") or around.after in exactly("beating"):
        return OTHER_BODY
    if beside & exactly("forces") and around.after.startswith("ال") and around.last + 1 not in others.starts:
        # قوات سوريا الديمقراطية
        return OTHER_BODY
    first = around.searched.words.folded[around.found.first][around.found.cut :]
    if first in exactly("namesakes") and not beside & exactly("of a place") and _is_surname(around, others):
        return OTHER_PERSON
    single = len(around.found.form.words) == 1
    directed = single and around.after in exactly("directions after")
    return OTHER_BODY if directed and not beside & exactly("parts of a town") else ""


def _is_surname(around: Beside, others: Neighbours) -> bool:
    """Whether the Arabic word after a name looks like a foreign surname."""
    after = around.after
    if len(after) < 4 or after.startswith("ال") or around.last + 1 in others.starts or after in words("saying"):
        return False
    return after.endswith(FOREIGN_ENDINGS) or after in exactly("given names") - exactly("ordinary")


def _arabic_person(around: Beside, entity: Entity, others: Neighbours) -> str:
    if thing := _arabic_thing(around):
        return thing
    if set(_before_readings(around)) & exactly("places before"):
        return OTHER_BODY
    first = around.searched.words.folded[around.found.first][around.found.cut :]
    if around.found.form.role == "short" and first in exactly("family names first") and _is_surname(around, others):
        return OTHER_PERSON
    given = exactly("given names", "arab given names")
    before = _before_readings(around)
    precedes = around.start - 1 in others.ends
    if around.found.form.role == "full":
        # جمال حسني مبارك is the son.
        sons = _arab_sons() if first in exactly("arab given names") else exactly("children")
        if not precedes and sons.intersection(before[:2]):
            return OTHER_PERSON
    elif before and not precedes:
        # على with its ى is a preposition, not Ali.
        if set(before[:2]) & given and not around.surface_before.endswith("على") and not _is_own(entity, before[0]):
            return OTHER_PERSON
        if around.earlier in exactly("family"):
            return OTHER_PERSON
        if len(around.found.form.words) == 1 and set(before) & exactly("teknonyms") and not _is_own(entity, before[0]):
            return OTHER_PERSON
    if around.found.form.role != "full" and first in exactly("arab given names") and _is_epithet(around, others):
        return OTHER_PERSON
    follows = around.after in given and around.last + 1 not in others.starts
    ordinary = around.surface_after == "على" or around.after in exactly("ordinary")
    return OTHER_PERSON if follows and not ordinary else ""


@functools.cache
def _arab_sons() -> frozenset[str]:
    """Given names that are hardly anything else, and before an Arab's full name are a son's or daughter's."""
    others = exactly("ordinary", "particles", "saying", "first of two", "given names and verbs")
    return exactly("children") | (exactly("arab given names") - others)


def _is_epithet(around: Beside, others: Neighbours) -> bool:
    """Whether the Arabic word after a name looks like a surname with the article: موسى التعمري."""
    after = around.after
    if not after.startswith("ال") or not after.endswith("ي") or len(after) < 6 or around.last + 1 in others.starts:
        return False
    return after not in exactly("no surnames", "titles", "changes a body", "directions after")


_ARABIC = {"person": _arabic_person, "place": _arabic_place, "organization": _arabic_body}
