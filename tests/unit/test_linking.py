from __future__ import annotations

from itertools import pairwise

import pytest

from site_builder import linking
from site_builder.linking import Context, Entity, Vocabulary, find

MISTURA = Entity(
    "person", "staffan-de-mistura", (("ستافان دي ميستورا",), ("Staffan de Mistura",)), ("UN Special Envoy",)
)
KERRY = Entity(
    "person",
    "john-kerry",
    (("جون كيري",), ("John Kerry", "Kerry")),
    ("وزير الخارجية الأميركي", "US Secretary of State"),
)
HILLARY = Entity("person", "hillary-clinton", (("هيلاري كلينتون",), ("Hillary Clinton",)), ("US Secretary of State",))
BILL = Entity("person", "bill-clinton", (("بيل كلينتون",), ("Bill Clinton",)), ("President of the United States",))
ELDER = Entity("person", "bush-elder", (("جورج بوش",), ("George Bush",)))
YOUNGER = Entity("person", "bush-younger", (("جورج بوش",), ("George Bush",)))
ASSAD = Entity("person", "bashar-al-assad", (("بشار الأسد",), ("Bashar al-Assad",)))
UN = Entity("organization", "un", (("الأمم المتحدة",), ("United Nations", "UN")))
COUNCIL = Entity("organization", "council", (("مجلس الأمن",), ("UN Security Council", "Security Council")))
LONDON = Entity("place", "london", (("لندن",), ("London",)))
NEW_YORK = Entity("place", "new-york", (("نيويورك",), ("New York",)))
TURKEY = Entity("place", "turkey", (("تركيا",), ("Turkey",)), never=("Turkey Creek",))
HOPE = Entity("person", "bob-hope", (("بوب هوب",), ("Bob Hope",)))
CRANE = Entity("organization", "crane", (("الكركي",), ("The Crane",)), needs_context=True)
VOCABULARY = Vocabulary(
    [MISTURA, KERRY, HILLARY, BILL, ELDER, YOUNGER, ASSAD, UN, COUNCIL, LONDON, NEW_YORK, TURKEY, HOPE, CRANE]
)


def found(text: str, context: Context = Context()) -> list[tuple[str, str]]:  # noqa: B008
    links = find(text, VOCABULARY, context)
    for one in (*links.mentions, *links.unresolved):
        assert text[one.start : one.end] == one.surface
    return [(one.surface, one.entity) for one in links.mentions]


def reasons(text: str) -> list[tuple[str, str]]:
    return [(one.surface, one.reason) for one in find(text, VOCABULARY).unresolved]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("قال ستيفان دي مستورا", "ستيفان دي مستورا"),
        ("وبستافان دى ميستورا", "ستافان دى ميستورا"),
        ("استافان ديمستورا قال", "استافان ديمستورا"),
        ("أن ستافان دي\u00a0ميستورا", "ستافان دي\u00a0ميستورا"),
        ("ستا\u0640فان دي ميستورا", "ستا\u0640فان دي ميستورا"),
        ("Stefan de Mistura's plan", "Stefan de Mistura"),
        ("Staffan De-Mistura said", "Staffan De-Mistura"),
    ],
)
def test_spellings(text: str, surface: str) -> None:
    assert found(text) == [(surface, "staffan-de-mistura")]


def test_particles_are_left_out() -> None:
    assert found("وللأمم المتحدة وبنيويورك ولندن") == [
        ("أمم المتحدة", "un"),
        ("نيويورك", "new-york"),
        ("لندن", "london"),
    ]


def test_acronyms_need_capitals() -> None:
    assert found("The U.N. and the UN told us, un by one.") == [("U.N.", "un"), ("UN", "un")]


def test_a_lost_or_added_space() -> None:
    assert found("بشارالأسد في نيو يورك") == [("بشارالأسد", "bashar-al-assad"), ("نيو يورك", "new-york")]


def test_a_surname_counts_once_its_bearer_is_named() -> None:
    assert found("Kerry spoke.") == []
    assert reasons("Kerry spoke.") == [("Kerry", linking.NOT_NAMED)]
    assert found("Kerry spoke. John Kerry left.") == [("Kerry", "john-kerry"), ("John Kerry", "john-kerry")]
    assert found("Kerry spoke.", Context(frozenset([("person", "john-kerry")]))) == [("Kerry", "john-kerry")]
    assert found("وقال وزير الخارجية الأميركي كيري") == [("كيري", "john-kerry")]


def test_the_article_of_a_surname_is_part_of_it() -> None:
    assert ("al-Assad", "bashar-al-assad") in found("Bashar al-Assad and al-Assad's men")


def test_several_bearers() -> None:
    text = "Bill Clinton and Hillary Clinton came. Clinton spoke."
    assert found(text)[2:] == []
    assert reasons(text) == [("Clinton", linking.SEVERAL)]
    assert found("Hillary Clinton came. Clinton spoke.")[1] == ("Clinton", "hillary-clinton")
    assert found("Bill Clinton and Hillary Clinton came. President Clinton spoke.")[2] == ("Clinton", "bill-clinton")
    links = find("George Bush won.", VOCABULARY)
    assert links.unresolved[0].candidates == ("bush-elder", "bush-younger")
    assert found("George Bush won.", Context(frozenset([("person", "bush-elder")]))) == [("George Bush", "bush-elder")]


@pytest.mark.parametrize(
    "text",
    [
        "Hillary Clinton and Chelsea Clinton",
        "Hillary Clinton of the Clinton Foundation",
        "Hillary Clinton, not Clinton Smith",
        "هيلاري كلينتون وتشيلسي كلينتون",
        "هيلاري كلينتون ومؤسسة كلينتون",
    ],
)
def test_somebody_else(text: str) -> None:
    assert [entity for _, entity in found(text)] == ["hillary-clinton"]


@pytest.mark.parametrize(
    "text",
    [
        "the London School of Economics",
        "Jack London wrote",
        "the University of London",
        "the New York Times",
        "the National Security Council met",
        "مجلس الأمن القومي",
        "جامعة لندن",
        "the actor John Kerry",
        "roast Turkey for Thanksgiving",
        "at Turkey Creek",
        "Hope is lost",
    ],
)
def test_part_of_something_else(text: str) -> None:
    assert found(text) == []


def test_ordinary_words_need_context() -> None:
    assert found("Bob Hope told a joke. Hope said it was old. We hope so.") == [
        ("Bob Hope", "bob-hope"),
        ("Hope", "bob-hope"),
    ]
    assert reasons("Crane fell.") == [("Crane", linking.NEEDS_CONTEXT)]


def test_the_longest_span_wins() -> None:
    assert found("the UN Security Council") == [("UN Security Council", "council")]


def test_the_editor_decides() -> None:
    text = "Kerry spoke in London. London fog."
    context = Context(decided={"Kerry": "john-kerry", "23-29": None})
    assert found(text, context) == [("Kerry", "john-kerry"), ("London", "london")]
    assert found(text, Context(decided={"London": None})) == []


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        ({"Clinton": "bill-clinton"}, ["bill-clinton", "hillary-clinton", "bill-clinton"]),
        ({"Clinton": None}, ["bill-clinton", "hillary-clinton"]),
        # A longer surface that is decided on itself holds a shorter one, too.
        ({"Clinton": "bill-clinton", "Hillary Clinton": None}, ["bill-clinton", "bill-clinton"]),
        ({"Hillary Clinton": "bill-clinton", "Clinton": None}, ["bill-clinton", "bill-clinton"]),
        # A range counts wherever it is, and what it covers is no name that holds anything.
        ({"Clinton": "bill-clinton", "21-36": None}, ["bill-clinton", "bill-clinton"]),
        ({"29-36": "bill-clinton"}, ["bill-clinton", "bill-clinton"]),
        ({"29-36": "bill-clinton", "Hillary Clinton": None}, ["bill-clinton", "bill-clinton"]),
    ],
)
def test_what_is_decided_of_a_surface_says_nothing_of_a_longer_name(
    decided: dict[str, str | None], expected: list[str]
) -> None:
    text = "Bill Clinton thanked Hillary Clinton, and Clinton left."
    links = find(text, VOCABULARY, Context(decided=decided))
    assert [one.entity for one in links.mentions] == expected
    assert all(one.end <= other.start for one, other in pairwise(links.mentions))


def test_what_is_decided_of_a_surface_holds_with_particles_and_in_arabic() -> None:
    text = "شكر بيل كلينتون زوجته هيلاري كلينتون ثم عاد لكلينتون خصومه"
    links = find(text, VOCABULARY, Context(decided={"كلينتون": "bill-clinton"}))
    assert [(one.surface, one.entity) for one in links.mentions] == [
        ("بيل كلينتون", "bill-clinton"),
        ("هيلاري كلينتون", "hillary-clinton"),
        ("كلينتون", "bill-clinton"),
    ]


def test_names_of_two_sentences_do_not_join() -> None:
    assert found("He met John. Kerry left.") == []


def test_entity_of_a_record() -> None:
    from site_builder.model import Office, Person

    record = Person(
        name={"ar": "جون كيري", "en": "John Kerry"},
        aliases={"en": ("Kerry",)},
        offices=(Office(title={"en": "Secretary"}),),
        never={"en": ("Kerry blue terrier",)},
    )
    entity = linking.entity_of("person", "john-kerry", record)
    assert entity.names == (("جون كيري",), ("John Kerry", "Kerry"))
    assert entity.titles == ("Secretary",)
    assert entity.never == ("Kerry blue terrier",)


def test_initials_and_patronymics_may_stand_within_a_name() -> None:
    assert found("John F. Kerry and J.F.K.; John Forbesovich Kerry") == [
        ("John F. Kerry", "john-kerry"),
        ("John Forbesovich Kerry", "john-kerry"),
    ]


RIVER = Entity("place", "euphrates", (("نهر الفرات",), ("Euphrates River",)))
PROVINCE = Entity("place", "anbar", (("محافظة الأنبار",), ("Anbar",)))
MOVEMENT = Entity("organization", "fatah", (("حركة فتح",), ("Fatah Movement",)))
CAPITAL = Entity("place", "kabul", (("كابول",), ("Kabul",)))
ALLIANCE = Entity("organization", "nato", (("الناتو",), ("NATO",)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("على ضفاف الفرات and the Euphrates", ["euphrates", "euphrates"]),
        ("معارك الأنبار", ["anbar"]),
        ("قالت فتح إنها", []),
        ("أعلنت حركة فتح ذلك، وقالت فتح إنها", ["fatah", "fatah"]),
        ("أعلنت حركة فتح ذلك بعد فتح الحدود", ["fatah"]),
        # A vowel less, where a place is to be expected.
        ("وصل إلى كابل، والتيار في كابل، وهذا كابل", ["kabul", "kabul"]),
        ("Leaders of Nato met, and NATO said so. A nato.", ["nato", "nato"]),
        ("Nato Women and NATO Parliamentary Assembly", []),
    ],
)
def test_names_without_what_they_are_and_as_others_write_them(text: str, expected: list[str]) -> None:
    vocabulary = Vocabulary([RIVER, PROVINCE, MOVEMENT, CAPITAL, ALLIANCE])
    assert [one.entity for one in find(text, vocabulary).mentions] == expected


def test_a_function_word_is_nobody() -> None:
    ban = Vocabulary([Entity("person", "ban", (("بان كي مون",), ("Ban Ki-moon",)))])
    links = find("قال بان كي مون بأن الأمر، وقال بأن الوقت حان", ban)
    assert [one.surface for one in links.mentions] == ["بان كي مون"]
    assert links.unresolved == ()


def test_a_surname_that_is_a_word_needs_less_where_its_bearer_is_named() -> None:
    assert [surface for surface, _ in found("التقى بشار الأسد الوفد، وقالت مصادر مع الأسد ذلك")] == [
        "بشار الأسد",
        "الأسد",
    ]
    assert found("رأينا الحيوان الأسد في القصة") == []


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("جيم كيري وجونكر", KERRY),
        ("ستيفان دي مستورا", MISTURA),
        ("Stefan di Mistura", MISTURA),
        ("John Forbes Kerry", KERRY),
        ("كيري", KERRY),
        ("بنيو يورك", NEW_YORK),
        ("Turkey Creek", TURKEY),
    ],
)
def test_what_may_be_a_name_has_a_key_of_it(text: str, record: Entity) -> None:
    assert linking.text_keys(text) & linking.entity_keys(record).firm


@pytest.mark.parametrize("text", ["", "the secretary of state said so", "وزير الخارجية الأميركي في القاهرة", "kerry"])
def test_titles_and_ordinary_words_are_no_keys(text: str) -> None:
    keys = linking.text_keys(text)
    assert not any(keys & linking.entity_keys(record).firm for record in VOCABULARY.entities)


@pytest.mark.parametrize(
    "text",
    [
        "the carrier John Kerry left port",
        "Hillary Clinton & Clinton",
        "London, Ontario",
        "London beat Paris 3-1",
        "the London-Platz",
        "اتفاقية لندن",
        "حاملة الطائرات جون كيري",
        "خسر لندن أمام ريال مدريد",
        "University College in London",
        "St. John Kerry",
    ],
)
def test_things_that_bear_a_name(text: str) -> None:
    assert [entity for _, entity in found(text) if entity != "hillary-clinton"] == []


def test_middle_names_and_compounds() -> None:
    assert found("John Forbes Kerry and Staffan di Mistura") == [
        ("John Forbes Kerry", "john-kerry"),
        ("Staffan di Mistura", "staffan-de-mistura"),
    ]
    deng = Vocabulary([Entity("person", "deng", (("Deng Xiaoping",),))])
    assert [one.surface for one in find("Deng Xiao-ping spoke", deng).mentions] == ["Deng Xiao-ping"]


def test_a_country_that_is_spelled_like_an_adjective() -> None:
    syria = Vocabulary([Entity("place", "syria", (("سوريا",),))])
    assert [one.surface for one in find("سافر إلى سورية", syria).mentions] == ["سورية"]
    assert find("امرأة سورية تكتب", syria).mentions == ()
    listed = Vocabulary([Entity("place", "latakia", (("اللاذقية",),)), Entity("place", "syria", (("سوريا", "سورية"),))])
    assert [one.surface for one in find("اللاذقية تغرق وإن سورية تنجو", listed).mentions] == ["اللاذقية", "سورية"]


def test_a_name_over_two_sentences_or_a_comma_is_none() -> None:
    assert found("He saw John; Kerry left.") == found("Ask John, Kerry or me.") == []
    assert found("حضر جون، كيري غائب") == []


PEOPLE = Vocabulary(
    [
        Entity("person", "zhou", (("تشو إن لاي",), ("Zhou Enlai",))),
        Entity("person", "hu", (("هو ياوبانغ",), ("Hu Yaobang",))),
        Entity("person", "mubarak", (("حسني مبارك",), ("Hosni Mubarak",))),
        Entity("person", "hague", (("وليام هيغ",), ("William Hague",))),
        Entity("person", "medvedev", (("دميتري ميدفيديف",), ("Dmitry Medvedev",))),
        Entity("person", "sharaa", (("فاروق الشرع",), ("Farouk al-Sharaa",))),
        Entity("person", "palmer", (("جون بالمر",), ("John Palmer",))),
        Entity("person", "sabra", (("جورج صبرة",), ("George Sabra",))),
        Entity("place", "the-hague", (("لاهاي",), ("The Hague",))),
        Entity("place", "amman", (("عمان",), ("Amman",))),
        Entity("place", "palmyra", (("تدمر",), ("Palmyra",))),
        Entity("place", "kuwait", (("الكويت",), ("Kuwait",))),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Chinese names in the spelling of older texts, and syllable by syllable.
        ("Premier Chou En-lai spoke, and Chou left.", ["Chou En-lai", "Chou"]),
        ("Hu Yao-pang and هو ياو بانغ", ["Hu Yao-pang", "هو ياو بانغ"]),
        # Other languages than English.
        ("Dmitrij Medwedjew", ["Dmitrij Medwedjew"]),
        ("Farouk ash-Sharaa", ["Farouk ash-Sharaa"]),
        # The son, and the father with his first name.
        ("علاء حسني مبارك", []),
        ("Alaa said that Mohammed Hosni Mubarak slept.", ["Mohammed Hosni Mubarak"]),
        # The English article of a name belongs to it, and tells it from a surname.
        ("In The Hague", ["The Hague"]),
        ("William Hague was in the Hague, Hague said.", ["William Hague", "the Hague", "Hague"]),
        # Places that others share a name with, and what is taken of them.
        ("سلطنة عمان والعاصمة عمان", ["عمان"]),
        ("دخلت القوات تدمر", ["تدمر"]),
        ("تدمر القنابل البيوت", []),
        ("Kuwait airport, not the Kuwait Airport", ["Kuwait"]),
        # Titles of works, and abbreviated titles of people.
        ("The film \u201cPalmyra\u201d is about Palmyra.", ["Palmyra"]),
        ("Mr. Palmer met John Palmer.", ["Palmer", "John Palmer"]),
        # A title reaches no further than its words.
        ("الرئيس نفد صبره", []),
        ("قال الرئيس صبرة", ["صبرة"]),
    ],
)
def test_habits_of_other_times_and_languages(text: str, expected: list[str]) -> None:
    assert [one.surface for one in find(text, PEOPLE).mentions] == expected


def surfaces(text: str, *entities: Entity) -> list[str]:
    return [one.surface for one in find(text, Vocabulary(entities)).mentions]


def test_a_surname_that_is_a_word_is_the_name_in_a_text_that_means_it() -> None:
    saleh = Entity("person", "saleh", (("علي عبد الله صالح",), ("Ali Abdullah Saleh",)))
    once = "وصل علي عبد الله صالح. رفضوا منح صالح حصانة"
    assert surfaces(once, saleh) == ["علي عبد الله صالح"]
    often = f"{once}. وقال صالح إنه باق. ويسلم صالح صلاحياته. هذا في صالح الجميع"
    assert surfaces(often, saleh) == ["علي عبد الله صالح", "صالح", "صالح", "صالح"]


def test_kings_have_no_surnames() -> None:
    saddam = Entity("person", "saddam", (("صدام حسين",), ("Saddam Hussein",)))
    king = Entity("person", "king", (("الملك حسين",), ("King Hussein", "Hussein bin Talal")))
    assert surfaces("King Hussein flew in. Saddam Hussein stayed.", saddam) == ["Saddam Hussein"]
    assert surfaces("King Hussein flew in. Saddam Hussein stayed.", saddam, king) == ["King Hussein", "Saddam Hussein"]
    assert surfaces("زار الملك حسين بغداد واستقبله صدام حسين", saddam) == ["صدام حسين"]


def test_a_given_name_that_looks_like_the_article() -> None:
    gore = Entity("person", "gore", (("آل غور",), ("Al Gore",)))
    assert surfaces("Gore and blood. غور الأردن", gore) == []
    assert surfaces("Al Gore conceded, and Gore went home.", gore) == ["Al Gore", "Gore"]


def test_ships_and_airports_called_after_somebody() -> None:
    de_gaulle = Entity("person", "de-gaulle", (("شارل ديغول",), ("Charles de Gaulle",)))
    assert surfaces("The Charles de Gaulle left Toulon.", de_gaulle) == []
    assert surfaces("They landed at Charles de Gaulle at noon.", de_gaulle) == []
    assert surfaces("They shouted at Charles de Gaulle.", de_gaulle) == ["Charles de Gaulle"]
    assert surfaces("أبحرت شارل ديغول من طولون، وخطب شارل ديغول", de_gaulle) == ["شارل ديغول"]


def test_a_second_surname_belongs_to_the_name() -> None:
    castro = Entity("person", "castro", (("فيدل كاسترو",), ("Fidel Castro",)))
    assert surfaces("Fidel Castro Ruz spoke; Castro waved.", castro) == ["Fidel Castro Ruz", "Castro"]


def test_of_two_the_one_who_was_named_before() -> None:
    mubarak = (
        Entity("person", "hosni", (("حسني مبارك",), ("Hosni Mubarak",))),
        Entity("person", "gamal", (("جمال مبارك",), ("Gamal Mubarak",))),
    )
    found = find("Hosni Mubarak fell. Mubarak and his son Gamal Mubarak left.", Vocabulary(mubarak))
    assert [one.entity for one in found.mentions] == ["hosni", "hosni", "gamal"]


def _concerns(before: Entity, after: Entity, text: str) -> bool:
    """Whether a text may have other names with another version of a record."""
    keys, change = linking.text_keys(text), linking.change(before, after)
    if not keys.isdisjoint(change.searched.firm):
        return True
    return not keys.isdisjoint(change.compared.firm) and linking.may_tell_apart(change, text)


LAVROV = Entity("person", "lavrov", (("سيرغي لافروف",), ("Sergei Lavrov",)))


def test_another_name_concerns_texts_that_have_its_words() -> None:
    after = LAVROV._replace(names=(("سيرغي لافروف",), ("Sergei Kalantarov", "Sergei Lavrov")))
    assert not _concerns(LAVROV, after, "Sergei Lavrov spoke in Geneva. لافروف تحدث في جنيف")
    assert _concerns(LAVROV, after, "Lavrov and Kalantarov spoke in Geneva.")
    # Beside his name the word would speak against him, were it not his.
    assert _concerns(LAVROV, after, "a kalantarov of Sergei Lavrov")


def test_a_name_more_within_a_name_concerns_texts_that_have_it() -> None:
    names = (("سيرغي فيكتوروفيتش لافروف", "سيرغي لافروف"), ("Sergei Viktorovich Lavrov", "Sergei Lavrov"))
    after = LAVROV._replace(names=names)
    change = linking.change(LAVROV, after)
    text = "Sergei Lavrov spoke in Geneva. سيرغي لافروف في جنيف"
    assert not linking.text_keys(text).isdisjoint(change.compared.firm)
    assert not _concerns(LAVROV, after, text)
    assert _concerns(LAVROV, after, "Viktorovich spoke in Geneva.")


def test_a_name_no_more_concerns_texts_that_have_it() -> None:
    before = Entity("organization", "issg", (("International Syria Support Group", "ISSG"),))
    after = before._replace(names=(("International Syria Support Group",),))
    assert _concerns(before, after, "The ISSG met.")
    assert not _concerns(before, after, "The International Syria Support Group met.")


@pytest.mark.parametrize(
    "other",
    [
        {"about": ("minister",)},
        {"titles": ("minister",)},
        {"needs_context": True},
        {"names": (("سيرغي لافروف", "أحمد لافروف"), ("Sergei Lavrov",))},
        {"names": (("سيرغي لافروف",), ("King Sergei Lavrov", "Sergei Lavrov"))},
    ],
)
def test_what_else_is_said_of_a_record_concerns_all_that_may_name_it(other: dict[str, object]) -> None:
    assert _concerns(LAVROV, LAVROV._replace(**other), "Sergei Lavrov spoke in Geneva.")  # type: ignore[arg-type]
