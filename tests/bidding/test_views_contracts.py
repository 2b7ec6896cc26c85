"""The page of an award: each act of a side has its form or link, or is disabled with the reason."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bidding.models import Award, Contract, ContractUpload, Deliverable, Evaluation, Tender
from marketplace.kernel.calendar import CHINA
from marketplace.models import Document, Membership
from marketplace.parties import Party
from marketplace.web.uploads import DOCX, kind_of
from tests.bidding.refusals import snapshot
from tests.factories.bidding import (
    ACCEPTED,
    DELIVERED,
    PUBLICITY_END,
    RATED,
    RATING_DUE,
    REGISTERED,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    EvaluationFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import AuthorityFactory, BuyerFactory, Role, party
from tests.markup import on_one_line
from tests.senders import Sender
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
HOUR = timedelta(hours=1)
PAY_DUE = datetime(2027, 1, 16, tzinfo=CHINA)
WHY = "第三章数据有误。"
STARS = dict.fromkeys(["quality", "attitude", "timeliness", "charges", "conduct"], 5)


def url(name: str, award: Award) -> str:
    return reverse(f"bidding:{name}", args=[award.tender.slug])


def member(award: Award, side: str, **person: Any) -> Party:
    unit = award.tender.buyer if side == "buyer" else award.bid.agency
    role = Role.BUYER_MANAGER if side == "buyer" else Role.AGENCY_MANAGER
    return party(unit, role, **person)


def log_in(award: Award, side: str, **person: Any) -> Client:
    client = Sender()
    client.force_login(member(award, side, **person).user)
    return client


def closed(html: str) -> dict[str, str]:
    """Return the guard that keeps each disabled button from acting, by the button's words."""
    found = {}
    buttons = r'<button[^>]*aria-disabled="true" aria-describedby="([\w-]+)">(.*?)</button>'
    html = on_one_line(html)
    for why, label in re.findall(buttons, html):
        reason = html.split(f'id="{why}">', 1)[1].split("</div>", 1)[0]
        assert "依据：" in reason
        found[label] = re.findall(r'data-guard="(\w+)"', reason)[0]
    return found


# --- Each act in each state -----------------------------------------------------------------------
LABELS = {
    "contract_confirm": "确认合同",
    "contract_reject": "退回合同文本",
    "contract_upload": "上传合同",
    "award_abandon": "放弃中选",
    "deliver": "交付成果",
    "accept_delivery": "验收成果",
    "return_delivery": "退回成果",
    "rate": "提交评价",
}
ACTS = {
    "agency": [
        *("contract_confirm", "contract_reject", "contract_upload"),
        *("award_abandon", "deliver", "rate"),
    ],
    "buyer": [
        *("contract_confirm", "contract_reject", "contract_upload"),
        *("accept_delivery", "return_delivery", "rate"),
    ],
}
STATES: dict[str, tuple[Callable[[], Award], datetime]] = {
    "in_publicity": (AwardFactory, REGISTERED + HOUR),
    "awarded": (lambda: AwardFactory(active=True), PUBLICITY_END + HOUR),
    "text_of_the_agency": (lambda: ContractUploadFactory().contract.award, SIGNED),
    "in_service": (lambda: ContractFactory(active=True).award, SIGNED + HOUR),
    "delivered": (lambda: DeliverableFactory().contract.award, DELIVERED + HOUR),
    "accepted": (lambda: ContractFactory(accepted=True).award, ACCEPTED + HOUR),
    "archived": (lambda: ContractFactory(archived=True).award, RATING_DUE + HOUR),
}
POSSIBLE = {
    ("in_publicity", "agency"): {"award_abandon"},
    ("awarded", "agency"): {"contract_upload", "award_abandon"},
    ("awarded", "buyer"): {"contract_upload"},
    ("text_of_the_agency", "agency"): {"award_abandon"},
    ("text_of_the_agency", "buyer"): {"contract_confirm", "contract_reject"},
    ("in_service", "agency"): {"deliver"},
    ("delivered", "buyer"): {"accept_delivery", "return_delivery"},
    ("accepted", "agency"): {"rate"},
    ("accepted", "buyer"): {"rate"},
}
SIGNATURE = {"contract_confirm", "contract_reject", "contract_upload", "award_abandon"}
SERVICE = {"deliver", "accept_delivery", "return_delivery"}
# What is finished leaves no button.
OVER = {
    "in_service": SIGNATURE,
    "delivered": SIGNATURE,
    "accepted": SIGNATURE | SERVICE,
    "archived": SIGNATURE | SERVICE | {"rate"},
}
CASES = [(state, side) for state in STATES for side in ACTS]


@pytest.mark.parametrize(("state", "side"), CASES)
def test_every_act_is_offered_or_disabled_with_its_reason_and_its_source_until_it_is_finished(
    state: str, side: str
) -> None:
    make, at = STATES[state]
    award = make()

    with time_machine.travel(at, tick=False):
        html = log_in(award, side).get(url("contract", award)).content.decode()

    offers = re.findall(r'(?:action|href)="([^"]+)"', html)
    possible = POSSIBLE.get((state, side), set())
    assert {act for act in LABELS if url(act, award) in offers} == possible
    assert closed(html).keys() == {
        LABELS[act] for act in ACTS[side] if act not in possible | OVER.get(state, set())
    }
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("state", "side"), CASES)
def test_what_is_disabled_is_refused_when_it_is_posted_all_the_same(state: str, side: str) -> None:
    make, at = STATES[state]
    award = make()

    with time_machine.travel(at, tick=False):
        client = log_in(award, side)
        before = snapshot()
        for act in ACTS[side]:
            if act not in POSSIBLE.get((state, side), set()):
                files = {"file": upload()} if act in {"contract_upload", "deliver"} else {}
                client.post(url(act, award), {"reasons": WHY, **STARS, **files})

    assert snapshot() == before


def test_an_authority_sees_the_page_without_acts() -> None:
    award = ContractUploadFactory().contract.award
    client = Sender()
    client.force_login(party(AuthorityFactory(division=award.tender.division), "regulator").user)

    with time_machine.travel(SIGNED, tick=False):
        html = client.get(url("contract", award)).content.decode()

    assert not closed(html)
    assert "确认合同" not in html


@pytest.mark.parametrize(
    ("make", "side", "act", "guard"),
    [
        (
            lambda: ContractUploadFactory().document,
            "buyer",
            "contract_confirm",
            "another_person_confirms",
        ),
        (
            lambda: DeliverableFactory().document,
            "buyer",
            "accept_delivery",
            "another_person_decides",
        ),
        (
            lambda: DeliverableFactory().document,
            "buyer",
            "return_delivery",
            "another_person_decides",
        ),
    ],
)
def test_who_handed_a_paper_in_for_one_side_sees_why_they_cannot_take_it_for_the_other(
    make: Callable[[], Document], side: str, act: str, guard: str
) -> None:
    document = make()
    award = Award.objects.get()

    with time_machine.travel(DELIVERED + HOUR, tick=False):
        client = log_in(award, side, user=document.uploaded_by)
        html = client.get(url("contract", award)).content.decode()

    assert closed(html)[LABELS[act]] == guard


def test_who_rated_for_one_side_sees_why_they_cannot_rate_for_the_other() -> None:
    contract = ContractFactory(accepted=True)
    rated = EvaluationFactory(contract=contract, side=Evaluation.Side.AGENCY)

    with time_machine.travel(RATED + HOUR, tick=False):
        client = log_in(contract.award, "buyer", user=rated.rated_by)
        html = client.get(url("contract", contract.award)).content.decode()

    assert closed(html)["提交评价"] == "person_did_not_rate_for_the_other_side"


# --- A colleague was faster -----------------------------------------------------------------------
def refused_once(state: str, side: str, act: str, **posted: Any) -> tuple[Award, HttpResponse]:
    make, at = STATES[state]
    award = make()
    with time_machine.travel(at, tick=False):
        return award, log_in(award, side).post(url(act, award), posted)


@pytest.mark.parametrize(
    ("state", "side", "act", "reason"),
    [
        ("awarded", "buyer", "contract_upload", "请选择“文件”"),
        ("text_of_the_agency", "buyer", "contract_reject", "请填写“理由”"),
        ("delivered", "buyer", "return_delivery", "请填写“理由”"),
        ("awarded", "agency", "award_abandon", "请填写“理由”"),
        ("in_publicity", "agency", "award_abandon", "请填写“理由”"),
        ("accepted", "buyer", "rate", "请选择“服务质量”"),
    ],
)
def test_a_form_that_lacks_something_says_so_beside_the_field_and_in_the_summary(
    state: str, side: str, act: str, reason: str
) -> None:
    _award, response = refused_once(state, side, act)

    html = response.content.decode()
    assert response.status_code == 422
    assert html.count('class="z-errs"') == 1
    assert html.count(reason) >= 2
    assert '<details class="mt-3">' not in html


@pytest.mark.parametrize(
    ("state", "side", "act", "posted", "typed", "reason"),
    [
        (
            *("delivered", "agency", "deliver"),
            *(
                {"note": "更正稿二"},
                'value="更正稿二"',
                "合同不在服务期，不能交付。依据：平台默认。",
            ),
        ),
        (
            *("in_service", "buyer", "contract_reject"),
            *({"reasons": WHY}, WHY, "没有等待确认的合同文本。依据：平台默认。"),
        ),
        (
            *("accepted", "buyer", "return_delivery"),
            *({"reasons": WHY}, WHY, "没有等待验收的成果。依据：平台默认。"),
        ),
        (
            *("in_service", "agency", "award_abandon"),
            *({"reasons": WHY}, WHY, "不能放弃。依据：平台默认。"),
        ),
        (
            *("archived", "buyer", "rate"),
            *({**STARS, "comment": "很好"}, "很好", "归档以后不能再评价。依据：平台默认。"),
        ),
    ],
)
def test_a_form_that_came_too_late_keeps_what_was_typed_and_says_why(
    state: str, side: str, act: str, posted: dict[str, Any], typed: str, reason: str
) -> None:
    if act == "return_delivery":
        given = DeliverableFactory(contract=ContractFactory(accepted=True))
        Deliverable.objects.filter(pk=given.pk).update(status="accepted", decided_at=ACCEPTED)
        award = given.contract.award
        with time_machine.travel(ACCEPTED + HOUR, tick=False):
            response = log_in(award, side).post(url(act, award), posted)
    else:
        files = {"file": upload()} if act == "deliver" else {}
        award, response = refused_once(state, side, act, **posted, **files)

    html = response.content.decode()
    assert response.status_code == 422
    assert typed in html
    assert reason in html.split('class="z-errs"', 1)[1].split("</ul>", 1)[0]
    assert f'action="{url(act, award)}"' in html
    assert closed(html)[LABELS[act] if act != "contract_reject" else "退回合同文本"]
    assert not ContractUpload.objects.exists()


def test_an_officer_whose_colleague_sent_the_order_back_keeps_the_reasons() -> None:
    tender = TenderFactory(returned=True)
    client = Sender()
    client.force_login(party(AuthorityFactory(division=tender.division), Role.OPERATOR).user)

    response = client.post(
        reverse("bidding:operator_return", args=[tender.slug]), {"reasons": "请补充限价依据。"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "请补充限价依据。" in html
    assert closed(html) == {"退回并告知理由": "tender_is_with_the_operator"}
    assert Tender.objects.get().return_reasons == "限价没有依据。"


def test_an_officer_of_the_buyer_sees_why_they_cannot_send_its_order_back() -> None:
    tender = TenderFactory(submitted=True)
    officer = party(AuthorityFactory(division=tender.division), Role.OPERATOR)
    Membership.objects.create(user=officer.user, organization=tender.buyer, role=Role.BUYER_MANAGER)
    client = Sender()
    client.force_login(officer.user)

    html = client.get(reverse("bidding:operator_tender", args=[tender.slug])).content.decode()

    assert closed(html)["退回并告知理由"] == "officer_is_not_of_the_buyer"
    assert reverse("bidding:operator_return", args=[tender.slug]) not in html


def test_a_request_that_arrived_before_the_delivery_does_not_sign_for_it(settings: Any) -> None:
    settings.ARRIVAL_HEADER = "X-Request-Start"
    award = DeliverableFactory().contract.award
    path, arrived = url("accept_delivery", award), DELIVERED - timedelta(seconds=1)

    with time_machine.travel(DELIVERED + timedelta(seconds=1), tick=False):
        client = log_in(award, "buyer")
        before = snapshot()
        response = client.post(path, headers={"X-Request-Start": f"t={arrived.timestamp()}"})

    assert response.status_code == 422
    assert "成果的交付时间晚于这次提交到达的时间，什么也没有办理" in response.content.decode()
    assert snapshot() == before


# --- The payment ----------------------------------------------------------------------------------
def test_the_winner_alone_answers_whether_it_was_paid_and_writes_what_is_owed() -> None:
    contract = ContractFactory(archived=True, pay_due_at=PAY_DUE)
    award, address = contract.award, url("payment_answer", contract.award)

    with time_machine.travel(PAY_DUE, tick=False):
        agency, buyer = log_in(award, "agency"), log_in(award, "buyer")
        before = snapshot()
        assert buyer.get(address).status_code == 403
        assert buyer.post(address, {"answer": "received"}).status_code == 403
        asked = agency.get(address).content.decode()
        silent = agency.post(address, {"answer": "unpaid", "reasons": " "})
        assert snapshot() == before
        said = agency.post(address, {"answer": "received"}, follow=True).content.decode()

    assert "<h1>是否已按约收到款项？</h1>" in asked
    assert silent.status_code == 422
    assert "请写明欠款情况" in silent.content.decode()
    assert "答复已经保存。" in said
    assert "中选机构答复：已经按约收到" in said
    assert f'href="{address}"' not in said
    contract.refresh_from_db()
    assert (contract.payment_answer, contract.payment_answered_at) == ("received", PAY_DUE)


# --- What cannot be taken back asks first ---------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "side", "act", "question", "stay"),
    [
        ("text_of_the_agency", "buyer", "contract_confirm", "确认这份合同？", "先不确认"),
        ("delivered", "buyer", "accept_delivery", "验收这份成果？", "先不验收"),
        ("in_publicity", "agency", "award_abandon", "放弃这次中选？", "不放弃"),
    ],
)
def test_an_act_that_cannot_be_taken_back_asks_first_and_has_a_safe_way_out(
    state: str, side: str, act: str, question: str, stay: str
) -> None:
    make, at = STATES[state]
    award = make()

    with time_machine.travel(at, tick=False):
        client = log_in(award, side)
        before = snapshot()
        html = client.get(url(act, award)).content.decode()

    assert f"<h1>{question}</h1>" in html
    assert html.index(f'href="{url("contract", award)}">{stay}') < html.rindex(LABELS[act])
    assert f'method="post" action="{url(act, award)}"' in html
    assert snapshot() == before


@pytest.mark.parametrize(
    ("side", "act"), [("agency", "accept_delivery"), ("buyer", "award_abandon")]
)
def test_the_other_side_is_not_asked(side: str, act: str) -> None:
    award = DeliverableFactory().contract.award

    with time_machine.travel(DELIVERED + HOUR, tick=False):
        assert log_in(award, side).get(url(act, award)).status_code == 403


def test_the_named_agency_is_asked_before_it_declines_for_good() -> None:
    tender = TenderFactory(active=True)
    tender.method, tender.naming_reasons = "direct", "熟悉前期工作。"
    tender.named_agency = bidder(tender.item)
    tender.save()
    client = Sender()
    client.force_login(party(tender.named_agency, Role.AGENCY_MANAGER).user)
    address = reverse("bidding:bid_decline", args=[tender.code])

    with time_machine.travel(tender.published_at + HOUR, tick=False):
        assert f'href="{address}"' in client.get(url_of_bid(tender)).content.decode()
        html = client.get(address).content.decode()

    tender.refresh_from_db()
    assert "<h1>谢绝这次直接选取？</h1>" in html
    assert f'href="{url_of_bid(tender)}">不谢绝' in html
    assert tender.status == "active"


def url_of_bid(tender: Tender) -> str:
    return reverse("bidding:bid", args=[tender.code])


# --- The rating -----------------------------------------------------------------------------------
def test_a_rating_that_may_be_amended_is_filled_in() -> None:
    contract = ContractFactory(rated=True)
    EvaluationFactory(contract=contract, quality=2, comment="第一版评语")

    with time_machine.travel(RATED + HOUR, tick=False):
        client = log_in(contract.award, "buyer")
        html = client.get(url("contract", contract.award)).content.decode()

    assert "修改评价" in html
    assert "第一版评语</textarea>" in html
    checked = re.findall(r'name="(\w+)" value="(\d)"[^>]* checked', html)
    assert dict(checked) == {**dict.fromkeys(STARS, "5"), "quality": "2"}
    assert Contract.objects.get().status == "rated"


def test_who_has_no_contract_yet_is_led_to_where_one_begins(client: Client) -> None:
    agency = party(bidder(), Role.AGENCY_MANAGER)
    buyer = party(BuyerFactory().organization, Role.BUYER_MANAGER)
    for one, begins in ((agency, "agency_matches"), (buyer, "buyer_tenders")):
        client.force_login(one.user)
        main = client.get(reverse("bidding:contracts")).content.decode().split("<main")[1]
        assert f'href="{reverse(f"bidding:{begins}")}"' in main


# --- The text of the contract -----------------------------------------------------------------
def test_each_side_finds_the_text_filled_in_until_it_is_signed() -> None:
    award = AwardFactory(active=True)
    asked = url("contract_draft", award)

    for side in ("buyer", "agency"):
        reader = log_in(award, side)
        answer = reader.get(asked)
        assert answer.headers["Content-Type"] == DOCX.content_type
        assert kind_of(BytesIO(b"".join(answer))) == DOCX
        assert f'href="{asked}"' in reader.get(url("contract", award)).content.decode()
    signed = ContractFactory(active=True).award
    assert "draft.docx" not in log_in(signed, "buyer").get(url("contract", signed)).content.decode()


def test_nobody_else_finds_the_text_of_an_award() -> None:
    award = AwardFactory(active=True)
    officer, stranger = Sender(), Sender()
    officer.force_login(party(AuthorityFactory(), Role.OPERATOR).user)
    stranger.force_login(party(BuyerFactory().organization, Role.BUYER_MANAGER).user)

    assert officer.get(url("contract_draft", award)).status_code == 403
    assert stranger.get(url("contract_draft", award)).status_code == 404


def test_everybody_finds_a_text_to_fill_in() -> None:
    found = Client().get("/contract-texts/surveying.docx")

    assert found.headers["Content-Type"] == DOCX.content_type
    assert "%E6%B5%8B%E7%BB%98" in found.headers["Content-Disposition"]
    assert Client().get("/contract-texts/nothing.docx").status_code == 404
