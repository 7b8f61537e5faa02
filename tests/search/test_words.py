"""The analysis is the same in Python and in the browser."""

from __future__ import annotations

from pathlib import Path

from tests.search import words
from tests.search.window import Window

_ROWS = """
const [listed, done] = arguments;
const script = document.createElement("script");
script.src = "assets/search/analysis.js";
script.addEventListener("load", () => {
  const a = siteSearch.analysis;
  let before = "";
  done(
    listed.map((word) => {
      const tokens = a.tokens(word).map((token) => token.word);
      const [first = ""] = tokens;
      const stemmed = a.stem(first);
      const heard = a.sounds(first);
      const far = a.difference(heard, before, 3).toFixed(6);
      before = heard;
      const plurals = first ? [a.pluralKeys(stemmed), a.pluralPartners(stemmed)] : [[], []];
      const lists = [...(first ? [a.readings(first), a.alternatives(first)] : [[], []]), ...plurals];
      const names = [heard, a.nameKey(first), a.nameKeys(first).join(" ")];
      return [word, a.fold(word), tokens.join(" "), stemmed, ...lists.map((list) => list.join(" ")), ...names, far];
    }),
  );
});
document.head.append(script);
"""


def test_the_words_are_analysed_as_the_file_says() -> None:
    kept = words.kept()
    assert len(kept) >= 2000
    assert list(words.rows([row[0] for row in kept])) == kept


def test_the_browser_analyses_the_words_as_the_file_says(tmp_path: Path) -> None:
    kept = words.kept()
    with Window(tmp_path) as window:
        found = window.driver.execute_async_script(_ROWS, [row[0] for row in kept])
    assert [row for row, other in zip(found, kept, strict=True) if row != other] == []
