"""People whom a text names beside an office or title, and who may deserve a record.

In English the capitals show where a name ends. In Arabic nothing does: the words after a title are read as the rest
of the title (الخارجية، الأميركي، لدى الأمم المتحدة) as long as they can be, and what follows counts as a name only
where something speaks for it: a given name that is known, or a foreign sound and a word or mark that closes it. What is
doubtful is left out: an editor who is offered ministries and verbs soon stops looking.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder.linking import OTHER_CALLING, OTHER_PERSON, Links
from site_builder.text import analysis, offices
from site_builder.text.analysis import Token, bare, is_arabic, readings
from site_builder.text.offices import listed
from site_builder.text.wordlists import exactly, words


class Proposal(NamedTuple):
    """A name as first written, the title beside it, and the lines (from 1) on which the name stands, one each time."""

    name: str
    title: str
    lines: tuple[int, ...]

    @property
    def times(self) -> int:
        """How often the name stands in the text."""
        return len(self.lines)


class Gathered(NamedTuple):
    """A proposal over several files: the lines by path."""

    name: str
    title: str
    files: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def times(self) -> int:
        """How often the name stands in all files."""
        return sum(len(lines) for _, lines in self.files)


def propose(prose: str, links: Links) -> list[Proposal]:
    """The people beside titles in a text (without what is no prose) who are in no mention found, in order."""
    text = _Text(prose, links)
    candidates = sorted([*_english(text), *_arabic(text)])
    found: dict[tuple[str, ...], _Candidate] = {}
    for one in candidates:
        found.setdefault(_key(text, one), one)
    for key in [key for key in found if len(key) == 1]:
        # A surname alone is told with the full name.
        if any(len(other) > 1 and other[-1] == key[0] for other in found):
            del found[key]
    return [_proposal(text, key, one) for key, one in found.items()]


def gather(files: Mapping[str, Sequence[Proposal]]) -> list[Gathered]:
    """The proposals of several files by name, the most frequent first."""
    found: dict[tuple[str, ...], Gathered] = {}
    for path, proposals in files.items():
        for one in proposals:
            key = tuple(map(bare, analysis.words_of(one.name)))
            before = found.get(key, Gathered(one.name, one.title, ()))
            found[key] = before._replace(files=(*before.files, (path, one.lines)))
    return sorted(found.values(), key=lambda one: -one.times)


class _Candidate(NamedTuple):
    """Tokens of a name, from and to (exclusive), and of the title beside it."""

    first: int
    end: int
    title: tuple[int, int]


class _Text:
    """A text cut into tokens, with what is known of each."""

    def __init__(self, text: str, links: Links) -> None:
        self.text = text
        self.tokens: list[Token] = analysis.tokens(text)
        self.words = [token.word for token in self.tokens]
        self._starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text)), len(text) + 1]
        named = [(one.start, one.end, one.kind) for one in links.mentions]
        # Somebody else than the record: just who is looked for.
        doubtful = [one for one in links.unresolved if one.reason not in (OTHER_PERSON, OTHER_CALLING)]
        self.named = self._covered([*named, *((one.start, one.end, "doubt") for one in doubtful)])

    def _covered(self, spans: Iterable[tuple[int, int, str]]) -> dict[int, str]:
        """The tokens that lie in spans, and the kind of each span."""
        ends = [token.end for token in self.tokens]
        covered = {}
        for start, end, kind in spans:
            place = bisect_right(ends, start)
            while place < len(self.tokens) and self.tokens[place].start < end:
                covered[place] = kind
                place += 1
        return covered

    def surface(self, place: int) -> str:
        return self.text[self.tokens[place].start : self.tokens[place].end]

    def gap(self, place: int) -> str:
        """What stands between a token and the one before it; a line end where there is none."""
        if not 0 < place < len(self.tokens):
            return "\n\n"
        return self.text[self.tokens[place - 1].end : self.tokens[place].start]

    def joined(self, place: int) -> bool:
        """Whether a token follows the one before it with nothing but a space, a line end or a hyphen between."""
        gap = self.gap(place)
        return gap in (" ", "-", "\n", "\u00a0", "‐", "‑", "\r\n") or (not gap.strip(" \t\u00a0\u202f") and gap != "")

    def definite(self, place: int) -> bool:
        """Whether an Arabic word has the article, which is written without a hamza."""
        return self.words[place].startswith("ال") and self.surface(place)[0] not in "أإآ"

    def raised(self, place: int) -> bool:
        return self.surface(place)[0].isupper()

    def line(self, place: int) -> int:
        return bisect_right(self._starts, self.tokens[place].start)

    def line_around(self, place: int) -> str:
        """The line in which a token stands."""
        number = self.line(place)
        return self.text[self._starts[number - 1] : self._starts[number]]

    def is_free(self, first: int, end: int) -> bool:
        """Whether tokens lie in no mention."""
        return not any(place in self.named for place in range(first, end))

    def span(self, first: int, end: int, cut: int = 0) -> str:
        """The words of tokens as written, without so many folded letters before the first."""
        start = self.tokens[first].start
        start += analysis.cut_point(self.surface(first), cut) if cut else 0
        return " ".join(self.text[start : self.tokens[end - 1].end].split())


def _key(text: _Text, one: _Candidate) -> tuple[str, ...]:
    first, *rest = text.words[one.first : one.end]
    return tuple(map(bare, (first, *rest)))


def _proposal(text: _Text, key: tuple[str, ...], one: _Candidate) -> Proposal:
    """A proposal with every line on which its name stands, beside a title or not."""
    lines = []
    for place in range(len(text.tokens) - len(key) + 1):
        rest = tuple(map(bare, text.words[place + 1 : place + len(key)]))
        if rest == key[1:] and any(bare(reading.word) == key[0] for reading in readings(text.words[place])):
            lines.append(text.line(place))
    heads = [reading.cut for reading in readings(text.words[one.title[0]]) if _is_head(reading.word)]
    title = text.span(*one.title, cut=heads[0] if heads else 0)
    return Proposal(text.span(one.first, one.end), title, tuple(lines))


@functools.cache
def _territories() -> frozenset[tuple[str, ...]]:
    """The names of countries in English and Arabic as folded words (CLDR)."""
    from babel import Locale

    names = [name for code in ("en", "ar") for name in Locale(code).territories.values()]
    return frozenset(tuple(map(bare, analysis.words_of(name))) for name in names)


def _is_country(several: Sequence[str]) -> bool:
    return tuple(map(bare, several)) in _territories() or " ".join(several) in offices.lines("also countries")


# --- English --------------------------------------------------------------------------------------------------------


def _english(text: _Text) -> Iterator[_Candidate]:
    for place, word in enumerate(text.words):
        if word not in listed("heads", "honorifics") or (word in listed("capital heads") and not text.raised(place)):
            continue
        title = (_begin_of_title(text, place), place + 1)
        for candidate in (_after(text, place, title), _after_comma(text, place, title), _before(text, place, title)):
            if candidate and _is_name(text, candidate):
                yield candidate
                break


def _begin_of_title(text: _Text, place: int) -> int:
    """Where the words before a title's main word begin that belong to it: the former Turkish defence minister."""
    first = place
    while first and place - first < 6 and (text.joined(first) or text.gap(first) in ("'s ", "’s ")):
        before = text.words[first - 1]
        fitting = before in listed("modifiers", "heads", "portfolios", "peoples")
        capital = text.raised(first - 1) and before not in words("may precede", "saying", "months days")
        if not fitting and not (capital and text.gap(first - 1) in (" ", "-")) and text.named.get(first - 1) != "place":
            break
        if before in ("the", "a", "an", "of", "and"):
            break
        first -= 1
    return first


def _after(text: _Text, place: int, title: tuple[int, int]) -> _Candidate | None:
    """President Xi Jinping; Minister of Defence Hulusi Akar."""
    begin, least = place + 1, 1
    dotted = text.words[place] in listed("abbreviated") and text.gap(begin) in (". ", ".")
    if text.words[begin : begin + 1] == ["of"] and text.joined(begin):
        begin = _end_of_complement(text, begin + 1)
        least = 2
        if begin == place + 1:
            return None
        title = (title[0], begin)
    alone = text.raised(place) or text.words[place] in listed("offices")
    if text.words[place] in listed("vague heads") or not alone:
        least = 2
    if not (dotted or text.joined(begin)):
        return None
    return _forward(text, begin, least, title)


def _end_of_complement(text: _Text, place: int) -> int:
    """The token after the words of an office that stand after `of`: Foreign Affairs, the United Nations, Turkey."""
    while place < len(text.words) and text.joined(place):
        word = text.words[place]
        known = word in listed("portfolios", "small words") or text.named.get(place) in ("place", "organization")
        length = next((size for size in (3, 2, 1) if _is_country(text.words[place : place + size])), 0)
        if not known and not length:
            break
        place += 1 if known else length
    while text.words[place - 1] in listed("small words", "of"):
        place -= 1
    return place


def _after_comma(text: _Text, place: int, title: tuple[int, int]) -> _Candidate | None:
    """The Turkish Defence Minister, Hulusi Akar, said."""
    end = place + 1
    if end < len(text.words) and text.words[end] in listed("of"):
        while end < place + 8 and text.joined(end) and text.words[end] not in words("saying") - {"to"}:
            end += 1
    candidate = _forward(text, end, 2, (title[0], end)) if text.gap(end) == ", " else None
    if candidate is None:
        return None
    closed = text.gap(candidate.end)[:1] in (",", ".", ";", ")", "\n")
    follows = text.words[candidate.end] if candidate.end < len(text.words) else ""
    return candidate if closed or follows in words("saying") else None


def _forward(text: _Text, begin: int, least: int, title: tuple[int, int]) -> _Candidate | None:
    """A name of at least so many words that begins at a token."""
    end, strong = begin, 0
    while end < len(text.words) and end - begin < 6:
        after_initial = end > begin and len(text.words[end - 1]) < 3 and text.gap(end) == ". "
        if end > begin and not (text.joined(end) or after_initial):
            break
        word = text.words[end]
        hyphen = end > begin and text.gap(end) in ("-", "‐", "‑")
        if _ends_name(word) and not hyphen:
            break
        if text.raised(end) or hyphen:
            strong += len(word) > 1
        elif not (word in listed("joints") and end + 1 < len(text.words) and text.raised(end + 1)):
            break
        end += 1
    return _Candidate(begin, end, title) if strong >= least else None


def _ends_name(word: str) -> bool:
    ends = word in words("may follow", "months days", "saying") or word in listed("heads", "honorifics")
    return ends and word not in listed("also names")


def _before(text: _Text, place: int, title: tuple[int, int]) -> _Candidate | None:
    """Hulusi Akar, the Turkish Defence Minister."""
    first = title[0]
    while first > max(0, place - 7) and text.joined(first) and text.words[first] not in ("the", "a", "an"):
        first -= 1
    if first < title[0] and text.words[first] not in listed("articles"):
        first = title[0]
    if text.gap(first) != ", " or text.words[place] in listed("honorifics"):
        return None
    after = text.words[place + 1] if place + 1 < len(text.words) else ""
    if text.joined(place + 1) and (after in words("saying") or text.raised(place + 1)):
        return None
    if after in listed("of"):
        title = (title[0], max(place + 1, _end_of_complement(text, place + 2)))
    begin = _begin_of_name(text, first)
    strong = sum(text.raised(one) and len(text.words[one]) > 1 for one in range(begin, first))
    if strong < 2 or (begin and text.words[begin - 1] in listed("place before") and text.joined(begin)):
        return None
    return _Candidate(begin, first, title)


def _begin_of_name(text: _Text, end: int) -> int:
    """Where the capitalised words that end before a token begin."""
    begin = end
    while begin and end - begin < 6 and (begin == end or text.joined(begin) or text.gap(begin) == ". "):
        word = text.words[begin - 1]
        if text.gap(begin) == ". " and len(word) > 2:
            break
        stops = word in words("may precede", "saying") and word not in listed("also names")
        if stops or _ends_name(word) or not (text.raised(begin - 1) or word in listed("joints")):
            break
        begin -= 1
    while begin < end and not text.raised(begin):
        begin += 1
    return begin


def _is_name(text: _Text, one: _Candidate) -> bool:
    """Whether capitalised words may be a person: no country or body, in a line that is not all in capitals."""
    several = text.words[one.first : one.end]
    if not text.is_free(one.first, one.end) or any(is_arabic(word) or word.isdecimal() for word in several):
        return False
    if several[0] in listed("peoples") or several[-1] in words("institutions after"):
        return False
    if any(word in listed("no name") for word in several):
        return False
    if _is_country(several) or any(_is_country(several[:size]) for size in (2, 3)):
        return False
    if all(len(word) < 2 or text.surface(one.first + n).isupper() for n, word in enumerate(several)):
        return False
    line = text.line_around(one.first)
    return bool(re.search(r"(?<!\w)[a-z]\w\w", line)) or len(line.split()) < 8


# --- Arabic ---------------------------------------------------------------------------------------------------------


def _arabic(text: _Text) -> Iterator[_Candidate]:
    for place, word in enumerate(text.words):
        head = _head_in(word) if is_arabic(word) else ""
        if not head or (place and text.joined(place) and text.words[place - 1] in words("arab given names")):
            continue
        end = _end_of_arabic_title(text, place + 1)
        stands_alone = head in listed("definite heads")
        if not stands_alone and end == place + 1:
            continue
        title = (place, end)
        if text.joined(end) or text.gap(end) in ("، ", ", "):
            candidate = _arabic_name(text, end, title, head)
            if candidate:
                yield candidate
                continue
        candidate = _before_arabic_title(text, place, title)
        if candidate:
            yield candidate


def _head_in(word: str) -> str:
    """The main word of a title in a word, particles left off; an empty text where there is none."""
    return next((reading.word for reading in readings(word) if _is_head(reading.word)), "")


def _is_head(word: str) -> bool:
    return word in listed("definite heads", "indefinite heads")


def _end_of_arabic_title(text: _Text, place: int) -> int:
    """The token after the words that belong to a title."""
    if text.words[place - 1] in listed("heads of places"):
        place += _is_strange(text, place)
    while place < len(text.words) and text.joined(place):
        word = text.words[place]
        length = next((size for size in (4, 3, 2, 1) if _is_country(text.words[place : place + size])), 0)
        if word in listed("takes a name") and not (text.joined(place + 1) and text.definite(place + 1)):
            place += 1 + _is_strange(text, place + 1)
        elif length:
            place += length
        elif _belongs(text, place):
            place += 1
        else:
            break
    return place


def _is_strange(text: _Text, place: int) -> bool:
    """Whether a word may be the name of a place or body that is not known."""
    return text.joined(place) and not _is_known(text.words[place]) and _may_be_name(text, place)


def _belongs(text: _Text, place: int) -> bool:
    """Whether a word can only be a part of the title: an adjective, an office, a body, where it is held."""
    word = text.words[place]
    if text.named.get(place) in ("place", "organization"):
        return True
    if word in words("saying", "months days"):
        return False
    before_definite = place + 1 < len(text.words) and text.joined(place + 1) and text.definite(place + 1)
    if text.definite(place):
        given = bare(word) in words("arab given names") and word not in listed("adjectives")
        return not (given and before_definite)
    purpose = word.startswith("لل") or (word.startswith("ل") and before_definite and len(word) > 3)
    return word in listed("complements") or purpose or _head_in(word) == word


def _arabic_name(text: _Text, begin: int, title: tuple[int, int], head: str) -> _Candidate | None:
    end = begin
    while end < len(text.words) and end - begin < 6 and (end == begin or text.joined(end)):
        if head in listed("one name") and end > begin and text.words[end] not in exactly("suffixes"):
            break
        if not _may_be_name(text, end, begin) or not _goes_on(text, begin, end):
            break
        end += 1
    if begin == end or text.words[end - 1] in listed("joints"):
        return None
    if end - begin < 2 and not _suffices(text, begin, head):
        return None
    return _Candidate(begin, end, title) if text.is_free(begin, end) and _speaks_for(text, begin, end) else None


def _suffices(text: _Text, place: int, head: str) -> bool:
    """Whether one word is all of a name: that of a king or prince."""
    word, closed = text.words[place], _is_closed(text, place + 1)
    free = head in listed("one name") and word not in listed("doubtful given names")
    return head in listed("given alone") and _is_known(word) and (closed or free)


def _goes_on(text: _Text, begin: int, place: int) -> bool:
    """Whether a name that has begun may have this word too: two words are usual, more have to be known as such."""
    if place - begin < 2:
        return True
    word, before = text.words[place], text.words[place - 1]
    if before in listed("joints") or word in listed("joints", "second halves") or _is_known(word):
        return True
    if text.words[place - 2] == "عبد":
        return True
    # It may as well be the object of the verb: أحمد كامل النظام
    return _is_known(before) and not before.startswith("عبد") and _is_closed(text, place + 1)


def _may_be_name(text: _Text, place: int, begin: int = -1) -> bool:
    """Whether a word may be part of a name, at its beginning or after it."""
    word, surface = text.words[place], text.surface(place)
    first = place == begin or begin < 0
    if not is_arabic(word) or place in text.named or surface == "على":
        return False
    if _is_known(word) or word in listed("joints") or (not first and word in listed("second halves")):
        return True
    if word in listed("no arabic name") or word in words("saying", "months days") or _head_in(word):
        return False
    if any(reading.cut and reading.word in words("saying") for reading in readings(word)):
        return False
    if surface.endswith(("ة", "ه", "ات", "ها", "هم", "\u064b", "\u064bا", "ية", "ائه", "اته")):
        return False
    if text.definite(place):
        before = text.words[begin:place] if begin >= 0 else []
        return any(_is_known(one) or one in listed("joints") for one in before)
    if word in listed("peoples") or word.startswith(("وال", "بال", "لل", "فال")):
        return False
    return len(word) > 2


def _is_known(word: str) -> bool:
    given = word in exactly("arab given names", "given names") or word in listed("more given names")
    return given and word not in listed("second halves")


def _is_closed(text: _Text, end: int) -> bool:
    """Whether what follows shows that a name ends here."""
    if not text.joined(end):
        return True
    word = text.words[end]
    ends = word in listed("closing", "no arabic name") or bool(_head_in(word))
    return ends or any(reading.word in words("saying") for reading in readings(word))


def _speaks_for(text: _Text, begin: int, end: int) -> bool:
    """Whether words after a title are likely a name."""
    several = text.words[begin:end]
    if _is_known(several[0]):
        doubtful = several[0] in listed("doubtful given names")
        second = begin + 1 < end and (_is_known(several[1]) or not text.definite(begin + 1))
        return not doubtful or (second and _is_closed(text, end)) or _is_known(several[-1])
    verbal = several[0].startswith(("ي", "ت", "سي", "ست", "ن")) and not _follows_verb(text, begin)
    if verbal or not _is_closed(text, end) or any(word.endswith("ا") for word in several):
        return False
    return any(_is_known(word) or _sounds_foreign(word) for word in several)


def _follows_verb(text: _Text, place: int) -> bool:
    """Whether one of the words before, in the same phrase, is a verb of saying, so that none is to be expected."""
    for before in range(place - 1, max(-1, place - 9), -1):
        if any(reading.word in words("saying") for reading in readings(text.words[before])):
            return True
        if not text.joined(before):
            break
    return False


def _sounds_foreign(word: str) -> bool:
    """Whether a word has the vowels or an ending of names that come from another language."""
    vowels = sum(letter in "اوي" for letter in word[1:])
    return vowels >= 2 or word.endswith(tuple(listed("foreign endings"))) or word in listed("joints")


def _before_arabic_title(text: _Text, place: int, title: tuple[int, int]) -> _Candidate | None:
    """رومان نادال، المتحدث باسم الوزارة"""
    if text.gap(place) not in ("، ", ", ") or title[1] == place + 1 or text.words[place] != _head_in(text.words[place]):
        return None
    begin = place
    while begin and place - begin < 4 and (begin == place or text.joined(begin)):
        if not _may_be_name(text, begin - 1) and not (text.words[begin - 1].startswith("ال") and begin == place):
            break
        begin -= 1
    while begin < place and not _is_known(text.words[begin]):
        begin += 1
    if place - begin < 2 or not text.is_free(begin, place):
        return None
    return _Candidate(begin, place, title)
