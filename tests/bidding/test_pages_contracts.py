"""What each side of an award can do on its page, with the form that was sent and refused."""

from datetime import timedelta
from typing import Any

import pytest

from bidding.models import Award
from bidding.pages.contracts import (
    Desk,
    confirm_act,
    contract_acts,
    document_of,
    last_deliverable,
    own_rating,
    rate_act,
)
from marketplace.models import Membership
from tests.clock import NOON
from tests.factories.bidding import (
    ACCEPTED,
    RATED,
    RATING_DUE,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
    DeliverableFactory,
    DocumentFactory,
    EvaluationFactory,
    bidder,
)
from tests.factories.marketplace import party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
HOUR = timedelta(hours=1)


def desk(award: Award, side: str, at: Any = NOON, **sent: Any) -> Desk:
    if side == "agency":
        return Desk(award, party(award.bid.agency, Membership.Role.AGENCY_MANAGER), at, sent)
    return Desk(award, party(award.tender.buyer, Membership.Role.BUYER_MANAGER), at, sent)


def names(place: Desk) -> dict[str, list[str]]:
    found = contract_acts(place)
    return {section: [act.name for act in acts.acts] for section, acts in found.items()}


SIGNING = ["contract_confirm", "contract_reject", "contract_upload"]


def test_each_side_has_its_acts_by_section_and_a_stranger_none() -> None:
    award = AwardFactory(active=True)

    assert names(desk(award, "agency")) == {
        "contract": SIGNING,
        "delivery": ["deliver"],
        "rating": ["rate"],
        "award": ["award_abandon"],
    }
    assert names(desk(award, "buyer")) == {
        "contract": SIGNING,
        "delivery": ["accept_delivery", "return_delivery"],
        "rating": ["rate"],
        "award": [],
    }
    stranger = Desk(award, party(bidder(), Membership.Role.AGENCY_MANAGER), NOON)
    assert contract_acts(stranger) == {}


def test_what_is_finished_offers_nothing_but_the_form_that_came_too_late() -> None:
    award = ContractFactory(accepted=True).award
    place = desk(award, "agency", ACCEPTED + HOUR)
    nothing: dict[str, list[str]] = {"contract": [], "delivery": [], "award": []}

    assert names(place) == {**nothing, "rating": ["rate"]}
    sent = place.form_of("deliver", {"note": "迟到的说明"}, {})
    late = contract_acts(desk(award, "agency", ACCEPTED + HOUR, deliver=sent))["delivery"]
    assert [(act.name, act.form) for act in late.acts] == [("deliver", sent)]
    cancelled = desk(AwardFactory(cancelled=True), "agency")
    assert names(cancelled) == {**nothing, "rating": []}


def test_a_form_has_ids_of_its_own_and_a_file_the_limit_of_the_rules() -> None:
    place = desk(AwardFactory(active=True), "buyer")

    assert place.form_of("rate")["quality"].auto_id == "id_rate_quality"
    assert place.form_of("contract_upload")["file"].auto_id == "id_contract_upload_file"
    assert confirm_act(place).form is None


def test_the_winner_alone_says_that_a_text_changes_its_award() -> None:
    award = ContractUploadFactory().contract.award

    fields = {
        side: [*desk(award, side).form_of("contract_reject").fields] for side in ("agency", "buyer")
    }

    assert fields == {"agency": ["reasons", "changes_the_award"], "buyer": ["reasons"]}


def test_a_rating_is_amended_in_a_form_that_holds_the_last_version() -> None:
    first = EvaluationFactory(quality=2)
    contract = first.contract
    place = desk(contract.award, "buyer", RATED + HOUR)
    latest = EvaluationFactory(contract=contract, version=2, quality=4, comment="改过。")

    act = rate_act(place)

    assert str(act.label) == "修改评价"
    assert act.form is not None
    assert (act.form.initial["quality"], act.form.initial["comment"]) == (4, "改过。")
    assert own_rating(contract, "buyer") == latest
    assert own_rating(contract, "agency") is None
    other = rate_act(desk(contract.award, "agency", RATING_DUE - HOUR))
    assert str(other.label) == "提交评价"


def test_the_last_result_counts() -> None:
    contract = ContractFactory(delivered=True)
    assert last_deliverable(contract) is None

    returned = {"status": "returned", "decided_at": SIGNED, "return_reasons": "缺图。"}
    DeliverableFactory(contract=contract, **returned)
    last = DeliverableFactory(contract=contract)

    assert last_deliverable(contract) == last


def test_a_document_is_of_the_contract_that_it_was_handed_in_for() -> None:
    upload, result = ContractUploadFactory(), DeliverableFactory()
    contract, foreign = upload.contract, DocumentFactory()

    assert document_of(contract, upload.document.slug) == upload.document
    assert document_of(result.contract, result.document.slug) == result.document
    for slug in (result.document.slug, foreign.slug, ""):
        assert document_of(contract, slug) is None
