"""Changes of settings, templates and labels, built step by step: see tests/properties/incremental.py."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests import edits
from tests.edits import Step
from tests.properties.incremental import follow, quick, sequences, thorough

__all__ = ["quick"]
pytestmark = pytest.mark.usefixtures("quick")


@thorough
@given(sequences(*edits.TO_SITE, "settings", "template", "template", "label"))
def test_changes_of_the_site(steps: list[Step]) -> None:
    follow(steps)


@thorough
@given(sequences(*edits.TO_TEXTS, *edits.TO_RECORDS, *edits.TO_SITE))
def test_changes_of_all_kinds(steps: list[Step]) -> None:
    follow(steps)
