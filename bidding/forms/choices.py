"""Whom the owner chooses of those whom the selection listed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import Choice
from bidding.selection.scoring import WHOLE, Template
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


class ScoresForm(SingleLines, forms.Form):
    """A whole number for each criterion of each bidder, and a word on all of them."""

    GUARD_FIELDS: ClassVar = {"choice_has_reasons": "reasons"}

    reasons = forms.CharField(
        label=_("评语"),
        max_length=Choice._meta.get_field("reasons").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("向社会公开，提交后不能更改。写明各方案得分高低的理由。"),
    )

    def __init__(
        self, *args: Any, bidders: Mapping[str, str], template: Template | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bidders, self.criteria = bidders, template.criteria if template else ()
        for uscc, place, name in self._asked():
            label = _("%(agency)s：%(criterion)s（权重 %(weight)s%%，0 至 100 分）")
            said = {"agency": bidders[uscc], "criterion": name, "weight": self.criteria[place][1]}
            self.fields[named(uscc, place)] = forms.IntegerField(
                label=label % said, min_value=0, max_value=WHOLE
            )
        self.order_fields([*(named(uscc, place) for uscc, place, _name in self._asked())])

    def _asked(self) -> Iterator[tuple[str, int, str]]:
        for uscc in self.bidders:
            for place, (name, _weight) in enumerate(self.criteria):
                yield uscc, place, name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        points: dict[str, Sequence[int]] = {
            uscc: [cleaned.get(named(uscc, place), -1) for place in range(len(self.criteria))]
            for uscc in self.bidders
        }
        return {"points": points, "reasons": cleaned.get("reasons", "")}


def named(uscc: str, place: int) -> str:
    """Return the name of the field for one criterion of one bidder."""
    return f"points_{uscc}_{place}"
