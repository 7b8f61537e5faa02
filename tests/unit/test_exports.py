from __future__ import annotations

import json
import re
from pathlib import Path

from site_builder.exports import words
from site_builder.labels import Labels, load_labels

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_words_are_a_script_beside_the_search_page() -> None:
    entries = {"search": "بحث </script>", "count-results": {"one": "{n} نتيجة"}, "menu": "القائمة"}
    (made,) = words([Labels("ar", entries)])
    assert made.path == "ar/search/words.js"
    text = made.data.decode()
    assert text.startswith("siteSearchWords = {")
    value = json.loads(text.removeprefix("siteSearchWords = ").removesuffix(";\n"))
    assert value == {key: entry for key, entry in entries.items() if key != "menu"}


def test_the_search_script_has_the_words_that_it_uses() -> None:
    """And no label of search is left that neither it nor a template uses."""
    labels, problems = load_labels([TEMPLATES / "labels"], ["ar", "en"])
    assert not problems
    script = (TEMPLATES / "assets/search/interface.js").read_text("utf-8")
    used = set(re.findall(r'"((?:search|count|only)-[a-z-]+)"', script))
    used |= {f"nav-{name}" for name in re.findall(r'^    [a-z]+: "([a-z]+)",$', script, re.MULTILINE)}
    assert len(used) > 15
    for made in words(labels.values()):
        given = json.loads(made.data.decode().partition(" = ")[2].removesuffix(";\n"))
        assert used <= given.keys(), made.path
    markup = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    used |= set(re.findall(r"'(search[a-z-]*)'", markup))
    filters = ("language", "kind", "year", "topic", "person")
    used |= {f"{start}{name}" for start in ("search-any-", "search-") for name in filters}
    of_search = {key for key in labels["en"].entries if key.startswith("search")}
    assert of_search == {key for key in used if key.startswith("search") and not key.endswith("-")}
