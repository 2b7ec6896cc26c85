"""What every load command refuses before it writes."""

import pytest
from django.core.management import CommandError, call_command

from marketplace.reference import BadReferenceData
from tests.factories.marketplace import load_laws
from tests.loading import load, rewrite, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("command", ["load_divisions", "load_catalogue", "load_parameters"])
def test_a_fault_in_a_file_is_told_and_nothing_is_written(command, data):
    load("load_divisions")
    load_laws()
    before = stored()
    (data / "divisions.json").write_text("{", encoding="utf-8")
    rewrite(data / "service_items.csv", "S27", "paid_by", "owner")
    rewrite(data / "parameters.csv", "qualification.near_expiry", "value", "soon")

    with pytest.raises(CommandError) as caught:
        load(command, data=data)

    assert isinstance(caught.value.__cause__, BadReferenceData)
    assert stored() == before


def test_a_moment_of_publication_must_name_its_offset():
    with pytest.raises(CommandError):
        call_command("load_catalogue", "--at", "2026-11-24T12:00:00")
