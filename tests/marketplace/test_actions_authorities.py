"""Authorities that run and watch the platform."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.actions.authorities import set_up_authority
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import (
    Agency,
    Buyer,
    Membership,
    Organization,
)
from tests.clock import NOON
from tests.factories.marketplace import CITY, PROVINCE, UserFactory, division, party

pytestmark = pytest.mark.django_db


def test_an_authority_is_set_up_for_its_area_without_a_credit_code() -> None:
    authority = set_up_authority(
        name="赣州测试行政审批局", division=division("360700"), by=None, at=NOON
    )

    stored = Organization.objects.get()
    assert stored == authority
    assert (stored.kind, stored.name, stored.division_id) == (
        Organization.Kind.AUTHORITY,
        "赣州测试行政审批局",
        "360700",
    )
    assert (stored.uscc, stored.uscc_confirmed_at, stored.registered_at) == (None, None, NOON)
    assert len(stored.slug) == 12
    assert not Agency.objects.exists()
    assert not Buyer.objects.exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("own", "covered"),
    [
        (PROVINCE, [True, True, True]),
        ("360700", [False, True, True]),
        (CITY, [False, False, False]),
    ],
)
def test_it_acts_for_its_area_and_those_below_and_no_other(own: str, covered: list[bool]) -> None:
    authority = set_up_authority(name="测试局", division=division(own), by=None, at=NOON)
    officer = party(authority, Membership.Role.OPERATOR)

    areas = [division(code) for code in (PROVINCE, "360700", "360702")]

    assert [officer.covers(area) for area in areas] == covered


@pytest.mark.parametrize("has_founder", [True, False])
def test_who_set_it_up_is_recorded(has_founder: bool) -> None:
    by = UserFactory() if has_founder else None

    authority = set_up_authority(name="测试局", division=division(CITY), by=by, at=NOON)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.at, entry.by) == ("authority.set_up", NOON, by)
    assert (entry.target_type, entry.target_id, entry.organization) == (
        "marketplace.organization",
        str(authority.pk),
        authority,
    )
    assert (entry.before, entry.after, entry.data) == ("", "", {})


def test_nothing_is_found_or_sent_because_of_an_authority() -> None:
    set_up_authority(name="测试局", division=division(CITY), by=None, at=NOON)

    assert not Effect.objects.exists()
    assert not Organization.objects.active_agencies().exists()


def test_without_an_area_nothing_is_stored_and_nothing_recorded() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        set_up_authority(name="测试局", division=None, by=None, at=NOON)

    assert not Organization.objects.exists()
    assert not AuditEntry.objects.exists()
