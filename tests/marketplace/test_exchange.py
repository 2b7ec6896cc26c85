"""What every answer to a port does: knows, does not know, or says that it cannot say."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from marketplace.exchange import (
    ExchangeAway,
    Registered,
    business_registry,
    certificate_store,
    insured_months,
    known_of,
    social_security,
)

USCC, OTHER = "91360702MA00000015", "91360702MA00000023"
LICENCE = {"name": "江西测试咨询有限公司", "founded_on": "2015-03-02", "registered_capital": "500"}
PAPER = {"certificate_number": "Z1", "valid_from": "2025-01-01", "valid_until": None}
CONTENT: dict[str, dict[str, Any]] = {
    "registry.json": {USCC: {"facts": LICENCE, "reference": "R1"}},
    "certificates.json": {USCC: [{"service_class": "C25", "facts": PAPER}]},
    "social_security.json": {USCC: {"CS1": 3, "CS2": 1}},
}
PORTS = {
    "registry.json": lambda code: business_registry().registered(code),
    "certificates.json": lambda code: certificate_store().certificates(code),
    "social_security.json": lambda code: social_security().insured_months(code, ["CS1", "CS9"]),
}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EXCHANGE_DIR = tmp_path
    for name, content in CONTENT.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [*PORTS])
def test_a_port_knows_whom_it_knows_and_nobody_without_its_file(folder: Path, name: str) -> None:
    ask = PORTS[name]
    assert ask(USCC)
    assert not ask(OTHER)

    (folder / name).unlink()
    assert not ask(USCC)
    for nonsense in ("{", "[]"):
        (folder / name).write_text(nonsense, encoding="utf-8")
        with pytest.raises(ExchangeAway):
            ask(USCC)


def test_days_and_amounts_are_what_the_register_holds(folder: Path) -> None:
    facts = {**LICENCE, "founded_on": date(2015, 3, 2), "registered_capital": Decimal(500)}
    assert business_registry().registered(USCC) == Registered(facts, "R1")
    [paper] = certificate_store().certificates(USCC)
    assert paper.facts == {**PAPER, "valid_from": date(2025, 1, 1)}
    assert social_security().insured_months(USCC, ["CS1", "CS2", "CS9"]) == {"CS1": 3, "CS2": 1}


def test_who_does_not_answer_stops_nobody(folder: Path) -> None:
    (folder / "registry.json").write_text("{", encoding="utf-8")
    (folder / "social_security.json").write_text("{", encoding="utf-8")

    found = known_of(USCC)

    assert (found.licence, len(found.certificates), found.is_away) == (None, 1, True)
    assert bool(found)
    assert insured_months(USCC, ["CS1"]) is None
    (folder / "certificates.json").write_text("{", encoding="utf-8")
    assert not known_of(USCC)
