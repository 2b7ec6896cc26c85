"""Help beside a form: written and reviewed as any page, and readable by itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.models.content import Listed, SummedUpPage

FORMS = [
    (
        _("中介服务机构"),
        [
            ("marketplace:register_agency", _("登记中介服务机构")),
            ("marketplace:admission_facts", _("入驻资料：基本情况")),
            ("marketplace:admission_qualifications", _("入驻资料：资质")),
            ("marketplace:admission_practitioners", _("入驻资料：执业人员")),
            ("marketplace:admission_papers", _("入驻资料：证照材料")),
            ("marketplace:admission_commitment", _("入驻资料：承诺并提交")),
            ("marketplace:change_new", _("登记变更")),
            ("bidding:bid", _("报价")),
            ("bidding:question_ask", _("提问")),
            ("bidding:bid_explain", _("成本说明")),
        ],
    ),
    (
        _("项目业主"),
        [
            ("marketplace:register_buyer", _("登记项目业主")),
            ("marketplace:register_person", _("登记自然人业主")),
            ("bidding:tender_new", _("发布采购：选事项")),
            ("bidding:tender_edit", _("发布采购：填需求、定方式")),
            ("bidding:tender_check", _("发布采购：核对")),
            ("bidding:tender_amend", _("变更公告")),
        ],
    ),
    (
        _("双方和公众"),
        [
            ("bidding:contract", _("合同与履约")),
            ("bidding:dispute_new", _("提出异议或者投诉")),
            ("bidding:report_new", _("举报")),
        ],
    ),
]
"""The forms of agencies and owners, by the names of their addresses and by who fills them in."""
HELPED = frozenset(view for _who, forms in FORMS for view, _label in forms)


class FormHelpPage(SummedUpPage):
    """
    What helps with one form; it stands beside the form while it is live.

    A copy is help for no form until its editor chooses one.
    """

    form = models.CharField(
        _("表单"),
        max_length=60,
        choices=FORMS,
        unique=True,
        null=True,
        blank=True,
        help_text=_("显示在这张表单旁边；不选的，只在栏目里列出"),
    )

    template = SummedUpPage.template
    content_panels = [
        *Page.content_panels,
        FieldPanel("form"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    exclude_fields_in_copy = ["form"]
    parent_page_types = ["cms.SectionPage"]

    class Meta:
        verbose_name = verbose_name_plural = _("填写说明")

    def listed(self) -> Listed:
        group = next((who for who, forms in FORMS if self.form in dict(forms)), "")
        return Listed(self.title, self.url or "", self.summary, group=group)
