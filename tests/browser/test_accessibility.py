"""axe-core finds no fault on any type of page: in both languages, light and dark, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import pages
from tests.site.built import Site
from tests.site.tools import NODE_MODULES, needs

if TYPE_CHECKING:
    from tests.browser.conftest import Browser

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}, ...arguments[0]}})
  .then((found) => done(found.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html.slice(0, 160))])))
  .catch((fault) => done([["axe", String(fault), []]]));
"""


@pytest.fixture
def axe(browser: Browser) -> Callable[[], list[Any]]:
    """A function that gives the faults of the page that is open."""
    needs(AXE)
    browser.cdp("Page.setBypassCSP", enabled=True)
    source = AXE.read_text("utf-8")

    def run(**rules: Any) -> list[Any]:
        if not browser.run("return Boolean(window.axe)"):
            browser.cdp("Runtime.evaluate", expression=source)
        return list(browser.driver.execute_async_script(_RUN, rules))

    return run


def test_no_violations(browser: Browser, axe: Callable[[], list[Any]], site: Callable[[str], Site]) -> None:
    faults: dict[str, list[str]] = {}
    for path in pages.everything(site):
        browser.open(path)
        for width in (1440, 320):
            for scheme in ("light", "dark"):
                browser.look(width, scheme=scheme)
                for id_, help_, nodes in axe():
                    for node in nodes:
                        faults.setdefault(f"{id_} ({help_}): {node}", []).append(f"{path} {width} {scheme}")
    shown = "\n".join(f"{fault}\n    on {len(where)} views, such as {where[0]}" for fault, where in faults.items())
    assert not faults, shown


@pytest.mark.parametrize("code", ["ar", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violations_in_a_note(browser: Browser, axe: Callable[[], list[Any]], code: str, scheme: str) -> None:
    browser.open(f"/repo/{code}/articles/kerry-lavrov-geneva-2016/index.html")
    for width in (1440, 320):
        browser.look(width, scheme=scheme)
        browser.run("document.querySelector('.about button').scrollIntoView({behavior: 'instant'})")
        browser.run("document.querySelector('.note-on').showPopover()")
        assert not axe()


def test_violations_are_found(browser: Browser, axe: Callable[[], list[Any]]) -> None:
    browser.open("/english-only/en/index.html")
    faint = '<img src="x"><span style="color: #aaa; background: #999">faint</span>'
    browser.run("document.querySelector('h1').innerHTML = arguments[0]", faint)
    assert {"image-alt", "color-contrast"} <= {fault[0] for fault in axe()}
