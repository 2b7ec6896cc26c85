from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class CreditConfig(AppConfig):
    name = "credit"
    verbose_name = _("信用")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit.checks import check_restriction_effects  # noqa: PLC0415 - needs the loaded apps

        register(check_restriction_effects)
