"""Files, deliveries and stars."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bidding.models import Evaluation

FILE_HELP = _("PDF、DOCX、JPEG 或 PNG，最大 20 MB。按文件内容判断类型，改扩展名无效。")


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("文件"), help_text=FILE_HELP)


class DeliveryForm(FileForm):
    """The result of the service, with a word on it."""

    note = forms.CharField(label=_("说明"), max_length=300, required=False)


STAR_CHOICES = [(5, _("5 星")), (4, _("4 星")), (3, _("3 星")), (2, _("2 星")), (1, _("1 星"))]


class StarsField(forms.TypedChoiceField):
    """One to five stars; nothing is chosen beforehand."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, choices=STAR_CHOICES, coerce=int, widget=forms.RadioSelect)


class RatingForm(forms.Form):
    """Five criteria and a comment."""

    quality = StarsField(Evaluation._meta.get_field("quality").verbose_name)
    attitude = StarsField(Evaluation._meta.get_field("attitude").verbose_name)
    timeliness = StarsField(Evaluation._meta.get_field("timeliness").verbose_name)
    charges = StarsField(Evaluation._meta.get_field("charges").verbose_name)
    conduct = StarsField(Evaluation._meta.get_field("conduct").verbose_name)
    comment = forms.CharField(
        label=_("评语"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("评语和星级向社会公开。"),
    )
