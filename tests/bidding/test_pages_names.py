"""An agency wears what keeps it from working wherever it is named: lists, quotes, home page."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bidding.pages.names import agency_names
from credit.models import Measure
from tests.clock import NOON
from tests.factories.bidding import PUBLICITY_END, AwardFactory, BidFactory
from tests.factories.credit import ONE_DAY, RestrictionFactory, active_agency
from tests.factories.marketplace import Role, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_name_has_the_measures_that_everybody_may_know_of_and_one_query_asks_for_all(
    django_assert_num_queries,
) -> None:
    removed = RestrictionFactory(kind=Measure.REMOVAL).organization
    warned = RestrictionFactory(kind=Measure.WARNING).organization
    secret = RestrictionFactory(is_public=False).organization
    over = RestrictionFactory(effective_from=NOON - ONE_DAY, effective_to=NOON).organization
    agencies = [removed, warned, secret, over, active_agency()]

    with django_assert_num_queries(1):
        names = agency_names(agencies, NOON)

    assert [names[one.pk].measures for one in agencies] == [("清退",), (), (), (), ()]
    assert names[removed.pk].url == f"/agencies/{removed.slug}/"


def test_every_list_and_table_that_names_a_restricted_winner_says_so(client: Client) -> None:
    award = AwardFactory(active=True, tender__code="JX360702-2026-00009")
    BidFactory(tender=award.tender)
    RestrictionFactory(organization=award.bid.agency, kind=Measure.REMOVAL)
    agency = award.bid.agency

    client.force_login(party(award.tender.buyer, Role.BUYER_MANAGER).user)

    def states_beside(page: HttpResponse) -> list[bool]:
        after = page.content.decode().split(agency.name)[1:]
        return ["清退" in re.split(r"</(?:td|th|div|li)>", part)[0] for part in after]

    with time_machine.travel(PUBLICITY_END + timedelta(hours=1), tick=False):
        pages = [
            reverse("bidding:award_list"),
            reverse("bidding:tender", args=[award.tender.code]),
            reverse("bidding:contracts"),
        ]
        bare = [page for page in pages if not any(states_beside(client.get(page)))]

    assert bare == []
