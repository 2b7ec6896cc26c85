"""Whom the owner chooses of those whom the selection listed, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import Choice
from marketplace.forms.fields import SingleLines


class ChoiceForm(SingleLines, forms.Form):
    """One of the list by its credit code, with reasons that everybody will read."""

    GUARD_FIELDS: ClassVar = {"candidate_is_listed": "candidate", "choice_has_reasons": "reasons"}

    candidate = forms.ChoiceField(label=_("选定的机构"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("选定理由"),
        max_length=Choice._meta.get_field("reasons").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("向社会公开，选定后不能更改。写明依据的是报价、业绩还是服务方案。"),
    )

    def __init__(self, *args: Any, candidates: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["candidate"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it stands above
        field.choices = list(candidates.items())
