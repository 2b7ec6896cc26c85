"""What the evidence of a selection states as fact, and the one form it is written in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from bidding.rules import FUNDS, SIGNUPS
from bidding.selection.draw import (
    ALGORITHM,
    RANKERS,
    Terms,
    money,
)
from marketplace.kernel.canonical import NotCanonical, plain

FORMAT = "wszj-evidence/1"
STANDING = "standing"
EXCLUDED = "excluded"
UNPUBLISHED = "unpublished"
STATUSES = (STANDING, "ended", EXCLUDED)

TEXT = re.compile(r".+", re.DOTALL)
USCC = re.compile(r"[0-9A-Z]{18}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MONEY = re.compile(r"(0|[1-9][0-9]{0,11})\.[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?\+08:00")

# A pattern is a text in full, a tuple its alternatives, a range whole numbers, a dict exactly these
# keys, a list any number of its one form; `object` stands for what is recomputed and compared.
ENTRANT = {
    "agency": TEXT,
    "name": TEXT,
    "uscc": USCC,
    "amount": MONEY,
    "offered_at": MOMENT,
    "status": STATUSES,
    "reference": (None, TEXT),
}
TERMS = {
    "tender_code": TEXT,
    "method": tuple(RANKERS),
    "fund": FUNDS,
    "rulebook": SHA256,
    "ceiling": (None, MONEY),
    "floor": (None, MONEY),
    "min_signups": SIGNUPS,
    "named_agency": (None, USCC),
}
EVIDENCE = {
    "format": (FORMAT,),
    "algorithm": (ALGORITHM,),
    "terms": TERMS,
    "commitment": SHA256,
    "committed_at": MOMENT,
    "seed": SHA256,
    "period_end": MOMENT,
    "selected_at": MOMENT,
    "entrants": [ENTRANT],
    "context": object,
    "ranking": object,
    "result": object,
    "winner": object,
    "amount": object,
    "digest": object,
}


class Malformed(ValueError):
    """A value is not of the form it must have; the message is its path."""


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """
    One sign-up as published: `agency` is the public slug, `uscc` the credit code that is drawn.

    A sign-up that does not stand names in `reference` the decision that ended it, or why it was
    excluded. One that an unpublished decision ended is published as excluded, `UNPUBLISHED`.
    """

    agency: str
    name: str
    uscc: str
    amount: Decimal
    offered_at: datetime
    status: str = STANDING
    reference: str | None = None

    @property
    def stands(self) -> bool:
        return self.status == STANDING

    def as_json(self) -> dict[str, object]:
        """Return the entrant as published."""
        return {
            "agency": self.agency,
            "name": self.name,
            "uscc": self.uscc,
            "amount": money(self.amount),
            "offered_at": plain(self.offered_at),
            "status": self.status,
            "reference": self.reference,
        }


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a selection starts from; all else in the evidence follows from it."""

    terms: Terms
    commitment: str
    committed_at: datetime
    seed: bytes
    period_end: datetime
    selected_at: datetime
    entrants: tuple[Entrant, ...]

    def as_json(self) -> dict[str, object]:
        """Return the stated part of the evidence."""
        return {
            "format": FORMAT,
            "algorithm": ALGORITHM,
            "terms": self.terms.as_json(),
            "commitment": self.commitment,
            "committed_at": plain(self.committed_at),
            "seed": self.seed.hex(),
            "period_end": plain(self.period_end),
            "selected_at": plain(self.selected_at),
            "entrants": [entrant.as_json() for entrant in self.entrants],
        }


def read(evidence: object) -> tuple[dict[str, Any], Facts]:
    """
    Return the file's content in plain JSON types, and the facts it states.

    Raises:
        Malformed: something is missing, too much, or not in the one form in which it is published.
    """
    try:
        content = plain(evidence)
    except NotCanonical as refused:
        raise Malformed(str(refused)) from None
    for path in misfits(content, EVIDENCE):
        raise Malformed(path)
    assert isinstance(content, dict)  # noqa: S101 - `EVIDENCE` is a dict, and the form fits
    return content, _facts(content)


def misfits(value: object, form: object, path: str = "$") -> Iterator[str]:
    """Yield the path of every part of `value` that does not fit `form`."""
    match form, value:
        case dict(), dict() if value.keys() == form.keys():
            for key in form:
                yield from misfits(value[key], form[key], f"{path}.{key}")
        case list(), list():
            for place, item in enumerate(value):
                yield from misfits(item, form[0], f"{path}[{place}]")
        case tuple(), _ if any(not [*misfits(value, option)] for option in form):
            pass
        case _ if not _fits(value, form):
            yield path


def _fits(value: object, form: object) -> bool:
    match form:
        case re.Pattern():
            return isinstance(value, str) and form.fullmatch(value) is not None
        case range():
            return type(value) is int and value in form
        case str() | None:
            return type(value) is type(form) and value == form
    return form is object


def _facts(content: dict[str, Any]) -> Facts:
    terms = content["terms"]
    limits = {name: terms[name] and Decimal(terms[name]) for name in ("ceiling", "floor")}
    return Facts(
        terms=Terms(**{**terms, **limits}),
        commitment=content["commitment"],
        committed_at=_moment(content["committed_at"], "$.committed_at"),
        seed=bytes.fromhex(content["seed"]),
        period_end=_moment(content["period_end"], "$.period_end"),
        selected_at=_moment(content["selected_at"], "$.selected_at"),
        entrants=tuple(
            _entrant(entrant, f"$.entrants[{place}]")
            for place, entrant in enumerate(content["entrants"])
        ),
    )


def _entrant(entrant: dict[str, Any], path: str) -> Entrant:
    read_values = {
        "amount": Decimal(entrant["amount"]),
        "offered_at": _moment(entrant["offered_at"], f"{path}.offered_at"),
    }
    return Entrant(**{**entrant, **read_values})


def _moment(text: str, path: str) -> datetime:
    """Return the moment; a day that is not, or microseconds of zero, are not the one form."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(path) from None
    if plain(moment) != text:
        raise Malformed(path)
    return moment
