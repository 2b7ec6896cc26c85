"""What a page can be made of, drawn, and what a block refuses."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.html import escape
from PIL import Image as Picture
from wagtail.blocks import StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.images.models import Image

from bidding.actions.reckoning import reckon
from bidding.pages.figures.page import asked_at, plot_of
from bidding.pages.figures.plots import PLOTS
from bidding.pages.figures.scope import Scope
from cms.blocks import BODY, CHARTS, ChartBlock, ItemsBlock, LawBlock, ParameterBlock, StepsBlock
from tests.bidding.counting import settle
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.marketplace import ServiceItemFactory, division, load_laws

pytestmark = pytest.mark.django_db


def drawn(kind: str, value: Any) -> str:
    stream = StreamBlock(BODY)
    raw = [{"type": kind, "value": value}]
    html: str = stream.to_python(raw)[0].render(context={"platform_now": NOON})
    return " ".join(html.split())


def picture() -> Image:
    data = BytesIO()
    Picture.new("RGB", (600, 400), "navy").save(data, "PNG")
    return Image.objects.create(title="流程图", file=ImageFile(BytesIO(data.getvalue()), "a.png"))


def test_each_block_is_drawn_by_its_template() -> None:
    load_reference()
    load_laws()
    file = Document.objects.create(title="合同文本", file=ContentFile(b"12345", "a.docx"))
    order = TenderFactory(active=True, title="等待报名的项目")
    text = "<p>甲</p>"
    table = {
        "columns": [{"type": "text", "heading": "时限"}],
        "rows": [{"values": ["三日"]}],
        "caption": "时限表",
    }
    image = {"image": picture().pk, "alt_text": "三步流程", "decorative": False}
    shown = {
        kind: drawn(kind, value)
        for kind, value in {
            "text": text,
            "heading": "怎样办理",
            "table": table,
            "steps": {"steps": [{"title": "登记", "text": text, "form": "bidding:tender_new"}]},
            "callout": {"tone": "stop", "text": "不得指定机构。"},
            "figure": {"image": image, "caption": "图一"},
            "files": {"title": "附件", "files": [file.pk]},
            "questions": {"title": "", "questions": [{"question": "收费吗", "answer": text}]},
            "quote": {"text": "一地入驻", "source": "平台"},
            "chart": {"figure": "months", "span": "", "city": ""},
            "orders": {"title": "即将截止", "count": 3},
            "items": {"title": "事项", "codes": [order.item.code]},
            "parameter": {"key": "contract.sign"},
            "law": {"source": "《优化营商环境条例》第四十三条", "note": "不得指定。"},
            "timeline": {"moments": [{"when": "第一天", "what": "发布"}]},
        }.items()
    }

    assert set(shown) == {name for name, _block in BODY}
    assert '<h2 class="z-part">怎样办理</h2>' in shown["heading"]
    assert '<th role="columnheader" scope="col">时限</th>' in shown["table"]
    assert 'href="/buyer/tenders/new/">起草采购公告</a>' in shown["steps"]
    assert "z-note stop" in shown["callout"]
    assert 'alt="三步流程"' in shown["figure"]
    assert 'type="image/avif"' in shown["figure"]
    assert "DOCX" in shown["files"]
    assert "<summary>收费吗</summary>" in shown["questions"]
    assert "等待报名的项目" in shown["orders"]
    assert order.item.name in shown["items"]
    assert "个工作日" in shown["parameter"]
    assert "/laws/business-environment/" in shown["law"]
    assert "<b>发布</b> 第一天" in shown["timeline"]


@pytest.mark.parametrize(
    ("block", "value", "field"),
    [
        (ItemsBlock(), {"title": "事项", "codes": ["S99"]}, "codes"),
        (ParameterBlock(), {"key": "no.such"}, "key"),
        (LawBlock(), {"source": "某条例", "note": ""}, "source"),
        (LawBlock(), {"source": "《不存在的条例》第一条", "note": ""}, "source"),
    ],
)
def test_a_block_refuses_what_is_not_there(block: Any, value: dict[str, Any], field: str) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(value))

    assert list(refused.value.block_errors) == [field]


def test_a_block_takes_what_is_there() -> None:
    load_reference()
    load_laws()
    item = ServiceItemFactory(published=True)
    for block, value in (
        (ItemsBlock(), {"title": "事项", "codes": [item.code]}),
        (ParameterBlock(), {"key": "contract.sign"}),
        (LawBlock(), {"source": "《优化营商环境条例》第四十三条", "note": ""}),
    ):
        assert block.clean(block.to_python(value))


def test_a_step_without_a_form_has_no_button() -> None:
    block = StepsBlock()
    value = block.to_python({"steps": [{"title": "等待", "text": "", "form": ""}]})

    assert "btn" not in block.render(value)


def test_a_chart_says_what_the_page_of_figures_says() -> None:
    load_reference()
    settle()
    before = drawn("chart", {"figure": "classes", "span": "all", "city": ""})
    reckon(at=NOON)
    asked = asked_at(Scope("all"), NOON.date())
    assert asked
    plot = plot_of("classes", asked)
    assert plot
    assert plot.rows

    html = drawn("chart", {"figure": "classes", "span": "all", "city": ""})

    assert "还没有统计" in before
    for row in plot.rows:
        assert f'<a href="{escape(row.url)}">{row.label}</a>' in html
        assert [f'<td class="r">{cell}</td>' in html for cell in row.cells] == [True] * 4
    assert plot.csv_url.replace("&", "&amp;") in html
    assert 'href="/statistics/?period=all"' in html


def test_every_figure_can_be_chosen_by_its_own_name() -> None:
    load_reference()
    settle()
    reckon(at=NOON)
    asked = asked_at(Scope("all"), NOON.date())
    assert asked

    assert CHARTS == [(make.__name__, make(asked).title) for make in PLOTS]


def test_a_chart_of_a_city_that_is_none_is_refused() -> None:
    load_reference()
    block = ChartBlock()
    division("360702")  # with its city above
    given = {"figure": "months", "span": "", "city": "360700"}

    assert block.clean(block.to_python(given))["city"] == "360700"
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({**given, "city": "360702"}))
    assert "没有这个设区市" in str(refused.value.block_errors["city"])
