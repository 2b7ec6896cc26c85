"""What comes after an award, as far as the script says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bidding.models import Award, Contract, Deliverable, Evaluation
from cms.demo.script import Round
from cms.demo.stories.contracts import award_is_served
from cms.demo.world import World
from credit.models import ReportedFact
from marketplace.models import Document
from tests.cms.stage import ORDER as STAGED
from tests.cms.stage import act, stage
from tests.factories.bidding import PUBLICITY_END, AwardFactory

pytestmark = pytest.mark.django_db
ORDER = replace(STAGED, ceiling=100000, days=11, scale="")


@pytest.fixture
def award() -> Award:
    made: Award = AwardFactory(active=True)
    return made


@pytest.fixture
def world(award: Award) -> World:
    return stage(zhice=award.bid.agency, gucheng=award.tender.buyer)


def serve(world: World, award: Award, **changes: object) -> list[datetime]:
    plan = Round(key="nanshi", published=-20, **changes)  # type: ignore[arg-type]
    return act(award_is_served(world, ORDER, plan, award))


def test_a_winner_gives_up_with_its_reasons(world: World, award: Award) -> None:
    at, judged_at = serve(world, award, abandoned="人手不足。")

    award.refresh_from_db()
    assert (award.status, award.cancel_reasons) == (Award.Status.CANCELLED, "人手不足。")
    assert award.cancelled_at == at
    assert at.date() == judged_at.date() == PUBLICITY_END.date()
    fact = ReportedFact.objects.get()
    assert (fact.status, fact.judged_at) == (ReportedFact.Status.CONFIRMED, judged_at)


@pytest.mark.parametrize(
    ("changes", "status", "moments"),
    [
        ({"stays": "awarded"}, None, 0),
        ({"stays": "uploaded"}, Contract.Status.PENDING, 1),
        ({}, Contract.Status.ACTIVE, 2),
        ({"rejected": "缺附件。"}, Contract.Status.ACTIVE, 4),
        ({"delivered": 8, "stays": "delivered"}, Contract.Status.DELIVERED, 3),
        ({"delivered": 8, "correction": "缺图。", "stays": "corrected"}, "active", 4),
        ({"delivered": 8}, Contract.Status.ACCEPTED, 4),
        ({"delivered": 8, "correction": "缺图。"}, Contract.Status.ACCEPTED, 6),
    ],
)
def test_a_contract_goes_as_far_as_the_script_says(
    world: World, award: Award, changes: dict[str, object], status: str | None, moments: int
) -> None:
    waited = serve(world, award, **changes)

    contract = Contract.objects.first()
    assert (contract.status if contract else None, len(waited)) == (status, moments)
    assert waited == sorted(waited)


@pytest.mark.parametrize(("uploads", "signer"), [("agency", "gucheng"), ("buyer", "zhice")])
def test_one_side_uploads_and_the_other_signs(
    world: World, award: Award, uploads: str, signer: str
) -> None:
    serve(world, award, uploads=uploads)

    upload = Contract.objects.get().uploads.get()
    assert upload.organization != world.parties[signer]
    assert upload.document.uploaded_by != world.users[signer]
    assert upload.document.name == f"中介服务合同-{award.tender.code}.pdf"


def test_what_was_returned_is_delivered_again_under_another_name(
    world: World, award: Award
) -> None:
    serve(world, award, delivered=8, correction="缺图。")

    notes = Deliverable.objects.order_by("pk").values_list("note", "return_reasons")
    assert list(notes) == [
        ("成果文件及附图，电子版。", "缺图。"),
        ("已按退回意见补充修改，修改处附对照表。", ""),
    ]
    assert set(Document.objects.values_list("content_type", flat=True)) == {"application/pdf"}


@pytest.mark.parametrize(
    ("rating", "stars"), [("high", [5, 5, 5, 5, 5]), ("low", [2, 3, 1, 4, 2]), ("silent", None)]
)
def test_the_owner_rates_as_the_script_says(
    world: World, award: Award, rating: str, stars: list[int] | None
) -> None:
    serve(world, award, delivered=8, rating=rating)

    rows = Evaluation.objects.filter(side="buyer")
    kinds = ("quality", "attitude", "timeliness", "charges", "conduct")
    assert [list(row) for row in rows.values_list(*kinds)] == ([stars] if stars else [])
    assert {row.rated_by for row in rows} <= {world.users["gucheng2"]}
