"""What a password may not be, beside too short: made of words that anybody would try first."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FEWEST = 6
"""So many letters, different from each other in part, must be left when the words are taken out."""
WORDS = Path(__file__).parents[1] / "data" / "password_words.txt"


def password_hint() -> str:
    """Say what a new password takes, as the validators ask it."""
    validators = get_default_password_validators()
    least = max(getattr(one, "min_length", 0) for one in validators)
    return _(
        "至少 %(least)s 个字符，不限字母、数字、符号的搭配，可以是一句话；"
        "不能只由常见的词、平台和地方的名称、用户名和数字组成。"
    ) % {"least": least}


class ContextWordsValidator:
    """
    Refuse what is only known words, numbers and signs, such as jiangxi2026.

    Source: NIST SP 800-63B, blocklists: context-specific words, the service, the user name.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """
        Ask what is left of a password without the words.

        Raises:
            ValidationError: too little, or one letter over and over.
        """
        rest = password.casefold()
        own = user.get_username().casefold() if user else ""
        for word in sorted({*_words(), own} - {""}, key=len, reverse=True):
            rest = rest.replace(word, " ")
        letters = [mark for mark in rest if mark.isalpha()]
        if len(letters) < FEWEST or len(set(letters)) < FEWEST // 2:
            raise ValidationError(
                _(
                    "这个密码由容易猜到的词、数字和符号组成。请换一句别人想不到的话，或者几个不相干的词。"
                ),
                code="password_of_known_words",
            )

    def get_help_text(self) -> str:
        return str(_("不要只用地名、平台名、用户名、年份和连续的数字；不要求大小写和符号。"))


@cache
def _words() -> frozenset[str]:
    """Read the words that a password may not rest on."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
