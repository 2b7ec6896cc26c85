"""How the pages look to one reader: elder mode and theme, kept in cookies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

CHOICES = {"mode": ("standard", "elder"), "theme": ("light", "dark")}
ONE_YEAR = 365 * 24 * 60 * 60


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Remember the asked mode or theme and go back; an unknown value changes nothing."""
    response = HttpResponseRedirect(_way_back(request))
    for name, allowed in CHOICES.items():
        value = request.GET.get(name, "")
        if value in allowed:
            response.set_cookie(
                name,
                value,
                max_age=ONE_YEAR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
    return response


def _way_back(request: HttpRequest) -> str:
    """Return the page one came from if it is ours, else the home page."""
    page = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if allowed else "/"
