"""The results of selections as the public list shows them: plain values, the same for everybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from bidding.models import Award
from bidding.models.stages import WORDS
from bidding.pages.names import AgencyName, as_they_stand
from bidding.stages import stage_of
from marketplace.kernel import known
from marketplace.kernel.statements import statement
from marketplace.models.divisions import place_names
from marketplace.web.components import Text

COLUMNS = (
    *("bid__agency__name", "bid__agency__slug", "tender__division", "tender__code"),
    *("tender__title", "tender__buyer__name", "amount", "published_at"),
    *("tender__status", "status", "contract__status"),
)


@dataclass(frozen=True)
class AwardRow:
    """A result; `agency` is named as it stands when the row is drawn."""

    agency: AgencyName
    place: str
    code: str
    title: str
    buyer: str
    amount: Decimal
    published_at: datetime
    order_status: str
    status: str
    contract_status: str | None

    def stage_word(self, _at: datetime) -> Text:
        """Return the one word for where it stands."""
        return WORDS[stage_of(self.order_status, self.status, self.contract_status)]


def award_rows(keys: Collection[int], at: datetime) -> list[AwardRow]:
    """Return the results with these keys, as the keys stand, their agencies as they are at `at`."""
    found = known.once_each("award_row", keys, read=_read)
    rows = [found[key] for key in keys if key in found]
    names = as_they_stand((row.agency for row in rows), at)
    return [replace(row, agency=name) for row, name in zip(rows, names, strict=True)]


def _read(keys: Collection[int]) -> dict[int, AwardRow]:
    places = place_names()
    return {
        key: AwardRow(AgencyName(name, slug), places[place], *told)
        for key, name, slug, place, *told in _of_keys(keys=list(keys))
    }


@statement
def _of_keys(*, keys: Sequence[int]) -> QuerySet[Award, Any]:
    return Award.objects.filter(pk__in=keys).order_by().values_list("pk", *COLUMNS)
