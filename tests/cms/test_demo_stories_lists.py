"""The demo takes a list over that restricts nobody: the one agency it names is free again."""

from __future__ import annotations

import pytest

from cms.demo.stories.catalogue import PROVINCE
from cms.demo.stories.lists import LISTED, list_is_imported
from credit.models import Case, ListedParty, ListImport
from tests.cms.stage import act, stage
from tests.factories.credit import active_agency
from tests.factories.marketplace import UserFactory, load_laws

pytestmark = pytest.mark.django_db


def test_one_agency_stood_on_a_list_and_is_not_restricted_by_it() -> None:
    load_laws()
    agency = active_agency()
    world = stage(**{LISTED: agency})
    world.users["one"] = UserFactory()
    world.officers["manager", PROVINCE] = ["one"]

    [at] = act(list_is_imported(world))

    imported = ListImport.objects.get()
    assert (imported.imported_at, imported.imported_by) == (at, world.users["one"])
    assert (imported.changes["added"], imported.changes["matched"]) == (2, 1)
    assert [one.organization for one in ListedParty.objects.order_by("listed_on")] == [agency, None]
    assert not Case.objects.exists()
