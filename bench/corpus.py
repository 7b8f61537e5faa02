"""A made-up archive of any size, the same for the same seed: articles, people, organisations, places, topics, events.

python bench/corpus.py DIR --articles 1000 writes it as content for site-builder, to look at or to try things on.

An article has about 400 words in each of two languages, 3 to 8 people and 1 to 4 topics. People and topics grow with
the archive and are unequally frequent; one person, ANCHOR, is in a fifth of the articles, but in no more than 200.
"""

from __future__ import annotations

import argparse
import bisect
import datetime
import functools
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("ar", "en")
#: The person to rename: in a fifth of the articles, in 200 at most.
ANCHOR = "person-0"
_ANCHORED = 200
_WORDS = 400
_FIRST_DAY = datetime.date(2009, 1, 1)
_DAYS = 12 * 365

Names = Mapping[str, str]


class Record(NamedTuple):
    """A person, organisation, place, topic or event; `more` is what only its kind has.

    `former` is the name that texts have, where it is another.
    """

    id: str
    name: Names
    description: Names
    more: Mapping[str, str]
    former: Names = {}


class Article(NamedTuple):
    """An article without its text, which `body` makes."""

    slug: str
    date: str
    title: Names
    summary: Names
    ids: Mapping[str, tuple[str, ...]]
    added: str = ""


class Archive(NamedTuple):
    """All there is to write out. `records` are by folder (people, topics ...) and id."""

    seed: int
    articles: tuple[Article, ...]
    records: Mapping[str, Mapping[str, Record]]

    def edited(self, number: int) -> tuple[Archive, Article]:
        """The archive with one more paragraph in an article's English text, and that article."""
        at = len(self.articles) // 2 + number
        article = self.articles[at]._replace(added=f"A later reading of the file, number {number}, changes nothing.")
        return self._replace(articles=(*self.articles[:at], article, *self.articles[at + 1 :])), article

    def renamed(self, number: int) -> tuple[Archive, Record]:
        """The archive with another name for the person in a fifth of the articles, and that person.

        The texts keep the name that they have; the record has it as an alias.
        """
        person = self.records["people"][ANCHOR]
        surname = _SURNAMES[number % len(_SURNAMES)]
        person = person._replace(
            name={"ar": f"{_ANCHOR_NAME[0]} {surname[0]}", "en": f"{_ANCHOR_NAME[1]} {surname[1]}"},
            former=person.former or person.name,
        )
        people = {**self.records["people"], ANCHOR: person}
        return self._replace(records={**self.records, "people": people}), person


def archive(number: int, seed: int = 1) -> Archive:
    """An archive of `number` articles."""
    draw = random.Random(f"{seed}/{number}")
    records = {
        "people": _people(max(12, number * 3 // 20)),
        "organizations": _organizations(max(4, number // 50)),
        "places": _places(max(4, number // 40)),
        "topics": _topics(max(4, number // 25)),
        "events": _events(max(2, number // 50), draw),
    }
    pick = {folder: _Picker(list(found), 30 if folder == "people" else 10) for folder, found in records.items()}
    anchored = max(1, number // min(_ANCHORED, max(1, number // 5)))
    articles = []
    for at in range(number):
        people = pick["people"].some(draw, draw.randint(3, 8))
        people = tuple(id_ for id_ in people if id_ != ANCHOR)[:7] or ("person-1",)
        ids = {
            "people": (ANCHOR, *people) if at % anchored == 0 else people,
            "organizations": pick["organizations"].some(draw, draw.randint(0, 2)),
            "places": pick["places"].some(draw, draw.randint(1, 2)),
            "topics": pick["topics"].some(draw, draw.randint(1, 4)),
            "events": pick["events"].some(draw, draw.randint(0, 1)),
        }
        date = _FIRST_DAY + datetime.timedelta(days=at * _DAYS // number)
        subject, place = draw.choice(_SUBJECTS), records["places"][ids["places"][0]].name
        action, lead = draw.choice(_TITLES), draw.choice(_SUMMARIES)
        slots = [{"subject": subject[n], "place": place[code], "number": at + 1} for n, code in enumerate(LANGUAGES)]
        title = {code: action[n].format(**slots[n]) for n, code in enumerate(LANGUAGES)}
        summary = {code: lead[n].format(**slots[n]) for n, code in enumerate(LANGUAGES)}
        articles.append(Article(f"record-{at + 1:05}", date.isoformat(), title, summary, ids))
    return Archive(seed, tuple(articles), records)


def body(made: Archive, article: Article, code: str) -> str:
    """The Markdown of an article in a language: headings, a list, often a quotation or a footnote."""
    people, organizations, places = (
        tuple(
            (record.former or record.name)[code]
            for record in map(made.records[folder].__getitem__, article.ids[folder])
        )
        for folder in ("people", "organizations", "places")
    )
    added = article.added if code == "en" else ""
    return _text(f"{made.seed}/{article.slug}/{code}", LANGUAGES.index(code), people, organizations, places, added)


@functools.lru_cache(maxsize=40_000)
def _text(
    seed: str, n: int, people: Sequence[str], organizations: Sequence[str], places: Sequence[str], added: str
) -> str:
    draw = random.Random(seed)
    known = itertools.cycle(people)

    def sentence() -> str:
        words = draw.choice(_SENTENCES)[n] if draw.random() < 0.5 else _TURNS[n](draw)
        return words.format(
            p=next(known),
            q=draw.choice(people),
            o=draw.choice(organizations or [_NOBODY[n]]),
            l=draw.choice(places),
            s=draw.choice(_SUBJECTS)[n],
            d=draw.choice(_DETAILS)[n],
            k=draw.randint(2, 90),
        )

    def paragraph(count: int) -> str:
        return " ".join(sentence() for _ in range(count))

    parts = [paragraph(3)]
    for heading in draw.sample(_HEADINGS, 3):
        parts += [f"## {heading[n]}", paragraph(3)]
    parts.insert(3, "\n".join(f"- {draw.choice(_DETAILS)[n]}" for _ in range(3)))
    if draw.random() < 0.4:
        parts.append(f"> {sentence()}")
    if draw.random() < 0.25:
        parts[0] += "[^1]"
        parts.append(f"[^1]: {draw.choice(_DETAILS)[n]}.")
    words = sum(len(part.split()) for part in parts)
    while words < _WORDS:
        more = paragraph(2)
        words += len(more.split())
        parts.insert(-1 if parts[-1].startswith("[^1]") else len(parts), more)
    if added:
        parts.insert(1, added)
    return "\n\n".join(parts) + "\n"


class _Picker:
    """Draws ids by frequency: the first ones are the most frequent, the more so the smaller `flat` is."""

    def __init__(self, ids: Sequence[str], flat: int) -> None:
        self._ids = ids
        self._sums = list(itertools.accumulate(1 / (rank + flat) for rank in range(len(ids))))

    def some(self, draw: random.Random, count: int) -> tuple[str, ...]:
        drawn = (bisect.bisect(self._sums, draw.random() * self._sums[-1]) for _ in range(count))
        return tuple(dict.fromkeys(self._ids[min(at, len(self._ids) - 1)] for at in drawn))


# --- Records ---------------------------------------------------------------------------------------------------------


def _named(words: tuple[str, str]) -> Names:
    return dict(zip(LANGUAGES, words, strict=True))


def _people(number: int) -> dict[str, Record]:
    found = {ANCHOR: Record(ANCHOR, _named(_ANCHOR_NAME), _named(_ROLES[0]), {})}
    for at in range(1, number):
        given = _GIVEN[at % len(_GIVEN)]
        father = _GIVEN[at // len(_GIVEN) % len(_GIVEN)]
        family = _FAMILIES[(at * 7 + at // len(_FAMILIES)) % len(_FAMILIES)]
        parts = (given, family) if at < len(_GIVEN) else (given, father, family)
        name = {code: " ".join(part[n] for part in parts) for n, code in enumerate(LANGUAGES)}
        id_ = f"person-{at}"
        found[id_] = Record(id_, name, _named(_ROLES[at % len(_ROLES)]), {})
    return found


def _composed(
    folder: str,
    number: int,
    first: Sequence[tuple[str, str]],
    second: Sequence[tuple[str, str]],
    about: tuple[str, str],
) -> dict[str, Record]:
    """Records whose names are made of two parts; the Arabic and the English one say them in different order."""
    found = {}
    for at in range(number):
        one, other = first[at % len(first)], second[at // len(first) % len(second)]
        round_ = at // (len(first) * len(second))
        tail = f" {round_ + 1}" if round_ else ""
        id_ = f"{folder}-{at}"
        name = {"ar": f"{one[0]} {other[0]}{tail}", "en": f"{other[1]} {one[1]}{tail}"}
        found[id_] = Record(id_, name, _named(about), {})
    return found


def _organizations(number: int) -> dict[str, Record]:
    return _composed(
        "organization", number, _BODIES, _FIELDS, ("هيئة ورد اسمها في السجلات.", "A body that the records name.")
    )


def _places(number: int) -> dict[str, Record]:
    made = _composed("place", number, _GROUNDS, _TOWNS, ("مكان جرت فيه وقائع.", "A place where things happened."))
    for at, (id_, place) in enumerate(made.items()):
        made[id_] = place._replace(more={"coordinates": f"{{latitude: {at % 60}.25, longitude: {at % 170}.5}}"})
    return made


def _topics(number: int) -> dict[str, Record]:
    made = _composed("topic", number, _MATTERS, _FIELDS, ("كل ما يتصل بهذا الموضوع.", "All that has to do with it."))
    for at, (id_, topic) in enumerate(made.items()):
        if at >= 8:
            made[id_] = topic._replace(more={"broader": f"[topic-{at % 8}]"})
    return made


def _events(number: int, draw: random.Random) -> dict[str, Record]:
    made = _composed(
        "event", number, _OCCASIONS, _TOWNS, ("حدث أشارت إليه السجلات.", "An event that records refer to.")
    )
    for id_, event in made.items():
        day = _FIRST_DAY + datetime.timedelta(days=draw.randrange(_DAYS))
        made[id_] = event._replace(more={"date": day.isoformat()})
    return made


# --- As content for site-builder -------------------------------------------------------------------------------------

SETTINGS = """\
title: {ar: أرشيف الميناء, en: Harbour Archive}
description: {ar: أرشيف متخيَّل للقياس., en: An invented archive for measuring.}
languages: [ar, en]
default_language: ar
base_url: https://archive.example/harbour/
months: {ar: both}
navigation: [about]
rights: {ar: النصوص متخيَّلة., en: The texts are invented.}
social_cards: false
"""
ABOUT = {
    "ar": ("عن الأرشيف", "أرشيف متخيَّل وُلّدت نصوصه لقياس سرعة البناء."),
    "en": ("About the archive", "An invented archive; its texts were generated for measuring builds."),
}


def content(made: Archive) -> Iterator[tuple[str, str]]:
    """Every file of the content folder: its path there and its text."""
    yield "site.yaml", SETTINGS
    for code, (title, text) in ABOUT.items():
        yield f"pages/about/index.{code}.md", f"---\ntitle: {title}\n---\n\n{text}\n"
    for folder, found in made.records.items():
        for record in found.values():
            lines = [f"name: {_flow(record.name)}", f"description: {_flow(record.description)}"]
            lines += [f"{key}: {value}" for key, value in record.more.items()]
            if record.former:
                lines.append(
                    "aliases: {" + ", ".join(f'{code}: ["{name}"]' for code, name in record.former.items()) + "}"
                )
            yield f"{folder}/{record.id}.yaml", "\n".join(lines) + "\n"
    for article in made.articles:
        for code in LANGUAGES:
            yield f"articles/{article.slug}/index.{code}.md", _front(article, code) + body(made, article, code)


def _flow(names: Names) -> str:
    return "{" + ", ".join(f'{code}: "{name}"' for code, name in names.items()) + "}"


def _front(article: Article, code: str) -> str:
    lines = ["---", f'title: "{article.title[code]}"', f'summary: "{article.summary[code]}"', f"date: {article.date}"]
    lines += [f"{folder}: [{', '.join(ids)}]" for folder, ids in article.ids.items() if ids]
    status = "original" if code == "ar" else "translation"
    return "\n".join([*lines, f"translation: {{status: {status}}}", "---", "", ""])


def write(root: Path, files: Iterator[tuple[str, str]]) -> int:
    """Make files below `root` hold their texts; those that do are left alone. Says how many were written.

    What is to be changed is changed at the end, all at once.
    """
    written, changed = 0, []
    for path, text in files:
        target, data = root / path, text.encode()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            written += 1
        elif target.read_bytes() != data:
            changed.append((target, data))
    for target, data in changed:
        target.write_bytes(data)
    return written + len(changed)


# --- Words: Arabic, English ------------------------------------------------------------------------------------------

_ANCHOR_NAME = ("فارس البرجاوي", "Faris al-Burjawi")
_SURNAMES = [
    ("المرساوي", "al-Marsawi"),
    ("القنديلي", "al-Qindili"),
    ("الشراعي", "al-Shirai"),
    ("الموجي", "al-Mawji"),
    ("النوارسي", "al-Nawarsi"),
    ("الصواري", "al-Sawari"),
    ("البوصلي", "al-Bousali"),
]
_NOBODY = ("لجنة التحقيق", "the inquiry")
_GIVEN = [
    ("سالم", "Salem"),
    ("نادية", "Nadia"),
    ("هاني", "Hani"),
    ("رانيا", "Rania"),
    ("ماجد", "Majed"),
    ("سلمى", "Salma"),
    ("طارق", "Tareq"),
    ("هدى", "Huda"),
    ("جميل", "Jamil"),
    ("لمياء", "Lamia"),
    ("باسم", "Basem"),
    ("ريم", "Reem"),
    ("وليد", "Walid"),
    ("دلال", "Dalal"),
    ("مروان", "Marwan"),
    ("إدوارد", "Edward"),
    ("هيلين", "Helen"),
    ("روبرت", "Robert"),
    ("مارتا", "Marta"),
    ("غسان", "Ghassan"),
    ("نبيل", "Nabil"),
    ("سوزان", "Susan"),
    ("كريم", "Karim"),
    ("أنطون", "Anton"),
    ("ليلى", "Layla"),
    ("يوسف", "Youssef"),
    ("فيكتور", "Victor"),
    ("منى", "Mona"),
    ("رشيد", "Rashid"),
    ("توماس", "Thomas"),
    ("عادل", "Adel"),
    ("إيلينا", "Elena"),
    ("حسان", "Hassan"),
    ("كلارا", "Clara"),
    ("زياد", "Ziad"),
    ("بيتر", "Peter"),
    ("أمينة", "Amina"),
    ("صالح", "Saleh"),
    ("ميخائيل", "Mikhail"),
    ("نورا", "Nora"),
]
_FAMILIES = [
    ("القطان", "al-Qattan"),
    ("هولم", "Holm"),
    ("الحداد", "al-Haddad"),
    ("برينان", "Brennan"),
    ("الزهراوي", "al-Zahrawi"),
    ("كوفالسكي", "Kowalski"),
    ("العطار", "al-Attar"),
    ("ماركيز", "Marquez"),
    ("الدباغ", "al-Dabbagh"),
    ("سورنسن", "Sorensen"),
    ("الخياط", "al-Khayyat"),
    ("دوفال", "Duval"),
    ("النقاش", "al-Naqqash"),
    ("بتروف", "Petrov"),
    ("الصباغ", "al-Sabbagh"),
    ("ليندغرن", "Lindgren"),
    ("المراكبي", "al-Marakibi"),
    ("هارغروف", "Hargrove"),
    ("البستاني", "al-Bustani"),
    ("فيرارا", "Ferrara"),
    ("السمان", "al-Samman"),
    ("أوكونور", "OConnor"),
    ("الرفاعي", "al-Rifai"),
    ("شنايدر", "Schneider"),
    ("العقاد", "al-Aqqad"),
    ("ياماموتو", "Yamamoto"),
    ("الطحان", "al-Tahhan"),
    ("نوفاك", "Novak"),
    ("الجزار", "al-Jazzar"),
    ("بلاكوود", "Blackwood"),
    ("الكيالي", "al-Kayyali"),
    ("فان ديرمير", "van der Meer"),
    ("المهندس", "al-Muhandis"),
    ("إستيفيز", "Estevez"),
    ("القصاب", "al-Qassab"),
    ("لوندبرغ", "Lundberg"),
    ("البيطار", "al-Bitar"),
]
_ROLES = [
    ("مدير سابق للميناء.", "A former director of the port."),
    ("مهندسة إنشاءات بحرية.", "An engineer of marine works."),
    ("ناطق باسم الوزارة.", "A spokesman for the ministry."),
    ("ربان سفينة.", "A ship’s master."),
    ("محققة في الحوادث.", "An investigator of accidents."),
    ("عضو في المجلس البلدي.", "A member of the municipal council."),
]
_BODIES = [
    ("هيئة", "Authority"),
    ("مجلس", "Council"),
    ("شركة", "Company"),
    ("نقابة", "Union"),
    ("معهد", "Institute"),
    ("وكالة", "Agency"),
]
_FIELDS = [
    ("الملاحة", "Navigation"),
    ("الأرصفة", "Quays"),
    ("السلامة البحرية", "Marine Safety"),
    ("الصيد", "Fisheries"),
    ("التأمين", "Insurance"),
    ("الجمارك", "Customs"),
    ("النقل", "Transport"),
    ("البيئة الساحلية", "Coastal Environment"),
    ("الإنقاذ", "Rescue"),
    ("الشحن", "Freight"),
    ("الإرشاد", "Pilotage"),
    ("المنارات", "Lighthouses"),
    ("الأرصاد", "Meteorology"),
    ("التجارة", "Trade"),
    ("العمل", "Labour"),
    ("المسح", "Survey"),
    ("الطاقة", "Energy"),
    ("التدريب", "Training"),
    ("الاتصالات", "Communications"),
    ("المحاكم", "Courts"),
]
_GROUNDS = [
    ("ميناء", "Harbour"),
    ("خليج", "Bay"),
    ("رصيف", "Wharf"),
    ("جزيرة", "Island"),
    ("رأس", "Point"),
    ("مضيق", "Strait"),
]
_TOWNS = [
    ("القنديل", "Qandil"),
    ("النورس", "Nawras"),
    ("بيلمار", "Belmar"),
    ("الصدف", "Sadaf"),
    ("أستورفيك", "Astorvik"),
    ("المرجان", "Murjan"),
    ("دنهافن", "Dunhaven"),
    ("السرو", "Sarw"),
    ("كالدرون", "Calderon"),
    ("الغدير", "Ghadir"),
    ("نوردبي", "Nordby"),
    ("الزيتونة", "Zaytouna"),
    ("مونتيفار", "Montevar"),
    ("الريحان", "Rayhan"),
    ("هالسبورغ", "Halsburg"),
    ("الرمانة", "Rummana"),
]
_MATTERS = [
    ("سياسات", "Policy"),
    ("حوادث", "Accidents"),
    ("عقود", "Contracts"),
    ("أنظمة", "Regulation"),
    ("تاريخ", "History"),
    ("تمويل", "Funding"),
    ("نزاعات", "Disputes"),
    ("تقنيات", "Technology"),
]
_OCCASIONS = [("مؤتمر", "Conference"), ("غرق سفينة", "Shipwreck"), ("معرض", "Exhibition"), ("عاصفة", "Storm")]
_SUBJECTS = [
    ("توسعة الرصيف الشرقي", "the extension of the eastern quay"),
    ("رسوم الإرشاد", "the pilotage fees"),
    ("تجديد المنارة", "the renewal of the lighthouse"),
    ("عقد التجريف", "the dredging contract"),
    ("أجور عمال الشحن", "the wages of the freight workers"),
    ("سلامة العبّارات", "the safety of the ferries"),
    ("تلوث الحوض الجنوبي", "the pollution of the southern basin"),
    ("مسح قاع المضيق", "the survey of the strait’s bed"),
    ("تأمين السفن القديمة", "the insurance of old ships"),
    ("إغلاق ورشة الإصلاح", "the closing of the repair yard"),
    ("محطة الأرصاد الجديدة", "the new weather station"),
    ("حصص الصيد", "the fishing quotas"),
    ("نقل مكاتب الجمارك", "the move of the customs offices"),
    ("برنامج تدريب الربابنة", "the training of masters"),
    ("كابل الاتصالات البحري", "the undersea cable"),
    ("حقوق سكان الجزيرة", "the rights of the islanders"),
]
_TITLES = [
    ("محضر جلسة عن {subject} في {place}، رقم {number}", "Minutes on {subject} at {place}, no. {number}"),
    ("تقرير {number}: {subject} قرب {place}", "Report {number}: {subject} near {place}"),
    ("رسالة بشأن {subject}، ملف {place} {number}", "Letter about {subject}, {place} file {number}"),
    ("مقابلة حول {subject} في {place} ({number})", "Interview about {subject} in {place} ({number})"),
    ("بيان صحفي: {subject} و{place}، {number}", "Press release: {subject} and {place}, {number}"),
]
_SUMMARIES = [
    (
        "وثيقة تعرض ما دار من نقاش حول {subject} وما اتُّفق عليه في {place}.",
        "A document that sets out the debate on {subject} and what was agreed at {place}.",
    ),
    (
        "تلخّص الوثيقة مواقف الأطراف من {subject}، وتذكر ما بقي معلّقًا في {place}.",
        "Sums up where the parties stood on {subject}, and what was left open at {place}.",
    ),
    (
        "مراسلات عن {subject} مع ملاحق وجداول جُمعت في {place}.",
        "Correspondence about {subject}, with tables and annexes gathered at {place}.",
    ),
]
_HEADINGS = [
    ("خلفية الوثيقة", "Background of the document"),
    ("ما جرى في الجلسة", "What happened in the session"),
    ("المواقف المعلنة", "Stated positions"),
    ("الأرقام والجداول", "Figures and tables"),
    ("ما بقي معلّقًا", "What was left open"),
    ("ملاحظات على النسخة", "Notes on the copy"),
    ("الخطوات التالية", "Next steps"),
]
_DETAILS = [
    ("نسخة موقعة محفوظة في السجل العام", "a signed copy is kept in the public register"),
    ("جدول بأسماء السفن وحمولاتها", "a table of ships and their tonnage"),
    ("خريطة للأعماق بمقياس صغير", "a small-scale chart of the depths"),
    ("رسالتان لم تُنشرا من قبل", "two letters not published before"),
    ("محضر بخط اليد من ثلاث صفحات", "handwritten minutes of three pages"),
    ("ملحق مالي غير مكتمل", "a financial annex that is incomplete"),
    ("شهادات عمال النوبة الليلية", "statements by workers of the night shift"),
    ("قائمة بالحضور وأوقات وصولهم", "a list of those present and when they arrived"),
    ("صورة لمدخل الحوض قبل الأعمال", "a photograph of the basin’s entrance before the works"),
    ("مسودة اتفاق لم تُعتمد", "a draft agreement that was never adopted"),
]
_SENTENCES = [
    (
        "قال {p} إن {s} لن تُحسم قبل أن تصل نتائج الفحص إلى {l}، وطلب مهلة جديدة.",
        "{p} said that {s} would not be settled before the results of the tests reached {l}, and asked for more time.",
    ),
    (
        "وردّت {o} بأن الملف اكتمل منذ أشهر، وأن ما ينقصه توقيع واحد لا غير.",
        "In reply {o} held that the file had been complete for months and lacked a single signature.",
    ),
    (
        "التقى {p} و{q} في {l} مرتين خلال أسبوع، ولم يصدر عن اللقاءين سوى بيان قصير.",
        "{p} and {q} met at {l} twice within a week, and nothing came of it but a short statement.",
    ),
    (
        "وأظهرت السجلات أن {k} سفينة انتظرت خارج الحوض أكثر من يومين بسبب الرياح.",
        "The registers show that {k} ships waited outside the basin for more than two days because of the wind.",
    ),
    (
        "غير أن {q} رأى في ذلك تأجيلًا لا مبرر له، وقال إن السكان يعرفون ما يريدون.",
        "Yet {q} saw in this a delay without reason, and said that the inhabitants knew what they wanted.",
    ),
    (
        "وتشير الوثيقة إلى {d}، لكنها لا تذكر من أعدّها ولا متى سُلّمت.",
        "The document refers to this: {d}; but it does not say who made it, nor when it was handed over.",
    ),
    (
        "وبحسب {o} فإن الكلفة تجاوزت التقدير الأول بنسبة {k} في المئة في أقل من عام.",
        "According to {o} the cost passed the first estimate by {k} per cent in less than a year.",
    ),
    (
        "وكتب {p} في رسالة مؤرخة في اليوم نفسه أن النقاش حول {s} بدأ قبل ذلك بسنوات.",
        "{p} wrote in a letter of the same day that the debate about {s} had begun years before.",
    ),
    (
        "ولم يحضر ممثلو النقابة الجلسة الثانية، فتقرر نقلها من {l} إلى موعد لاحق.",
        "The delegates of the union stayed away from the second session at {l}, which was put off to a later day.",
    ),
    (
        "وسأل {q} عن مصير الأموال المخصصة للصيانة، فقيل له إن {k} بندًا منها ما زال مجمدًا.",
        "{q} asked what had become of the money for upkeep, and was told that {k} items of it were still frozen.",
    ),
    (
        "وفي {l} انتظر الصحفيون ساعات أمام المبنى قبل أن يخرج {p} ويعلن أن الاتفاق قريب.",
        "At {l} reporters waited for hours before the building until {p} came out and said that agreement was near.",
    ),
    (
        "أما {o} فاكتفت بالقول إنها تدرس الموضوع من جوانبه كلها وإنها ستعلن قرارها في حينه.",
        "For its part {o} said only that it was studying the matter from all sides and would decide in due course.",
    ),
    (
        "وتذكر صفحة ملحقة أن {p} اعترض على صيغة الفقرة الرابعة وطلب أن تُدرج {s} في صلب النص.",
        "An annexed page notes that {p} objected to the fourth paragraph and wanted {s} in the body of the text.",
    ),
    (
        "وقد صُحّح الرقم لاحقًا بقلم مختلف، فأصبح {k} بدل ما كان مكتوبًا في الأصل.",
        "The number was later corrected with another pen, and became {k} in place of what had first been written.",
    ),
    (
        "ووافق {q} على أن تُنشر المحاضر بعد حذف أسماء الشهود، على أن تُحفظ النسخة الكاملة.",
        "{q} agreed that the minutes be published without the names of witnesses, the full copy being kept.",
    ),
    (
        "وكان من المقرر أن يزور {p} موقع الأعمال في {l}، لكن العاصفة أخّرت الرحلة ثلاثة أيام.",
        "{p} was to have visited the works at {l}, but the storm held up the journey by three days.",
    ),
    (
        "وحذّر الخبراء من أن المياه ترتفع أسرع مما توقعته الدراسات القديمة في المنطقة.",
        "Experts warned that the water was rising faster than the older studies of the region had foreseen.",
    ),
    (
        "وفي الهامش ملاحظة بخط {q} تقول إن المسألة كلها تتوقف على {s} وعلى من يدفع ثمنها.",
        "In the margin a note in the hand of {q} says that all of it turns on {s} and on who is to pay.",
    ),
    (
        "وأُحيل الطلب إلى {o} التي أعادته بعد أسبوعين مع قائمة من {k} سؤالًا.",
        "The request went to {o}, which sent it back after two weeks with a list of {k} questions.",
    ),
    (
        "ويبقى السؤال الذي طرحه {p} في نهاية الجلسة بلا جواب: من كان يعلم، ومنذ متى؟",
        "What {p} asked at the end of the session is still without an answer: who knew, and since when?",
    ),
]


_NOUNS = [
    ("سجل", "register"),
    ("تقرير", "report"),
    ("قرار", "decision"),
    ("عقد", "contract"),
    ("مركب", "vessel"),
    ("مخزن", "warehouse"),
    ("موسم", "season"),
    ("طاقم", "crew"),
    ("محرك", "engine"),
    ("جسر", "bridge"),
    ("معبر", "crossing"),
    ("حاجز", "barrier"),
    ("اقتراح", "proposal"),
    ("قانون", "statute"),
    ("ملحق", "annex"),
    ("شاهد", "witness"),
    ("حكم", "ruling"),
    ("طلب", "request"),
    ("مبلغ", "amount"),
    ("قرض", "loan"),
    ("حساب", "account"),
    ("جدار", "wall"),
    ("سقف", "roof"),
    ("برج", "tower"),
    ("مصباح", "lamp"),
    ("حبل", "rope"),
    ("شراع", "sail"),
    ("وقود", "fuel"),
    ("حريق", "fire"),
    ("إنذار", "alarm"),
    ("دليل", "guide"),
    ("جدول", "table"),
    ("موعد", "date"),
    ("تأخير", "delay"),
    ("إضراب", "strike"),
    ("حوار", "dialogue"),
    ("خلاف", "quarrel"),
    ("مدير", "director"),
    ("حارس", "guard"),
    ("تاجر", "merchant"),
    ("صياد", "fisherman"),
    ("عامل", "worker"),
    ("مهندس", "engineer"),
    ("طبيب", "doctor"),
    ("مترجم", "translator"),
    ("كاتب", "clerk"),
    ("سوق", "market"),
    ("مصنع", "factory"),
    ("مختبر", "laboratory"),
    ("متحف", "museum"),
]
_VERBS = [
    ("أثار", "raised"),
    ("غيّر", "changed"),
    ("عطّل", "halted"),
    ("راجع", "reviewed"),
    ("رفض", "refused"),
    ("قبل", "accepted"),
    ("أخفى", "hid"),
    ("كشف", "revealed"),
    ("نقل", "moved"),
    ("حمى", "protected"),
    ("سبق", "preceded"),
    ("تجاوز", "exceeded"),
    ("أوقف", "stopped"),
    ("دعم", "supported"),
    ("انتقد", "criticised"),
    ("وصف", "described"),
]
_MANNERS = [
    ("القديم", "old"),
    ("الجديد", "new"),
    ("الصغير", "small"),
    ("الأخير", "last"),
    ("المؤقت", "temporary"),
    ("المحلي", "local"),
    ("الأجنبي", "foreign"),
    ("السري", "secret"),
    ("المشترك", "joint"),
    ("الغائب", "absent"),
    ("المتأخر", "belated"),
    ("الطويل", "long"),
    ("الأول", "first"),
    ("الرسمي", "official"),
]
_TIMES = [
    ("في الصباح", "in the morning"),
    ("قبل نهاية الشهر", "before the month was out"),
    ("بعد أسبوعين", "two weeks later"),
    ("في أوائل الخريف", "early in autumn"),
    ("خلال العاصفة", "during the storm"),
    ("من غير إعلان", "without notice"),
    ("أمام الجميع", "before everyone"),
    ("على مضض", "with reluctance"),
    ("عند المساء", "towards evening"),
    ("منذ سنوات", "years ago"),
]


def _arabic_turn(draw: random.Random) -> str:
    """A sentence of small parts, with the particles and endings that make most forms of a word rare."""
    one, two, three, four = (noun[0] for noun in draw.sample(_NOUNS, 4))
    opening = draw.choice(["و", "ف", "وقد ", "ثم ", ""]) + draw.choice(_VERBS)[0]
    link = draw.choice([f"بال{three}", f"كال{three}", f"وال{three}", f"ل{three}ه", f"ب{three}ها", f"و{three}هم"])
    ending = draw.choice(["على حد قول {p}", "كما روى {q}", "في {l}", "ردًا على {o}", f"دون {four}"])
    return f"{opening} ال{one} {draw.choice(_MANNERS)[0]} {two}ه {link} {draw.choice(_TIMES)[0]}، {ending}."


def _english_turn(draw: random.Random) -> str:
    one, two, three, four = (noun[1] for noun in draw.sample(_NOUNS, 4))
    mark = draw.choice(["The", "One", "Every", "No", "Their"])
    ending = draw.choice(["as {p} had it", "in the words of {q}", "at {l}", "in reply to {o}", f"without a {four}"])
    what = draw.choice([f"the {two}s of the {three}", f"a {three}’s {two}", f"{two} and {three}", f"its {two}s"])
    return (
        f"{mark} {draw.choice(_MANNERS)[1]} {one} {draw.choice(_VERBS)[1]} {what} {draw.choice(_TIMES)[1]}, {ending}."
    )


_TURNS = (_arabic_turn, _english_turn)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where content/ is written")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(write(asked.folder / "content", content(archive(asked.articles, asked.seed))), "files written")


if __name__ == "__main__":
    main()
