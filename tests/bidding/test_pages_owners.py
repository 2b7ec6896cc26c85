"""An owner has a record: told by the other side, answered, judged, and then read by everybody."""

from datetime import timedelta

import pytest

from bidding.actions.conduct import report_buyer
from bidding.pages.owners import owner_page, public_owners
from credit.actions import explain_fact, judge_fact
from credit.actions.schemes import load_scheme
from credit.models import Entry, ReportedFact
from marketplace.kernel.models import Parameter
from marketplace.kernel.verdicts import Refused
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import AwardFactory, TenderFactory
from tests.factories.marketplace import BuyerFactory, Role, UserFactory, load_laws, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
DAY = timedelta(days=1)
SAID = {"reasons": "验收后 90 日没有付款。", "at": NOON}


@pytest.fixture
def award():
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    return AwardFactory(complete=True)


def refusals(act):
    with pytest.raises(Refused) as refused:
        act()
    return [verdict.guard for verdict in refused.value.verdicts]


def test_what_the_winner_says_counts_when_it_is_found_true_and_stands_with_the_owner_s_word(
    client, award
):
    by, owner = UserFactory(), award.tender.buyer
    fact = report_buyer(award=award, kind="buyer_paid_late", by=by, **SAID)
    assert (fact.organization, fact.reporter) == (owner, award.bid.agency)
    assert fact.outcome == "情况待核实"
    assert not Entry.objects.exists()
    again = {"award": award, "kind": "buyer_paid_late", "by": by, **SAID}
    assert refusals(lambda: report_buyer(**again)) == ["buyer_was_not_reported"]
    strange = {**again, "kind": "bribery"}
    assert refusals(lambda: report_buyer(**strange)) == ["conduct_is_of_buyers"]
    silent = {**again, "kind": "buyer_changed_terms", "reasons": " "}
    assert refusals(lambda: report_buyer(**silent)) == ["reasons_are_given"]
    assert ReportedFact.objects.count() == 1

    explain_fact(fact=fact, explanation="财政资金晚到。", by=by, at=NOON + DAY)
    fact = judge_fact(
        fact=fact, is_excused=False, reasons="属实。", by=UserFactory(), at=NOON + 2 * DAY
    )

    later = {"fact": fact, "explanation": "又及。", "by": by, "at": NOON + 3 * DAY}
    assert refusals(lambda: explain_fact(**later)) == ["fact_is_not_judged"]
    assert (fact.outcome, fact.entry.points) == ("情况属实", -3)
    page = owner_page(owner, None, NOON + 3 * DAY)
    assert [(told.entry, told.explanation) for told in page["entries"]] == [
        (fact.entry, "财政资金晚到。")
    ]
    assert [*public_owners()] == [owner]


def test_the_record_is_for_all_only_where_the_rulebook_says_so(award):
    owner = award.tender.buyer
    member, other = (
        party(owner, Role.BUYER_MANAGER),
        party(BuyerFactory().organization, Role.BUYER_MANAGER),
    )
    Parameter.objects.filter(key="credit.owner_public").update(value=False)

    shown = [owner_page(owner, one, NOON)["shows_record"] for one in (None, other, member)]

    assert shown == [False, False, True]


def test_who_published_nothing_and_who_is_a_person_has_no_page():
    BuyerFactory()
    TenderFactory()

    assert not public_owners().exists()
