"""Managers and inspectors read who did what in their area, page by page or as a file."""

from __future__ import annotations

import pytest

from marketplace.kernel.audit import record
from marketplace.kernel.models import AuditEntry
from marketplace.models import Membership
from marketplace.views.trail import SHOWN
from tests.clock import NOON
from tests.factories.marketplace import (
    COUNTY,
    PROVINCE,
    AuthorityFactory,
    MembershipFactory,
    division,
)
from tests.senders import Sender

pytestmark = pytest.mark.django_db
TRAIL = "/manager/trail/"
Role = Membership.Role


def officer(role: str, code: str = PROVINCE) -> Membership:
    authority = AuthorityFactory(division=division(code))
    member: Membership = MembershipFactory(organization=authority, role=role)
    return member


def client_of(member: Membership) -> Sender:
    client = Sender()
    client.force_login(member.user)
    return client


def test_the_newest_come_first_and_older_ones_a_page_further() -> None:
    member = officer(Role.INSPECTOR)
    for _number in range(SHOWN + 2):
        record(by=member.user, verb="rule.proposed", target=member.user, at=NOON)
    client = client_of(member)

    first = client.get(TRAIL)
    second = client.get(TRAIL, {"before": first.context["older"]})

    keys = [*AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)]
    assert [row.key for row in first.context["rows"]] == keys[:SHOWN]
    assert [row.key for row in second.context["rows"]] == keys[SHOWN:]
    assert second.context["older"] is None


def test_the_file_says_what_the_page_says() -> None:
    member = officer(Role.MANAGER)
    record(by=member.user, verb="rule.proposed", target=member.user, at=NOON)

    text = b"".join(client_of(member).get("/manager/trail.csv")).decode("utf-8-sig")

    heads, row = text.splitlines()
    assert heads == "时间,操作人,单位,操作,对象,编号,原状态,现状态"
    assert row == f"2026-11-24 12:00:00,{member.user},,提出,用户,{member.user.username},,"


def test_a_wrong_day_is_told_and_narrows_nothing() -> None:
    answer = client_of(officer(Role.MANAGER)).get(TRAIL, {"since": "x"})

    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["since"])


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.MANAGER, 200), (Role.INSPECTOR, 200), (Role.OPERATOR, 403), (Role.REGULATOR, 403)],
)
def test_nobody_else_reads_it(role: str, status: int) -> None:
    client = client_of(officer(role, COUNTY))

    assert [client.get(url).status_code for url in (TRAIL, "/manager/trail.csv")] == [status] * 2
