"""The words of the interface: one file of labels a language, `<language>.yaml`.

A file is a mapping of keys to text, or to a mapping of plural categories (CLDR) to text where the message
depends on a number. Text may hold placeholders, `{name}`; `{n}` is the number. Every value is text: nothing
is taken for a number, a date or a truth value.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

import yaml

from site_builder.problems import Location, Problem, did_you_mean, error, in_order
from site_builder.text.languages import primary
from site_builder.text.plurals import CATEGORIES, categories, category

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Entry = str | dict[str, str]
"""A label's text, or its text for each plural category."""


@dataclass(frozen=True)
class Labels:
    """The labels of one language."""

    language: str
    entries: Mapping[str, Entry]

    def text(self, key: str, /, **values: object) -> str:
        """The label with its placeholders replaced by the values, as they are; values it lacks are ignored.

        Raises KeyError where there is no such label (with the nearest one), where it is a counted one, and
        where a placeholder has no value.
        """
        entry = self._entry(key)
        if not isinstance(entry, str):
            raise KeyError(f"the label “{key}” has plural forms: it needs a number")
        return _filled(key, entry, values)

    def plural(self, key: str, n: int, /, **values: object) -> str:
        """The label in the form for the number `n`.

        `{n}` is replaced by the value `n` where one is given (formatted as the caller likes), else by plain
        digits. Raises KeyError as `text` does.
        """
        entry = self._entry(key)
        if isinstance(entry, str):
            raise KeyError(f"the label “{key}” has no plural forms")
        form = entry.get(category(n, self.language), entry.get("other"))
        if form is None:
            raise KeyError(f"the label “{key}” has no form “other”")
        return _filled(key, form, {"n": str(n), **values})

    def _entry(self, key: str) -> Entry:
        try:
            return self.entries[key]
        except KeyError:
            hint = did_you_mean(key, self.entries)
            raise KeyError(f"no label “{key}” in “{self.language}”{'; ' + hint if hint else ''}") from None


class _Label(NamedTuple):
    entry: Entry
    location: Location


_File = dict[str, _Label]


class _Mark(Protocol):
    """A place in a YAML file, as either of the parsers has it; both count from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


def load_labels(directories: Sequence[Path], languages: Sequence[str]) -> tuple[dict[str, Labels], list[Problem]]:
    """The labels of each language (a tag), and what is wrong with them, in order.

    The first directory is the theme's, later ones override it key by key. A language with a region and no
    file of its own takes the file of the language itself (`ar.yaml` for `ar-SY`). The languages must have the
    same labels; the first that has one sets its placeholders and whether it counts. Locations have the
    path of the file as reached through its directory.

    Problems, all errors: `label-form` (unreadable, repeated, neither text nor plural forms),
    `label-missing`, `label-unknown` (a later directory has a label that the theme has not, and not in all
    languages), `label-placeholder` and `label-plural` (other placeholders or forms than required).
    """
    problems: list[Problem] = []
    found: dict[str, list[_File]] = {}
    for language in languages:
        paths = [_path(directory, language) for directory in directories]
        found[language] = [_read(path, problems) if path.is_file() else {} for path in paths]
        if directories and not any(path.is_file() for path in paths):
            problems.append(_no_labels(language, directories[0]))
    merged = {
        language: {key: label for file in files for key, label in file.items()} for language, files in found.items()
    }
    theme = {key for files in found.values() for file in files[:1] for key in file}
    present = {language: labels for language, labels in merged.items() if any(found[language])}
    problems += _compared(present, theme, {k: _last(directories, k) for k in present})
    labels = {
        language: Labels(language, {key: given[key].entry for key in sorted(given)})
        for language, given in merged.items()
    }
    return labels, list(in_order(problems))


def _no_labels(language: str, theme: Path) -> Problem:
    place = f"templates/labels/{language}.yaml"
    model = next(iter(sorted(theme.glob("*.yaml"))), theme)
    hint = f"copy {model.as_posix()} to {place} beside the content, and translate the copy"
    return error("label-missing", f"there are no labels in “{language}”", Location(place), hint)


def _last(directories: Sequence[Path], language: str) -> Path:
    """The file of a language that stands above the others: the one to mend."""
    paths = [_path(directory, language) for directory in directories]
    return next((path for path in reversed(paths) if path.is_file()), paths[0])


def _path(directory: Path, language: str) -> Path:
    own, general = (directory / f"{name}.yaml" for name in (language, primary(language)))
    return own if own.is_file() or not general.is_file() else general


def _read(path: Path, problems: list[Problem]) -> _File:
    """The labels of one file; what is wrong with its form is added to `problems`."""
    try:
        events = iter(list(yaml.parse(path.read_text("utf-8-sig"), Loader=_LOADER)))
    except UnicodeDecodeError:
        problems.append(error("label-form", "the file is not UTF-8", Location(path.as_posix())))
        return {}
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        what = getattr(fault, "problem", None) or "characters that YAML does not allow"
        problems.append(error("label-form", f"not readable as YAML: {what}", _at(path, mark)))
        return {}
    return _Reader(path, problems).file(events)


def _at(path: Path, mark: _Mark | None) -> Location:
    return Location(path.as_posix(), mark.line + 1, mark.column + 1) if mark else Location(path.as_posix())


class _Reader:
    """Turns the events of one file into labels."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems

    def file(self, events: Iterator[yaml.Event]) -> _File:
        labels: _File = {}
        for event in events:
            if isinstance(event, yaml.MappingStartEvent):
                for key, value in self._pairs(events):
                    self._add(labels, key, value, events)
            elif isinstance(event, yaml.NodeEvent):
                self._fault(event, "the file must be a mapping of keys to labels")
                return {}
        return labels

    def _add(self, labels: _File, key: yaml.ScalarEvent, value: yaml.Event, events: Iterator[yaml.Event]) -> None:
        entry: Entry | None
        if isinstance(value, yaml.MappingStartEvent):
            entry = self._forms(events)
        else:
            entry = self._text(value, events, f"the label “{key.value}” must be text or plural forms")
        if key.value in labels:
            first = labels[key.value].location.line
            self._fault(key, f"the label “{key.value}” is given twice, first on line {first}")
        elif entry is not None:
            labels[key.value] = _Label(entry, _at(self.path, key.start_mark))

    def _forms(self, events: Iterator[yaml.Event]) -> dict[str, str]:
        forms: dict[str, str] = {}
        for key, value in self._pairs(events):
            text = self._text(value, events, f"the form “{key.value}” must be text")
            if key.value not in CATEGORIES:
                hint = did_you_mean(key.value, CATEGORIES) or f"plural forms are {', '.join(CATEGORIES)}"
                self._fault(key, f"“{key.value}” is no plural form", hint)
            elif key.value in forms:
                self._fault(key, f"the form “{key.value}” is given twice")
            elif text is not None:
                forms[key.value] = text
        return forms

    def _pairs(self, events: Iterator[yaml.Event]) -> Iterator[tuple[yaml.ScalarEvent, yaml.Event]]:
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                return
            if isinstance(key, yaml.ScalarEvent):
                yield key, next(events)
            else:
                self._fault(key, "a key must be text")
                _skip(key, events)
                _skip(next(events), events)

    def _text(self, value: yaml.Event, events: Iterator[yaml.Event], otherwise: str) -> str | None:
        if isinstance(value, yaml.ScalarEvent) and (value.value or value.style):
            return str(value.value)
        self._fault(value, otherwise)
        _skip(value, events)
        return None

    def _fault(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self.problems.append(error("label-form", message, _at(self.path, event.start_mark), hint))


def _skip(event: yaml.Event, events: Iterator[yaml.Event]) -> None:
    """Passes over the rest of the node that begins with `event`."""
    depth = int(isinstance(event, yaml.CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _compared(
    files: Mapping[str, Mapping[str, _Label]], theme: set[str], homes: Mapping[str, Path]
) -> Iterator[Problem]:
    """What is wrong with the labels of the languages beside one another."""
    for key in dict.fromkeys(key for labels in files.values() for key in labels):
        given = {language: labels[key] for language, labels in files.items() if key in labels}
        missing = [language for language in files if language not in given]
        if missing and key not in theme:
            for label in given.values():
                hint = did_you_mean(key, theme) or f"a label of your own is needed in {', '.join(missing)} too"
                yield error("label-unknown", f"there is no label “{key}”", label.location, hint)
            continue
        model_language, model = next(iter(given.items()))
        for language in missing:
            place = Location(homes[language].as_posix())
            yield error("label-missing", f"the label “{key}” is missing in “{language}”", place)
        for language, label in given.items():
            for code, message in _faults(key, language, label.entry, model_language, model.entry):
                yield error(code, message, label.location)


def _faults(key: str, language: str, entry: Entry, model_language: str, model: Entry) -> Iterator[tuple[str, str]]:
    for text in [entry] if isinstance(entry, str) else entry.values():
        if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
            yield "label-placeholder", f"the label “{key}” has a brace that is part of no placeholder"
    if isinstance(entry, str) != isinstance(model, str):
        kinds = "has plural forms", "is plain text"
        here, there = kinds if isinstance(model, str) else kinds[::-1]
        yield "label-plural", f"the label “{key}” {here} in “{language}” but {there} in “{model_language}”"
        return
    if not isinstance(entry, str):
        needed = categories(language)
        for lacking in (form for form in needed if form not in entry):
            yield "label-plural", f"the label “{key}” lacks the form “{lacking}”, which “{language}” needs"
        for idle in (form for form in entry if form not in needed):
            yield "label-plural", f"the label “{key}” has the form “{idle}”, which “{language}” never uses"
    wanted = _placeholders(model)
    forms = {"": entry} if isinstance(entry, str) else entry
    for form, text in forms.items():
        where = f"“{key}” ({form})" if form else f"“{key}”"
        own = _placeholders(text)
        for name in sorted(wanted - own):
            if name == "n" and form and _names_one_number(form, language):
                continue
            yield "label-placeholder", f"the label {where} lacks {{{name}}}, which “{model_language}” has"
        for name in sorted(own - wanted):
            yield "label-placeholder", f"the label {where} has {{{name}}}, which “{model_language}” has not"


def _placeholders(entry: Entry) -> set[str]:
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for name in _PLACEHOLDER.findall(text)}


@functools.cache
def _names_one_number(form: str, language: str) -> bool:
    """Whether the form says by itself which number it is, as the Arabic dual does; two hundred tell."""
    return sum(category(n, language) == form for n in range(200)) == 1


def _filled(key: str, text: str, values: Mapping[str, object]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise KeyError(f"the label “{key}” needs a value for {{{match[1]}}}")
        return str(values[match[1]])

    return _PLACEHOLDER.sub(value, text)
