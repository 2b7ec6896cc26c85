"""Files, deliveries and stars."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.forms.tenders import ReasonsForm
from bidding.guards.awards import OF_BUYERS
from bidding.models import Contract, Evaluation
from credit.models import name_of_kind
from marketplace.forms.fields import DocumentsField, SingleLines, TakesFiles


class FileForm(TakesFiles, SingleLines, forms.Form):
    """One file and what belongs to it."""

    file = DocumentsField()

    def sent(self) -> dict[str, Any]:
        """Return what an action takes of a valid form."""
        values = dict(self.cleaned_data)
        return {"files": values.pop("file"), **values}


class DeliveryForm(FileForm):
    """The result of the service, with a word on it."""

    note = forms.CharField(label=_("说明"), max_length=300, required=False)


STAR_CHOICES = [(5, _("5 星")), (4, _("4 星")), (3, _("3 星")), (2, _("2 星")), (1, _("1 星"))]


LABELS = {field.name: field.verbose_name for field in Evaluation._meta.fields}


class StarsField(forms.TypedChoiceField):
    """One to five stars; nothing is chosen beforehand."""

    def __init__(self, criterion: str) -> None:
        super().__init__(
            label=LABELS[criterion],
            choices=STAR_CHOICES,
            coerce=int,
            widget=forms.RadioSelect,
        )


class RatingForm(SingleLines, forms.Form):
    """Five criteria and a comment."""

    quality = StarsField("quality")
    attitude = StarsField("attitude")
    timeliness = StarsField("timeliness")
    charges = StarsField("charges")
    conduct = StarsField("conduct")
    comment = forms.CharField(
        label=_("评语"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("评语和星级向社会公开。"),
    )


class RejectForm(ReasonsForm):
    """What is wrong with the buyer's text, and whether it changes what was awarded."""

    changes_the_award = forms.BooleanField(
        label=_("文本改变了中选结果的价款、内容或者期限"),
        required=False,
        help_text=_("勾选的，同时告知行业监管部门核实；属实的记入项目业主的信用记录。"),
    )


class PaymentForm(SingleLines, forms.Form):
    """Whether the winner was paid as agreed."""

    answer = forms.ChoiceField(
        label=_("是否已按约收到款项"), choices=Contract.Payment, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("欠款情况"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("答复没有收到的必填：约定的付款日期、已付和未付的金额。项目业主能看到。"),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("answer") == Contract.Payment.UNPAID and not values.get("reasons"):
            self.add_error("reasons", _("请写明欠款情况"))
        return values


class BuyerReportForm(SingleLines, forms.Form):
    """What the buyer of an order did, as its winner says."""

    kind = forms.ChoiceField(label=_("反映的事项"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("情况"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "写明时间、金额和经过，例如验收日期、约定的付款日期、现在的欠款。项目业主能看到。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one, name_of_kind(one)) for one in OF_BUYERS]  # type: ignore[attr-defined]
