"""`check --database` tells of every source that is repealed when it is used."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection

from marketplace.kernel.models import LawVersion
from tests.clock import NOON
from tests.factories.marketplace import load_laws, load_rules

pytestmark = pytest.mark.django_db


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


def test_a_database_before_its_migration_does_not_keep_migrate_from_running():
    """`migrate` asks the checks first, when a column that is cited may not be there yet."""
    load_laws()

    def lacks_a_column(execute, sql, params, many, context):
        if "credit_restriction" in sql:
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(lacks_a_column):
        check()
