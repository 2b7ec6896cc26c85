"""A next version of the credit scheme."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import SingleLines

MOST_BYTES = 512 * 1024


class SchemeForm(SingleLines, forms.Form):
    """The document of a version, and why it takes the place of the one in force."""

    file = forms.FileField(
        label=_("方案文件"),
        help_text=_("JSON 文件。在下载的现行方案上修改：版本号加一，施行日期写以后的日期。"),
    )
    reason = forms.CharField(label=_("修改理由"), max_length=300)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件超过 512 KB，这不是信用评价方案。"))
        return file
