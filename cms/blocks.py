"""What a page can be made of: each block is a typed value with one template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from bidding.models import Tender
from marketplace.kernel.calendar import day_of
from marketplace.kernel.laws import NotASource, parse
from marketplace.kernel.library import shelf
from marketplace.kernel.rules import is_declared, rules_in_force
from marketplace.models import Division, ServiceItem
from marketplace.web.components import DocumentCard

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
PLAIN_TEXT = ["bold", "link", "document-link", "ol", "ul"]
MAX_ORDERS = 10
FORMS = [
    ("marketplace:register_agency", _("机构入驻")),
    ("marketplace:register_buyer", _("业主登记")),
    ("bidding:tender_new", _("起草采购公告")),
    ("bidding:tender_list", _("采购公告")),
    ("bidding:award_list", _("中选公告与合同")),
    ("bidding:item_list", _("服务事项目录")),
    ("bidding:approval_list", _("审批事项")),
    ("bidding:agency_list", _("入驻机构")),
    ("bidding:complaints", _("异议和投诉")),
    ("bidding:report_new", _("举报")),
    ("credit:restriction_list", _("正在执行的限制")),
    ("marketplace:rulebook", _("规则手册")),
    ("marketplace:law_list", _("法规依据")),
    ("marketplace:workbench", _("工作台")),
    ("account_login", _("登录")),
]
CHARTS = [
    ("months", _("每月采购公告")),
    ("places", _("各设区市的采购")),
    ("amounts", _("每月中选金额")),
    ("classes", _("按服务类别")),
    ("methods", _("按选取方式")),
    ("funds", _("按资金来源")),
    ("savings", _("中选价低于最高限价多少")),
    ("competition", _("竞争：每项采购有几家报名")),
    ("waiting", _("从公告到中选要几个工作日")),
    ("payments", _("认定的逾期付款")),
    ("endings", _("没有选出机构的原因")),
    ("grades", _("机构的信用等级")),
]
"""The figures of the page of figures, by the names that their files have."""
THIS_YEAR, ALL_TIME = "", "all"
SPANS = [(THIS_YEAR, _("当年")), (ALL_TIME, _("全部时间"))]
TONES = [("", _("提示")), ("ok", _("可以")), ("warn", _("注意")), ("stop", _("不得"))]


class _Step(blocks.StructBlock):
    """One step of a guide; `form` is where it is done."""

    title = blocks.CharBlock(label=_("做什么"), max_length=60)
    text = blocks.RichTextBlock(label=_("说明"), features=PLAIN_TEXT, required=False)
    form = blocks.ChoiceBlock(label=_("在哪里办"), choices=FORMS, required=False)


class StepsBlock(blocks.StructBlock):
    """Steps in their order, each with a link to the form in which it is done."""

    steps = blocks.ListBlock(_Step(), label=_("步骤"), min_num=1)

    class Meta:
        label = _("办理步骤")
        icon = "list-ol"
        template = "cms/blocks/steps.html"

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        names = dict(FORMS)
        context["steps"] = [
            {
                "title": step["title"],
                "text": step["text"],
                "url": reverse(step["form"]) if step["form"] else "",
                "form": names.get(step["form"], ""),
            }
            for step in value["steps"]
        ]
        return context


class CalloutBlock(blocks.StructBlock):
    """What must not be overlooked."""

    tone = blocks.ChoiceBlock(label=_("语气"), choices=TONES, required=False)
    text = blocks.TextBlock(label=_("内容"), max_length=300)

    class Meta:
        label = _("提示框")
        icon = "warning"
        template = "cms/blocks/callout.html"


class FigureBlock(blocks.StructBlock):
    """A picture; what it shows is said in words, unless it only decorates."""

    image = ImageBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图注"), max_length=120, required=False)

    class Meta:
        label = _("图片")
        icon = "image"
        template = "cms/blocks/figure.html"


def card_of(file: Any) -> DocumentCard:
    """Return the card of an editors' document: its kind is the ending of its name."""
    return DocumentCard(file.title, file.url, file.file_extension.upper(), file.file_size or 0)


class FilesBlock(blocks.StructBlock):
    """Files to take away, each with its kind and size."""

    title = blocks.CharBlock(label=_("标题"), max_length=60, required=False)
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("文件"), min_num=1)

    class Meta:
        label = _("附件")
        icon = "doc-full"
        template = "cms/blocks/files.html"

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["cards"] = [card_of(file) for file in value["files"]]
        return context


class _Question(blocks.StructBlock):
    """One question with its answer."""

    question = blocks.CharBlock(label=_("问"), max_length=120)
    answer = blocks.RichTextBlock(label=_("答"), features=PLAIN_TEXT)


class QuestionsBlock(blocks.StructBlock):
    """Questions that are often asked, each closed until somebody opens it."""

    title = blocks.CharBlock(label=_("标题"), max_length=60, required=False)
    questions = blocks.ListBlock(_Question(), label=_("问答"), min_num=1)

    class Meta:
        label = _("常见问题")
        icon = "help"
        template = "cms/blocks/questions.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said or wrote, and who."""

    text = blocks.TextBlock(label=_("引文"), max_length=400)
    source = blocks.CharBlock(label=_("出处"), max_length=120)

    class Meta:
        label = _("引文")
        icon = "openquote"
        template = "cms/blocks/quote.html"


class OrdersBlock(blocks.StructBlock):
    """The orders that close next; they are read when the page is, and never typed."""

    title = blocks.CharBlock(label=_("标题"), max_length=60, default=_("即将截止的采购"))
    count = blocks.IntegerBlock(label=_("显示几项"), min_value=1, max_value=MAX_ORDERS, default=5)

    class Meta:
        label = _("最新采购公告")
        icon = "list-ul"
        template = "cms/blocks/orders.html"

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        from bidding.pages.order_lines import order_lines  # noqa: PLC0415 - pages need all models

        context: dict[str, Any] = super().get_context(value, parent_context)
        at = (parent_context or {}).get("platform_now")
        rows = Tender.objects.open_at(at) if at else Tender.objects.none()
        keys = rows.by_closing().values_list("pk", flat=True)
        context["orders"] = order_lines(keys[: value["count"]])
        return context


class ChartBlock(blocks.StructBlock):
    """A figure of the page of figures with its table, counted as it is there; never typed."""

    figure = blocks.ChoiceBlock(label=_("图表"), choices=CHARTS)
    span = blocks.ChoiceBlock(label=_("时间"), choices=SPANS, required=False)
    city = blocks.CharBlock(
        label=_("设区市的代码"),
        max_length=6,
        required=False,
        help_text=_("六位区划代码，例如南昌 360100；全省不填"),
    )

    class Meta:
        label = _("统计图表")
        icon = "history"
        template = "cms/blocks/chart.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        cities = Division.objects.filter(level=Division.Level.CITY)
        if cleaned["city"] and not cities.filter(code=cleaned["city"]).exists():
            raise _refused("city", gettext("没有这个设区市"))
        return cleaned

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        from bidding.pages.figures.page import asked_at, plot_of  # noqa: PLC0415 - pages need all models
        from bidding.pages.figures.scope import Scope  # noqa: PLC0415 - pages need all models

        context: dict[str, Any] = super().get_context(value, parent_context)
        context["plot"] = None
        if at := (parent_context or {}).get("platform_now"):
            today = day_of(at)
            scope = Scope(value["span"] or str(today.year), value["city"] or "")
            asked = asked_at(scope, today)
            context["plot"] = plot_of(value["figure"], asked) if asked else None
            context["figures_url"] = f"{reverse('bidding:figures')}?{scope.query}"
        return context


class ItemsBlock(blocks.StructBlock):
    """Items of the catalogue by their codes; names come from the catalogue."""

    title = blocks.CharBlock(label=_("标题"), max_length=60, default=_("相关服务事项"))
    codes = blocks.ListBlock(
        blocks.CharBlock(max_length=20, label=_("事项编码")), label=_("事项编码"), min_num=1
    )

    class Meta:
        label = _("服务事项")
        icon = "list-ul"
        template = "cms/blocks/items.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        known = {item.code for item in _published(cleaned["codes"])}
        if unknown := [code for code in cleaned["codes"] if code not in known]:
            raise _refused(
                "codes", gettext("目录里没有：%(codes)s") % {"codes": "、".join(unknown)}
            )
        return cleaned

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["items"] = _published(value["codes"])
        return context


class ParameterBlock(blocks.StructBlock):
    """A value of the rulebook as it is in force in the province when the page is read."""

    key = blocks.CharBlock(label=_("规则的键"), max_length=80)

    class Meta:
        label = _("规则数值")
        icon = "cog"
        template = "cms/blocks/parameter.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not is_declared(cleaned["key"]):
            raise _refused("key", gettext("规则手册里没有这个键"))
        return cleaned

    def get_context(
        self, value: Any, parent_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        province = Division.objects.province()
        at = (parent_context or {}).get("platform_now")
        rule = rules_in_force(province, day_of(at)).get(value["key"]) if province and at else None
        context["rule"] = rule
        return context


class LawBlock(blocks.StructBlock):
    """An article of the law library, cited as 《…》第…条; its text opens in place."""

    source = blocks.CharBlock(label=_("条文"), max_length=120)
    note = blocks.TextBlock(label=_("说明"), max_length=300, required=False)

    class Meta:
        label = _("法规条文")
        icon = "clipboard-list"
        template = "cms/blocks/law.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            unknown = [one.name for one in parse(cleaned["source"]) if one.name not in shelf()]
        except NotASource:
            raise _refused("source", gettext("请写成《…》第…条")) from None
        if unknown:
            raise _refused("source", gettext("法规库没有：%(laws)s") % {"laws": "、".join(unknown)})
        return cleaned


class _Moment(blocks.StructBlock):
    """One moment of a timeline."""

    when = blocks.CharBlock(label=_("时间"), max_length=40)
    what = blocks.CharBlock(label=_("事项"), max_length=120)


class TimelineBlock(blocks.StructBlock):
    """What happens in which order, with its times."""

    moments = blocks.ListBlock(_Moment(), label=_("时间"), min_num=1)

    class Meta:
        label = _("时间线")
        icon = "date"
        template = "cms/blocks/timeline.html"


def _published(codes: Iterable[str]) -> list[ServiceItem]:
    """Return the items in the catalogue by these codes, in their order; one query."""
    asked = list(codes)
    found = {item.code: item for item in ServiceItem.objects.published().filter(code__in=asked)}
    return [found[code] for code in asked if code in found]


def _refused(name: str, why: str) -> StructBlockValidationError:
    return StructBlockValidationError(block_errors={name: ValidationError(why)})


BODY = [
    (
        "text",
        blocks.RichTextBlock(
            label=_("正文"), features=RICH_TEXT, icon="pilcrow", template="cms/blocks/text.html"
        ),
    ),
    (
        "heading",
        blocks.CharBlock(
            label=_("小标题"), max_length=60, icon="title", template="cms/blocks/heading.html"
        ),
    ),
    (
        "table",
        TypedTableBlock(
            [("text", blocks.CharBlock(label=_("文字"), required=False))],
            label=_("表格"),
            template="cms/blocks/table.html",
        ),
    ),
    ("steps", StepsBlock()),
    ("callout", CalloutBlock()),
    ("figure", FigureBlock()),
    ("files", FilesBlock()),
    ("questions", QuestionsBlock()),
    ("quote", QuoteBlock()),
    ("chart", ChartBlock()),
    ("orders", OrdersBlock()),
    ("items", ItemsBlock()),
    ("parameter", ParameterBlock()),
    ("law", LawBlock()),
    ("timeline", TimelineBlock()),
]
GUIDANCE = [one for one in BODY if one[0] not in {"chart", "orders", "items"}]
FILES = [("file", DocumentChooserBlock(label=_("文件")))]
DOWNLOADS = [
    *FILES,
    (
        "contracts",
        blocks.StaticBlock(
            label=_("合同示范文本"),
            admin_text=_("平台的全部合同示范文本，其中的期限取自规则手册"),
            icon="doc-full",
        ),
    ),
]
QUESTIONS = [("question", _Question(label=_("问答")))]
