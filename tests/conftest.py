"""Sites that tests of the whole program share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.site.built import Site


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is made once in a run, however many processes there are."""
    from tests.site.built import shared_folder

    return shared_folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def site(shared: Path) -> Callable[[str], Site]:
    """A built site by its name: `archive`, or a folder of tests/sites."""
    from tests.site import built

    return lambda name: built.site(name, shared)


@pytest.fixture(scope="session")
def sites(site: Callable[[str], Site]) -> list[Site]:
    """Every site."""
    from tests.site.built import NAMES

    return [site(name) for name in NAMES]
