"""The shipped scheme comes in by its command."""

from io import StringIO

import pytest
from django.core.management import call_command

from bidding.actions.conduct import NOT_CHOSEN
from bidding.guards.awards import OF_BUYERS
from credit.in_force import breaches_at, scheme_at
from credit.models import Conduct
from credit.schemes import Follows
from tests.clock import NOON
from tests.factories.marketplace import load_laws

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def load():
    printed = StringIO()
    call_command("load_credit_scheme", at=NOON, stdout=printed)
    return printed.getvalue()


def test_the_shipped_scheme_is_loaded_once():
    load_laws()

    assert load() == "credit scheme: 1 created, 0 updated, 0 unchanged\n"
    assert load() == "credit scheme: 0 created, 0 updated, 1 unchanged\n"

    scheme = scheme_at(NOON)
    assert (scheme.base, [grade.begins for grade in scheme.grades]) == (100, [100, 85, 60, 0])
    own = {*OF_BUYERS, NOT_CHOSEN}
    assert [kind.code for kind in scheme.kinds if kind.code not in own] == [*Conduct.values]
    assert own < {kind.code for kind in scheme.kinds}
    assert {kind.name for kind in scheme.kinds} > {str(one.label) for one in Conduct}
    assert [(one.follows, one.points) for one in scheme.thresholds] == [
        (Follows.WARNING, 80),
        (Follows.CASE, 60),
    ]
    assert breaches_at(NOON)[-1] == "three_quality_complaints"
