"""The parts of a site, built apart, are the whole site."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.pipeline import Options, Shard
from tests.site.built import SITES


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("count", [1, 3])
def test_the_parts_are_disjoint_and_together_the_whole(count: int, tmp_path: Path) -> None:
    content, cache = SITES / "three-languages" / "content", tmp_path / "cache"
    assert pipeline.build(Options(content=content, output=tmp_path / "whole", cache=cache)).done
    parts = []
    for number in range(1, count + 1):
        output = tmp_path / f"part-{number}"
        assert pipeline.build(Options(content=content, output=output, cache=cache, shard=Shard(number, count))).done
        parts.append(_files(output))
    whole = _files(tmp_path / "whole")
    for one, other in itertools.combinations(parts, 2):
        assert one.keys() & other.keys() <= {".site-manifest"}
    together = {path: data for part in parts for path, data in part.items()}
    assert together == whole
    assert all(len(part) > 1 for part in parts)


def test_a_part_is_built_again_as_little_as_the_whole(tmp_path: Path) -> None:
    options = Options(
        content=SITES / "three-languages" / "content",
        output=tmp_path / "part",
        cache=tmp_path / "cache",
        shard=Shard(2, 3),
    )
    first = pipeline.build(options)
    second = pipeline.build(options)
    assert first.change.written > 0
    assert second.change == (0, first.change.written, 0)
