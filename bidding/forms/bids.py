"""The sealed amount of a bid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from bidding.forms.amounts import (
    AmountField,
    AsksAgain,
    ConfirmedAmount,
    RateField,
    UnitPriceField,
)
from bidding.guards.plans import plan_limit
from bidding.guards.terms import amount_suits_the_payer, low_amount_is_confirmed
from bidding.models import Tender
from bidding.rulebook import rules_for
from bidding.sealing.contents import Plan
from bidding.selection.methods import method_of
from marketplace.forms.fields import DocumentField, SingleLines
from marketplace.models import Practitioner
from marketplace.web.examination import examined

RATE_HELP = _("填写百分比，例如 20 或 12.5%，精确到 0.01%。以最高限价为基准折合成金额。")
UNIT_HELP = _("填写一%(unit)s的价格，总额按暂估数量 %(count)s %(unit)s计算。")
HELP = _("可以写 348000、348,000 或 34.8万，精确到分。单位是元，以万元计的写明“万”。")


def named_of(people: Sequence[Practitioner]) -> forms.MultipleChoiceField:
    """Return the field in which an agency names some of its people."""
    return forms.MultipleChoiceField(
        label=_("承担项目的执业人员"),
        choices=[
            (one.certificate_number, f"{one.name} {one.certificate_name} {one.certificate_number}")
            for one in people
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("随报价密封；开启后公开姓名和遮盖的证书编号，签约时须仍在贵单位执业。"),
    )


def small_of(percent: int) -> forms.BooleanField:
    """Return the field in which an agency declares to be a small enterprise."""
    said = _(
        "勾选即声明贵单位是小型、微型企业，报价扣除 %(percent)s%% 后与其他报价比较，"
        "中选后按报价签约。声明随报价密封，开启后公开。"
    )
    return forms.BooleanField(
        label=_("贵单位是小型、微型企业"), required=False, help_text=said % {"percent": percent}
    )


UUID_FORM = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


class OfferForm(SingleLines, AsksAgain, forms.Form):
    """One sealed amount."""

    GUARD_FIELDS: ClassVar = {
        "amount_is_within_ceiling": "amount",
        "amount_is_not_below_floor": "amount",
        "amount_suits_the_payer": "amount",
        "amount_is_of_a_rate": "amount",
        "amount_is_of_a_unit_price": "amount",
    }

    amount = AmountField(label=_("报价（元）"), help_text=HELP)
    confirmed = ConfirmedAmount()
    part = forms.RegexField(
        r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput(attrs={"data-part": ""})
    )
    """What the bidder's browser adds to a draw; without a script chance is drawn here."""
    key = forms.RegexField(UUID_FORM, required=False, initial=uuid4, widget=forms.HiddenInput)
    """Made with the page: the same form sent twice counts once."""

    def __init__(
        self,
        *args: Any,
        tender: Tender,
        at: datetime,
        people: Sequence[Practitioner] = (),
        **kwargs: Any,
    ) -> None:
        """Ask which of `people` do the work, where the item of the order asks for people."""
        super().__init__(*args, **kwargs)
        self.tender, self.at = tender, at
        if people:
            self.fields["people"] = named_of(people)
        if tender.is_by_rate and tender.ceiling is not None:
            self.fields["amount"] = RateField(
                base=tender.ceiling, label=_("下浮率（%）"), help_text=RATE_HELP
            )
        if tender.is_by_unit and tender.quantity:
            named = {"unit": tender.quantity_unit, "count": f"{tender.quantity:,}"}
            self.fields["amount"] = UnitPriceField(
                quantity=tender.quantity,
                label=_("单价（元/%(unit)s）") % named,
                help_text=UNIT_HELP % named,
            )
        percent = method_of(tender).small_deduction(tender, rules_for(tender, at))
        if percent:
            self.fields["is_small"] = small_of(percent)
        if method_of(tender).takes_plans:
            self.fields["plan"] = plan = DocumentField(label=_("方案"))
            plan.limit_to(plan_limit(rules_for(tender, at)))
        published = method_of(tender).published_amount(tender)
        if published is not None:
            self.fields["amount"] = AmountField(
                label=method_of(tender).words.published, initial=f"{published:.2f}", disabled=True
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount = cleaned.get("amount")
        if amount is not None and self._is_allowed(amount):
            rules = rules_for(self.tender, self.at)
            self.ask_again(
                amount, "amount", partial(low_amount_is_confirmed, self.tender, rules=rules)
            )
        part, key = cleaned.pop("part", ""), cleaned.pop("key", None)
        told = {name: value for name, value in cleaned.items() if name != "confirmed"}
        if (upload := told.pop("plan", None)) is not None:
            told["plan"] = _plan(upload)
        chance = {"part": bytes.fromhex(part)} if part else {}
        return {**told, **chance, **({"key": UUID(key)} if key else {})}

    def _is_allowed(self, amount: Decimal) -> bool:
        """Refuse what no second word would make right."""
        verdict = amount_suits_the_payer(self.tender, amount)
        if not verdict.holds:
            self.add_error("amount", verdict.explained)
        return verdict.holds


def _plan(upload: UploadedFile) -> Plan:
    """Return an uploaded file as it is sealed; its type is what its content says."""
    file = examined(upload, upload.size or 0)
    upload.seek(0)
    content_type = file.kind.content_type if file.kind else ""
    return Plan(name=file.name, content_type=content_type, content=upload.read())
