"""An approval system pushes a project, and somebody of its owner drafts the order."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bidding.actions.pushes import dismiss_project
from bidding.models import PushedProject, Tender
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import Buyer, Message, Organization
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, Role, ServiceItemFactory, party, valid_uscc
from tests.senders import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
SYSTEM, TOKEN = "赣州市投资项目审批系统", "of-the-approval-system"
ADDRESS = "/api/projects/"
CODE = "2610-360702-04-01-218846"


@pytest.fixture(autouse=True)
def tokens(settings: Any) -> None:
    others = {"另一系统": sha256(b"another").hexdigest()}
    settings.PUSH_TOKENS = {SYSTEM: sha256(TOKEN.encode()).hexdigest(), **others}


@pytest.fixture
def owner() -> Organization:
    return BuyerFactory(organization__name="赣州市章贡区水利局").organization


def said(owner: Organization, **other: Any) -> dict[str, Any]:
    """Return the six fields of the case, and what is `other`; None takes a field away."""
    fields = {
        "projectPassphrase": CODE,
        "projectName": "章江河道整治",
        "enterpriseName": owner.name,
        "socialCreditCode": owner.uscc,
        "contactName": "李敏",
        "contactPhone": "0797-8123456",
        **other,
    }
    return {name: value for name, value in fields.items() if value is not None}


def push(content: Any, bearer: str = TOKEN, **headers: str) -> HttpResponse:
    """Send `content` as a machine does: without a cookie, with csrf checked where it is."""
    body = content if isinstance(content, str | bytes) else json.dumps(content)
    sent = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    client = Client(enforce_csrf_checks=True)
    answer: HttpResponse = client.post(
        ADDRESS, body, content_type="application/json", headers={**sent, **headers}
    )
    return answer


def rows() -> list[int]:
    """Return how many rows there are of all that a push may make."""
    return [
        model._default_manager.count() for model in (PushedProject, AuditEntry, Message, Effect)
    ]


def page(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def test_k7_03_a_pushed_project_is_kept_and_told_once(owner: Organization) -> None:
    agent = party(owner, Role.BUYER_AGENT).user
    item = ServiceItemFactory(published=True)

    first = push(said(owner, itemCode=item.code))
    made = rows()
    second = push(said(owner, itemCode=item.code))

    pushed = PushedProject.objects.get()
    address = reverse("bidding:pushed", args=[pushed.slug])
    assert (first.status_code, second.status_code) == (200, 200)
    assert (
        first.json()
        == second.json()
        == {
            "id": pushed.slug,
            "projectCode": CODE,
            "url": f"http://127.0.0.1:8000{address}",
        }
    )
    assert rows() == made
    entry = AuditEntry.objects.get(verb="project.pushed")
    assert (entry.by, entry.organization, entry.data) == (
        *(None, owner),
        {"system": SYSTEM, "project_code": CODE},
    )
    told = Message.objects.get()
    assert (told.user, told.url) == (agent, address)
    assert "章江河道整治" in told.subject


def test_k7_03_the_owner_alone_sees_it_and_drafts_the_order_once(owner: Organization) -> None:
    agent = party(owner, Role.BUYER_AGENT).user
    item = ServiceItemFactory(published=True)
    first = push(said(owner, itemCode=item.code)).json()
    address = reverse("bidding:pushed", args=[first["id"]])
    for where in ("/workbench/", "/buyer/tenders/", f"/buyer/projects/{CODE}/"):
        assert address in page(agent, where)
    others_see_nothing(address)

    sender = Sender()
    sender.force_login(agent)
    chosen = {"item": item.code, "division": owner.division.pk}
    assert f'value="{item.code}" selected' in page(agent, address)
    answer = sender.post(address, chosen)

    tender = Tender.objects.get()
    assert answer["Location"] == reverse("bidding:tender_edit", args=[tender.slug, "need"])
    assert (tender.buyer, tender.created_by, tender.status) == (owner, agent, Tender.Status.DRAFT)
    assert (tender.title, tender.project_code, tender.item, tender.division) == (
        *("章江河道整治", CODE, item, owner.division),
    )
    assert (tender.contact_name, tender.contact_phone) == ("李敏", "0797-8123456")
    assert address not in page(agent, "/workbench/")
    assert push(said(owner, itemCode=item.code)).json() == first
    assert sender.post(address, chosen).status_code == 422
    assert Tender.objects.count() == 1

    Buyer.objects.filter(pk=owner.pk).update(status=Buyer.Status.REGISTERED)
    assert push(said(owner, itemCode=item.code)).json() == first

    tender.delete()
    assert address in page(agent, "/workbench/")


def others_see_nothing(address: str) -> None:
    """Ask as another owner: for the lists, and for the project itself."""
    other = party(BuyerFactory().organization, Role.BUYER_MANAGER).user
    for where in ("/workbench/", "/buyer/tenders/"):
        assert address not in page(other, where)
    stranger = Sender()
    stranger.force_login(other)
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"/buyer/projects/{CODE}/").status_code == 404
    assert stranger.post(address, {}).status_code == 404
    assert not Tender.objects.exists()


WRONG = {
    "projectPassphrase": (
        "12",
        "projectCode（统一项目代码）：统一项目代码由 4、6、2、2、6 位数字组成",
    ),
    "projectName": ("", "projectName（项目名称）：必须填写。"),
    "enterpriseName": (
        "另一单位",
        "enterpriseName（项目单位名称）：名称与这个统一社会信用代码登记的",
    ),
    "socialCreditCode": ("91", "socialCreditCode（统一社会信用代码）：统一社会信用代码应为 18 位"),
    "contactName": ("李\u0000", "contactName（联系人）："),
    "contactPhone": ("八一二三", "contactPhone（联系电话）：“八一二三”不像电话号码"),
    "itemCode": ("none", "itemCode（事项编码）：目录中没有这个编码的有效事项"),
    "divisionCode": ("999999", "divisionCode（区划代码）：没有这个区划代码"),
    "projectCode": ("other", "projectPassphrase：与 projectCode 是同一项，两处不一致"),
    "price": ("1", "price：没有这个字段"),
    "\ud800": ("1", "?：没有这个字段"),
}


def test_each_wrong_field_is_named_with_its_rule_and_nothing_is_written(
    owner: Organization,
) -> None:
    before = rows()
    for name, (value, begin) in WRONG.items():
        answer = push(said(owner, **{name: value}))
        error = answer.json()["errors"][0]
        assert answer.status_code == 422
        assert error["message"].startswith(begin)
    for value in (12, ["x"], "\ud800", {}):
        (error,) = push(said(owner, projectName=value)).json()["errors"]
        assert error == {
            "field": "projectName",
            "message": "projectName：应为一段文字（JSON 字符串，UTF-8）。",
        }
    missing = push({}).json()["errors"]

    assert [one["field"] for one in missing] == [
        *("projectCode", "projectName", "enterpriseName"),
        *("socialCreditCode", "contactName", "contactPhone"),
    ]
    assert rows() == before


def test_an_owner_who_is_unknown_or_unchecked_is_refused_with_what_to_do(
    owner: Organization,
) -> None:
    before = rows()
    unknown = push(said(owner, socialCreditCode=valid_uscc(880_001)))
    Buyer.objects.filter(pk=owner.pk).update(status=Buyer.Status.REGISTERED)
    unchecked = push(said(owner))

    assert (unknown.status_code, unchecked.status_code) == (422, 422)
    assert "请项目单位先在平台登记为项目业主" in unknown.json()["errors"][0]["message"]
    assert "运营机构核验以后再推送" in unchecked.json()["errors"][0]["message"]
    assert unknown.json()["errors"][0]["field"] == "socialCreditCode"
    assert rows() == before


def test_what_was_pushed_is_not_exchanged_and_an_item_or_a_system_more_is_another(
    owner: Organization,
) -> None:
    push(said(owner))
    made = rows()

    (error,) = push(said(owner, projectName="另一名称")).json()["errors"]
    other = BuyerFactory().organization
    stolen = push(said(other))

    assert "已经推送过，项目名称与上次不同，没有改动" in error["message"]
    assert stolen.status_code == 422
    assert rows() == made
    assert push(said(owner, itemCode=ServiceItemFactory(published=True).code)).status_code == 200
    assert push(said(owner), bearer="another").status_code == 200
    assert PushedProject.objects.filter(buyer=owner).count() == 3


def test_who_has_no_token_or_sends_no_project_is_refused(owner: Organization) -> None:
    before = rows()
    sent = said(owner)
    answers = {
        401: [
            push(sent, bearer="wrong"),
            push(sent, bearer=""),
            push(sent, Authorization="Bearer "),
        ],
        413: [push(said(owner, projectName="河" * 20_000))],
        400: [push("{"), push("[]"), push("[" * 10_000), push(b"\xff")],
    }

    for status, of in answers.items():
        assert [one.status_code for one in of] == [status] * len(of)
        assert all(one.json()["errors"][0]["message"].endswith("。") for one in of)
    assert Client().get(ADDRESS).status_code == 405
    assert rows() == before
    assert not mail.outbox


def test_an_address_pushes_so_often_and_searches_beside_it(settings: Any) -> None:
    settings.RATE_LIMITS = {"push": "2/m/ip", "anonymous": "1/m/ip"}
    cache.clear()

    found = [push({}).status_code for _push in range(3)]
    other = Client().post("/workbench/switch/").status_code
    cache.clear()

    assert (found, other) == ([422, 422, 429], 302)


def test_an_address_that_pushes_too_often_is_told_so_in_json(settings: Any) -> None:
    settings.RATE_LIMITS = {"push": "1/m/ip"}
    cache.clear()

    answers = [push({}) for _push in range(2)]
    cache.clear()

    assert answers[1].status_code == 429
    assert answers[1].json() == {
        "errors": [{"field": "", "message": "推送过于频繁，请一分钟以后再推送。"}]
    }
    assert answers[1].headers["Retry-After"] == "60"


def test_what_was_sent_wrongly_is_dismissed_with_reasons(owner: Organization) -> None:
    agent = party(owner, Role.BUYER_AGENT).user
    slug = push(said(owner)).json()["id"]
    address = f"/buyer/pushed/{slug}/dismiss/"
    others_see_nothing(address)
    sender = Sender()
    sender.force_login(agent)
    assert address in page(agent, f"/buyer/pushed/{slug}/")
    assert sender.post(address, {"reasons": " "}).status_code == 422
    assert PushedProject.objects.waiting().count() == 1

    done = sender.post(address, {"reasons": "不是本单位的项目"})

    assert done.url == "/buyer/tenders/"
    pushed = PushedProject.objects.get()
    assert (pushed.dismissed_by, pushed.dismissal_reasons) == (agent, "不是本单位的项目")
    assert "章江河道整治" not in page(agent, "/workbench/")
    told = page(agent, f"/buyer/pushed/{slug}/")
    assert "这个项目已经退回" in told
    assert "起草采购" not in told


def test_a_dismissed_project_waits_anew_when_it_is_put_right(owner: Organization) -> None:
    agent = party(owner, Role.BUYER_AGENT).user
    slug = push(said(owner)).json()["id"]
    dismiss_project(pushed=PushedProject.objects.get(), reasons="名称有误", by=agent, at=NOON)

    same = push(said(owner))
    assert (same.status_code, PushedProject.objects.waiting().count()) == (200, 0)
    right = push(said(owner, projectName="章江河道整治二期"))

    pushed = PushedProject.objects.waiting().get()
    assert right.json()["id"] == pushed.slug == slug
    assert (pushed.title, pushed.dismissal_reasons) == ("章江河道整治二期", "")
    assert Message.objects.filter(kind="bidding/project_pushed", user=agent).count() == 2
