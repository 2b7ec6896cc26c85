"""A unit can follow its score from the base to the last point, and see how it went."""

from datetime import timedelta

import pytest
from django.test import Client

from credit.pages.score import charts_of, score_of
from credit.scoring import Step
from tests.clock import NOON
from tests.factories.credit import EntryFactory
from tests.factories.marketplace import AuthorityFactory, MembershipFactory
from tests.markup import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


def test_the_lines_lead_from_the_base_to_the_score_and_the_steps_there(agency):
    ended = EntryFactory(
        organization=agency, occurred_at=NOON - 40 * DAY, counts_until=NOON - 10 * DAY, points=-20
    )
    late = EntryFactory(organization=agency, occurred_at=NOON - 5 * DAY, points=-5)

    found = score_of(agency, NOON)

    assert [(line.entry, line.points, line.why) for line in found.lines] == [
        (late, -5, "计分"),
        (ended, 0, "计分期满，不再计分"),
    ]
    assert (found.account.base, found.account.score) == (100, 95)
    assert [(step.at, step.score, step.grade) for step in found.steps] == [
        (NOON - 41 * DAY, 100, "A"),
        (NOON - 40 * DAY, 80, "C"),
        (NOON - 10 * DAY, 100, "A"),
        (NOON - 5 * DAY, 95, "B"),
    ]


def test_a_chart_goes_by_steps_and_never_slopes():
    found = [Step(NOON - 10 * DAY, 100, "A"), Step(NOON - 5 * DAY, 80, "C")]

    wide, narrow = charts_of(found, NOON)

    assert wide.path == "M40.0 14.0H444.0V194.0H848.0"
    assert narrow.path == "M40.0 14.0H193.0V174.0H346.0"
    assert [mark.text for mark in wide.scores] == ["80", "100"]


def test_a_score_that_never_moved_is_a_line(agency):
    found = score_of(agency, NOON)

    assert [(step.score, step.grade) for step in found.steps] == [(100, "A")]
    wide, _narrow = charts_of(found.steps, NOON)
    assert wide.path.startswith("M40.0")
    days = [mark.text for mark in wide.days]
    assert len(days) == len(set(days))


def test_the_page_says_it_to_the_unit_alone(client: Client, agency):
    EntryFactory(organization=agency, occurred_at=NOON - 5 * DAY, points=-5)
    client.force_login(MembershipFactory(organization=agency).user)

    page = client.get("/credit/record/score/")
    said = text_of(page)

    assert "服务逾期超过容忍期" in said
    assert "−5" in said
    assert 'aria-label="信用分的变化，下表列出每一步"' in page.content.decode()
    client.force_login(MembershipFactory(organization=AuthorityFactory()).user)
    assert client.get("/credit/record/score/").status_code == 403
