"""May an entry of the record be corrected."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from credit.models import Correction, Entry
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User


@guard(_("这条记录已经更正过，请更正最近的一条"))
def entry_is_not_corrected_yet(entry: Entry) -> bool:
    return not Entry.objects.filter(corrects=entry).exists()


@guard(_("这条记录已有待复核的更正"))
def entry_has_no_correction_pending(entry: Entry) -> bool:
    return not Correction.objects.open().filter(entry=entry).exists()


@guard(_("更正后的分值和现在一样"))
def points_differ(entry: Entry, points: Decimal | None) -> bool:
    return points is None or points != entry.points


@guard(_("更正后的分值应在 0 和 %(points)s 分之间"))
def points_lie_between(entry: Entry, points: Decimal | None) -> bool | Because:
    """A correction takes back, all or in part; more for the same fact is a decision's matter."""
    if points is None:
        return True
    least, most = sorted([Decimal(0), entry.points])
    return least <= points <= most or Because(points=entry.points)


def may_propose_correction(entry: Entry, points: Decimal | None = None) -> tuple[Verdict, ...]:
    """Ask whether a correction of `entry` may be proposed, but for its reasons."""
    return (
        entry_is_not_corrected_yet(entry),
        entry_has_no_correction_pending(entry),
        points_differ(entry, points),
        points_lie_between(entry, points),
    )


@guard(_("更正已经办结：%(status)s"))
def correction_is_open(correction: Correction) -> bool | Because:
    return correction.status == Correction.Status.PROPOSED or Because(
        status=correction.get_status_display()
    )


@guard(_("更正须由提出人以外的人员复核"))
def second_look_is_anothers(correction: Correction, by: User) -> bool:
    return by.pk != correction.proposed_by_id


def may_settle_correction(correction: Correction, by: User) -> tuple[Verdict, ...]:
    """Ask whether `by` may confirm or decline a proposed correction."""
    return correction_is_open(correction), second_look_is_anothers(correction, by)
