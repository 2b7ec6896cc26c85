"""What every request passes through, beside Django's own."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from marketplace.parties import party_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]

EDITORS_PREFIX = "/cms/"
EDITORS_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}


def acting_party(get_response: GetResponse) -> GetResponse:
    """Set `request.party`, read from the database at its first use."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.party = SimpleLazyObject(lambda: party_of(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; under /cms/ a looser one, for the editor's inline scripts."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only=report_only)
        if request.path.startswith(EDITORS_PREFIX) and not report_only:
            parts.replace = {**(parts.replace or {}), **EDITORS_POLICY}
        return parts
