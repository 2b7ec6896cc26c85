"""The questions others may ask: how an organisation stands, and whether it is restricted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.urls import reverse

from credit import scoring
from credit.models import Case, Entry, Restriction, Severity
from marketplace.calendar import day_of
from marketplace.models import Division, Organization, Parameter, ServiceClass
from marketplace.parameters import Rule, rules_in_force
from marketplace.questions import Sanction

GRADE = "credit.grade."
CENT = Decimal("0.01")  # SQLite adds decimals as floats


@dataclass(frozen=True)
class Standing:
    """Score, grade and the restrictions in force, always together."""

    score: Decimal
    grade: str
    restrictions: tuple[Restriction, ...]

    @property
    def published(self) -> tuple[Restriction, ...]:
        """The restrictions that a public page may name; minor ones are for their parties alone."""
        return tuple(row for row in self.restrictions if row.is_public)

    @property
    def is_blocked(self) -> bool:
        """Tell whether a restriction keeps the organisation from sign-ups, in one class or all."""
        return any(restriction.is_blocking for restriction in self.restrictions)


def province() -> Division:
    """Return the province: one record and one set of credit rules for all of it."""
    return Division.objects.get(level=Division.Level.PROVINCE)


def credit_rules(at: datetime) -> dict[str, Rule]:
    """Return the province's rules in force at `at`, by key."""
    return rules_in_force(province(), day_of(at))


def rules_since() -> date:
    """Return the first day that has credit rules; nobody stood in any way before it."""
    base = Parameter.objects.filter(division=province(), key="credit.base")
    first: date = base.earliest("in_force_from").in_force_from
    return first


def sanction_range(severity: str, at: datetime) -> Rule:
    """Return the rule with the first and last month that `severity` allows at `at`."""
    return credit_rules(at)[f"sanction.months.{severity}"]


def is_restricted(
    organization: Organization, at: datetime, service_class: ServiceClass | None = None
) -> bool:
    """
    Tell whether a restriction keeps `organization` from sign-up, selection and contract at `at`.

    With `service_class` one that is limited to this class counts too.
    """
    return (
        Restriction.objects.filter(organization=organization)
        .in_force(at)
        .blocking()
        .touching(service_class)
        .exists()
    )


def sanctions_on_namesakes(*, organization: Organization, at: datetime) -> list[Sanction]:
    """
    Return the sanctions that keep another agency with the same legal representative out at `at`.

    Representatives are known by name only; blanks inside and around a name do not count.
    """
    name = _without_blanks(organization.legal_representative)
    running = Restriction.objects.in_force(at).blocking().select_related("organization", "case")
    others = running.exclude(organization=organization) if name else ()
    return [
        _sanction(restriction)
        for restriction in others
        if _without_blanks(restriction.organization.legal_representative) == name
    ]


def _without_blanks(name: str) -> str:
    return "".join(name.split())


def _sanction(restriction: Restriction) -> Sanction:
    return Sanction(
        organization=restriction.organization,
        reference=str(restriction.case.decision_number),
        until=restriction.effective_to,
        url=reverse("credit:decision", args=[restriction.slug]) if restriction.is_public else "",
    )


def standing_of(
    organization: Organization, at: datetime, known_at: datetime | None = None
) -> Standing:
    """
    Return how `organization` stood at `at`, as the record knows it at `known_at`.

    `known_at` is `at` itself unless given: what anybody could know then. A later `known_at` asks
    how it really was, with what was recorded and corrected since.
    """
    return standings_of([organization], at, known_at)[organization.pk]


def standings_of(
    organizations: Iterable[Organization], at: datetime, known_at: datetime | None = None
) -> Mapping[int, Standing]:
    """Return the standing of each organisation by primary key, in a fixed number of queries."""
    keys = [organization.pk for organization in organizations]
    rules = credit_rules(at)
    totals = _totals(keys, at, known_at or at)
    restrictions = _by_organization(
        Restriction.objects.filter(organization__in=keys)
        .in_force(at)
        .select_related("service_class")
    )
    return {key: _standing(totals[key], restrictions[key], rules, at) for key in keys}


def public_record_of(organization: Organization) -> QuerySet[Entry]:
    """
    Return the entries of a record that a public page may show, newest first.

    Left out is what an unpublished decision put into it: the entry would publish the decision.
    """
    unpublished = Case.objects.filter(
        organization=organization, severity=Severity.MINOR, entry__isnull=False
    ).values("entry")
    record = Entry.objects.filter(organization=organization)
    return record.exclude(pk__in=unpublished).exclude(corrects__in=unpublished)


def _totals(keys: list[int], at: datetime, known_at: datetime) -> Mapping[int, Decimal]:
    """Let the database sum the points of each organisation, exact to the cent."""
    rows = (
        Entry.objects.filter(organization__in=keys)
        .as_of(at, known_at=known_at)
        .order_by()
        .values_list("organization")
        .annotate(total=Sum("points"))
    )
    return defaultdict(Decimal, {key: total.quantize(CENT) for key, total in rows})


def _standing(
    total: Decimal, restrictions: list[Restriction], rules: Mapping[str, Rule], at: datetime
) -> Standing:
    everything = scoring.Event("", total, at)
    score = scoring.score(Decimal(rules["credit.base"].value), [everything], at)
    thresholds = {
        key.removeprefix(GRADE): Decimal(rule.value)
        for key, rule in rules.items()
        if key.startswith(GRADE)
    }
    return Standing(score, scoring.grade(score, thresholds), tuple(restrictions))


def _by_organization(rows: Iterable[Restriction]) -> Mapping[int, list[Restriction]]:
    grouped: dict[int, list[Restriction]] = defaultdict(list)
    for row in rows:
        grouped[row.organization_id].append(row)
    return grouped
