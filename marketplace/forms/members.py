"""Invite somebody to act for the organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.fields import SingleLines
from marketplace.guards.memberships import roles_of
from marketplace.models import Organization


class InvitationForm(SingleLines, forms.Form):
    """Whom, and in which of the roles that the organisation has."""

    login = forms.CharField(
        label=_("用户名或邮箱"),
        help_text=_("须与对方账号完全一致。"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(label=_("角色"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in roles_of(organization)]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
