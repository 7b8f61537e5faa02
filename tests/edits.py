"""A small archive that can be changed in every way that editors change theirs, step by step.

A `Step` is plain data: what is done, and numbers that say to what. Every step can be taken in every state; where there
is nothing to do it to, nothing is done. Most steps leave an archive that can be built, some leave one that cannot.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

THEME = Path(__file__).parents[1] / "templates"
PERSIAN = Path(__file__).parent / "sites" / "three-languages" / "templates" / "labels" / "fa.yaml"
LANGUAGES = ("ar", "en", "fa")
IDS = {
    "articles": ("a0", "a1", "a2"),
    "pages": ("g0", "g1"),
    "people": ("p0", "p1", "p2"),
    "organizations": ("o0", "o1"),
    "places": ("l0", "l1"),
    "topics": ("t0", "t1", "t2"),
    "events": ("e0", "e1"),
}
TEXTS = ("articles", "pages")
SHARED = ("date", "people", "organizations", "places", "topics", "events", "source")
ATTACHMENTS = ("photo.png", "report.txt")
NAMES = {
    "p0": ("سالم القطان", "Salem Qattan", "سالم قطان"),
    "p1": ("هيلين برينان", "Helen Brennan", "هلن برنان"),
    "p2": ("ماجد النقاش", "Majed Naqqash", "ماجد نقاش"),
}


class Step(NamedTuple):
    """One change: a key of CHANGES, to which of the things it may be done, how, and with the file's time kept."""

    change: str
    which: int = 0
    how: int = 0
    keeps_time: bool = False


@dataclass
class Text:
    """A file with front matter and, but for records, a text."""

    front: dict[str, Any]
    body: str | None = None


@dataclass
class Archive:
    """The files of an archive by their paths below its folder, those deleted, and the options of a build."""

    settings: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Text | bytes] = field(default_factory=dict)
    templates: dict[str, bytes] = field(default_factory=dict)
    deleted: dict[str, Text | bytes] = field(default_factory=dict)
    drafts: bool = False
    base_url: str | None = None

    @property
    def languages(self) -> list[str]:
        return list(self.settings["languages"])

    def ids(self, folder: str) -> list[str]:
        return sorted({_place(path)[1] for path in self.content if path.startswith(f"{folder}/")})

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file as it has to be on the disk."""
        yield "content/site.yaml", self._yaml(self.settings)
        for path, text in self.content.items():
            language = _place(path)[2]
            if language and language not in self.languages:
                continue  # as if the editor had put the files of that language away
            if isinstance(text, bytes):
                yield f"content/{path}", text
            elif text.body is None:
                yield f"content/{path}", self._yaml(text.front)
            else:
                yield f"content/{path}", b"---\n" + self._yaml(text.front) + b"---\n" + text.body.encode()
        yield from ((f"templates/{path}", data) for path, data in self.templates.items())

    def _yaml(self, front: dict[str, Any]) -> bytes:
        values = {key: self._spoken(value) for key, value in front.items()}
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
        return "".join(lines).encode()

    def _spoken(self, value: Any) -> Any:
        """A value without what is said in languages that the site has not."""
        if isinstance(value, list):
            return [self._spoken(item) for item in value]
        if not isinstance(value, dict):
            return value
        kept = {key: self._spoken(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if key not in LANGUAGES or key in self.languages}


def _place(path: str) -> tuple[str, str, str]:
    """Folder, id and language of a file; the language of what is no text is empty."""
    folder, _, rest = path.partition("/")
    language = re.search(r"\.(ar|en|fa)\.md$", path)
    id_ = re.split(r"[/.]", rest)[0]
    return folder, id_, language[1] if language else ""


def _said(ar: str, en: str, fa: str = "") -> dict[str, str]:
    return {"ar": ar, "en": en, "fa": fa or f"{ar} فارسی"}


def begin() -> Archive:
    """The archive before the first step."""
    made = Archive(
        {
            "title": _said("أرشيف", "Archive"),
            "languages": ["ar", "en"],
            "default_language": "ar",
            "base_url": "https://example.org/archive/",
            "social_cards": False,
        }
    )
    for path in ("people/p0.yaml", "people/p1.yaml", "topics/t0.yaml", "organizations/o0.yaml"):
        made.content[path] = _new(made, path)
    for path in ("articles/a0/index.ar.md", "articles/a0/index.en.md", "articles/a1/index.en.md"):
        made.content[path] = _new(made, path)
    for path in ("pages/g0/index.ar.md", "pages/g0/index.en.md"):
        made.content[path] = _new(made, path)
    _text(made, "articles/a0/index.ar.md").front["people"] = ["p0"]
    return made


def _new(made: Archive, path: str) -> Text:
    folder, id_, language = _place(path)
    if folder == "pages":
        return Text({"title": f"صفحة {id_}" if language == "ar" else f"Page {id_}"}, "Words.\n")
    if folder == "articles":
        front: dict[str, Any] = {"title": f"{id_} ({language})", "summary": "ملخص" if language == "ar" else "Summary"}
        if not any(_place(other)[:2] == (folder, id_) for other in made.content):
            front["date"] = "2016-05-03"
        return Text(front, "نص يذكر سالم القطان.\n" if language == "ar" else "A text about Salem Qattan, no. 1.\n")
    ar, en, fa = NAMES.get(id_, (f"سجل {id_}", f"Record {id_}", f"رکورد {id_}"))
    record: dict[str, Any] = {"name": _said(ar, en, fa)}
    if folder == "events":
        record["date"] = "2016-02-01"
    return Text(record)


def _text(made: Archive, path: str) -> Text:
    found = made.content[path]
    assert isinstance(found, Text)
    return found


# --- Values ----------------------------------------------------------------------------------------------------------


def _some(made: Archive, folder: str, how: int) -> list[str]:
    """Some of the records there are: each bit of a number says whether one is among them."""
    return [id_ for at, id_ in enumerate(made.ids(folder)) if how >> at & 1]


def _one(made: Archive, folder: str, how: int) -> str | None:
    known = made.ids(folder)
    return known[how % len(known)] if known else None


#: What an article's, a page's and a record's keys may be made to hold. None takes the key away.
_Values = dict[str, Callable[[Archive, str, int], Any]]


def _of(*values: Any) -> Callable[[Archive, str, int], Any]:
    return lambda _made, _id, how: copy.deepcopy(values[how % len(values)])


def _ids(folder: str) -> Callable[[Archive, str, int], Any]:
    return lambda made, _id, how: _some(made, folder, how) or None


def _picture(made: Archive, id_: str, how: int) -> Any:
    if f"articles/{id_}/photo.png" not in made.content:
        return None
    return {"file": "photo.png", "alt": ("A view", "منظر")[how % 2]}


def _source(made: Archive, _id: str, how: int) -> Any:
    publishers = ["A newspaper", _said("صحيفة", "A paper"), _one(made, "organizations", how) or "None"]
    found: dict[str, Any] = {"publisher": publishers[how % 3], "language": ("ar", "en", "fr")[how % 3]}
    return None if how % 5 == 0 else found | {"date": ("2016", "2016-05")[how % 2], "url": "https://example.com/x"}


ARTICLE: _Values = {
    "title": _of("عنوان", "Title", "Title", "عنوان في Geneva", "Another title"),
    "date": _of("2016", "2016-05", "2016-05-03", "2017-01-02", "2016-02-30"),
    "summary": _of("Summary", "خلاصة", "Two. Sentences."),
    "people": _ids("people"),
    "organizations": _ids("organizations"),
    "places": _ids("places"),
    "topics": _ids("topics"),
    "events": _ids("events"),
    "source": _source,
    "translation": _of(None, {"status": "original"}, {"status": "translation", "by": _said("مترجم", "A translator")}),
    "editor_note": _of(None, "A *note*.", "ملاحظة"),
    "mentions": lambda made, _id, how: (
        {"Salem": _one(made, "people", how) or "none", "Qattan": "none"} if how % 3 else None
    ),
    "rights": _of(None, "Rights"),
    "image": _picture,
    "draft": _of(True, None, None),
    "redirect_from": _of(None, ["/en/old/"], ["/ar/old/", "/older/"]),
}
PAGE: _Values = {
    "title": _of("صفحة", "Page", "Another page"),
    "summary": _of(None, "One sentence."),
    "draft": _of(True, None, None),
    "redirect_from": _of(None, ["/en/was/"], ["/older/"]),
}
RECORD: _Values = {
    "name": lambda _made, id_, how: _said(f"اسم {id_} {how % 3}", f"Name {id_} {how % 3}"),
    "sort_name": _of(None, _said("الاسم", "Last, First")),
    "aliases": lambda _made, id_, how: {"ar": [f"لقب {id_}"], "en": [f"Alias {id_} {how % 2}"]} if how % 3 else None,
    "description": _of(None, _said("وصف", "A description"), {"en": "In English alone"}),
    "biography": _of(None, _said("سيرة **قصيرة**", "A *short* life")),
    "identifiers": _of(None, {"wikidata": "Q42"}, {"viaf": "113230702", "wikidata": "Q7"}),
    "see_also": lambda made, _id, how: (
        [i for i in _some(made, "people", how) + _some(made, "topics", how) if i != _id] or None
    ),
    "needs_context": _of(None, True),
    "never": _of(None, {"en": ["Salem Street"], "ar": ["شارع سالم"]}),
}
OF_KIND: dict[str, _Values] = {
    "articles": ARTICLE,
    "pages": PAGE,
    "people": {
        **RECORD,
        "offices": lambda made, _id, how: [
            {"title": _said("وزير", "Minister"), "from": ("2015", "2016-06")[how % 2], "organization": organization}
            if organization
            else {"title": _said("مدير", "Director"), "to": "2016"}
            for organization in (_one(made, "organizations", how),)
        ],
    },
    "organizations": RECORD,
    "places": {**RECORD, "coordinates": _of(None, {"latitude": 33.5, "longitude": 36.3})},
    "topics": {
        **RECORD,
        "broader": lambda made, id_, how: (
            [one for one in _some(made, "topics", how) if one < id_ or how % 7 == 6] or None
        ),
        "related": lambda made, id_, how: [one for one in _some(made, "topics", how) if one != id_] or None,
    },
    "events": {
        **RECORD,
        "date": _of("2016", "2016-02-01", "2017"),
        "end": _of(None, "2017-05"),
        "place": lambda made, _id, how: _one(made, "places", how),
        "people": _ids("people"),
        "topics": _ids("topics"),
    },
}
SETTINGS: _Values = {
    "title": _of(_said("أرشيف", "Archive"), _said("سجلات", "Records")),
    "description": _of(None, _said("وصف", "About it")),
    "languages": _of(["ar", "en"], ["en", "ar"], ["ar", "en", "fa"], ["en"]),
    "default_language": _of("en", "ar", "en"),
    "base_url": _of("https://example.org/", "https://example.org/archive/", "https://example.org/no-slash"),
    "locales": _of(None, {"ar": "ar-MA", "en": "en-GB"}),
    "numerals": _of(None, {"ar": "arab"}, {"fa": "arabext"}),
    "months": _of(None, {"ar": "levantine"}, {"ar": "both"}),
    "calendars": _of(None, {"ar": ["gregorian", "hijri"]}),
    "ignore_article": _of(None, False),
    "fallback_pages": _of(None, False),
    "navigation": lambda made, _id, how: _some(made, "pages", how) or None,
    "rights": _of(None, _said("حقوق", "Rights")),
    "custom_domain": _of(None, "archive.example.org"),
    "trust_html": _of(None, True),
    "earliest_year": _of(None, 1700, 2017),
    "social_cards": _of(False, True),
}
_PASSAGES = (
    "A text about Salem Qattan and Helen Brennan, no. 1.\n",
    "نص عن سالم القطان وهيلين برينان في جنيف.\n",
    "## A heading\n\nWords.[^1]\n\n[^1]: A note.\n",
    "- one\n- two\n\n> said Brennan\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "Raw <b>HTML</b> and <script>none</script>.\n",
    "كلمات مع Geneva talks داخلها.\n",
    "An [address](https://example.org/).\n",
)


# --- Changes ---------------------------------------------------------------------------------------------------------

Change = Callable[[Archive, int, int], None]


def _paths(made: Archive, *folders: str) -> list[str]:
    """The texts and records of some kinds."""
    return sorted(p for p, text in made.content.items() if isinstance(text, Text) and p.split("/")[0] in folders)


def _pick(found: list[str], which: int) -> str | None:
    return found[which % len(found)] if found else None


def _beside(made: Archive, path: str) -> list[str]:
    """The texts of the same article or page."""
    return [other for other in _paths(made, *TEXTS) if _place(other)[:2] == _place(path)[:2]]


def _set(*folders: str) -> Change:
    def change(made: Archive, which: int, how: int) -> None:
        path = _pick(_paths(made, *folders), which)
        if path is None:
            return
        folder, id_, _ = _place(path)
        values = OF_KIND[folder]
        key = list(values)[(which // 7 + how) % len(values)]
        value = values[key](made, id_, how // 3)
        others = (
            [_text(made, other).front for other in _beside(made, path)] if key in SHARED and folder in TEXTS else []
        )
        for front in [*others, _text(made, path).front]:
            front.pop(key, None)
        if value is not None:
            _text(made, path).front[key] = value

    return change


def _write_body(made: Archive, which: int, how: int) -> None:
    path = _pick(_paths(made, *TEXTS), which)
    if path is None:
        return
    folder, id_, _ = _place(path)
    passages = [_PASSAGES[how % len(_PASSAGES)], _PASSAGES[how // 8 % len(_PASSAGES)]]
    known = [*made.ids("people"), *made.ids("topics"), *made.ids("articles")]
    passages += [f"See [[{one}]] or [[{one}|these words]].\n" for at, one in enumerate(known) if how >> at & 1]
    if f"{folder}/{id_}/photo.png" in made.content and how & 4:
        passages.append("![A view](photo.png)\n")
    _text(made, path).body = "\n".join(dict.fromkeys(passages))


def _same_size(made: Archive, which: int, how: int) -> None:
    """Another digit, or two letters in another order."""
    path = _pick(_paths(made, *TEXTS), which)
    if path is not None:
        body = _text(made, path).body or ""
        _text(made, path).body = re.sub(r"no\. \d", f"no. {how % 10}", body).replace("Words", "Wodrs")


def _create(*folders: str) -> Change:
    def change(made: Archive, which: int, how: int) -> None:
        folder = folders[which % len(folders)]
        id_ = IDS[folder][which // 7 % len(IDS[folder])]
        language = LANGUAGES[how % 3]
        path = f"{folder}/{id_}/index.{language}.md" if folder in TEXTS else f"{folder}/{id_}.yaml"
        flat = f"{folder}/{id_}.{language}.md"
        if path not in made.content and flat not in made.content:
            made.content[flat if folder in TEXTS and how % 5 == 4 else path] = _new(made, path)

    return change


def _forget(made: Archive, id_: str, replacement: str | None = None) -> None:
    """Take an id out of everything that names it, or put another in its place."""

    def without(value: Any) -> Any:
        if isinstance(value, list):
            kept = [without(item) for item in value]
            return [item for item in kept if item is not None] or None
        if isinstance(value, dict):
            kept_items = {key: without(item) for key, item in value.items()}
            return {key: item for key, item in kept_items.items() if item is not None} or None
        return replacement if value == id_ else value

    fronts = [made.settings, *(text.front for text in made.content.values() if isinstance(text, Text))]
    for front in fronts:
        for key in list(front):
            value = without(front[key])
            if value is None:
                del front[key]
            else:
                front[key] = value
    for text in made.content.values():
        if isinstance(text, Text) and text.body:
            to = f"[[{replacement}" if replacement else "[[a0"
            text.body = text.body.replace(f"[[{id_}", to) if replacement or id_ != "a0" else text.body


def _delete(*folders: str) -> Change:
    """Delete one file; if it is the last of its record, mostly take its id out of the others too."""

    def change(made: Archive, which: int, how: int) -> None:
        path = _pick(_paths(made, *folders), which)
        if path is None:
            return
        text = _text(made, path)
        made.deleted[path] = made.content.pop(path)
        folder, id_, _ = _place(path)
        left = _beside(made, path)
        if left:
            for key in SHARED:
                if key in text.front:
                    _text(made, left[0]).front.setdefault(key, text.front[key])
            return
        for other in [p for p in made.content if _place(p)[:2] == (folder, id_)]:
            made.deleted[other] = made.content.pop(other)
        if how % 4:
            _forget(made, id_)

    return change


def _restore(made: Archive, which: int, _how: int) -> None:
    path = _pick(sorted(made.deleted), which)
    if path is not None:
        back = made.deleted.pop(path)
        for other in _beside(made, path) if isinstance(back, Text) else []:
            for key in SHARED:
                if key in _text(made, other).front:
                    back.front.pop(key, None)
        made.content.setdefault(path, back)


def _rename(*folders: str) -> Change:
    def change(made: Archive, which: int, how: int) -> None:
        path = _pick(_paths(made, *folders), which)
        if path is None:
            return
        folder, id_, _ = _place(path)
        free = [one for one in (*IDS[folder], f"{id_}-new") if one not in made.ids(folder)]
        new = free[how % len(free)]
        for old in [p for p in made.content if _place(p)[:2] == (folder, id_)]:
            made.content[old.replace(f"{folder}/{id_}", f"{folder}/{new}", 1)] = made.content.pop(old)
        if how % 4:
            _forget(made, id_, new)

    return change


def _attach(made: Archive, which: int, how: int) -> None:
    """Put a file beside a text, change it, or take it away."""
    path = _pick([p for p in _paths(made, *TEXTS) if "/index." in p], which)
    if path is None:
        return
    folder, id_, _ = _place(path)
    file = f"{folder}/{id_}/{ATTACHMENTS[which % 2]}"
    if how % 3 == 0 and file in made.content:
        made.deleted[file] = made.content.pop(file)
        if how % 4:
            for text in (_text(made, other) for other in _beside(made, path)):
                text.front.pop("image", None)
                text.body = (text.body or "").replace(f"![A view]({ATTACHMENTS[which % 2]})", "")
    else:
        made.content[file] = bytes([how % 256]) * (how % 5 + 1)


def _settings(made: Archive, which: int, how: int) -> None:
    key = list(SETTINGS)[which % len(SETTINGS)]
    value = SETTINGS[key](made, "", how)
    made.settings.pop(key, None)
    if value is not None:
        made.settings[key] = value
    if key == "languages" and made.settings["default_language"] not in value:
        made.settings["default_language"] = value[0]
    if "fa" in made.languages:
        made.templates.setdefault("labels/fa.yaml", _persian())


def _persian() -> bytes:
    """The Persian labels of a fixture."""
    return PERSIAN.read_bytes()


_OWN = (
    "base.html",
    "article.html",
    "layouts/record.html",
    "macros/lists.html",
    "partials/footer.html",
    "partials/head.html",
    "chooser.html",
    "assets/site.css",
    "assets/404.css",
    "assets/extra.txt",
    "partials/unused.html",
)


#: The first element of a template, in which every change shows.
_TAG = re.compile(r"<[a-z][a-z0-9]*(?=[ >])")


def _template(made: Archive, which: int, how: int) -> None:
    """Change a file of the theme, or go back to the theme's."""
    name = _OWN[which % len(_OWN)]
    if how % 4 == 3:
        made.templates.pop(name, None)
        return
    theme = (THEME / name).read_text("utf-8") if (THEME / name).exists() else ""
    if name.startswith("assets/"):
        text = f"{theme}/* {how % 3} */\n"
    else:
        text = _TAG.sub(rf'\g<0> data-own="{how % 3}"', theme, count=1) or "Never seen."
    broken = "{% if %}\n" if how % 23 == 22 else ""
    made.templates[name] = (text + broken).encode()


def _label(made: Archive, which: int, how: int) -> None:
    """Change a word of the interface, or go back to the theme's."""
    name = f"labels/{LANGUAGES[which % 2]}.yaml"
    if how % 4 == 3:
        made.templates.pop(name, None)
    else:
        key = "no-such-label" if how % 11 > 8 else ("nav-people", "nav-articles", "skip-to-content")[how % 3]
        made.templates[name] = f'{key}: "Word {how % 3}"\n'.encode()


def _drafts(made: Archive, _which: int, _how: int) -> None:
    made.drafts = not made.drafts


def _address(made: Archive, _which: int, how: int) -> None:
    made.base_url = (None, "https://other.example/", "https://other.example/deep/er/")[how % 3]


def _nothing(_made: Archive, _which: int, _how: int) -> None:
    """Nothing changes. Some steps of this kind are done to the disk instead: see the tests."""


_RECORDS = ("people", "organizations", "places", "topics", "events")
TO_TEXTS: dict[str, Change] = {
    "set text": _set(*TEXTS),
    "write body": _write_body,
    "same size": _same_size,
    "create text": _create(*TEXTS),
    "delete text": _delete(*TEXTS),
    "rename text": _rename(*TEXTS),
    "restore": _restore,
    "attach": _attach,
}
TO_RECORDS: dict[str, Change] = {
    "set record": _set(*_RECORDS),
    "create record": _create(*_RECORDS),
    "delete record": _delete(*_RECORDS),
    "rename record": _rename(*_RECORDS),
    "restore": _restore,
}
TO_SITE: dict[str, Change] = {
    "settings": _settings,
    "template": _template,
    "label": _label,
    "drafts": _drafts,
    "address": _address,
}
#: Done to the disk, not to the archive.
TO_DISK: dict[str, Change] = {
    "nothing": _nothing,
    "old time": _nothing,
    "future time": _nothing,
    "spoil output": _nothing,
    "spoil cache": _nothing,
    "lose cache": _nothing,
}
CHANGES: dict[str, Change] = {**TO_TEXTS, **TO_RECORDS, **TO_SITE, **TO_DISK}


class Disk:
    """An archive's folder on the disk. Only what differs is written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._there: dict[str, bytes] = {}

    def show(self, made: Archive, keeps_time: bool) -> None:
        """Make the folder hold the archive; with `keeps_time`, files that are changed keep their time."""
        wanted = dict(made.files())
        for path in sorted(self._there.keys() - wanted.keys(), reverse=True):
            (self.root / path).unlink()
            for folder in (self.root / path).relative_to(self.root).parents[:-2]:
                if not any((self.root / folder).iterdir()):
                    (self.root / folder).rmdir()
        for path, data in wanted.items():
            if self._there.get(path) == data:
                continue
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            before = target.stat() if keeps_time and target.exists() else None
            target.write_bytes(data)
            if before:
                os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
        self._there = wanted

    def set_times(self, nanoseconds: int) -> None:
        """Give every file another time, as copying or unpacking an archive does."""
        for path in self._there:
            os.utime(self.root / path, ns=(nanoseconds, nanoseconds))
