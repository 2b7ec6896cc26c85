"""Notice and statement: what is written, who is told, and what a refusal leaves alone."""

from datetime import datetime, timedelta

import pytest

from bidding.actions.conduct import note_conduct
from credit.actions import close_statement, decide_case, dismiss_case, hear_statement
from credit.models import Case, Conduct, Restriction
from credit.models.deadlines import CreditDeadline
from credit.standing import standing_of
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import (
    AuditEntry,
    Effect,
    Parameter,
)
from marketplace.models import Message
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.deadlines import run
from tests.factories.bidding import ContractFactory, TenderFactory
from tests.factories.credit import GRACE, CaseFactory, active_agency, decision, notice
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    ServiceClassFactory,
    UserFactory,
    division,
)
from tests.uploads import EXE_BYTES, stored_files, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
INSTANT = timedelta(microseconds=1)
S = Case.Status
STATEMENT_DUE = datetime(2026, 12, 2, tzinfo=CHINA)
"""Five working days after Tuesday 24 November 2026 end with Tuesday 1 December."""


def last_audit() -> AuditEntry:
    return AuditEntry.objects.order_by("pk").last()


def test_a_notice_states_everything_and_starts_the_clock(agency, authority):
    officer, service_class = UserFactory(), ServiceClassFactory()
    case = notice(
        organization=agency,
        authority=authority,
        service_class=service_class,
        by=officer,
        facts=" 事实 ",
        legal_basis=" 《测试条例》 ",
        occurred_at=NOON - timedelta(days=9),
    )

    case.refresh_from_db()
    assert case.status == S.NOTIFIED
    assert case.number == "JX360702-2026-M00001"
    assert (case.facts, case.legal_basis) == ("事实", "《测试条例》")
    assert (case.opened_by, case.authority, case.service_class) == (
        officer,
        authority,
        service_class,
    )
    assert (case.notified_at, case.occurred_at) == (NOON, NOON - timedelta(days=9))
    assert (case.statement_due_at, case.is_due_provisional) == (STATEMENT_DUE, False)
    assert not Restriction.objects.exists()
    audit = last_audit()
    assert (audit.verb, audit.by, audit.organization) == ("case.opened", officer, authority)
    assert (audit.before, audit.after) == ("found", "notified")


def test_the_agency_learns_of_the_notice_in_its_inbox_and_by_e_mail(agency):
    case = notice(organization=agency)

    message = Message.objects.get()
    assert message.organization == agency
    assert message.subject == f"收到失信行为告知 {case.number}，可以陈述、申辩"
    assert message.url == f"/credit/record/cases/{case.slug}/"
    for words in ["串通报价", "严重失信", "暂停报名", "12 个月", case.facts, "《测试条例》"]:
        assert words in message.body
    assert "2026年12月1日 24:00" in message.body
    assert Effect.objects.get(kind="email").payload == {"message": message.pk}


def test_cases_are_numbered_within_authority_and_year():
    here, there = AuthorityFactory(), AuthorityFactory(division=division("360000"))
    numbers = [notice(authority=authority).number for authority in (here, here, there)]

    assert numbers == ["JX360702-2026-M00001", "JX360702-2026-M00002", "JX360000-2026-M00001"]


def test_conduct_without_a_date_of_its_own_happened_when_it_was_found():
    assert notice().occurred_at == NOON


def test_a_matter_is_one_whichever_of_its_numbers_names_it(agency):
    contract = ContractFactory(active=True, award__bid__agency=agency)
    code = contract.award.tender.code
    note_conduct(contract.award, agency, Conduct.LATE_SERVICE, occurred_at=NOON, at=NOON)
    named = {
        "organization": agency,
        "authority": AuthorityFactory(),
        "kind": Conduct.LATE_SERVICE,
        "by": UserFactory(),
    }

    case = notice(**named, reference=contract.number.lower())
    decision(case)

    assert case.reference == code
    assert standing_of(agency, case.statement_due_at).score == 95
    for reference in (code, code.lower(), contract.number):
        with refused("matter_is_not_yet_a_case"):
            notice(**named, reference=reference)


def test_a_notice_that_names_what_nobody_knows_is_not_given(agency, authority):
    draft, by = TenderFactory(), UserFactory()
    given = {"organization": agency, "authority": authority, "by": by}

    for reference in ("JX360702-2026-99999", draft.slug):
        with refused("reference_names_a_matter"):
            notice(**given, reference=reference)


def test_evidence_belongs_to_the_case(authority):
    officer = UserFactory()

    case = notice(authority=authority, by=officer, files=[upload(), upload(name="比对.pdf")])

    papers = case.evidence.order_by("pk")
    assert [one.name for one in papers] == ["合同.pdf", "比对.pdf"]
    assert {(one.organization, one.uploaded_by, one.uploaded_at) for one in papers} == {
        (authority, officer, NOON)
    }


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"facts": " "}, "facts_are_stated"),
        ({"legal_basis": ""}, "legal_basis_is_stated"),
        ({"legal_basis": "某文件"}, "legal_basis_is_known"),
        ({"legal_basis": "《没有这部法》第一条"}, "legal_basis_is_known"),
        ({"legal_basis": "平台默认"}, "legal_basis_is_of_law"),
        ({"months": 11}, "months_are_within_range"),
        ({"months": 37}, "months_are_within_range"),
        ({"kind": "on_time"}, "conduct_is_misconduct"),
        ({"severity": "general", "restriction_kind": "removal"}, "measure_fits_the_severity"),
        ({"severity": "minor", "months": 0}, "months_fit_the_measure"),
        ({"occurred_at": NOON + INSTANT}, "conduct_lies_in_the_past"),
    ],
)
def test_a_notice_that_may_not_be_given_changes_nothing(agency, authority, changes, guard):
    officer, before = UserFactory(), stored_files()

    with refused(guard):
        notice(organization=agency, authority=authority, by=officer, files=[upload()], **changes)

    assert stored_files() == before


def test_a_notice_with_one_bad_file_leaves_nothing_of_the_good_one(agency, authority):
    officer, before = UserFactory(), stored_files()
    files = [upload(), upload(EXE_BYTES, "比对.pdf")]

    with refused("file_has_known_type"):
        notice(organization=agency, authority=authority, by=officer, files=files)

    assert stored_files() == before


def test_a_draft_agency_or_one_of_elsewhere_gets_no_notice(authority):
    draft = AgencyFactory().organization
    elsewhere = active_agency(division=division("360100"))
    officer = UserFactory()

    with refused("party_is_an_admitted_agency"):
        notice(organization=draft, authority=authority, by=officer)
    with refused("matter_lies_in_the_authority"):
        notice(organization=elsewhere, authority=authority, by=officer)


def test_the_rules_in_force_on_the_day_decide_not_later_ones(agency):
    case = notice(organization=agency)
    Parameter.objects.filter(key="sanction.decision").update(value=1)
    hear_statement(case=case, statement="没有。", by=UserFactory(), at=NOON + INSTANT)

    case.refresh_from_db()
    assert case.decision_due_at == datetime(2026, 12, 9, tzinfo=CHINA)


def test_a_statement_is_kept_and_the_time_for_the_decision_begins(agency, authority):
    case = notice(organization=agency, authority=authority)
    speaker = UserFactory()
    at = NOON + timedelta(days=1)

    hear_statement(case=case, statement=" 没有串通。 ", files=[upload()], by=speaker, at=at)

    case.refresh_from_db()
    assert case.status == S.STATED
    assert (case.statement, case.stated_at) == ("没有串通。", at)
    own = case.statement_document
    assert (own.organization, own.uploaded_by, own.uploaded_at) == (agency, speaker, at)
    assert case.decision_due_at == datetime(2026, 12, 10, tzinfo=CHINA)
    audit = last_audit()
    assert (audit.verb, audit.by, audit.organization) == ("case.stated", speaker, agency)
    assert (audit.before, audit.after) == ("notified", "stated")


def test_the_authority_learns_of_a_statement(agency, authority):
    case = notice(organization=agency, authority=authority)
    hear_statement(case=case, statement="没有。", by=UserFactory(), at=NOON)

    message = Message.objects.get(organization=authority)
    assert message.subject == f"案件 {case.number} 收到{agency.name}的陈述申辩"
    assert message.url == f"/regulator/cases/{case.slug}/"


def test_the_last_instant_for_a_statement_is_before_the_deadline(agency):
    late, timely = notice(organization=agency), notice(organization=agency)
    speaker, before = UserFactory(), stored_files()
    said = {"statement": "没有。", "by": speaker}

    with refused("statement_is_in_time"):
        hear_statement(case=late, at=STATEMENT_DUE, files=[upload()], **said)
    assert stored_files() == before
    hear_statement(case=timely, at=STATEMENT_DUE - INSTANT, **said)

    assert Case.objects.get(pk=timely.pk).status == S.STATED


def test_an_agency_is_heard_once_and_says_something(agency):
    case, speaker = notice(organization=agency), UserFactory()
    by = {"case": case, "by": speaker, "at": NOON}

    with refused("statement_is_given"):
        hear_statement(statement=" ", **by)
    hear_statement(statement="没有。", **by)
    with refused("case_awaits_a_statement"):
        hear_statement(statement="还有。", **by)


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ({"statement": " ", "files": [upload()]}, "statement_is_given"),
        ({"statement": "没有。", "files": [upload(EXE_BYTES, "说明.pdf")]}, "file_has_known_type"),
        ({"statement": "没有。", "files": [upload(b"", "说明.pdf")]}, "file_is_not_empty"),
    ],
    ids=["nothing said", "a program", "an empty file"],
)
def test_a_statement_that_is_refused_leaves_nothing_of_its_paper(agency, said, guard):
    case = notice(organization=agency)
    speaker, before = UserFactory(), stored_files()

    with refused(guard):
        hear_statement(case=case, by=speaker, at=NOON, **said)

    assert stored_files() == before


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=40)])
def test_a_statement_period_lapses_at_its_deadline_however_late_that_is_noted(
    agency, authority, late
):
    case = notice(organization=agency, authority=authority)

    close_statement(case=case, at=STATEMENT_DUE + GRACE + late)

    case.refresh_from_db()
    assert (case.status, case.statement, case.stated_at) == (S.STATED, "", STATEMENT_DUE)
    assert case.decision_due_at == datetime(2026, 12, 16, tzinfo=CHINA)
    audit = last_audit()
    assert (audit.verb, audit.by, audit.at) == ("case.statement_lapsed", None, STATEMENT_DUE)
    message = Message.objects.get(organization=authority)
    assert message.subject == f"案件 {case.number} 的陈述申辩期已满"
    assert message.created_at == STATEMENT_DUE


def test_a_statement_period_does_not_lapse_before_its_deadline():
    case = notice()

    with refused("statement_period_is_over"):
        close_statement(case=case, at=STATEMENT_DUE + GRACE - INSTANT)


def test_a_statement_that_arrived_in_time_is_heard_though_others_came_first():
    case, by = notice(), UserFactory()
    during = STATEMENT_DUE + GRACE - INSTANT

    assert run(CreditDeadline.STATEMENT, during) == 0
    with refused("statement_period_is_over"):
        decide_case(case=case, reasons="事实清楚。", by=by, at=during)
    with refused("statement_period_is_over"):
        dismiss_case(case=case, reasons="证据不足。", by=by, at=during)
    hear_statement(case=case, statement="没有串通。", by=by, at=STATEMENT_DUE - INSTANT)

    case.refresh_from_db()
    assert (case.status, case.stated_at) == (S.STATED, STATEMENT_DUE - INSTANT)
    assert run(CreditDeadline.STATEMENT, during + INSTANT) == 0


def test_a_heard_case_does_not_lapse():
    case = CaseFactory(stated=True)

    with refused("case_awaits_a_statement"):
        close_statement(case=case, at=case.statement_due_at)
