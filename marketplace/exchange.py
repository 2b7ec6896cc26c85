"""
What other departments already know of an agency: three ports, and the files that answer them.

`BUSINESS_REGISTRY`, `CERTIFICATE_STORE` and `SOCIAL_SECURITY` name who answers: a class that is
made without arguments and does what its Protocol says. The default of each reads a file in
`EXCHANGE_DIR`; without the file it knows nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger(__name__)
MONTHS = 3
"""For how many months before it a professional is insured at the agency."""


class ExchangeAway(Exception):
    """The other system did not answer, or said what nobody understands."""


@dataclass(frozen=True)
class Registered:
    """What a registry has of an organisation; `facts` are named as the register names them."""

    facts: Mapping[str, Any]
    reference: str = ""


@dataclass(frozen=True)
class EdocCertificate:
    """A certificate that its issuer keeps electronically; `facts` are those of a certificate."""

    service_class: str
    facts: Mapping[str, Any]
    reference: str = ""


class BusinessRegistry(Protocol):
    """Knows what is on a licence."""

    def registered(self, uscc: str) -> Registered | None:
        """
        Return what is registered under a credit code, or None for whom it does not know.

        Raises:
            ExchangeAway: it cannot say.
        """


class CertificateStore(Protocol):
    """Knows the certificates of an organisation."""

    def certificates(self, uscc: str) -> Sequence[EdocCertificate]:
        """
        Return the certificates issued to a credit code.

        Raises:
            ExchangeAway: it cannot say.
        """


class SocialSecurity(Protocol):
    """Knows where people are insured."""

    def insured_months(self, uscc: str, numbers: Collection[str]) -> Mapping[str, int]:
        """
        Return for how many of the last three months each person was insured there.

        People are named by their certificates; whom it does not know is left out.

        Raises:
            ExchangeAway: it cannot say.
        """


class FileRegistry:
    """Reads `registry.json`: by credit code the facts of a licence."""

    def registered(self, uscc: str) -> Registered | None:
        found = _read("registry.json").get(uscc)
        if found is None:
            return None
        return Registered(_facts(found["facts"]), found.get("reference", ""))


class FileCertificates:
    """Reads `certificates.json`: by credit code a list of certificates."""

    def certificates(self, uscc: str) -> Sequence[EdocCertificate]:
        rows = _read("certificates.json").get(uscc, [])
        return [
            EdocCertificate(row["service_class"], _facts(row["facts"]), row.get("reference", ""))
            for row in rows
        ]


class FileSocialSecurity:
    """Reads `social_security.json`: by credit code the months of each certificate's holder."""

    def insured_months(self, uscc: str, numbers: Collection[str]) -> Mapping[str, int]:
        rows = _read("social_security.json").get(uscc, {})
        return {number: int(rows[number]) for number in numbers if number in rows}


DAYS = frozenset({"founded_on", "business_until", "valid_from", "valid_until"})
AMOUNTS = frozenset({"registered_capital"})


def _facts(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the register holds them; JSON knows neither days nor decimals."""
    return {name: _value(name, value) for name, value in written.items()}


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    return Decimal(str(value)) if name in AMOUNTS else value


def _read(name: str) -> dict[str, Any]:
    """
    Return what a file holds, nothing where there is none.

    Raises:
        ExchangeAway: it is no JSON, or no object by credit codes.
    """
    path = Path(settings.EXCHANGE_DIR) / name
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExchangeAway(name) from error
    if not isinstance(content, dict):
        raise ExchangeAway(name)
    return content


def business_registry() -> BusinessRegistry:
    """Return who knows licences."""
    made: BusinessRegistry = import_string(settings.BUSINESS_REGISTRY)()
    return made


def certificate_store() -> CertificateStore:
    """Return who knows certificates."""
    made: CertificateStore = import_string(settings.CERTIFICATE_STORE)()
    return made


def social_security() -> SocialSecurity:
    """Return who knows where people are insured."""
    made: SocialSecurity = import_string(settings.SOCIAL_SECURITY)()
    return made


@dataclass(frozen=True)
class Known:
    """All that others know of one agency; `is_away` when one of them did not answer."""

    licence: Registered | None
    certificates: Sequence[EdocCertificate]
    is_away: bool = False

    def __bool__(self) -> bool:
        return self.licence is not None or bool(self.certificates)


def known_of(uscc: str) -> Known:
    """Return what others know of the agency with this code; who does not answer knows nothing."""
    try:
        licence, away = business_registry().registered(uscc), False
    except ExchangeAway as error:
        log.warning("exchange_away", port="registry", reason=str(error))
        licence, away = None, True
    try:
        return Known(licence, certificate_store().certificates(uscc), away)
    except ExchangeAway as error:
        log.warning("exchange_away", port="certificates", reason=str(error))
        return Known(licence, (), is_away=True)


def insured_months(uscc: str, numbers: Collection[str]) -> Mapping[str, int] | None:
    """Return for how long people were insured at an agency, or None when nobody can say."""
    try:
        return social_security().insured_months(uscc, numbers)
    except ExchangeAway as error:
        log.warning("exchange_away", port="social_security", reason=str(error))
        return None
