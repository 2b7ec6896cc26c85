from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from marketplace.web.maintenance import Maintenance, announced
from tests.clock import NOON


@pytest.fixture(autouse=True)
def _file(settings: Any, tmp_path: Path) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance.json"


def said(*arguments: str) -> str:
    output = StringIO()
    call_command("maintenance", *arguments, stdout=output)
    return output.getvalue().strip()


def test_it_closes_says_so_and_opens_again() -> None:
    assert said() == "open"
    assert said("on", "--until", "2026-11-24T14:00", "--reason", "升级") == "closed"
    assert said() == "closed"
    assert announced() == Maintenance(NOON + timedelta(hours=2), "升级")

    assert said("off") == "open"
    assert announced() is None


def test_what_is_no_moment_closes_nothing() -> None:
    with pytest.raises(CommandError, match="No moment: tonight"):
        said("on", "--until", "tonight")

    assert announced() is None
