"""What was done before is an order of the platform, or has a file that an officer compared."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from marketplace.models import PastPerformance
from tests.clock import NOON
from tests.factories.marketplace import UserFactory
from tests.factories.parties import PerformanceFactory

S = PastPerformance.Status
OFFICER = UserFactory.build()
ARGS = {
    "confirm": {"at": NOON, "by": OFFICER},
    "refuse": {"at": NOON, "by": OFFICER, "reasons": "合同与所填不符"},
}
VERBS = {one.name for one in PastPerformance().get_all_status_transitions()}
ALLOWED = {
    (S.ENTERED, "confirm"): S.CHECKED,
    (S.ENTERED, "refuse"): S.REFUSED,
}


@pytest.mark.parametrize(("status", "verb"), [*product(S, sorted(VERBS))])
def test_past_work_moves_only_as_the_table_says(status, verb):
    row = PastPerformance(status=status)
    move = getattr(row, verb)

    if target := ALLOWED.get((status, verb)):
        move(**ARGS[verb])
        assert row.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            move(**ARGS[verb])
        assert row.status == status


def test_the_table_names_every_verb():
    assert VERBS == set(ARGS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lacking", [{"tender_code": ""}, {"status": S.REFUSED}], ids=["evidence", "reasons"]
)
def test_no_row_exists_without_what_shows_it(lacking):
    with pytest.raises(IntegrityError), transaction.atomic():
        PerformanceFactory(**lacking)


@pytest.mark.django_db
def test_an_order_is_entered_once_for_an_agency():
    first = PerformanceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PerformanceFactory(agency=first.agency, tender_code=first.tender_code)
