"""How allauth meets our users: by e-mail, phone or user name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from marketplace.devices import device_of, remember
from marketplace.forms.accounts import PHONE_TAKEN_TEXT, VERIFICATION_TEXT, PhoneField, bare_phone
from marketplace.models import User
from marketplace.models.users import refuse_id_card_address


class AccountAdapter(DefaultAccountAdapter):
    """
    The platform's account rules.

    A phone is never asked for at sign-up. It is added later on its own page, counts once a code
    sent to it was typed in, and from then on logs its owner in.
    """

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_taken": User._meta.get_field("username").error_messages["unique"],
    }

    def clean_email(self, email: str) -> str:
        email = super().clean_email(email)
        refuse_id_card_address(email)
        return email

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt by account and address; a device of the account's owner by itself."""
        user = _meant(credentials)
        device = device_of(request, user)
        account = f"user {user.pk}" if user else _login_of(credentials)
        if device:
            counted = {"login_failed_known": f"{account} on {device}"}
        else:
            counted = {
                "login_failed": f"{account} from {self.get_client_ip(request)}",
                "login_strangers": account,
            }
        self._login_failed_rl_usage = RateLimitUsage(usage=[])
        for action, key in counted.items():
            used = consume(request, app="allauth.account", action=action, key=key)
            if used is None:
                raise self.validation_error("too_many_login_attempts")
            self._login_failed_rl_usage.usage += used.usage

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(request, response, user)
        return response

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.is_phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth's
        user.phone, user.is_phone_verified = phone, verified
        user.save(update_fields=["phone", "is_phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        claimed = User.objects.filter(phone=phone, is_phone_verified=False)
        claimed.exclude(pk=user.pk).update(phone=None)
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=bare_phone(phone), is_phone_verified=True).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_kwargs: Any) -> None:
        if self.get_user_by_phone(phone) not in {None, user}:
            self.send_account_already_exists_sms(phone)
            return
        _send_sms(phone, VERIFICATION_TEXT % {"code": code})

    def send_account_already_exists_sms(self, phone: str) -> None:
        _send_sms(phone, str(PHONE_TAKEN_TEXT))


def _meant(credentials: Mapping[str, Any]) -> User | None:
    """Return whose account an attempt is on, by whichever of its names."""
    login = _login_of(credentials)
    phone = Q(phone=bare_phone(login), is_phone_verified=True)
    people = User.objects.filter(Q(username__iexact=login) | Q(email__iexact=login) | phone)
    return people.order_by("pk").first() if login else None


def _login_of(credentials: Mapping[str, Any]) -> str:
    names = (credentials.get(name) for name in ("email", "phone", "username"))
    return next((str(name).casefold() for name in names if name), "")


def _send_sms(phone: str, text: str) -> None:
    import_string(settings.SMS_SENDER)(phone, text)
