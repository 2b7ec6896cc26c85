"""What the register holds of an agency, field by field, as values that JSON can say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from marketplace.filed import certificates_of, professionals_of
from marketplace.kernel.known import asked_once
from marketplace.models import (
    Agency,
    ChangeProposal,
    Division,
    Membership,
    Organization,
    PlaceCode,
    Practitioner,
    Qualification,
    ServiceClass,
)

Part = ChangeProposal.Part
Target = Qualification | Practitioner | Membership
Plain = str | list[str] | None

ORGANIZATION_FACTS = (
    *("name", "division", "registered_in", "legal_representative", "address"),
    *("size", "contact_name", "contact_phone", "contact_email"),
)
AGENCY_FACTS = (
    *("nature", "founded_on", "registered_capital", "business_scope"),
    *("business_until", "office_address", "introduction"),
)
FACTS = ("name", "uscc", *ORGANIZATION_FACTS[1:], *AGENCY_FACTS)
ON_THE_LICENCE = frozenset(
    {
        *("name", "uscc", "division", "registered_in", "legal_representative", "address"),
        *("nature", "founded_on", "registered_capital", "business_scope", "business_until"),
    }
)
"""The facts that the licence shows, so that a change of them needs it."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    Part.FACTS: FACTS,
    Part.QUALIFICATION: (
        *("service_class", "kind", "name", "certificate_number", "discipline"),
        *("level", "issuer", "valid_from", "valid_until"),
    ),
    Part.PRACTITIONER: ("name", "certificate_name", "certificate_number"),
    Part.AGENT: ("service_classes",),
}
MODELS: Mapping[str, type[Target]] = {
    Part.QUALIFICATION: Qualification,
    Part.PRACTITIONER: Practitioner,
    Part.AGENT: Membership,
}


def model_of(part: str, name: str) -> type[models.Model]:
    """Return the model that has the field `name` of a part."""
    if part != Part.FACTS:
        return MODELS[part]
    return Agency if name in AGENCY_FACTS else Organization


def plain(value: Any) -> Plain:
    """Return a value as JSON can say it: days in ISO format, rows by their codes."""
    match value:
        case None | "":
            return None
        case date() | Decimal():
            return str(value)
        case Division() | ServiceClass():
            return str(value.code)
        case PlaceCode():  # a code may have meant another place before
            return str(value.pk)
        case str() | int():
            return str(value)
    return sorted(str(one.code) for one in value)


def read(part: str, name: str, value: Plain) -> Any:
    """Return what `plain` has written, as a row holds it."""
    field: Any = model_of(part, name)._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        return list(ServiceClass.objects.filter(code__in=value or []))
    if isinstance(field, models.ForeignKey) and value is not None:
        related: Any = field.related_model
        key = "pk" if related is PlaceCode else "code"
        return related.objects.get(**{key: value})
    if value is None:
        return None if field.null and not isinstance(field, models.CharField) else ""
    return field.to_python(value)


def read_all(part: str, values: Mapping[str, Plain]) -> dict[str, Any]:
    """Return all `values` of a part as a row holds them."""
    return {name: read(part, name, value) for name, value in values.items()}


def targets(agency: Agency, part: str) -> models.QuerySet[Any]:
    """Return the rows of a part that `agency` has."""
    if part == Part.AGENT:
        return Membership.objects.active().filter(
            organization=agency.organization_id, role=Membership.Role.AGENCY_AGENT
        )
    if part == Part.PRACTITIONER:
        return Practitioner.objects.filter(agency=agency)
    return Qualification.objects.filter(agency=agency)


@asked_once
def target_of(agency: Agency, part: str, target: int | None) -> Target | None:
    """Return the row that a change is about, or None when there is none of the agency's."""
    if part == Part.FACTS or target is None:
        return None
    found: Target | None = targets(agency, part).filter(pk=target).first()
    return found


def stored(agency: Agency, part: str, target: Target | None) -> dict[str, Plain]:
    """Return what is registered of a part now; nothing of a row that there is not."""
    if part == Part.FACTS:
        return {name: plain(getattr(_holder(agency, name), name)) for name in FACTS}
    if target is None:
        return {}
    return {name: plain(_value(target, name)) for name in FIELDS[part]}


def _holder(agency: Agency, name: str) -> models.Model:
    return agency if name in AGENCY_FACTS else agency.organization


def _value(row: models.Model, name: str) -> Any:
    value = getattr(row, name)
    return value.all() if isinstance(value, models.Manager) else value


def written(part: str, values: Mapping[str, Any]) -> dict[str, Plain]:
    """Return `values`, as a form gives them, as they would be read from the database."""
    return {name: plain(_rounded(part, name, value)) for name, value in values.items()}


def _rounded(part: str, name: str, value: Any) -> Any:
    field: Any = model_of(part, name)._meta.get_field(name)
    if not isinstance(field, models.DecimalField) or value is None:
        return value
    return Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))


def differing(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> list[str]:
    """Return the names in `after` whose value is another one than `before`."""
    return [name for name, value in after.items() if before.get(name) != value]


def former_names(agency: Agency) -> list[tuple[str, datetime]]:
    """Return the names that the register held before, each with the moment of its end."""
    entries = agency.entries.filter(part=Part.FACTS, before__has_key="name").order_by("-pk")
    return [(str(entry.before["name"]), entry.at) for entry in entries]


def whole(agency: Agency) -> dict[str, Any]:
    """Return all that is registered of an agency, its certificates and professionals too."""
    return {
        **stored(agency, Part.FACTS, None),
        "qualifications": _rows(Part.QUALIFICATION, certificates_of(agency)),
        "practitioners": _rows(Part.PRACTITIONER, professionals_of(agency)),
    }


def _rows(part: str, rows: Iterable[Any]) -> list[dict[str, Plain]]:
    return [{name: plain(_value(row, name)) for name in FIELDS[part]} for row in rows]
