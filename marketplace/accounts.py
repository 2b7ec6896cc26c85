"""How allauth meets our users: by e-mail, phone or user name."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import RateLimitUsage, consume
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from marketplace.devices import device_of, remember
from marketplace.factors import DEMO_SECRET, OF_THE_DEMO, factors_of, needs_factor
from marketplace.forms.accounts import PHONE_TAKEN_TEXT, VERIFICATION_TEXT, PhoneField, bare_phone
from marketplace.forms.factors import FACTOR_ERRORS, FACTOR_WAYS
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

    def get_login_stages(self) -> list[str]:
        """In the demo the log-in page itself has a field for the code, which is filled in."""
        stages: list[str] = super().get_login_stages()
        if not settings.DEMO:
            return stages
        ours = f"{__name__}.{CodeWithTheLogIn.__name__}"
        return [ours if one == "allauth.mfa.stages.AuthenticateStage" else one for one in stages]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": FACTOR_WAYS[way["id"]]} for way in ways]

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


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: its secrets are not stored as they are, and officers keep one."""

    error_messages = FACTOR_ERRORS

    def encrypt(self, text: str) -> str:
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one that nobody knows for the demo's elsewhere, or for another key."""
        if encrypted_text == OF_THE_DEMO:
            return DEMO_SECRET if settings.DEMO else str(generate_totp_secret())
        try:
            return _ciphers().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep an officer from dropping the last factor, without which no officer acts."""
        others = factors_of(authenticator.user).exclude(pk=authenticator.pk)
        return others.exists() or not needs_factor(authenticator.user)

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)


class CodeWithTheLogIn(AuthenticateStage):
    """In the demo a right code that was sent with the log-in is as good as one sent after it."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        response, goes_on = super().handle()
        code = self.request.POST.get("code", "")
        factor = factors_of(self.login.user).filter(data__secret=OF_THE_DEMO).first()
        if response is None or factor is None or not validate_totp_code(DEMO_SECRET, code):
            return response, goes_on
        post_authentication(self.request, factor)
        return None, True


def _ciphers() -> MultiFernet:
    """Return what hides a secret from who reads the database alone: a key made of SECRET_KEY."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(b"marketplace.factors " + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])


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
