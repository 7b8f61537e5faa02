"""Alphabetical order and the headings of A-Z indexes.

The letters and headings of Arabic, Persian, Urdu, Hebrew, Russian and English follow CLDR (index exemplars
and collation tailorings), by tables instead of the whole collation algorithm (UTS #10). In other languages
the letters stand in the order of their code points, marks apart.

- Arabic: the 28 letters; آ أ إ ٱ are ا, ؤ is و, ئ and ى are ي. ة is ت, as CLDR's Arabic collation has it.
  ء comes before ا and is filed under its heading, since CLDR's index has none for it.
- Persian: آ before ا, then ء with أ إ ؤ ئ (under the heading ا); Arabic ك ي ى ة are ک ی ی ه.
- Urdu: آ after ا and under its heading; ہ and Arabic ه are one, as are ک ك and ی ي ى.
- Russian: ё is е; ъ and ь have places but no headings. Hebrew: final forms are the letters themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from site_builder.text.languages import primary, script_of

SortKey = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, str], ...], str]

OTHER_HEADING = "#"
"""The heading of what begins with no letter of the alphabet: digits, signs, other scripts."""


class _Alphabet(NamedTuple):
    headings: tuple[str, ...]
    places: dict[str, tuple[int, int]]
    """Of each letter, its place in the alphabet and among its variants."""
    filed_under: tuple[str, ...]
    """The heading of each place."""


# Each group is a letter and its variants, which count as the same letter; a letter that is not among the
# headings is filed under the last heading before it.
_TABLES = {
    "ar": (
        "ء اٱ ب تة ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق كک ل م ن ه و يىی",
        "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي",
    ),
    "fa": (
        "آ اٱ ءأإؤئ ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق کك گ ل م ن و هةۀہ یيى",
        "آ ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی",
    ),
    "ur": (
        "اأإٱ آ ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق کك گ ل م ن ں وؤ ہهۂ ھ ۃة ء یيىئ ےۓ",
        "ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ھ ء ی ے",
    ),
    "he": (
        "א ב ג ד ה ו ז ח ט י כך ל מם נן ס ע פף צץ ק ר ש ת",
        "א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת",
    ),
    "ru": (
        "а б в г д её ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
        "А Б В Г Д Е Ж З И Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ы Э Ю Я",
    ),
    "en": (
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
    ),
}

# Latin letters that Unicode does not decompose, by what readers look them up under.
_SPELT_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}

_ARTICLE = re.compile(r"\W*([اٱ]ل)(\w{2,})")

# Words whose ال is no article but part of the word, among them names often written without their hamza.
_WITHOUT_ARTICLE = frozenset(
    {
        "الله",
        "اللات",
        "الياس",
        "اليسار",
        "اليسا",
        "الهام",
        "البرت",
        "البرتو",
        "الفريد",
        "الفرد",
        "الفونسو",
        "الكسندر",
        "الكسندرا",
        "الكسي",
        "الكساندر",
        "الين",
        "الينا",
        "المانيا",
        "الماني",
        "البانيا",
        "الاسكا",
    }
)

_SEPARATOR, _LETTER, _DIGIT, _FOREIGN, _NOTHING = range(5)
SEPARATOR = (_SEPARATOR, 0)
"""What stands between two words in the letters of a sort key."""

# A kind and a place in it, and what decides between texts that agree in these: a variant and the marks.
_Element = tuple[tuple[int, int], tuple[int, str]]
_SPACE: _Element = (SEPARATOR, (0, ""))


def alphabet(language: str) -> tuple[str, ...]:
    """The headings of an index in the language (a tag), in order; empty where the items decide them."""
    table = _alphabet(primary(language))
    return table.headings if table else ()


def index_letter(text: str, language: str, ignore_article: bool = False) -> str:
    """The heading under which `text` is filed: one of `alphabet(language)`, or `#`.

    Where the language has no table the heading is the first letter itself, as a capital without marks.
    Items in the order of `sort_key` have their headings together, `#` last.
    """
    table = _alphabet(primary(language))
    first = next(_elements(_filed(text, language, ignore_article), primary(language)), None)
    if first is None:
        return OTHER_HEADING
    kind, place = first[0]
    if kind != _LETTER:
        return OTHER_HEADING
    return table.filed_under[place] if table else chr(place).title()


@lru_cache(maxsize=8192)
def sort_key(text: str, language: str, ignore_article: bool = False) -> SortKey:
    """A key that sorts names as the language (a tag) does: by letters, then variants and marks, then text.

    Words are compared one by one: a space or hyphen comes before every letter, other punctuation does not
    count. After the letters of the language come digits, then other scripts. With `ignore_article` an
    Arabic text is filed without a leading ال, unless fewer than two letters remain or the word is one of
    those known to have no article (الله, الياس, المانيا).

    Different texts have different keys; names are compared in the order in which they are written.
    """
    elements = list(_elements(_filed(text, language, ignore_article), primary(language)))
    letters = tuple(element for element, _ in elements) or ((_NOTHING, 0),)
    return letters, tuple(detail for _, detail in elements), text


def filing_letters(text: str, language: str, ignore_article: bool = False) -> tuple[tuple[int, int], ...]:
    """What decides first where `sort_key` files a text: its letters, without marks, variants and spaces.

    Names equal in it, or one of which begins with the other's, stand side by side in an index.
    """
    return tuple(element for element in sort_key(text, language, ignore_article)[0] if element[0] != _SEPARATOR)


@lru_cache(maxsize=16)
def _alphabet(language: str) -> _Alphabet | None:
    if language not in _TABLES:
        return None
    groups, headings = (row.split() for row in _TABLES[language])
    places = {ch: (place, n) for place, group in enumerate(groups) for n, ch in enumerate(group)}
    filed_under: list[str] = []
    for group in groups:
        own = group[0].upper()
        filed_under.append(own if own in headings else filed_under[-1] if filed_under else headings[0])
    return _Alphabet(tuple(headings), places, tuple(filed_under))


def _filed(text: str, language: str, ignore_article: bool) -> str:
    if not ignore_article or primary(language) != "ar":
        return text
    bare = "".join(filterfalse(_ignored, unicodedata.normalize("NFC", text)))
    match = _ARTICLE.match(bare)
    if match is None or match[1] + match[2] in _WITHOUT_ARTICLE:
        return text
    return bare[match.start(2) :]


@lru_cache(maxsize=4096)
def _ignored(ch: str) -> bool:
    """Marks, joiners, tatweel and the modifier letters of transliteration (ʿ, ʾ)."""
    kind = unicodedata.category(ch)
    return kind in ("Mn", "Me", "Cf") or (kind == "Lm" and script_of(ch) is None)


def _elements(text: str, language: str) -> Iterator[_Element]:
    """Of each letter, digit and word space, what it files by."""
    filing = _filing(language)
    separated = True
    for ch in unicodedata.normalize("NFC", text.casefold()):
        for element in filing[ch]:
            if element is not _SPACE or not separated:
                yield element
            separated = element is _SPACE


class _Filing(dict[str, tuple[_Element, ...]]):
    """What each character of a text files by in a language, worked out when it is first met."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._table = _alphabet(language)

    def __missing__(self, ch: str) -> tuple[_Element, ...]:
        found = tuple(
            element for part, marks in self._letters(ch) if (element := self._element(part, marks)) is not None
        )
        return self.setdefault(ch, found)

    def _letters(self, ch: str) -> Iterator[tuple[str, str]]:
        """The character with its marks taken off unless the alphabet has it as it is."""
        if _ignored(ch):
            return
        if self._table and ch in self._table.places:
            yield ch, ""
            return
        decomposed = unicodedata.normalize("NFD", ch)
        for part in _SPELT_OUT.get(decomposed[0], decomposed[0]):
            yield part, decomposed[1:]

    def _element(self, ch: str, marks: str) -> _Element | None:
        place = self._table.places.get(ch) if self._table else None
        if place:
            return (_LETTER, place[0]), (place[1], marks)
        if ch.isalpha():
            return (_FOREIGN if self._table else _LETTER, ord(ch)), (0, marks)
        digit = unicodedata.digit(ch, None)
        if digit is not None:
            return (_DIGIT, digit), (0, ch)
        return _SPACE if ch.isspace() or unicodedata.category(ch) == "Pd" else None


@lru_cache(maxsize=16)
def _filing(language: str) -> _Filing:
    return _Filing(language)
