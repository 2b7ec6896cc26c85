"""The page on which the province imports a list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from credit.actions.lists import note_fault
from credit.models import ListImport, Restriction
from credit.signed_lists import private_key, sign
from tests.clock import NOON
from tests.credit.test_actions_lists import row, table
from tests.credit.test_signed_lists import PUBLIC, SEED
from tests.factories.marketplace import AuthorityFactory, Role, division, party
from tests.markup import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
URL = "/regulator/lists/"


def form(content):
    return {
        "kind": "listed_procurement_breach",
        "basis": "《测试条例》",
        "table": SimpleUploadedFile("list.csv", content, "text/csv"),
    }


def test_the_province_imports_and_reads_what_changed(client, agency, authority):
    client.force_login(party(authority, Role.REGULATOR).user)
    assert "由省级机关" in text_of(client.get(URL))
    assert client.post(URL, form(table(row(agency)))).status_code == 403
    province = AuthorityFactory(division=division("360000"))
    client.force_login(party(province, Role.REGULATOR).user)
    note_fault(kind="listed_tax_breach", file="tax.csv", why="tax.csv 第 1 行：缺少。", at=NOON)
    assert "tax.csv 第 1 行：缺少。" in text_of(client.get(URL))
    wrong = client.post(URL, form("企业名称\n".encode()))
    assert (wrong.status_code, ListImport.objects.count()) == (422, 0)

    answer = client.post(URL, form(table(row(agency))), follow=True)

    text = text_of(answer)
    assert "新列入 1 条（其中本平台入驻机构 1 条）" in text
    assert agency.name in text
    assert Restriction.objects.get().organization == agency


def test_a_preview_restricts_nobody_and_a_signed_file_needs_its_key(client, agency, authority):
    province = AuthorityFactory(division=division("360000"))
    client.force_login(party(province, Role.MANAGER).user)

    seen = client.post(URL, form(table(row(agency))) | {"preview": "1"})

    assert [one.organization for one in seen.context["found"].restricted] == [agency]
    assert agency.name in text_of(seen)
    assert not Restriction.objects.exists()
    content = sign([], "甲省", "x", private_key(SEED)).encode()
    for key, expected in (("x", 422), ("A" * 43, 422), (PUBLIC, 302)):
        file = SimpleUploadedFile("decisions.jws", content)
        answer = client.post(f"{URL}peers/", {"key": key, "table": file})
        assert answer.status_code == expected
    assert [one.kind for one in ListImport.objects.all()] == ["listed_by_peer"]
