import sys
from types import ModuleType

import pytest

from marketplace import pages
from marketplace.checks import check_push_tokens, check_ways_up
from marketplace.kernel.effects import EFFECT_HANDLERS
from marketplace.kernel.hooks import answers
from marketplace.questions import EXIT_GUARDS
from marketplace.web.workbench import NAV


def test_what_the_apps_give_fits_what_is_asked() -> None:
    assert check_ways_up() == []
    assert len([*answers()]) > 20


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("marketplace.no_such_module", "No module named 'marketplace.no_such_module'"),
        ("marketplace.pages", "module 'marketplace.pages' has no attribute 'WAYS_UP'"),
    ],
)
def test_a_module_that_gives_nothing_is_found(settings, name: str, fault: str) -> None:
    settings.WAYS_UP = ["marketplace.ways_up", name]

    [error] = check_ways_up()

    assert error.id == "marketplace.E001"
    assert error.msg == f"WAYS_UP: {name}: {fault}"


def test_what_is_no_answer_is_found(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("tests.ways_up")
    module.WAYS_UP = (pages.nav,)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.WAYS_UP = [module.__name__]

    [error] = check_ways_up()

    assert error.msg == f"WAYS_UP: tests.ways_up: {pages.nav!r} is no answer"


@pytest.mark.parametrize(
    ("way", "given"),
    [(EXIT_GUARDS, pages.nav), (NAV, None), (EFFECT_HANDLERS, pages.nav)],
    ids=["other arguments", "no function", "another class"],
)
def test_an_answer_of_the_wrong_shape_is_found(answering, way, given) -> None:
    answering(way.answer(given))

    [error] = check_ways_up()

    assert error.id == "marketplace.E001"
    assert error.msg == f"WAYS_UP: tests.ways_up: {given!r} is no {way.name}"


@pytest.mark.parametrize("known", ["", "a" * 63, "g" * 64, "of-the-approval-system"])
def test_a_token_that_is_no_hash_stops_the_start_and_is_not_told(settings, known: str) -> None:
    settings.PUSH_TOKENS = {"审批系统": known, "另一系统": "A" * 64}

    [error] = check_push_tokens()

    assert error.id == "marketplace.E002"
    assert "'审批系统'" in error.msg
    assert not known or known not in error.msg


def test_a_system_without_a_name_of_its_own_stops_the_start(settings) -> None:
    settings.PUSH_TOKENS = {" ": "a" * 64, "系" * 61: "a" * 64, "系" * 60: "a" * 64}

    assert [error.id for error in check_push_tokens()] == ["marketplace.E002"] * 2
