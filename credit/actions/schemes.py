"""Load a version of the credit scheme."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.urls import reverse

from credit.guards.proposals import may_propose_scheme, may_settle_scheme, version_begins_later
from credit.guards.reasons import reasons_are_given
from credit.in_force import province, scheme_in
from credit.models import Conduct, CreditScheme, SchemeProposal, name_of_kind
from credit.schemes import Scheme
from credit.versions import version_of_proposal
from marketplace.actions.messages import notify
from marketplace.actions.reference import Outcome, Outcomes
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.library import library
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import require
from marketplace.models import Membership, Organization, User
from marketplace.reference import BadReferenceData
from marketplace.web.versions import as_seen


@transaction.atomic
def load_scheme(*, text: str, file: str, at: datetime) -> Outcomes:
    """
    Store the scheme that `text` states, unless it is stored already; all of it or nothing.

    What has begun is not rewritten: beside a stored one, a version begins after the day of `at`.

    Raises:
        BadReferenceData: it is no scheme, of another area, names unknown sources, changes what was
            published, renames a kind of conduct, or leaves out one that the platform itself finds.
    """
    digest = sha256_hex(text.encode())
    if CreditScheme.objects.filter(sha256=digest).exists():
        return Counter[Outcome]({"unchanged": 1})
    _store(checked_scheme(text, file, at), text, at)
    return Counter[Outcome]({"created": 1})


@transaction.atomic
def propose_scheme(
    *,
    organization: Organization,
    text: str,
    file: str,
    reason: str,
    by: User,
    at: datetime,
) -> SchemeProposal:
    """
    Put up the next version of the scheme; nothing counts by it until a second manager confirms.

    Raises:
        Refused: another one waits, or no reason is given.
        BadReferenceData: as `load_scheme`.
    """
    office = Organization.objects.lock(organization.pk)
    Sequence.objects.next_value("scheme/proposal")  # its row lets one office wait for another
    require(*may_propose_scheme(), reasons_are_given(reason))
    checked_scheme(text, file, at)
    proposal = SchemeProposal.objects.create(
        content=text, file_name=file, reason=reason.strip(), proposed_by=by, proposed_at=at
    )
    record(by=by, verb="scheme.proposed", target=proposal, at=at, organization=office)
    notify(
        organization=office,
        kind="credit/scheme_proposed",
        at=at,
        url=reverse("credit:scheme_proposal", args=[proposal.slug]),
        roles=[Membership.Role.MANAGER],
        proposal=proposal,
    )
    return proposal


@transaction.atomic
def settle_scheme(
    *,
    organization: Organization,
    proposal: SchemeProposal,
    is_confirmed: bool,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> SchemeProposal:
    """
    Confirm a proposed version as a second manager, so that it is stored, or decline it.

    Raises:
        Refused: it was settled before, `by` has proposed it, or its day has come meanwhile.
        BadReferenceData: another version was loaded meanwhile, beside which it does not stand.
    """
    office = Organization.objects.lock(organization.pk)
    proposal = SchemeProposal.objects.lock(proposal.pk)
    require(*may_settle_scheme(proposal, by), *as_seen(version_of_proposal(proposal), seen))
    scheme = None
    if is_confirmed:
        stated = scheme_in(proposal.content, proposal.file_name, at)
        require(version_begins_later(stated.valid_from, at))
        _check(stated, proposal.file_name, at)
        scheme = _store(stated, proposal.content, at)
    proposal.settle(at=at, by=by, scheme=scheme)
    proposal.save()
    verb = "scheme.confirmed" if is_confirmed else "scheme.declined"
    record(by=by, verb=verb, target=proposal, at=at, organization=office)
    return proposal


def checked_scheme(text: str, file: str, at: datetime) -> Scheme:
    """
    Return the scheme that `text` states, if it may be stored.

    Raises:
        BadReferenceData: as `load_scheme`.
    """
    scheme = scheme_in(text, file, at)
    _check(scheme, file, at)
    return scheme


def _check(scheme: Scheme, file: str, at: datetime) -> None:
    """Refuse a scheme that does not stand beside what was published, or without its sources."""
    for column, problem, value in _faults(scheme, at):
        _refuse(file, column, problem, value)


def _store(scheme: Scheme, text: str, at: datetime) -> CreditScheme:
    return CreditScheme.objects.create(
        code=scheme.code,
        version=scheme.version,
        name=scheme.name,
        division=province(),
        legal_basis=scheme.legal_basis,
        valid_from=scheme.valid_from,
        content=text,
        sha256=sha256_hex(text.encode()),
        kind_names={kind.code: kind.name for kind in scheme.kinds},
        loaded_at=at,
    )


def _refuse(file: str, column: str, problem: str, value: str) -> NoReturn:
    raise BadReferenceData(file, 0, column, problem, value)


def _faults(scheme: Scheme, at: datetime) -> list[tuple[str, str, str]]:
    """Return what keeps a well-formed scheme from being stored: where, why, and the text."""
    return [*_faults_of_version(scheme, at), *_faults_of_kinds(scheme), *_faults_of_bases(scheme)]


def _faults_of_version(scheme: Scheme, at: datetime) -> list[tuple[str, str, str]]:
    found = []
    if scheme.scope != province().code:
        found.append(("scope", "province_only", scheme.scope))
    if CreditScheme.objects.filter(code=scheme.code, version=scheme.version).exists():
        found.append(("version", "not_as_published", str(scheme.version)))
    if CreditScheme.objects.exists() and scheme.valid_from <= day_of(at):
        found.append(("valid_from", "already_begun", scheme.valid_from.isoformat()))
    return found


def _faults_of_kinds(scheme: Scheme) -> list[tuple[str, str, str]]:
    renamed = [
        ("kinds", "another_name", f"{kind.code} {kind.name}")
        for kind in scheme.kinds
        if name_of_kind(kind.code) not in {kind.code, kind.name}
    ]
    left_out = set(Conduct.values) - scheme.by_code.keys()
    return [*renamed, *(("kinds", "kind_left_out", code) for code in sorted(left_out))]


def _faults_of_bases(scheme: Scheme) -> list[tuple[str, str, str]]:
    laws = library()
    kinds, thresholds = (
        (one.basis for one in scheme.kinds),
        (one.basis for one in scheme.thresholds),
    )
    named = (basis for one in scheme.kinds for basis in one.bases)
    bases = [scheme.legal_basis, *kinds, *thresholds, *named]
    return [("basis", problem, basis) for basis in bases if (problem := laws.problem_in(basis))]
