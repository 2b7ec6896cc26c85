"""
The register in Chromium: an application with uploads, sent back and corrected; and a renewal.

Both change what other readers see, and nobody moves the clock.
"""

from __future__ import annotations

import re

import pytest

from tests.factories.marketplace import valid_uscc
from tests.journeys.demo import ANONYMOUS
from tests.journeys.test_browser_story import CERTIFICATE, COUNTY, FACTS, pdf, sign_up
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.acts]
PAPERS = ("营业执照", "工程咨询单位备案", "王测试")


@pytest.fixture
def people(browse):
    """Return a function that seats the person of an account, or a stranger, at a browser."""

    def person(login: str = ANONYMOUS) -> Visitor:
        return Visitor(browse(login=login, width=1440, javascript=True))

    return person


def apply_for_admission(agency: Visitor, name: str, number: int) -> None:
    """Fill in step by step, once interrupted, with every paper uploaded."""
    sign_up(agency, f"agency-{number}")
    agency.opens("/register/agency/")
    agency.sends("登记机构", name=name, uscc=valid_uscc(number), division=COUNTY)
    agency.opens("/admission/facts/")
    agency.sends("先保存，以后再填", address=FACTS["address"])
    agency.opens("/admission/facts/")
    assert agency.page.locator("[name=address]").input_value() == FACTS["address"]
    agency.sends("保存，下一步填资质", **FACTS, legal_representative=f"陈{name[2:4]}")
    agency.sends("登记资质", **CERTIFICATE, certificate_number=f"赣测{number}")
    agency.opens("/admission/practitioners/")
    person = {"name": "王测试", "certificate_name": "注册咨询工程师"}
    agency.sends("登记人员", **person, certificate_number=f"CS{number}")
    agency.opens("/admission/papers/")
    for _paper in PAPERS:  # the first that is missing is chosen beforehand
        assert "已上传 1 份文件。" in agency.sends("上传材料", scans=pdf("证照.pdf"))
    agency.opens("/admission/commitment/")
    assert "入驻申请已提交。" in agency.sends("提交入驻申请", agreed=True)


def remark(officer: Visitor, name: str) -> None:
    """Look at the papers beside the data, and send back what does not agree."""
    officer.opens("/operator/admissions/")
    officer.follows(name)
    assert officer.page.locator("main iframe").count() == len(PAPERS)
    officer.follows("我来办")
    officer.sends("我来办")
    officer.page.locator("main details summary", has_text="逐项核对").click()
    wrong = {"reason-address": "differs", "note-address": "执照上是 12 号"}
    assert "已退回" in officer.sends("退回申请", **wrong)


def correct(agency: Visitor) -> None:
    """Read the remark beside its field, correct it and hand in again."""
    assert "执照上是 12 号" in agency.opens("/admission/")
    assert "退回意见：与证照不一致；执照上是 12 号" in agency.opens("/admission/facts/")
    agency.sends("保存，下一步填资质", address="章贡区测试路12号")
    agency.opens("/admission/commitment/")
    assert "入驻申请已提交。" in agency.sends("提交入驻申请", agreed=True)


def test_an_application_is_sent_back_corrected_and_admitted(people, problems):
    name, number = "江西回龙岗测试咨询有限公司", 9301
    agency, officer = people(), people("zhanggong1")

    apply_for_admission(agency, name, number)
    remark(officer, name)
    correct(agency)
    officer.opens("/operator/admissions/?whose=mine")
    text = officer.follows(name)

    assert "退回后改了什么" in text
    assert "章贡区测试路12号" in text
    assert f"“{name}”形式审核通过" in officer.sends("通过审核")
    assert problems == []


def test_a_certificate_is_renewed_before_it_ends(people, problems):
    agency, officer = people("zhice"), people("zhanggong1")
    agency.opens("/admission/changes/")
    agency.follows(re.compile("^延续"))
    begins = agency.page.locator("[name=valid_from]").input_value()
    ends = f"{int(begins[:4]) + 3}{begins[4:8]}28"

    text = agency.sends("提交审核", valid_until=ends, papers=pdf("延续后的备案证明.pdf"))
    assert "待形式审核" in text
    change = agency.path
    officer.opens(change.replace("/admission/", "/operator/"))
    assert "变更" in officer.sends("通过变更")

    assert "已生效" in agency.opens(change)
    assert problems == []
