"""Each move and each piece of work of the script comes as far as it says; an officer is away."""

import pytest

from cms.demo.script import Work, script
from cms.demo.stories.register import officer_is_away, practitioner_moves, work_is_declared
from marketplace.models import Agency, PastPerformance, PractitionerMove, StandIn
from tests.cms.stage import act, stage
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    PractitionerFactory,
    QualificationFactory,
    Role,
    party,
)

pytestmark = pytest.mark.django_db


def test_every_move_and_work_of_the_script_is_played() -> None:
    plan = script()
    keys = {key for one in plan.moves for key in (one.old, one.new)}
    keys |= {one.agency for one in plan.works}
    agencies: dict[str, Agency] = {key: AgencyFactory(active=True) for key in sorted(keys)}
    for agency in agencies.values():
        PractitionerFactory(agency=agency)
        QualificationFactory(agency=agency)
    world = stage(**{key: agency.organization for key, agency in agencies.items()})

    for move in plan.moves:
        act(practitioner_moves(world, move))
    for work in plan.works:
        act(work_is_declared(world, Work(**vars(work))))

    moves = [one.status for one in PractitionerMove.objects.order_by("pk")]
    assert moves == [one.stays or "released" for one in plan.moves]
    works = [one.status for one in PastPerformance.objects.order_by("pk")]
    assert works == [one.stays or "checked" for one in plan.works]


def test_one_officer_stands_in_for_another_as_the_story_ends() -> None:
    world, office = stage(), AuthorityFactory()
    absent, substitute = world.operators("360702")[:2]
    for one in (absent, substitute):
        party(office, Role.OPERATOR, user=one)

    act(officer_is_away(world, "360702"))

    row = StandIn.objects.get()
    assert (row.absent, row.substitute, row.first_day) == (absent, substitute, world.days.today)
