"""The address of a page as a picture, for who holds a phone before a screen or a sheet of paper."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.web.qr import qr_code

LONGEST = 200
ONE_DAY = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=ONE_DAY)
def qr(_request: HttpRequest, of: str) -> HttpResponse:
    """
    Draw the QR code of the address `/{of}/` of this platform, and of no other.

    Raises:
        Http404: no page of ours has so long an address.
    """
    if len(of) > LONGEST:
        raise Http404
    address = iri_to_uri(f"{settings.PUBLIC_URL}/{of}/")
    return HttpResponse(qr_code(address), content_type="image/svg+xml")
