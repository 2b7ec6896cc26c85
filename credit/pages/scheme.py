"""The credit scheme in words: what is counted, what may be imposed, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from credit.in_force import credit_rules, scheme_at
from credit.models import Measure, Severity
from credit.models.schemes import name_of_kind
from credit.rules import PREFERENCE
from credit.schemes import Kind, Scheme, Threshold
from marketplace.kernel.rules import typed


@dataclass(frozen=True)
class ShownKind:
    """A kind of conduct: its class, points and periods, and what a case about it may impose."""

    name: str
    severity: str
    points: Decimal
    counts: str
    public: str
    basis: str
    measures: str
    months: str
    bases: tuple[str, ...]
    is_breach: bool


@dataclass(frozen=True)
class ShownGrade:
    """A grade, from which score on it is given, and how far it goes before others."""

    letter: str
    begins: Decimal
    weight: int | None


@dataclass(frozen=True)
class ShownScheme:
    """A scheme as its page shows it."""

    scheme: Scheme
    kinds: list[ShownKind]
    grades: list[ShownGrade]
    thresholds: list[str]


def shown_scheme(at: datetime) -> ShownScheme:
    """Return the scheme in force at `at` in words."""
    scheme = scheme_at(at)
    weights = typed(credit_rules(at).values()).column(PREFERENCE)
    return ShownScheme(
        scheme,
        [_shown(kind) for kind in scheme.kinds],
        [ShownGrade(one.letter, one.begins, weights.get(one.letter)) for one in scheme.grades],
        thresholds_of(scheme),
    )


def thresholds_of(scheme: Scheme) -> list[str]:
    """Return what follows from which score, in words."""
    return [_followed(one, scheme) for one in scheme.thresholds]


def breaches_of(at: datetime) -> list[ShownKind]:
    """Return the kinds that a case may be about, for the officer who opens one."""
    return [_shown(kind) for kind in scheme_at(at).kinds if kind.severity in Severity.values]


def _shown(kind: Kind) -> ShownKind:
    is_breach = kind.severity in Severity.values
    return ShownKind(
        name=name_of_kind(kind.code),
        severity=str(Severity(kind.severity).label) if is_breach else _("不作失信认定"),
        points=kind.points,
        counts=_lasting(kind.counts_months),
        public=_lasting(kind.public_months),
        basis=kind.basis,
        measures="、".join(str(Measure(one).label) for one in kind.measures),
        months=_span(kind),
        bases=kind.bases,
        is_breach=is_breach,
    )


def _lasting(months: int | None) -> str:
    return _("%(months)s 个月") % {"months": months} if months else _("不设期限")


def _span(kind: Kind) -> str:
    if kind.months is None:
        return ""
    first, last = kind.months
    return _("%(first)s–%(last)s 个月") % {"first": first, "last": last}


def _followed(threshold: Threshold, scheme: Scheme) -> str:
    said = {"points": f"{threshold.points:g}", "way": _way(scheme)}
    if not threshold.measure:
        return _("达到 %(points)s 分%(way)s：提醒机构，列为重点关注，不享受信用优先") % said
    said["measure"] = str(Measure(threshold.measure).label)
    said["months"] = str(threshold.months)
    return (
        _("达到 %(points)s 分%(way)s：自动立案核查，建议%(measure)s %(months)s 个月；不自动限制")
        % said
    )


def _way(scheme: Scheme) -> str:
    return _("及以下") if scheme.worse == "lower" else _("及以上")
