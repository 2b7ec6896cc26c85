"""What the scheme in force allows for a kind of conduct."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from credit.models import Measure, Severity, name_of_kind
from credit.schemes import Kind
from marketplace.kernel.citations import sources_of
from marketplace.kernel.laws import Kind as SourceKind
from marketplace.kernel.laws import cite
from marketplace.kernel.verdicts import Because, guard


@guard(
    _("“%(kind)s”按信用评价方案属于%(most)s，不能认定为%(severity)s"),
    source=cite("国办发〔2020〕49号"),
)
def severity_fits_the_kind(kind: Kind | None, severity: str) -> bool | Because:
    """
    The class of the kind is the gravest that a case about it may be found to be.

    Where no scheme has been loaded the rulebook alone says nothing of classes.
    """
    grades = list(Severity.values)
    if kind is None or not kind.basis or kind.severity not in grades:
        return True
    return grades.index(severity) <= grades.index(kind.severity) or Because(
        kind=name_of_kind(kind.code),
        most=Severity(kind.severity).label,
        severity=Severity(severity).label,
    )


@guard(
    _("“%(kind)s”可以采取的措施是：%(measures)s"),
    source=cite("国办发〔2020〕49号"),
)
def measure_fits_the_kind(kind: Kind | None, measure: str) -> bool | Because:
    if kind is None or not kind.measures or measure in kind.measures:
        return True
    named = "、".join(str(Measure(one).label) for one in kind.measures)
    return Because(kind=name_of_kind(kind.code), measures=named)


@guard(_("“%(kind)s”的期限为 %(first)s–%(last)s 个月"), source=cite("国办发〔2020〕49号"))
def months_fit_the_kind(kind: Kind | None, months: int) -> bool | Because:
    if kind is None or kind.months is None:
        return True
    first, last = kind.months
    return first <= months <= last or Because(kind=name_of_kind(kind.code), first=first, last=last)


@guard(
    _("“%(basis)s”不是“%(kind)s”可以依据的规定；可以依据：%(bases)s"),
    source=cite("国办发〔2020〕49号"),
)
def legal_basis_fits_the_kind(kind: Kind | None, legal_basis: str) -> bool | Because:
    """At least one of the laws that is named must be one that the scheme names for the kind."""
    if kind is None or not kind.bases:
        return True
    allowed = [source for basis in kind.bases for source in sources_of(basis)]
    named = {source.name for source in sources_of(legal_basis) if source.kind == SourceKind.LAW}
    return bool(named & {source.name for source in allowed}) or Because(
        basis=legal_basis, kind=name_of_kind(kind.code), bases="、".join(kind.bases)
    )
