"""Scores of plans and prices by a template that publication fixed, in exact fractions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bidding.selection.panel import SCORED, Seat
from bidding.selection.panel import flaws as panel_flaws_of
from marketplace.kernel.canonical import canonical_json, sha256_hex

FORMAT = "wszj-scores/1"
BY_PANEL = "wszj-scores/2"
"""Of a document that says who was drawn to score, and what became of each seat."""
WHOLE = 100
POINTS = range(WHOLE + 1)
"""What may be given for one criterion."""
SHARES = 10_000
"""In how many parts of a point points are published; they are ranked unrounded."""
OUTER = 2
"""How many are left out where the highest and the lowest do not count."""
Points = Mapping[str, Sequence[int]]
"""What one sheet gives each bidder, by credit code: a number for each criterion, in their order."""


class NotATemplate(ValueError):
    """The weights are not whole percents that sum to 100, or two criteria have one name."""


class NotASheet(ValueError):
    """A sheet leaves somebody or something out, or gives what may not be given."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """Whole percents that sum to 100: of the price, of the record, and of each criterion."""

    price: int
    record: int = 0
    criteria: tuple[tuple[str, int], ...]
    drops_outer: bool = False
    """Whether of each criterion the highest and the lowest of all sheets are left out."""

    def check(self) -> None:
        """
        Refuse what is no template.

        Raises:
            NotATemplate: see there.
        """
        names = [name for name, _weight in self.criteria]
        weights = [weight for _name, weight in self.criteria]
        is_whole = all(type(one) is int and one >= 0 for one in (self.price, self.record))
        if not names or len(set(names)) != len(names) or min(weights) < 1 or not is_whole:
            raise NotATemplate
        if self.price + self.record + sum(weights) != WHOLE:
            raise NotATemplate


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one who evaluates gives, and a word on it; `by` is the public name of who it was."""

    by: str
    points: Points
    comment: str

    def as_json(self) -> dict[str, Any]:
        """Return the sheet as published."""
        return {
            "by": self.by,
            "points": {uscc: list(given) for uscc, given in sorted(self.points.items())},
            "comment": self.comment,
        }


@dataclass(frozen=True, kw_only=True)
class Bidder:
    """
    One whom the evidence lists: amount, weight of its record, and its lot for equal totals.

    `ranked_at` is the price that is compared, where a small enterprise's is lowered for that.
    """

    uscc: str
    amount: Decimal
    record: int
    ticket: str
    ranked_at: Decimal | None = None

    @property
    def price(self) -> Decimal:
        """The price that is compared."""
        return self.amount if self.ranked_at is None else self.ranked_at


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a bidder comes to, each of 0 to 100 and unrounded; `plan` is the mean of the sheets."""

    uscc: str
    price: Fraction
    record: Fraction
    plan: Fraction
    total: Fraction

    def as_json(self) -> dict[str, str]:
        """Return the score as published, half up to four places."""
        told = {name: getattr(self, name) for name in ("price", "record", "plan", "total")}
        return {"uscc": self.uscc, **{name: written(value) for name, value in told.items()}}


def check_sheet(template: Template, bidders: Sequence[Bidder], points: Points) -> None:
    """
    Refuse a sheet that does not give every bidder a whole number of 0 to 100 for each criterion.

    Raises:
        NotASheet: see there.
    """
    if set(points) != {one.uscc for one in bidders}:
        raise NotASheet
    for given in points.values():
        if len(given) != len(template.criteria) or any(one not in POINTS for one in given):
            raise NotASheet


def scores(
    template: Template, bidders: Sequence[Bidder], sheets: Sequence[Points]
) -> tuple[Score, ...]:
    """
    Return what each comes to, the best first: equal totals by the lower amount, then by lot.

    The lowest amount has all points of the price, another the share that the lowest is of it. The
    greatest weight of a record has all points of the record. For each criterion the mean of the
    sheets counts, where the template says so without the highest and the lowest.

    Raises:
        NotASheet: there is none, or one is not as it should be.
    """
    if not sheets:
        raise NotASheet
    for points in sheets:
        check_sheet(template, bidders, points)
    lowest = min((one.price for one in bidders), default=Decimal(0))
    greatest = max((one.record for one in bidders), default=0)
    found = [(_score(template, one, sheets, lowest, greatest), one) for one in bidders]
    found.sort(key=lambda pair: (-pair[0].total, pair[1].price, pair[1].ticket))
    return tuple(score for score, _bidder in found)


def _score(
    template: Template, one: Bidder, sheets: Sequence[Points], lowest: Decimal, greatest: int
) -> Score:
    price = Fraction(lowest) / Fraction(one.price) * WHOLE if one.price else Fraction(WHOLE)
    record = Fraction(one.record, greatest) * WHOLE if greatest else Fraction(0)
    weights = [weight for _name, weight in template.criteria]
    means = [
        _mean([points[one.uscc][place] for points in sheets], drops_outer=template.drops_outer)
        for place in range(len(weights))
    ]
    weighed = sum((mean * weight for mean, weight in zip(means, weights, strict=True)), Fraction(0))
    total = (price * template.price + record * template.record + weighed) / WHOLE
    return Score(
        uscc=one.uscc, price=price, record=record, plan=weighed / sum(weights), total=total
    )


def _mean(given: Sequence[int], *, drops_outer: bool) -> Fraction:
    """Return the mean of what was given; of fewer than three none is left out."""
    counted = sorted(given)[1:-1] if drops_outer and len(given) > OUTER else given
    return Fraction(sum(counted), len(counted))


def written(value: Fraction) -> str:
    """Return points as they are published: four places, half of the last one rounded up."""
    whole = int(value * SHARES + Fraction(1, 2))
    return f"{Decimal(whole) / SHARES:.4f}"


def published(
    evidence: Mapping[str, Any],
    sheets: Sequence[Sheet],
    panel: Mapping[str, Any] | None = None,
    seats: Sequence[Seat] = (),
) -> dict[str, Any]:
    """
    Return the document of scores that belongs to a selection's evidence, in plain JSON types.

    `panel` is the draw of those who scored, where they were drawn, and `seats` what became of each
    of them, in the order of the draw.

    Raises:
        NotASheet: as in `scores`.
    """
    template, bidders = template_of(evidence), bidders_of(evidence)
    found = scores(template, bidders, [sheet.points for sheet in sheets])
    best = next(one for one in bidders if one.uscc == found[0].uscc)
    drawn = {} if panel is None else {"panel": panel, "seats": [seat.as_json() for seat in seats]}
    return {
        "format": FORMAT if panel is None else BY_PANEL,
        "evidence": evidence["digest"],
        **drawn,
        "sheets": [sheet.as_json() for sheet in sheets],
        "scores": [score.as_json() for score in found],
        "winner": best.uscc,
        "amount": f"{best.amount:.2f}",
    }


def template_of(evidence: Mapping[str, Any]) -> Template:
    """Return the template out of the terms that the evidence states."""
    own = evidence["terms"]["method"]
    return Template(
        price=own["price_weight"],
        record=own.get("record_weight", 0),
        criteria=tuple((one["name"], one["weight"]) for one in own["criteria"]),
        drops_outer=own.get("drops_outer", False),
    )


def bidders_of(evidence: Mapping[str, Any]) -> list[Bidder]:
    """Return whom the evidence lists, as it lists them."""
    weights = {one["uscc"]: one.get("weight", 0) for one in evidence["entrants"]}
    return [
        Bidder(
            uscc=place["uscc"],
            amount=Decimal(place["amount"]),
            record=weights[place["uscc"]],
            ticket=place["ticket"],
            ranked_at=Decimal(place["ranked_at"]) if "ranked_at" in place else None,
        )
        for place in evidence["ranking"]
    ]


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a document of scores."""
    return sha256_hex(canonical_json(document))


def flaws(evidence: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the name of each part of a document that does not follow from evidence and sheets."""
    try:
        sheets = [
            Sheet(by=one["by"], points=one["points"], comment=one["comment"])
            for one in document["sheets"]
        ]
        seats = [Seat(**one) for one in document.get("seats", ())]
        right = published(evidence, sheets, document.get("panel"), seats)
        panel_flaws = list(_panel_flaws(evidence, document))
    except (KeyError, TypeError, ValueError):
        yield "sheets"
        return
    for name in right.keys() | document.keys():
        if right.get(name) != document.get(name):
            yield name
    yield from panel_flaws


def _panel_flaws(evidence: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what of the panel does not hold: the right one, drawn rightly, and who has scored."""
    own = evidence["terms"]["method"]
    if "seats" not in own:
        return
    panel, seats = document["panel"], document["seats"]
    bound = panel["tender"], panel["entropy"], panel["seats"]
    if bound != (evidence["terms"]["tender_code"], evidence["entropy"], own["seats"]):
        yield "panel"
    yield from (f"panel.{name}" for name in panel_flaws_of(panel, seats))
    if [one["name"] for one in seats if one["fate"] == SCORED] != [
        sheet["by"] for sheet in document["sheets"]
    ]:
        yield "sheets.by"
