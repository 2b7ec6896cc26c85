"""Announce a hearing that the party asked for, and hold it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from credit.actions.deadlines import DECISION, HEARING, lock_case
from credit.guards.hearings import (
    hearing_is_announced_in_time,
    may_announce_hearing,
    may_hold_hearing,
    minutes_are_given,
)
from credit.models import Case, Hearing
from credit.versions import case_as_seen
from marketplace.actions.documents import store_all, stores_files
from marketplace.actions.messages import notify
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import User


@transaction.atomic
def announce_hearing(
    *,
    case: Case,
    takes_place_at: datetime,
    place: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Hearing:
    """
    Tell the party when and where it is heard; a later announcement takes the place of this one.

    Raises:
        Refused: no hearing waits, or it would be sooner than seven days from now.
    """
    case = lock_case(case)
    require(
        *may_announce_hearing(case, by),
        hearing_is_announced_in_time(takes_place_at, at),
        *case_as_seen(case, seen),
    )
    hearing = case.hearing
    hearing.takes_place_at, hearing.place, hearing.announced_at = takes_place_at, place.strip(), at
    hearing.save()
    record(by=by, verb="hearing.announced", target=case, at=at, organization=case.authority)
    notify(
        organization=case.organization,
        kind="credit/hearing_announced",
        at=at,
        url=reverse("credit:own_case", args=[case.slug]),
        case=case,
        hearing=hearing,
    )
    return hearing


@stores_files
@transaction.atomic
def hold_hearing(
    *,
    case: Case,
    minutes: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    files: Iterable[UploadedFile] = (),
) -> Case:
    """
    Close a hearing with its minutes, as who led it; the time for the decision begins.

    Raises:
        Refused: a guard in `may_hold_hearing` does not hold, or there are no minutes.
    """
    case = lock_case(case)
    hearing = Hearing.objects.filter(case=case).first() or Hearing(case=case)
    require(
        *may_hold_hearing(case, hearing, by, at),
        minutes_are_given(minutes),
        *case_as_seen(case, seen),
    )
    papers = store_all(files, organization=case.authority, by=by, at=at)
    case.evidence.add(*papers)
    hearing.minutes, hearing.led_by, hearing.held_at = minutes.strip(), by, at
    hearing.save()
    case.close_hearing(at=at)
    case.save()
    deadlines.stop(HEARING, case, at)
    deadlines.start(DECISION, case, at)
    record(
        by=by,
        verb="hearing.held",
        target=case,
        at=at,
        organization=case.authority,
        before=Case.Status.HEARING,
        documents=[paper.sha256 for paper in papers],
    )
    url = reverse("credit:own_case", args=[case.slug])
    notify(organization=case.organization, kind="credit/hearing_held", at=at, url=url, case=case)
    return case
