"""People who log in."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.identifiers import holds_id_card_number

phone_validator = RegexValidator(r"^1[3-9]\d{9}$", _("手机号码应为 11 位，以 1 开头。"))


def refuse_id_card_number(value: str) -> None:
    """Refuse an ID card number in a name to log in with."""
    if holds_id_card_number(value):
        raise ValidationError(_("请不要用身份证号作用户名。用户名会在业务记录中出现。"))


def refuse_id_card_address(value: str) -> None:
    """Refuse an e-mail address that holds an ID card number: it is a name to log in with too."""
    if holds_id_card_number(value):
        raise ValidationError(_("请不要用含有身份证号的邮箱，邮箱可以用来登录。"))


class User(AbstractUser):
    """A person; what they may do comes from their memberships."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(
        _("用户名"),
        max_length=150,
        unique=True,
        validators=[AbstractUser.username_validator, refuse_id_card_number],
        error_messages={"unique": _("这个用户名已经有人使用。")},
    )
    name = models.CharField(_("姓名"), max_length=32, blank=True)
    phone = models.CharField(
        _("手机号码"),
        max_length=11,
        unique=True,
        null=True,
        blank=True,
        validators=[phone_validator],
    )
    is_phone_verified = models.BooleanField(_("手机已验证"), default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("用户")  # type: ignore[assignment]  # the stub wants str
        verbose_name_plural = _("用户")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.username

    def clean(self) -> None:
        super().clean()
        refuse_id_card_address(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
