"""How A-Z indexes are ordered, told without the builder's own tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tests.site.dom import Element

ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "ru": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
}
_ARABIC = str.maketrans({"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ت"})


def filed(name: str, code: str) -> str:
    """The letters by which a name files: without marks, Arabic ones without article and variants."""
    form = unicodedata.normalize("NFD" if code in ("en", "fr") else "NFC", name)
    bare = "".join(ch for ch in form if unicodedata.category(ch) not in ("Mn", "Cf"))
    if code == "ar":
        bare = re.sub(r"^\W*ال(?=\w{2})", "", bare).translate(_ARABIC)
    return re.sub(r"[^\w\s]", "", re.sub(r"[-‐–]", " ", bare.casefold())).strip()


def misplaced(groups: Sequence[tuple[str, Sequence[str]]], code: str) -> Iterator[str]:
    """Names under a letter that is not theirs, or not in the order of the alphabet."""
    letters = [letter for letter, _ in groups]
    alphabet = ALPHABETS[code]
    places = [alphabet.find(letter) if letter in alphabet else len(alphabet) for letter in letters]
    if places != sorted(places) or len(set(letters)) != len(letters):
        yield f"the letters stand in the order {' '.join(letters)}"
    for letter, names in groups:
        keys = [filed(name, code) for name in names]
        for name, key in zip(names, keys, strict=True):
            first = key[:1].upper()
            if (first != letter) if first in alphabet else (letter != "#"):
                yield f"“{name}” stands under {letter}"
        order = [[_place(ch, alphabet) for ch in key] for key in keys]
        if order != sorted(order):
            yield f"under {letter} stand {', '.join(names)}"


def _place(ch: str, alphabet: str) -> tuple[int, str]:
    """A space comes before every letter."""
    place = alphabet.find(ch.upper())
    return (-1, "") if ch.isspace() else (place, "") if place >= 0 else (len(alphabet), ch)


def groups(body: Element) -> list[tuple[str, list[str]]]:
    """The letters of an index page, each with the names below it in their order."""
    found = []
    for section in body.all("section"):
        if "letter" in section.classes:
            heading = section.all("h2", "h3")[0].text.strip()
            items = [item for item in section.walk() if item.tag == "li"]
            found.append((heading, [item.all("bdi")[0].text for item in items]))
    return found
