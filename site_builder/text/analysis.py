"""The one analysis of Arabic and English words, for finding names in texts and for searching.

`tokens` cuts a text into words and folds them: what spelling habits and typesetting change is made the same (NFKC of
presentation forms, Unicode Standard Annex 15; Arabic marks and tatweel, the Unicode Standard, section 9.2). `readings`
takes attached particles off a word. `stem` and `plural_key` bring inflected words together, `sounds`, `name_key` and
`difference` the spellings that transliteration gives one foreign name. All are pure functions of strings.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.text import english


class Token(NamedTuple):
    """A word: `start` and `end` (exclusive, code points of the text) and the word folded."""

    start: int
    end: int
    word: str


class Reading(NamedTuple):
    """A way to read a folded word: `cut` folded letters of attached particles left off, and the word that remains."""

    cut: int
    word: str


# --- Folding and words ----------------------------------------------------------------------------------------------

_ALIKE = {
    **dict.fromkeys("ٱٲٳ", "ا"),
    **dict.fromkeys("ىیېےۍ", "ي"),
    **dict.fromkeys("ۆۇۈۋ", "و"),
    **dict.fromkeys("ةەہھۃ", "ه"),
    **dict.fromkeys("کگڭ", "ك"),
    "ڤ": "ف",
    "پ": "ب",
    "چ": "ج",
    "ژ": "ز",
    "ڨ": "ق",
    "ں": "ن",
    "ٹ": "ت",
    "ڈ": "د",
    "ڑ": "ر",
    **{"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e"},
    # Tatweel, hamza by itself, apostrophes and the letters that look like one, the grapheme joiner.
    **dict.fromkeys("ـءٴ'’‘ʼʻʾʿ`´\u034f", ""),
}
#: An alef that carries tanwin at the end of a word is an ending, not a letter of the name.
_TANWIN = re.compile("(?:\u0627\u064b|\u064b\u0627)(?![\\w\u0610-\u061a\u064b-\u065f\u0670])")


class _Folding(dict[int, str]):
    """A table for str.translate that works out each character when it is first met."""

    def __missing__(self, code: int) -> str:
        ch = chr(code)
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", ch).casefold())
        folded = "".join(map(self._one, plain))
        self[code] = folded if not folded.isspace() or ch.isspace() else ""
        return self[code]

    @staticmethod
    def _one(ch: str) -> str:
        if unicodedata.combining(ch) or unicodedata.category(ch) == "Cf":
            return ""
        number = unicodedata.decimal(ch, None)
        return str(number) if number is not None else _ALIKE.get(ch, ch)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without what spelling habits and typesetting change; lower case, digits 0-9. Idempotent."""
    if "\u064b" in text:
        text = _TANWIN.sub("", text)
    return text.translate(_FOLDING)


_LETTER = r"[^\W_]"
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
)
_WITHIN = "'’‘ʼʻ\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
#: U.N. is one word; otherwise letters and digits with their marks, and what may stand between two letters of a word.
_UNPOINTED = rf"{_LETTER}+(?:(?:[{_MARKS}]|[{_WITHIN}]+(?={_LETTER}))+{_LETTER}*)*"
_WORD = re.compile(rf"((?<!{_LETTER})[^\W\d_](?:\.[^\W\d_])+(?!{_LETTER})\.?|{_UNPOINTED})")
#: The same for texts without any point between letters, which takes three quarters of the time.
_WORD_UNPOINTED = re.compile(f"({_UNPOINTED})")
_POINTED = re.compile(r"\.\w")
_POSSESSIVE = re.compile("['’ʼ][sS]$", re.MULTILINE)


class Words(NamedTuple):
    """The words of a text, side by side: `starts` and `ends` in code points, as written, and folded.

    `gaps` is what stands before each word, and at last what follows the last one.
    """

    starts: list[int]
    ends: list[int]
    surfaces: list[str]
    folded: list[str]
    gaps: list[str]


def words_in(text: str) -> Words:
    """The words of a text in order. An English possessive 's is no part of the word."""
    # Everything here is done for all words at once: texts have many.
    parts = (_WORD if _POINTED.search(text) else _WORD_UNPOINTED).split(text)
    gaps, surfaces = parts[::2], parts[1::2]
    borders = list(itertools.accumulate(map(len, parts)))
    starts, ends = borders[:-1:2], borders[1::2]
    if "'" in text or "’" in text or "ʼ" in text:
        longer, surfaces = surfaces, _POSSESSIVE.sub("", "\n".join(surfaces)).split("\n") if surfaces else []
        for place, (long, short) in enumerate(zip(longer, surfaces, strict=True)):
            if len(long) > len(short):
                ends[place] -= 2
                gaps[place + 1] = long[-2:] + gaps[place + 1]
    folded = _folded(surfaces)
    if "" in folded:
        return _without_empty(Words(starts, ends, surfaces, folded, gaps), text)
    return Words(starts, ends, surfaces, folded, gaps)


_known: dict[str, str] = {}
#: So many words are kept folded; where there are more, they are forgotten: they could fill the memory.
_MOST_KNOWN = 32768


def _folded(surfaces: list[str]) -> list[str]:
    """Words folded, and without the points of acronyms: new ones all at once, since most words come again."""
    known = _known
    fresh = [*{*surfaces}.difference(known)]
    if fresh:
        if len(known) > _MOST_KNOWN:
            known.clear()
            fresh = [*{*surfaces}]
        known.update(zip(fresh, fold("\n".join(fresh).replace(".", "")).split("\n"), strict=True))
    return [known[surface] for surface in surfaces]


def _without_empty(words: Words, text: str) -> Words:
    """Without words of which folding leaves nothing."""
    kept = [place for place, word in enumerate(words.folded) if word]
    starts, ends = [words.starts[place] for place in kept], [words.ends[place] for place in kept]
    gaps = [text[before:start] for before, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    return Words(starts, ends, [words.surfaces[place] for place in kept], [words.folded[place] for place in kept], gaps)


def tokens(text: str) -> list[Token]:
    """The words of a text in order. An English possessive 's is no part of the word."""
    words = words_in(text)
    return list(map(Token._make, zip(words.starts, words.ends, words.folded, strict=True)))


def cut_point(surface: str, letters: int) -> int:
    """How many code points of a word as written stand before what is left when `letters` folded letters go."""
    gone = 0
    for place, ch in enumerate(surface):
        if gone >= letters and _FOLDING[ord(ch)]:
            return place
        gone += len(_FOLDING[ord(ch)])
    return len(surface)


# --- Particles, stems, plurals --------------------------------------------------------------------------------------

_DOUBLED = re.compile(r"(\w)\1+")


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters."""
    return "\u0620" <= word[:1] <= "\u064a"


@functools.lru_cache(maxsize=65536)
def readings(word: str) -> tuple[Reading, ...]:
    """The ways to read a folded Arabic word: as it is, and without و ف ب ل ك س before it; لل is ل before ال.

    Two letters remain at least. Other words are read as they are.
    """
    found = [Reading(0, word)]
    if not is_arabic(word):
        return (found[0],)
    starts = [0]
    if word[0] in "وف" and len(word) > 3:
        starts.append(1)
        found.append(Reading(1, word[1:]))
    for start in starts:
        rest = word[start:]
        if rest.startswith("لل") and len(rest) > 3:
            found.append(Reading(start + 2, "ال" + rest[2:]))
        if rest[0] in "بلكس" and len(rest) > 2:
            found.append(Reading(start + 1, rest[1:]))
    return tuple(found)


def bare(word: str) -> str:
    """A folded Arabic word without its article, where three letters remain."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


_ARTICLES = ("وبال", "ولل", "وال", "بال", "كال", "فال", "ال", "لل")
_PRONOUNS = ("ها", "هم", "هن", "كم", "هما", "نا")
_ENDINGS = ("تان", "تين", "ان", "ات", "ون", "ين")
#: Endings that a word may have before another: فيضانات, برلماني.
_INNER_ENDINGS = ("ان", "ون", "ين")


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word: an Arabic one without article, pronoun and ending, an English one by `english.stem`.

    A single و ب ل ك ف س stays, which may belong to the root: see `alternatives`. What is neither comes back as it is.
    """
    if not is_arabic(word):
        return english.stem(word)
    stemmed = _inflected(word)
    return _singulars().get(stemmed, stemmed)


def _inflected(word: str) -> str:
    word = _without_article(word)
    word = _without(word, _PRONOUNS, 4)
    # لغات is the plural of لغة, whose ending stays.
    if len(word) == 4 and word.endswith("ات"):
        return word[:2] + "ه"
    word = _without(word, _ENDINGS, 3)
    word = _without(word, ("اه",), 4)
    word = _without(word, ("ه",), 3)
    word = _without(word, ("ي",), 4)
    return _without(word, _INNER_ENDINGS, 3)


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    return word


@functools.cache
def _singulars() -> dict[str, str]:
    """The stems of irregular plurals, with those of their singulars."""
    pairs = (entry.split(":") for entry in fold(_IRREGULAR_PLURALS).split())
    # ال may be the beginning of a plural (ألوان), so that its article is another's.
    return {_inflected(article + plural): _inflected(single) for single, plural in pairs for article in ("", "ال")}


def _without(word: str, endings: tuple[str, ...], least: int) -> str:
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


@functools.lru_cache(maxsize=65536)
def alternatives(word: str) -> tuple[str, ...]:
    """Other stems that a folded Arabic word may have, as its first letters may be particles; in no order of merit.

    What is left without an article may begin with ال again, which in الألغام is the word's own: then with neither.
    """
    stems = dict.fromkeys(stem(reading.word) for reading in readings(word))
    rest = _without_article(word) if is_arabic(word) else ""
    if rest != word and rest.startswith("ال"):
        stems[stem(rest)] = None
    return tuple(other for other in stems if len(other) >= 3 and other != stem(word))


#: Shapes of nouns and those of their broken plurals. c is a consonant; a, w and y are ا و ي after the first letter; A
#: is an alef before the root, h the ending of a noun of two other letters. وزير is ccyc; وزراء, when stemmed, is ccca.
_PLURALS = """
cc:ccwc,ccac,Accac,Acca ccc:Accac,ccwc,ccac,Accc ccyc:ccayc,ccca,Accca,Acca,ccc,cccy,Accc,ccac ccac:ccayc,ccc,Accc
ccwc:ccayc,ccc cacc:cwacc,ccac,ccca,Accac cccc:ccacc cccyc:ccacyc cccwc:ccacyc cccac:ccacyc,ccacc cacwc:cwacyc
cacyc:cwacyc cwcc:cwacc,cwacyc cyc:cywc,Acyac,cyac cwc:Acwac,cyac,cyc cac:Acwac,cyc,Acyac,cwac,cwwc,cca,cacy
cayc:cwac,cyac,cywc,cwayc,cac cacy:cca,Accy,cwac cccy:ccwc,Accac cca:Accy,Acca ccy:ccaya ccw:ccaw,Acca ccwy:ccaw
cch:ccc
"""
#: Broken plurals of no such shape, each after its singular.
_IRREGULAR_PLURALS = """
امرأة:نساء امرأة:نسوة يوم:أيام بئر:آبار ماء:مياه شيء:أشياء ابن:أبناء بنت:بنات أخ:إخوة أب:آباء اسم:أسماء رأي:آراء
نبأ:أنباء حي:أحياء قرية:قرى رئيس:رؤساء مسؤول:مسئول شأن:شؤون رأس:رؤوس صوت:أصوات وقت:أوقات لون:ألوان لغم:ألغام
لعبة:ألعاب لقب:ألقاب ضوء:أضواء سنة:سنوات سنة:سنين قناة:قنوات فتاة:فتيات وفاة:وفيات آلة:آلات ألف:آلاف مليون:ملايين
طن:أطنان دينار:دنانير دواء:أدوية لواء:ألوية ميناء:موانئ مرفأ:مرافئ ملجأ:ملاجئ مبدأ:مبادئ منشأة:منشآت سؤال:أسئلة
شاهد:شهود دليل:أدلة أستاذ:أساتذة شاب:شباب شاب:شبان أرض:أراضي أهل:أهالي أغنية:أغاني أغنية:أغان مبنى:مبان معنى:معان
مقهى:مقاه فيلم:أفلام برنامج:برامج
"""
_PARTNERS: dict[str, list[str]] = {}
for _single, _, _several in (_entry.partition(":") for _entry in _PLURALS.split()):
    for _plural in _several.split(","):
        _PARTNERS.setdefault(_single, []).append(_plural)
        _PARTNERS.setdefault(_plural, []).append(_single)


def _shapes(stemmed: str) -> Iterator[tuple[str, str]]:
    """The consonants of a stem and its shape, with an alef at its beginning as a part of the root or before it."""
    for begin in (0, 1) if stemmed.startswith("ا") and len(stemmed) > 3 else (0,):
        first, rest = stemmed[begin], stemmed[begin + 1 :]
        shape = "A" * begin + "c" + "".join({"ا": "a", "و": "w", "ي": "y"}.get(letter, "c") for letter in rest)
        if len(stemmed) == 3 and stemmed.endswith("ه"):
            yield stemmed[:2], "cch"
        if shape in _PARTNERS:
            yield _DOUBLED.sub(r"\1", first + re.sub("[اوي]", "", rest)), shape


def plural_keys(stemmed: str) -> tuple[str, ...]:
    """Keys under which an Arabic stem is found by its singular or broken plural: its consonants and its shape."""
    return tuple(consonants + shape for consonants, shape in _shapes(stemmed)) if is_arabic(stemmed) else ()


def plural_partners(stemmed: str) -> tuple[str, ...]:
    """The `plural_keys` that a broken plural of an Arabic stem may have, or the singular that it is a plural of."""
    if not is_arabic(stemmed):
        return ()
    found = [consonants + other for consonants, shape in _shapes(stemmed) for other in _PARTNERS[shape]]
    return tuple(dict.fromkeys(found))


# --- Names as they sound --------------------------------------------------------------------------------------------

# One letter a sound. Vowels: a e i o u; T is th, C is ch, S is sh, x is kh, H is the Arabic ح.
_ARABIC_SOUNDS = str.maketrans(dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abtTjHxdDrzsSsdtzagfqklmnhui", strict=True)))
_LATIN_GROUPS = (
    ("tsch", "C"),
    ("shch", "S"),
    ("tch", "C"),
    ("sch", "S"),
    ("cz", "C"),
    ("dj", "j"),
    ("tz", "z"),
    ("ts", "z"),
    ("sh", "S"),
    ("ch", "C"),
    ("zh", "j"),
    ("x", "ks"),
    ("kh", "x"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "T"),
    ("dh", "D"),
    ("ck", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "sy"),
    ("oe", "u"),
    ("c", "k"),
    ("y", "i"),
    ("w", "v"),
)
_OPENING = re.compile("^[ai](?=[^aeiou]{2})")


def latin_sounds(text: str) -> str:
    """Folded words in Latin letters with one letter a sound. Words in other letters come back as they are."""
    for letters, sound in _LATIN_GROUPS:
        if letters in text:
            text = text.replace(letters, sound)
    return text


@functools.lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """A folded word as a string of sounds, one letter each, the same letters for Arabic and Latin script."""
    word = word.replace("تش", "C").translate(_ARABIC_SOUNDS) if is_arabic(word) else latin_sounds(word)
    word = _DOUBLED.sub(r"\1", word)
    return _OPENING.sub("", word) if word[:1] in "ai" else word


_CLASSES = str.maketrans("tTdDszjgqkxSCbfvrlmn", "TTTTSSKKKKKCCPPPRLMN", "aeiouhH")
_SAME = re.compile(r"([A-Z0-9])\1+")
#: Sounds that another spelling may give to another class of consonants, or leave out.
_OTHERWISE = {
    "T": "TS",
    "D": "TS",
    "j": "KSC-",
    "C": "CKS",
    "S": "CS",
    "g": "K-",
    "x": "K-",
    "f": "P-",
    "v": "P-",
    "s": "SC",
    "z": "STC",
    "k": "KSC",
}
_MOST_KEYS = 24


def name_key(word: str) -> str:
    """The consonants of a folded word in eight classes: spellings of one foreign name mostly share it."""
    return _SAME.sub(r"\1", sounds(word).translate(_CLASSES))


@functools.lru_cache(maxsize=65536)
def name_keys(word: str) -> frozenset[str]:
    """The keys under which to look for a known word: `name_key`, and those of likely other spellings."""
    heard = [sound for sound in sounds(word) if sound not in "aeiouhH"]
    choices = []
    size = 1
    for place, sound in enumerate(heard):
        usual = sound.translate(_CLASSES)
        others = _OTHERWISE.get(sound, "") if size < _MOST_KEYS else ""
        if place == len(heard) - 1 and place > 2 and sound in "td":
            others = "T-"
        if place == 0 and sound != "j":
            others = others.replace("-", "")
        options = dict.fromkeys((usual, *others))
        choices.append([option.replace("-", "") for option in options])
        size *= len(options)
    keys = ("".join(parts) for parts in itertools.islice(itertools.product(*choices), _MOST_KEYS * 4))
    return frozenset(_SAME.sub(r"\1", key) for key in keys)


_VOWELS = "aeiou"
_NEAR: dict[frozenset[str], float] = {
    frozenset(pair): cost
    for pairs, cost in (
        ("jg gq qk gk kj jq", 0.2),
        ("tT Ts sz Tt Dd Dz td xk xh hH SC jz zd fv vb fb", 0.3),
        ("xg xH xS jS js jC Ck Cs Ss zS kC ks gh vu fu ji qx xC mn", 0.45),
        ("ly li", 0.6),
    )
    for pair in pairs.split()
}
_LEFT_OUT = {**dict.fromkeys(_VOWELS, 0.2), "h": 0.35, "H": 0.6, "d": 0.7, "t": 0.7, "g": 0.7, "n": 0.9}


def _exchange(mine: str, theirs: str) -> float:
    if mine == theirs:
        return 0.0
    if mine in _VOWELS and theirs in _VOWELS:
        return 0.2
    return _NEAR.get(frozenset((mine, theirs)), 1.2)


class _Exchanges(dict[str, dict[str, float]]):
    """What it costs to write one sound for another."""

    def __missing__(self, mine: str) -> dict[str, float]:
        self[mine] = {theirs: _exchange(mine, theirs) for theirs in _SOUNDS}
        return self[mine]


_SOUNDS = "abtTjHxdDrzsSgqfvklmnhuieoC" + "pw"
_EXCHANGES = _Exchanges()


def difference(one: str, other: str, most: float) -> float:
    """How far two words apart are as they sound, for words given as `sounds`; more than `most` where hopeless.

    An edit distance in which vowels and consonants that spellings confuse cost little and others cost 1.
    """
    if one == other:
        return 0.0
    costs = [_LEFT_OUT.get(sound, 1.0) for sound in other]
    before = [0.0, *itertools.accumulate(costs)]
    for mine in one:
        gone = _LEFT_OUT.get(mine, 1.0)
        exchange = _EXCHANGES[mine]
        left = diagonal = before[0]
        left += gone
        row = [left]
        for theirs, added, up in zip(other, costs, before[1:], strict=True):
            best = diagonal + exchange.get(theirs, 1.2 if mine != theirs else 0.0)
            left += added
            if left > best:
                left = best
            if left > up + gone:
                left = up + gone
            row.append(left)
            diagonal = up
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]


_WEAK = str.maketrans("", "", "aeiouhH")


def consonants(heard: str) -> str:
    """The consonants of a word given as `sounds`."""
    return heard.translate(_WEAK)


def least_difference(one: str, other: str) -> float:
    """What `difference` is at least, from the `consonants` of two words of one `name_key`. Quick."""
    if one == other:
        return 0.0
    if len(one) != len(other):
        return 0.6 * abs(len(one) - len(other))
    return sum([0.2 if mine in "jgqk" else 0.3 for mine, theirs in zip(one, other, strict=True) if mine != theirs])


def words_of(name: str) -> Iterator[str]:
    """The folded words of a name."""
    return (token.word for token in tokens(name))
