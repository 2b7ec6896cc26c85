"""What a buyer changes of an order that takes bids, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import AmountField
from bidding.forms.tenders import TimedForm
from bidding.forms.terms import MomentField
from bidding.models import Tender
from bidding.rulebook import rules_for
from bidding.rules.notices import MATERIAL
from bidding.selection.methods import METHODS
from marketplace.kernel.verdicts import Verdict


class AmendForm(TimedForm):
    """
    The fields of an open order that may be changed, as they stand, and the reasons.

    Which changes begin the sign-up anew is said at each field, from the rules that bind the order.
    The act asks the guards: what is too early depends on whether the clock begins again.
    """

    REQUIRED = ("title", "content", "service_time", "contact_name", "contact_phone")
    GUARD_FIELDS: ClassVar = {
        "ceiling_is_above_zero": "ceiling",
        "price_is_explained": "ceiling",
        "ceiling_is_below_tender_limit": "ceiling",
        "order_has_ceiling": "ceiling",
        "rate_has_a_base": "ceiling",
        "floor_is_allowed": "floor",
        "floor_is_below_ceiling": "floor",
        "project_code_is_well_formed": "project_code",
        "reasons_are_given": "reasons",
        "selection_follows_the_sign_up": "selection_at",
        "selection_is_soon_after_the_sign_up": "selection_at",
        "service_period_is_short_enough": "service_time",
        "sign_up_ends_by_days_or_at_a_time": "signup_until",
        "sign_up_period_is_long_enough": "signup_until",
        "sign_up_period_is_short_enough": "signup_until",
    }
    MATERIAL_NOTE = _("变更这一项须重新计算报名期，已提交的报价须重新提交。")

    ceiling = AmountField(label=_("最高限价（元）"), required=False)
    floor = AmountField(label=_("最低限价（元）"), required=False)
    signup_until = MomentField(label=_("报名截止时间"), required=False)
    selection_at = MomentField(label=_("选取时间"), required=False)
    reasons = forms.CharField(
        label=_("变更理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("理由向社会公开。"),
    )

    class Meta:
        model = Tender
        fields = [
            *("title", "content", "scale", "ceiling", "floor", "price_basis"),
            *("signup_until", "selection_at", "project_code", "contact_name", "contact_phone"),
        ]
        widgets = {"content": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method = METHODS[self.instance.method]
        for name in {"floor", "signup_until", "selection_at"}.difference(method.fields):
            del self.fields[name]
        rules = rules_for(self.instance, self.at)
        for name, field in self.fields.items():
            if name != "reasons" and rules.cell(MATERIAL, name):
                field.help_text = self.MATERIAL_NOTE

    def asked(self) -> Iterable[tuple[str, Verdict]]:
        return ()
