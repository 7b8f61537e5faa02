"""Which parts of a Markdown text are prose, in which names may be looked for."""

from __future__ import annotations

import re
from collections.abc import Callable

Instead = Callable[[re.Match[str]], str]

#: Fenced blocks, code between backticks, comments; with the indented lines of a code block they hold no Markdown.
_CODE = re.compile(
    r"^[ \t]*(?P<fence>```+|~~~+)[^\n`]*\n(?:.*\n)*?[ \t]*(?P=fence)[ \t]*$"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--[\s\S]*?-->",
    re.MULTILINE,
)
_INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*\n?|\n(?=(?: {4}|\t)))+")

#: What is not prose beside code: references, links and pictures with their texts, addresses, tags, attributes.
_MARKUP = re.compile(
    r"\[\[[^\[\]\n]+\]\]"
    r"|!?\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)|\[[^\[\]\n]*\])"
    r"|^[ ]{0,3}\[[^\[\]\n]+\]:[ \t]*\S.*$"
    r"|^[ ]{0,3}\*\[[^\[\]\n]+\]:.*$"
    r"|\[\^[^\[\]\n]+\]:?"
    r"|<(?:(?:https?|mailto):[^<>\s]+|[^<>\s@]+@[^<>\s]+)>"
    r"|<a\b[^>]*>[\s\S]*?</a\s*>|</?[A-Za-z][^<>]*>"
    r"|\{:?[ ]*[#.][^{}\n]*\}|\{:?[ ]*[\w-]+=[^{}\n]*\}"
    r"|\b(?:https?://|www\.)[^\s<>«»]+|\b[\w.+-]+@[\w-]+\.[\w.-]+",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\[\[(?P<target>[^\[\]|\n]+)(?:\|[^\[\]\n]+)?\]\]")
#: Stands for what is left out: no word, no space, no part of a name.
_GAP = "\ufffc"


def prose(text: str) -> str:
    """A Markdown text with U+FFFC in place of what is no prose; line ends and offsets stay."""
    if "\r\n" in text and text.count("\r\n") == text.count("\n"):
        return prose(text.replace("\r\n", "\n")).replace("\n", "\r\n")
    return _MARKUP.sub(_gap, _without_indented(_without_marked(text, _gap), _gap))


def without_code(text: str, instead: Instead) -> str:
    """A Markdown text with something of the same length in place of its code and comments."""
    return _without_marked(_without_indented(text, instead), instead)


# The expressions are tried at every letter, which takes longer than all else that is done to most texts.
def _without_marked(text: str, instead: Instead) -> str:
    return _CODE.sub(instead, text) if "`" in text or "~~~" in text or "<!--" in text else text


def _without_indented(text: str, instead: Instead) -> str:
    return _INDENTED.sub(instead, text) if "    " in text or "\t" in text else text


def references(text: str) -> tuple[tuple[int, str], ...]:
    """The `[[references]]` in a Markdown text: where each begins, and its target as written."""
    return tuple((match.start(), match["target"].strip()) for match in REFERENCE.finditer(_without_marked(text, _gap)))


def blank(match: re.Match[str]) -> str:
    """Blanks in place of a match, and its line ends."""
    return re.sub(r"[^\n]", " ", match[0])


def _gap(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _GAP, match[0])
