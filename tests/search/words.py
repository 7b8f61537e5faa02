"""Words with what each stage of the analysis makes of them: words.tsv, which Python and JavaScript are held to.

python -m tests.search.words writes the file anew, from the words of the archive, of the fixture archives and of the
program's lists. Do so when the analysis is meant to change, and look at the difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from site_builder.text import analysis, wordlists

_HERE = Path(__file__).parent
FILE = _HERE / "words.tsv"
_CONTENT = _HERE.parents[1] / "content"
#: Words for what the texts have too little of: marks, presentation forms, digits, look-alikes, particles, plurals.
_MORE = """
مُحَمَّدٌ كتابًا حاليّاً قطـــار \ufedf\ufe86\ufedf\ufe86 \ufed7\ufec4\ufe8e\ufead \ufdf2
۱۹۸۱ ١٩٤٦ گوگل پاریس چاد ڤيينا می\u200cرود
وبالمفاوضات فللوزير سيعلنون كالنجوم وللهدنة ببيروت رسائلهن كتبكم بيوت أيام نساء أسلحة وزراء أطباء قوانين قضايا شيء
مسئول رؤساء O’Neil d'Estaing U.N. Çarıkçı Wałęsa Straße İstanbul ﬁnancial cease-fire organisation organized labour
theatres programmes dialogues withdrew fled sought children men crises wolves generously communism skies dying
happily hoping hopping agreed proceeding biologist Tchaikovsky Khrushchev Schröder Gaddafi Qaddafi xylophone
"""


def words() -> list[str]:
    """The words, in order and once each."""
    texts = [_MORE, *(text for name in ("given names", "titles") for text in [wordlists.LISTS[name]])]
    texts += [path.read_text("utf-8") for path in sorted(_HERE.glob("records*.txt"))]
    texts += [path.read_text("utf-8") for path in sorted(_CONTENT.glob("articles/*/*.md"))]
    found = {surface for text in texts for surface in re.findall(r"[^\s\[\]|()*#_\"«»:;,.،؛؟-]+(?:[-.][\w.]+)*", text)}
    return sorted(found)


def rows(listed: list[str]) -> Iterator[list[str]]:
    """For each word: the word, its tokens, and of their first the outcome of every stage; last the difference to
    the word before as they sound.
    """
    before = ""
    for word in listed:
        tokens = [token.word for token in analysis.tokens(word)]
        first = tokens[0] if tokens else ""
        stemmed, heard = analysis.stem(first), analysis.sounds(first)
        yield [
            word,
            analysis.fold(word),
            " ".join(tokens),
            stemmed,
            " ".join(reading.word for reading in analysis.readings(first)) if first else "",
            " ".join(analysis.alternatives(first)) if first else "",
            " ".join(analysis.plural_keys(stemmed)) if first else "",
            " ".join(analysis.plural_partners(stemmed)) if first else "",
            heard,
            analysis.name_key(first),
            " ".join(sorted(analysis.name_keys(first))),
            f"{analysis.difference(heard, before, 3):.6f}",
        ]
        before = heard


#: Characters that a file of the project never holds as they are.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufb50-\ufdff\ufe70-\ufeff]")


def kept() -> list[list[str]]:
    """What the file says."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), FILE.read_text("utf-8"))
    return [line.split("\t") for line in text.split("\n") if line]


if __name__ == "__main__":
    written = "".join("\t".join(row) + "\n" for row in rows(words()))
    FILE.write_text(_UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written), "utf-8")
    print(f"{len(kept())} words")
