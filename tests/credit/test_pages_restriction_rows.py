"""Measures of the public list as plain values."""

from datetime import timedelta

import pytest

from credit.models import Restriction
from credit.pages.cases import progress_of
from credit.pages.restriction_rows import restriction_columns, restriction_rows
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


def test_a_row_says_what_the_measure_itself_says() -> None:
    made = [
        RestrictionFactory(),
        RestrictionFactory(effective_from=NOON - 9 * DAY, effective_to=NOON),
        RestrictionFactory(lifted_at=NOON),
        RestrictionFactory(suspended_at=NOON),
        RestrictionFactory(
            person_number="36012345", case__person_number="36012345", case__person_name="王小明"
        ),
    ]

    rows = restriction_rows(restriction_columns(Restriction.objects.order_by("pk")), NOON)

    for row, restriction in zip(rows, made, strict=True):
        case = restriction.case
        assert (row.slug, row.subject) == (restriction.slug, restriction.subject_name)
        assert row.organization == restriction.organization.name
        assert row.person == case.person_masked
        assert (row.conduct, row.authority) == (case.get_kind_display(), case.authority.name)
        assert (row.decision_number, row.legal_basis) == (
            case.decision_number,
            restriction.legal_basis,
        )
        assert (row.measure, row.severity) == (
            restriction.measure_word,
            restriction.get_severity_display(),
        )
        assert row.progress == progress_of(restriction, NOON)
    assert rows[-1].person.startswith("王**")
    assert [row.progress.word for row in rows] == [
        "限制生效",
        "已到期",
        "已撤销",
        "停止执行",
        "限制生效",
    ]
