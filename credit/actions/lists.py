"""Take over what the lists of others say, and give out what we have decided, signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

import marketplace
from credit.actions.cases import find_case
from credit.actions.deadlines import CHECK, TERM
from credit.actions.decisions import impose, lock_with_branches, next_decision_number
from credit.guards.bases import basis_verdicts
from credit.in_force import province
from credit.list_files import Form, ListedRow, codes_alike, forms_of, read_list
from credit.models import (
    Case,
    CaseSource,
    ListedParty,
    ListFault,
    ListImport,
    ListKind,
    Measure,
    Restriction,
    Severity,
)
from credit.signed_lists import private_key, sign, verify
from marketplace.actions.messages import notify
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import CHINA, day_of, end_of_day
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User

DATA = Path(marketplace.__file__).parent / "data"
OPEN_END = date(2999, 12, 31)
"""Until when a list restricts that states no end: it lets go by removing."""


@cache
def list_forms() -> dict[str, Form]:
    """Return how each list is published."""
    return forms_of((DATA / "credit_list_forms.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class ListOutcome:
    """What an import changed, in rows of each sort; `is_known` if the file was imported before."""

    added: int
    removed: int
    unchanged: int
    matched: int
    is_known: bool = False

    def __add__(self, other: ListOutcome) -> ListOutcome:
        return ListOutcome(
            self.added + other.added,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
            self.matched + other.matched,
        )


@transaction.atomic
def import_list(  # noqa: PLR0913 - a file, whose it is, and on what ground it restricts
    *,
    content: bytes,
    kind: ListKind,
    basis: str,
    file: str,
    at: datetime,
    by: User | None = None,
    is_whole: bool = False,
) -> ListOutcome:
    """
    Take over a file of a list: all of it or nothing; the same bytes change nothing a second time.

    Who is found in the register by code is restricted from `at` on, by the list's own `basis`. A
    row that says so, or with `is_whole` is missing, was removed from its list: that lifts it.

    Raises:
        BadReferenceData: the file is not of its form.
        Refused: `basis` names no law in force.
    """
    require(*basis_verdicts(basis, at))
    source = Source(kind, content, file, is_whole)
    mend_fault(kind=kind, at=at)
    if _is_known(source):
        return ListOutcome(0, 0, 0, 0, is_known=True)
    rows = read_list(content, list_forms()[kind], file)
    outcome = take_over(rows, kind=kind, basis=basis, at=at, is_whole=is_whole)
    return _kept(source, outcome, by, at)


@transaction.atomic
def note_fault(*, kind: str, file: str, why: str, at: datetime) -> ListFault:
    """Keep that a list was delivered at `at` and could not be taken over, for officers to see."""
    told = {"file_name": file[-120:], "why": why[:1000], "failed_at": at}
    fault, _is_new = ListFault.objects.standing().update_or_create(
        kind=kind, defaults=told, create_defaults={**told, "kind": kind, "since": at}
    )
    return fault


def mend_fault(*, kind: str, at: datetime) -> None:
    """Note that a list, or with an empty `kind` their source, is as it should be again."""
    ListFault.objects.standing().filter(kind=kind).update(mended_at=at)


@dataclass(frozen=True)
class Source:
    """A file that is imported, and which list it is of."""

    kind: ListKind
    content: bytes
    file: str
    is_whole: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def _is_known(source: Source) -> bool:
    """Tell whether these bytes were imported before; imports of one list wait for another here."""
    Sequence.objects.next_value(f"list/{source.kind}")
    return ListImport.objects.filter(kind=source.kind, sha256=source.sha256).exists()


def _kept(source: Source, outcome: ListOutcome, by: User | None, at: datetime) -> ListOutcome:
    """Keep that a file was imported, and what it changed."""
    imported = ListImport.objects.create(
        kind=source.kind,
        sha256=source.sha256,
        file_name=source.file[-120:],
        is_whole=source.is_whole,
        imported_at=at,
        imported_by=by,
        changes=vars(outcome),
    )
    record(by=by, verb="list.imported", target=imported, at=at, kind=source.kind, **vars(outcome))
    return outcome


@dataclass(frozen=True)
class ListPreview:
    """What a file would change: how many rows, whom it would restrict, and whom let go."""

    outcome: ListOutcome
    restricted: tuple[Restriction, ...]
    released: tuple[Restriction, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody is restricted by it, and nobody let go."""
        return not (self.restricted or self.released)


def preview_list(take: Callable[[], ListOutcome], at: datetime) -> ListPreview:
    """
    Return what the import `take` would do at `at`; nothing of it stays.

    Raises:
        BadReferenceData, NotSigned, Refused: as the import itself.
    """
    with transaction.atomic():
        stood = set(Restriction.objects.filter(lifted_at=None).values_list("pk", flat=True))
        outcome = take()
        rows = Restriction.objects.with_relations()
        listed = rows.filter(case__source=CaseSource.LISTED).order_by("organization__name", "pk")
        restricted = tuple(listed.filter(lifted_at=None).exclude(pk__in=stood))
        released = tuple(listed.filter(pk__in=stood, lifted_at=at))
        transaction.set_rollback(True)
    return ListPreview(outcome, restricted, released)


def take_over(
    rows: Iterable[ListedRow], *, kind: ListKind, basis: str, at: datetime, is_whole: bool
) -> ListOutcome:
    """Compare rows with what is known of a list, and see to the difference."""
    known = {
        (row.number, row.code): row
        for row in ListedParty.objects.filter(kind=kind).standing().lock_all()
    }
    counts = {"added": 0, "removed": 0, "unchanged": 0, "matched": 0}
    told: set[tuple[str, str]] = set()
    for row in rows:
        told.add(row.key)
        before = known.get(row.key)
        if row.is_removed:
            counts["removed"] += before is not None and _let_go(before, at)
        elif before is not None:
            counts["unchanged"] += 1
        else:
            counts["added"] += 1
            counts["matched"] += _add(row, kind, basis, at)
    for key, gone in known.items():
        if is_whole and key not in told:
            counts["removed"] += _let_go(gone, at)
    return ListOutcome(**counts, is_known=False)


def _add(row: ListedRow, kind: ListKind, basis: str, at: datetime) -> bool:
    """Keep a row, restrict who it is about; tell whether the register has them."""
    party, is_new = ListedParty.objects.get_or_create(
        kind=kind,
        number=row.number,
        code=row.code,
        defaults={
            "name": row.name,
            "issuer": row.issuer,
            "listed_on": row.listed_on,
            "ends_on": row.ends_on,
            "basis": basis,
            "facts": row.facts,
            "organization": _organization_of(row.code),
        },
    )
    if not is_new:  # it was removed before, and stands on the list again
        party.removed_at, party.case = None, None
        party.save(update_fields=["removed_at", "case"])
    has_ended = party.ends_on is not None and end_of_day(party.ends_on) <= at
    if party.organization is None or has_ended:
        return party.organization is not None
    party.case = _restrict(party, party.organization, at)
    party.save(update_fields=["case"])
    return True


def _organization_of(code: str) -> Organization | None:
    """Return the agency with a code: by the whole of it, or by the part that older codes are."""
    first, last = codes_alike(code)
    agencies = Organization.objects.filter(kind=Organization.Kind.AGENCY)
    wanted = agencies.filter(uscc__contains=code[: last - first]).exclude(uscc=None)
    found = [one for one in wanted if str(one.uscc)[first:last].startswith(code[: last - first])]
    return found[0] if len(found) == 1 else None


def _restrict(party: ListedParty, organization: Organization, at: datetime) -> Case | None:
    """Impose what a list does, by its own basis: no sign-ups as long as it runs."""
    organization, *branches = lock_with_branches(organization)
    case = find_case(
        organization=organization,
        source=CaseSource.LISTED,
        kind=party.kind,
        facts=party.facts or party.get_kind_display(),
        occurred_at=datetime.combine(party.listed_on, datetime.min.time(), tzinfo=CHINA),
        at=at,
        reference=party.number[:64],
        severity=Severity.SERIOUS,
        measure=Measure.FREEZE,
    )
    if case is None:
        return None
    case.legal_basis = party.basis
    number = next_decision_number(case, at)
    case.follow_list(at=at, number=number, reasons=party.facts or party.get_kind_display())
    case.save()
    deadlines.stop(CHECK, case, at)
    restriction = impose(case, branches, at=at, until=end_of_day(party.ends_on or OPEN_END))
    record(by=None, verb="case.listed", target=case, at=at, organization=case.authority)
    _tell(restriction, "credit/list_restricts", party, at)
    return case


def _let_go(party: ListedParty, at: datetime) -> bool:
    """Note that a list let somebody go, which lifts what followed here."""
    party.removed_at = at
    party.save(update_fields=["removed_at"])
    case = party.case and Case.objects.lock(party.case_id)
    if not case or case.status != Case.Status.DECIDED:
        return True
    Organization.objects.lock(case.organization_id)
    restriction = Restriction.objects.lock(case.restriction.pk)
    restriction.lifted_at = at
    restriction.published_until = min(restriction.published_until, at)
    restriction.save(update_fields=["lifted_at", "published_until"])
    case.repair(at=at)
    case.save()
    deadlines.stop(TERM, restriction, at)
    record(by=None, verb="restriction.lifted", target=restriction, at=at)
    _tell(restriction, "credit/list_lets_go", party, at)
    return True


def _tell(restriction: Restriction, kind: str, party: ListedParty, at: datetime) -> None:
    notify(
        organization=restriction.organization,
        kind=kind,
        at=at,
        url=reverse("credit:own_case", args=[restriction.case.slug]),
        listed=party,
        restriction=restriction,
    )


# --- Out, and from others of our kind -------------------------------------------------------------
def own_key() -> Any:
    """Return the private key with which our decisions are signed."""
    return private_key(settings.CREDIT_SIGNING_KEY)


def signed_decisions(*, at: datetime) -> str:
    """Return every published decision of our own, as a file that is signed with our key."""
    shown = Restriction.objects.shown(at).with_relations().order_by("pk")
    own = shown.exclude(case__source=CaseSource.LISTED).filter(person_number="")
    moment = at.astimezone(CHINA).isoformat()
    return sign([_told(row) for row in own], province().name, moment, own_key())


def _told(row: Restriction) -> dict[str, Any]:
    return {
        "number": row.case.decision_number,
        "name": row.organization.name,
        "code": row.organization.uscc,
        "issuer": row.case.authority.name,
        "measure": row.kind,
        "severity": row.severity,
        "basis": row.legal_basis,
        "facts": row.case.facts,
        "listed_on": day_of(row.effective_from).isoformat(),
        "ends_on": day_of(row.effective_to).isoformat() if row.is_blocking else None,
        "is_removed": row.lifted_at is not None,
    }


@transaction.atomic
def import_signed_decisions(
    *, content: bytes, key: Any, at: datetime, file: str, by: User | None = None
) -> ListOutcome:
    """
    Take over what another installation has decided, verified offline with its public `key`.

    What it imposes without keeping from sign-ups is left to it; the same bytes change nothing a
    second time.

    Raises:
        NotSigned: another key signed the file, or something was changed in it.
    """
    told: Mapping[str, Any] = verify(content.decode(errors="replace"), key)
    source = Source(ListKind.PEER, content, file)
    if _is_known(source):
        return ListOutcome(0, 0, 0, 0, is_known=True)
    by_basis: dict[str, list[ListedRow]] = {}
    for one in told["decisions"]:
        if one["ends_on"] is not None:
            by_basis.setdefault(one["basis"], []).append(_row_of(one))
    outcomes = [
        take_over(rows, kind=ListKind.PEER, basis=basis, at=at, is_whole=False)
        for basis, rows in by_basis.items()
    ]
    return _kept(source, sum(outcomes, ListOutcome(0, 0, 0, 0)), by, at)


def _row_of(told: Mapping[str, Any]) -> ListedRow:
    return ListedRow(
        name=told["name"],
        code=told["code"],
        number=told["number"],
        issuer=told["issuer"],
        listed_on=date.fromisoformat(told["listed_on"]),
        ends_on=date.fromisoformat(told["ends_on"]),
        facts=told["facts"],
        is_removed=told["is_removed"],
    )
