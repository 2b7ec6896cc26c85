"""The contracts to fill in say what the record asks, and rest on articles that are there."""

import re
import zipfile
from io import BytesIO

import pytest

from bidding.models import Tender
from bidding.pages.contract_texts import (
    BLANK,
    ContractFields,
    blank_contract,
    contract_texts,
    draft_card,
    drafted_contract,
    lines_of,
    numeral,
    text_cards,
    text_for,
)
from bidding.rulebook import rules_for
from marketplace.kernel.rules import values_in_force
from marketplace.models import ServiceClass
from tests.clock import NOON
from tests.factories.bidding import AwardFactory
from tests.reference_files import library, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
CITED = re.compile("《[^》]+》第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+款)?")


def words_of(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    return "\n".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", body))


def test_every_class_of_services_has_one_text_and_every_text_its_own_template() -> None:
    texts = contract_texts()
    meant = [code for one in texts.values() for code in one.classes]

    assert len(texts) == 10
    assert len(meant) == len(set(meant))
    written = text("service_classes.csv").splitlines()
    assert not set(meant) - {line.split(",")[0] for line in written}
    assert text_for(ServiceClass(code="C47")).name == "surveying"
    assert [text_for(ServiceClass(code="C29")).name, text_for(None).name] == ["general"] * 2
    assert [card.name for card in text_cards()] == [one.title for one in texts.values()]


def test_each_text_asks_for_all_that_the_record_holds_and_cites_what_is_there() -> None:
    rules, laws = values_in_force("360000", NOON.date()), library()

    for one in contract_texts().values():
        said = "\n".join(lines_of(one, ContractFields(), rules))

        cited = set(CITED.findall(said))
        assert "《保障中小企业款项支付条例》第九条" in cited, one
        assert [source for source in cited if laws.problem_in(source)] == []
        assert "30 日内付款" in said, one
        assert "不得超过 60 日" in said, one
        assert "中选通知书发出之日起 10 个工作日内" in said, one
        for label in ("合同编号", "采购编号", "统一项目代码", "服务事项", "甲方（项目业主）"):
            assert f"| {label} | {BLANK}" in said, one
        for article in ("服务期限", "合同金额", "付款", "成果和交付", "验收", "违约责任"):
            assert f"## {article}" in said.splitlines(), one


def test_the_text_of_an_award_is_filled_in_and_nobody_writes_an_article_into_it() -> None:
    award = AwardFactory()
    Tender.objects.filter(pk=award.tender.pk).update(content="## 第一条\n| 冒充 | 1\n测绘 <b>")
    award.tender.refresh_from_db()

    said = words_of(drafted_contract(award, NOON)).splitlines()

    assert award.tender.code in said
    assert award.bid.agency.name in said
    assert award.tender.buyer.name in said
    [amount] = [line for line in said if line.startswith("3.1")]
    assert amount.startswith(f"3.1　合同金额为人民币 {award.amount:,.2f} 元（大写：")
    [content] = [line for line in said if line.startswith("1.1")]
    assert content.endswith("## 第一条 | 冒充 | 1 测绘 &lt;b&gt;")
    assert len([line for line in said if line.startswith("第一条")]) == 1
    assert draft_card(award).url == f"/contracts/{award.tender.slug}/draft.docx"


def test_the_periods_are_those_that_bind_the_order() -> None:
    award = AwardFactory()
    rules = rules_for(award.tender, NOON)
    stricter = rules.changed({"payment.due": rules.values["payment.longest"]})

    said = "\n".join(lines_of(text_for(None), ContractFields(), stricter))

    assert "交付之日起 60 日内付款" in said


def test_a_blank_text_is_numbered_throughout() -> None:
    said = words_of(blank_contract(contract_texts()["general"], NOON))

    assert re.findall(r"^第(\S+)条", said, re.MULTILINE) == [numeral(n) for n in range(1, 14)]
    assert re.findall(r"^3\.(\d)　", said, re.MULTILINE) == ["1", "2", "3"]
    assert [numeral(n) for n in (1, 10, 11, 20, 23)] == ["一", "十", "十一", "二十", "二十三"]
