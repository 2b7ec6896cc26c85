"""What holds at rest of conduct: the ledger of points, decisions and what they take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from credit.in_force import NoPointsInRulebook, kind_under
from credit.models import Case, Entry, Finding, Restriction
from credit.scoring import LOWEST
from marketplace.kernel.invariants import Rows, invariant
from marketplace.kernel.models import RulebookVersion

AT_ONCE = 2000
DECIDED = (Case.Status.DECIDED, Case.Status.ENDED, Case.Status.REPAIRED, Case.Status.REVOKED)


@invariant(_("信用记录的分值是当时的规则给这类行为的分值"))
def entry_has_the_points_of_its_rulebook(_due: datetime) -> Iterator[Entry]:
    books = {one.sha256: one for one in RulebookVersion.objects.all()}
    for entry in Entry.objects.filter(corrects__isnull=True).order_by("pk").iterator(AT_ONCE):
        book = books.get(entry.rulebook_sha256)
        try:
            is_so = book and entry.points == kind_under(book, entry.kind, entry.occurred_at).points
        except NoPointsInRulebook:
            is_so = False
        if not is_so:
            yield entry


@invariant(_("更正与被更正的是同一单位的同一事项，并且在它之后记录"))
def correction_is_of_the_same_fact(_due: datetime) -> Rows:
    same = ("organization", "kind", "reference")
    alike = Q(**{name: F(f"corrects__{name}") for name in same})
    later = Q(recorded_at__gte=F("corrects__recorded_at"))
    return Entry.objects.filter(corrects__isnull=False).exclude(alike & later).order_by("pk")


@invariant(_("立案线索的信用分等于起评分与各项计分之和"))
def finding_adds_up(_due: datetime) -> Iterator[Finding]:
    for finding in Finding.objects.order_by("pk").iterator(AT_ONCE):
        told = finding.arithmetic
        points = sum((Decimal(line["points"]) for line in told["lines"]), Decimal(told["base"]))
        if not finding.score == Decimal(told["score"]) == max(LOWEST, points):
            yield finding


@invariant(_("每个作出决定的案件都有信用限制，对象、措施和起算时间一致"))
def decision_has_its_restriction(_due: datetime) -> Rows:
    same = Q(
        restriction__organization=F("organization"),
        restriction__kind=F("restriction_kind"),
        restriction__severity=F("severity"),
        restriction__person_number=F("person_number"),
        restriction__effective_from=F("decided_at"),
    )
    return Case.objects.filter(status__in=DECIDED).exclude(same).order_by("pk")


@invariant(_("没有决定的案件没有信用限制"))
def restriction_is_of_a_decision(_due: datetime) -> Rows:
    return Restriction.objects.exclude(case__status__in=DECIDED).order_by("pk")


@invariant(_("限制的解除、到期与案件的状态一致"))
def restriction_ends_as_its_case(_due: datetime) -> Rows:
    ends = {
        Case.Status.DECIDED: Q(lifted_at__isnull=True, ended_at__isnull=True),
        Case.Status.ENDED: Q(ended_at__isnull=False),
        Case.Status.REPAIRED: Q(lifted_at__isnull=False),
        Case.Status.REVOKED: Q(lifted_at__isnull=False),
    }
    for status, as_it_says in ends.items():
        yield from (
            Restriction.objects.filter(case__status=status).exclude(as_it_says).order_by("pk")
        )


@invariant(_("到期的限制已经办结"))
def restriction_that_is_over_is_marked(due: datetime) -> Rows:
    return Restriction.objects.unmarked().filter(effective_to__lte=due).order_by("pk")


INVARIANTS = (
    entry_has_the_points_of_its_rulebook,
    correction_is_of_the_same_fact,
    finding_adds_up,
    decision_has_its_restriction,
    restriction_is_of_a_decision,
    restriction_ends_as_its_case,
    restriction_that_is_over_is_marked,
)
