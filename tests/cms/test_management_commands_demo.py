"""
The demo province: built in one transaction, compared with another build, and thrown away.

The other build is that of an earlier run for the same code: in CI the one on the other database.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from io import StringIO
from operator import or_
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.models import Q
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from bidding.models import (
    Amendment,
    Award,
    Bid,
    Contract,
    Evaluation,
    Explanation,
    Hall,
    PanelDraw,
    PanelSeat,
    Question,
    RequirementCheck,
    Tender,
)
from bidding.selection.discounts import is_of_a_rate
from bidding.selection.methods import METHODS
from bidding.selection.scoring import flaws as score_flaws
from bidding.selection.unit_prices import is_of_units
from bidding.stages import Stage
from cms.demo.bots import LONGEST_WAIT, bots_quote
from cms.demo.days import CHINA
from cms.demo.script import Account, script
from cms.models import NoticePage
from credit.models import Case, Entry, ReportedFact, Restriction, Review, SchemeProposal
from credit.ranking import ranking
from credit.standing import standing_of
from marketplace.identifiers import check_uscc
from marketplace.kernel import triggers
from marketplace.kernel.invariants import INVARIANTS, breaches
from marketplace.kernel.models import AuditEntry, Effect
from marketplace.models import (
    Agency,
    Buyer,
    Document,
    Membership,
    Message,
    Organization,
    User,
)
from marketplace.pages.trail import deed_of
from marketplace.web.workbench import NavItem, nav_of
from search.models import SearchEntry
from tests.clock import NOON
from tests.cms.broken_rows import BREAKS
from tests.cms.builds import OUR_APPS, kept
from tests.cms.english import texts_without_english
from tests.cms.province import dump, halls_when_it_comes_up, stage_at

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ROOT = Path(__file__).resolve().parents[2]
DAY = NOON.date()
END = datetime(2026, 11, 24, 0, 0, 30, tzinfo=CHINA)
AT_REST = END - timedelta(minutes=1)  # what ends at midnight waits for the schedule
DEMO_SOURCES = [
    *sorted((ROOT / "cms" / "demo").rglob("*.py")),
    ROOT / "cms" / "management" / "commands" / "demo.py",
    ROOT / "cms" / "management" / "commands" / "demo_accounts.py",
]
PACKAGES = {*OUR_APPS, "marketplace.kernel"}
READING = ROOT / "cms" / "demo" / "reading.py"
# an action may refuse, so whoever calls one may have to know a refusal
ALLOWED = re.compile(
    r"cms\.demo(\..+)?|(marketplace|credit|bidding|cms)\.actions(\..+)?"
    r"|marketplace\.(kernel\.(clock|effects|garbage|verdicts)|schedule|addresses|web\.seal_pattern)"
)
# in `guards.disputes` and `exchange` stand the forms that the actions of filing and filling take
READS = re.compile(
    r"(marketplace|credit|bidding|cms)"
    r"\.((kernel\.)?(models|calendar|parties)|expiring|exchange|sealing\.contents"
    r"|selection\.(methods|scoring|discounts|unit_prices)"
    r"|guards\.(choices|papers|disputes|warnings))"
)
HEAD = re.compile(r"<h1>.*?</h1>", re.DOTALL)
WRITES = re.compile(r"\.(\w*(create|update|save|delete|add|set|remove|clear))\(")


@dataclass(frozen=True)
class Province:
    """What two builds from the same seed and day came to; the second is in the database."""

    first: list[str]
    second: list[str]
    printed: str


def _build(*options: str) -> str:
    """Fill the province and return what was printed meanwhile."""
    printed = StringIO()
    with redirect_stderr(printed):
        call_command("demo", "--day", str(DAY), *options)
    return printed.getvalue()


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Province]:
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, DEMO_CROWD=False),
        time_machine.travel(NOON, tick=False),
        transaction.atomic(),
    ):
        printed = _build()
        second = dump()
        yield Province(kept("noon", lambda: second), second, printed)
        transaction.set_rollback(True)


# --- How it is made -------------------------------------------------------------------------------
def _imports(path: Path) -> set[str]:
    """Return the modules of ours that a file imports, wherever in it the import stands."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    direct = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {
        f"{node.module}.{alias.name}" if node.module in PACKAGES else str(node.module)
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return {name for name in direct | parts if name.partition(".")[0] in OUR_APPS}


def test_demo_uses_of_our_code_only_actions_the_clock_and_the_schedule() -> None:
    strange = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in DEMO_SOURCES
        for name in _imports(path)
        if not ALLOWED.fullmatch(name)
        if path != READING or not READS.fullmatch(name)
    }

    assert strange == set()


def test_demo_looks_up_and_changes_nothing_where_it_sees_our_tables() -> None:
    assert WRITES.search("Tender.objects.get_or_create(slug=slug)")
    assert WRITES.search(READING.read_text(encoding="utf-8")) is None


def test_same_seed_and_day_give_the_same_province(province: Province) -> None:
    digests = {
        hashlib.sha256("\n".join(lines).encode()).hexdigest()
        for lines in (province.first, province.second)
    }

    assert set(province.first) ^ set(province.second) == set()
    assert len(digests) == 1


def test_the_way_to_the_end_is_shown_in_steps(province: Province) -> None:
    steps = [int(step) for step in re.findall(r"demo: (\d+)%", province.printed)]

    assert steps == sorted(set(steps))
    assert (len(steps), steps[-1]) == (11, 100)


# --- What is in it --------------------------------------------------------------------------------
def test_two_orders_at_least_stand_in_every_stage(province: Province) -> None:
    stages = Counter(stage_at(tender, END) for tender in Tender.objects.all())

    assert {stage for stage in Stage if stages[stage] < 2} == {Stage.BIDDING}


def test_two_halls_open_when_the_platform_comes_up_and_bots_quote_in_both(
    province: Province,
) -> None:
    opened = halls_when_it_comes_up(NOON)

    quoted = [bots_quote(NOON + turn * timedelta(seconds=LONGEST_WAIT)) for turn in range(1, 7)]

    assert [hall.ends_at for hall in opened] == [NOON + timedelta(minutes=5)] * 2
    assert quoted == [2] * 6
    still = Hall.objects.filter(pk__in=[hall.pk for hall in opened])
    assert set(still.values_list("ends_at", flat=True)) == {NOON + timedelta(minutes=9)}


def test_two_orders_at_least_are_chosen_directly_and_two_run_again(province: Province) -> None:
    assert Tender.objects.filter(method="direct").count() >= 2
    assert Tender.objects.filter(round=2).count() >= 2


def test_orders_close_today_on_the_next_working_day_and_next_week(province: Province) -> None:
    ends = Tender.objects.open_at(END)
    days = Counter(
        (end - timedelta(microseconds=1)).astimezone(CHINA).date()
        for end in ends.values_list("sign_up__ends_at", flat=True)
    )

    assert days[DAY] >= 2
    assert days[DAY + timedelta(days=1)] >= 2
    assert sum(count for day, count in days.items() if day >= date(2026, 11, 30)) >= 2


def test_the_register_holds_30_agencies_and_others_are_on_their_way(province: Province) -> None:
    statuses = Counter(Agency.objects.values_list("status", flat=True))

    assert statuses == {"active": 30, "publicity": 2, "submitted": 2, "returned": 1, "draft": 1}
    active = Agency.objects.filter(status="active")
    assert set(active.values_list("nature", flat=True)) == set(Agency.Nature.values)


def test_owners_of_every_nature_take_part_and_one_serves_too(province: Province) -> None:
    natures = Counter(Buyer.objects.values_list("nature", flat=True))

    assert natures.total() == 9
    assert set(natures) == set(Buyer.Nature.values)
    both = Buyer.objects.get(organization__kind="agency")
    assert (both.status, both.organization.agency.status) == ("checked", "active")
    person = Buyer.objects.get(nature="person")
    assert person.person_name not in person.organization.name
    assert Tender.objects.public().filter(buyer=person.pk).exists()


def test_one_agency_is_of_another_province_and_a_registry_has_told_its_licence(
    province: Province,
) -> None:
    outside = Organization.objects.get(registered_in__isnull=False)

    assert outside.place == "湖南省长沙市"
    assert outside.sources.filter(port="registry", field="legal_representative").exists()
    assert not outside.agency.papers.filter(kind="licence").exists()


def test_every_city_has_agencies_or_owners_orders_and_three_operators(province: Province) -> None:
    cities = {f"36{city:02d}" for city in range(1, 12)}
    parties = Organization.objects.exclude(kind="authority").values_list("division_id", flat=True)
    orders = Tender.objects.values_list("division_id", flat=True)
    operators = Membership.objects.filter(role="operator")
    people = Counter(operators.values_list("organization__division_id", flat=True))

    # who is from outside is in the care of the province
    assert {code[:4] for code in parties} == cities | {"3600"}
    assert {code[:4] for code in orders} == cities
    assert {code for code, count in people.items() if count == 3} >= {
        f"{city}00" for city in cities
    }
    assert set(people.values()) == {3}
    assert {"360000", "360702"} <= set(people)


def test_every_role_has_somebody(province: Province) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(Membership.Role.values)


def test_credit_codes_are_right_but_for_one_confirmed_and_one_waiting(province: Province) -> None:
    codes = Organization.objects.filter(uscc__isnull=False)
    wrong = [row for row in codes if not check_uscc(str(row.uscc)).is_right]

    assert all(not check_uscc(str(row.uscc)).is_refused for row in codes)
    assert {(row.agency.status, row.uscc_confirmed_at is not None) for row in wrong} == {
        ("active", True),
        ("submitted", False),
    }


def test_a_blacklisting_in_force_has_ended_sealed_bids_in_the_whole_province(
    province: Province,
) -> None:
    serious = Restriction.objects.in_force(END).get(severity="serious")
    ended = Bid.objects.filter(status="ended")

    assert serious.is_blocking
    assert serious.service_class is None
    assert {bid.agency_id for bid in ended} == {serious.organization_id}
    assert {bid.tender.status for bid in ended} == {"active"}
    assert len({bid.tender.division_id for bid in ended}) >= 2
    assert serious.ended_bid_count == ended.count() >= 2


def test_a_general_restriction_has_run_out_by_itself(province: Province) -> None:
    general = Restriction.objects.on_organizations().filter(severity="general")
    ended, repaired = general.order_by("effective_from")

    assert ended.ended_at == ended.effective_to < END
    assert ended.case.status == Case.Status.ENDED
    assert (repaired.case.status, repaired.ended_at) == (Case.Status.REPAIRED, None)
    assert repaired.lifted_at == repaired.case.repairs.get().decided_at


def test_a_serious_case_was_heard_and_one_review_is_decided_and_one_pending(
    province: Province,
) -> None:
    heard = Case.objects.get(hearing__isnull=False)
    reviews = Review.objects.order_by("filed_at")

    assert heard.hearing.minutes.startswith("机构称业绩证明")
    assert [(one.status, one.is_pending) for one in reviews] == [("upheld", False), ("filed", True)]
    assert reviews[1].case == heard


def test_a_question_is_answered_and_another_waits(province: Province) -> None:
    answered = Question.objects.get(answered_at__isnull=False)
    waiting = Question.objects.get(answered_at__isnull=True)

    assert answered.answer.startswith("不得在城墙本体上打孔")
    assert waiting.tender == answered.tender


def test_a_person_is_barred_and_an_owner_has_a_record_with_its_word(province: Province) -> None:
    person = Restriction.objects.on_persons().in_force(END).get()
    fact = ReportedFact.objects.get(kind="buyer_paid_late")

    assert person.organization.agency.practitioners.filter(
        certificate_number=person.person_number
    ).exists()
    assert (fact.status, fact.entry.points) == ("confirmed", -3)
    assert fact.explanation != ""
    answered = Contract.objects.exclude(payment_answer="").values_list("payment_answer", flat=True)
    assert sorted(answered) == ["not_due", "received"]
    assert SchemeProposal.objects.get().settled_at is None
    waiting = ReportedFact.objects.get(kind="buyer_changed_terms")
    assert (waiting.status, waiting.reporter is None) == ("reported", False)


def test_one_case_waits_for_a_statement_and_one_for_a_second_officer(province: Province) -> None:
    notified, stated = Case.objects.get(status="notified"), Case.objects.get(status="stated")

    assert notified.statement_due_at > END
    assert stated.decision_due_at is not None
    assert stated.decision_due_at > END
    assert stated.statement != ""


def test_one_statement_ranks_every_unit_as_the_pure_rule_does(province: Province) -> None:
    ranked = ranking(END)
    assert len(ranked) > 30
    for unit in Organization.objects.all():
        standing = standing_of(unit, END)
        assert (standing.score, standing.grade) == ranked[unit.pk]
    assert len(set(ranked.values())) > 4


def test_ratings_are_high_low_and_silent(province: Province) -> None:
    sums = {
        row.quality + row.attitude + row.timeliness + row.charges + row.conduct
        for row in Evaluation.objects.filter(side="buyer")
    }
    kinds = set(Entry.objects.values_list("kind", flat=True))

    assert max(sums) == 25
    assert min(sums) <= 12
    assert kinds >= {"high_rating", "low_rating", "buyer_not_rated"}
    assert kinds >= {"late_service", "abandonment", "late_contract", "on_time"}


def test_ties_were_resolved_by_lot(province: Province) -> None:
    tied = [
        tender
        for tender in Tender.objects.filter(selection__isnull=False)
        if '"is_tied":true' in tender.selection.evidence
    ]

    assert len(tied) >= 2


def test_an_open_order_was_amended_and_bids_for_what_it_said_before_have_lapsed(
    province: Province,
) -> None:
    [amendment] = Amendment.objects.all()

    order = amendment.tender
    assert (order.status, order.selection_round, amendment.is_material) == ("active", 2, True)
    assert {*order.bids.values_list("status", flat=True)} == {"active", "lapsed"}


def test_an_award_that_was_given_up_went_to_the_next_in_line(province: Province) -> None:
    passed_over = Award.objects.filter(tender__explanations__is_set_aside=True)
    [handed_over] = Award.objects.filter(place=2).exclude(pk__in=passed_over)

    assert handed_over.tender.award == handed_over
    assert handed_over.amount > handed_over.tender.awards.get(place=1, was_given_up=True).amount


def test_every_method_is_there_with_a_result_and_before_it(province: Province) -> None:
    published = Tender.objects.public()

    won = published.filter(awards__isnull=False).values_list("method", flat=True)
    waiting = published.filter(awards__isnull=True).values_list("method", flat=True)
    assert set(won) == set(waiting) == set(METHODS)


def test_a_panel_was_drawn_without_whom_a_bidder_stands_near_and_has_decided(
    province: Province,
) -> None:
    finished = Tender.objects.get(method="experts", awards__isnull=False)
    [draw] = PanelDraw.objects.filter(tender=finished)

    assert len(draw.content["pool"]) == 9
    assert [one["reason"] for one in draw.content["left_out"]] == ["bidder", "bidder"]
    seats = Counter(PanelSeat.objects.filter(tender=finished).values_list("status", flat=True))
    assert seats == {"scored": 5, "declined": 1}
    document = json.loads(finished.choice.scores)
    assert list(score_flaws(finished.selection.content, document)) == []


def test_an_expert_of_the_demo_has_a_sheet_to_fill_in(province: Province) -> None:
    hint = next(one for one in _accounts() if one.login == "zhuanjia4").hints[0]
    [seat] = PanelSeat.objects.filter(status="accepted")

    assert seat.expert.user.username == "zhuanjia4"
    order = next(one for one in script().orders if one.key == hint.order)
    assert (seat.tender.title, seat.tender.status) == (order.title, hint.when)
    assert seat.sheet_due_at > END


def test_of_two_lots_one_agency_won_one(province: Province) -> None:
    first, second = Tender.objects.filter(lot__isnull=False).order_by("lot")

    assert first.lot_group.most_per_agency == 1
    assert first.award.bid.agency != second.award.bid.agency
    assert second.bids.filter(agency=first.award.bid.agency, status="excluded").exists()


def test_a_rate_and_a_unit_price_have_won(province: Province) -> None:
    won = Tender.objects.filter(awards__isnull=False)
    sealed, in_a_hall, unit = won.exclude(quote="amount").order_by("quote", "code")

    assert (sealed.quote, unit.quote) == ("rate", "unit")
    assert {sealed.method, in_a_hall.method} == {"lowest", "auction"}
    for rate in (sealed, in_a_hall):
        assert is_of_a_rate(rate.ceiling, rate.award.amount)
    assert is_of_units(unit.award.amount, unit.quantity)


def test_low_quotes_wait_for_the_owner_or_were_passed_over(province: Province) -> None:
    given, refused = Explanation.objects.order_by("status")

    assert (given.status, given.tender.status) == ("given", "evaluated")
    assert (refused.status, refused.is_set_aside) == ("refused", True)
    assert (refused.tender.award.place, refused.tender.award.bid == refused.bid) == (2, False)


def test_papers_are_files_that_the_content_check_knows(province: Province) -> None:
    documents = Document.objects.all()

    assert documents.count() >= 50
    assert set(documents.values_list("content_type", flat=True)) == {"application/pdf"}


def test_new_messages_are_unread_and_older_ones_read(province: Province) -> None:
    unread = Message.objects.unread()

    assert unread.count() >= 50
    assert not unread.filter(created_at__lt=END - timedelta(days=7)).exists()
    assert Message.objects.filter(user__username="zhice").unread().exists()


def test_every_effect_is_carried_out_so_that_search_finds_the_province(province: Province) -> None:
    indexed = Counter(SearchEntry.objects.filter(is_removed=False).values_list("kind", flat=True))

    assert not Effect.objects.open().filter(due_at__lte=END).exists()
    assert Effect.objects.open().filter(kind="index", due_at__gt=END).exists()  # at its own time
    assert indexed["tender"] == Tender.objects.public().count()
    assert indexed["agency"] == 30
    assert indexed["notice"] == NoticePage.objects.live().count() == 10


# --- The trail ------------------------------------------------------------------------------------
VERBS: dict[type[models.Model], dict[str, tuple[str, ...]]] = {
    Agency: {
        "submitted_at": ("agency.submitted",),
        "checked_at": ("agency.approved", "agency.returned"),
        "activated_at": ("agency.activated",),
    },
    Tender: {
        "created_at": ("tender.drafted", "tender.rerun", "tender.copied"),
        "submitted_at": ("tender.submitted",),
        "reviewed_at": ("tender.approved",),
        "published_at": ("tender.published",),
        "closed_at": ("tender.closed",),
        "evaluated_at": ("tender.evaluated",),
        "completed_at": ("tender.registered",),
        "ended_at": ("tender.cancelled", "tender.failed"),
    },
    Bid: {
        "submitted_at": ("bid.submitted",),
        "withdrawn_at": ("bid.withdrawn",),
        "ended_at": ("bid.ended",),
        "excluded_at": ("bid.excluded",),
    },
    Award: {
        "published_at": ("award.registered",),
        "awarded_at": ("award.issued",),
        "overdue_recorded_at": ("award.unsigned",),
        "completed_at": ("award.completed",),
        "cancelled_at": ("award.cancelled",),
    },
    Contract: {
        "created_at": ("contract.uploaded",),
        "signed_at": ("contract.signed",),
        "delivered_at": ("contract.delivered",),
        "accepted_at": ("contract.accepted",),
        "rated_at": ("contract.rated", "contract.not_rated"),
        "late_recorded_at": ("contract.late",),
        "archived_at": ("contract.archived",),
        "terminated_at": ("contract.terminated",),
    },
    Case: {
        "notified_at": ("case.opened",),
        "stated_at": ("case.stated", "case.statement_lapsed", "hearing.held"),
        "decided_at": ("case.decided", "case.dismissed"),
        "closed_at": ("case.ended", "case.dismissed", "case.revoked", "repair.granted"),
    },
}


def _trail(row: models.Model) -> list[AuditEntry]:
    """Return what the trail says of a row; of a case also what it says of its repairs."""
    subjects = [row, *(row.repairs.all() if isinstance(row, Case) else ())]
    of_each = (Q(target_type=one._meta.label_lower, target_id=str(one.pk)) for one in subjects)
    return list(AuditEntry.objects.filter(reduce(or_, of_each)).order_by("pk"))


@pytest.mark.parametrize("model", VERBS)
def test_every_moment_of_a_row_has_exactly_one_entry(
    province: Province, model: type[models.Model]
) -> None:
    missing = []
    for row in model._default_manager.all():
        entries = _trail(row)
        for field, verbs in VERBS[model].items():
            moment = getattr(row, field)
            found = [one for one in entries if one.verb in verbs and one.at == moment]
            if len(found) != (moment is not None):
                missing.append((str(row), field, moment, [one.verb for one in found]))

    assert missing == []


@pytest.mark.parametrize("model", VERBS)
def test_the_trail_of_a_row_leads_without_a_gap_to_its_state(
    province: Province, model: type[models.Model]
) -> None:
    torn = []
    for row in model._default_manager.all():
        state = ""
        for entry in _trail(row):
            if entry.before and entry.before != state:
                torn.append((str(row), entry.verb, state, entry.before))
            state = entry.after
        if state != row.status:
            torn.append((str(row), "", state, row.status))

    assert torn == []


def test_each_deed_of_the_trail_has_a_word(province: Province) -> None:
    deeds = set(AuditEntry.objects.values_list("verb", flat=True))

    assert {deed for deed in deeds if deed_of(deed) == deed.rpartition(".")[2]} == set()


# --- The commands ---------------------------------------------------------------------------------


def test_accounts_are_listed_by_reader_with_what_to_try(province: Province) -> None:
    output = StringIO()

    call_command("demo_accounts", stdout=output)

    text = output.getvalue()
    logins = [one.login for group in script().readers for one in group.accounts]
    assert [login for login in logins if f"   {login} " not in text] == []
    assert [group.title for group in script().readers if f"\n {group.title}\n" not in text] == []
    assert script().texts["password"] in text
    assert "给“章贡区南市街老旧管网更新可行性研究报告编制”报价" in text


def _accounts() -> list[Account]:
    return [one for group in script().readers for one in group.accounts]


def _menu(client: Client) -> list[NavItem]:
    party = client.get("/workbench/").context["party"]
    return list(nav_of(party, NOON))


def test_the_listed_password_opens_every_listed_account(province: Province) -> None:
    logins = [one.login for group in script().readers for one in group.accounts]
    people = User.objects.filter(username__in=logins)

    assert people.count() == len(logins)
    assert all(user.check_password(script().texts["password"]) for user in people)


@pytest.mark.parametrize(
    ("login", "menu"),
    [("jiancha1", ("信用案件", "机构信用")), ("muchuan", ("我的采购",))],
)
def test_the_menu_has_what_a_hint_names(
    province: Province, client: Client, login: str, menu: tuple[str, ...]
) -> None:
    hint = next(one.hints[0] for one in _accounts() if one.login == login)
    client.force_login(User.objects.get(username=login))

    entries = {str(item.label) for item in _menu(client)}

    assert [name for name in menu if f"“{name}”" not in hint.text] == []
    assert [name for name in menu if name not in entries] == []


def test_the_inspector_reads_a_case_and_has_nothing_to_decide(
    province: Province, client: Client
) -> None:
    client.force_login(User.objects.get(username="jiancha1"))
    case = Case.objects.get(status="notified")

    page = client.get(f"/regulator/cases/{case.slug}/")
    opening = client.get("/regulator/cases/new/")

    assert (page.status_code, opening.status_code) == (200, 403)
    assert f"{case.slug}/decide/" not in page.content.decode()


def test_no_agency_wins_what_it_may_not_do(province: Province) -> None:
    won = Award.objects.values_list("tender__code", "bid__agency")
    checks = RequirementCheck.objects.filter(moment="selection").values_list(
        "reference", "organization", "is_met", "requirement__kind"
    )
    met = {(code, agency): is_met for code, agency, is_met, _kind in checks}

    assert len(won) > 40
    assert {met[one] for one in won} == {True}
    assert {kind for *_rest, kind in checks} == {"certificate", "filing", "commitment"}


def test_the_failed_order_of_the_hint_can_be_run_again_from_the_list(
    province: Province, client: Client
) -> None:
    title = next(order.title for order in script().orders if order.key == "suichuan")
    tender = Tender.objects.get(title=title)
    client.force_login(User.objects.get(username="muchuan"))

    listed = client.get("/buyer/tenders/").context["page_obj"].paginator.object_list
    page = client.get(f"/buyer/tenders/{tender.slug}/").content.decode()

    assert tender.pk in listed
    assert f'action="/buyer/tenders/{tender.slug}/rerun/"' in page


def test_a_hint_about_an_order_is_not_printed_once_the_order_has_moved_on(
    province: Province,
) -> None:
    output = StringIO()

    with time_machine.travel(NOON + timedelta(days=30)):
        call_command("demo_accounts", stdout=output)

    assert "给“章贡区南市街" not in output.getvalue()
    assert "上传“章贡区郁孤台" in output.getvalue()


# --- What holds of it at rest ---------------------------------------------------------------------
def test_everything_that_must_hold_at_rest_holds_of_the_province(province: Province) -> None:
    assert list(breaches(AT_REST)) == []


def test_each_invariant_finds_the_row_that_breaks_it(province: Province) -> None:
    """A sentence that nothing can break says nothing: each is broken once, and put back."""
    blind = set()
    with transaction.atomic():
        connection.check_constraints()  # what waits for the commit would keep the triggers fast
        triggers.remove()
        for asked in INVARIANTS:
            with transaction.atomic():
                BREAKS[asked.name]()
                if not list(asked.broken(AT_REST)):
                    blind.add(asked.name)
                transaction.set_rollback(True)
        transaction.set_rollback(True)

    assert blind == set()
    assert BREAKS.keys() == {asked.name for asked in INVARIANTS}


# --- What public pages say to who reads English --------------------------------------------------
def test_every_public_page_says_in_english_what_it_says_in_chinese(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert texts_without_english(monkeypatch) == set()


def test_a_page_is_english_for_who_asked_and_chinese_for_the_next(
    province: Province, client: Client
) -> None:
    chinese = client.get("/tenders/").content.decode()
    client.get("/display/?lang=en&next=/tenders/")
    english = client.get("/tenders/").content.decode()
    client.get("/display/?lang=zh-hans&next=/tenders/")

    assert '<html lang="en"' in english
    assert "Open for sign-up" in english
    assert '<html lang="zh-Hans"' in chinese
    assert "报名中" in chinese
    assert "Open for sign-up" not in chinese
    assert HEAD.search(client.get("/tenders/").content.decode())[0] == HEAD.search(chinese)[0]


def test_what_is_binding_stays_chinese(province: Province, client: Client) -> None:
    client.get("/display/?lang=en")

    pages = [client.get(address).content.decode() for address in ("/rules/", "/accounts/login/")]

    assert ["lang=en" in page for page in pages] == [False, False]
    assert ['<html lang="zh-Hans"' in page for page in pages] == [True, True]
