"""What must hold of every style sheet. Each rule yields the faults that it finds in one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import tinycss2

_SIDES = re.compile(r"(?:^|-)(?:left|right)(?:-|$)")
_FOUR = re.compile(r"(?:margin|padding|inset|border-(?:width|style|color)|scroll-(?:margin|padding))$")
#: Selectors that limit a rule to text without Arabic letters.
_NOT_ARABIC = re.compile(
    r":dir\(ltr\)|\[dir=\"?ltr\"?\]|:lang\(\"?(?:en|fr|ru|de|es)\b|\[lang\|?=\"?(?:en|fr|ru|de|es)\b"
)


class Declaration(NamedTuple):
    """A property with its value in a rule; `selector` is the text before the braces, with that of outer rules."""

    selector: str
    name: str
    value: str
    tokens: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.selector} {{ {self.name}: {self.value} }}"


def declarations(sheet: str) -> Iterator[Declaration]:
    """Every declaration of a style sheet, those within @media and nested rules too."""
    yield from _declarations(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), "")


def _declarations(nodes: list[Any], around: str) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "error":
            raise ValueError(f"line {node.source_line}: {node.message}")
        if node.type == "declaration":
            value = tinycss2.serialize(node.value).strip()
            yield Declaration(
                around, node.name if node.name.startswith("--") else node.lower_name, value, tuple(node.value)
            )
        elif node.type in ("qualified-rule", "at-rule") and node.content is not None:
            prelude = tinycss2.serialize(node.prelude).strip()
            name = f"@{node.at_keyword} " if node.type == "at-rule" else ""
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _declarations(inner, f"{around} {name}{prelude}".strip())


def _idents(tokens: tuple[Any, ...]) -> Iterator[str]:
    for token in tokens:
        if token.type == "ident":
            yield token.lower_value
        elif token.type == "function":
            yield from _idents(tuple(token.arguments))


def stated_direction(sheet: str) -> Iterator[str]:
    """Direction belongs to the markup."""
    for item in declarations(sheet):
        if item.name in ("direction", "unicode-bidi", "writing-mode"):
            yield str(item)


def physical_sides(sheet: str) -> Iterator[str]:
    """Left and right, by name or by the places of four different values."""
    for item in declarations(sheet):
        if item.name.startswith("--"):
            continue
        if _SIDES.search(item.name) or {"left", "right"} & set(_idents(item.tokens)):
            yield str(item)
        elif _FOUR.match(item.name) or item.name == "border-radius":
            values = [
                tinycss2.serialize([token]) for token in item.tokens if token.type not in ("whitespace", "comment")
            ]
            corners = item.name == "border-radius"
            uneven = len(values) > 1 if corners else len(values) == 4 and values[1] != values[3]
            if uneven:
                yield str(item)


def torn_letters(sheet: str) -> Iterator[str]:
    """Spaces between joined letters, and colours through which their overlaps show."""
    for item in declarations(sheet):
        if _NOT_ARABIC.search(item.selector):
            continue
        spaced = item.name == "letter-spacing" and item.value not in ("normal", "0")
        faded = item.name == "opacity" and item.value != "1"
        if spaced or faded or (_colours_text(item) and _is_translucent(item)):
            yield str(item)


def _colours_text(item: Declaration) -> bool:
    return item.name in ("color", "-webkit-text-fill-color") or (item.name.startswith("--") and "#" in item.value)


def _is_translucent(item: Declaration) -> bool:
    if re.search(r"#(?:[0-9a-f]{4}|[0-9a-f]{8})\b", item.value, re.IGNORECASE):
        return True
    return "transparent" in item.value or bool(re.search(r"(?:rgb|hsl)a?\([^)]*(?:/|,[^,)]*,[^,)]*,)", item.value))


def slanted(sheet: str) -> Iterator[str]:
    """Arabic has no slanted letters: emphasis is weight or colour."""
    for item in declarations(sheet):
        if "@font-face" in item.selector or _NOT_ARABIC.search(item.selector):
            continue
        if item.name in ("font-style", "font") and {"italic", "oblique"} & set(_idents(item.tokens)):
            yield str(item)


def hyphenated(sheet: str) -> Iterator[str]:
    """Arabic words are never divided at the end of a line."""
    for item in declarations(sheet):
        if item.name.endswith("hyphens") and item.value == "auto" and not _NOT_ARABIC.search(item.selector):
            yield str(item)
        if item.name == "word-break" and item.value == "break-all":
            yield str(item)


def resources(sheet: str) -> Iterator[str]:
    """The addresses that a style sheet loads, as written."""
    for node in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule" and node.lower_at_keyword == "import":
            yield from (token.value for token in node.prelude if token.type in ("string", "url"))
    for item in declarations(sheet):
        yield from _addresses(item.tokens)


def _addresses(tokens: tuple[Any, ...]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function":
            if token.lower_name == "url":
                yield from (inner.value for inner in token.arguments if inner.type == "string")
            else:
                yield from _addresses(tuple(token.arguments))
