"""A kept build is taken as long as nothing that goes into it has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cms import builds


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "actions.py"
    path.write_text("one")
    monkeypatch.setattr(builds, "OURS", [path])
    monkeypatch.setattr(builds, "BUILDS", tmp_path / "builds")
    return path


def test_a_build_is_made_once_for_each_name(source: Path) -> None:
    made = ["a", "b"]

    assert builds.kept("noon", lambda: made) == ["a", "b"]
    assert builds.kept("noon", list) == ["a", "b"]
    assert builds.kept("february", lambda: ["c"]) == ["c"]


def test_a_change_of_the_code_builds_anew(source: Path) -> None:
    builds.kept("noon", lambda: ["a"])

    source.write_text("two")

    assert builds.kept("noon", lambda: ["b"]) == ["b"]


def test_a_build_that_fails_keeps_nothing(source: Path) -> None:
    def fail() -> list[str]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        builds.kept("noon", fail)

    assert builds.kept("noon", lambda: ["a"]) == ["a"]
