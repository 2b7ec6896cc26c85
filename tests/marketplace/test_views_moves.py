"""Both agencies and the officer meet on one page of a move; for everybody else it is not there."""

import pytest
from django.test import Client

from marketplace.models import PractitionerMove
from tests.clock import NOON
from tests.factories.marketplace import (
    AgencyFactory,
    AuthorityFactory,
    PractitionerFactory,
    Role,
    division,
    party,
)
from tests.factories.parties import MoveFactory
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = PractitionerMove.Status


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def test_a_move_goes_from_the_request_to_the_release(client: Client) -> None:
    person = PractitionerFactory(agency=AgencyFactory(active=True))
    old = party(person.agency.organization, Role.AGENCY_MANAGER).user
    new = party(AgencyFactory(active=True).organization, Role.AGENCY_MANAGER)
    client.force_login(new.user)

    assert "没有人员转入转出" in text(client, "/admission/moves/")
    typed = {"name": person.name, "certificate_number": person.certificate_number}
    wrong = client.post("/admission/moves/new/", {**typed, "name": "李另外", "papers": upload()})
    assert wrong.status_code == 422
    assert "登记中没有这个姓名和证书编号的执业人员" in wrong.content.decode()
    client.post("/admission/moves/new/", {**typed, "papers": upload()})
    move = PractitionerMove.objects.get()
    page = f"/moves/{move.slug}/"
    assert "撤回申请" in text(client, page)
    assert "合同.pdf" in text(client, page)
    assert "转入：王测试" in text(client, "/admission/moves/")

    client.force_login(old)
    assert "答复执业人员转出" in text(client, "/workbench/")
    assert "合同.pdf" not in text(client, page)
    assert client.post(f"{page}release/", {}).status_code == 422
    client.post(f"{page}release/", {"agreed": "on"})
    person.refresh_from_db()
    assert person.agency == new.organization.agency
    assert page not in text(client, "/workbench/")


def test_an_officer_decides_what_is_contested(client: Client) -> None:
    move = MoveFactory()
    officer = party(AuthorityFactory(), Role.OPERATOR).user
    old = party(move.from_agency.organization, Role.AGENCY_MANAGER).user
    page = f"/moves/{move.slug}/"
    client.force_login(officer)
    assert "没有要办理的人员转入" in text(client, "/operator/moves/")
    client.force_login(old)
    client.post(f"{page}contest/", {"reasons": "劳动合同未解除"})

    client.force_login(officer)
    assert page in text(client, "/operator/moves/")
    assert page in text(client, "/workbench/")
    assert "劳动合同未解除" in text(client, page)
    client.post(f"{page}allow/", {"reasons": "合同已于上月解除"})
    assert PractitionerMove.objects.get().status == S.RELEASED
    assert page not in text(client, "/operator/moves/")


def test_others_see_nothing_and_each_side_has_its_own_acts(client: Client) -> None:
    move = MoveFactory(practitioner__agency=AgencyFactory(active=True))
    page = f"/moves/{move.slug}/"
    strangers = [
        party(AgencyFactory(active=True).organization, Role.AGENCY_MANAGER),
        party(AuthorityFactory(division=division("360102")), Role.OPERATOR),
    ]
    new = party(move.to_agency.organization, Role.AGENCY_MANAGER)
    agent = party(move.from_agency.organization, Role.AGENCY_AGENT)

    for one in strangers:
        client.force_login(one.user)
        assert client.get(page).status_code == 404
        assert client.post(f"{page}release/", {"agreed": "on"}).status_code == 404
    for reader, verbs in ((new, ("release", "contest", "allow")), (agent, ("release", "withdraw"))):
        client.force_login(reader.user)
        for verb in verbs:
            assert client.post(f"{page}{verb}/", {"agreed": "on"}).status_code == 403
    move.refresh_from_db()
    assert (move.status, move.requested_at < NOON) == (S.REQUESTED, True)
