"""The fixture archive as a built site, and a window on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder import pipeline
from tests.search import fixture
from tests.search.window import Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "window" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder of the fixture archive."""
    return fixture.write(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="session")
def found_site(archive: Path) -> Path:
    """The fixture archive as a site."""
    output = archive.parent / "site"
    report = pipeline.build(pipeline.Options(content=archive, output=output))
    assert report.done, report.problems
    return output


@pytest.fixture(scope="session")
def window(found_site: Path) -> Iterator[Window]:
    """A window on that site, in English."""
    with Window(found_site) as opened:
        yield opened
