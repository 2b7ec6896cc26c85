"""What may not be done, tried over HTTP: the words it is refused in, and what did not happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache

from bidding.models import Award, Bid, Contract, ContractUpload, Deliverable, Offer, Tender
from credit.models import Restriction, StandingCheck
from marketplace.actions.memberships import end_membership
from marketplace.kernel.due import run_due
from marketplace.models import Document, Membership, Message, Organization
from tests.bidding.refusals import snapshot
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    PUBLISHED,
    REGISTERED,
    AwardFactory,
    ContractFactory,
    DocumentFactory,
    TenderFactory,
    bidder,
    load_reference,
    unsealed,
)
from tests.factories.credit import CaseFactory, RestrictionFactory, notice
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    ServiceItemFactory,
    UserFactory,
    division,
    party,
    valid_uscc,
)
from tests.journeys.reader import Reader, reader, reader_of
from tests.uploads import EXE_BYTES, upload

pytestmark = pytest.mark.django_db

BLOCKED = "机构处于信用限制期，限制在全省生效"
WINNER_BLOCKED = "中选机构处于信用限制期，限制在全省生效，不能中选、签约"
NO_PROGRAM = "平台按内容辨认，不看扩展名；这个文件的内容不是其中任何一种"
OTHER_ROLE = "这个页面属于别的单位，或者需要另一种角色。"


@pytest.fixture(autouse=True)
def time() -> Iterator[time_machine.Coordinates]:
    cache.clear()
    load_reference()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def manager(organization: Organization) -> Reader:
    return reader(organization, Role.AGENCY_MANAGER)


def operator() -> Reader:
    return reader(AuthorityFactory(division=division()), Role.OPERATOR)


def stored_files() -> set[Path]:
    """Return the uploaded files on disk."""
    folder = Path(settings.STORAGES["private"]["OPTIONS"]["location"])
    return {path for path in folder.rglob("*") if path.is_file()}


def opened(bids: dict[Organization, str], tender: Tender, time: time_machine.Coordinates) -> None:
    """Make each bid over HTTP, and let the schedule close and open the order."""
    for agency, amount in bids.items():
        manager(agency).sends(f"/tenders/{tender.code}/bid/", amount=amount)
    time.move_to(OPENING, tick=False)
    run_due(OPENING)
    time.move_to(REGISTERED, tick=False)


# --- The sign-up ----------------------------------------------------------------------------------
def test_a_lower_amount_at_the_very_deadline_does_not_count(time: time_machine.Coordinates) -> None:
    tender = TenderFactory(active=True)
    late, rival = bidder(tender.item), bidder(tender.item)
    one, address = manager(late), f"/tenders/{tender.code}/bid/"
    one.sends(address, amount="90000")
    manager(rival).sends(address, amount="80000")

    time.move_to(DEADLINE, tick=False)
    one.log_in()
    before = snapshot("User")
    page = one.sends(address, 422, amount="70000")
    assert "报名尚未开始或已经截止" in page
    assert snapshot("User") == before
    time.move_to(OPENING, tick=False)
    run_due(OPENING)

    tender.refresh_from_db()
    assert tender.status == "evaluated"
    assert tender.selection.evidence.count("70000") == 0
    assert sorted(unsealed(offer) for offer in Offer.objects.all()) == [80000, 90000]
    time.move_to(REGISTERED, tick=False)
    operator().sends(f"/operator/tenders/{tender.slug}/register/")
    assert Award.objects.get().bid.agency == rival


def test_an_amount_above_the_ceiling_is_no_sign_up() -> None:
    tender = TenderFactory(active=True)
    one = manager(bidder(tender.item))

    page = one.sends(f"/tenders/{tender.code}/bid/", 422, amount="100000.01")

    assert "金额高于最高限价 ¥100,000.00" in page
    assert (Bid.objects.count(), Offer.objects.count(), Message.objects.count()) == (0, 0, 0)
    assert [check.is_clear for check in StandingCheck.objects.all()] == [True]


def test_the_ceiling_itself_is_a_good_amount() -> None:
    tender = TenderFactory(active=True)

    manager(bidder(tender.item)).sends(f"/tenders/{tender.code}/bid/", amount="100000.00")

    assert unsealed(Offer.objects.get()) == Decimal("100000.00")


# --- A sanction in force, at each of the three moments -------------------------------------------
def last_answer() -> tuple[str, bool, list[str]]:
    """Return what credit was asked last and answered."""
    check = StandingCheck.objects.latest("pk")
    return check.moment, check.is_clear, check.restriction_ids


def test_a_sanctioned_agency_signs_up_nowhere() -> None:
    tender = TenderFactory(active=True)
    agency = bidder(tender.item)
    restriction = RestrictionFactory(organization=agency)

    page = manager(agency).sends(f"/tenders/{tender.code}/bid/", 422, amount="80000")

    assert BLOCKED in page
    assert (Bid.objects.count(), Offer.objects.count(), Message.objects.count()) == (0, 0, 0)
    assert last_answer() == ("sign_up", False, [restriction.slug])


def test_a_winner_sanctioned_after_the_opening_is_not_registered(
    time: time_machine.Coordinates,
) -> None:
    tender = TenderFactory(active=True)
    agency = bidder(tender.item)
    opened({agency: "80000"}, tender, time)
    restriction = RestrictionFactory(organization=agency, effective_from=OPENING)

    page = operator().sends(f"/operator/tenders/{tender.slug}/register/", 422)

    tender.refresh_from_db()
    assert WINNER_BLOCKED in page
    assert not Award.objects.exists()
    assert (tender.status, tender.end_reasons) == ("unsuccessful", WINNER_BLOCKED)
    assert last_answer() == ("selection", False, [restriction.slug])
    assert WINNER_BLOCKED in Reader().opens(f"/tenders/{tender.code}/")


def test_a_winner_sanctioned_after_the_letter_signs_no_contract(
    time: time_machine.Coordinates,
) -> None:
    award = AwardFactory(active=True)
    time.move_to(award.awarded_at + timedelta(hours=10), tick=False)
    restriction = RestrictionFactory(organization=award.bid.agency, effective_from=award.awarded_at)
    one, before = manager(award.bid.agency), stored_files()

    page = one.sends(f"/contracts/{award.tender.slug}/upload/", 422, file=upload())

    award.refresh_from_db()
    assert WINNER_BLOCKED in page
    assert "放弃中选" not in page
    assert (Document.objects.count(), stored_files()) == (0, before)
    assert award.status == "cancelled"
    assert (Contract.objects.count(), ContractUpload.objects.count()) == (0, 0)
    assert last_answer() == ("contract", False, [restriction.slug])


# --- Who may not ----------------------------------------------------------------------------------
WRONG_ROLES = [
    (Role.AGENCY_MANAGER, "/operator/tenders/", {}),
    (Role.AGENCY_MANAGER, "/buyer/tenders/new/", {"item": "x"}),
    (Role.AGENCY_MANAGER, "/regulator/cases/", {}),
    (Role.BUYER_MANAGER, "/tenders/{code}/bid/", {"amount": "80000"}),
    (Role.BUYER_MANAGER, "/operator/admissions/", {}),
    (Role.OPERATOR, "/tenders/{code}/bid/", {"amount": "80000"}),
    (Role.OPERATOR, "/buyer/tenders/new/", {"item": "x"}),
    (Role.OPERATOR, "/regulator/cases/new/", {}),
    (Role.INSPECTOR, "/regulator/cases/{case}/decide/", {"reasons": "理由"}),
    (Role.MANAGER, "/regulator/cases/{case}/decide/", {"reasons": "理由"}),
    (Role.REGULATOR, "/operator/tenders/", {}),
    (Role.REGULATOR, "/regulator/cases/{case}/revoke/", {"reasons": "理由"}),
]


@pytest.mark.parametrize(("role", "address", "data"), WRONG_ROLES)
def test_a_wrong_role_is_told_so_and_changes_nothing(
    role: str, address: str, data: dict[str, str]
) -> None:
    tender, case = TenderFactory(active=True), CaseFactory(stated=True)
    unit = {
        Role.AGENCY_MANAGER: lambda: bidder(tender.item),
        Role.BUYER_MANAGER: lambda: BuyerFactory().organization,
    }.get(role, lambda: case.authority)()
    one = reader(unit, role)
    one.log_in()
    before = snapshot()

    path = address.format(code=tender.code, case=case.slug)
    page = one.sends(path, 403, **data) if data else one.opens(path, 403)

    assert "不能查看这个页面" in page
    assert OTHER_ROLE in page
    assert snapshot() == before


@pytest.mark.parametrize("keeps", [Role.OPERATOR, None])
def test_whose_role_ends_while_the_form_is_open_decides_nothing(keeps: str | None) -> None:
    case = notice(at=NOON - timedelta(days=30))
    officer, path = reader(case.authority, Role.REGULATOR), f"/regulator/cases/{case.slug}/decide/"
    if keeps:
        party(case.authority, keeps, user=officer.user)
    chief = party(case.authority, Role.MANAGER).user
    assert "作出决定" in officer.opens(path)
    held = Membership.objects.get(user=officer.user, role=Role.REGULATOR)
    end_membership(membership=held, by=chief, at=NOON)
    before = snapshot("User")

    # who acts for nobody any more is led to where one can be invited
    officer.sends(path, 404 if keeps else 200, reasons="事实清楚。")

    assert snapshot("User") == before
    assert not Restriction.objects.exists()


def test_who_reviewed_registers_nothing_under_another_authority_either(
    time: time_machine.Coordinates,
) -> None:
    tender = TenderFactory(submitted=True)
    first = operator()
    first.sends(f"/operator/tenders/{tender.slug}/approve/")
    operator().sends(f"/operator/tenders/{tender.slug}/publish/")
    tender.refresh_from_db()
    manager(bidder(tender.item)).sends(f"/tenders/{tender.code}/bid/", amount="80000")
    assert tender.opening_at is not None
    time.move_to(tender.opening_at + timedelta(hours=10), tick=False)
    run_due(tender.opening_at)
    province = AuthorityFactory(division=division("360000"), name="江西省测试运营机构")
    first.organization = party(province, Role.OPERATOR, user=first.user).organization
    first.log_in()
    assert "江西省测试运营机构" in first.opens("/workbench/")
    before = snapshot("User")

    page = first.sends(f"/operator/tenders/{tender.slug}/register/", 422)

    assert "审核人、发布人不能登记同一项采购的结果，须由第三人办理" in page
    assert snapshot("User") == before
    assert not Award.objects.exists()


def test_who_opened_a_case_does_not_decide_it_under_another_authority() -> None:
    case = notice(at=NOON - timedelta(days=30))
    acting = party(case.authority, Role.REGULATOR, user=case.opened_by)
    province = AuthorityFactory(division=division("360000"))
    again = reader_of(party(province, Role.REGULATOR, user=acting.user))
    again.log_in()
    before = snapshot("User")

    page = again.sends(f"/regulator/cases/{case.slug}/decide/", 422, reasons="事实清楚。")

    assert "立案和决定须由两名工作人员分别办理，您是这个案件的承办人" in page
    assert snapshot("User") == before
    assert not Restriction.objects.exists()


# --- What is not there ----------------------------------------------------------------------------
def test_what_belongs_to_another_organization_is_not_found_by_its_address() -> None:
    contract = ContractFactory(active=True)
    award = contract.award
    paper = DocumentFactory(organization=award.bid.agency)
    ContractUpload.objects.create(
        contract=contract, document=paper, organization=award.bid.agency, uploaded_at=NOON
    )
    draft = TenderFactory(title="别人的草稿", buyer=award.tender.buyer)
    case = CaseFactory(organization=award.bid.agency)
    letter = Message.objects.create(
        user=UserFactory(),
        organization=award.bid.agency,
        kind="bidding/award_won",
        subject="别人的消息",
        body="别人的消息",
        created_at=PUBLISHED,
    )
    slug = award.tender.slug
    strangers = {
        "agency": manager(bidder()),
        "buyer": reader(BuyerFactory().organization, Role.BUYER_MANAGER),
        "officer": reader(AuthorityFactory(division=division("360100")), Role.REGULATOR),
    }
    for one in strangers.values():
        one.log_in()
    before = snapshot("User")

    for one in strangers.values():
        for address in (
            f"/contracts/{slug}/",
            f"/contracts/{slug}/documents/{paper.slug}/",
            f"/credit/record/cases/{case.slug}/",
            f"/regulator/cases/{case.slug}/" if one is strangers["officer"] else None,
            f"/buyer/tenders/{draft.slug}/",
            f"/inbox/{letter.slug}/",
        ):
            if address:
                text = one.opens(address, 404)
                assert [word for word in ("别人的", paper.name, case.number) if word in text] == []
        one.sends(f"/contracts/{slug}/deliver/", 404, file=upload())
        one.sends(f"/credit/record/cases/{case.slug}/", 404, statement="不服。")
    assert snapshot("User") == before


def test_an_item_that_is_not_published_is_neither_shown_nor_ordered() -> None:
    item = ServiceItemFactory(name="没有依据的评估", legal_basis="")
    buyer = reader(BuyerFactory().organization, Role.BUYER_MANAGER)

    page = buyer.sends("/buyer/tenders/new/", 422, item=item.code, division=division().code)

    assert "选择一个有效的选项" in page
    assert not Tender.objects.exists()
    assert "没有依据的评估" not in buyer.opens("/buyer/tenders/new/")
    assert "没有依据的评估" not in Reader().opens(f"/search/?q={item.code}").split("<main")[1]


def test_an_item_retired_meanwhile_keeps_its_order_from_the_public() -> None:
    tender = TenderFactory(reviewed=True)
    tender.item.suspend(at=NOON)
    tender.item.save()
    officer = operator()
    before = snapshot("User")

    page = officer.sends(f"/operator/tenders/{tender.slug}/publish/", 422)

    assert "服务事项已经停用或者不在有效期，不能据此发布采购" in page
    assert snapshot("User") == before
    assert tender.title not in Reader().opens("/tenders/")


def test_a_malformed_credit_code_registers_nobody() -> None:
    division()
    person = reader(bidder(), Role.AGENCY_AGENT)
    person.log_in()
    before = snapshot("User")
    wrong = valid_uscc(5)[:-1] + "I"

    for kind, more in (("agency", {}), ("buyer", {"nature": "government"})):
        page = person.sends(
            f"/register/{kind}/",
            422,
            name="江西乱码有限公司",
            uscc=wrong,
            division="360702",
            **more,
        )
        assert "统一社会信用代码" in page
        assert "这里出现了“I”。依据：GB 32100。" in page

    assert snapshot("User") == before
    assert "江西乱码有限公司" not in Reader().opens("/agencies/")


# --- A program by another name --------------------------------------------------------------------
def test_a_program_is_neither_contract_nor_result_nor_evidence(
    time: time_machine.Coordinates,
) -> None:
    award = AwardFactory(active=True)
    contract = ContractFactory(active=True)
    case = notice()
    program = {"content": EXE_BYTES, "name": "合同.pdf"}
    sends = [
        (award.bid.agency, f"/contracts/{award.tender.slug}/upload/", "file", {}),
        (
            contract.award.bid.agency,
            f"/contracts/{contract.award.tender.slug}/deliver/",
            "file",
            {},
        ),
        (
            case.organization,
            f"/credit/record/cases/{case.slug}/",
            "document",
            {"statement": "不服"},
        ),
    ]
    readers = [manager(organization) for organization, *_form in sends]
    before, on_disk = snapshot("User"), stored_files()

    for one, (_organization, address, field, data) in zip(readers, sends, strict=True):
        page = one.sends(address, 422, **data, **{field: upload(**program)})
        assert NO_PROGRAM in page

    assert snapshot("User") == before
    assert stored_files() == on_disk
    documents = Document.objects.exclude(pk__in=case.evidence.values("pk"))
    counts = (documents.count(), Deliverable.objects.count(), ContractUpload.objects.count())
    assert counts == (0, 0, 0)
