"""
Two experts at once, and an expert against the deadline of the sheet.

As in `test_locks`, each race has its negative control without locks.
"""

import pytest

from bidding.actions.panels import decline_seat, lapse_seat, submit_sheet
from bidding.models import Choice, PanelSeat
from marketplace.kernel.verdicts import Refused
from tests.connections import race
from tests.factories.experts import (
    COMMENT,
    SCORED_AT,
    SHEET_DUE,
    accepted,
    points_of,
    scored,
    seated_order,
)

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference"),
]


def seats_of(tender):
    return list(PanelSeat.objects.of_round(tender))


def handing_in(seat):
    """Return the act by which the expert of a seat hands a sheet in."""
    points = points_of(seat.tender, (80, 80))
    return lambda: submit_sheet(
        seat=seat, points=points, comment=COMMENT, by=seat.expert.user, at=SCORED_AT
    )


def declining(seat):
    """Return the act by which the expert of a seat declines it."""
    return lambda: decline_seat(seat=seat, reasons="外出。", by=seat.expert.user, at=SCORED_AT)


def refusal(error):
    return [verdict.guard for verdict in error.verdicts] if isinstance(error, Refused) else []


def test_of_two_last_sheets_at_once_the_second_decides_and_nothing_is_chosen_twice(is_locked):
    tender = seated_order()
    *others, one, another = seats_of(tender)
    for seat in others:
        scored(seat)
    accepted(one)
    accepted(another)

    found = race(handing_in(one), handing_in(another))

    assert found.waited is is_locked
    if is_locked:
        assert (found.first.error, found.second.error) == (None, None)
    assert (Choice.objects.count() == 1) is is_locked


def test_two_who_decline_at_once_are_followed_by_two_others(is_locked):
    tender = seated_order()
    one, another, *_rest = seats_of(tender)

    found = race(declining(one), declining(another))

    assert found.waited is is_locked
    if is_locked:
        assert (found.first.error, found.second.error) == (None, None)
        assert [seat.number for seat in seats_of(tender)] == [1, 2, 3, 4, 5, 6, 7]
        assert PanelSeat.objects.filter(status=PanelSeat.Status.INVITED).count() == 5


def test_a_sweep_behind_a_sheet_finds_it_handed_in(is_locked):
    tender = seated_order()
    seat = accepted(seats_of(tender)[0])

    found = race(handing_in(seat), lambda: lapse_seat(seat=seat, at=SHEET_DUE))

    assert found.waited is is_locked
    if is_locked:
        assert refusal(found.second.error) != []
        assert PanelSeat.objects.get(pk=seat.pk).status == PanelSeat.Status.SCORED


def test_a_sheet_behind_the_sweep_is_refused_and_the_next_is_invited(is_locked):
    tender = seated_order()
    seat = accepted(seats_of(tender)[0])

    found = race(lambda: lapse_seat(seat=seat, at=SHEET_DUE), handing_in(seat))

    assert found.waited is is_locked
    if is_locked:
        assert refusal(found.second.error) != []
        assert PanelSeat.objects.get(pk=seat.pk).status == PanelSeat.Status.LAPSED
        assert len(seats_of(tender)) == 6
