"""Smallest valid objects of credit."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.db import transaction

from bidding.models import Tender
from credit.actions import decide_case, give_notice, prepare_case
from credit.guards.cases import Proposal
from credit.models import (
    Case,
    Conduct,
    Entry,
    Measure,
    Repair,
    ReportedFact,
    Restriction,
    Review,
    Severity,
)
from credit.models.deadlines import CreditDeadline
from marketplace.actions.documents import store_document
from marketplace.kernel.models import RulebookVersion
from marketplace.models import Document, Organization
from tests.clock import NOON
from tests.factories.bidding import BidFactory, TenderFactory, load_reference
from tests.factories.deadlines import SubjectFactory, lay_deadline
from tests.factories.marketplace import AgencyFactory, AuthorityFactory, UserFactory, division
from tests.factories.rows import RowFactory
from tests.uploads import upload

ONE_DAY = timedelta(days=1)
GRACE = timedelta(seconds=60)
RULEBOOK = "0" * 64


def stored_rulebook() -> RulebookVersion:
    """Return a version without any rule, under RULEBOOK."""
    values = {
        "number": "TEST-0",
        "division": division(),
        "content": '{"rules": []}',
        "created_at": NOON,
    }
    return RulebookVersion.objects.get_or_create(sha256=RULEBOOK, defaults=values)[0]


def active_agency(**values: Any) -> Organization:
    """Return the organisation of an agency that is admitted."""
    agency = AgencyFactory(active=True, **{f"organization__{key}": values[key] for key in values})
    return agency.organization


class EntryFactory(RowFactory[Entry]):
    """A fact that happened and was recorded a day before NOON."""

    class Meta:
        model = Entry

    organization = factory.LazyFunction(active_agency)
    kind = Conduct.LATE_SERVICE
    points = Decimal(-5)
    occurred_at = NOON - ONE_DAY
    recorded_at = factory.SelfAttribute("occurred_at")
    reference = factory.Sequence(lambda n: f"JX360702-2026-C{n:05d}")
    rulebook_sha256 = RULEBOOK


class CaseFactory(SubjectFactory):
    """
    A case in its statement phase, notified a day before NOON.

    Traits: stated, decided (see RestrictionFactory for what it imposed), dismissed, revoked, ended.
    """

    class Meta:
        model = Case

    class Params:
        found = factory.Trait(
            status=Case.Status.FOUND,
            opened_by=None,
            notified_at=None,
            statement_due_at=None,
            check_due_at=NOON + 14 * ONE_DAY,
        )
        hearing = factory.Trait(status=Case.Status.HEARING, hearing_due_at=NOON + 20 * ONE_DAY)
        set_aside = factory.Trait(
            status=Case.Status.SET_ASIDE,
            opened_by=None,
            notified_at=None,
            statement_due_at=None,
            closed_at=NOON,
            closing_reasons="事实不清，证据不足。",
        )
        was_stated = factory.Trait(
            stated_at=NOON - ONE_DAY / 2, decision_due_at=NOON + 14 * ONE_DAY
        )
        was_decided = factory.Trait(
            was_stated=True,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=NOON,
            decision_reasons="事实清楚，证据充分。",
        )
        was_numbered = factory.Trait(
            was_decided=True,
            decision_number=factory.Sequence(lambda n: f"JX360702-2026-D9{n:04d}"),
        )
        stated = factory.Trait(was_stated=True, status=Case.Status.STATED)
        decided = factory.Trait(was_numbered=True, status=Case.Status.DECIDED)
        dismissed = factory.Trait(was_decided=True, status=Case.Status.DISMISSED, closed_at=NOON)
        revoked = factory.Trait(
            was_numbered=True,
            status=Case.Status.REVOKED,
            revoked_by=factory.SubFactory(UserFactory),
            closed_at=NOON,
            closing_reasons="复核认定事实有误。",
        )
        repaired = factory.Trait(was_numbered=True, status=Case.Status.REPAIRED, closed_at=NOON)
        ended = factory.Trait(was_numbered=True, status=Case.Status.ENDED, closed_at=NOON)

    number = factory.Sequence(lambda n: f"JX360702-2026-M9{n:04d}")
    status = Case.Status.NOTIFIED
    found_at = NOON - ONE_DAY
    organization = factory.LazyFunction(active_agency)
    authority = factory.SubFactory(AuthorityFactory)
    kind = Conduct.COLLUSION
    severity = Severity.SERIOUS
    months = 12
    restriction_kind = Measure.FREEZE
    occurred_at = NOON - 10 * ONE_DAY
    facts = "两家机构的报价文件由同一台设备制作。"
    legal_basis = "《测试条例》"
    rulebook = factory.LazyFunction(stored_rulebook)
    opened_by = factory.SubFactory(UserFactory)
    notified_at = NOON - ONE_DAY
    statement_due_at = NOON + 7 * ONE_DAY


class RemedyFactory(SubjectFactory):
    """A remedy against a decision, filed at NOON; its traits name what came of it."""

    class Meta:
        abstract = True

    class Params:
        filed = factory.Trait()
        was_decided = factory.Trait(
            decided_at=NOON,
            decided_by=factory.SubFactory(UserFactory),
            number=factory.Sequence(lambda n: f"JX360702-2026-D8{n:04d}"),
            reasons="事实清楚。",
        )
        granted = factory.Trait(was_decided=True, status="granted")

    case = factory.SubFactory(CaseFactory, decided=True)
    filed_at = NOON
    filed_by = factory.SubFactory(UserFactory)
    due_at = NOON + 14 * ONE_DAY


class ReviewFactory(RemedyFactory):
    """A review; traits: filed, upheld, varied, granted."""

    class Meta:
        model = Review

    class Params:
        upheld = factory.Trait(was_decided=True, status=Review.Status.UPHELD)
        varied = factory.Trait(was_decided=True, status=Review.Status.VARIED, months=3)

    grounds = "报价文件由共用的打印店制作。"


class RepairFactory(RemedyFactory):
    """A repair; traits: filed, granted, refused."""

    class Meta:
        model = Repair

    class Params:
        refused = factory.Trait(was_decided=True, status=Repair.Status.REFUSED)

    correction = "已更换编制人员并完成整改。"
    commitment = "今后依法履约。"


class ReportedFactFactory(SubjectFactory):
    """A reason that waits to be judged; traits: reported, confirmed, excused."""

    class Meta:
        model = ReportedFact

    class Params:
        reported = factory.Trait()
        was_judged = factory.Trait(
            judged_at=NOON, judged_by=factory.SubFactory(UserFactory), reasons="事实清楚。"
        )
        confirmed = factory.Trait(
            was_judged=True,
            status=ReportedFact.Status.CONFIRMED,
            entry=factory.SubFactory(EntryFactory),
        )
        excused = factory.Trait(was_judged=True, status=ReportedFact.Status.EXCUSED)

    organization = factory.LazyFunction(active_agency)
    kind = Conduct.ABANDONMENT
    occurred_at = NOON - ONE_DAY
    reference = factory.Sequence(lambda n: f"JX360702-2026-{n:05d}")
    given_reasons = "人手不足。"
    rulebook = factory.LazyFunction(stored_rulebook)
    due_at = NOON + 14 * ONE_DAY


class RestrictionFactory(RowFactory[Restriction]):
    """A public freeze in force since NOON, for twelve months, of a decided case."""

    class Meta:
        model = Restriction

    organization = factory.LazyFunction(active_agency)
    case = factory.SubFactory(
        CaseFactory, decided=True, organization=factory.SelfAttribute("..organization")
    )
    kind = Measure.FREEZE
    severity = Severity.SERIOUS
    effective_from = NOON
    effective_to = NOON + 365 * ONE_DAY
    published_until = factory.LazyAttribute(lambda it: it.effective_from + 3 * 365 * ONE_DAY)
    legal_basis = "《测试条例》"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(savepoint=False):
            row = super()._create(model_class, *args, **kwargs)
            over_at = row.lifted_at or row.ended_at
            lay_deadline(
                row,
                CreditDeadline.TERM,
                row.effective_to,
                starts_at=row.effective_from,
                acts_at=None if over_at else row.effective_to,
                stopped_at=over_at,
            )
        return row


def proposal(**changes: Any) -> Proposal:
    """Return what an officer proposes at NOON, between parties that are not stored."""
    values: dict[str, Any] = {
        "organization": Organization(),
        "authority": Organization(),
        "kind": Conduct.COLLUSION,
        "severity": Severity.SERIOUS,
        "months": 12,
        "restriction_kind": Measure.FREEZE,
        "service_class": None,
        "occurred_at": NOON,
        "facts": "事实",
        "reference": "",
        "legal_basis": "《测试条例》",
    }
    return Proposal(**{**values, **changes})


def notice(**changes: Any) -> Case:
    """Give notice at NOON through the real action: a serious freeze of twelve months."""
    values: dict[str, Any] = {
        "organization": None,
        "authority": None,
        "kind": Conduct.COLLUSION,
        "severity": Severity.SERIOUS,
        "months": 12,
        "restriction_kind": Measure.FREEZE,
        "service_class": None,
        "facts": "两家机构的报价文件由同一台设备制作。",
        "reference": "",
        "legal_basis": "《测试条例》",
        "by": None,
        "at": NOON,
        "files": [upload(name="证据.pdf")],
        **changes,
    }
    values["organization"] = values["organization"] or active_agency()
    values["authority"] = values["authority"] or AuthorityFactory()
    hand = {"by": values.pop("by") or UserFactory(), "at": values.pop("at")}
    other = {name: values.pop(name) for name in ("files", "seen", "finding") if name in values}
    proposal = Proposal(**{"occurred_at": hand["at"], **values})
    return give_notice(case=prepare_case(proposal=proposal, **other, **hand), **hand)


def decision(
    case: Case | None = None, *, at: datetime | None = None, **changes: Any
) -> Restriction:
    """Decide `case` (or a new one) by another officer, when its time for a statement is over."""
    case = case or notice(**changes)
    return decide_case(
        case=case,
        reasons="事实清楚，证据充分。",
        by=UserFactory(),
        at=at or case.statement_due_at + GRACE,
    )


def order_of(agency: Organization) -> Tender:
    """Return an opened order in Zhanggong that `agency` has bid for."""
    tender: Tender = TenderFactory(evaluated=True)
    BidFactory(tender=tender, agency=agency)
    return tender


def paper(organization: Organization, name: str = "材料.pdf") -> Document:
    """Store a PDF of `organization` through the real action."""
    load_reference()
    return store_document(
        upload=upload(name=name), organization=organization, by=UserFactory(), at=NOON
    )
