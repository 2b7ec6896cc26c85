"""An agency's certificates, and whether each is valid on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from marketplace.filed import certificates_of
from marketplace.kernel.rules import values_in_force
from marketplace.models import Agency, Qualification
from marketplace.rules import NEAR_EXPIRY
from marketplace.web.listed import Listed


@dataclass(frozen=True)
class CertificateRow:
    """A certificate with the word for its validity on one day, and how much of it is left."""

    certificate: Qualification
    word: str
    on: date
    near: int

    @property
    def days(self) -> int:
        """For how many days it is valid in all; 0 for one without an end."""
        row = self.certificate
        return (row.valid_until - row.valid_from).days + 1 if row.valid_until else 0

    @property
    def days_left(self) -> int:
        """How many days of its validity are left, the day itself included."""
        row = self.certificate
        if row.valid_until is None:
            return 0
        return max((row.valid_until - max(self.on, row.valid_from)).days + 1, 0)

    @property
    def is_near(self) -> bool:
        return self.days > 0 and 0 < self.days_left <= self.near + 1

    @property
    def tone(self) -> str:
        return "warn" if self.is_near else "ok"


def certificate_rows(agency: Agency, on: date) -> Listed[CertificateRow]:
    """Return the agency's certificates and whether each is valid on `on`."""
    near = values_in_force(agency.organization.division_id, on)[NEAR_EXPIRY].count
    return Listed(
        CertificateRow(row, _validity(row, on, near), on, near) for row in certificates_of(agency)
    )


def _validity(row: Qualification, on: date, near: int) -> str:
    if row.valid_from > on:
        return _("尚未生效")
    if row.valid_until is None:
        return _("有效")
    if row.valid_until < on:
        return _("已过期")
    return _("临近到期") if (row.valid_until - on).days <= near else _("有效")
