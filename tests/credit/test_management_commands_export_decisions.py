"""Exporting our decisions, signed."""

from io import StringIO

import pytest
from django.core.management import call_command

from credit.signed_lists import public_key, verify
from tests.credit.test_signed_lists import PUBLIC, SEED
from tests.factories.credit import RestrictionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_the_published_decisions_are_signed_with_the_key_of_the_settings(tmp_path, settings):
    shown, _hidden = RestrictionFactory(), RestrictionFactory(is_public=False)
    file, out = tmp_path / "decisions.jws", StringIO()
    settings.CREDIT_SIGNING_KEY = SEED

    call_command("export_decisions", file, stdout=out)

    assert out.getvalue().strip() == PUBLIC
    told = verify(file.read_text(), public_key(PUBLIC))["decisions"]
    assert [one["number"] for one in told] == [shown.case.decision_number]
