"""The fixture archive as a built site, and a window on it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder import pipeline
from tests.search import fixture
from tests.search.window import Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents and {"window", "windows"} & set(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder of the fixture archive."""
    return fixture.write(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="session")
def found_site(archive: Path) -> Path:
    """The fixture archive as a site."""
    return _built(archive)


@pytest.fixture(scope="session")
def window(found_site: Path) -> Iterator[Window]:
    """A window on that site, in English."""
    with Window(found_site) as opened:
        yield opened


@pytest.fixture(scope="session")
def windows(window: Window, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Window]]:
    """For each set of queries, a window on the site that it is asked of."""
    names = fixture.SETS.values()
    with contextlib.ExitStack() as stack:
        opened = {fixture.SETS[1]: window}
        for name in dict.fromkeys(names):
            if name not in opened:
                site = _built(fixture.write(tmp_path_factory.mktemp("search"), name))
                opened[name] = stack.enter_context(Window(site))
        yield {part: opened[name] for part, name in fixture.SETS.items()}


def _built(archive: Path) -> Path:
    output = archive.parent / "site"
    report = pipeline.build(pipeline.Options(content=archive, output=output))
    assert report.done, report.problems
    return output
