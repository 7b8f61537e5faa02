"""Changes of texts and records, built step by step: see tests/properties/incremental.py."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests import edits
from tests.edits import Step
from tests.properties.incremental import follow, quick, sequences, thorough

__all__ = ["quick"]
pytestmark = pytest.mark.usefixtures("quick")


@thorough
@given(sequences(*edits.TO_TEXTS))
def test_changes_of_texts(steps: list[Step]) -> None:
    follow(steps)


@thorough
@given(sequences(*edits.TO_RECORDS))
def test_changes_of_records(steps: list[Step]) -> None:
    follow(steps)


@thorough
@given(sequences(*edits.TO_TEXTS, *edits.TO_RECORDS))
def test_changes_of_texts_and_records(steps: list[Step]) -> None:
    follow(steps)
