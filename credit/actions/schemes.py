"""Load a version of the credit scheme."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NoReturn

from django.db import transaction

from credit.in_force import credit_rules, province
from credit.models import Conduct, CreditScheme, name_of_kind
from credit.scheme_files import read_scheme
from credit.schemes import Scheme
from marketplace.actions.reference import Outcome, Outcomes
from marketplace.kernel.calendar import day_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.library import library
from marketplace.kernel.rules import typed
from marketplace.reference import BadReferenceData


@transaction.atomic
def load_scheme(*, text: str, file: str, at: datetime) -> Outcomes:
    """
    Store the scheme that `text` states, unless it is stored already; all of it or nothing.

    What has begun is not rewritten: beside a stored one, a version begins after the day of `at`.

    Raises:
        BadReferenceData: it is no scheme, of another area, names unknown sources, changes what was
            published, renames a kind of conduct, or leaves out one that the platform itself finds.
    """
    scheme = read_scheme(text, file, typed(credit_rules(at).values()).values.__getitem__)
    digest = sha256_hex(text.encode())
    if CreditScheme.objects.filter(sha256=digest).exists():
        return Counter[Outcome]({"unchanged": 1})
    for column, problem, value in _faults(scheme, at):
        _refuse(file, column, problem, value)
    CreditScheme.objects.create(
        code=scheme.code,
        version=scheme.version,
        name=scheme.name,
        division=province(),
        legal_basis=scheme.legal_basis,
        valid_from=scheme.valid_from,
        content=text,
        sha256=digest,
        kind_names={kind.code: kind.name for kind in scheme.kinds},
        loaded_at=at,
    )
    return Counter[Outcome]({"created": 1})


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
