"""May somebody read one more number that public pages mask."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import CHINA, day_of
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Because, guard
from marketplace.models import User

SHOWN = "contact.shown"


def lookups_of(by: User, at: datetime) -> int:
    """Return how often `by` was shown numbers on the day of `at`, in China, as the trail says."""
    begins = datetime.combine(day_of(at), time.min, tzinfo=CHINA)
    return AuditEntry.objects.filter(by=by, verb=SHOWN, at__gte=begins, at__lte=at).count()


@guard(_("今天已经查看了 %(count)s 次完整号码，每人每天最多 %(most)s 次，请明天再查"))
def lookups_are_within_limit(by: User | None, at: datetime) -> bool | Because:
    """Count who has signed in; of others the requests of an address are counted."""
    if by is None:
        return True
    count, most = lookups_of(by, at), settings.CONTACT_LOOKUPS_PER_DAY
    return count < most or Because(count=str(count), most=str(most))
