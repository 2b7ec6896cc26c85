"""The deadlines of an admission and of the register, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdmissionDeadline(models.TextChoices):
    """One kind of deadline in an agency's admission."""

    CHECK = "agency.check", _("形式审核期限")
    PUBLICITY = "agency.publicity", _("公示截止")


class ChangeDeadline(models.TextChoices):
    """The deadline of a change that an agency proposes."""

    CHECK = "change.check", _("变更审核期限")


class ExpiryDeadline(models.TextChoices):
    """The next day on which something registered of an agency runs out."""

    NEXT = "agency.expiry", _("执照、资质证书到期")


class MoveDeadline(models.TextChoices):
    """The deadline for releasing a professional who moves to another agency."""

    RELEASE = "move.release", _("执业人员转出答复期限")
