"""How the province changes what counts: one manager puts up a version, another one still looks."""

from __future__ import annotations

import json

from cms.demo import reading
from cms.demo.engine import Story
from cms.demo.stories.catalogue import OFFICE, PROVINCE
from cms.demo.world import World
from credit.actions.schemes import propose_scheme

PUT_UP_ON = -2
BEGINS_ON = 20
KIND, POINTS = "buyer_paid_late", "-5"


def scheme_is_put_up(world: World) -> Story:
    """Let late payment weigh more from a later day on."""
    yield (at := world.at(PUT_UP_ON, 0.4, "scheme"))
    document = json.loads(reading.scheme_text())
    document["version"] += 1
    document["valid_from"] = world.days.day(BEGINS_ON).isoformat()
    for kind in document["kinds"]:
        if kind["code"] == KIND:
            kind["points"] = POINTS
    first = world.officers["manager", PROVINCE][0]
    propose_scheme(
        organization=world.parties[OFFICE],
        text=json.dumps(document, ensure_ascii=False, indent=2),
        file=world.text("scheme", "file"),
        reason=world.text("scheme", "reason"),
        by=world.users[first],
        at=at,
    )
