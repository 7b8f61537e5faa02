from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from site_builder import model
from site_builder.model import fields_of
from site_builder.reading import frontmatter, yamltree
from site_builder.schema import MODELS, schema

LANGUAGES = ("ar", "en")
CONTENT = Path(__file__).parents[2] / "content"


def _as_an_editor_reads(node: yamltree.Node | None) -> Any:
    """A tree as the YAML of an editor's program sees it: numbers and truth values are such, dates are texts."""
    if isinstance(node, yamltree.Mapping):
        return {key.text: _as_an_editor_reads(value) for key, value in node.entries}
    if isinstance(node, yamltree.Sequence):
        return [_as_an_editor_reads(item) for item in node.items]
    assert isinstance(node, yamltree.Scalar)
    if node.plain and node.text in ("true", "false"):
        return node.text == "true"
    if node.plain:
        for number in (int, float):
            try:
                return number(node.text)
            except ValueError:
                continue
    return node.text


def _value(text: str) -> Any:
    tree, problems = yamltree.parse(text, "x")
    assert problems == []
    return _as_an_editor_reads(tree)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("languages", [(), LANGUAGES])
def test_schemas_are_schemas(name: str, languages: tuple[str, ...]) -> None:
    Draft202012Validator.check_schema(schema(name, languages))


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_the_model_is_described_and_no_other_is_allowed(name: str) -> None:
    made = schema(name, LANGUAGES)
    assert list(made["properties"]) == [field.key for field in fields_of(MODELS[name])]
    assert all(described["description"] for described in made["properties"].values())
    assert made["additionalProperties"] is False


def test_the_archive_fits_its_schemas() -> None:
    seen = 0
    for name, folder in model.FOLDERS.items():
        valid = Draft202012Validator(schema(name, LANGUAGES))
        for path in sorted((CONTENT / folder).rglob("*")):
            if path.suffix == ".md":
                parts = frontmatter.split(path.read_text("utf-8"), path.name)
                assert isinstance(parts, frontmatter.Parts)
                value = _value(parts.yaml)
            elif path.suffix == ".yaml":
                value = _value(path.read_text("utf-8"))
            else:
                continue
            assert [fault.message for fault in valid.iter_errors(value)] == [], path
            seen += 1
    site = Draft202012Validator(schema("site", LANGUAGES))
    assert list(site.iter_errors(_value((CONTENT / "site.yaml").read_text("utf-8")))) == []
    assert seen > 50


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("article", "title: x\nsummary: y\ndate: 2016-9-2"),
        ("article", "title: x\nsummary: y\ndate: 2016-13-01"),
        ("article", "title: x\nsummary: y\npeople: john-kerry"),
        ("article", "title: x\nsummary: y\npeople: [John]"),
        ("article", "title: x\nsummary: y\npeople: [a, a]"),
        ("article", "title: x\nsummary: y\nsumary: z"),
        ("article", "title: x"),
        ("article", "title: x\nsummary: y\ntranslation: {status: copy}"),
        ("article", "title: x\nsummary: y\nsource: {url: example.org}"),
        ("article", "title: x\nsummary: y\nredirect_from: [/../x]"),
        ("article", "title: x\nsummary: y\ndraft: 1"),
        ("person", "name: {ar: أ}"),
        ("person", "name: {ar: أ, en: a, fr: b}"),
        ("person", "name: {ar: أ, en: a}\nidentifiers: {wikidata: x}"),
        ("place", "name: {ar: أ, en: a}\ncoordinates: {latitude: 91, longitude: 0}"),
        ("place", "name: {ar: أ, en: a}\ncoordinates: {latitude: 1}"),
        ("event", "name: {ar: أ, en: a}"),
        ("site", "title: {ar: أ, en: a}\nlanguages: [ar, en]\nbase_url: https://example.org/\ndefault_language: fr"),
    ],
)
def test_mistakes_do_not_fit(name: str, text: str) -> None:
    assert list(Draft202012Validator(schema(name, LANGUAGES)).iter_errors(_value(text)))


def test_a_year_may_stand_unquoted() -> None:
    assert Draft202012Validator(schema("event", LANGUAGES)).is_valid(_value("name: {ar: أ, en: a}\ndate: 2016"))
