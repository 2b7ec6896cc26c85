"""What brings the lists of others: the files it names, nothing, or that it cannot say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from credit.list_sources import NAMES, DeliveredList, list_source
from marketplace.exchange import ExchangeAway

KIND = "listed_tax_breach"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EXCHANGE_DIR = tmp_path
    return tmp_path


def name(folder: Path, **told: object) -> None:
    (folder / NAMES).write_text(json.dumps({KIND: told}), encoding="utf-8")


def test_it_brings_the_file_of_each_list_with_its_ground(folder: Path) -> None:
    assert list_source().delivered() == []
    (folder / "tax.csv").write_bytes(b"x")
    name(folder, file="/etc/tax.csv", basis="b", is_whole=True)

    assert list_source().delivered() == [DeliveredList(KIND, "b", "tax.csv", b"x", is_whole=True)]


def test_it_says_that_it_cannot_say(folder: Path) -> None:
    name(folder, file="gone.csv", basis="b")
    with pytest.raises(ExchangeAway):
        list_source().delivered()
    for wrong in ("{", "[]", '{"a": 1}', '{"a": {}}'):
        (folder / NAMES).write_text(wrong, encoding="utf-8")
        with pytest.raises(ExchangeAway):
            list_source().delivered()
