"""Store rule values, each only if its declaration allows it; of a file with a fault, nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby

from django.db import transaction

from marketplace.actions.reference import Outcome, Outcomes, bring
from marketplace.guards.rules import (
    Finding,
    area_is_known,
    basis_can_be_opened,
    basis_is_in_force,
    beginning_is_ahead,
    may_hold,
    rules_go_together,
    stored_value_is_kept,
    value_is_no_loosening,
)
from marketplace.kernel.laws import Library
from marketplace.kernel.library import library
from marketplace.kernel.models import Parameter
from marketplace.kernel.rules import areas_of, declaration_of, groups, rules_in_force, typed
from marketplace.kernel.verdicts import Refused
from marketplace.models import Division
from marketplace.reference import Parameter as Row

FIXED_BY_DATE = ("value", "unit", "legal_basis")


class RulesRefused(Refused):
    """Rule values cannot be stored; `findings` says why, each with its line and column."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.line))
        super().__init__(*(finding.verdict for finding in self.findings))

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


@dataclass(frozen=True)
class _Known:
    """What is stored before anything is loaded."""

    divisions: Mapping[str, Division]
    laws: Library
    scopes: Mapping[str, frozenset[str]]

    @classmethod
    def now(cls) -> _Known:
        rows = Parameter.objects.order_by("key").values_list("key", "division_id").distinct()
        by_key = groupby(rows, key=lambda row: row[0])
        return cls(
            divisions=Division.objects.in_bulk(),
            laws=library(),
            scopes={key: frozenset(scope for _key, scope in found) for key, found in by_key},
        )

    def has(self, row: Row) -> bool:
        """Tell whether the area of `row`, or one around it, has a value of the key already."""
        return bool(self.scopes.get(row.key, frozenset()) & set(areas_of(row.scope)))


@transaction.atomic
def load_parameters(rows: Iterable[Row], *, on: date) -> Outcomes:
    """
    Store the rule values; a new value is a new row with its own day, and ends the one before it.

    Only the note on a stored value may change. `on` is today: what is in force cannot be given
    another value for a day that has passed.

    Raises:
        RulesRefused: a row is against its declaration, or what is in force together would be.
    """
    rows, known = list(rows), _Known.now()
    _refuse(finding for row in rows for finding in _findings(row, known, on))
    outcomes: Outcomes = Counter()
    fresh: list[Row] = []
    for row in rows:
        outcome = _store(row)
        outcomes[outcome] += 1
        if outcome == "created":
            fresh.append(row)
    _refuse(_findings_together(fresh, known))
    return outcomes


def _refuse(findings: Iterable[Finding]) -> None:
    if found := list(findings):
        raise RulesRefused(found)


def _findings(row: Row, known: _Known, on: date) -> Iterator[Finding]:
    """Yield what is wrong with one row, whatever else is loaded with it."""
    division = known.divisions.get(row.scope)
    yield from Finding.failed(row.line, {"scope": area_is_known(division, row.scope)})
    yield from may_hold(row, is_province=row.scope == areas_of(row.scope)[0])
    can_be_opened = basis_can_be_opened(row.legal_basis, known.laws)
    is_in_force = basis_is_in_force(row.legal_basis, known.laws, row.in_force_from)
    yield from Finding.failed(row.line, {"legal_basis": can_be_opened})
    yield from Finding.failed(row.line, {"legal_basis": is_in_force})
    stored = Parameter.objects.filter(
        key=row.key, division_id=row.scope, in_force_from=row.in_force_from
    ).first()
    if stored is None:
        ahead = beginning_is_ahead(row.in_force_from, on, is_known=known.has(row))
        yield from Finding.failed(row.line, {"in_force_from": ahead})
        return
    for name in FIXED_BY_DATE:
        kept = stored_value_is_kept(getattr(stored, name), getattr(row, name), row.in_force_from)
        yield from Finding.failed(row.line, {name: kept})


def _store(row: Row) -> Outcome:
    values = asdict(row)
    division_id = values.pop("scope")
    del values["line"]
    history = Parameter.objects.filter(key=row.key, division_id=division_id)
    stored = history.filter(in_force_from=row.in_force_from).first()
    if stored is not None:
        return bring(Parameter.objects, {"pk": stored.pk}, values)
    later = history.filter(in_force_from__gt=row.in_force_from).order_by("in_force_from")
    until = later.values_list("in_force_from", flat=True).first()
    earlier = history.filter(in_force_from__lt=row.in_force_from)
    earlier.in_force(row.in_force_from).update(in_force_until=row.in_force_from)
    Parameter.objects.create(division_id=division_id, in_force_until=until, **values)
    return "created"


def _findings_together(rows: Iterable[Row], known: _Known) -> Iterator[Finding]:
    """Yield what is wrong with new rows among all that is in force as they begin."""
    for row in rows:
        division = known.divisions[row.scope]
        yield from _loosening(row, known)
        rules = typed(rules_in_force(division, row.in_force_from).values())
        for group in groups():
            if group.concerns(row.key):
                verdict = rules_go_together(group, rules)
                yield from Finding.failed(row.line, {"value": verdict})


def _loosening(row: Row, known: _Known) -> Iterator[Finding]:
    *wider, _own = areas_of(row.scope)
    if not wider:
        return
    around = rules_in_force(known.divisions[wider[-1]], row.in_force_from).get(row.key)
    if around is not None:
        declaration = declaration_of(row.key)
        own = declaration.kind.read(row.value, row.unit)
        verdict = value_is_no_loosening(declaration, own, around)
        yield from Finding.failed(row.line, {"value": verdict})
