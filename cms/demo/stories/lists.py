"""What others list of those who broke faith, as the province takes it over."""

from __future__ import annotations

from cms.demo.engine import Story
from cms.demo.stories.catalogue import PROVINCE
from cms.demo.world import World
from credit.actions.lists import import_list
from credit.models import ListKind

LISTED, TAKEN_ON = "gongpan", -30


def list_is_imported(world: World) -> Story:
    """Take over a list: of the agencies here it names one, whose time on it is over."""
    yield (at := world.at(TAKEN_ON, 0.3, "list"))
    agency = world.parties[LISTED]
    rows = [",".join(row) for row in world.text("list", "rows")]
    text = "\n".join([*rows, ""]).format(name=agency.name, code=agency.uscc)
    import_list(
        content=text.encode(),
        kind=ListKind.PROCUREMENT,
        basis=world.text("list", "basis"),
        file=world.text("list", "file"),
        at=at,
        by=world.users[world.officers["manager", PROVINCE][0]],
    )
