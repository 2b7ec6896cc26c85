"""How much of a certificate's validity is left."""

from datetime import date, timedelta

import pytest

from marketplace.pages.certificates import certificate_rows
from tests.factories.marketplace import AgencyFactory, QualificationFactory, ServiceClassFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def row(valid_from: date, valid_until: date | None):
    agency = AgencyFactory()
    QualificationFactory(
        agency=agency,
        service_class=ServiceClassFactory(),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    [found] = certificate_rows(agency, TODAY)
    return found


def test_the_last_day_counts_and_the_day_after_has_nothing_left() -> None:
    last, over = row(TODAY - 9 * DAY, TODAY), row(TODAY - 9 * DAY, TODAY - DAY)

    assert (last.days, last.days_left, last.is_near, last.tone) == (10, 1, True, "warn")
    assert (over.days, over.days_left, over.is_near) == (9, 0, False)


def test_a_certificate_far_from_its_end_is_not_near() -> None:
    far = row(TODAY - 99 * DAY, TODAY + 900 * DAY)

    assert (far.days, far.days_left, far.is_near, far.tone) == (1000, 901, False, "ok")


def test_a_certificate_not_valid_yet_has_all_of_it_left_and_one_without_an_end_no_bar() -> None:
    coming, endless = row(TODAY + DAY, TODAY + 10 * DAY), row(TODAY, None)

    assert (coming.days, coming.days_left) == (10, 10)
    assert (endless.days, endless.days_left) == (0, 0)
