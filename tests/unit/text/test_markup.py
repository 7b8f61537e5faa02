from __future__ import annotations

from site_builder.text.markup import isolated

LANGUAGES = ("ar", "en")


def test_what_is_of_the_other_direction_stands_apart() -> None:
    assert isolated("a < b & جنيف", "ltr", LANGUAGES) == 'a &lt; b &amp; <span lang="ar" dir="rtl">جنيف</span>'
    assert isolated("جنيف", "rtl", LANGUAGES) == "جنيف"


def test_figures_are_of_no_language() -> None:
    assert isolated("بلغ -5% أمس", "rtl", LANGUAGES) == 'بلغ <span dir="ltr">-5%</span> أمس'


def test_marks_are_cut_where_an_element_begins_or_ends() -> None:
    marked = isolated("In Geneva جنيف now", "ltr", LANGUAGES, ((3, 12), (13, 16)))
    run = '<span lang="ar" dir="rtl"><mark>جن</mark>ي<mark>ف</mark></span>'
    assert marked == f"In <mark>Geneva </mark>{run}<mark> n</mark>ow"
