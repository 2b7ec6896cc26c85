"""A manager of the demo puts up a version that lets late payment weigh more."""

from __future__ import annotations

import pytest

from cms.demo.stories.catalogue import OFFICE, PROVINCE
from cms.demo.stories.schemes import KIND, scheme_is_put_up
from credit.actions.schemes import load_scheme
from credit.in_force import scheme_in
from credit.models import SchemeProposal
from tests.clock import NOON
from tests.cms.stage import act, stage
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import load_reference
from tests.factories.marketplace import AuthorityFactory, UserFactory, load_laws

pytestmark = pytest.mark.django_db


def test_a_version_waits_in_which_late_payment_weighs_more() -> None:
    load_reference()
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    world = stage(**{OFFICE: AuthorityFactory()})
    world.users["one"] = UserFactory()
    world.officers["manager", PROVINCE] = ["one"]

    [at] = act(scheme_is_put_up(world))

    proposal = SchemeProposal.objects.get()
    then = scheme_in(proposal.content, proposal.file_name, at)
    assert (proposal.proposed_at, proposal.outcome) == (at, "待复核")
    assert (then.version, then.by_code[KIND].points) == (2, -5)
    assert then.valid_from > at.date()
