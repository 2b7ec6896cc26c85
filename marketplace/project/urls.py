"""All addresses; Wagtail's pages answer for what nobody else does."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from marketplace.views import accounts, factors
from marketplace.web import faults

urlpatterns = [
    # allauth names these two only when a phone is asked for at sign-up, which we do not do
    path("accounts/phone/change/", accounts.change_phone, name="account_change_phone"),
    path("accounts/phone/verify/", accounts.verify_phone, name="account_verify_phone"),
    path("accounts/2fa/totp/activate/", factors.ActivateApp.as_view()),
    path("accounts/2fa/totp/deactivate/", factors.DeactivateApp.as_view()),
    path("accounts/2fa/webauthn/add/", factors.AddKey.as_view()),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", factors.RemoveKey.as_view()),
    path("accounts/", include("allauth.urls")),
    path("", include("marketplace.urls")),
    path("", include("credit.urls")),
    path("", include("bidding.urls")),
    path("", include("search.urls")),
    path("", include("cms.urls")),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]

handler400, handler403, handler404 = faults.bad_request, faults.forbidden, faults.not_found
handler429, handler500 = faults.too_many_requests, faults.failed
