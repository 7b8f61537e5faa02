from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image

from site_builder import cards
from site_builder.cards import HEIGHT, WIDTH, Card, SetTitle, draw_card, set_title, undrawable
from site_builder.text.languages import Direction

ARABIC = "اجتماع مجموعة الدعم الدولية لسوريا (ISSG) في نيويورك يخفق في إحياء الهدنة 22 سبتمبر/أيلول 2016"
ENGLISH = "International Syria Support Group (ISSG) fails in New York to revive the truce"
CARDS = {
    "arabic": Card(ARABIC, "22 سبتمبر/أيلول 2016", "أرشيف الهدنة", "rtl", "مقال"),
    "english": Card(ENGLISH, "22 September 2016", "The Truce Archive", "ltr", "Article"),
    "persian": Card("می\u200cخواهم پژوهش گفتگو", "۱ مهر ۱۳۹۵", "بایگانی", "rtl"),
    "mixed": Card("The phrase «وقف الأعمال القتالية» and Çarıkçı", "2016", "أرشيف Čapek", "ltr"),
    "long": Card(f"{ARABIC} " * 5, "2016 " * 30, f"{ARABIC} " * 3, "rtl", ENGLISH * 2),
    "foreign": Card("שלום 日本語 \U0001f600\ufe0f", "x", "y", "rtl", "z"),
    "empty": Card("", "", "", "ltr"),
}
PAPER = (247, 243, 234)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def inked(image: Image.Image, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int] | None:
    """The box, in the picture's pixels, of what is not paper within a part of it."""
    part = image.crop((left, top, right, bottom)).convert("L").point([255 * (grey < 225) for grey in range(256)])
    box = part.getbbox()
    return (box[0] + left, box[1] + top, box[2] + left, box[3] + top) if box else None


def width(text: str, direction: Direction, size: int) -> float:
    return cards._width(text, cards._Setting(direction, cards._TITLES[direction].faces, size))


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_a_small_picture_with_free_margins(name: str) -> None:
    data = draw_card(CARDS[name])
    assert len(data) < 40_000
    image = opened(data)
    assert image.size == (WIDTH, HEIGHT) == (1200, 630)
    assert image.getpixel((600, 20)) == PAPER
    spine, margin = ((1174, 1200), (1095, 1174)) if CARDS[name].direction == "rtl" else ((0, 26), (26, 105))
    assert inked(image, spine[0], 0, spine[1], HEIGHT) == (spine[0], 0, spine[1], HEIGHT)
    assert inked(image, margin[0], 0, margin[1], HEIGHT) is None
    for left, top, right, bottom in ((26, 0, 1174, 66), (26, 500, 1174, 524), (26, 596, 1174, 630)):
        assert inked(image, left, top, right, bottom) is None


@pytest.mark.parametrize(("direction", "title"), [("rtl", "خلافات"), ("ltr", "Rifts")])
def test_a_title_starts_where_its_language_starts(direction: Direction, title: str) -> None:
    box = inked(opened(draw_card(Card(title, "", "", direction))), 30, 130, 1170, 500)
    assert box is not None
    start = WIDTH - box[2] if direction == "rtl" else box[0]
    assert 104 <= start <= 122
    assert box[2] - box[0] < 500


def test_date_and_archive_keep_apart() -> None:
    image = opened(draw_card(CARDS["long"]))
    columns = [inked(image, x, 540, x + 1, 600) is not None for x in range(84, 1090)]
    assert "0" * 40 in "".join("1" if column else "0" for column in columns)


def test_the_same_bytes_twice_and_in_another_process() -> None:
    program = (
        f"import sys, site_builder.cards as c\nsys.stdout.buffer.write(c.draw_card(c.Card(*{tuple(CARDS['mixed'])!r})))"
    )
    first = draw_card(CARDS["mixed"])
    assert draw_card(CARDS["mixed"]) == first
    other = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    assert other.stdout == first


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        (ARABIC, "rtl"),
        (ENGLISH, "ltr"),
        ("«Resolution 2254» (2016-2019) والمرحلة الانتقالية " * 3, "rtl"),
        ("وقف الأعمال القتالية and more " * 3, "ltr"),
    ],
)
def test_lines_fit_and_hold_the_title_in_logical_order(title: str, direction: Direction) -> None:
    size, lines = set_title(title, direction)
    assert all(width(line, direction, size) <= cards._MEASURE for line in lines)
    assert " ".join(lines) == title.strip()
    assert len(lines) > 1


def test_a_longer_title_is_smaller_before_it_is_cut() -> None:
    titles = [set_title("خلافات أميركية روسية " * count, "rtl") for count in (1, 3, 4, 6, 7, 40)]
    sizes = [title.size for title in titles]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 3
    assert [title.lines[-1].endswith("…") for title in titles] == [False] * 5 + [True]


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
def test_an_ellipsis_stands_at_the_logical_end(direction: Direction) -> None:
    size, lines = set_title("الاتفاق على وقف، " * 40 if direction == "rtl" else "agree on a halt, " * 40, direction)
    assert lines[-1].endswith("…")
    assert not lines[-1].endswith(("،…", ",…", " …"))
    assert width(lines[-1], direction, size) <= cards._MEASURE
    shown = "".join(run for _, run in cards._runs(lines[-1], direction, cards._TITLES[direction].faces))
    assert shown.index("…") == (0 if direction == "rtl" else len(shown) - 1)


@pytest.mark.parametrize(
    ("word", "direction"), [("https://example.org/" + "path/" * 90, "ltr"), ("ال" + "مستشفى" * 60, "rtl")]
)
def test_an_unbreakable_word_fills_its_lines(word: str, direction: Direction) -> None:
    size, lines = set_title(word, direction)
    assert len(lines) > 2
    assert word.startswith("".join(lines).rstrip("…"))
    assert all(0.9 * cards._MEASURE < width(line, direction, size) <= cards._MEASURE for line in lines)


def test_titles_of_nothing_and_of_signs() -> None:
    assert set_title("", "rtl").lines == ()
    assert set_title(" \n\u2028 ", "ltr").lines == ()
    assert set_title("a\nb\u2029c", "ltr").lines == ("a b c",)
    assert set_title("\u2014" * 900, "ltr").lines[-1] == "…"


def test_a_no_break_space_keeps_words_together() -> None:
    _, lines = set_title("words and words and more words on 22\xa0September\xa02016 and so on", "ltr")
    assert any("22\xa0September\xa02016" in line for line in lines)


def test_lines_are_of_about_one_length() -> None:
    size, lines = set_title("The Security Council meets on the truce in Syria again today", "ltr")
    assert len(lines) == 3
    widths = [width(line, "ltr", size) for line in lines]
    assert min(widths) > 0.7 * max(widths)


def test_a_line_keeps_what_it_owes_to_the_paragraph() -> None:
    first, second, third = cards._in_context(("قرار «Resolution", "2254» في", "2016-2019"), "rtl")
    assert first == "قرار «\u2066Resolution\u2069"
    assert second == "\u061c\u20662254\u2069» في"
    assert third == "\u061c2016-2019"
    assert list(cards._in_context(("a", "b"), "ltr")) == ["a", "b"]


def test_each_letter_is_in_the_first_face_that_holds_it() -> None:
    faces = cards._TITLES["ltr"].faces
    runs = cards._runs("Çarıkçı في ab \u05d0", "ltr", faces)
    assert [(face.family if face else None, run) for face, run in runs] == [
        ("source-serif-4", "Çarıkçı "),
        ("amiri", "\ufef2\ufed3"),
        ("source-serif-4", " ab "),
        (None, "\u05d0"),
    ]


def test_an_isolated_form_that_a_face_lacks_is_its_letter() -> None:
    sans = cards._NOTES["rtl"][:1]
    assert cards._runs("پ", "rtl", sans) == ((sans[0], "پ"),)


def test_what_no_face_holds_is_named_and_marks_are_left_out() -> None:
    assert undrawable(f"{ARABIC} پژوهش Čapek ḥ Привет Ελλάδα", "rtl") == ""
    assert undrawable("ab 日本 \u05d0\u05b8\ufe0f日", "ltr") == "\u05d0日本"


def test_presentation_forms_exist_for_all_letters_of_the_languages() -> None:
    letters = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیٹڈڑںھہے"
    everywhere = " ".join(f"{letter} ب{letter} {letter}ب ب{letter}ب" for letter in letters)
    for faces in (cards._TITLES["rtl"].faces[:1], cards._NOTES["rtl"][:1]):
        assert [run for face, run in cards._runs(everywhere, "rtl", faces) if face is None] == []


def test_nothing_heavy_is_imported_before_a_card_is_drawn() -> None:
    program = (
        "import sys, site_builder.cards\n"
        "print([name for name in ('PIL', 'fontTools', 'arabic_reshaper', 'bidi') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert shown.strip() == b"[]"


def test_a_short_title_is_set_large() -> None:
    assert set_title("a", "ltr") == SetTitle(100, ("a",))
