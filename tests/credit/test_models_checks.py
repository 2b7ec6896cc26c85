"""A question about standing stays as it was asked, and names neither agency nor order."""

import pytest
from django.db import connection, transaction

from credit.models import StandingCheck
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.clock import NOON
from tests.factories.credit import active_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def check():
    return StandingCheck.objects.create(
        organization=active_agency(name="赣州章江咨询有限公司"),
        moment=StandingCheck.Moment.SIGN_UP,
        reference="JX360702-2026-00001",
        asked_at=NOON,
        rulebook_sha256="0" * 64,
        is_clear=True,
    )


@pytest.mark.parametrize("verb", ["change", "delete"])
def test_checks_are_written_once(check, verb):
    with pytest.raises(AppendOnlyError):
        check.save() if verb == "change" else check.delete()
    statement = (
        "UPDATE credit_standingcheck SET id = id"
        if verb == "change"
        else "DELETE FROM credit_standingcheck"
    )
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert StandingCheck.objects.count() == 1


def test_a_check_names_neither_agency_nor_order(check):
    assert str(check) == "报名 2026-11-24 12:00"
