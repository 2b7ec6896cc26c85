"""The page of an award, decided: whom to speak to, what comes next, what is still to be done."""

from datetime import datetime, timedelta

import pytest

from bidding.models import Award
from bidding.pages.contract_page import ContractPage, contract_page
from bidding.pages.contracts import Desk
from marketplace.kernel.calendar import CHINA
from marketplace.models import Membership
from tests.factories.bidding import (
    ACCEPTED,
    DELIVERED,
    PUBLICITY_END,
    RATING_DUE,
    REGISTERED,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
)
from tests.factories.marketplace import AuthorityFactory, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
HOUR = timedelta(hours=1)
PAY_DUE = datetime(2027, 1, 16, tzinfo=CHINA)
ROLES = {"buyer": Membership.Role.BUYER_MANAGER, "agency": Membership.Role.AGENCY_MANAGER}


def seen_by(side: str, award: Award, at: datetime) -> ContractPage:
    if side == "authority":
        reader = party(AuthorityFactory(division=award.tender.division), "regulator")
    else:
        unit = award.tender.buyer if side == "buyer" else award.bid.agency
        reader = party(unit, ROLES[side])
    return contract_page(Desk(award, reader, at))


STEPS = [
    (AwardFactory, REGISTERED + HOUR, "等待公示期满，期满发出中选通知书。", None),
    (
        lambda: AwardFactory(active=True),
        PUBLICITY_END + HOUR,
        "任何一方上传签好的合同，由另一方确认。",
        None,
    ),
    (
        lambda: ContractUploadFactory().contract.award,
        SIGNED,
        "等待对方确认贵单位上传的合同。",
        "请确认对方上传的合同，或者写明理由退回。",
    ),
    (
        lambda: ContractFactory(active=True).award,
        SIGNED + HOUR,
        "请在期限前交付成果。",
        "等待机构交付成果。",
    ),
    (
        lambda: DeliverableFactory().contract.award,
        DELIVERED + HOUR,
        "等待业主验收。",
        "请验收：验收合格，或者写明理由退回。",
    ),
    (
        lambda: ContractFactory(accepted=True).award,
        ACCEPTED + HOUR,
        "双方互相评价，评价向社会公开。",
        None,
    ),
]


@pytest.mark.parametrize(("make", "at", "agencys", "buyers"), STEPS)
def test_each_side_reads_what_it_does_next(make, at, agencys: str, buyers: str | None) -> None:
    award = make()

    agency, buyer = seen_by("agency", award, at), seen_by("buyer", award, at)

    assert agency.next_step
    assert buyer.next_step
    assert str(agency.next_step.text) == agencys
    assert str(buyer.next_step.text) == (buyers or agencys)
    assert "<time" in str(agency.next_step.due)


def test_a_finished_or_cancelled_award_has_no_next_step_and_offers_nothing() -> None:
    archived = ContractFactory(archived=True).award
    cancelled = AwardFactory(cancelled=True)

    for award in (archived, cancelled):
        page = seen_by("agency", award, RATING_DUE + HOUR)
        assert page.next_step is None
        assert page.abandon is None
        assert page.text.acts is not None
        assert page.text.acts.acts == []
    assert seen_by("agency", cancelled, RATING_DUE).delivery is None


def test_each_side_reads_whom_to_call_on_the_other_and_an_authority_both() -> None:
    award = ContractFactory(active=True).award
    tender, agency = award.tender, award.bid.agency
    agency.contact_name, agency.contact_phone = "钟经理", "13907970001"
    agency.save()
    buyers = (tender.contact_name, tender.contact_phone)
    agencys = ("钟经理", "13907970001")

    found = {
        side: [(one.person, one.phone) for one in seen_by(side, award, SIGNED + HOUR).contacts]
        for side in ("agency", "buyer", "authority")
    }

    assert all(buyers)
    assert found == {"agency": [buyers], "buyer": [agencys], "authority": [buyers, agencys]}


def test_an_authority_sees_no_acts() -> None:
    page = seen_by("authority", ContractFactory(active=True).award, SIGNED + HOUR)

    assert not page.is_of_a_side
    assert page.abandon is None
    assert page.text.acts is None


@pytest.mark.parametrize(
    ("payer", "said"),
    [
        ("public", ["付款主体", "付款期限", "合同另有约定的，最迟"]),
        ("large", ["付款主体", "付款期限"]),
        ("", []),
    ],
)
def test_both_sides_read_until_when_the_law_wants_it_paid(payer: str, said: list[str]) -> None:
    award = ContractFactory(delivered=True, payer=payer).award

    for side in ("agency", "buyer", "authority"):
        facts = seen_by(side, award, DELIVERED + HOUR).facts
        paying = [one for one in facts if "付款" in str(one.label) or "最迟" in str(one.label)]
        assert [str(one.label) for one in paying] == said
        assert all("<time" in str(one.value) for one in paying[1:])


ASKED_LATER = "到期时询问中选机构是否按约收到款项；不答复的不作记录。"
OPEN = "中选机构还没有答复是否按约收到款项。"


@pytest.mark.parametrize(
    ("answer", "after", "said", "offered"),
    [
        ("", -HOUR, ASKED_LATER, ["付款期限还没有到"]),
        ("", HOUR, OPEN, [None]),
        ("not_due", HOUR, "中选机构答复：按合同约定还没有到期", [None]),
        ("received", HOUR, "中选机构答复：已经按约收到", []),
        ("unpaid", HOUR, "中选机构答复：已经到期，没有收到", []),
    ],
)
def test_both_sides_read_what_is_known_of_the_payment_and_the_winner_answers(
    answer: str, after: timedelta, said: str, offered: list[str | None]
) -> None:
    answered = {"payment_answer": answer, "payment_answered_at": PAY_DUE if answer else None}
    award = ContractFactory(archived=True, payer="public", pay_due_at=PAY_DUE, **answered).award

    agency, buyer = (seen_by(side, award, PAY_DUE + after).payment for side in ("agency", "buyer"))

    assert agency
    assert buyer
    assert str(agency.empty).startswith(said)
    assert (str(buyer.empty), buyer.acts) == (str(agency.empty), None)
    assert str(agency.note).startswith("最长付款期限" if answer == "not_due" else "付款期限")
    acts = agency.acts.acts if agency.acts else []
    reasons = [act.failed[0].refusal if act.failed else None for act in acts]
    assert reasons == offered
    assert seen_by("agency", ContractFactory(accepted=True).award, PAY_DUE).payment is None


def test_after_the_acceptance_the_page_names_the_day_for_a_payment_that_waits_for_it() -> None:
    facts = seen_by(
        "buyer", ContractFactory(accepted=True, payer="public").award, ACCEPTED + HOUR
    ).facts

    [paying] = [one for one in facts if str(one.label) == "约定验收合格后付款的"]
    assert "2027年1月15日 24:00" in str(paying.value)
