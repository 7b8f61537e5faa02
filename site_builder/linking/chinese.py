"""Chinese names as other systems write them: syllable by syllable, and in the Wade-Giles spelling of older texts."""

from __future__ import annotations

import re

_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|er|[aeiou])"
)
_ARABIC_SYLLABLE = "(?:تش|تس|[بتجدرزسشغفقكلمنهوي])[اوي]+(?:نغ|نج|ن(?![اوي]))?"
_PINYIN = re.compile(f"({_SYLLABLE})({_SYLLABLE})?")
_ARABIC = re.compile(f"({_ARABIC_SYLLABLE})({_ARABIC_SYLLABLE})?")

_PARTS = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(.*)")
_WHOLE = {
    **{"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "er": "erh"},
    **{"yi": "i", "ye": "yeh", "yan": "yen", "you": "yu", "yue": "yueh", "yong": "yung"},
}
_INITIALS = {
    **{"b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "z": "ts", "c": "ts", "r": "j"}
}
_FINALS = {"ian": "ien", "ie": "ieh", "ue": "ueh", "ong": "ung", "iong": "iung"}


def syllables(word: str) -> tuple[str, ...]:
    """The one or two syllables of a folded Chinese name, in Pinyin or in Arabic letters; none where it is no such."""
    found = _PINYIN.fullmatch(word) or _ARABIC.fullmatch(word)
    return tuple(part for part in found.groups() if part) if found else ()


def wade_giles(syllable: str) -> str:
    """A syllable of Pinyin in Wade-Giles, without its apostrophes and diacritics: xiao is hsiao, zhou chou."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    parts = _PARTS.fullmatch(syllable)
    initial, final = (parts[1] or "", parts[2]) if parts else ("", syllable)
    if (final == "e" and initial in ("g", "k", "h")) or (final == "uo" and initial not in ("g", "k", "h", "sh")):
        final = "o"
    elif final == "ui" and initial in ("g", "k"):
        final = "uei"
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)
