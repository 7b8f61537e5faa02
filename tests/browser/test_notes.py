"""Notes on names: for a pointer, the keyboard and touch, with a script and without; WCAG 2.2, 1.4.13 and 1.4.10."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Browser

ARTICLE = "/repo/{}/articles/kerry-lavrov-geneva-2016/index.html"
MIXED = "/mixed-directions/{}/articles/bbc-report/index.html"
_OPEN = "[...document.querySelectorAll('.note-on')].filter(e => e.matches(':popover-open')).map(e => e.id)"
#: Of a name on two lines, the part on the first.
_BOX = "(b => [b.left, b.top, b.right, b.bottom])(document.querySelector({}).getClientRects()[0])"
#: Longer than the script waits before it shows or hides a note.
_PATIENCE = 0.6

LINK, OTHER = ".prose a[aria-describedby]", ".prose .about ~ a[aria-describedby]"


def _box(browser: Browser, selector: str) -> tuple[float, float, float, float]:
    left, top, right, bottom = browser.run(f"return {_BOX.format(json.dumps(selector))}")
    return left, top, right, bottom


def _note(browser: Browser, selector: str = LINK) -> str:
    """The note that belongs to a link, as a selector."""
    id_ = browser.run(f"return document.querySelector({json.dumps(selector)}).getAttribute('aria-describedby')")
    return f"[id='{id_}']"


def _shown(browser: Browser) -> list[str]:
    return [f"[id='{id_}']" for id_ in browser.run(f"return {_OPEN}")]


def _until(browser: Browser, wanted: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not wanted() and time.monotonic() < deadline:
        time.sleep(0.02)
    return wanted()


def _move(browser: Browser, x: float, y: float) -> None:
    browser.cdp("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)


def _rest_on(browser: Browser, selector: str) -> None:
    left, top, right, _ = _box(browser, selector)
    _move(browser, (left + right) / 2, top + 4)


def _see(browser: Browser, selector: str) -> None:
    browser.run(
        f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
    )


@pytest.fixture(params=["ar", "en"])
def article(request: pytest.FixtureRequest, browser: Browser) -> Browser:
    browser.open(ARTICLE.format(request.param))
    _move(browser, 1, 1)
    _see(browser, LINK)
    return browser


def test_a_pointer_on_a_name_shows_its_note(article: Browser) -> None:
    """It comes, stays while the pointer is on the name or the note, and goes with the pointer."""
    note = _note(article)
    _rest_on(article, LINK)
    assert _until(article, lambda: _shown(article) == [note])
    name, words = _box(article, LINK), _box(article, note)
    assert words[1] >= name[3] - 1 or words[3] <= name[1] + 1, "it does not cover the name"
    time.sleep(_PATIENCE)
    assert _shown(article) == [note], "it stays"
    _move(article, (words[0] + words[2]) / 2, (words[1] + words[3]) / 2)
    time.sleep(_PATIENCE)
    assert _shown(article) == [note], "the pointer can rest on it"
    _move(article, 1, 1)
    assert _until(article, lambda: not _shown(article))


def test_a_pointer_that_passes_shows_nothing(article: Browser) -> None:
    _rest_on(article, LINK)
    _move(article, 1, 1)
    time.sleep(_PATIENCE)
    assert not _shown(article)


def test_one_note_at_a_time(article: Browser) -> None:
    first, second = _note(article), _note(article, OTHER)
    assert first != second
    _rest_on(article, LINK)
    assert _until(article, lambda: _shown(article) == [first])
    _rest_on(article, OTHER)
    assert _until(article, lambda: _shown(article) == [second])


def test_escape_puts_a_note_away(article: Browser) -> None:
    """Without moving the pointer or the focus, and it does not come back by itself."""
    _rest_on(article, LINK)
    assert _until(article, lambda: bool(_shown(article)))
    article.press("Escape")
    assert _until(article, lambda: not _shown(article))
    time.sleep(_PATIENCE)
    assert not _shown(article)
    _move(article, 1, 1)
    _rest_on(article, LINK)
    assert _until(article, lambda: bool(_shown(article)))


def test_the_keyboard_shows_a_note(article: Browser) -> None:
    note = _note(article)
    for _ in range(60):
        article.press("Tab")
        if article.run(f"return document.activeElement === document.querySelector({json.dumps(LINK)})"):
            break
    assert _until(article, lambda: _shown(article) == [note])
    article.press("Escape")
    assert _until(article, lambda: not _shown(article))
    assert article.run(f"return document.activeElement === document.querySelector({json.dumps(LINK)})")
    article.press("Tab")
    assert note not in _shown(article)


def test_a_click_on_a_name_leads_to_its_page(article: Browser) -> None:
    target = article.run(f"return document.querySelector({json.dumps(LINK)}).href")
    left, top, right, _ = _box(article, LINK)
    for kind in ("mousePressed", "mouseReleased"):
        article.cdp("Input.dispatchMouseEvent", type=kind, x=(left + right) / 2, y=top + 4, button="left", clickCount=1)
    assert _until(article, lambda: article.driver.current_url == target)


# --- Touch -----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["ar", "en"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Any:
    browser.look(320, 640)
    browser.cdp("Emulation.setTouchEmulationEnabled", enabled=True)
    browser.open(ARTICLE.format(request.param))
    yield browser
    browser.cdp("Emulation.setTouchEmulationEnabled", enabled=False)


def _tap(browser: Browser, selector: str) -> None:
    left, top, right, bottom = _box(browser, selector)
    point = {"x": (left + right) / 2, "y": (top + bottom) / 2}
    browser.cdp("Input.dispatchTouchEvent", type="touchStart", touchPoints=[point])
    browser.cdp("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


def test_a_tap_on_the_sign_shows_the_note_within_a_narrow_page(phone: Browser) -> None:
    """Nothing leaves the page at 320 pixels, whichever name it is, and the name stays in view."""
    names = phone.run("return document.querySelectorAll('.prose .about').length")
    assert names > 8
    for number in range(names):
        phone.run(
            "const e = document.querySelectorAll('.prose .about')[arguments[0]]; e.dataset.now = '';"
            "e.previousSibling.dataset.now = ''; e.scrollIntoView({block: 'center', behavior: 'instant'})",
            number,
        )
        link, sign = "a[data-now]", "[data-now] button"
        note = _note(phone, link)
        box = _box(phone, sign)
        assert box[2] - box[0] >= 24 and box[3] - box[1] >= 24
        _tap(phone, sign)
        assert _until(phone, lambda note=note: _shown(phone) == [note])  # type: ignore[misc]
        left, top, right, bottom = _box(phone, note)
        assert left >= 0 and right <= 320 and top >= 0 and bottom <= 640, note
        sign_box = _box(phone, sign)
        assert top >= (sign_box[1] + sign_box[3]) / 2 or bottom <= (sign_box[1] + sign_box[3]) / 2, "the name is seen"
        assert phone.run("return document.documentElement.scrollWidth") <= 320
        _tap(phone, sign)
        assert _until(phone, lambda: not _shown(phone))
        phone.run("document.querySelectorAll('[data-now]').forEach(e => delete e.dataset.now)")


def test_a_tap_elsewhere_puts_the_note_away(phone: Browser) -> None:
    _see(phone, ".prose .about button")
    _tap(phone, ".prose .about button")
    assert _until(phone, lambda: bool(_shown(phone)))
    phone.cdp("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": 2, "y": 2}])
    phone.cdp("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    assert _until(phone, lambda: not _shown(phone))


def test_a_tap_on_the_name_leads_to_its_page(phone: Browser) -> None:
    _see(phone, LINK)
    target = phone.run(f"return document.querySelector({json.dumps(LINK)}).href")
    _tap(phone, LINK)
    assert _until(phone, lambda: phone.driver.current_url == target)


def test_the_sign_is_beside_the_end_of_the_name(browser: Browser) -> None:
    """On the line of its last word, in either direction, and where a name of one stands within the other."""
    for path in (ARTICLE.format("ar"), ARTICLE.format("en"), MIXED.format("ar"), MIXED.format("en")):
        browser.look(320)
        browser.open(path)
        places = browser.run(
            """
            return [...document.querySelectorAll('.about')].map(e => {
              const link = e.previousSibling, boxes = link.getClientRects(), last = boxes[boxes.length - 1];
              const sign = e.querySelector('button').getBoundingClientRect();
              const across = (sign.left + sign.right) / 2, down = (sign.top + sign.bottom) / 2;
              const beside = Math.min(Math.abs(across - last.left), Math.abs(across - last.right));
              return [link.textContent, beside, down > last.top - 2 && down < last.bottom + 2];
            })
            """
        )
        assert places
        assert not [name for name, distance, level in places if distance > 14 or not level], path


# --- Without scripts -------------------------------------------------------------------------------------------------


def test_notes_need_no_script(browser: Browser) -> None:
    """The signs are there, and show and hide the notes."""
    browser.cdp("Emulation.setScriptExecutionDisabled", value=True)
    browser.driver.get(browser.server + ARTICLE.format("ar"))

    def see(expression: str) -> Any:
        return browser.cdp("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def press() -> None:
        for kind in ("mousePressed", "mouseReleased"):
            browser.cdp("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    see("document.querySelector('.prose .about button').scrollIntoView({block: 'center', behavior: 'instant'})")
    assert see("document.querySelector('.prose .about button').checkVisibility()") is True
    centre = "(b => [b.x + b.width / 2, b.y + b.height / 2])(document.querySelector('.about button').{}())"
    x, y = see(centre.format("getBoundingClientRect"))
    press()
    assert _until(browser, lambda: len(see(_OPEN)) == 1)
    browser.press("Escape")
    assert _until(browser, lambda: see(_OPEN) == [])


# --- Mentions --------------------------------------------------------------------------------------------------------


def test_a_mention_leads_to_its_paragraph(browser: Browser) -> None:
    for code, other in (("ar", "en"), ("en", "ar")):
        browser.open(f"/repo/{code}/people/john-kerry/index.html")
        words = browser.run(
            "const e = document.querySelector(`.quotations a[hreflang='${arguments[0]}']`);"
            "e.closest('details').open = true; const text = e.textContent; e.click(); return text",
            other,
        )
        assert _until(browser, lambda other=other: f"/repo/{other}/articles/" in browser.driver.current_url)  # type: ignore[misc]
        paragraph = browser.run("return document.querySelector(':target').textContent")
        assert words.strip("… ") in " ".join(paragraph.split())
