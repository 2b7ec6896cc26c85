from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.expiring import Ending, endings, next_end, next_warning, to_warn_of
from marketplace.kernel.calendar import CHINA, day_of
from tests.factories.marketplace import AgencyFactory, QualificationFactory, ServiceClassFactory

LAST = date(2026, 12, 31)


def beijing(*day: int) -> datetime:
    return datetime(*day, tzinfo=CHINA)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_paper_holds_on_its_last_day_and_a_renewal_takes_it_off_the_list() -> None:
    service_class = ServiceClassFactory()
    agency = AgencyFactory(active=True, business_until=date(2027, 3, 1))
    QualificationFactory(agency=agency, valid_until=None)
    old = QualificationFactory(agency=agency, service_class=service_class, valid_until=LAST)
    short = QualificationFactory(
        agency=agency, valid_from=date(2027, 1, 1), valid_until=date(2031, 1, 1)
    )

    found = endings(agency)

    assert [(one.kind, one.until) for one in found] == [
        ("certificate", LAST),
        ("licence", date(2027, 3, 1)),
        ("certificate", date(2031, 1, 1)),
    ]
    assert found[0].ends_at == beijing(2027, 1, 1)
    type(short).objects.filter(pk=short.pk).update(service_class=service_class)
    assert old.pk not in [one.certificate.pk for one in endings(agency) if one.certificate]
    type(short).objects.filter(pk=short.pk).update(valid_from=date(2027, 1, 2))
    assert endings(agency)[0].until == LAST  # a day lies between them


@pytest.mark.django_db
def test_each_day_is_named_once_and_the_last_day_is_day_nought() -> None:
    found = endings(QualificationFactory(agency__active=True, valid_until=LAST).agency)
    days = (90, 60, 30, 7, 0)
    moments, moment = [], beijing(2026, 1, 1)

    while (at := next_warning(found, days, moment)) is not None:
        moments.append(at)
        moment = at

    assert [at.date().isoformat() for at in moments] == [
        *("2026-10-02", "2026-11-01", "2026-12-01"),
        *("2026-12-24", "2026-12-31"),
    ]
    assert all(to_warn_of(found, days, at) == found for at in moments)
    assert to_warn_of(found, days, beijing(2026, 12, 30)) == []
    assert next_end(found, beijing(2026, 12, 31)) == beijing(2027, 1, 1)
    assert next_end(found, beijing(2027, 1, 1)) is None


LAST_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
INSTANTS = st.datetimes(datetime(2025, 12, 1), datetime(2028, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds are given their zone


@given(LAST_DAYS, INSTANTS)
def test_what_runs_out_holds_through_its_last_day_in_beijing_whatever_the_instant(
    last: date, at: datetime
) -> None:
    paper = Ending("certificate", last)

    holds = at < paper.ends_at

    assert holds is (day_of(at) <= last) is (paper.days_left(day_of(at)) >= 0)
    assert next_end([paper], at) == (paper.ends_at if holds else None)


@given(st.lists(LAST_DAYS, max_size=4), st.sets(st.integers(0, 90), max_size=4))
def test_each_warning_has_its_day_and_no_day_is_left_out(lasts: list[date], days: set[int]) -> None:
    found = [Ending("certificate", last) for last in lasts]
    walked, moment = [], beijing(2025, 1, 1)

    while (at := next_warning(found, days, moment)) is not None:
        walked.append(at)
        moment = at

    assert [day_of(at) for at in walked] == sorted(
        {last - timedelta(days=before) for last in lasts for before in days}
    )
    assert {id(one) for at in walked for one in to_warn_of(found, days, at)} == {
        id(one) for one in found if days
    }
