"""The ties between units and people, as a registry hands them over. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from marketplace.identifiers import check_uscc, is_id_card_number
from marketplace.ownership import FOUNDED, HOLDS, MANAGES, REPRESENTS, RUNS
from marketplace.reference.sources import Row, read_rows

COLUMNS = (
    *("kind", "holder_code", "holder_identity", "holder_name"),
    *("held_code", "held_name", "share", "department", "division"),
)
KINDS = (REPRESENTS, HOLDS, MANAGES, FOUNDED, RUNS)


@dataclass(frozen=True, repr=False)
class Tie:
    """
    One row: the holder has a credit code, or is a person with an identity number.

    The number is in no representation, and nobody stores it: `holder_identity` becomes a key.
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


def parse_ownership(text: str, file: str = "ownership.csv") -> tuple[Tie, ...]:
    """
    Return the ties of a file.

    Raises:
        BadReferenceData: an unknown kind, a code or share that is none, two holders or none, a
            department without its area. What is refused as an identity number is not repeated.
    """
    return tuple(_tie(row) for row in read_rows(text, file, COLUMNS))


def _tie(row: Row) -> Tie:
    kind = row.one_of("kind", KINDS)
    identity = row.cells["holder_identity"]
    if bool(identity) == bool(row.cells["holder_code"]):
        row.cells["holder_identity"] = ""
        row.fail("holder_code", "one_of_two")
    if identity and not is_id_card_number(identity):
        row.cells["holder_identity"] = ""
        row.fail("holder_identity", "not_an_identity")
    if row.cells["department"]:
        row.text("division")
    return Tie(
        kind=kind,
        holder_code=_code(row, "holder_code") if not identity else "",
        holder_identity=identity.upper(),
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
