from __future__ import annotations

import io
import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont

from site_builder.fonts import WebFont, font_face_css, subset, web_fonts

FONTS = {font.file_name: font for font in web_fonts(["ar", "en"])}
PLAIN = FONTS["site-arabic-400.woff2"]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {name: subset(font) for name, font in FONTS.items()}


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


def features(face: TTFont, table: str) -> set[str]:
    return {record.FeatureTag for record in face[table].table.FeatureList.FeatureRecord}


def covers(font: WebFont, text: str) -> bool:
    return all(any(first <= ord(character) <= last for first, last in font.ranges) for character in text)


@pytest.mark.parametrize(
    ("languages", "families"),
    [
        (["ar"], {"Site Arabic", "Site Arabic Title"}),
        (["fa", "ur"], {"Site Arabic", "Site Arabic Title"}),
        (["az-Arab"], {"Site Arabic", "Site Arabic Title"}),
        (["en", "fr"], {"Site Latin"}),
        (["ru", "en"], {"Site Latin"}),
        (["he", "ru"], set()),
        ([], set()),
    ],
)
def test_fonts_are_those_of_the_scripts(languages: list[str], families: set[str]) -> None:
    assert {font.family for font in web_fonts(languages)} == families


def test_an_arabic_page_needs_little(files: dict[str, bytes]) -> None:
    limits = {
        "site-arabic-400.woff2": 30_000,
        "site-arabic-700.woff2": 30_000,
        "site-arabic-title-700.woff2": 75_000,
        "site-latin.woff2": 42_000,
        "site-latin-italic.woff2": 26_000,
    }
    assert {name: len(data) for name, data in files.items() if len(data) > limits[name]} == {}


def test_letters_of_the_languages_are_there(files: dict[str, bytes]) -> None:
    arabic = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" + "پچژگکی" + "ٹڈڑںھہےۓ" + "ەێۆڵڕ" + "ټډړښځۍ"
    for name in ("site-arabic-400.woff2", "site-arabic-700.woff2", "site-arabic-title-700.woff2"):
        assert set(map(ord, arabic + "٠١٢۴۵«»،؛؟… (ISSG) 2016")) <= set(opened(files[name]).getBestCmap())
    romanised = "Ṣāliḥ ʿAbd al-Raḥmān, Çarıkçı, Čapek, Łódź, Șerban, naïve – “quotes” €"
    for name in ("site-latin.woff2", "site-latin-italic.woff2"):
        assert set(map(ord, romanised)) <= set(opened(files[name]).getBestCmap())
        assert not covers(FONTS[name], "س")


def test_joining_and_positioning_are_kept_and_hints_dropped(files: dict[str, bytes]) -> None:
    for name in ("site-arabic-400.woff2", "site-arabic-title-700.woff2"):
        face = opened(files[name])
        assert {"init", "medi", "fina", "rlig", "liga", "ccmp", "locl"} <= features(face, "GSUB")
        assert {"mark", "mkmk", "kern"} <= features(face, "GPOS")
        assert not {"fpgm", "prep", "cvt ", "meta", "DSIG"} & set(face.keys())
    assert {"kern", "mark"} <= features(opened(files["site-latin.woff2"]), "GPOS")


def test_the_latin_font_varies_in_weight_only(files: dict[str, bytes]) -> None:
    axes = opened(files["site-latin.woff2"])["fvar"].axes
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in axes] == [("wght", 400, 700)]
    assert "fvar" not in opened(files["site-latin-italic.woff2"])


def test_reserved_names_go_and_the_licence_stays(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        names = opened(data)["name"]
        assert names.getDebugName(1) == FONTS[name].family
        shown = " ".join(str(names.getDebugName(number)) for number in (1, 4, 6))
        assert not {"Plex", "Source"} & set(shown.split())
        assert "Copyright" in str(names.getDebugName(0)) or "©" in str(names.getDebugName(0))
        assert "Open Font License" in str(names.getDebugName(13))


def test_the_same_bytes_with_another_hash_seed(files: dict[str, bytes]) -> None:
    program = (
        "import hashlib, site_builder.fonts as f\n"
        "font = next(x for x in f.web_fonts(['ar']) if x.file_name == 'site-arabic-400.woff2')\n"
        "print(hashlib.sha256(f.subset(font)).hexdigest())"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown) == 1
    assert subset(PLAIN) == files["site-arabic-400.woff2"]


def test_font_face_rules() -> None:
    font = PLAIN._replace(ranges=((0x60C, 0x60C), (0x621, 0x63A)))
    assert font_face_css([font], "../fonts/") == (
        '@font-face {\n  font-family: "Site Arabic";\n  font-style: normal;\n  font-weight: 400;\n'
        '  font-display: swap;\n  src: url("../fonts/site-arabic-400.woff2") format("woff2");\n'
        "  unicode-range: U+60C, U+621-63A;\n}\n"
    )
    assert font_face_css(tuple(FONTS.values()), "").count("@font-face") == len(FONTS)


def test_nothing_heavy_is_imported_before_a_font_is_cut() -> None:
    program = "import sys, site_builder.fonts; print('fontTools' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    assert shown.strip() == b"False"
