"""What an approval system sends of a project: the same checks as a form's, under its own names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bidding.actions.pushes import Sent, push_project
from bidding.forms.amounts import folded
from bidding.guards.templates import project_has_a_code
from bidding.models import PushedProject
from marketplace.forms.fields import SingleLines, raise_refusals
from marketplace.forms.telephones import TelephoneField
from marketplace.guards.registration import may_be_uscc
from marketplace.identifiers import check_uscc, with_hyphens
from marketplace.kernel.calendar import day_of
from marketplace.kernel.verdicts import Refused
from marketplace.models import Division, ServiceItem
from marketplace.web.views import refuse

Text = str | Promise
Errors = list[dict[str, str]]
NO_TOKEN = _("没有令牌或者令牌不对，请向平台运营机构核对 Authorization。")
TOO_LONG = _("内容超过 16 KB，请只推送约定的字段。")
NO_OBJECT = _("内容不是一个 JSON 对象，请用 UTF-8 编码的 JSON 推送。")
NAMES = {
    "projectCode": "project_code",
    "projectName": "title",
    "enterpriseName": "owner_name",
    "socialCreditCode": "uscc",
    "contactName": "contact_name",
    "contactPhone": "contact_phone",
    "itemCode": "item",
    "divisionCode": "division",
}
"""What each field is called where it comes from."""
ALSO = {"projectPassphrase": "projectCode"}
"""Other names of the same, as systems of some provinces have them."""


class PushForm(SingleLines, forms.Form):
    """One project, as it is sent; `sent` is what a right one says."""

    GUARD_FIELDS: ClassVar = {
        "owner_is_registered": "uscc",
        "owner_was_checked": "uscc",
        "owner_has_this_name": "owner_name",
    }

    project_code = forms.CharField(label=_("统一项目代码"), max_length=64)
    title = forms.CharField(label=_("项目名称"), max_length=120)
    owner_name = forms.CharField(label=_("项目单位名称"), max_length=120)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=40)
    contact_name = forms.CharField(label=_("联系人"), max_length=32)
    contact_phone = TelephoneField()
    item = forms.CharField(label=_("事项编码"), max_length=32, required=False)
    division = forms.CharField(label=_("区划代码"), max_length=6, required=False)

    def __init__(self, data: Mapping[str, Any], at: datetime) -> None:
        super().__init__(data)
        self.at = at
        for field in self.fields.values():
            field.error_messages["required"] = _("必须填写。")

    def clean_project_code(self) -> str:
        code = with_hyphens(folded(self.cleaned_data["project_code"]))
        raise_refusals((project_has_a_code(code),))
        return code

    def clean_uscc(self) -> str:
        check = check_uscc(self.cleaned_data["uscc"])
        raise_refusals(may_be_uscc(check))
        return check.value

    def clean_item(self) -> ServiceItem | None:
        code = self.cleaned_data["item"]
        found = ServiceItem.objects.offered_on(day_of(self.at)).filter(code=code).first()
        if code and found is None:
            raise ValidationError(
                _("目录中没有这个编码的有效事项，请从 /items.json 取编码，或者不填。")
            )
        return found

    def clean_division(self) -> Division | None:
        code = self.cleaned_data["division"]
        found = Division.objects.filter(code=code).first()
        if code and found is None:
            raise ValidationError(_("没有这个区划代码。请填本省 6 位区划代码，或者不填。"))
        return found

    @property
    def sent(self) -> Sent:
        return Sent(**self.cleaned_data)


class DismissalForm(SingleLines, forms.Form):
    """Why a project is sent back."""

    GUARD_FIELDS: ClassVar = {"dismissal_reasons_are_given": "reasons"}

    reasons = forms.CharField(
        label=_("退回的理由"),
        max_length=PushedProject._meta.get_field("dismissal_reasons").max_length,
        help_text=_("例如：不是本单位的项目，或者内容有误。改正以后可以重新推送。"),
    )


def whole(message: Text) -> Errors:
    """Return one error that is of no field."""
    return [{"field": "", "message": str(message)}]


def read(body: bytes) -> dict[str, Any] | None:
    """Return the object that was sent; None if it is none, no JSON, or too deep to be read."""
    try:
        given = json.loads(body.decode())
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None


def receive(
    system: str, given: Mapping[str, Any], at: datetime
) -> tuple[PushedProject | None, Errors]:
    """Return the project that is kept of what was sent, or what is wrong with it."""
    if errors := wrong_in(given):
        return None, errors
    named = {NAMES[ALSO.get(name, name)]: value for name, value in given.items()}
    form = PushForm(named, at)
    if not form.is_valid():
        return None, under_their_names(form)
    try:
        return push_project(system=system, sent=form.sent, at=at), []
    except Refused as refused:
        refuse(form, refused)
        return None, under_their_names(form)


def wrong_in(given: Mapping[str, Any]) -> Errors:
    """Return what cannot be read as the fields of a project at all."""
    wrong: dict[str, Text] = {}
    for name, value in given.items():
        if name not in NAMES and name not in ALSO:
            wrong[name] = _("没有这个字段，请核对名称。")
        elif not isinstance(value, str) or storable(value) != value:
            wrong[name] = _("应为一段文字（JSON 字符串，UTF-8）。")
    for other, name in ALSO.items():
        if other in given and given.get(name, given[other]) != given[other]:
            wrong[other] = _("与 %(name)s 是同一项，两处不一致，请只填一处。") % {"name": name}
    shown = {storable(name): why for name, why in wrong.items()}
    return [{"field": name, "message": f"{name}：{why}"} for name, why in shown.items()]


def storable(text: str) -> str:
    """Return `text` with ? for each half of a pair of UTF-16, which no database keeps."""
    return text.encode(errors="replace").decode()


def under_their_names(form: PushForm) -> Errors:
    """Return what is wrong, each with the name that was sent, the field in words, and the rule."""
    names = {ours: theirs for theirs, ours in NAMES.items()}
    found = []
    for ours, errors in form.errors.items():
        field = form.fields.get(ours)
        begin = f"{names[ours]}（{field.label}）：" if field else ""
        found += [{"field": names.get(ours, ""), "message": f"{begin}{text}"} for text in errors]
    return found
