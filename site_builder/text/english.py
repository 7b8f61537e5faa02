"""English words without their inflection: the Porter2 algorithm (snowballstem.org), and common irregular forms.

`templates/assets/search/analysis.js` does the same in the browser; tests/search/words.json holds the two together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

#: Irregular forms, each after the word that it is a form of. What is a word of its own too (left, saw) is not here.
_IRREGULAR = """
analysis:analyses arise:arose,arisen basis:bases bear:borne beat:beaten become:became begin:began,begun bend:bent
bid:bade bite:bitten bleed:bled blow:blew,blown break:broke,broken breed:bred bring:brought build:built burn:burnt
buy:bought catch:caught child:children choose:chose,chosen cling:clung creep:crept crisis:crises criterion:criteria
deal:dealt dig:dug draw:drew,drawn dream:dreamt drive:drove,driven eat:ate,eaten fall:fell,fallen feed:fed feel:felt
fight:fought find:found flee:fled fly:flew,flown foot:feet forbid:forbade,forbidden forget:forgot,forgotten
freeze:froze,frozen get:got give:gave,given go:went,gone goose:geese grow:grew,grown half:halves hang:hung hear:heard
hide:hidden hold:held hypothesis:hypotheses keep:kept kneel:knelt knife:knives know:knew,known lay:laid lead:led
leap:leapt learn:learnt leave:leaving lend:lent life:lives light:lit loaf:loaves lose:lost make:made man:men
mean:meant meet:met mouse:mice overthrow:overthrew,overthrown ox:oxen pay:paid person:persons phenomenon:phenomena
prove:proven ride:rode,ridden rise:risen run:ran say:said see:seen seek:sought self:selves sell:sold send:sent
sew:sewn shake:shook,shaken shelf:shelves shine:shone shoot:shot show:shown shrink:shrank,shrunk sing:sang,sung
sink:sank,sunk sit:sat sleep:slept slide:slid speak:spoke,spoken spend:spent spin:spun spring:sprang,sprung
stand:stood steal:stole,stolen stick:stuck strike:struck strive:strove,striven swear:swore,sworn sweep:swept
swim:swam,swum swing:swung take:took,taken teach:taught tear:tore,torn tell:told thesis:theses thief:thieves
think:thought throw:threw,thrown tooth:teeth undergo:underwent,undergone understand:understood
undertake:undertook,undertaken uphold:upheld wake:woke,woken wear:wore,worn weep:wept wife:wives win:won
withdraw:withdrew,withdrawn withhold:withheld wolf:wolves woman:women write:wrote,written
"""
#: Words with stems of their own, and words that step 1 leaves as they are.
_EXCEPTIONAL = """
skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl
sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes
"""
_UNCHANGED = """
evening inning outing canning herring earring proceed exceed succeed
"""
#: Of steps 2 and 3: an ending in the first region, and what it becomes.
_SECOND_STEP = """
ization:ize ational:ate fulness:ful ousness:ous iveness:ive tional:tion biliti:ble lessli:less entli:ent ation:ate
alism:al aliti:al ousli:ous iviti:ive fulli:ful enci:ence anci:ance abli:able izer:ize ator:ate alli:al bli:ble
ogist:og logi:log li:
"""
_THIRD_STEP = """
ational:ate tional:tion alize:al icate:ic iciti:ic ative: ical:ic ness: ful:
"""
#: Of step 4: endings that go where the second region begins before them.
_FOURTH_STEP = """
ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic
"""


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for entry in table.split():
        one, _, other = entry.partition(":")
        yield one, other


_BASES = {form: base for base, forms in _pairs(_IRREGULAR) for form in forms.split(",")}
_EXCEPTIONS = dict(_pairs(_EXCEPTIONAL))
_KEPT = frozenset(_UNCHANGED.split())
_SECOND, _THIRD, _FOURTH = tuple(_pairs(_SECOND_STEP)), tuple(_pairs(_THIRD_STEP)), tuple(_FOURTH_STEP.split())
#: British spellings, each with the American one; both are spelled so before anything else is done.
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("(?<=..)is(e[drs]?|ers|ing|ations?|able)$", r"iz\1"),
        ("(?<=...)our(s?|ed|ing|able|ite|ites)$", r"or\1"),
        ("^(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        ("^(cent|theat|met|kilomet|fib)re(s?)$", r"\1er\2"),
        ("(?<=..)ogue(s?)$", r"og\1"),
        ("^programme", "program"),
    )
)
_WORD = re.compile("[a-z]{3,}")
_VOWEL = "[aeiouy]"
_CONSONANT = "[^aeiouy]"
_REGION = re.compile(f"{_VOWEL}{_CONSONANT}")
_SPECIAL_REGION = re.compile("gener|commun|arsen|past|univers|later|emerg|organ|inter")
_SHORT_END = re.compile(f"(?:{_CONSONANT}{_VOWEL}[^aeiouywxY]|^{_VOWEL}{_CONSONANT})$")
_VOWEL_BEFORE_LAST = re.compile(f"{_VOWEL}.+s$")
_PAST = re.compile("(?:ingly|edly|ing|ed)$")
_DOUBLE = re.compile("(?<!^[aeo])(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$")
_LI_AFTER = re.compile("[cdeghkmnrt]$")


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of an English word in lower-case ASCII letters; anything else comes back as it is."""
    if not _WORD.fullmatch(word):
        return word
    word = _BASES.get(word, word)
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    word = re.sub("(^|[aeiouy])y", r"\1Y", word)
    first, second = _regions(word)
    word = _plural(word)
    if word in _KEPT:
        return word
    word = _past(word, first)
    if len(word) > 2 and re.search(f"{_CONSONANT}[yY]$", word):
        word = word[:-1] + "i"
    word = _derived(word, first, second)
    return _final(word, first, second).lower()


def _regions(word: str) -> tuple[int, int]:
    """Where the regions R1 and R2 begin: after the first consonant that follows a vowel, and again from there."""
    special = _SPECIAL_REGION.match(word)
    found = special or _REGION.search(word)
    first = found.end() if found else len(word)
    again = _REGION.search(word, first)
    return first, again.end() if again else len(word)


def _plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")) and _VOWEL_BEFORE_LAST.search(word):
        return word[:-1]
    return word


def _past(word: str, first: int) -> str:
    for ending in ("eedly", "eed"):
        if word.endswith(ending):
            cut = len(word) - len(ending)
            return word[:cut] + "ee" if cut >= first else word
    found = _PAST.search(word)
    if not found or not re.search(_VOWEL, word[: found.start()]):
        return word
    word = word[: found.start()]
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _DOUBLE.search(word):
        return word[:-1]
    return word + "e" if first >= len(word) and _SHORT_END.search(word) else word


def _derived(word: str, first: int, second: int) -> str:
    for ending, instead in _SECOND:
        if word.endswith(ending):
            cut = len(word) - len(ending)
            if ending == "logi":
                cut += 1
            if cut >= first and (ending != "li" or _LI_AFTER.search(word[:cut])):
                word = word[: len(word) - len(ending)] + instead
            break
    for ending, instead in _THIRD:
        if word.endswith(ending):
            cut = len(word) - len(ending)
            if cut >= (second if ending == "ative" else first):
                word = word[:cut] + instead
            break
    return word


def _final(word: str, first: int, second: int) -> str:
    for ending in _FOURTH:
        if word.endswith(ending):
            cut = len(word) - len(ending)
            if cut >= second and (ending != "ion" or word[cut - 1] in "st"):
                word = word[:cut]
            break
    last = len(word) - 1
    if word.endswith("e") and (last >= second or (last >= first and not _SHORT_END.search(word[:last]))):
        return word[:last]
    if word.endswith("ll") and last >= second:
        return word[:last]
    return word
