"""Languages and scripts: writing direction, own names, and telling a language by its letters.

Sources: BCP 47 (RFC 5646) for tags; CLDR character orientation and likely subtags (UTS #35) for the
script a language is written in; Unicode's blocks for the script of a letter. The tables are checked
against Babel's CLDR data by the tests.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from babel import Locale

Direction = Literal["ltr", "rtl"]


class Language(NamedTuple):
    """A language tag (BCP 47, such as `ar` or `zh-Hant`) and the direction in which it is written."""

    code: str
    direction: Direction


_TAG = re.compile(r"[a-z]{2,3}(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}|[0-9]{3}))?")

_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

_SCRIPT_LANGUAGES = {
    "Arab": "aeb apc apd ar arq ars ary arz bal bgn bqi ckb fa glk khw ks lah lki lrc luz mzn pnb prs ps sd "
    "sdh skr trw ug ur",
    "Armn": "hy",
    "Beng": "as bn mni",
    "Cyrl": "ab av ba be bg bxr ce cu cv kaa kk kv ky mdf mk mn myv os ru sah sr tg tt tyv udm uk",
    "Deva": "bgc bho brx doi hi kok mai mr ne raj sa xnr",
    "Ethi": "am byn gez ti tig wal",
    "Geor": "ka xmf",
    "Grek": "el grc",
    "Gujr": "gu",
    "Guru": "pa",
    "Hani": "yue zh",
    "Hebr": "he iw ji lad yi",
    "Jpan": "ja",
    "Khmr": "km",
    "Knda": "kn",
    "Kore": "ko",
    "Laoo": "lo",
    "Mand": "mid",
    "Mlym": "ml",
    "Mymr": "my shn",
    "Nkoo": "nqo",
    "Orya": "or",
    "Rohg": "rhg",
    "Samr": "sam",
    "Sinh": "si",
    "Syrc": "aii arc cld syr tru",
    "Taml": "ta",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo dz",
}
_SCRIPT_OF_LANGUAGE = {code: script for script, codes in _SCRIPT_LANGUAGES.items() for code in codes.split()}

_ARABIC_SCRIPT_REGIONS = {
    "az": ("IQ", "IR"),
    "ha": ("CM", "SD"),
    "kk": ("AF", "CN", "IR"),
    "ku": ("LB",),
    "ky": ("CN",),
    "ms": ("CC",),
    "pa": ("PK",),
    "tg": ("PK",),
    "uz": ("AF",),
}

# Scripts that several blocks, or several scripts, make up: what letters a text in them may hold.
_SCRIPT_MEMBERS = {
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
}

_RANGES = (
    (0x0041, 0x005A, "Latn"),
    (0x0061, 0x007A, "Latn"),
    (0x00AA, 0x00AA, "Latn"),
    (0x00BA, 0x00BA, "Latn"),
    (0x00C0, 0x02B8, "Latn"),
    (0x02E0, 0x02E4, "Latn"),
    (0x0370, 0x03E1, "Grek"),
    (0x03F0, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x0588, "Armn"),
    (0x05D0, 0x05F2, "Hebr"),
    (0x0620, 0x063F, "Arab"),
    (0x0641, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x07C0, 0x07FF, "Nkoo"),
    (0x0800, 0x083F, "Samr"),
    (0x0840, 0x085F, "Mand"),
    (0x0860, 0x086F, "Syrc"),
    (0x0870, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E01, 0x0E5B, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1800, 0x18AF, "Mong"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1D00, 0x1D25, "Latn"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x2D80, 0x2DDF, "Ethi"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0x3005, 0x3007, "Hani"),
    (0x3041, 0x309F, "Hira"),
    (0x30A1, 0x30FF, "Kana"),
    (0x3131, 0x318E, "Hang"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA640, 0xA69F, "Cyrl"),
    (0xA722, 0xA787, "Latn"),
    (0xA78B, 0xA7FF, "Latn"),
    (0xAB30, 0xAB64, "Latn"),
    (0xAC00, 0xD7FB, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB00, 0xFB06, "Latn"),
    (0xFB13, 0xFB17, "Armn"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFC, "Arab"),
    (0xFF21, 0xFF3A, "Latn"),
    (0xFF41, 0xFF5A, "Latn"),
    (0xFF66, 0xFF9D, "Kana"),
    (0xFFA0, 0xFFDC, "Hang"),
    (0x10D00, 0x10D3F, "Rohg"),
    (0x1E900, 0x1E95F, "Adlm"),
    (0x1EE00, 0x1EEFF, "Arab"),
    (0x20000, 0x323AF, "Hani"),
)
_STARTS = tuple(start for start, _, _ in _RANGES)

# CLDR exemplar letters, with those of the auxiliary set that careful writing in the language uses.
_ALPHABETS = {
    "ar": frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ"),
    "fa": frozenset("ءآأؤئابپةتثجچحخدذرزژسشصضطظعغفقکگلمنوهیۀ"),
    "ur": frozenset("ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھۂۃیےۓ"),
}


def is_language_tag(code: str) -> bool:
    """Whether `code` is language[-Script][-REGION] as BCP 47 writes it.

    Only the recommended case is accepted (RFC 5646, section 2.1.1), since tags serve as keys and as parts
    of file names: one language, one spelling.
    """
    return _TAG.fullmatch(code) is not None


@lru_cache(maxsize=256)
def language(code: str) -> Language:
    """The language of a tag; the direction is that of its script (CLDR orientation, likely subtags).

    Raises ValueError where `is_language_tag` does not hold.
    """
    if not is_language_tag(code):
        raise ValueError(f"not a language tag: {code!r}")
    return Language(code, "rtl" if script(code) in _RTL_SCRIPTS else "ltr")


def primary(code: str) -> str:
    """The language itself, without script and region: `ar` of `ar-SY` and of `ar_SY`."""
    return code.replace("_", "-").split("-", 1)[0].lower()


def autonym(code: str) -> str:
    """The language's own name for itself, without script and region, as a menu shows it.

    The first letter is a capital where the script has capitals. A language that CLDR does not name gives
    its tag.
    """
    name = cldr_locale(code).language_name
    # Title case, not upper: the capitals of Georgian are for whole words only.
    return name[:1].title() + name[1:] if name else code


@lru_cache(maxsize=256)
def cldr_locale(code: str) -> Locale:
    """Babel's locale for a tag (`ar-SY` or `ar_SY`), or for as much of it as CLDR knows, else CLDR's root."""
    from babel import Locale, UnknownLocaleError

    parts = code.replace("_", "-").split("-")
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("root")


def is_cldr_locale(code: str) -> bool:
    """Whether CLDR has data for just this locale (a language tag), as far as Babel carries it."""
    from babel import Locale, UnknownLocaleError

    match = _TAG.fullmatch(code)
    try:
        found = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    # Babel passes over a region that it has no data for.
    return match is not None and match["region"] in (None, found.territory)


def script_of(ch: str) -> str | None:
    """The script (ISO 15924) of one letter, or None for what scripts share: digits, signs, marks, spaces.

    Scripts that no language of a table above is written in give None too.
    """
    if not ch.isalpha():
        return None
    place = ord(ch)
    index = bisect_right(_STARTS, place) - 1
    if index < 0:
        return None
    _, end, script = _RANGES[index]
    return script if place <= end else None


def guess_language(text: str, candidates: Sequence[str]) -> str | None:
    """The one candidate (a language tag) that `text` can be in, or None.

    All letters of the text must belong to the candidate's script. Where several candidates share it:
    among those in Latin script English is taken if it is one of them; among Arabic, Persian and Urdu the
    letters tell, as far as they differ. Anything else is undecidable.
    """
    letters = {ch for ch in text if ch.isalpha()}
    scripts = {name for ch in letters if (name := script_of(ch))}
    if not scripts:
        return None
    fitting = [code for code in dict.fromkeys(candidates) if scripts <= _letters_of(script(code))]
    if scripts == {"Latn"}:
        fitting = [code for code in fitting if primary(code) == "en"] or fitting
    if len(fitting) > 1:
        fitting = [code for code in fitting if _can_spell(code, letters)]
    return fitting[0] if len(fitting) == 1 else None


def script(code: str) -> str:
    """The script (ISO 15924) that a language tag is written in, as far as this module knows; else `Latn`."""
    match = _TAG.fullmatch(code)
    if match and match["script"]:
        return match["script"]
    name = primary(code)
    if match and match["region"] in _ARABIC_SCRIPT_REGIONS.get(name, ()):
        return "Arab"
    return _SCRIPT_OF_LANGUAGE.get(name, "Latn")


def _letters_of(script: str) -> frozenset[str]:
    return _SCRIPT_MEMBERS.get(script, frozenset({script}))


def _can_spell(code: str, letters: set[str]) -> bool:
    alphabet = _ALPHABETS.get(primary(code))
    return alphabet is None or all(ch in alphabet for ch in letters if script_of(ch))
