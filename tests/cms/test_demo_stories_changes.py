"""Each change of the script comes as far as it says."""

import pytest

from cms.demo.script import Change, script
from cms.demo.stories.changes import register_is_changed
from marketplace.models import Agency, ChangeProposal
from tests.cms.stage import act, stage
from tests.factories.marketplace import AgencyFactory, PractitionerFactory, QualificationFactory

pytestmark = pytest.mark.django_db


def test_every_kind_of_change_of_the_script_is_played() -> None:
    agency: Agency = AgencyFactory(active=True)
    QualificationFactory(agency=agency)
    PractitionerFactory(agency=agency)
    world = stage(zhice=agency.organization)
    plans = {(one.part, one.stays): one for one in script().changes}

    for plan in sorted(plans.values(), key=lambda one: one.stays != ""):
        act(register_is_changed(world, Change(**{**vars(plan), "agency": "zhice"})))

    found = [(one.part, one.act, one.status) for one in ChangeProposal.objects.order_by("pk")]
    assert found[0] == ("facts", "change", "effective")
    assert {status for _part, _act, status in found} == {*ChangeProposal.Status}
    assert len(found) == len(plans)
