"""Help beside a form: written and reviewed as any page, and readable by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
            ("marketplace:move_new", _("人员转入转出")),
            ("marketplace:performance_new", _("申报业绩")),
            ("bidding:hall", _("竞价")),
            ("bidding:award_abandon", _("放弃中选")),
            ("bidding:buyer_report", _("反映业主的行为")),
            ("credit:own_case", _("陈述申辩")),
            ("credit:own_fact", _("说明情况")),
            ("credit:own_repair", _("信用修复")),
            ("credit:own_review", _("申请复核")),
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
            ("marketplace:buyer_facts", _("业主登记资料")),
            ("bidding:project_new", _("按项目登记采购")),
            ("bidding:tender_parts", _("材料、回避、分包和见证")),
            ("bidding:tender_cancel", _("取消采购")),
            ("bidding:tender_choose", _("从入围名单里选定")),
            ("bidding:question_answer", _("答复提问")),
            ("bidding:explanation_judge", _("审核成本说明")),
            ("bidding:template_save", _("存为模板")),
        ],
    ),
    (
        _("双方和公众"),
        [
            ("bidding:contract", _("合同与履约")),
            ("bidding:dispute_new", _("提出异议或者投诉")),
            ("bidding:report_new", _("举报")),
            ("marketplace:other_side", _("增加另一种身份")),
            ("bidding:dispute_answer", _("答复异议和投诉")),
            ("bidding:payment_answer", _("付款情况")),
            ("bidding:agency_contact", _("查看完整号码")),
            ("marketplace:members", _("成员和邀请")),
            ("search:saved_new", _("订阅")),
            ("account_login", _("账号、密码和二次验证")),
        ],
    ),
    (
        _("评审专家"),
        [
            ("bidding:seat", _("评审")),
        ],
    ),
    (
        _("工作人员"),
        [
            ("marketplace:admission_check", _("入驻审核")),
            ("marketplace:change_check", _("变更审核")),
            ("marketplace:owner_check", _("业主核验")),
            ("marketplace:performance_check", _("业绩核对")),
            ("bidding:operator_tender", _("采购审核和登记")),
            ("bidding:operator_public_value", _("录入公开随机数")),
            ("marketplace:handling", _("移交和代班")),
            ("bidding:dispute_recuse", _("回避")),
            ("bidding:dispute_decide", _("办理异议和投诉")),
            ("bidding:report_answer", _("答复举报")),
            ("bidding:expert_new", _("专家库")),
            ("bidding:inspection_new", _("双随机检查")),
            ("credit:case_new", _("立案")),
            ("credit:case_decide", _("办案和决定")),
            ("credit:case_review", _("复核、修复和撤销")),
            ("credit:fact", _("认定和更正")),
            ("credit:list_import", _("导入信用名单")),
            ("credit:scheme_versions", _("信用计分办法")),
            ("marketplace:item_new", _("服务事项")),
            ("marketplace:catalogue_list_new", _("公布目录")),
            ("marketplace:imports", _("导入数据")),
            ("marketplace:rule_new", _("修改规则")),
            ("marketplace:reset_new", _("重设二次验证")),
            ("marketplace:identity", _("身份登记")),
            ("marketplace:authorities", _("设立下级机构")),
            ("search:terms", _("同义词")),
            ("cms:posts", _("编辑和部门")),
        ],
    ),
]
"""Every form that asks for something, by the name of its address and by who fills it in."""
SHARED: Mapping[str, Sequence[str]] = {
    "marketplace:change_new": (
        "marketplace:change_of",
        "marketplace:change_correct",
    ),
    "bidding:tender_new": (
        "bidding:tender_item",
        "bidding:pushed",
    ),
    "bidding:contract": (
        "bidding:contract_upload",
        "bidding:contract_reject",
        "bidding:deliver",
        "bidding:return_delivery",
        "bidding:rate",
    ),
    "bidding:dispute_new": (
        "bidding:dispute_about",
        "bidding:dispute_complain",
    ),
    "bidding:report_new": ("bidding:report_find",),
    "marketplace:move_new": (
        "marketplace:move",
        "marketplace:move_release",
        "marketplace:move_contest",
        "marketplace:move_allow",
        "marketplace:move_refuse",
    ),
    "bidding:hall": ("bidding:quote",),
    "bidding:project_new": ("bidding:pushed_dismiss",),
    "bidding:tender_parts": (
        "bidding:tender_papers_add",
        "bidding:tender_avoid",
        "bidding:tender_divide",
        "bidding:tender_exempt",
        "bidding:tender_invite",
    ),
    "bidding:agency_contact": ("bidding:tender_contact",),
    "search:saved_new": ("search:saved",),
    "account_login": (
        "account_signup",
        "account_reset_password",
        "account_reset_password_from_key",
        "account_email",
        "account_change_phone",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_verify_phone",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
    ),
    "bidding:seat": (
        "bidding:seat_accept",
        "bidding:seat_decline",
        "bidding:sheet_keep",
        "bidding:sheet_submit",
    ),
    "marketplace:admission_check": (
        "marketplace:admission_approve",
        "marketplace:admission_return",
        "marketplace:objection_uphold",
        "marketplace:namesakes_rule_out",
    ),
    "marketplace:change_check": (
        "marketplace:change_confirm",
        "marketplace:change_return",
    ),
    "marketplace:owner_check": (
        "marketplace:owner_confirm",
        "marketplace:owner_return",
    ),
    "marketplace:performance_check": ("marketplace:performance_refuse",),
    "bidding:operator_tender": (
        "bidding:operator_approve",
        "bidding:operator_return",
        "bidding:operator_register",
    ),
    "marketplace:handling": (
        "marketplace:hand_over",
        "marketplace:stand_ins",
        "credit:case_hand_over",
    ),
    "bidding:dispute_recuse": (
        "credit:case_recuse",
        "bidding:inspection_step_aside",
    ),
    "bidding:dispute_decide": (
        "bidding:dispute_refuse",
        "bidding:dispute_close",
    ),
    "bidding:expert_new": (
        "bidding:expert",
        "bidding:seat_bar",
    ),
    "bidding:inspection_new": ("bidding:inspection_report",),
    "credit:case_new": (
        "credit:finding",
        "credit:case_aside",
    ),
    "credit:case_decide": (
        "credit:case_dismiss",
        "credit:case_hearing",
        "credit:case_hearing_held",
    ),
    "credit:case_review": (
        "credit:case_repair",
        "credit:case_revoke",
        "credit:case_suspend",
    ),
    "credit:fact": ("credit:entry_correct",),
    "credit:list_import": ("credit:peer_import",),
    "marketplace:item_new": (
        "marketplace:item_edit",
        "marketplace:item_requirement",
    ),
    "marketplace:catalogue_list_new": (
        "marketplace:catalogue_list",
        "marketplace:catalogue_list_submit",
    ),
    "marketplace:rule_new": ("marketplace:rules_in",),
    "cms:posts": ("cms:department_new",),
}
"""Further addresses of a form: where it is sent to, and other steps of the same matter."""
HELPED: Mapping[str, str] = {view: view for _who, forms in FORMS for view, _label in forms} | {
    view: form for form, others in SHARED.items() for view in others
}
"""The form whose help stands at an address."""


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

    @property
    def is_for_staff(self) -> bool:
        """Tell whether its form is one that those who work here fill in, the last of all groups."""
        _who, forms = FORMS[-1]
        return self.form in dict(forms)

    def listed(self) -> Listed:
        group = next((who for who, forms in FORMS if self.form in dict(forms)), "")
        return Listed(self.title, self.url or "", self.summary, group=group)
