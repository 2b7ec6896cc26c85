"""Set up an authority below, with its first manager."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import DivisionField, SingleLines
from marketplace.models import Division, Organization


class AuthorityForm(SingleLines, forms.Form):
    """What it is called, where it is, and who manages it first."""

    GUARD_FIELDS: ClassVar = {
        "authority_has_no_manager": "name",
        "authority_is_not_proposed": "name",
        "area_lies_below": "division",
    }

    name = forms.CharField(label=_("机构名称"), help_text=_("机构的全称。"), max_length=120)
    division = DivisionField(label=_("所辖地区"), help_text="")
    login = forms.CharField(
        label=_("第一位管理员的用户名或邮箱"),
        help_text=_("须与对方账号完全一致；对方先自行注册账号，确认后收到邀请。"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, office: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = Division.objects.standing().within(office.division).exclude(pk=office.division_id)
        places = [(row.code, row.full_name) for row in below.select_related("parent")]
        self.fields["division"].choices = places  # type: ignore[attr-defined]
