from datetime import date, datetime

import pytest

from marketplace.expiring import endings, next_end, next_warning, to_warn_of
from marketplace.kernel.calendar import CHINA
from tests.factories.marketplace import AgencyFactory, QualificationFactory, ServiceClassFactory

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)


def beijing(*day: int) -> datetime:
    return datetime(*day, tzinfo=CHINA)  # type: ignore[arg-type]


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
