"""What a status can do: move by a transition alone, and stand in migrations as plain text."""

import pytest
from django.db import models, transaction
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from marketplace.kernel.models.states import StatusField
from marketplace.models import Agency
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory

Status = Agency.Status


def test_a_status_is_set_by_a_transition_alone() -> None:
    agency = Agency(status=Status.PUBLICITY)

    with pytest.raises(AttributeError):
        agency.status = Status.ACTIVE

    agency.activate(at=NOON)
    assert (agency.status, agency.activated_at) == (Status.ACTIVE, NOON)


def test_a_transition_begins_in_its_own_states_alone() -> None:
    agency = Agency(status=Status.DRAFT)

    with pytest.raises(TransitionNotAllowed):
        agency.activate(at=NOON)

    assert (agency.status, agency.activated_at) == (Status.DRAFT, None)


@pytest.mark.django_db
def test_a_row_that_moved_meanwhile_is_not_saved_over() -> None:
    agency = AgencyFactory(publicity=True)
    first, second = Agency.objects.get(pk=agency.pk), Agency.objects.get(pk=agency.pk)
    first.activate(at=NOON)
    first.save()

    second.uphold_objection(at=NOON, by=None, reasons="异议成立")
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        second.save()

    assert Agency.objects.get(pk=agency.pk).status == Status.ACTIVE


def test_to_migrations_a_status_is_plain_text() -> None:
    _name, path, _args, options = StatusField(choices=Status, default=Status.DRAFT).deconstruct()

    assert path == "django.db.models.CharField"
    assert "protected" not in options
    assert isinstance(StatusField(), models.CharField)
