"""Where an application stands: at most one state holds, and the steps end where it does."""

from datetime import timedelta

import pytest

from marketplace.models import Agency, Organization
from marketplace.pages.admissions import (
    FORM_STEPS,
    admission_state,
    admission_steps,
    form_steps,
    next_form_step,
)
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory

S = Agency.Status
WEEK = NOON + timedelta(days=7)


def agency(**facts: object) -> Agency:
    """Return an application that is not stored."""
    return AgencyFactory.build(organization=Organization(registered_at=NOON), **facts)


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        ("draft", ["past", "now", "future", "future", "future"]),
        ("submitted", ["past", "past", "now", "future", "future"]),
        ("returned", ["past", "now", "future", "future", "future"]),
        ("publicity", ["past", "past", "past", "now", "future"]),
        ("active", ["past", "past", "past", "past", "past"]),
        ("withdrawn", ["past", "past", "now"]),
    ],
)
def test_the_steps_end_where_the_application_stands(status: str, steps: list[str]) -> None:
    row = agency(status=status)

    assert [step.state for step in admission_steps(row)] == steps
    state = admission_state(row)
    holds = {"returned", "submitted", "publicity", "active"} & {status}
    assert sum(vars(state).values()) == len(holds)


def test_a_check_and_a_publicity_that_run_say_until_when() -> None:
    check = admission_steps(agency(status=S.SUBMITTED, check_due_at=WEEK))[2]
    publicity = admission_steps(agency(status=S.PUBLICITY, publicity_ends_at=WEEK))[3]

    assert (check.label, check.at, check.prefix) == ("形式审核", WEEK, "至")
    assert (publicity.label, publicity.at, publicity.prefix) == ("入驻公示", WEEK, "至")


def test_the_form_leads_back_and_ends_with_the_commitment() -> None:
    here = form_steps("admission_qualifications")

    assert [step.state for step in here] == ["past", "now", "future", "future", "future"]
    assert [next_form_step(name) for name, _label in FORM_STEPS] == [
        "admission_qualifications",
        "admission_practitioners",
        "admission_papers",
        "admission_commitment",
        "admission_commitment",
    ]
