from __future__ import annotations

import pytest

from site_builder.text import analysis
from site_builder.text.analysis import Reading, fold, name_key, name_keys, readings, sounds, stem, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد إلى آدم ٱلله", "احمد الي ادم الله"),
        ("مؤتمر مسئول شيء", "موتمر مسيول شي"),
        ("فاطمة ليلى علی", "فاطمه ليلي علي"),
        ("كـــيري مُحَمَّد", "كيري محمد"),
        ("حاليًا حالياً", "حالي حالي"),
        ("\ufedf\ufeea گوگل ڤيينا پاريس چاد", "له كوكل فيينا باريس جاد"),
        ("٢٠١٦ ۲۰۱۶", "2016 2016"),
        ("Çarıkçı Wałęsa O’Neil d'Estaing", "carikci walesa oneil destaing"),
        ("می\u200cرود \u200fقال\u200e", "ميرود قال"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


def test_tokens_keep_their_places_in_the_text() -> None:
    text = "Kerry’s U.N. visit; دي‌مستورا، كـيري 2016"
    found = tokens(text)
    assert [token.word for token in found] == ["kerry", "un", "visit", "ديمستورا", "كيري", "2016"]
    assert [text[token.start : token.end] for token in found][:2] == ["Kerry", "U.N."]


def test_no_words() -> None:
    assert tokens("") == [] == tokens(" … \u0301")


def test_cut_point_counts_code_points_with_their_marks() -> None:
    surface = "وَبِكيري"
    assert surface[analysis.cut_point(surface, 1) :] == "بِكيري"
    assert surface[analysis.cut_point(surface, 2) :] == "كيري"
    assert surface[analysis.cut_point(surface, 0) :] == surface


def test_readings() -> None:
    assert readings("kerry") == (Reading(0, "kerry"),)
    assert Reading(1, "كيري") in readings("وكيري")
    assert Reading(2, "كيري") in readings("وبكيري")
    assert Reading(2, "الامم") in readings("للامم")
    assert Reading(3, "الامم") in readings("وللامم")
    assert readings("في") == (Reading(0, "في"),)


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("والمفاوضات", "مفاوض"), ("كتابهم", "كتاب"), ("الهدنه", "هدن"), ("وقف", "وقف"), ("talks", "talk")],
)
def test_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


PLURALS = """
خريطة:خرائط تلميذ:تلاميذ وزير:وزراء كتاب:كتب مدينة:مدن سلاح:أسلحة شهر:أشهر علم:أعلام بنك:بنوك سد:سدود طبيب:أطباء
صديق:أصدقاء جريح:جرحى شارع:شوارع قانون:قوانين بيت:بيوت سوق:أسواق باب:أبواب قضية:قضايا مكتب:مكاتب مشروع:مشاريع
نائب:نواب زائر:زوار طائر:طيور جائزة:جوائز موقف:مواقف جندي:جنود قاض:قضاة وال:ولاة وادي:أودية شاطئ:شواطئ عضو:أعضاء
غطاء:أغطية خطأ:أخطاء كأس:كؤوس خطة:خطط زلزال:زلازل كوكب:كواكب دعوى:دعاوى جزء:أجزاء
"""


@pytest.mark.parametrize("pair", PLURALS.split())
def test_broken_plurals_and_their_singulars_find_each_other(pair: str) -> None:
    one, other = (stem(fold(word)) for word in pair.split(":"))
    assert set(analysis.plural_keys(one)) & set(analysis.plural_partners(other))
    assert set(analysis.plural_keys(other)) & set(analysis.plural_partners(one))


@pytest.mark.parametrize(
    "pair", ["كاتب:مكتب", "قافلة:قفل", "talk:talks", "في:فم", "خطط:خط", "وزراء:وزارة", "حاكم:حكومة"]
)
def test_words_of_the_same_consonants_are_not_all_plurals(pair: str) -> None:
    one, other = (stem(fold(word)) for word in pair.split(":"))
    assert not set(analysis.plural_keys(one)) & set(analysis.plural_partners(other))


def test_irregular_plurals_have_the_stem_of_the_singular() -> None:
    assert stem(fold("أيام")) == stem(fold("يوم"))
    assert stem(fold("النساء")) == stem(fold("امرأة"))
    assert stem(fold("شهود")) == stem(fold("شاهد"))
    for plural in ("ألغام", "الألغام", "وللألغام"):
        assert stem(fold(plural)) == "لغم"


@pytest.mark.parametrize(
    "pair", ["لغة:لغات", "فيضان:فيضانات", "إعلان:الإعلانات", "برلمان:برلماني", "فلسطين:فلسطينيون", "مباراة:مباريات"]
)
def test_regular_plurals_have_the_stem_of_the_singular(pair: str) -> None:
    one, other = (stem(fold(word)) for word in pair.split(":"))
    assert one == other


def test_a_word_that_begins_with_al_is_found_with_and_without_the_article() -> None:
    without, with_article = fold("ألمان"), fold("الألمان")
    assert {stem(without), *analysis.alternatives(without)} & {stem(with_article), *analysis.alternatives(with_article)}


SPELLINGS = [
    "غورباتشوف جورباتشوف غورباتشيف",
    "سبيلبرغ اسبيلبرج",
    "ديغول ديجول",
    "فلاديمير فلادمير",
    "بريجنيف بريزنيف برجنيف",
    "ثاتشر تاتشر",
    "khrushchev khruschev khrushchov",
    "medvedev medwedew",
    "gaddafi qaddafi kadhafi gadhafi",
    "milosevic milosevich",
    "tchaikovsky chaikovski",
]


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_spellings_of_one_name_are_near_and_found(spellings: str) -> None:
    listed, *others = spellings.split()
    for other in others:
        assert name_key(other) in name_keys(listed), other
        length = max(len(sounds(listed)), len(sounds(other)))
        assert analysis.difference(sounds(listed), sounds(other), 9) <= 0.12 * length, other


@pytest.mark.parametrize("pair", ["كيري كيربي", "kerry kirby", "lavrov lapid", "لافروف لافييف", "brown bram"])
def test_other_names_are_far(pair: str) -> None:
    one, other = map(sounds, pair.split())
    assert analysis.difference(one, other, 9) > 0.15 * max(len(one), len(other))


def test_difference_gives_up_early() -> None:
    assert analysis.difference("abc", "abc", 0) == 0
    assert analysis.difference("kiri", "lafruf", 0.5) > 0.5
