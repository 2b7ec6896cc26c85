"""Rows stored by statements that are made once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from marketplace.kernel.inserts import insert, insert_all
from marketplace.kernel.models import AuditEntry
from marketplace.models import Membership, Message
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def entry(**changed: object) -> AuditEntry:
    fields = {"at": NOON, "verb": "bid.submitted", "target_type": "bidding.bid", "target_id": "1"}
    return AuditEntry(**{**fields, "data": {"version": 2, "名": None}, **changed})


def test_a_row_is_stored_as_it_is_with_what_the_database_fills_in(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    insert(entry(verb="bid.withdrawn"))

    with django_assert_num_queries(1):
        stored = insert(entry())

    found = AuditEntry.objects.get(pk=stored.pk)
    names = [field.attname for field in AuditEntry._meta.concrete_fields]
    assert {name: getattr(found, name) for name in names} == {
        name: getattr(stored, name) for name in names
    }
    assert (found.data, found.by_id) == ({"version": 2, "名": None}, None)
    assert (stored._state.adding, stored._state.db) == (False, "default")


def test_what_is_given_for_what_the_database_would_fill_in_is_kept() -> None:
    moment = NOON - timedelta(days=1)

    assert AuditEntry.objects.get(pk=insert(entry(recorded_at=moment)).pk).recorded_at == moment


def test_several_rows_go_in_one_statement_and_none_in_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency, user = AgencyFactory().organization, UserFactory()
    letters = [
        Message(user=user, organization=agency, kind="a/b", subject=subject, created_at=NOON)
        for subject in ("甲", "乙")
    ]

    with django_assert_num_queries(1):
        stored = insert_all(letters)
    with django_assert_num_queries(0):
        assert insert_all([]) == []

    assert list(Message.objects.order_by("pk").values_list("pk", "subject")) == [
        (one.pk, one.subject) for one in stored
    ]


def test_a_constraint_holds() -> None:
    held = MembershipFactory()
    again = Membership(user=held.user, organization=held.organization, role=held.role)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    assert Membership.objects.get() == held
