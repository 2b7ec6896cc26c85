"""Evidence of an order that experts scored, with its document, made without any database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bidding.selection.draw import commitment
from bidding.selection.evidence import build
from bidding.selection.evidence_format import read
from bidding.selection.panel import Seat, drawn
from bidding.selection.scoring import Sheet, published
from bidding.selection.terms.experts import ExpertsTerms
from tests.bidding.vectors import VECTORS_3

POOL = [f"zj{number:02d}" for number in range(8)]
FATES = ("scored", "declined", "scored", "barred", "scored")
[PLANNED] = [
    one["evidence"] for one in VECTORS_3["evidence"] if one["name"].startswith("plan and price")
]


def by_panel(*, drops_outer: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return evidence and scores of three who sat, after one declined and one had to leave."""
    _content, facts = read(PLANNED)
    terms = replace(
        facts.terms,
        method=ExpertsTerms(
            ceiling=Decimal("168000.00"),
            price_weight=30,
            record_weight=10,
            criteria=(("技术路线", 40), ("人员配备", 20)),
            seats=3,
            drops_outer=drops_outer,
        ),
    )
    entrants = tuple(
        replace(one, more={**one.more, "weight": 3 * place})
        for place, one in enumerate(facts.entrants)
    )
    promise = commitment(facts.seed, terms)
    evidence = build(replace(facts, terms=terms, entrants=entrants, commitment=promise))
    panel = drawn(
        order=terms.tender_code,
        number=1,
        seats=3,
        pool=POOL,
        left_out={POOL[0]: "owner", POOL[5]: "bidder"},
        entropy=evidence["entropy"],
    )
    seats = [
        Seat(code=code, fate=fate, name=f"专家{code}" if fate == "scored" else "")
        for code, fate in zip(panel["order"], FATES, strict=False)
    ]
    sitting = [one.name for one in seats if one.name]
    return evidence, published(evidence, list(sheets(evidence, sitting)), panel, seats)


def sheets(evidence: dict[str, Any], names: list[str]) -> Iterator[Sheet]:
    """Yield one sheet of each of `names`, no two of them alike."""
    for number, name in enumerate(names, start=1):
        points = {
            one["uscc"]: [(37 * number + 11 * place) % 101, (53 * number + 7 * place) % 101]
            for place, one in enumerate(evidence["ranking"])
        }
        yield Sheet(by=name, points=points, comment="方案完整。")


def panel_forgeries(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return documents in each of which one thing of the panel does not hold, by what it is."""
    panel, seats = document["panel"], document["seats"]
    given = {
        "other pool": {"pool": [*panel["pool"][1:], "zz"]},
        "other round": {"round": 2},
        "other order": {"order": panel["order"][::-1]},
        "other entropy": {"entropy": "0" * 64},
        "nobody of the pool": {"left_out": [{"code": "zz", "reason": "owner"}]},
        "a reason of no list": {
            "left_out": [{**one, "reason": "mood"} for one in panel["left_out"]]
        },
        "one let in": {"left_out": panel["left_out"][1:]},
        "a key more": {"note": "x"},
    }
    sat = {
        "out of turn": [seats[1], seats[0], *seats[2:]],
        "no fate": [seats[0], {**seats[1], "fate": "asleep"}, *seats[2:]],
        "a name told": [seats[0], {**seats[1], "name": "某人"}, *seats[2:]],
        "one too few": seats[:-1],
        "other names": [{**seats[0], "name": "某人"}, *seats[1:]],
    }
    return {
        **{name: {**document, "panel": {**panel, **one}} for name, one in given.items()},
        **{name: {**document, "seats": one} for name, one in sat.items()},
    }
