"""Shortcuts through Python-Markdown end where the long way does."""

from __future__ import annotations

import re

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.reading.shortcuts import ContentsExtension, ShortcutsExtension

PIECES = st.sampled_from(
    [
        "word", "كلمة", "3", " ", " ", "  \n", "\n",
        "\n\n", "\n    ", "*", "**", "_", "`", "``", "\\", "&amp;", "&", "<b>",
        "<!-- c -->", "[", "]", "[[", "]]", "(http://a.org)", "![", "[a]: http://a.org", "[^1]", "[^1]: note", "# ",
        "\n## ", "\n===", "\n---\n", "> ", "* ", "- ", "1. ", ": ", "*[word]: title", "|", "\n|---|---|\n", "{#id}",
        "{: .c }", "[TOC]", "<http://a.org>", "<a@b.org>", "```\n", "<div>", "</div>",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=16).map("".join)
COMMON = ["tables", "def_list", "attr_list", "fenced_code", "sane_lists", "abbr", "footnotes"]
NOTHING = re.compile(r"(?P<text>(?!))")


@settings(max_examples=300)
@given(TEXTS)
def test_a_text_is_the_same_by_the_shortcuts(text: str) -> None:
    long = markdown.Markdown(extensions=[*COMMON, "toc"])
    short = markdown.Markdown(extensions=[*COMMON, ContentsExtension(), ShortcutsExtension(NOTHING)])
    assert short.convert(text) == long.convert(text)
    assert short.toc_tokens == long.toc_tokens
