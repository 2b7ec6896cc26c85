from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from marketplace.web.maintenance import Maintenance, announce, announced, end
from tests.clock import NOON

SOON = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def file(settings: Any, tmp_path: Path) -> Path:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance.json"
    return tmp_path / "maintenance.json"


def test_the_platform_is_open_until_it_is_closed_and_after_it_is_opened_again() -> None:
    assert announced() is None

    announce(Maintenance(SOON, "升级"))
    assert announced() == Maintenance(SOON, "升级")

    announce(Maintenance())
    assert announced() == Maintenance()

    end()
    end()
    assert announced() is None


def test_the_setting_closes_where_no_folder_is_shared(settings: Any) -> None:
    settings.MAINTENANCE = True
    assert announced() == Maintenance()

    announce(Maintenance(reason="升级"))
    assert announced() == Maintenance(reason="升级")


@pytest.mark.parametrize("text", ["", "x", "[]", "null", '{"until": "tomorrow"}', '{"until": 1}'])
def test_a_file_made_by_hand_closes_all_the_same(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")

    assert announced() == Maintenance()
