"""A body is read whole before anything is done about it: its limit, its deadline, its moment."""

import asyncio
import time
from collections.abc import Iterable
from http import HTTPStatus

import pytest

from marketplace.project.bodies import Body, Disconnected, Limits, Message, read_whole

LIMITS = Limits(most=10, seconds=0.05, rate=200)
PATIENT = Limits(most=10, seconds=60, rate=200)
"""No test waits that long, on however busy a machine."""
SILENCE = None
GONE = {"type": "http.disconnect"}


def piece(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def read(
    pieces: Iterable[Message | None], *, announced: int = 0, limits: Limits = LIMITS
) -> tuple[Body, bytes, int]:
    """Read a body that comes in `pieces`; return it, its bytes and how many were asked for."""
    waiting = iter(pieces)
    asked = 0

    async def receive() -> Message:
        nonlocal asked
        asked += 1
        if (message := next(waiting)) is SILENCE:
            await asyncio.Event().wait()
        return message

    body = asyncio.run(read_whole(receive, limits, announced=announced))
    with body.file as file:
        return body, file.read(), asked


def test_a_body_comes_in_pieces_and_is_read_to_its_end() -> None:
    body, content, _asked = read([piece(b"abc", more=True), piece(b"", more=True), piece(b"defg")])

    assert (content, body.size, body.refused) == (b"abcdefg", 7, None)


def test_a_body_of_just_the_limit_is_taken() -> None:
    body, _content, _asked = read([piece(b"1234567890")], announced=10)

    assert (body.size, body.refused) == (10, None)


@pytest.mark.parametrize(
    ("announced", "pieces"),
    [
        (0, [piece(b"12345678901")]),
        (0, [piece(b"1234567890", more=True), piece(b"1")]),
        (11, [piece(b"12345678901")]),
    ],
)
def test_a_body_above_the_limit_is_refused_and_nothing_of_it_is_kept(
    announced: int, pieces: list[Message]
) -> None:
    body, content, asked = read(pieces, announced=announced)

    assert body.refused is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert (content, body.size) == (b"", 0)
    assert asked == len(pieces)  # a browser reads no answer before it has sent everything


def test_what_goes_on_beyond_twice_the_limit_is_not_read_any_further() -> None:
    endless = (piece(b"12345", more=True) for _ in range(1000))

    body, _content, asked = read(endless)

    assert body.refused is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert asked == 5


@pytest.mark.parametrize("sent", [[], [piece(b"", more=True)], [piece(b"abc", more=True)]])
def test_a_body_that_stops_coming_is_given_up(sent: list[Message]) -> None:
    body, content, asked = read([*sent, SILENCE])

    assert body.refused is HTTPStatus.REQUEST_TIMEOUT
    assert (content, body.size) == (b"", 0)
    assert asked == len(sent) + 1


def test_what_is_too_large_and_stops_coming_is_told_that_it_is_too_large() -> None:
    body, _content, _asked = read([piece(b"abc", more=True), SILENCE], announced=11)

    assert body.refused is HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_each_byte_that_came_earns_time_up_to_the_limit() -> None:
    limits = Limits(most=10, seconds=20, rate=2)

    assert [limits.seconds_for(size) for size in (0, 4, 10, 11, 10**9)] == [20, 22, 25, 25, 25]


def test_who_goes_away_in_the_middle_gets_no_answer() -> None:
    with pytest.raises(Disconnected):
        read([piece(b"abc", more=True), GONE])


def test_the_moment_of_a_body_is_that_of_its_last_byte() -> None:
    moments: list[float] = []

    async def receive() -> Message:
        moments.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.02 if len(moments) == 2 else 0)
        return piece(b"a", more=len(moments) == 1)

    began = time.monotonic()
    body = asyncio.run(read_whole(receive, PATIENT, announced=2))
    body.file.close()

    assert (len(moments), body.refused) == (2, None)
    assert 0.02 <= body.took <= time.monotonic() - began
