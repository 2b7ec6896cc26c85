"""How the province changes its catalogue: one plans a list, another confirms it, it is sent up."""

from __future__ import annotations

from cms.demo.engine import Story
from cms.demo.world import World
from marketplace.actions.catalogue_lists import (
    changes_that_publish,
    confirm_list,
    plan_list,
    record_submission,
)

PROVINCE, OFFICE = "360000", "manager-jx"
PLANNED_ON = -12


def catalogue_is_changed(world: World) -> Story:
    """Publish what could not be when the catalogue began: its law was not in force yet."""
    yield (at := world.at(PLANNED_ON, 0.4, "catalogue"))
    changes = changes_that_publish(at.date())
    if not changes:
        return
    planner, confirmer = (world.users[login] for login in world.officers["manager", PROVINCE][:2])
    found = plan_list(
        number=world.text("catalogue", "number"),
        dated_on=at.date(),
        reason=world.text("catalogue", "reason"),
        changes=changes,
        by=planner,
        at=at,
    )
    yield (at := world.at(PLANNED_ON + 1, 0.3, "catalogue"))
    confirm_list(found=found, by=confirmer, at=at)
    yield (at := world.at(PLANNED_ON + 3, 0.4, "catalogue"))
    record_submission(
        found=found,
        office=world.parties[OFFICE],
        authority=world.text("catalogue", "sent_to"),
        document_number=world.text("catalogue", "sent_by"),
        submitted_on=at.date(),
        by=planner,
        at=at,
    )
