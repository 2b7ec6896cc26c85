"""A decision is public for the period of its class, and while it runs."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from credit.actions.decisions import published_until
from credit.models import Restriction
from marketplace.kernel.calendar import day_of
from tests.clock import NOON
from tests.factories.bidding import load_reference, rulebook
from tests.factories.credit import RestrictionFactory

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_the_period_is_that_of_the_class() -> None:
    load_reference()
    book = rulebook()

    ends = {one: published_until(book, one, NOON) for one in ("general", "serious")}

    assert day_of(ends["general"] - INSTANT) == day_of(NOON).replace(year=NOON.year + 1)
    assert day_of(ends["serious"] - INSTANT) == day_of(NOON).replace(year=NOON.year + 3)


def test_a_decision_whose_publication_is_over_is_gone_from_everywhere(client: Client) -> None:
    load_reference()
    end = NOON + timedelta(days=400)
    row = RestrictionFactory(published_until=end, case__rulebook=rulebook())
    path, number = f"/credit/decisions/{row.slug}/", row.case.decision_number
    places = ("/credit/?state=over", "/credit.csv?state=over")

    def says(at: object) -> tuple[int, list[bool]]:
        with time_machine.travel(at, tick=False):
            texts = [client.get(place) for place in places]
            read = [(b"".join(t) if t.streaming else t.content).decode() for t in texts]
            return client.get(path).status_code, [number in text for text in read]

    assert says(end - INSTANT) == (200, [True, True])
    assert says(end) == (410, [False, False])
    with time_machine.travel(end, tick=False):
        page = client.get(path).content.decode()
    assert "<h1>这份处理决定的公示期已满，不再公开</h1>" in page
    assert row.organization.name not in page


def test_what_runs_is_public_however_short_its_period() -> None:
    row = RestrictionFactory(published_until=NOON + timedelta(days=30))

    for days, shown in ((29, True), (31, True), (364, True), (365, False)):
        at = NOON + timedelta(days=days)
        assert row.is_shown(at) is shown
        assert Restriction.objects.shown(at).exists() is shown
