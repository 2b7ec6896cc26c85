"""`check --database` tells of every source that is repealed when it is used."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from marketplace.kernel.models import LawVersion
from tests.clock import NOON
from tests.factories.marketplace import load_laws, load_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def check():
    call_command("check", databases=["default"], fail_level="WARNING", stderr=StringIO())


def test_sources_in_force_pass():
    load_rules()
    load_laws()

    check()


def test_a_source_that_is_repealed_when_it_is_used_fails_the_check():
    load_rules()
    load_laws()
    LawVersion.objects.filter(law__name="优化营商环境条例").update(
        status=LawVersion.Status.REPEALED, in_force_until=NOON.date()
    )

    with pytest.raises(SystemCheckError) as failed:
        check()

    assert "财政资金在审批过程中委托的服务须竞争选取" in str(failed.value)
    assert "《优化营商环境条例》第四十三条第三款: not_in_force" in str(failed.value)


def test_before_the_library_is_loaded_there_is_nothing_to_check():
    load_rules()

    check()
