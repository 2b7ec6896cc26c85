"""Send something back: a reason for each thing that is wrong, and words for all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.check_lists import reasons, said
from marketplace.forms.fields import SingleLines
from marketplace.web.components import Text


@dataclass(frozen=True)
class CheckItem:
    """One thing on the officer's list; `key` names it in the remark."""

    key: str
    label: Text
    value: str = ""
    origin: str = ""
    """Where the value came from, when nobody typed it."""


@dataclass(frozen=True)
class RemarkRow:
    """One thing with the two fields in which a remark is made."""

    item: CheckItem
    reason: BoundField
    note: BoundField


class RemarksForm(SingleLines, forms.Form):
    """What is wrong, thing by thing; without any the words for all of it are needed."""

    reasons = forms.CharField(
        label=gettext_lazy("退回理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, items: Sequence[CheckItem] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        choices = [("", _("符合")), *reasons().items()]
        for item in self.items:
            self.fields[f"reason-{item.key}"] = forms.ChoiceField(
                label=str(item.label), choices=choices, required=False
            )
            self.fields[f"note-{item.key}"] = forms.CharField(
                label=_("%(label)s：说明") % {"label": item.label}, max_length=200, required=False
            )

    def rows(self) -> Iterator[RemarkRow]:
        """Yield each thing with its fields, as the page draws them."""
        for item in self.items:
            yield RemarkRow(item, self[f"reason-{item.key}"], self[f"note-{item.key}"])

    def clean(self) -> dict[str, Any]:
        """Return the words and the remarks; words that are not given are made of the remarks."""
        values = super().clean() or self.cleaned_data
        remarks = [
            {
                "about": item.key,
                "label": str(item.label),
                "reason": values[f"reason-{item.key}"] or "other",
                "note": values[f"note-{item.key}"],
            }
            for item in self.items
            if values.get(f"reason-{item.key}") or values.get(f"note-{item.key}")
        ]
        lines = [f"{one['label']}：{said(one)}。" for one in remarks]
        words = values.get("reasons") or "\n".join(lines)[:1000]
        if not words and "reasons" not in self.errors:
            message = forms.Field.default_error_messages["required"]
            self.add_error("reasons", forms.ValidationError(message, code="required"))
        return {"reasons": words, "remarks": remarks}
