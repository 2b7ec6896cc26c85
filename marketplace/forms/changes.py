"""What an agency on the register proposes to change, and the officer's decision on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.forms.admissions import (
    ApprovalForm,
    FactsForm,
    PractitionerForm,
    QualificationForm,
)
from marketplace.forms.fields import DocumentsField, SingleLines, TakesFiles
from marketplace.forms.remarks import RemarksForm
from marketplace.models import Agency, Qualification, ServiceClass
from marketplace.registered import AGENCY_FACTS, FACTS

ONE_DAY = timedelta(days=1)


class PapersField(DocumentsField):
    """The papers with which the officer compares a change."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("证明材料"), "required": False, **kwargs})


class ProvesForm(TakesFiles):
    """A form with papers; whether it needs any depends on what is changed, so a guard asks."""

    GUARD_FIELDS = {"change_has_its_papers": "papers"}

    def wanted(self) -> dict[str, Any]:
        """Return what an action takes of a valid form."""
        values = dict(self.cleaned_data)
        files = values.pop("papers")
        return {"values": values, "files": files}


class FactsChangeForm(ProvesForm, FactsForm):
    """The facts of the agency; only what differs is proposed."""

    papers = PapersField(label=_("营业执照或者登记证书"))

    field_order = [*FactsForm.field_order, "papers"]

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        # the form fills in the row that it is given
        self.registered = {
            name: getattr(agency if name in AGENCY_FACTS else agency.organization, name)
            for name in FACTS
        }
        super().__init__(*args, agency=agency, **kwargs)

    def wanted(self) -> dict[str, Any]:
        """Leave out what differs from the register in its spelling alone."""
        wanted = super().wanted()
        values = wanted["values"]
        kept = {name: value for name, value in values.items() if not self._is_as_spelt(name, value)}
        return {**wanted, "values": kept}

    def _is_as_spelt(self, name: str, value: Any) -> bool:
        field = self.fields[name]
        try:
            respelt = field.clean(field.prepare_value(self.registered[name]))
        except forms.ValidationError:
            return False
        return bool(respelt == value)


class CertificateChangeForm(ProvesForm, QualificationForm):
    """A certificate as it shall be registered."""

    papers = PapersField(label=_("证书、备案证明"))


class PractitionerChangeForm(ProvesForm, PractitionerForm):
    """A professional as they shall be registered."""

    papers = PapersField(label=_("执业证书、近三个月社保证明"))


class ScopeForm(ProvesForm, SingleLines, forms.Form):
    """The service classes that somebody may act for."""

    service_classes = forms.ModelMultipleChoiceField(
        label=_("授权办理的服务类别"),
        queryset=ServiceClass.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("一项不选的，各类别都可以办理。"),
    )
    papers = PapersField(label=_("授权委托书"))


class EndForm(ProvesForm, SingleLines, forms.Form):
    """Take a certificate or a professional off the register."""

    papers = PapersField(label=_("注销证明"))


def renewed(certificate: Qualification) -> dict[str, Any]:
    """Return what the form of a renewal begins with: the day after the old one ends."""
    names = ("service_class", "kind", "name", "certificate_number", "discipline", "level", "issuer")
    known = {name: getattr(certificate, name) for name in names}
    until = certificate.valid_until
    start = until + ONE_DAY if until else None
    return {**known, "service_class": certificate.service_class.code, "valid_from": start}


class ConfirmForm(ApprovalForm):
    """The officer's confirmations, each asked only when there is something to confirm."""


class ReturnChangeForm(RemarksForm):
    """Why the change goes back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].help_text = _("逐项选了意见的可以不写；写的机构会原样看到。")
