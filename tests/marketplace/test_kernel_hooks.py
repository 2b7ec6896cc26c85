"""What a lower app asks of the apps above it, and whom it asks."""

from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

import pytest

from marketplace.kernel.hooks import Answer, Way, answers

ROOT = Path(__file__).resolve().parents[2]


class Greeting(Protocol):
    """Greet somebody."""

    def __call__(self, name: str, /, *, loudly: bool) -> str: ...


@dataclass(frozen=True)
class Word:
    """A word."""

    text: str


BEGUN, GO_ON = Event(), Event()
"""Between a thread that imports a module and the test that watches it."""
GREETINGS = Way[Greeting]()
WORDS = Way[Word]()


def hello(name: str, *, loudly: bool, twice: bool = False) -> str:
    return f"hello {name}"


def good_day(name: str, **_how: bool) -> str:
    return f"good day {name}"


def test_all_who_answer_are_asked_in_their_order_and_nobody_else(answering) -> None:
    answering(GREETINGS.answer(good_day), WORDS.answer(Word("a")), GREETINGS.answer(hello))

    assert [greet("you", loudly=False) for greet in GREETINGS] == ["good day you", "hello you"]
    assert [*WORDS] == [Word("a")]


def test_who_answers_otherwise_is_asked_from_then_on(answering) -> None:
    assert [*WORDS] == []

    answering(WORDS.answer(Word("a")))
    assert [*WORDS] == [Word("a")]

    answering(WORDS.answer(Word("b")), WORDS.answer(Word("c")))
    assert [*WORDS] == [Word("b"), Word("c")]


def test_without_an_answer_nobody_is_asked() -> None:
    assert [*GREETINGS] == []


def test_a_way_is_known_by_what_it_asks_for() -> None:
    assert GREETINGS.shape is Greeting
    assert GREETINGS.name == "tests.marketplace.test_kernel_hooks.Greeting"


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        (hello, True),
        (good_day, True),
        (str.format, False),
        (len, False),
        (lambda: "", False),
        ("hello", False),
    ],
)
def test_a_function_fits_when_it_can_be_called_as_the_protocol_says(given, fits) -> None:
    assert GREETINGS.fits(given) is fits


@pytest.mark.parametrize(("given", "fits"), [(Word("a"), True), ("a", False), (Word, False)])
def test_anything_else_fits_when_it_is_of_the_class(given, fits) -> None:
    assert WORDS.fits(given) is fits


def test_every_module_of_answers_is_named_in_the_settings(settings) -> None:
    found = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in ROOT.glob("*/ways_up.py")
    ]

    assert sorted(settings.WAYS_UP) == sorted(found)


def test_a_module_that_another_thread_is_importing_is_waited_for(
    settings, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_ways_up.py").write_text(
        "from tests.marketplace import test_kernel_hooks as test\n"
        "test.BEGUN.set()\n"
        "test.GO_ON.wait(5)\n"
        "WAYS_UP = ()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    settings.WAYS_UP = ["slow_ways_up"]
    found: list[list[Answer]] = []
    first, second = (Thread(target=lambda: found.append([*answers()])) for _ in range(2))

    first.start()
    assert BEGUN.wait(5)
    second.start()
    GO_ON.set()
    first.join()
    second.join()

    assert found == [[], []]
