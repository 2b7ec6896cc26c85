"""The two pages on which a person adds a phone to log in with."""

from __future__ import annotations

from allauth.account.forms import ChangePhoneForm
from allauth.account.views import ChangePhoneView, verify_phone
from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from django.http import HttpResponse

__all__ = ["change_phone", "verify_phone"]


class ChangePhone(ChangePhoneView):
    """allauth's page, which leaves a second code within the pause to the caller."""

    def form_valid(self, form: ChangePhoneForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except RateLimited:
            response = respond_429(self.request)
        return response


change_phone = ChangePhone.as_view()
