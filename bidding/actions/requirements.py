"""Ask at the three moments whether agencies have what an item requires, and keep the answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bidding.actions.standing import Moment
from bidding.guards.agencies import answers
from bidding.models import RequirementCheck, Tender
from marketplace.kernel.inserts import insert_all
from marketplace.requirements import Answer, written


def ask_requirements(
    tender: Tender, agencies: Collection[int], moment: Moment, at: datetime
) -> dict[int, Answer]:
    """Ask each of `agencies`, by primary key, whose rows are locked; store and return answers."""
    found = answers(agencies, tender.item, at)
    insert_all(
        [
            RequirementCheck(
                organization_id=agency,
                moment=moment,
                reference=tender.reference,
                item=tender.item,
                asked_at=at,
                requirement=written(answer.requirement),
                lacking=[written(one.leaf) for one in answer.lacking()],
                is_met=answer.holds,
            )
            for agency, answer in found.items()
        ]
    )
    return found
