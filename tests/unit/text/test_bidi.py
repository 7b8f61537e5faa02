from __future__ import annotations

import pytest

from site_builder.text import bidi
from site_builder.text.bidi import Run, first_strong, has_direction, is_wordless, isolate_plain, title_text
from site_builder.text.languages import Direction

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"


def runs(text: str, direction: Direction) -> list[str]:
    return [text[run.start : run.end] for run in bidi.opposite_runs(text, direction)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال جون كيري أمس", []),
        ("قال John Kerry أمس", ["John Kerry"]),
        ("قال «John Kerry»، ثم", ["John Kerry"]),
        ('صحيفة "New York Times".', ["New York Times"]),
        ("صحيفة „Der Spiegel“ أمس", ["Der Spiegel"]),
        ("زار London، Paris ثم", ["London", "Paris"]),
        ("زار Washington, DC ثم", ["Washington, DC"]),
        ("John Kerry", ["John Kerry"]),
        ("قال\nJohn\nKerry", ["John\nKerry"]),
        ("اسم e\u0301 هنا", ["e\u0301"]),
        ("שלום World שלום", ["World"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert runs(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("صحيفة New York Times (NYT) قالت", ["New York Times (NYT)"]),
        ("صحيفة (NYT) قالت", ["NYT"]),
        ("الوزير (John Kerry) Obama قال", ["(John Kerry) Obama"]),
        ("الوزير John (Kerry وزير) Smith", ["John", "Kerry", "Smith"]),
        ("قناة «Reuters» و«AFP» معا", ["Reuters", "AFP"]),
        ("قال “Foo” and “Bar” ثم", ["“Foo” and “Bar”"]),
        ("قال f[x(1)] ثم", ["f[x(1)]"]),
        ("قال A) B ثم", ["A) B"]),
    ],
)
def test_brackets_are_taken_in_pairs(text: str, expected: list[str]) -> None:
    assert runs(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في U.N. ثم", ["U.N."]),
        ("في London. ثم", ["London"]),
        ("لغة C++ ولغة C# ثم", ["C++", "C#"]),
        ("حساب @UN عن #Syria ثم", ["@UN", "#Syria"]),
        ("ملف /etc/passwd و docs/ ثم", ["/etc/passwd", "docs/"]),
        ("هل قال Yes! أو No? ثم", ["Yes", "No"]),
        ("انظر https://example.org/a?b=1&c=%20. ثم", ["https://example.org/a?b=1&c=%20"]),
        ("انظر (www.example.org) ثم", ["www.example.org"]),
        ("انظر https://ar.example.org/wiki/دمشق/ ثم", ["https://ar.example.org/wiki/دمشق/"]),
        ("بريد press-1@example.org، ثم", ["press-1@example.org"]),
    ],
)
def test_punctuation_that_belongs_to_names(text: str, expected: list[str]) -> None:
    assert runs(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اجتماع ISSG 23 دولة", ["ISSG"]),
        ("القرار Resolution 2254 الصادر", ["Resolution 2254"]),
        ("القرار Resolution 2254 (2015) الصادر", ["Resolution 2254 (2015)"]),
        ("القرار S/RES/2254 (2015) الصادر", ["S/RES/2254 (2015)"]),
        ("قرار Resolution 2254 (الفقرة) هنا", ["Resolution 2254"]),
        ("طائرة F-16 وطائرة B 52 ووباء Covid-19 وصور 3D ثم", ["F-16", "B 52", "Covid-19", "3D"]),
        ("برنامج Windows 10 ونسخة v1.2.3 ثم", ["Windows 10", "v1.2.3"]),
        ("هاتف iPhone 7 ثم", ["iPhone"]),
        ("ناتج GDP 10% من", ["GDP", "10%"]),
        ("نسبة Foo 10% من", ["Foo", "10%"]),
        ("رخصة CC BY 4.0.", ["CC BY 4.0"]),
        ("هاتف iPhone 7، ثم", ["iPhone 7"]),
        ("اجتماع ISSG 23 «دولة»", ["ISSG"]),
        ("عام 2016 Reuters ثم", ["Reuters"]),
        ("مدينة London ٢٣ قتيلا", ["London"]),
    ],
)
def test_digits_beside_names(text: str, expected: list[str]) -> None:
    assert runs(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISSG 23", ["ISSG 23"]),
        ("2016 Reuters!", ["2016 Reuters!"]),
        ("قال (ISSG 23) ثم", ["ISSG 23"]),
        ("قال «ISSG 23.» ثم", ["ISSG 23."]),
        ("قال (ISSG 23 دولة) ثم", ["ISSG"]),
    ],
)
def test_what_brackets_or_the_text_hold_alone_is_the_run(text: str, expected: list[str]) -> None:
    assert runs(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عددهم 25 في 2016 و1,234.5 و12:30 و3/4", []),
        ("بين 2016-2019 و10-15%", []),
        ("يوم 2016-09-22 ويوم 2016/09/22", ["2016-09-22"]),
        ("نسبة 10 % ثم 5% وهبط -5% وزاد +3.5 ثم", ["10 %", "5%", "-5%", "+3.5"]),
        ("مسافة 25 km وحرارة 30°C ثم", ["25 km", "30°C"]),
        ("نحو $25 و25€ ثم", ["$25", "25€"]),
        ("هاتف +963 11 222 3333 أو 00963 (11) 222-3333 ثم", ["+963 11 222 3333", "00963 (11) 222-3333"]),
        ("موقع 33.5138° N, 36.2765° E ثم", ["33.5138° N, 36.2765° E"]),
        ("رقم ISBN 978-3-16-148410-X ثم", ["ISBN 978-3-16-148410-X"]),
        ("مؤتمر جنيف-2 ومؤتمر جنيف -2 ثم", ["-2"]),
        ("نسبة ٢٥٪ ويوم ٢٠١٦-٠٩-٢٢", []),
    ],
)
def test_figures_in_right_to_left_text(text: str, expected: list[str]) -> None:
    assert runs(text, "rtl") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text, 25 km, -5%", []),
        ("naïve café – 25 km", []),
        ("He said مرحبا بكم today", ["مرحبا بكم"]),
        ("He said «مرحبا» and (أهلا)", ["مرحبا", "أهلا"]),
        ("the words كتاب، مكتبة and", ["كتاب، مكتبة"]),
        ("on ٢٢ سبتمبر ٢٠١٦ there", ["٢٢ سبتمبر ٢٠١٦"]),
        ("in ٢٠١٦ there", []),
        ("the meeting مؤتمر 2 was", ["مؤتمر"]),
        ("the meeting مؤتمر 2, and", ["مؤتمر 2"]),
        ("“مؤتمر جنيف 2” was", ["مؤتمر جنيف 2"]),
        ("مؤتمر جنيف 2", ["مؤتمر جنيف 2"]),
        ("the إف-16 jets", ["إف-16"]),
        ("ما هذا؟ he asked", ["ما هذا؟"]),
        ("שלום, עולם he said", ["שלום, עולם"]),
        ("the word كَتَبَ\u064e.", ["كَتَبَ\u064e"]),
    ],
)
def test_left_to_right_text(text: str, expected: list[str]) -> None:
    assert runs(text, "ltr") == expected


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("as «قال جون كيري (John Kerry) إن 5 كم/س» has", "ltr", ["قال جون كيري (John Kerry) إن 5 كم/س"]),
        ("as “قال كيري (John Kerry) اليوم” has", "ltr", ["قال كيري (John Kerry) اليوم"]),
        ('as "قال John أمس" has', "ltr", ["قال John أمس"]),
        ("as ‹قال John أمس› and „قال John أمس“ has", "ltr", ["قال John أمس", "قال John أمس"]),
        ("as « قال John أمس » has", "ltr", ["قال John أمس"]),
        ("as «قال “قال John أمس” John» has", "ltr", ["قال “قال John أمس”"]),
        ("as «قال John أمس» أمس has", "ltr", ["«قال John أمس» أمس"]),
        ("as «قال John» and «John قال» has", "ltr", ["قال", "قال"]),
        ("as (قال John أمس) has", "ltr", ["قال", "أمس"]),
        ("as «قال \u200eJohn أمس» has", "ltr", ["قال", "أمس"]),
        ("كتب «The minister (جون كيري) said» ثم", "rtl", ["The minister (جون كيري) said"]),
        ("كتب «The minister جون said.» ثم", "rtl", ["The minister جون said."]),
        ("كتب Kerry «The (جون) said» there ثم", "rtl", ["Kerry «The (جون) said» there"]),
        ("قناة «BBC وCNN» و«New York Times و Le Monde» ثم", "rtl", ["BBC", "CNN", "New York Times", "Le Monde"]),
        ("مسافة «5 km شمال 6 km» ثم", "rtl", ["5 km", "6 km"]),
        ("زار «London، Paris» ثم", "rtl", ["London", "Paris"]),
    ],
)
def test_quotations(text: str, direction: Direction, expected: list[str]) -> None:
    assert runs(text, direction) == expected


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("قال كيري (John Kerry) اليوم", "rtl", ["John Kerry"]),
        ("The (جون) said", "ltr", ["جون"]),
        ("هبط -5% أمس", "rtl", ["-5%"]),
        ("John Kerry", "ltr", []),
        ("https://ar.example.org/wiki/دمشق", "ltr", []),
        ("دمشق@دمشق.سوريا/", "rtl", []),
    ],
)
def test_runs_within_runs(text: str, direction: Direction, expected: list[str]) -> None:
    assert [text[run.start : run.end] for run in bidi.inner_runs(text, direction)] == expected


def test_outside() -> None:
    text = "قال كيري (John Kerry) اليوم"
    assert bidi.outside(text, bidi.inner_runs(text, "rtl")) == "قال كيري ( ) اليوم"
    assert bidi.outside("John", ()) == "John"


def test_offsets_are_code_points() -> None:
    assert bidi.opposite_runs("𝄞𝄞 مرحبا x", "ltr") == (Run(3, 8, "rtl"),)
    assert bidi.opposite_runs("", "rtl") == ()


@pytest.mark.parametrize(
    ("text", "direction"),
    [("123 abc ب", "ltr"), ("«ب» abc", "rtl"), ("123", None), ("", None), (f"{LRI}abc{PDI} ب", "rtl"), ("א", "rtl")],
)
def test_first_strong(text: str, direction: Direction | None) -> None:
    assert first_strong(text) == direction


def test_has_direction() -> None:
    assert has_direction("قال John", "ltr")
    assert not has_direction(f"قال {LRI}John{PDI} 5", "ltr")


def test_isolate_plain() -> None:
    assert isolate_plain("قال John Kerry (US) و-5 ثم", "rtl") == f"قال {LRI}John Kerry (US){PDI} و-5 ثم"
    assert isolate_plain("He said مرحبا.", "ltr") == f"He said {RLI}مرحبا{PDI}."
    assert isolate_plain("plain", "ltr") == "plain"


def test_isolate_plain_within_quotations() -> None:
    assert isolate_plain("a “قال (John) ثم” b", "ltr") == f"a “{RLI}قال ({LRI}John{PDI}) ثم{PDI}” b"
    assert isolate_plain("كتب «He (جون) said» ثم", "rtl") == f"كتب «{LRI}He ({RLI}جون{PDI}) said{PDI}» ثم"


def test_what_is_isolated_already_stays() -> None:
    assert isolate_plain(f"قال {FSI}John{PDI} 23 دولة", "rtl") == f"قال {FSI}John{PDI} 23 دولة"
    assert isolate_plain(f"قال A {RLI}ب{PDI} B ثم", "rtl") == f"قال {LRI}A {RLI}ب{PDI} B{PDI} ثم"


@pytest.mark.parametrize(
    ("text", "direction", "title"),
    [
        ("BBC: تقرير", "rtl", f"\u200f{LRI}BBC{PDI}: تقرير"),
        ("تقرير BBC", "rtl", f"تقرير {LRI}BBC{PDI}"),
        ("2016 BBC تقرير", "rtl", f"\u200f2016 {LRI}BBC{PDI} تقرير"),
        ("مجلس and more", "ltr", f"\u200e{RLI}مجلس{PDI} and more"),
        ("A مجلس", "ltr", f"A {RLI}مجلس{PDI}"),
        ("2016", "rtl", "2016"),
    ],
)
def test_title_text(text: str, direction: Direction, title: str) -> None:
    assert title_text(text, direction) == title
    assert title_text(title, direction) == title


def test_enclose() -> None:
    assert [bidi.enclose("x", way) for way in ("ltr", "rtl", None)] == [f"{c}x{PDI}" for c in (LRI, RLI, FSI)]


@pytest.mark.parametrize(
    ("text", "wordless"),
    [
        ("-5%", True),
        ("25 km", True),
        ("+963 11 000 1111", True),
        ("https://a.org/b", True),
        ("a@b.org", True),
        ("London", False),
        ("F-16", False),
        ("London 25 km", False),
    ],
)
def test_is_wordless(text: str, wordless: bool) -> None:
    assert is_wordless(text) is wordless
