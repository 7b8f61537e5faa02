"""Whatever the layout of a front matter, adding ids adds them and changes nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.amend import amend
from site_builder.reading import frontmatter, yamltree

KEYS = ("people", "organizations", "places")
IDS = st.lists(st.sampled_from(["a", "b-c", "d1", "x-y-z", "2016"]), unique=True, max_size=4)
NEW = st.lists(st.sampled_from(["n", "m-1", "null", "9"]), unique=True, min_size=1, max_size=3)
REMARKS = st.sampled_from(["", " # a remark", "   # [x, y]: z"])
OTHERS = st.sampled_from(
    [
        "title: 'a: b'",
        "date: 2016-05",
        "summary: >-\n  one\n\n  two",
        "summary: |\n  # no remark\n",
        "source:\n  publisher: x # y\n  author: [z]",
        "# a remark",
        "",
        "draft: true",
        "editor_note: a\n  b",
    ]
)


@st.composite
def lists(draw: st.DrawFn, key: str) -> str:
    """A list in one of the styles that YAML has for it."""
    ids, remark = draw(IDS), draw(REMARKS)
    style = draw(st.sampled_from(["flow", "wrapped", "lines", "block", "none"]))
    if style == "none":
        return f"{key}:{remark}"
    if style == "block" and ids:
        bullet = draw(st.sampled_from(["- ", "  - ", "    -   "]))
        return "\n".join([f"{key}:{remark}", *(f"{bullet}{draw(_quoted(id_))}{draw(REMARKS)}" for id_ in ids)])
    if style == "lines" and ids:
        items = [f"  {id_}," for id_ in ids]
        items[-1] = items[-1].removesuffix(draw(st.sampled_from(["", ","])))
        return "\n".join([f"{key}: [{remark}", *(item + draw(REMARKS) for item in items), "]"])
    space = draw(st.sampled_from(["", " "]))
    between = ",\n    " if style == "wrapped" else ", "
    return f"{key}: [{space}{between.join(ids)}{space}]{remark}"


def _quoted(id_: str) -> st.SearchStrategy[str]:
    return st.sampled_from([id_, f'"{id_}"', f"'{id_}'"])


@st.composite
def articles(draw: st.DrawFn) -> str:
    parts = [draw(lists(key)) for key in KEYS if draw(st.booleans())]
    others = draw(st.lists(OTHERS, max_size=4, unique_by=lambda part: part.partition(":")[0]))
    head = "\n".join(draw(st.permutations([*parts, *others])))
    body = draw(st.text(alphabet="ab\n-é#[]: \u0639", max_size=30))
    text = f"---\n{head}\n---\n{body}"
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def _read(text: str) -> tuple[dict[str, object], str]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    parts = frontmatter.split(text, "")
    assert isinstance(parts, frontmatter.Parts)
    tree, faults = yamltree.parse(parts.yaml, "")
    assert faults == []
    entries = tree.entries if isinstance(tree, yamltree.Mapping) else []
    return {key.text: _value(node) for key, node in entries}, parts.body


def _value(node: yamltree.Node) -> object:
    if isinstance(node, yamltree.Mapping):
        return {key.text: _value(value) for key, value in node.entries}
    if isinstance(node, yamltree.Sequence):
        return [_value(item) for item in node.items]
    assert isinstance(node, yamltree.Scalar)
    return node.text


def _within(inner: Sequence[str], outer: str) -> bool:
    rest = iter(outer)
    return all(letter in rest for letter in inner)


@settings(max_examples=200, deadline=None)
@given(articles(), st.dictionaries(st.sampled_from(KEYS), NEW))
def test_ids_are_added_and_nothing_else_changes(text: str, additions: dict[str, list[str]]) -> None:
    amended = amend(text, additions, "a.md")
    assert isinstance(amended, str), amended
    (before, body), (after, same_body) = _read(text), _read(amended)
    assert same_body == body
    assert after == before | {key: [*(before.get(key) or []), *ids] for key, ids in additions.items()}  # type: ignore
    assert _within(text, amended), "characters are only put in"
    assert amend(amended, {}, "a.md") == amended
