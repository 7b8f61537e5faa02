"""Malformed content, each with the place of its fault.

In these texts the mark ➤ stands right before the character at which `check` has to point, and is taken out before the
text is written. A case names the codes of its faults in the order of their files, lines and columns; a fault of a file
as a whole is written `code@path`, several at one place `code+code`. Nothing else may be reported.
"""

# ruff: noqa: E501 - a case is a line, or two
from __future__ import annotations

from typing import NamedTuple

MARK = "➤"
BAD_FORMS = "\ufee3\ufeae\ufea3\ufe92\ufe8e"  # marhaban, frozen in its shapes

RECORDS = {
    "people/john-kerry.yaml": "name: {ar: جون كيري, en: John Kerry}\n",
    "people/sergey-lavrov.yaml": "name: {ar: سيرغي لافروف, en: Sergey Lavrov}\n",
    "organizations/al-jazeera.yaml": "name: {ar: الجزيرة, en: Al Jazeera}\n",
    "places/geneva.yaml": "name: {ar: جنيف, en: Geneva}\n",
    "topics/ceasefire.yaml": "name: {ar: وقف إطلاق النار, en: Ceasefire}\n",
    "topics/truce.yaml": "name: {ar: هدنة, en: Truce}\n",
}


class Case(NamedTuple):
    """Files that hold faults, and the codes of these."""

    title: str
    codes: str
    files: dict[str, str | bytes]


def article(keys: str = "", body: str = "نص.\n", name: str = "talks", language: str = "ar") -> dict[str, str | bytes]:
    """An article that is sound but for some keys and its body; the keys begin on line 5."""
    keys = keys if keys.endswith("\n") or not keys else keys + "\n"
    head = "---\ntitle: محادثات\ndate: 2016-09-22\nsummary: ملخص.\n"
    return {f"articles/{name}/index.{language}.md": f"{head}{keys}---\n{body}"}


def raw(text: str | bytes, path: str = "articles/talks/index.ar.md") -> dict[str, str | bytes]:
    """One file as it is."""
    return {path: text}


def person(keys: str) -> dict[str, str | bytes]:
    """A person with a name and some keys."""
    return {"people/john-kirby.yaml": f"name: {{ar: جون كيربي, en: John Kirby}}\n{keys}\n"}


def topic(keys: str, name: str = "talks") -> dict[str, str | bytes]:
    """A topic with a name of its own and some keys."""
    return {f"topics/{name}.yaml": f"name: {{ar: موضوع {name}, en: Topic {name}}}\n{keys}\n"}


def event(keys: str) -> dict[str, str | bytes]:
    """An event with a name and some keys."""
    return {"events/meeting.yaml": f"name: {{ar: لقاء, en: Meeting}}\n{keys}\n"}


def place(keys: str) -> dict[str, str | bytes]:
    """A place with a name and some keys."""
    return {"places/aleppo.yaml": f"name: {{ar: حلب, en: Aleppo}}\n{keys}\n"}


def site(text: str | bytes) -> dict[str, str | bytes]:
    """Settings in place of the sound ones, and no records that name languages."""
    return {"site.yaml": text}


TITLE = "title: {ar: أرشيف, en: Archive}\n"
LANGUAGES = "languages: [ar, en]\n"
DEFAULT = "default_language: ar\n"
BASE = "base_url: https://example.org/\n"

IDS = [
    Case("unknown id", "unknown-id", article("people: [➤john-kery]")),
    Case("unknown id in a block list", "unknown-id", article("people:\n  - john-kerry\n  - ➤nobody")),
    Case("id of another kind", "unknown-id", article("people:\n  - ➤geneva")),
    Case("id with a capital", "wrong-form", article("people: [➤John-Kerry]")),
    Case("id with a space", "wrong-form", article("people:\n  - ➤john kerry")),
    Case("id in Arabic", "wrong-form", article("people: [➤جون-كيري]")),
    Case("id with an underscore", "wrong-form", article("people: [➤john_kerry]")),
    Case("id with its folder where the kind is known", "wrong-form", article("people: [➤people/john-kerry]")),
    Case("ids between Arabic commas", "wrong-form", article("people: [➤john-kerry، sergey-lavrov]")),
    Case("id twice in a list", "duplicate-item", article("people: [john-kerry, ➤john-kerry]")),
    Case("unknown publisher", "unknown-id", article("source:\n  publisher: ➤al-jazira")),
    Case("unknown page in the menu", "unknown-id", site(TITLE + LANGUAGES + DEFAULT + BASE + "navigation: [➤about]\n")),
    Case("unknown place of an event", "unknown-id", event("date: 2016\nplace: ➤geneve")),
    Case("unknown broader topic", "unknown-id", topic("broader: [➤cease-fire]")),
    Case("unknown id in see_also", "unknown-id", person("see_also: [➤john-kery]")),
    Case("unknown kind in see_also", "wrong-form", person("see_also: [➤persons/john-kerry]")),
    Case("see_also to itself", "refers-to-itself", person("see_also: [➤john-kirby]")),
    Case("see_also to itself, with its folder", "refers-to-itself", person("see_also: [➤people/john-kirby]")),
    Case("related to itself", "refers-to-itself", topic("related: [ceasefire, ➤talks]")),
    Case(
        "id that two kinds share",
        "ambiguous-reference",
        {**person("see_also:\n  - ➤talks"), **topic(""), **article()},
    ),
    Case("office in an unknown organisation", "unknown-id",
         person("offices:\n  - title: {ar: وزير, en: Minister}\n    organization: ➤us-department")),
]  # fmt: skip

KEYS = [
    Case("unknown key", "unknown-key", article("➤sumary: x")),
    Case("key with a capital", "unknown-key", article("➤People: [john-kerry]")),
    Case("key in Arabic", "unknown-key", article("➤العنوان: نص")),
    Case("unknown key in a mapping", "unknown-key", article("source:\n  language: ar\n  ➤publsher: al-jazeera")),
    Case("unknown key of a record", "unknown-key", person("➤alias: {ar: [x]}")),
    Case("key of another kind", "unknown-key", person("➤coordinates: {latitude: 1, longitude: 2}")),
    Case("merge key", "unknown-key", article("➤<<: {people: [john-kerry]}")),
    Case("missing title", "missing-key", raw("---\n➤date: 2016\nsummary: x\n---\nText.\n")),
    Case("missing title and summary", "missing-key+missing-key", raw("---\n➤date: 2016\n---\nText.\n")),
    Case("missing date in every language", "missing-key", raw("➤---\ntitle: x\nsummary: y\n---\nText.\n")),
    Case("missing name", "missing-key", raw("➤aliases: {ar: [x]}\n", "people/john-kirby.yaml")),
    Case("missing date of an event", "missing-key", raw("➤name: {ar: أ, en: a}\n", "events/meeting.yaml")),
    Case("missing longitude", "missing-key", place("coordinates:\n  ➤latitude: 36.2")),
    Case("missing file of an image", "missing-key", article("image:\n  ➤alt: صورة")),
    Case("missing language of a name", "missing-language", raw("name: ➤{ar: جون}\n", "people/john-kirby.yaml")),
    Case("name without languages", "missing-language+missing-language", raw("name: ➤{}\n", "people/john-kirby.yaml")),
    Case("unknown language in a name", "unknown-language",
         raw("name:\n  ar: جون\n  en: John\n  ➤fr: Jean\n", "people/john-kirby.yaml")),
    Case("duplicate key", "duplicate-key", article("people: [john-kerry]\nplaces: [geneva]\n➤people: [sergey-lavrov]")),
    Case("duplicate key with one value", "duplicate-key", article("➤title: محادثات")),
    Case("duplicate key in a mapping", "duplicate-key", article("source:\n  language: ar\n  ➤language: ar")),
    Case("duplicate key of a flow mapping", "duplicate-key", person("description: {ar: أ, en: a, ➤ar: ب}")),
    Case("key thrice", "duplicate-key duplicate-key", article("draft: false\n➤draft: true\n➤draft: false")),
    Case("key that is a list", "yaml-key", article("? ➤[a, b]\n: c")),
    Case("key without a space after its colon", "yaml", article("➤people:[john-kerry]\nplaces: [geneva]")),
]  # fmt: skip

TYPES = [
    Case("scalar where a list is expected", "wrong-type", article("people: ➤john-kerry")),
    Case("mapping where a list is expected", "wrong-type", article("people: ➤{id: john-kerry}")),
    Case("list where text is expected", "wrong-type", raw("---\ntitle: ➤[a, b]\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("mapping where text is expected", "wrong-type",
         raw("---\ntitle:\n  ➤ar: x\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("list where a mapping is expected", "wrong-type", article("source:\n  ➤- al-jazeera")),
    Case("text where a mapping is expected", "wrong-type", article("source: ➤al-jazeera")),
    Case("text where languages are expected", "wrong-type", raw("name: ➤John\n", "people/john-kirby.yaml")),
    Case("list as front matter", "wrong-type", raw("---\n➤- a\n- b\n---\nText.\n")),
    Case("text as front matter", "wrong-type", raw("---\n➤just words\n---\nText.\n")),
    Case("list as a record", "wrong-type", raw("➤- name\n", "people/john-kirby.yaml")),
    Case("text as a record", "wrong-type", raw("➤John Kirby\n", "people/john-kirby.yaml")),
    Case("list of lists", "wrong-type", article("people:\n  - ➤[john-kerry]")),
    Case("null title", "empty-value", raw("---\ntitle: ➤null\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("title of a tilde", "empty-value", raw("---\ntitle: ➤~\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("title without a value", "empty-value", raw("---\ntitle:➤\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("title of blanks", "empty-value", raw('---\ntitle: ➤"  "\ndate: 2016\nsummary: y\n---\nText.\n')),
    Case("list without a value", "empty-value", article("people:➤")),
    Case("item without a value", "empty-value", article("people:\n  - john-kerry\n  -➤")),
    Case("no where false is meant", "wrong-type", article("draft: ➤no")),
    Case("yes where true is meant", "wrong-type", article("draft: ➤yes")),
    Case("True with a capital", "wrong-type", article("draft: ➤True")),
    Case("true between quotation marks", "wrong-type", article('draft: ➤"true"')),
    Case("0 where false is meant", "wrong-type", article("draft: ➤0")),
    Case("unknown status", "wrong-value", article("translation:\n  status: ➤orginal")),
    Case("language by its name", "wrong-form", article("source:\n  language: ➤Arabic")),
    Case("latitude of words", "wrong-type", place("coordinates: {latitude: ➤north, longitude: 2}")),
    Case("latitude in Arabic digits", "wrong-type", place("coordinates: {latitude: ➤٣٦٫٢, longitude: 2}")),
    Case("latitude with a comma", "wrong-type", place("coordinates:\n  latitude: ➤36,2\n  longitude: 37")),
    Case("latitude that is no number", "wrong-type", place("coordinates: {latitude: ➤.nan, longitude: 2}")),
    Case("latitude NaN", "wrong-type", place("coordinates: {latitude: ➤NaN, longitude: 2}")),
    Case("latitude without end", "wrong-type", place("coordinates: {latitude: ➤1e999, longitude: 2}")),
    Case("latitude beyond the pole", "out-of-range", place("coordinates: {latitude: ➤90.5, longitude: 2}")),
    Case("longitude beyond the date line", "out-of-range", place("coordinates: {latitude: 1, longitude: ➤-181}")),
    Case("identifier of the wrong form", "wrong-form", person("identifiers: {wikidata: ➤22686}")),
    Case("identifier with zeros before it", "wrong-form", person("identifiers: {viaf: ➤0012}")),
    Case("isni with spaces", "wrong-form", person("identifiers: {isni: ➤0000 0001 2103 2683}")),
    Case("geonames in Arabic digits", "wrong-form", place("identifiers: {geonames: ➤١٧٠٠٦٣}")),
    Case("web address of a script", "wrong-form", article('source:\n  url: ➤"javascript:alert(1)"')),
    Case("web address without its scheme", "wrong-form", article("source:\n  url: ➤www.example.org")),
    Case("web address with a space", "wrong-form", article("source:\n  url: ➤https://example.org/a b")),
    Case("web address of a broken host", "wrong-form", article('source:\n  url: ➤"http://[::1"')),
    Case("web address with an impossible port", "wrong-form", article('source:\n  url: ➤"http://example.org:99999/"')),
    Case("old address without a slash", "wrong-form", article("redirect_from: [➤old]")),
    Case("old address that leads out", "wrong-form", article("redirect_from: [➤/../old/]")),
    Case("old address of a hidden file", "wrong-form", article("redirect_from: [➤/.nojekyll]")),
    Case("old address too long for a file", "wrong-form", article(f"redirect_from: [➤/{'a' * 300}/]")),
    Case("old address with a query", "wrong-form", article('redirect_from:\n  - ➤"/old?id=1"')),
    Case("image in another folder", "wrong-form", article("image:\n  file: ➤../photo.jpg\n  alt: صورة")),
]  # fmt: skip

DATES = [
    Case("day that does not exist", "impossible-date", event("date: ➤2016-02-30")),
    Case("29 February of a common year", "impossible-date", event("date: ➤2015-02-29")),
    Case("month that does not exist", "impossible-date", event("date: ➤2016-13")),
    Case("month 0", "impossible-date", event("date: ➤2016-00-10")),
    Case("day 0", "impossible-date", event("date: ➤2016-01-00")),
    Case("Hijri date", "date-out-of-range", event("date: ➤1445-09-10")),
    Case("year 12", "date-out-of-range", event("date: ➤0012")),
    Case("year 0", "wrong-form", event("date: ➤0000-01-01")),
    Case("year of five digits", "wrong-form", event("date: ➤99999")),
    Case("year far ahead", "date-out-of-range", event("date: ➤9999-01-01")),
    Case("single digits", "wrong-form", event("date: ➤2016-9-2")),
    Case("slashes", "wrong-form", event("date: ➤22/09/2016")),
    Case("Arabic digits", "wrong-form", event("date: ➤٢٠١٦-٠٩-٢٢")),
    Case("Persian digits", "wrong-form", event("date: ➤۲۰۱۶-۰۹-۲۲")),
    Case("date with a time", "wrong-form", event("date: ➤2016-09-22T10:00:00Z")),
    Case("date in words", "wrong-form", event("date: ➤22 September 2016")),
    Case("date as a list", "wrong-type", event("date: ➤[2016, 9, 22]")),
    Case("date that is empty", "empty-value", event("date:➤")),
    Case("negative year", "wrong-form", event("date: ➤-2016")),
    Case("end before the start", "date-order", event("date: 2016-09-22\nend: ➤2016-09-21")),
    Case("end a year before the start", "date-order", event("date: 2016-09-22\nend: ➤2015")),
    Case("office that ends before it begins", "date-order",
         person("offices:\n  - title: {ar: ناطق, en: Spokesman}\n    from: 2015-05\n    to: ➤2013")),
    Case("source read before it was published", "date-order", article("source:\n  date: 2016-09-23\n  retrieved: ➤2016-09-01")),
    Case("impossible date of a source", "impossible-date", article("source:\n  date: ➤2016-09-31")),
    Case("impossible date of an office", "impossible-date",
         person("offices:\n  - title: {ar: ناطق, en: Spokesman}\n    from: ➤2015-02-29")),
]  # fmt: skip

YAML = [
    Case("tab as indentation", "yaml", article("source:\n➤\tlanguage: ar")),
    Case("tab within a block", "yaml", article("source:\n  language: ar\n➤\tdate: 2016")),
    Case("quotation mark left open", "yaml", article('rights: ➤"نص\npeople: [john-kerry]')),
    Case("single quotation mark left open", "yaml", article("rights: ➤'نص\npeople: [john-kerry]")),
    Case("quotation mark closed by the next", "yaml", article('rights: ➤"نص\neditor_note: "ملاحظة"')),
    Case("text after a quotation", "yaml", article('rights: "نص" ➤آخر')),
    Case("apostrophe between apostrophes", "yaml", article("rights: 'it'➤s'")),
    Case("unknown escape", "yaml", article('rights: "C:➤\\داخل"')),
    Case("square bracket left open", "yaml", article("people: ➤[john-kerry\nplaces: [geneva]")),
    Case("square bracket left open at the end", "yaml", topic("broader: ➤[")),
    Case("square bracket left open after an item", "yaml", topic("broader: ➤[truce,\n\n")),
    Case("brace left open at the end", "yaml", article("source: ➤{")),
    Case("brace left open", "yaml", article("source: ➤{language: ar\nplaces: [geneva]")),
    Case("square bracket too many", "yaml", article("people: [john-kerry]➤]")),
    Case("comma missing in braces", "yaml", person("description: {ar: أ en➤: a}")),
    Case("colon in a title", "yaml", raw("---\ntitle: جنيف➤: لقاء آخر\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("colon missing after a key", "yaml", raw("---\ntitle: x\n➤date 2016\nsummary: y\n---\nText.\n")),
    Case("first key without a colon", "yaml", raw("---\n➤title x\ndate: 2016\nsummary: y\n---\nText.\n")),
    Case("key indented too far", "yaml", article("rights: نص\n  people➤: [john-kerry]")),
    Case("key indented too little", "yaml", article("source:\n   language: ar\n  ➤date: 2016")),
    Case("item indented too little", "yaml", article("people:\n  - john-kerry\n ➤- sergey-lavrov")),
    Case("value that begins with a percent sign", "yaml", article("rights: ➤%100")),
    Case("value that begins with an at sign", "yaml", article("rights: ➤@editors")),
    Case("value that begins with a backtick", "yaml", article("rights: ➤`x`")),
    Case("text block indented too little", "yaml", article("editor_note: |\n   أول\n  ➤ثان")),
    Case("anchor", "yaml-alias", article("people: ➤&all [john-kerry]")),
    Case("alias", "yaml-alias", article("people: ➤*all")),
    Case("alias bomb", "yaml-alias yaml-alias yaml-alias",
         raw("name: {ar: أ, en: b}\na: ➤&a [x, x, x]\nb: ➤&b [*a, *a, *a]\nc: ➤&c [*b, *b, *b]\n", "people/bomb.yaml")),
    Case("emphasis taken for an alias", "yaml", article("rights: *➤مهم* جدا")),
    Case("tag of a program's object", "yaml-tag", article("rights: ➤!!python/object/apply:os.system [ls]")),
    Case("tag of a type", "yaml-tag", article("rights: ➤!!str 12")),
    Case("tag of one's own", "yaml-tag", article("rights: ➤!secret x")),
    Case("binary", "yaml-tag", article("rights: ➤!!binary R0lGODlh")),
    Case("two documents in a record", "yaml-documents",
         raw("name: {ar: أ, en: b}\n➤---\nname: {ar: ج, en: d}\n", "people/john-kirby.yaml")),
    Case("text after the end of a document", "yaml", raw("name: {ar: أ, en: b}\n...\n➤x: y\n", "people/john-kirby.yaml")),
    Case("deep nesting", "yaml-depth", article("rights: " + "[" * 19 + "➤" + "[" * 500)),
    Case("deep nesting of blocks", "missing-key yaml-depth", raw("➤" + "".join(" " * n + "a:\n" for n in range(20)) + " " * 20 + "➤a: b\n", "people/deep.yaml")),
    Case("two lines that cannot be read", "yaml yaml", article('rights: ➤"أ\npeople: [john-kerry]\nplaces: ➤[geneva\n')),
    Case("faults before and after one that cannot be read", "unknown-id yaml unknown-id",
         article("people: [➤nobody]\nrights: ➤@x\nplaces: [➤nowhere]")),
]  # fmt: skip

FENCES = [
    Case("front matter never closed", "unclosed-front-matter", raw("➤---\ntitle: x\ndate: 2016\n\nText.\n")),
    Case("front matter closed by dots", "unclosed-front-matter", raw("➤---\ntitle: x\n...\nText.\n")),
    Case("front matter closed by two hyphens", "unclosed-front-matter", raw("➤---\ntitle: x\n--\nText.\n")),
    Case("only the first line", "unclosed-front-matter", raw("➤---\n")),
    Case("only three hyphens", "unclosed-front-matter", raw("➤---")),
    Case("no front matter", "no-front-matter", raw("➤Text.\n")),
    Case("first fence missing", "no-front-matter", raw("➤title: x\ndate: 2016\n---\nText.\n")),
    Case("blank line before the front matter", "no-front-matter", raw("➤\n---\ntitle: x\n---\nText.\n")),
    Case("blank before the first fence", "no-front-matter", raw("➤ ---\ntitle: x\n---\nText.\n")),
    Case("four hyphens", "no-front-matter", raw("➤----\ntitle: x\n----\nText.\n")),
    Case("plus signs", "no-front-matter", raw("➤+++\ntitle = 'x'\n+++\nText.\n")),
    Case("empty text", "no-front-matter", raw("➤")),
    Case("blank lines only", "no-front-matter", raw("➤\n\n\n")),
    Case("empty front matter", "missing-key+missing-key+missing-key", raw("➤---\n---\nText.\n")),
    Case("front matter of comments", "missing-key+missing-key+missing-key", raw("➤---\n# title\n---\nText.\n")),
    Case("empty record", "missing-key", raw("➤", "people/john-kirby.yaml")),
    Case("record of comments", "missing-key", raw("➤# nothing yet\n", "people/john-kirby.yaml")),
    Case("record with fences", "yaml-documents",
         raw("---\nname: {ar: أ, en: b}\n➤---\n", "people/john-kirby.yaml")),
]  # fmt: skip

CHARACTERS = [
    Case("Windows-1256", "bad-encoding@articles/talks/index.ar.md:2:8", raw("---\ntitle: محادثات\n---\n".encode("cp1256"))),
    Case("UTF-16", "bad-encoding@articles/talks/index.ar.md:1:1", raw("---\ntitle: x\n---\n".encode("utf-16"))),
    Case("UTF-16 without its mark", "nul-byte@articles/talks/index.ar.md:1:2 no-front-matter@articles/talks/index.ar.md:1:1",
         raw("---".encode("utf-16-le"))),
    Case("Latin-1 in the body", "bad-encoding@articles/talks/index.ar.md:6:4",
         raw(b"---\r\ntitle: x\r\ndate: 2016\r\nsummary: y\r\n---\r\nCaf\xe9\r\n")),
    Case("bad byte after a byte order mark", "bad-encoding@people/x.yaml:1:13",
         raw(b"\xef\xbb\xbfname: {ar: \xd8\xa3\xff, en: b}\n", "people/x.yaml")),
    Case("lone surrogate in UTF-8", "bad-encoding@people/x.yaml:1:7", raw(b"name: \xed\xa0\x80\n", "people/x.yaml")),
    Case("text cut within a letter", "bad-encoding@people/x.yaml:1:12",
         raw(b"name: {ar: \xd8", "people/x.yaml")),
    Case("NUL byte in the body", "nul-byte", article(body="نص.\nنص ➤\0 آخر.\n")),
    Case("NUL byte in a record", "nul-byte", person("description: {ar: ➤\0أ, en: a}")),
    Case("NUL byte by an escape", "nul-byte", article('rights: ➤"a\\0b"')),
    Case("control character in the front matter", "control-character", article("rights: نص➤\x07")),
    Case("delete character after Arabic", "control-character", article("rights: نص نص نص➤\x7f")),
    Case("form feed in the body", "control-character", article(body="نص.\n➤\f\nنص.\n")),
    Case("line separator in the front matter", "control-character", article("rights: نص➤\u2028نص")),
    Case("next-line character in the front matter", "control-character unknown-id",
         article("rights: نص➤\x85نص\npeople: [➤nobody]")),
    Case("byte order mark within the text", "control-character", article(body="نص ➤\ufeffنص\n")),
    Case("presentation forms in the body", "presentation-form", article(body=f"نص.\n\nقال ➤{BAD_FORMS} اليوم.\n")),
    Case("presentation forms in the front matter", "presentation-form", article(f"rights: ➤{BAD_FORMS}")),
    Case("presentation forms in a record", "presentation-form", person(f"description: {{ar: ➤{BAD_FORMS}, en: a}}")),
    Case("presentation form by an escape", "presentation-form", article('rights: ➤"\\uFEFB"')),
    Case("ligature of lam and alef", "presentation-form", article(body="ا➤\ufefb\n")),
    Case("right-to-left mark", "bidi-control", article(body="نص➤\u200f (x)\n")),
    Case("override", "bidi-control", article("rights: ➤\u202eنص")),
    Case("embedding that is closed", "bidi-control", article(body="نص ➤\u202bعربي\u202c\n")),
    Case("isolate that is left open", "bidi-control", article(body="نص ➤\u2066abc\n")),
    Case("direction mark as an entity", "bidi-control", article(body="نص ➤&rlm; نص\n")),
    Case("override as a numbered entity", "bidi-control", article(body="نص ➤&#x202E; نص\n")),
    Case("direction mark by an escape", "bidi-control", article('rights: ➤"نص\\u200f"')),
    Case("controls on two lines", "bidi-control bidi-control", article(body="➤\u200fأ\u200f\nب➤\u200f\n")),
    Case("control in the settings", "bidi-control", site(f"title: {{ar: ➤\u200fأ, en: a}}\n{LANGUAGES}{DEFAULT}{BASE}")),
]  # fmt: skip

BODIES = [
    Case("dangling reference", "dangling-reference", article(body="نص.\n\nقال ➤[[john-kery|كيري]] ذلك.\n")),
    Case("dangling reference to a kind", "dangling-reference", article(body="➤[[places/john-kerry]]\n")),
    Case("reference to an unknown kind", "dangling-reference", article(body="➤[[person/john-kerry]]\n")),
    Case("reference with blanks", "dangling-reference", article(body="[[ john-kerry ]] ➤[[ nobody | أحد ]]\n")),
    Case("reference that begins like another", "dangling-reference", article(body="[[john-kerry]] ➤[[john]]\n")),
    Case("two dangling references on one line", "dangling-reference dangling-reference",
         article(body="➤[[nobody]] و➤[[nobody]]\n")),
    Case("dangling reference after code", "dangling-reference", article(body="`[[nobody]]` ثم ➤[[nobody]]\n")),
    Case("dangling reference after a fenced block", "dangling-reference",
         article(body="```\n[[nobody]]\n```\n\n➤[[nobody]]\n")),
    Case("dangling reference after indented code", "dangling-reference",
         article(body="نص\n\n    [[nobody]]\n\n➤[[nobody]]\n")),
    Case("dangling reference after a comment", "dangling-reference", article(body="<!-- [[nobody]] -->\n\n➤[[nobody]]\n")),
    Case("dangling reference in a list", "dangling-reference", article(body="- أ\n- ➤[[nobody]]\n\n    ب [[geneva]]\n")),
    Case("dangling reference in a heading", "dangling-reference", article(body="## نص ➤[[nobody]]\n")),
    Case("dangling reference in a table", "dangling-reference", article(body="أ | ب\n--- | ---\n[[geneva]] | ➤[[nobody]]\n")),
    Case("dangling reference in a footnote", "dangling-reference", article(body="نص[^1]\n\n[^1]: ➤[[nobody]]\n")),
    Case("dangling reference in emphasis", "dangling-reference", article(body="**نص ➤[[nobody]]**\n")),
    Case("dangling reference in a link's brackets", "dangling-reference", article(body="نص [أ ➤[[nobody]] ب]\n")),
    Case("dangling reference in a note", "dangling-reference", article('editor_note: "➤[[nobody]]"')),
    Case("note that begins with brackets", "wrong-type", article("editor_note: ➤[[nobody]]")),
    Case("dangling reference in a literal note", "dangling-reference",
         article("editor_note: |\n  أول.\n\n  ثان ➤[[nobody]].\n")),
    Case("dangling reference in a literal note after blank lines", "dangling-reference",
         article("editor_note: |  # ملاحظة\n\n\n  ثان ➤[[nobody]].\n")),
    Case("dangling reference in a folded note", "dangling-reference",
         article("editor_note: >-\n  أول\n  سطر ثان ➤[[nobody]]\n  وثالث.\n")),
    Case("dangling reference in a quoted note", "dangling-reference",
         article('editor_note: "أول \\"كلام\\"\n  سطر ثان ➤[[nobody]]"')),
    Case("dangling reference in a plain note of two lines", "dangling-reference",
         article("editor_note: أول\n  سطر ثان ➤[[nobody]]")),
    Case("dangling reference in a biography", "dangling-reference",
         person("biography:\n  ar: |\n    أول [[geneva]].\n\n    ثان ➤[[nobody|أحد]].\n  en: Text.")),
    Case("dangling references in two biographies", "dangling-reference dangling-reference",
         person("biography:\n  ar: |\n    أول ➤[[nobody]].\n  en: >\n    First\n    second ➤[[nobody]].")),
    Case("reference to a draft", "dangling-reference",
         {**article(body="➤[[secret]]\n"), **article("draft: true", name="secret")}),
    Case("id that two kinds share in a text", "ambiguous-reference", {**article(body="➤[[talks]]\n"), **topic("")}),
    Case("reference left open", "reference-form", article(body="نص ➤[[john-kerry|كيري\n")),
    Case("reference with one bracket at its end", "reference-form", article(body="نص ➤[[john-kerry] آخر\n")),
    Case("reference broken by a line", "reference-form", article(body="نص ➤[[john-kerry|جون\nكيري]]\n")),
    Case("reference to nothing", "reference-form", article(body="نص ➤[[]]\n")),
    Case("reference without its text", "reference-form", article(body="نص ➤[[john-kerry|]]\n")),
    Case("reference left open in a biography", "reference-form",
         person("biography:\n  ar: |\n    أول.\n    ثان ➤[[geneva.\n")),
    Case("picture without text", "missing-alt", {**article(body="نص\n\n![](➤a.jpg)\n"), "articles/talks/a.jpg": "x"}),
    Case("picture with blanks for text", "missing-alt", {**article(body="![ ](➤a.jpg)\n"), "articles/talks/a.jpg": "x"}),
    Case("second picture without text", "missing-alt",
         {**article(body="![صورة](a.jpg)\n\n![](➤a.jpg)\n"), "articles/talks/a.jpg": "x"}),
    Case("picture on another site", "outside-picture", article(body="![x](➤https://example.org/a.jpg)\n")),
    Case("missing picture", "missing-file", article(body="نص\n\n![صورة](➤none.jpg)\n")),
    Case("missing picture with a title", "missing-file", article(body='![صورة](➤none.jpg "عنوان")\n')),
    Case("missing picture of the front matter", "missing-file", article("image:\n  file: ➤none.jpg\n  alt: صورة")),
    Case("image without alt", "missing-key",
         {**article("image:\n  ➤file: a.jpg"), "articles/talks/a.jpg": "x"}),
    Case("image with an empty alt", "empty-value",
         {**article('image:\n  file: a.jpg\n  alt: ➤""'), "articles/talks/a.jpg": "x"}),
    Case("missing file that is linked", "missing-file", article(body="[ملف](➤none.pdf)\n")),
    Case("picture whose name differs in case", "missing-file", {**article(body="![صورة](➤A.jpg)\n"), "articles/talks/a.jpg": "x"}),
    Case("picture with an encoded name that is missing", "missing-file", article(body="![صورة](➤a%20b.jpg)\n")),
    Case("picture in a folder above", "wrong-form", article(body="نص ![صورة](➤../a.jpg)\n")),
    Case("picture in this folder with a dot", "wrong-form", article(body="نص ![صورة](➤./a.jpg)\n")),
    Case("picture at an absolute path", "wrong-form", article(body="نص ![صورة](➤/a.jpg)\n")),
    Case("link out of the folder", "wrong-form", article(body="[x](➤../../etc/passwd)\n")),
    Case("link to the root of the server", "wrong-form", article(body="[x](➤/ar/people/)\n")),
    Case("link without its scheme", "wrong-form", article(body="[x](➤//example.org/)\n")),
    Case("link that runs a script", "unsafe-link", article(body="[x](➤javascript:alert(1))\n")),
    Case("link of data", "unsafe-link", article(body="نص [x](➤data:text/html,x)\n")),
    Case("picture of data", "unsafe-link", article(body="![x](➤data:image/png;base64,AAAA)\n")),
    Case("link that looks like a file of ours", "unsafe-link", article(body="[x](➤attachment:../../x)\n")),
    Case("raw picture without text", "missing-alt", article(body='نص\n\n<div>\n➤<img src="https://example.org/a.jpg">\n</div>\n')),
    Case("raw link that runs a script", "unsafe-link", article(body='نص ➤<a href="javascript:x">أ</a>\n')),
    Case("brackets without end", "too-deep", article(body="نص\n\nنص ➤" + "[" * 4000 + "\n")),
    Case("references left open on one line", "reference-form reference-form",
         article(body="➤[[a [[b [[c\n\nنص ➤[[d [[e\n")),
    Case("reference to blanks", "reference-form", article(body="نص ➤[[ ]]\n")),
    Case("reference to code", "reference-form", article(body="نص ➤[[`x`]]\n")),
    Case("dangling references with texts in a table", "dangling-reference dangling-reference",
         article(body="أ | ب\n--- | ---\n➤[[nobody|أحد]] | ➤[[none\\|لا أحد]]\n")),
    Case("footnote that is missing", "dangling-footnote", article(body="`[^9]` نص[^1] ثم➤[^9]\n\n[^1]: حاشية\n")),
    Case("two footnotes that are missing", "dangling-footnote dangling-footnote", article(body="نص➤[^8]➤[^9]\n")),
    Case("footnote of a note", "dangling-footnote", article('editor_note: "نص➤[^1]"')),
    Case("anchor of the page itself", "duplicate-anchor", article(body="## نص {: ➤#content }\n")),
    Case("anchor twice", "duplicate-anchor", article(body="## أ {#x}\n\nنص\n{: .y ➤#x }\n")),
    Case("anchor of raw HTML that a heading has", "duplicate-anchor", article(body='## Talks\n\n<p ➤id="talks">نص</p>\n')),
    Case("lists within lists without end", "too-deep", article(body="➤" + ">" * 3000 + " x\n")),
]  # fmt: skip

FILES = [
    Case("text in no language", "misplaced-file@articles/talks/index.md", raw("x", "articles/talks/index.md")),
    Case("text with a capital ending", "misplaced-file@articles/talks/index.ar.MD", raw("x", "articles/talks/index.ar.MD")),
    Case("text in an unknown language", "unknown-language@articles/talks/index.fr.md", raw("x", "articles/talks/index.fr.md")),
    Case("text in a language with a capital", "unknown-language@articles/talks/index.AR.md",
         raw("x", "articles/talks/index.AR.md")),
    Case("text that is no index", "misplaced-file@articles/talks/body.ar.md", raw("x", "articles/talks/body.ar.md")),
    Case("text in the wrong folder", "misplaced-file@article/talks/index.ar.md", raw("x", "article/talks/index.ar.md")),
    Case("text in no folder", "misplaced-file@talks.ar.md", raw("x", "talks.ar.md")),
    Case("slug with a capital", "wrong-form@articles/Talks/index.ar.md", raw("x", "articles/Talks/index.ar.md")),
    Case("slug in Arabic", "wrong-form@articles/محادثات/index.ar.md", raw("x", "articles/محادثات/index.ar.md")),
    Case("slug with a space", "wrong-form@articles/the%20talks.ar.md", raw("x", "articles/the talks.ar.md")),
    Case("slug with an underscore", "wrong-form@articles/the_talks.ar.md", raw("x", "articles/the_talks.ar.md")),
    Case("record with another ending", "misplaced-file@people/john-kirby.yml", raw("x", "people/john-kirby.yml")),
    Case("record with a capital ending", "misplaced-file@people/john-kirby.YAML", raw("x", "people/john-kirby.YAML")),
    Case("record in JSON", "misplaced-file@people/john-kirby.json", raw("{}", "people/john-kirby.json")),
    Case("record without an ending", "misplaced-file@people/john-kirby", raw("x", "people/john-kirby")),
    Case("record in a folder of its own", "misplaced-file@people/john-kirby/john-kirby.yaml",
         raw("x", "people/john-kirby/john-kirby.yaml")),
    Case("record with a capital", "wrong-form@people/John-Kirby.yaml", raw("x", "people/John-Kirby.yaml")),
    Case("picture beside no text", "no-text@articles/talks", raw("x", "articles/talks/a.jpg")),
    Case("picture beside no folder", "misplaced-file@articles/a.jpg", raw("x", "articles/a.jpg")),
    Case("text that is a folder", "misplaced-file@articles/talks/index.ar.md", raw("x", "articles/talks/index.ar.md/a.jpg")),
    Case("record that is a folder", "misplaced-file@people/john-kirby.yaml", raw("x", "people/john-kirby.yaml/a")),
    Case("file name with a line break", "wrong-form@articles/talks/a%0Ab.jpg",
         {**article(), "articles/talks/a\nb.jpg": "x"}),
    Case("file name with a backslash", "wrong-form@articles/talks/a\\b.jpg",
         {**article(), "articles/talks/a\\b.jpg": "x"}),
    Case("one article twice", "duplicate-id@articles/talks/index.ar.md",
         {**article(), "articles/talks.ar.md": article()["articles/talks/index.ar.md"]}),
    Case("text of 10 MB", "too-large@articles/talks/index.ar.md", raw(b"---\n" + b"x" * 10_000_000)),
    Case("record of 1 MB", "too-large@people/john-kirby.yaml", raw(b"#" * 1_000_000, "people/john-kirby.yaml")),
    Case("front matter of 1 MB", "too-large", raw("➤---\ntitle: " + "x" * 1_000_000 + "\n---\n")),
]  # fmt: skip

TOGETHER = [
    Case("dates that differ between languages", "conflicting-value",
         {**article(), **raw("---\ntitle: x\ndate: ➤2016-09-23\nsummary: y\n---\nText.\n", "articles/talks/index.en.md")}),
    Case("ids that differ between languages", "conflicting-value",
         {**article("people: [john-kerry]"), **article("people: ➤[sergey-lavrov]", language="en")}),
    Case("sources that differ between languages", "conflicting-value",
         {**article("source:\n  language: ar"), **article("source:\n  ➤language: en", language="en")}),
    Case("wrong date in one language alone", "impossible-date",
         {**article(), **raw("---\ntitle: x\ndate: ➤2016-09-31\nsummary: y\n---\nText.\n", "articles/talks/index.en.md")}),
    Case("unknown ids in one language alone", "wrong-form",
         {**article("people: [➤John, john-kerry]"), **article("people: [john-kerry, sergey-lavrov]", language="en")}),
    Case("circle of two topics", "topic-cycle", {**topic("broader: [➤b]", "a"), **topic("broader: [a]", "b")}),
    Case("circle of four topics", "topic-cycle",
         {**topic("broader: [ceasefire, ➤b]", "a"), **topic("broader: [c]", "b"), **topic("broader: [d]", "c"),
          **topic("broader: [a, truce]", "d")}),
    Case("two circles", "topic-cycle topic-cycle",
         {**topic("broader: [➤b]", "a"), **topic("broader: [a]", "b"),
          **topic("broader: [➤d]", "c"), **topic("broader: [c]", "d")}),
    Case("topic above itself", "refers-to-itself", topic("broader: [➤talks]")),
    Case("alias that two people claim", "alias-conflict",
         {**person("aliases: {ar: [جون]}"), "people/zz.yaml": "name: {ar: أ, en: b}\naliases: {ar: [ب, ➤جون]}\n"}),
    Case("alias that is another's name", "alias-conflict",
         {"people/zz.yaml": "name: {ar: أ, en: b}\naliases:\n  en:\n    - ➤john KERRY\n"}),
    Case("name that two people have", "alias-conflict alias-conflict",
         {"people/zz.yaml": "name: {ar: ➤جون كيري, en: ➤John Kerry}\n"}),
    Case("faults in two files", "unknown-id unknown-key",
         {**article("people: [➤nobody]"), **person("➤alias: x")}),
    Case("many faults in one file", "empty-value impossible-date unknown-key unknown-id duplicate-key wrong-type dangling-reference",
         raw("---\ntitle:➤\ndate: ➤2016-02-30\nsummary: y\n➤sumary: z\npeople: [➤nobody]\n➤people: [x]\ndraft: ➤no\n---\n➤[[nobody]]\n")),
    Case("wrong date and missing picture", "impossible-date missing-file",
         raw("---\ntitle: x\ndate: ➤2016-02-30\nsummary: y\n---\n![صورة](➤none.jpg)\n")),
    Case("reference to an article with a wrong date", "impossible-date",
         {**raw("---\ntitle: x\ndate: ➤2016-02-30\nsummary: y\n---\nText.\n", "articles/other.ar.md"),
          **article(body="[[other]]\n")}),
    Case("reference to a record that cannot be read", "missing-key",
         {**raw("➤description: {ar: أ}\n", "people/john-kirby.yaml"), **article("people: [john-kirby]", "[[john-kirby]]\n")}),
]  # fmt: skip

SETTINGS = [
    Case("settings that are empty", "missing-key+missing-key+missing-key+missing-key", site("➤")),
    Case("settings that are a list", "wrong-type", site("➤- a\n")),
    Case("settings with an unknown key", "unknown-key", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}➤langauges: [ar]\n")),
    Case("default language that is not listed", "unknown-language", site(f"{TITLE}{LANGUAGES}default_language: ➤fr\n{BASE}")),
    Case("no default language", "missing-key", site("➤" + TITLE + LANGUAGES + BASE)),
    Case("no languages", "missing-key", site("➤" + TITLE + DEFAULT + BASE)),
    Case("empty list of languages", "empty-value", site(f"{TITLE}languages: ➤[]\n{DEFAULT}{BASE}")),
    Case("languages as text", "wrong-type", site(f"{TITLE}languages: ➤ar\n{DEFAULT}{BASE}")),
    Case("language twice", "duplicate-item", site(f"{TITLE}languages: [ar, en, ➤ar]\n{DEFAULT}{BASE}")),
    Case("site language by its name", "wrong-form", site(f"{TITLE}languages: [ar, en, ➤French]\n{DEFAULT}{BASE}")),
    Case("locale of another language", "wrong-value", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}locales: {{en: ➤ar}}\n")),
    Case("locale that CLDR lacks", "wrong-value", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}locales: {{ar: ➤ar-ZZ}}\n")),
    Case("base address with a quotation mark", "wrong-form",
         site(TITLE + LANGUAGES + DEFAULT + "base_url: ➤https://example.org/a\"b/\n")),
    Case("title in one language", "missing-language", site(f"title: ➤{{ar: أرشيف}}\n{LANGUAGES}{DEFAULT}{BASE}")),
    Case("title as text", "wrong-type", site(f"title: ➤أرشيف\n{LANGUAGES}{DEFAULT}{BASE}")),
    Case("title in an unknown language", "unknown-language",
         site(f"title: {{ar: أ, en: a, ➤fr: b}}\n{LANGUAGES}{DEFAULT}{BASE}")),
    Case("address without a slash", "wrong-form", site(f"{TITLE}{LANGUAGES}{DEFAULT}base_url: ➤https://example.org/a\n")),
    Case("address with a query", "wrong-form", site(f"{TITLE}{LANGUAGES}{DEFAULT}base_url: ➤https://example.org/?a=/\n")),
    Case("address of another kind", "wrong-form", site(f"{TITLE}{LANGUAGES}{DEFAULT}base_url: ➤ftp://example.org/\n")),
    Case("address that is missing", "missing-key", site("➤" + TITLE + LANGUAGES + DEFAULT)),
    Case("unknown digits", "wrong-value", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}numerals: {{ar: ➤arabic}}\n")),
    Case("months of an unknown kind", "wrong-value", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}months:\n  ar: ➤levant\n")),
    Case("year in letters", "wrong-type", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}earliest_year: ➤MCM\n")),
    Case("year in Arabic digits", "wrong-type", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}earliest_year: ➤١٩٠٠\n")),
    Case("settings that cannot be read", "yaml", site(f"title: ➤{{ar: أرشيف, en: Archive\n{LANGUAGES}{DEFAULT}{BASE}")),
    Case("settings with a repeated key", "duplicate-key", site(f"{TITLE}{LANGUAGES}{DEFAULT}{BASE}➤{BASE}")),
    Case("settings in another encoding", "bad-encoding@site.yaml:1:13", site("title: {ar: أرشيف}".encode("cp1256"))),
    Case("faults of settings and of a text", "unknown-id wrong-form",
         {**article("people: [➤nobody]"), **site(f"{TITLE}{LANGUAGES}{DEFAULT}base_url: ➤example.org\n")}),
]  # fmt: skip

ADDRESSES = [
    Case("old address twice", "address-conflict",
         {**article("redirect_from: [/old/]"), **article("redirect_from: [➤/old/]", language="en")}),
    Case("old address that a page has", "address-conflict",
         article("redirect_from: [➤/ar/people/john-kerry/]")),
    Case("old address of a file of the site", "address-conflict", article("redirect_from: [➤/robots.txt/x/]")),
    Case("old address below a page's file", "address-conflict",
         article("redirect_from: [➤/ar/people/john-kerry/index.html/deep/]")),
    Case("old address among the assets", "address-conflict", article("redirect_from: [➤/assets/old/]")),
    Case("page with the address of an index", "address-conflict",
         raw("➤---\ntitle: x\n---\nText.\n", "pages/people/index.ar.md")),
]  # fmt: skip

WARNINGS = {"heading-level", "raw-html", "outside-picture", "empty-text", "empty-heading", "unused-footnote"}
FORM = [
    Case("heading of the first level", "heading-level", article(body="نص\n\n➤# عنوان\n")),
    Case("underlined heading of the first level", "heading-level", article(body="نص\n\n➤عنوان\n=====\n")),
    Case("heading that skips a level", "heading-level", article(body="## أ\n\n➤#### ب\n")),
    Case("heading after a code block", "heading-level", article(body="```\n# x\n```\n\n➤# عنوان\n")),
    Case("raw script", "raw-html", article(body="نص\n\n➤<script>alert(1)</script>\n")),
    Case("raw frame in a line", "raw-html", article(body='نص ➤<iframe src="https://example.org/"></iframe>\n')),
    Case("handler in an attribute list", "raw-html", article(body='نص\n{: .x ➤onclick="x()" }\n')),
    Case("style in an attribute list in a line", "raw-html",
         article(body='`{: style="x" }` نص *نص*{: ➤style="color:red" }\n')),
    Case("footnote that nothing points to", "unused-footnote", article(body="نص[^1]\n\n[^1]: أ\n\n➤[^2]: ب\n")),
    Case("heading without words", "empty-heading", article(body="نص\n\n➤## \n\n### أ\n")),
    Case("raw handler", "raw-html", article(body='نص ➤<b onclick="x()">أ</b>\n')),
    Case("nothing below the front matter", "empty-text", raw("---\ntitle: x\ndate: 2016\nsummary: y\n---\n➤")),
    Case("front matter without a line after it", "empty-text", raw("---\ntitle: x\ndate: 2016\nsummary: y\n➤---")),
]  # fmt: skip

CASES = [
    *IDS, *KEYS, *TYPES, *DATES, *YAML, *FENCES, *CHARACTERS, *BODIES, *FILES, *TOGETHER, *SETTINGS, *ADDRESSES, *FORM
]  # fmt: skip
