"""The command fills in what was searched in a demo, and nowhere else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from search.models import TermCount
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def test_only_a_demo_is_filled_in(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1 only"):
        call_command("demo_searches")

    assert not TermCount.objects.exists()


def test_what_was_searched_before_is_left_alone(settings: Settings) -> None:
    settings.DEMO = True
    TermCount.objects.create(day=NOON.date(), text="测绘", asked_count=1)
    output = StringIO()

    call_command("demo_searches", stdout=output)

    assert output.getvalue() == "searched before\n"
