"""A sanction in the making."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from credit.models import conduct
from credit.models.conduct import BLOCKING, Measure
from credit.models.deadlines import CreditDeadline
from credit.models.entries import Entry
from credit.models.schemes import name_of_kind
from marketplace.identifiers import masked
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.models.deadlines import (
    DeadlineSubject,
    EndOf,
    IsProvisional,
    KnownEndOf,
    Needs,
    deadlines_of,
)
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models import Division, Document, Organization, ServiceClass, User


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    FOUND = "found", _("待核查")
    NOTIFIED = "notified", _("陈述申辩期")
    HEARING = "hearing", _("待听证")
    STATED = "stated", _("待决定")
    DECIDED = "decided", _("限制生效")
    SET_ASIDE = "set_aside", _("不予立案")
    DISMISSED = "dismissed", _("不予处理")
    REVOKED = "revoked", _("已撤销")
    REPAIRED = "repaired", _("已修复")
    ENDED = "ended", _("已到期")


WARNED = _("已警示")
"""What became of a case that came to a warning without a term."""


class CaseSource(models.TextChoices):
    """How what a case is about came to be known."""

    OFFICER = "officer", _("工作人员发现")
    COMPLAINT = "complaint", _("投诉举报")
    INSPECTION = "inspection", _("随机检查发现")
    THRESHOLD = "threshold", _("信用分达到立案界限")
    REPEAT = "repeat", _("同类行为屡次发生")
    RULE = "rule", _("平台规则查出")
    LISTED = "listed", _("列入外部名单")


HIDDEN = "*"
OPEN = (CaseStatus.FOUND, CaseStatus.NOTIFIED, CaseStatus.HEARING, CaseStatus.STATED)
UNNOTIFIED = (CaseStatus.FOUND, CaseStatus.SET_ASIDE)
UNDECIDED = (*OPEN, CaseStatus.SET_ASIDE)
OVER = (CaseStatus.SET_ASIDE, CaseStatus.DISMISSED, CaseStatus.REVOKED, CaseStatus.REPAIRED)


RUNS: dict[str, str] = {
    CaseStatus.FOUND: CreditDeadline.CHECK,
    CaseStatus.NOTIFIED: CreditDeadline.STATEMENT,
    CaseStatus.HEARING: CreditDeadline.HEARING,
    CaseStatus.STATED: CreditDeadline.DECISION,
}
"""Which deadline runs in a state."""


class CaseQuerySet(LockingQuerySet["Case"]):
    """Cases by where they stand."""

    def open(self) -> CaseQuerySet:
        """Cases of which the party has notice, and that wait for a statement or a decision."""
        return self.filter(status__in=OPEN).exclude(status=CaseStatus.FOUND)

    def told(self) -> CaseQuerySet:
        """Cases that their parties know of: notice was given."""
        return self.exclude(status__in=UNNOTIFIED)

    def within(self, division: Division) -> CaseQuerySet:
        """Cases of the authorities of `division` and of those below it."""
        return self.filter(authority__division__code__startswith=division.prefix)

    def with_relations(self) -> CaseQuerySet:
        """Cases with what every list shows of them."""
        relations = ("organization__division", "authority", "restriction")
        return self.select_related(*relations).prefetch_related(deadlines_of())

    def with_details(self) -> CaseQuerySet:
        """Cases with what their own page says: who acted, and on what."""
        return self.with_relations().select_related(
            *("authority__division", "service_class", "statement_document"),
            "entry__organization",
            *("opened_by", "handled_by", "decided_by", "revoked_by"),
        )


class Case(StatefulModel, DeadlineSubject, SlugModel):
    """
    A sanction in the making: what was found, notice, statement or hearing, decision by another.

    While it is only found, measure, basis and officer may be missing, and nobody outside the
    authorities knows of it.
    """

    Status = CaseStatus
    Source = CaseSource

    Severity = conduct.Severity

    number = models.CharField(_("案件编号"), max_length=32, unique=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("当事单位"), on_delete=models.PROTECT, related_name="cases"
    )
    authority = models.ForeignKey(
        Organization, verbose_name=_("办理机关"), on_delete=models.PROTECT, related_name="+"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.FOUND)
    source = models.CharField(
        _("来由"), max_length=12, choices=CaseSource, default=CaseSource.OFFICER
    )
    found_at = models.DateTimeField(_("发现时间"))
    kind = models.CharField(_("失信行为"), max_length=48)
    severity = models.CharField(_("认定等级"), max_length=8, choices=conduct.Severity, blank=True)
    months = models.PositiveSmallIntegerField(_("信用限制期限（月）"), default=0)
    restriction_kind = models.CharField(_("拟采取措施"), max_length=16, choices=Measure, blank=True)
    service_class = models.ForeignKey(
        ServiceClass,
        verbose_name=_("限于服务类别"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person_name = models.CharField(_("当事人员"), max_length=32, blank=True)
    person_number = models.CharField(_("执业证书编号"), max_length=60, blank=True)
    occurred_at = models.DateTimeField(_("行为发生时间"))
    facts = models.TextField(_("事实"), max_length=4000)
    evidence = models.ManyToManyField(
        Document, verbose_name=_("证据材料"), blank=True, related_name="+"
    )
    reference = models.CharField(_("关联业务"), max_length=64, blank=True)
    legal_basis = models.CharField(_("依据"), max_length=200, blank=True)
    rulebook = models.ForeignKey(
        RulebookVersion, verbose_name=_("规则版本"), on_delete=models.PROTECT, related_name="+"
    )
    opened_by = models.ForeignKey(
        User,
        verbose_name=_("承办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    handled_by = models.ForeignKey(
        User,
        verbose_name=_("现由谁办理"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    notified_at = models.DateTimeField(_("告知时间"), null=True, blank=True)
    statement = models.TextField(_("陈述申辩"), max_length=4000, blank=True)
    statement_document = models.ForeignKey(
        Document,
        verbose_name=_("陈述材料"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    statement_attachments = models.ManyToManyField(
        Document, verbose_name=_("陈述材料的附件"), blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(_("陈述申辩结束时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("决定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decision_number = models.CharField(
        _("决定书文号"), max_length=32, unique=True, null=True, blank=True
    )
    decision_reasons = models.TextField(_("决定理由"), max_length=4000, blank=True)
    entry = models.OneToOneField(
        Entry,
        verbose_name=_("由决定形成的信用记录"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closing_reasons = models.TextField(_("撤销理由"), max_length=1000, blank=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("撤销人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    check_due_at = EndOf(CreditDeadline.CHECK)
    statement_due_at = KnownEndOf(CreditDeadline.STATEMENT)
    hearing_due_at = EndOf(CreditDeadline.HEARING)
    decision_due_at = EndOf(CreditDeadline.DECISION)
    appeal_due_at = EndOf(CreditDeadline.APPEAL)
    is_due_provisional = IsProvisional(
        CreditDeadline.CHECK,
        CreditDeadline.STATEMENT,
        CreditDeadline.HEARING,
        CreditDeadline.DECISION,
    )

    needs = (
        Needs(Q(status=Status.FOUND), (CreditDeadline.CHECK,)),
        Needs(Q(status=Status.NOTIFIED), (CreditDeadline.STATEMENT,)),
        Needs(Q(status=Status.HEARING), (CreditDeadline.HEARING,)),
        Needs(Q(status=Status.STATED), (CreditDeadline.DECISION,)),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("信用案件")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="case_decided_by_a_second_officer",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="case_revoked_by_a_third_officer",
                condition=Q(revoked_by__isnull=True)
                | (~Q(revoked_by=F("opened_by")) & ~Q(revoked_by=F("decided_by"))),
            ),
            models.CheckConstraint(
                name="case_notified_says_all",
                condition=Q(status__in=UNNOTIFIED)
                | Q(source=CaseSource.LISTED)
                | Q(notified_at__isnull=False, opened_by__isnull=False)
                & ~Q(severity="")
                & ~Q(restriction_kind="")
                & ~Q(legal_basis=""),
            ),
            models.CheckConstraint(
                name="case_stated_has_time",
                condition=Q(status__in=[*UNNOTIFIED, CaseStatus.NOTIFIED, CaseStatus.HEARING])
                | Q(source=CaseSource.LISTED)
                | Q(stated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_decided_has_officer_time_and_reasons",
                condition=Q(status__in=UNDECIDED)
                | Q(source=CaseSource.LISTED, decided_at__isnull=False)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision_reasons="")),
            ),
            models.CheckConstraint(
                name="case_decided_has_number",
                condition=Q(status__in=[*UNDECIDED, CaseStatus.DISMISSED])
                | Q(decision_number__isnull=False),
            ),
            models.CheckConstraint(
                name="case_over_has_time",
                condition=Q(status__in=[*OPEN, CaseStatus.DECIDED]) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_revoked_has_officer_and_reasons",
                condition=~Q(status__in=[CaseStatus.REVOKED, CaseStatus.SET_ASIDE])
                | (Q(revoked_by__isnull=False) | Q(status=CaseStatus.SET_ASIDE))
                & ~Q(closing_reasons="")
                | Q(source=CaseSource.LISTED) & ~Q(closing_reasons=""),
            ),
            models.CheckConstraint(
                name="case_person_has_name_and_number",
                condition=Q(person_name="", person_number="")
                | ~Q(person_name="") & ~Q(person_number=""),
            ),
            models.CheckConstraint(name="case_has_facts", condition=~Q(facts="")),
        ]
        indexes = [models.Index(name="case_by_status", fields=["status"])]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Tell whether notice was given, and a statement or a decision is still to come."""
        return self.status in OPEN and self.status != self.Status.FOUND

    @property
    def due_at(self) -> datetime | None:
        """The deadline that runs now: to look into it, for statement, hearing, decision."""
        kind = RUNS.get(self.status)
        running = self.deadline(kind) if kind else None
        return running.ends_at if running else None

    def get_kind_display(self) -> str:
        """Return the name of the conduct, as a field with choices would."""
        return name_of_kind(self.kind)

    # Django leaves the word to the model that defines it; its plugin for the type checker does not
    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """Return the word of the state; a warning without a term has nothing that runs out."""
        is_warned = self.status == self.Status.ENDED and not self.months
        return str(WARNED if is_warned else self.Status(self.status).label)

    @property
    def restricts_practice(self) -> bool:
        """
        Tell whether the measure keeps the agency from its trade, so that it may ask to be heard.

        Source: 《行政处罚法》第九条第（四）项、第六十三条第一款第（四）项
        """
        return self.restriction_kind in BLOCKING

    @property
    def person_masked(self) -> str:
        """
        Return whom a measure binds that is on a person, as everybody may read of it; else nothing.

        The first mark of the name, and the number of the certificate with its middle hidden.

        Source: 《个人信息保护法》第二十五条
        """
        return person_as_published(self.person_name, self.person_number)

    @property
    def measure_word(self) -> str:
        """What is to be imposed, in a word; on a person a freeze is called otherwise."""
        is_on_a_person = self.person_number and self.restriction_kind == Measure.FREEZE
        return gettext("暂停执业") if is_on_a_person else self.get_restriction_kind_display()

    @property
    def outlasts_its_term(self) -> bool:
        """Tell whether something of the decision remains when its months are over."""
        return self.restriction_kind == Measure.WARNING or self.entry_id is not None

    @transition(field=status, source=Status.FOUND, target=Status.NOTIFIED)
    def notify(self, *, at: datetime, by: User) -> None:
        self.notified_at, self.opened_by = at, by

    @transition(field=status, source=Status.FOUND, target=Status.SET_ASIDE)
    def set_aside(self, *, at: datetime, by: User, reasons: str) -> None:
        self.closed_at, self.handled_by, self.closing_reasons = at, by, reasons

    @transition(field=status, source=Status.FOUND, target=Status.DECIDED)
    def follow_list(self, *, at: datetime, number: str, reasons: str) -> None:
        """Take over what a list imposes: its issuer has heard the party, and decided."""
        self.decided_at, self.decision_number, self.decision_reasons = at, number, reasons

    @transition(field=status, source=Status.NOTIFIED, target=Status.HEARING)
    def ask_hearing(self, *, statement: str) -> None:
        """Keep what the party states, and wait for the hearing that it asked for."""
        self.statement = statement

    @transition(field=status, source=Status.HEARING, target=Status.STATED)
    def close_hearing(self, *, at: datetime) -> None:
        self.stated_at = at

    @transition(field=status, source=Status.NOTIFIED, target=Status.STATED)
    def hear(self, *, at: datetime, statement: str = "") -> None:
        """Take the statement, or note that the time for it ran out."""
        self.stated_at, self.statement = at, statement

    @transition(field=status, source=Status.STATED, target=Status.DECIDED)
    def decide(self, *, at: datetime, by: User, number: str, reasons: str) -> None:
        self.decided_at, self.decided_by = at, by
        self.decision_number, self.decision_reasons = number, reasons

    @transition(field=status, source=Status.STATED, target=Status.DISMISSED)
    def dismiss(self, *, at: datetime, by: User, reasons: str) -> None:
        self.decided_at, self.decided_by, self.decision_reasons = at, by, reasons
        self.closed_at = at

    @transition(
        field=status,
        source=[Status.DECIDED, Status.ENDED, Status.REPAIRED],
        target=Status.REVOKED,
    )
    def revoke(self, *, at: datetime, by: User, reasons: str) -> None:
        self.closed_at, self.revoked_by, self.closing_reasons = at, by, reasons

    @transition(field=status, source=Status.DECIDED, target=Status.ENDED)
    def end(self, *, at: datetime) -> None:
        self.closed_at = at

    @transition(field=status, source=Status.DECIDED, target=Status.REPAIRED)
    def repair(self, *, at: datetime) -> None:
        self.closed_at = at


def person_as_published(name: str, number: str) -> str:
    """Return `Case.person_masked` for the name and the number of a certificate; nothing of none."""
    return f"{name[:1]}{HIDDEN * (len(name) - 1)} {masked(number)}" if number else ""
