"""A hearing between the statement and the decision."""

from datetime import timedelta

import pytest

from credit.actions import (
    announce_hearing,
    decide_case,
    hear_statement,
    hold_hearing,
)
from credit.models import Case, Measure
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.credit.remedies import regulator, running
from tests.factories.credit import notice
from tests.factories.marketplace import (
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)
S = Case.Status


def heard(case, by=None):
    by = by or UserFactory()
    return hear_statement(
        case=case, statement="没有串通。", asks_hearing=True, by=by, at=NOON + DAY
    )


def test_a_hearing_comes_between_the_statement_and_the_decision(agency, authority):
    case = heard(notice(organization=agency, authority=authority))
    assert (case.status, list(running(case))) == (S.HEARING, ["case.hearing"])
    leader, at = regulator(authority), NOON + 2 * DAY
    with refused("hearing_is_over"):
        decide_case(case=case, reasons="x", by=leader, at=NOON + 90 * DAY)
    with refused("hearing_is_announced"):
        hold_hearing(case=case, minutes="x", by=leader, at=at)
    when = {"place": "三楼会议室", "by": leader, "at": at}
    with refused("hearing_is_announced_in_time"):
        announce_hearing(case=case, takes_place_at=at + 7 * DAY - timedelta(seconds=1), **when)

    announce_hearing(case=case, takes_place_at=at + 7 * DAY, **when)

    assert "三楼会议室" in Message.objects.latest("pk").body
    with refused("hearing_has_begun"):
        hold_hearing(case=case, minutes="x", by=leader, at=at + 6 * DAY)
    with refused("leader_did_not_investigate"):
        hold_hearing(case=case, minutes="x", by=case.opened_by, at=at + 8 * DAY)
    hold_hearing(case=case, minutes="双方陈述。", by=leader, at=at + 8 * DAY)
    case.refresh_from_db()
    assert (case.status, case.stated_at, case.statement) == (S.STATED, at + 8 * DAY, "没有串通。")
    assert list(running(case)) == ["case.decision"]


def test_only_what_restricts_practice_gives_a_hearing():
    case, speaker = (
        notice(restriction_kind=Measure.WARNING, severity="minor", months=0),
        UserFactory(),
    )

    with refused("hearing_may_be_asked"):
        heard(case, by=speaker)

    assert Case.objects.get().status == S.NOTIFIED
