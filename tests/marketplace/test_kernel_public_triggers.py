from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from marketplace.kernel import public_triggers, trail, triggers
from marketplace.kernel.clock import move_to
from marketplace.kernel.models import AuditEntry, Parameter
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, ParameterFactory
from tests.public import moves

pytestmark = pytest.mark.django_db


def test_a_new_public_row_its_change_and_its_end_move_the_version() -> None:
    assert moves(ParameterFactory)
    assert moves(lambda: Parameter.objects.update(source_note="省数据局"))
    assert moves(lambda: Parameter.objects.all().delete())


def test_what_is_stored_again_as_it_was_moves_nothing() -> None:
    row = ParameterFactory()

    assert not moves(row.save)


def test_a_bulk_write_moves_the_version() -> None:
    days = [date(2025, month, 1) for month in (1, 2, 3)]
    division = AuthorityFactory().division
    rows = [ParameterFactory.build(division=division, in_force_from=day) for day in days]

    assert moves(lambda: Parameter.objects.bulk_create(rows))


def test_a_reference_load_moves_the_version() -> None:
    call_command("load_divisions", verbosity=0)

    assert moves(lambda: call_command("load_calendar", verbosity=0))


def test_the_trail_moves_nothing() -> None:
    assert not moves(
        lambda: AuditEntry.objects.create(at=NOON, verb="x", target_type="x", target_id="1")
    )


def test_the_demos_clock_moves_the_version() -> None:
    assert moves(lambda: move_to(NOON + timedelta(days=1)))


def test_what_is_taken_back_was_no_change() -> None:
    def take_back() -> None:
        with transaction.atomic():
            ParameterFactory()
            transaction.set_rollback(True)

    assert not moves(take_back)


def test_every_public_table_has_its_triggers_and_a_lost_one_is_missed() -> None:
    assert triggers.faults() == {}

    triggers.remove_naming_others()

    wanted = public_triggers.triggers(connection.vendor)
    lost = sorted([trail.NAME, *(one.name for one in wanted)])
    assert triggers.faults() == dict.fromkeys(lost, "missing")
    triggers.install()
    assert triggers.faults() == {}


@pytest.mark.parametrize(
    "secret",
    [
        *("bidding_offer", "credit_standingcheck", "marketplace_auditentry"),
        *("marketplace_message", "marketplace_effect", "django_session", "marketplace_document"),
        *("marketplace_membership", "marketplace_user", "marketplace_ruleproposal"),
    ],
)
def test_no_table_of_what_is_sealed_or_personal_moves_the_version(secret: str) -> None:
    assert secret in connection.introspection.table_names()
    assert secret not in public_triggers.public_tables()
