from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from marketplace.models import ChangeProposal
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, UserFactory

S = ChangeProposal.Status
SOMEBODY = UserFactory.build()
ARGS = {
    "resubmit": {"at": NOON, "by": SOMEBODY},
    "send_back": {"at": NOON, "by": SOMEBODY, "reasons": "材料不清"},
    "take_effect": {"at": NOON, "by": SOMEBODY},
    "withdraw": {},
}
VERBS = {one.name for one in ChangeProposal().get_all_status_transitions()}  # type: ignore[attr-defined]
ALLOWED = {
    (S.SUBMITTED, "send_back"): S.RETURNED,
    (S.SUBMITTED, "take_effect"): S.EFFECTIVE,
    (S.SUBMITTED, "withdraw"): S.WITHDRAWN,
    (S.RETURNED, "resubmit"): S.SUBMITTED,
    (S.RETURNED, "withdraw"): S.WITHDRAWN,
}


def test_a_change_moves_only_as_the_table_says() -> None:
    assert VERBS == set(ARGS)
    for status, verb in product(S, sorted(VERBS)):
        proposal = ChangeProposal(status=status)
        move = getattr(proposal, verb)
        if target := ALLOWED.get((status, verb)):
            move(**ARGS[verb])
            assert proposal.status == target
        else:
            with pytest.raises(TransitionNotAllowed):
                move(**ARGS[verb])
            assert proposal.status == status


@pytest.mark.django_db
def test_no_change_counts_by_the_word_of_one_person() -> None:
    agency, person = AgencyFactory(active=True), UserFactory()
    asked = {"agency": agency, "part": "facts", "act": "change", "submitted_at": NOON}
    asked |= {"proposed_by": person, "decided_at": NOON, "status": S.EFFECTIVE}

    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeProposal.objects.create(**asked, decided_by=person)
    ChangeProposal.objects.create(**asked, decided_by=UserFactory())
