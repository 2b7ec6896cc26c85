from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.catalogues import merge_equal_catalogues

merge_equal_catalogues()  # not in ready(): Django reads the catalogues while it imports the models


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = _("主体与目录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from marketplace.checks import check_sources, check_ways_up  # noqa: PLC0415 - needs the apps

        register(check_ways_up)
        register(check_sources, Tags.database)
