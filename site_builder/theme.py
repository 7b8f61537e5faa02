"""The theme: templates, what lies beside them, and the words and numbers that they show."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from site_builder.labels import Labels
    from site_builder.text.numerals import Numbering

NOT_FOUND_CSS = "404.css"


class Theme(NamedTuple):
    """All that rendering depends on beside the page.

    `folders` are searched in order for templates; `locales` and `numberings` are those of each language; `compiled` are
    templates that need not be compiled again (`render.compiled`), by name.
    """

    folders: tuple[Path, ...]
    labels: Mapping[str, Labels]
    languages: tuple[str, ...]
    locales: Mapping[str, str]
    numberings: Mapping[str, Numbering]
    compiled: Mapping[str, bytes]


def theme_files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Every file of the theme by its name; an earlier folder's file stands before a later one's."""
    files: dict[str, Path] = {}
    for folder in reversed(folders):
        found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        files |= {path.relative_to(folder).as_posix(): path for path in found}
    return files


def assets(folders: tuple[Path, ...]) -> dict[str, Path]:
    """The theme's files that the site carries, by their file below the output folder."""
    return {
        name: path
        for name, path in sorted(theme_files(folders).items())
        if name.startswith("assets/") and name != f"assets/{NOT_FOUND_CSS}"
    }
