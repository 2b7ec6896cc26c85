"""The deadlines of an admission, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdmissionDeadline(models.TextChoices):
    """One kind of deadline in an agency's admission."""

    CHECK = "agency.check", _("形式审核期限")
    PUBLICITY = "agency.publicity", _("公示截止")
