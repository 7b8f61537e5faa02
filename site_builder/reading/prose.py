"""Which parts of a Markdown text are prose, in which names may be looked for."""

from __future__ import annotations

import re

#: Fenced blocks, code between backticks, comments; with the indented lines of a code block they hold no Markdown.
CODE = re.compile(
    r"^[ \t]*(?P<fence>```+|~~~+)[^\n`]*\n(?:.*\n)*?[ \t]*(?P=fence)[ \t]*$"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--[\s\S]*?-->",
    re.MULTILINE,
)
INDENTED = re.compile(r"(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*\n?|\n(?=(?: {4}|\t)))+")

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
    for pattern in (CODE, INDENTED, _MARKUP):
        text = pattern.sub(_gap, text)
    return text


def references(text: str) -> tuple[tuple[int, str], ...]:
    """The `[[references]]` in a Markdown text: where each begins, and its target as written."""
    return tuple((match.start(), match["target"].strip()) for match in REFERENCE.finditer(CODE.sub(_gap, text)))


def _gap(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", _GAP, match[0])
