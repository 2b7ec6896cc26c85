from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("主体与目录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from marketplace.checks import check_ways_up  # noqa: PLC0415 - needs the loaded apps

        register(check_ways_up)
