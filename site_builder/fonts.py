"""Web fonts: packaged typefaces cut down, at build time, to the scripts of a site's languages.

The set of characters depends on the languages alone, never on the text, so that an edit changes no font.
Arabic letters are set in IBM Plex Sans Arabic, titles in Amiri; Latin ones in Source Serif 4. Other
scripts, Hebrew and Cyrillic among them, are left to the reader's own fonts.

The files carry names of our own, because two of the licences (SIL Open Font License 1.1, clause 3) reserve
theirs for unchanged fonts; copyright and licence stay in each file's name table, as clause 2 asks.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from site_builder.text.languages import script

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_Ranges = tuple[tuple[int, int], ...]

# Letters, marks and digits of Arabic, Persian, Urdu, Kurdish (Sorani) and Pashto.
_ARABIC: _Ranges = (
    (0x60C, 0x60C),
    (0x61B, 0x61C),
    (0x61F, 0x61F),
    (0x621, 0x63A),
    (0x640, 0x655),
    (0x660, 0x671),
    (0x679, 0x67E),
    (0x681, 0x681),
    (0x685, 0x689),
    (0x691, 0x69A),
    (0x6A4, 0x6A4),
    (0x6A9, 0x6AF),
    (0x6B5, 0x6B5),
    (0x6BA, 0x6BE),
    (0x6C0, 0x6D5),
    (0x6F0, 0x6F9),
    (0xFD3E, 0xFD3F),
)
_BASIC: _Ranges = ((0x20, 0x7E), (0xA0, 0xA0), (0xAB, 0xAB), (0xBB, 0xBB))
_LATIN_1: _Ranges = ((0xA0, 0xFF),)
_PUNCTUATION: _Ranges = ((0x200C, 0x200F), (0x2010, 0x2015), (0x2018, 0x201F), (0x2026, 0x2026))
_SIGNS: _Ranges = ((0x2020, 0x2022), (0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC))
_ARROWS: _Ranges = ((0x2190, 0x2193), (0x2212, 0x2212))
# Latin Extended-A, Romanian, and what romanised Arabic needs (ALA-LC, DIN 31635, IJMES).
_EXTENDED: _Ranges = (
    (0x100, 0x17F),
    (0x218, 0x21B),
    (0x2BB, 0x2BF),
    (0x1E0C, 0x1E0F),
    (0x1E24, 0x1E2B),
    (0x1E62, 0x1E63),
    (0x1E6C, 0x1E6F),
    (0x1E92, 0x1E96),
)

_FEATURES = (
    *("ccmp", "locl", "kern", "mark", "mkmk", "liga", "calt", "tnum"),
    *("isol", "init", "medi", "fina", "rlig", "curs", "rtlm"),
)
_COPYRIGHT, _FAMILY, _STYLE, _FULL_NAME, _POSTSCRIPT_NAME, _LICENCE, _LICENCE_URL = 0, 1, 2, 4, 6, 13, 14
_NAMES = (_COPYRIGHT, _FAMILY, _STYLE, _FULL_NAME, _POSTSCRIPT_NAME, _LICENCE, _LICENCE_URL)


class WebFont(NamedTuple):
    """One font file of a site.

    `family`, `weight` ("400", or "400 700" for a variable font) and `style` are what style sheets call it;
    `ranges` the code points that it is there for, first and last of each stretch; `axes` where a variable
    source is pinned (one value) or limited (two).
    """

    family: str
    weight: str
    style: Literal["normal", "italic"]
    ranges: _Ranges
    file_name: str
    source: Path
    axes: tuple[tuple[str, tuple[float, ...]], ...] = ()

    @property
    def unicode_range(self) -> str:
        """The ranges as CSS writes them: `U+60C, U+621-63A`."""
        return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in self.ranges)


def web_fonts(languages: Sequence[str]) -> tuple[WebFont, ...]:
    """The fonts for a site in these languages (BCP 47 tags), those for Arabic script first.

    Families: `Site Arabic` (with Latin letters for foreign words), `Site Arabic Title`, `Site Latin`.
    """
    scripts = {script(code) for code in languages}
    return (_arabic_fonts() if "Arab" in scripts else ()) + (_latin_fonts() if "Latn" in scripts else ())


def subset(font: WebFont) -> bytes:
    """The font as WOFF2 with the characters of its ranges, their joining and positioning, and no hints.

    The same font gives the same bytes.
    """
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(_cut(font)), recalcTimestamp=False) as face:
        _rename(face, font)
        face.flavor = "woff2"
        file = io.BytesIO()
        face.save(file)
        return file.getvalue()


def _cut(font: WebFont) -> bytes:
    """The font cut down, as HarfBuzz does it: in milliseconds, where fontTools takes seconds."""
    import uharfbuzz as harfbuzz

    face = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(font.source)))
    wanted = harfbuzz.SubsetInput()
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update([code for first, last in font.ranges for code in range(first, last + 1)])
    for kept, values in (
        (wanted.layout_feature_tag_set, [_tag(name) for name in _FEATURES]),
        (wanted.name_id_set, list(_NAMES)),
    ):
        kept.clear()
        kept.update(values)
    wanted.drop_table_tag_set.update([_tag("meta"), _tag("STAT")])
    for tag, limits in font.axes:
        if len(limits) == 1:
            wanted.pin_axis_location(face, tag, limits[0])
        else:
            wanted.set_axis_range(face, tag, *limits, limits[0])
    return bytes(wanted.subset(face).blob.data)


def _tag(name: str) -> int:
    """An OpenType tag as a number."""
    return int.from_bytes(name.encode("ascii"), "big")


def font_face_css(fonts: Sequence[WebFont], base: str) -> str:
    """`@font-face` rules for the fonts, whose files the style sheet finds at `base` + file name.

    A browser fetches a file only for a page that shows a character of its range.
    """
    return "".join(
        f'@font-face {{\n  font-family: "{font.family}";\n  font-style: {font.style};\n'
        f"  font-weight: {font.weight};\n  font-display: swap;\n"
        f'  src: url("{base}{font.file_name}") format("woff2");\n'
        f"  unicode-range: {font.unicode_range};\n}}\n"
        for font in fonts
    )


def _arabic_fonts() -> tuple[WebFont, ...]:
    text = _sorted(_ARABIC + _BASIC + _LATIN_1 + _PUNCTUATION + _SIGNS + _ARROWS)
    title = _sorted(_ARABIC + _BASIC + _PUNCTUATION)
    return (
        _font("Site Arabic", "400", text, "site-arabic-400.woff2", "ibm-plex-sans-arabic"),
        _font("Site Arabic", "700", text, "site-arabic-700.woff2", "ibm-plex-sans-arabic"),
        _font("Site Arabic Title", "700", title, "site-arabic-title-700.woff2", "amiri"),
    )


def _latin_fonts() -> tuple[WebFont, ...]:
    ranges = _sorted(_BASIC + _LATIN_1 + _EXTENDED + _PUNCTUATION + _SIGNS + _ARROWS)
    upright = (("opsz", (18.0,)), ("wght", (400.0, 700.0)))
    italic = (("opsz", (18.0,)), ("wght", (400.0,)))
    return (
        _font("Site Latin", "400 700", ranges, "site-latin.woff2", "source-serif-4", axes=upright),
        _font("Site Latin", "400", ranges, "site-latin-italic.woff2", "source-serif-4", "italic", italic),
    )


def _font(
    family: str,
    weight: str,
    ranges: _Ranges,
    file_name: str,
    source: str,
    style: Literal["normal", "italic"] = "normal",
    axes: tuple[tuple[str, tuple[float, ...]], ...] = (),
) -> WebFont:
    import fontpkg

    path = fontpkg.path(source, weight=int(weight.split()[0]), style=style)
    return WebFont(family, weight, style, ranges, file_name, Path(path), axes)


def _sorted(ranges: _Ranges) -> _Ranges:
    """The ranges in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _rename(face: TTFont, font: WebFont) -> None:
    full = f"{font.family} {font.weight} {font.style}"
    names = {_FAMILY: font.family, _FULL_NAME: full, _POSTSCRIPT_NAME: full.replace(" ", "")}
    for record in face["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
