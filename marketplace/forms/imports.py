"""A manager gives a file of one reference list, sees what it would do, and takes it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.actions.imports import FILE_SIZE, PORTS, faults_in
from marketplace.forms.reference import sentence_of
from marketplace.reference import BadReferenceData
from marketplace.web.tables import table_text

LISTS = {
    "items": _("服务事项（导入为草稿，列入清单后公布）"),
    "classes": _("服务类别"),
    "approvals": _("审批事项"),
    "refused": _("不得作为事项的名称"),
    "laws": _("法律、法规和文件"),
    "articles": _("条文"),
    "divisions": _("行政区划（文件里没有的，自导入之日起停用）"),
    "places": _("全国行政区划代码（文件里没有的，自当年起停用）"),
    "calendar": _("节假日和调休（文件里写到的年度，以文件为准）"),
    "ownership": _("股权和管理关系（文件里写到的单位，以文件为准）"),
}


class ImportForm(forms.Form):
    """A file of one list, or, the second time, the text that was read of it."""

    name = forms.ChoiceField(label=_("哪一份数据"), choices=list(LISTS.items()))
    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("CSV（UTF-8 或者 GBK）或者 Excel，列与下载的文件相同，2 MB 以内。"),
    )
    content = forms.Field(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > FILE_SIZE:
            raise forms.ValidationError(_("文件超过 2 MB，请分成几份。"))
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "name" not in given or self.errors:
            return given
        try:
            given["text"] = self._text(given)
        except BadReferenceData as error:
            self.add_error("file", sentence_of(error))
            return given
        port = PORTS[given["name"]]
        for fault in faults_in(port, given["text"]):
            self.add_error("file", sentence_of(fault))
        if not self.errors:
            given["text"] = port.carried(given["text"])
        return given

    def _text(self, given: dict[str, Any]) -> str:
        if given["file"] is not None:
            return table_text(given["file"].read(), given["file"].name)
        if not given["content"]:
            raise BadReferenceData(str(_("文件")), 0, "", "empty")
        # a browser sends the lines of a hidden field with other ends
        return str(given["content"]).replace("\r\n", "\n")
