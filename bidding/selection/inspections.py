"""
Whom a plan of inspections meets, and who inspects: one draw that anybody can repeat. Pure.

The seed is promised when the plan is published; the newest opened selection, whose bidders each
have a part in it, is added when the lists are frozen. docs/draw.md is the specification.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bidding.selection.draw import commitment, tagged_hash, ticket
from bidding.selection.shapes import MOMENT, SHA256, TEXT, USCC, misfits
from bidding.selection.sources import ALGORITHM, entropy
from marketplace.kernel.canonical import NotCanonical, canonical_json, plain, sha256_hex

FORMAT = "wszj-inspection/1"
GRADES = ("A", "B", "C", "D")
FORM = {
    "format": (FORMAT,),
    "algorithm": (ALGORITHM,),
    "terms": {
        "plan": TEXT,
        "division": TEXT,
        "service_class": (None, TEXT),
        "shares": {grade: range(101) for grade in GRADES},
        "inspectors": range(1, 10),
        "rulebook": SHA256,
    },
    "commitment": SHA256,
    "committed_at": MOMENT,
    "seed": SHA256,
    "drawn_at": MOMENT,
    "public": (None, {"order": TEXT, "entropy": SHA256}),
    "agencies": [{"uscc": USCC, "name": TEXT, "grade": GRADES}],
    "inspectors": [{"code": TEXT, "name": TEXT}],
    "avoided": [[TEXT]],
    "entropy": object,
    "context": object,
    "drawn": object,
    "digest": object,
}
KEYS = {"agencies": "uscc", "inspectors": "code"}
"""What the lists are in the order of."""


@dataclass(frozen=True, kw_only=True)
class PlanTerms:
    """What the publication of a plan fixes; `shares` are whole percents by grade."""

    plan: str
    division: str
    service_class: str | None
    shares: Mapping[str, int]
    inspectors: int
    rulebook: str

    def as_json(self) -> dict[str, object]:
        """Return the terms in the one form that is hashed."""
        return {
            "plan": self.plan,
            "division": self.division,
            "service_class": self.service_class,
            "shares": dict(self.shares),
            "inspectors": self.inspectors,
            "rulebook": self.rulebook,
        }


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An agency on the list that is drawn from."""

    uscc: str
    name: str
    grade: str


@dataclass(frozen=True, kw_only=True)
class Inspector:
    """Somebody who may be drawn, under a number of this list alone."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The lists as they were frozen; `avoided` are pairs of an agency's code and an inspector's."""

    agencies: Sequence[Listed]
    inspectors: Sequence[Inspector]
    avoided: Collection[tuple[str, str]]


def build(  # noqa: PLR0913 - what is promised, and what is added to it
    *,
    terms: PlanTerms,
    promised: str,
    committed_at: datetime,
    seed: bytes,
    pool: Pool,
    public: Mapping[str, str] | None,
    at: datetime,
) -> dict[str, Any]:
    """Return the evidence of a draw, closed by its digest, in plain JSON types."""
    facts: dict[str, Any] = {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        "terms": terms.as_json(),
        "commitment": promised,
        "committed_at": plain(committed_at),
        "seed": seed.hex(),
        "drawn_at": plain(at),
        "public": None if public is None else dict(public),
        "agencies": [
            {"uscc": one.uscc, "name": one.name, "grade": one.grade}
            for one in sorted(pool.agencies, key=lambda one: one.uscc)
        ],
        "inspectors": [
            {"code": one.code, "name": one.name}
            for one in sorted(pool.inspectors, key=lambda one: one.code)
        ],
        "avoided": [list(pair) for pair in sorted(pool.avoided)],
    }
    evidence = {**facts, **following(facts)}
    return {**evidence, "digest": digest_of(evidence)}


def following(facts: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return what follows from the facts by the published algorithm.

    Of each grade its share is drawn, a part of an agency counting as one. For each drawn agency
    the inspectors who need not avoid it stand in the order of their lots: the first ones go, and
    the next in line takes the place of one who cannot.
    """
    public = facts["public"] and facts["public"]["entropy"]
    seed = entropy(bytes.fromhex(facts["seed"]), {}, public)
    listed = {key: facts[key] for key in ("terms", "agencies", "inspectors", "avoided")}
    bound_to = bytes.fromhex(tagged_hash(ALGORITHM, "context", canonical_json(listed)))
    of_grade: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in facts["agencies"]:
        of_grade[one["grade"]].append((ticket(one["uscc"], seed, bound_to), one["uscc"]))
    drawn = [
        {
            "uscc": uscc,
            "grade": grade,
            "ticket": lot,
            "inspectors": _line(uscc, facts, seed, bound_to),
        }
        for grade in GRADES
        for lot, uscc in sorted(of_grade[grade])[
            : how_many(len(of_grade[grade]), facts["terms"]["shares"][grade])
        ]
    ]
    return {"entropy": seed.hex(), "context": bound_to.hex(), "drawn": drawn}


def how_many(count: int, share: int) -> int:
    """Return how many of `count` a share in percent is; a part of one counts as one."""
    return -(-count * share // 100)


def _line(uscc: str, facts: Mapping[str, Any], seed: bytes, bound_to: bytes) -> list[str]:
    avoided = {code for agency, code in facts["avoided"] if agency == uscc}
    codes = [one["code"] for one in facts["inspectors"] if one["code"] not in avoided]
    return sorted(codes, key=lambda code: ticket(f"{uscc}/{code}", seed, bound_to))


def failed(evidence: object, *, promised: str = "", digest: str = "") -> list[str]:
    """
    Return the paths of all that does not hold; nothing means that all of it does.

    `promised` and `digest` are the values that stand elsewhere, if they are known.
    """
    try:
        content: Any = plain(evidence)
    except NotCanonical as refused:
        return [str(refused)]
    if broken := [*misfits(content, FORM)]:
        return broken
    right = {
        "commitment": commitment(bytes.fromhex(content["seed"]), PlanTerms(**content["terms"])),
        "digest": digest_of(content),
        **following(content),
    }
    found = [f"$.{key}" for key, value in right.items() if content[key] != value]
    elsewhere = {"commitment": promised, "digest": digest}
    found += [f"$.{key}" for key, value in elsewhere.items() if value and content[key] != value]
    return list(dict.fromkeys([*found, *_out_of_order(content)]))


def _out_of_order(content: Mapping[str, Any]) -> list[str]:
    """Promised before it was drawn, and nobody listed twice."""
    begin, drawn = (datetime.fromisoformat(content[key]) for key in ("committed_at", "drawn_at"))
    codes = {key: [one[name] for one in content[key]] for key, name in KEYS.items()}
    found = [f"$.{key}" for key, listed in codes.items() if listed != sorted(set(listed))]
    return found + (["$.drawn_at"] if begin >= drawn else [])


def digest_of(evidence: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of everything in `evidence` but its digest."""
    return sha256_hex(
        canonical_json({key: one for key, one in evidence.items() if key != "digest"})
    )
