"""A question about an order, and its answer."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import Question
from marketplace.forms.fields import SingleLines


class QuestionForm(SingleLines, forms.Form):
    """What everybody will read, but not who asks."""

    GUARD_FIELDS: ClassVar = {"question_hides_its_asker": "text"}

    text = forms.CharField(
        label=_("问题"),
        max_length=Question._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("业主答复后，问题和答复一起公开，不公开是谁提问。不要写出本单位名称。"),
    )


class AnswerForm(SingleLines, forms.Form):
    """What the buyer says to it, once."""

    answer = forms.CharField(
        label=_("答复"),
        max_length=Question._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("提交后立即公开，不能修改，已报名的机构都会收到消息。答复不能改变采购条件。"),
    )
