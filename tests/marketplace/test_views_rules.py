"""A rule value is proposed by one manager, seen, and confirmed by another, over HTTP."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from marketplace.kernel.models import AuditEntry, Parameter
from marketplace.models import Membership, RuleProposal
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import (
    COUNTY,
    PROVINCE,
    AuthorityFactory,
    MembershipFactory,
    division,
    load_laws,
)
from tests.senders import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role
GOOD = {
    "key": "order.signup_min",
    "value": "5",
    "unit": "working_day",
    "scope": PROVINCE,
    "in_force_from": "2027-01-01",
    "legal_basis": "平台默认",
    "source_note": "",
}


def somebody(code: str = PROVINCE, role: str = Role.MANAGER) -> Sender:
    authority = AuthorityFactory(division=division(code))
    member = MembershipFactory(organization=authority, role=role)
    client = Sender()
    client.force_login(member.user)
    return client


def propose(client: Sender, **changed: str) -> Any:
    return client.post("/manager/rules/new/", {**GOOD, **changed})


def proposal() -> RuleProposal:
    return RuleProposal.objects.get()


def act(client: Sender, verb: str) -> Any:
    path = f"/manager/rules/{proposal().slug}/"
    seen = client.get(path).context
    version = seen["seen"] if seen and "seen" in seen else ""
    return client.post(f"{path}{verb}/", {"seen": version})


def new_rules() -> list[Parameter]:
    return list(Parameter.objects.filter(in_force_from__gte=date(2026, 11, 24)))


def test_a_value_is_proposed_seen_and_confirmed_by_another_person() -> None:
    first, second = somebody(), somebody()
    TenderFactory(submitted=True)

    answer = propose(first)

    assert answer.status_code == 302
    assert new_rules() == []
    page = second.get(answer.url)
    assert (page.context["effect"].now, page.context["effect"].value) == (
        "3 个工作日",
        "5 个工作日",
    )
    assert [one.count for one in page.context["touched"]] == [1, 0]
    confirmed = act(second, "confirm")
    assert confirmed.status_code == 302
    [rule] = new_rules()
    assert (rule.key, rule.value, rule.in_force_from) == ("order.signup_min", 5, date(2027, 1, 1))
    trail = AuditEntry.objects.filter(verb__startswith="rule.").order_by("pk")
    assert list(trail.values_list("verb", flat=True)) == ["rule.proposed", "rule.confirmed"]


def test_who_proposed_cannot_confirm() -> None:
    client = somebody()
    propose(client)

    answer = act(client, "confirm")

    assert answer.status_code == 422
    assert "提出的人不能自己确认" in answer.content.decode()
    assert new_rules() == []
    assert proposal().settled_at is None


def test_a_proposal_is_confirmed_once() -> None:
    first, second, third = somebody(), somebody(), somebody()
    propose(first)
    act(second, "confirm")

    assert act(third, "confirm").status_code in {409, 422}
    assert len(new_rules()) == 1


def test_a_confirmation_without_what_was_seen_changes_nothing() -> None:
    first, second = somebody(), somebody()
    propose(first)

    answer = second.post(f"/manager/rules/{proposal().slug}/confirm/", {"seen": ""})

    assert answer.status_code == 409
    assert new_rules() == []


def test_a_proposal_is_taken_back_by_who_made_it_only() -> None:
    first, second = somebody(), somebody()
    propose(first)

    assert act(second, "withdraw").status_code == 422
    assert proposal().settled_at is None
    assert act(first, "withdraw").status_code == 302
    assert (proposal().settled_at, proposal().is_confirmed) == (NOON, False)
    assert new_rules() == []


@pytest.mark.parametrize(
    ("changed", "field", "refusal"),
    [
        ({"key": "order.signup_mim"}, "key", "没有“order.signup_mim”这条规则"),
        ({"unit": "month"}, "unit", "单位只能是"),
        ({"value": "0"}, "value", "须在 1 至 9999 之间"),
        ({"value": "abc"}, "value", "看不懂这个值"),
        ({"value": "61"}, "value", "最短期限不能比最长期限长"),
        ({"in_force_from": "2026-11-23"}, "in_force_from", "不能追溯修改"),
        ({"key": "credit.points.abandonment", "unit": "points"}, "value", "不能是正数"),
        ({"scope": COUNTY, "value": "2"}, "value", "市、县只能从严"),
    ],
)
def test_what_the_loader_refuses_the_form_refuses_beside_the_field(
    changed: dict[str, str], field: str, refusal: str
) -> None:
    division(COUNTY)

    answer = propose(somebody(), **changed)

    assert answer.status_code == 422
    assert refusal in "".join(answer.context["form"].errors[field])
    assert not RuleProposal.objects.exists()


def test_a_file_is_taken_whole_or_not_at_all() -> None:
    client = somebody()
    rows = [
        {**GOOD, "value": 5},
        {**GOOD, "key": "opening.grace", "value": 59, "unit": "second"},
    ]

    refused = client.post("/manager/rules/file/", {"content": json.dumps({"rules": rows})})

    assert refused.status_code == 422
    assert "第 2 行，值（value）：开启报价的宽限" in refused.content.decode()
    assert not RuleProposal.objects.exists()
    taken = client.post("/manager/rules/file/", {"content": json.dumps({"rules": rows[:1]})})
    assert taken.status_code == 302
    assert RuleProposal.objects.count() == 1


def test_what_is_given_out_is_taken_in() -> None:
    load_laws()
    client = somebody()

    content = client.get("/manager/rules/rules.json").content.decode()

    assert len(json.loads(content)["rules"]) == Parameter.objects.count()
    assert client.post("/manager/rules/file/", {"content": content}).status_code == 302


def test_a_file_with_another_area_s_value_is_not_taken() -> None:
    county = somebody(COUNTY)

    answer = county.post("/manager/rules/file/", {"content": json.dumps({"rules": [GOOD]})})

    assert answer.status_code == 403
    assert not RuleProposal.objects.exists()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.REGULATOR])
def test_only_managers_keep_the_rulebook(role: str) -> None:
    client = somebody(role=role)

    assert client.get("/manager/rules/").status_code == 403
    assert propose(client).status_code == 403
    assert client.get("/manager/rules/rules.json").status_code == 403
    assert not RuleProposal.objects.exists()


def test_a_county_s_manager_neither_proposes_nor_confirms_for_the_province() -> None:
    county = somebody(COUNTY)

    assert propose(county).status_code in {403, 422}
    assert not RuleProposal.objects.exists()
    propose(somebody())
    path = f"/manager/rules/{proposal().slug}/"
    assert county.get(path).status_code == 404
    assert county.post(f"{path}confirm/").status_code == 404
    assert county.post(f"{path}withdraw/").status_code == 404
    assert proposal().settled_at is None


def test_strangers_are_asked_to_log_in() -> None:
    assert Sender().get("/manager/rules/").status_code == 302
