"""The ties between units and people, as a registry hands them over. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from marketplace.identifiers import check_uscc, is_id_card_number
from marketplace.ownership import FOUNDED, HOLDS, MANAGES, REPRESENTS, RUNS
from marketplace.reference.sources import Row, read_rows, refuse_repeats

COLUMNS = (
    *("kind", "holder_code", "holder_identity", "holder_name"),
    *("held_code", "held_name", "share", "department", "division"),
)
KEYS = ("kind", "holder_code", "holder_identity", "held_code")
PERSON_KEY = re.compile("person:[0-9a-f]{64}")
KINDS = (REPRESENTS, HOLDS, MANAGES, FOUNDED, RUNS)


@dataclass(frozen=True, repr=False)
class Tie:
    """
    One row: the holder has a credit code, or is a person with an identity number.

    The number is in no representation, and nobody stores it: `holder_identity` becomes a key. A
    file that we gave out has the key itself in its place.
    """

    kind: str
    holder_code: str
    holder_identity: str
    holder_name: str
    held_code: str
    held_name: str
    share: Decimal | None
    department: str
    division: str
    line: int


def parse_ownership(
    text: str, areas: Collection[str], file: str = "ownership.csv"
) -> tuple[Tie, ...]:
    """
    Return the ties of a file; `areas` are the divisions in which a department may be.

    Raises:
        BadReferenceData: an unknown kind, a code or share that is none, two holders or none, a
            department without its area or in none of `areas`, a tie that stands there twice. What
            is refused as an identity number is not repeated.
    """
    rows = read_rows(text, file, COLUMNS)
    refuse_repeats(rows, *KEYS)
    return tuple(_tie(row, areas) for row in rows)


def _tie(row: Row, areas: Collection[str]) -> Tie:
    kind = row.one_of("kind", KINDS)
    identity = row.cells["holder_identity"]
    if bool(identity) == bool(row.cells["holder_code"]):
        row.cells["holder_identity"] = ""
        row.fail("holder_code", "one_of_two")
    is_key = PERSON_KEY.fullmatch(identity) is not None
    if identity and not (is_key or is_id_card_number(identity)):
        row.cells["holder_identity"] = ""
        row.fail("holder_identity", "not_an_identity")
    if row.cells["department"]:
        row.text("division")
    if row.cells["division"] and row.cells["division"] not in areas:
        row.fail("division", "unknown_division")
    return Tie(
        kind=kind,
        holder_code=_code(row, "holder_code") if not identity else "",
        holder_identity=identity if is_key else identity.upper(),
        holder_name=row.text("holder_name"),
        held_code=_code(row, "held_code"),
        held_name=row.text("held_name"),
        share=_share(row) if kind == HOLDS else None,
        department=row.cells["department"],
        division=row.cells["division"],
        line=row.line,
    )


def _code(row: Row, column: str) -> str:
    check = check_uscc(row.text(column))
    return row.fail(column, "not_a_code") if check.is_refused else check.value


def _share(row: Row) -> Decimal:
    cell = row.text("share")
    try:
        share = Decimal(cell)
    except InvalidOperation:
        return row.fail("share", "not_a_share")
    if not (share.is_finite() and 0 < share <= 100 and share == round(share, 3)):
        row.fail("share", "not_a_share")
    return share
