"""The whole way over HTTP: object, answer, complain, decide; and what is for whom to read."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from bidding.models import Award, Dispute, Suspension
from tests.bidding.disputing import ANSWER, ANSWERED, CHECKED, FACTS, FILED, REQUEST, World, world
from tests.factories.marketplace import BuyerFactory, Role, party
from tests.markup import on_one_line
from tests.uploads import upload

pytestmark = pytest.mark.django_db
S = Dispute.Status


@pytest.fixture
def it() -> World:
    return world()


@pytest.fixture
def at_filing() -> Iterator[None]:
    with time_machine.travel(FILED, tick=False):
        yield


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return on_one_line(response.content.decode())


def test_the_whole_way_over_http(  # noqa: PLR0915 - one way, step by step
    client: Client, it: World, at_filing: None
) -> None:
    agent = party(it.filer, Role.AGENCY_MANAGER).user
    owner = party(it.tender.buyer, Role.BUYER_MANAGER).user
    order = f"/tenders/{it.tender.code}/"
    assert "没有正在办理或者已经公开的异议和投诉" in text(client, order)

    client.force_login(agent)
    assert "提出异议或者投诉" in text(client, "/disputes/")
    assert "关于什么" in text(client, "/disputes/new/?matter=selection")
    about = {"matter": "selection", "code": it.tender.code}
    form = client.post("/disputes/new/", about).url
    assert form == f"/disputes/new/selection/{it.tender.code}/"
    assert "先提出异议" in text(client, form)
    filled = {"facts": FACTS, "request": REQUEST, "is_true": "on", "evidence": [upload()]}
    own = client.post(form, filled).url
    objection = Dispute.objects.get()
    assert own == f"/disputes/{objection.slug}/"
    assert "待受理" in text(client, own)
    again = client.post(form, {**filled, "evidence": [upload()]})
    assert again.status_code == 422
    assert objection.number in again.content.decode()
    shown = text(Client(), order)
    assert "已中止" in shown
    assert "起中止：收到关于选取结果的异议" in shown
    assert FACTS not in shown

    client.force_login(it.clerk)
    assert objection.number in text(client, "/operator/disputes/")
    page = f"/operator/disputes/{objection.slug}/"
    assert FACTS in text(client, page)
    assert "答复期限开始计算" in text(client, f"{page}accept/")
    assert client.post(f"{page}accept/").url == page

    client.force_login(owner)
    assert objection.number in text(client, "/disputes/")
    assert "提交答复" in text(client, f"{own}answer/")
    assert client.post(f"{own}answer/", {"answer": ANSWER}).url == own

    client.force_login(agent)
    assert ANSWER in text(client, own)
    assert "异议所附的证据一并提交" in text(client, f"{own}complain/")
    filled = {"facts": FACTS, "request": REQUEST, "is_true": "on"}
    own = client.post(f"{own}complain/", filled).url
    complaint = Dispute.objects.get(kind=Dispute.Kind.COMPLAINT)

    client.force_login(it.clerk)
    page = f"/operator/disputes/{complaint.slug}/"
    client.post(f"{page}accept/")
    client.force_login(owner)
    client.post(f"{own}answer/", {"answer": ANSWER})
    client.force_login(it.clerk)
    assert "须由受理人以外的人员审核" in text(client, f"{page}decide/")
    client.force_login(it.other_clerk)
    decision = "证书有效，电话 13812345678 可以核实。"
    given = {"verdict": "rejected", "remedy": "none", "decision": decision}
    assert client.post(f"{page}decide/", given).url == page
    assert client.post(f"{page}close/", {"note": "已经送达。"}).url == page

    complaint.refresh_from_db()
    assert complaint.status == S.CLOSED
    assert Suspension.objects.get().until == FILED
    assert not Award.objects.get().is_suspended
    shown = text(Client(), f"/complaints/{complaint.number}/")
    assert "138****" in shown
    assert "13812345678" not in shown
    assert it.filer.name in shown
    assert complaint.number in text(Client(), "/complaints/?q=" + it.tender.code)
    assert complaint.number in text(Client(), order)


def test_an_answer_may_be_accepted(client: Client, it: World) -> None:
    agent = party(it.filer, Role.AGENCY_MANAGER).user
    answered = it.answered()
    client.force_login(agent)
    own = f"/disputes/{answered.slug}/"

    with time_machine.travel(ANSWERED, tick=False):
        assert "异议办结" in text(client, f"{own}settle/")
        assert client.post(f"{own}settle/").url == own
        answered.refresh_from_db()
        assert answered.status == S.CLOSED
        assert "提出单位认可答复" in text(client, own)
        assert "现在是“已办结”" in text(client, f"{own}complain/")
        assert client.post(f"{own}withdraw/").status_code == 422


def test_the_papers_are_for_both_sides_and_the_officers(client: Client, it: World) -> None:
    dispute = it.accepted()
    paper = f"/disputes/{dispute.slug}/documents/{dispute.evidence.get().slug}/"
    owner = party(it.tender.buyer, Role.BUYER_MANAGER).user
    stranger = party(BuyerFactory().organization, Role.BUYER_MANAGER).user

    for reader, status in ((owner, 200), (it.clerk, 200), (stranger, 404)):
        client.force_login(reader)
        response = client.get(paper)
        assert response.status_code == status
        assert bool(response.getvalue())
    assert client.get(f"/disputes/{dispute.slug}/").status_code == 404
    assert client.get(f"/operator/disputes/{dispute.slug}/").status_code == 404
    assert client.get("/operator/disputes/").status_code == 403
    assert client.get(f"/complaints/{dispute.number}/").status_code == 404
    assert dispute.checked_at == CHECKED


def test_an_officer_reads_who_may_object_and_cannot_begin(client: Client, it: World) -> None:
    client.force_login(it.clerk)

    page = text(client, "/disputes/new/")
    sent = client.post("/disputes/new/", {"matter": "selection", "code": it.tender.code})

    assert "异议和投诉由中介服务机构和项目业主提出" in page
    assert 'name="matter"' not in page
    assert sent.status_code == 403
    assert not Dispute.objects.exists()
