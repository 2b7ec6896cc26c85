"""The rulebook, as it stands and as it was pinned, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace import clock
from marketplace.calendar import day_of
from marketplace.models import Division, RulebookVersion
from marketplace.panels.rulebook import chapters
from marketplace.parameters import rulebook_digest, rules_in_force, rules_of

VERSIONS = 20


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Show every value in force in the province today."""
    on = day_of(clock.now())
    province = get_object_or_404(Division, level=Division.Level.PROVINCE)
    digest = rulebook_digest(province, on)
    context = {
        "division": province,
        "on": on,
        "chapters": chapters(rules_in_force(province, on).values()),
        "digest": digest,
        "pinned": RulebookVersion.objects.filter(sha256=digest).first(),
        "versions": RulebookVersion.objects.select_related("division")[:VERSIONS],
    }
    return render(request, "marketplace/rulebook.html", context)


@require_safe
def rulebook_version(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show one pinned version; what it says never changes."""
    versions = RulebookVersion.objects.select_related("division")
    version = get_object_or_404(versions, sha256=sha256)
    context = {
        "version": version,
        "division": version.division,
        "chapters": chapters(rules_of(version)),
    }
    return render(request, "marketplace/rulebook_version.html", context)


@require_safe
def rulebook_content(_request: HttpRequest, sha256: str) -> HttpResponse:
    """Return the pinned bytes, whose SHA-256 is in the address."""
    version = get_object_or_404(RulebookVersion, sha256=sha256)
    return HttpResponse(
        version.content.encode(),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="rulebook-{version.number}.json"'},
    )
