"""A general sanction from what was found to its repair, over HTTP: notice, statement, appeal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from credit.actions.schemes import load_scheme
from credit.measures import is_restricted
from credit.models import Case, Restriction
from credit.standing import standing_of
from marketplace.models import Organization
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import load_reference
from tests.factories.credit import active_agency
from tests.factories.marketplace import AuthorityFactory, Role, division, load_laws
from tests.journeys.reader import Clock, Reader, reader
from tests.uploads import PDF_BYTES, upload

pytestmark = pytest.mark.django_db
NOTICE = {
    "kind": "not_served_as_contracted",
    "facts": "没有按合同约定组织两名以上专业人员踏勘现场。",
    "severity": "general",
    "restriction_kind": "freeze",
    "months": "6",
}
LAW = "《江西省网上中介服务超市管理办法》"


@pytest.fixture
def time() -> Iterator[Clock]:
    load_reference()
    load_laws()
    with time_machine.travel(NOON, tick=False) as traveller:
        load_scheme(text=SHIPPED, file="scheme.json", at=NOON)
        yield Clock(traveller)


def notify(officer: Reader, agency: Organization, time: Clock) -> Case:
    """Write down what was found and give notice of it; the scheme's bounds stand beside."""
    new = f"/regulator/cases/new/?agency={agency.slug}"
    told = {**NOTICE, "occurred_on": f"{time.at:%Y-%m-%d}", "legal_basis": LAW}
    assert "各类行为可以采取的措施和依据" in officer.opens(new)
    officer.sends(new, **told, evidence=upload(PDF_BYTES, "证据.pdf"))
    case = Case.objects.get()
    officer.sends(f"/regulator/cases/{case.slug}/notify/")
    return case


def decide(officer: Reader, case: Case) -> Restriction:
    address = f"/regulator/cases/{case.slug}/decide/"
    assert "会影响到谁" in officer.opens(address)
    officer.sends(address, reasons="签到表与照片不符，不予采信。")
    return Restriction.objects.get()


def test_a_general_sanction_is_stated_decided_appealed_and_repaired(time: Clock) -> None:
    bureau = AuthorityFactory(division=division("360702"), name="章贡区行政审批局")
    first, second, third = (reader(bureau, Role.REGULATOR) for _officer in range(3))
    agency = active_agency()
    manager, public = reader(agency, Role.AGENCY_MANAGER), Reader()

    case = notify(first, agency, time)
    own, office = f"/credit/record/cases/{case.slug}/", f"/regulator/cases/{case.slug}/"
    manager.sends(own, statement="踏勘由三人完成，签到表漏签。")
    time.wait(days=1)
    restriction = decide(second, case)
    decision = f"/credit/decisions/{restriction.slug}/"
    assert standing_of(agency, time.at).score == 90
    assert agency.name in public.opens(decision)

    manager.sends(f"{own}review/", grounds="期限过长。")
    third.sends(f"{office}review/", outcome="varied", months="5", reasons="已整改。")
    restriction.refresh_from_db()
    assert restriction.effective_to - restriction.effective_from < timedelta(days=154)

    time.wait(days=100)
    assert is_restricted(agency, time.at)
    manager.sends(f"{own}repair/", correction="建立双人踏勘制度。", commitment="今后依约服务。")
    third.sends(f"{office}repair/", is_granted="yes", reasons="已纠正。")
    case.refresh_from_db()
    assert (case.status, is_restricted(agency, time.at)) == ("repaired", False)
    assert public.client.get(decision).status_code == 410
    assert standing_of(agency, time.at).score == 90
