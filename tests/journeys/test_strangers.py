"""
Whom nothing concerns learns nothing: not what there is, and not that there is something.

Every page that asks who reads it is found from the addresses. In a world with one of everything
another agency, another owner and an officer of another county ask for what is not theirs; who posts
passes the same door (`PersonView.admit`).
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from search.alerts import save_search
from tests.clock import NOON
from tests.factories.bidding import BidFactory
from tests.factories.marketplace import BuyerFactory, Role, party
from tests.journeys.acts import World
from tests.journeys.strangers import (
    CHOSEN,
    WALKED,
    addresses,
    answer,
    chosen_on,
    pages,
    private_rows,
    strangers,
    without_keys,
)

pytestmark = pytest.mark.django_db

OF_WHAT_IS_PUBLIC = {"bidding:agency_contact", "bidding:dossier"}


SEALED = "73,451.29"


@pytest.fixture
def world() -> World:
    by = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    asked = {"scope": "tenders", "asked": "q=环评", "title": "环评", "pace": "at_once"}
    save_search(user=by.user, organization=by.organization, is_mailed=False, at=NOON, **asked)
    return World()


def test_nobody_is_let_in_to_what_is_not_theirs_or_learns_that_it_is_there(world: World) -> None:
    found, readers = defaultdict(set), strangers(world)
    private = {
        name: addresses(name, keys, readers.values())
        for name, keys in pages()
        if keys and WALKED.issuperset(keys) and name not in OF_WHAT_IS_PUBLIC
    }
    asked = private | {name: chosen_on(name) for name in CHOSEN}
    assert [name for name, of in asked.items() if not all(of.values())] == []
    places = [(name, *place) for name, of in asked.items() for place in of.items()]
    for who, client in readers.items():
        for name, empty, paths in places:
            nothing = answer(client, empty)
            told = {answer(client, path) for path in paths}
            found[name] |= {(who, one) for one in told if one in {200, *range(500, 600)}}
            found[name] |= {(who, one, nothing) for one in told if one != nothing}

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert len(private) > 60


def test_no_list_names_what_is_not_the_readers(world: World) -> None:
    BidFactory(amount=SEALED.replace(",", ""))
    secret, found = private_rows() | {SEALED}, defaultdict(set)
    readers = strangers(world)
    for name in ("agency", "owner", "county"):
        for page in without_keys():
            response = readers[name].get(page)
            text = response.getvalue() if response.streaming else response.content
            assert response.status_code < 500, page
            found[name, page] = {one for one in secret if one.encode() in text}

    assert {where: rows for where, rows in found.items() if rows} == {}
    assert len(secret) > 60
