"""Service classes, catalogue items, departments and what approvals ask for. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from marketplace.kernel.laws import Library
from marketplace.reference.sources import (
    Row,
    read_rows,
    refuse_contradictions,
    refuse_repeats,
)
from marketplace.requirements import read, written

NONE_REFUSED: Mapping[str, str] = {}
PARTIES = frozenset({"", "applicant", "department", "obliged"})
PAYERS = PARTIES | {"later_winner"}
PRICES = frozenset({"", "market", "guided", "set"})
CERTIFICATE = "certificate"
REQUIREMENTS = frozenset({"", CERTIFICATE, "filing", "practitioners", "commitment"})
CLASS_COLUMNS = ("code", "name", "icon", "group", "requirement", "legal_basis")
BOOLEANS: Mapping[str, bool | None] = {"": None, "true": True, "false": False}
BASES = ("legal_basis", "alone_basis")
SENTENCE_END = "\N{IDEOGRAPHIC FULL STOP}"


@dataclass(frozen=True)
class ServiceClass:
    """One service class; `position` counts from 1 in the order of the file."""

    code: str
    name: str
    icon: str
    group: str
    position: int
    requirement: str = ""
    legal_basis: str = ""


@dataclass(frozen=True)
class Department:
    """How a department is printed in the source, what it is called here, and why."""

    as_printed: str
    name: str
    reason: str


@dataclass(frozen=True)
class ServiceItem:
    """One catalogue item as the source prints it; what the source does not say is empty or None."""

    code: str
    name: str
    service_class: str
    category: str
    related_approval: str
    legal_basis: str
    department_as_printed: str
    department: str
    level: str
    commissioned_by: str
    paid_by: str
    fund_sources: str
    deliverable: str
    agency_requirement: str
    certificate_issuer: str
    service_days: int | None
    service_days_text: str
    price_management: str
    price_standard: str
    price_basis: str
    applicant_may_do_alone: bool | None
    alone_basis: str
    alone_quote: str
    norm: str
    chosen_by: str
    part_of: str
    source_document: str
    checked_on: date | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ApprovalDeliverable:
    """
    One result that an approval asks for, with the code of the item that makes it.

    An approval that was abolished says by what, and asks for nothing; without an item of the
    catalogue the result may not be demanded.
    """

    code: str
    approval: str
    level: str
    department: str
    deliverable: str
    item: str
    ended_by: str


ITEM_FIELDS = tuple(field.name for field in fields(ServiceItem))
ITEM_COLUMNS = (*ITEM_FIELDS[:-1], "notes_missing")
REQUIREMENT = "requirement"
TABLE_COLUMNS = (*ITEM_COLUMNS, REQUIREMENT)
APPROVAL_COLUMNS = (
    "code",
    "approval",
    "level",
    "department_as_printed",
    "department",
    "deliverable",
    "item",
    "ended_by",
)


def parse_service_classes(
    text: str, library: Library, file: str = "service_classes.csv"
) -> tuple[ServiceClass, ...]:
    """
    Return the service classes in the order of the file.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a repeated code or name, a certificate
            that no law asks for, a basis that cannot be opened.
    """
    rows = read_rows(text, file, CLASS_COLUMNS)
    refuse_repeats(rows, "code")
    refuse_repeats(rows, "name")
    return tuple(_service_class(row, n, library) for n, row in enumerate(rows, start=1))


def _service_class(row: Row, position: int, library: Library) -> ServiceClass:
    requirement = row.one_of("requirement", REQUIREMENTS)
    basis = row.cells["legal_basis"]
    if requirement == CERTIFICATE:
        row.text("legal_basis")
    if problem := library.problem_in(basis):
        row.fail("legal_basis", problem)
    return ServiceClass(
        code=row.text("code"),
        name=row.text("name"),
        icon=row.cells["icon"],
        group=row.text("group"),
        position=position,
        requirement=requirement,
        legal_basis=basis,
    )


def parse_departments(text: str, file: str = "departments.csv") -> dict[str, Department]:
    """
    Return the departments by the name that the source prints.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a repeated name.
    """
    rows = read_rows(text, file, ("as_printed", "name", "reason"))
    refuse_repeats(rows, "as_printed")
    return {
        row.text("as_printed"): Department(
            row.text("as_printed"), row.text("name"), row.text("reason")
        )
        for row in rows
    }


def parse_refused_items(text: str, file: str = "refused_items.csv") -> dict[str, str]:
    """
    Return why what lists print is no item of the catalogue, by its name.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a repeated name.
    """
    rows = read_rows(text, file, ("name", "reason"))
    refuse_repeats(rows, "name")
    return {row.text("name"): row.text("reason") for row in rows}


def parse_service_items(
    text: str,
    classes: Collection[str],
    departments: Mapping[str, Department],
    library: Library,
    refused: Mapping[str, str] = NONE_REFUSED,
    file: str = "service_items.csv",
) -> tuple[ServiceItem, ...]:
    """
    Return the catalogue items in the order of the file.

    An item without legal basis must say what is missing; `classes` are the codes it may name,
    `library` what its basis is looked up in, `refused` the names that no item may have.

    Raises:
        BadReferenceData: a wrong header, a repeated code, a value outside its list, a department
            that is not as mapped, a basis that cannot be opened, a refused name, a draft that does
            not say what is missing.
    """
    rows = read_rows(text, file, ITEM_COLUMNS)
    _refuse_unsound(rows, library, refused)
    return tuple(_service_item(row, classes, departments) for row in rows)


def parse_item_table(
    text: str,
    classes: Collection[str],
    library: Library,
    refused: Mapping[str, str] = NONE_REFUSED,
    file: str = "items.csv",
) -> tuple[tuple[ServiceItem, dict[str, Any]], ...]:
    """
    Return the items of a file that the platform has given out, each with who may do its work.

    Departments are as they stand: what a manager has written has no printed name beside.

    Raises:
        BadReferenceData: as for `parse_service_items`, or what is no requirement.
    """
    rows = read_rows(text, file, TABLE_COLUMNS)
    _refuse_unsound(rows, library, refused)
    return tuple((_service_item(row, classes, None), _requirement(row)) for row in rows)


def _requirement(row: Row) -> dict[str, Any]:
    cell = row.cells[REQUIREMENT]
    if not cell:
        return {}
    try:
        return written(read(json.loads(cell)))
    except ValueError:  # no JSON, or no requirement
        row.fail(REQUIREMENT, "not_a_requirement")


def _refuse_unsound(rows: list[Row], library: Library, refused: Mapping[str, str]) -> None:
    refuse_repeats(rows, "code")
    for row in rows:
        if row.cells["name"] in refused:
            row.fail("name", "refused")
        for column in BASES:
            if problem := library.problem_in(row.cells[column]):
                row.fail(column, problem)


def _service_item(
    row: Row, classes: Collection[str], departments: Mapping[str, Department] | None
) -> ServiceItem:
    row.text("code")
    row.text("name")
    row.one_of("service_class", {"", *classes})
    _refuse_unmapped(row, departments)
    missing = tuple(part for part in row.cells["notes_missing"].split(SENTENCE_END) if part)
    if not missing and not (row.cells["legal_basis"] and row.cells["service_class"]):
        row.fail("notes_missing", "draft_without_reason")
    alone = BOOLEANS[row.one_of("applicant_may_do_alone", BOOLEANS)]
    row.one_of("commissioned_by", PARTIES)
    row.one_of("paid_by", PAYERS)
    row.one_of("price_management", PRICES)
    values: dict[str, object] = {name: row.cells[name] for name in ITEM_FIELDS[:-1]}
    values |= {
        "service_days": row.number("service_days"),
        "applicant_may_do_alone": alone,
        "checked_on": row.day_if_any("checked_on"),
    }
    return ServiceItem(**values, missing=missing)  # type: ignore[arg-type]


def parse_approvals(
    text: str, departments: Mapping[str, Department] | None, file: str = "approvals.csv"
) -> tuple[ApprovalDeliverable, ...]:
    """
    Return one entry per approval and deliverable, in the order of the file.

    Raises:
        BadReferenceData: a wrong header, an empty cell, a repeated pair, an unmapped department,
            one code that says two things.
    """
    rows = read_rows(text, file, APPROVAL_COLUMNS)
    refuse_repeats(rows, "approval", "deliverable")
    for told in ("approval", "level", "department", "ended_by"):
        refuse_contradictions(rows, "code", told)
    return tuple(_approval(row, departments) for row in rows)


def _approval(row: Row, departments: Mapping[str, Department] | None) -> ApprovalDeliverable:
    _refuse_unmapped(row, departments)
    if not row.cells["ended_by"]:
        row.text("deliverable")
        row.text("department")
    row.text("code")
    row.text("approval")
    return ApprovalDeliverable(
        **{name: row.cells[name] for name in APPROVAL_COLUMNS if name != "department_as_printed"}
    )


def _refuse_unmapped(row: Row, departments: Mapping[str, Department] | None) -> None:
    """Hold a department to what its printed name is mapped to; None maps nothing."""
    if departments is None:
        return
    printed = row.cells["department_as_printed"]
    if printed and printed not in departments:
        row.fail("department_as_printed", "unmapped")
    if row.cells["department"] != (departments[printed].name if printed else ""):
        row.fail("department", "not_as_mapped")
