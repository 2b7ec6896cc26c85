"""What all deadlines of an order's life say of it."""

from bidding.actions import deadlines
from bidding.actions.deadlines.common import matter, words_of
from bidding.models import Award, Contract, Explanation, PanelSeat, Tender
from bidding.models.deadlines import OrderDeadline, PanelDeadline
from marketplace.kernel.deadlines import Kind, Settled
from marketplace.kernel.models import DeadlineSubject
from tests.clock import NOON

TENDER = Tender(slug="abc", code="JX360702-2026-00001")
AWARD = Award(tender=TENDER)
CONTRACT = Contract(award=AWARD, number="JX360702-2026-C00001")
ROWS = {
    "tender": TENDER,
    "award": AWARD,
    "contract": CONTRACT,
    "explanation": Explanation(tender=TENDER),
    "panel": PanelSeat(tender=TENDER),
}
KINDS = [one for one in vars(deadlines).values() if isinstance(one, Kind)]


def test_each_deadline_of_an_order_s_life_is_declared_once_in_its_words() -> None:
    assert {kind.name: str(kind.label) for kind in KINDS} == {
        **dict(OrderDeadline.choices),
        **dict(PanelDeadline.choices),
    }


def test_all_but_the_law_s_term_for_payment_stand_still_with_their_order() -> None:
    said = {
        kind.name: (kind.matter(row), kind.reference(row))
        for kind, row in _with_rows()
        if kind.matter is not None
    }

    of_order, of_contract = ("tender/abc", TENDER.code), ("tender/abc", CONTRACT.number)
    assert said == {
        name: of_contract if name.startswith("contract.") else of_order
        for name in [*OrderDeadline, *PanelDeadline]
        if name != OrderDeadline.PAYMENT
    }
    assert deadlines.PAYMENT.reference(CONTRACT) == CONTRACT.number
    assert matter(CONTRACT) == "tender/abc"


def _with_rows() -> list[tuple[Kind, DeadlineSubject]]:
    return [(kind, ROWS[kind.name.partition(".")[0]]) for kind in KINDS]


def test_who_is_told_of_a_deadline_that_moved_reads_its_word() -> None:
    found = Settled("x", OrderDeadline.SIGNATURE.value, NOON, NOON, is_provisional=False)

    assert words_of(found) == {"label": "签约期限", "settled": found}
