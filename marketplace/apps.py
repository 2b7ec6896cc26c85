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
        from marketplace import checks  # noqa: PLC0415 - needs the apps

        register(checks.check_ways_up)
        register(checks.check_push_tokens)
        register(checks.check_accepted_risks, deploy=True)
        register(checks.check_sources, Tags.database)
        register(checks.check_deadlines, Tags.database)
