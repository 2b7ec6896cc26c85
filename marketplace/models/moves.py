"""A professional moves from one agency to another; until then the first one is theirs."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.deadlines import DeadlineSubject, EndOf, IsProvisional, Needs, end_of
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.models.deadlines import MoveDeadline
from marketplace.models.divisions import Division
from marketplace.models.organizations import Agency
from marketplace.models.qualifications import Practitioner
from marketplace.models.users import User


class MoveStatus(models.TextChoices):
    """Where the move of a professional stands."""

    REQUESTED = "requested", _("待原机构答复")
    CONTESTED = "contested", _("原机构不同意")
    RELEASED = "released", _("已转入")
    REFUSED = "refused", _("未予转入")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN = (MoveStatus.REQUESTED, MoveStatus.CONTESTED)


class MoveQuerySet(LockingQuerySet["PractitionerMove"]):
    """Moves by agency, place and state."""

    def open(self) -> MoveQuerySet:
        """Moves that nobody has ended."""
        return self.filter(status__in=OPEN)

    def of(self, agency: int) -> MoveQuerySet:
        """Moves to and from an agency, the newest first, with what a page shows of them."""
        rows = self.filter(Q(to_agency=agency) | Q(from_agency=agency))
        return rows.with_relations().order_by("-requested_at", "-pk")

    def with_relations(self) -> MoveQuerySet:
        """Moves with who moves from where to where."""
        return self.select_related(
            "practitioner", "from_agency__organization", "to_agency__organization"
        )

    def to_decide(self, division: Division, at: datetime) -> MoveQuerySet:
        """Open moves out of agencies of an area that wait for an officer at `at`."""
        return self.to_decide_in(division.prefix, at)

    def to_decide_in(self, prefix: str, at: datetime) -> MoveQuerySet:
        """The same of the area whose codes begin with `prefix`."""
        rows = self.alias(release_ends=end_of(MoveDeadline.RELEASE)).filter(
            Q(status=MoveStatus.REQUESTED, release_ends__lte=at) | Q(status=MoveStatus.CONTESTED),
            from_agency__organization__division__code__startswith=prefix,
        )
        return rows.with_relations().order_by("requested_at", "pk")


class PractitionerMove(StatefulModel, SlugModel, DeadlineSubject):
    """
    A request to enter a professional who is registered with another agency.

    The old agency releases them or says why not; an officer decides what it contests, and what it
    has not answered in time.
    """

    Status = MoveStatus

    practitioner = models.ForeignKey(
        Practitioner, verbose_name=_("执业人员"), on_delete=models.CASCADE, related_name="moves"
    )
    from_agency = models.ForeignKey(
        Agency, verbose_name=_("原机构"), on_delete=models.PROTECT, related_name="+"
    )
    to_agency = models.ForeignKey(
        Agency, verbose_name=_("转入机构"), on_delete=models.PROTECT, related_name="+"
    )
    status = StatusField(_("状态"), choices=Status, default=Status.REQUESTED)
    requested_by = models.ForeignKey(
        User, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(_("提出时间"))
    objection = models.TextField(_("不同意的理由"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("办理人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    reasons = models.TextField(_("办理意见"), max_length=1000, blank=True)

    release_due_at = EndOf(MoveDeadline.RELEASE)
    is_due_provisional = IsProvisional(MoveDeadline.RELEASE)

    needs = (Needs(Q(status=Status.REQUESTED), (MoveDeadline.RELEASE,)),)

    objects = MoveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("执业人员转入")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(
                name="move_waits", fields=["requested_at", "id"], condition=Q(status__in=OPEN)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="move_once_open",
                fields=["practitioner"],
                condition=Q(status__in=OPEN),
            ),
            models.CheckConstraint(
                name="move_is_between_two", condition=~Q(from_agency=F("to_agency"))
            ),
            models.CheckConstraint(
                name="move_contested_says_why",
                condition=~Q(status=MoveStatus.CONTESTED) | ~Q(objection=""),
            ),
            models.CheckConstraint(
                name="move_ended_has_a_moment",
                condition=Q(status__in=OPEN) | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} {self.to_agency}"

    @transition(field=status, source=[*OPEN], target=Status.RELEASED)
    def release(self, *, at: datetime, by: User, reasons: str = "") -> None:
        self.decided_at, self.decided_by, self.reasons = at, by, reasons

    @transition(field=status, source=Status.REQUESTED, target=Status.CONTESTED)
    def contest(self, *, at: datetime, objection: str) -> None:
        self.answered_at, self.objection = at, objection

    @transition(field=status, source=[*OPEN], target=Status.REFUSED)
    def refuse(self, *, at: datetime, by: User, reasons: str) -> None:
        self.decided_at, self.decided_by, self.reasons = at, by, reasons

    @transition(field=status, source=[*OPEN], target=Status.WITHDRAWN)
    def withdraw(self, *, at: datetime, by: User) -> None:
        self.decided_at, self.decided_by = at, by
