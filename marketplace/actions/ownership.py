"""Store what a registry says of who owns, runs and represents whom; a second run writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from marketplace.actions.reference import Outcome, Outcomes, differing
from marketplace.identifiers import person_key
from marketplace.models import OwnershipTie
from marketplace.reference import Tie
from marketplace.reference.ownership import COLUMNS
from marketplace.reference.sources import read_rows
from marketplace.ties import PERSON, UNIT
from marketplace.web.exports import csv_text

FIELDS = ("holder_name", "held_name", "share", "department", "division", "source", "recorded_at")
Key = tuple[str, str, str]


@transaction.atomic
def load_ownership(ties: Iterable[Tie], *, source: str, at: datetime) -> Outcomes:
    """
    Bring the ties of every unit that `ties` speak of to what they say.

    A tie into one of these units that is not among them any more is over, and removed: `source`
    hands over all that it knows of a unit. Of units that it does not name, nothing changes.
    """
    given = {_key(tie): tie for tie in ties}
    held = {key[1] for key in given}
    rows = OwnershipTie.objects.filter(held_key__in=held)
    stored = {(row.holder_key, row.held_key, row.kind): row for row in rows}
    outcomes: Outcomes = Counter()
    for key, tie in given.items():
        outcomes[_bring(key, tie, stored.pop(key, None), source, at)] += 1
    gone = OwnershipTie.objects.filter(pk__in=[row.pk for row in stored.values()])
    removed, _by_model = gone.delete()
    outcomes["removed"] += removed
    return +outcomes


def without_identities(text: str) -> str:
    """
    Return a file of ties with keys in the place of identity numbers: it says the same of people.

    Raises:
        BadReferenceData: the file is wrong.
    """
    cells = [dict(row.cells) for row in read_rows(text, "", COLUMNS)]
    for row in cells:
        if row["holder_identity"]:
            row["holder_identity"] = _key_of_person(row["holder_identity"])
    return csv_text([COLUMNS, *(row.values() for row in cells)])


def _key(tie: Tie) -> Key:
    holder = f"{UNIT}{tie.holder_code}"
    if tie.holder_identity:
        holder = _key_of_person(tie.holder_identity)
    return holder, f"{UNIT}{tie.held_code}", tie.kind


def _key_of_person(identity: str) -> str:
    if identity.startswith(PERSON):
        return identity
    return f"{PERSON}{person_key(identity, settings.IDENTITY_KEY)}"


def _bring(key: Key, tie: Tie, row: OwnershipTie | None, source: str, at: datetime) -> Outcome:
    values = {
        "holder_name": tie.holder_name,
        "held_name": tie.held_name,
        "share": tie.share,
        "department": tie.department,
        "division_id": tie.division or None,
    }
    if row is None:
        OwnershipTie.objects.create(
            **dict(zip(("holder_key", "held_key", "kind"), key, strict=True)),
            **values,
            source=source,
            recorded_at=at,
        )
        return "created"
    if not differing(row, values):
        return "unchanged"
    vars(row).update(values | {"source": source, "recorded_at": at})
    row.save()
    return "updated"
