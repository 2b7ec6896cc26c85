"""The rulebook, as it stands and as it was pinned, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.rules import (
    Rule,
    rulebook_digest,
    rules_in_force,
    rules_of,
)
from marketplace.models import Division
from marketplace.pages.rulebook import changes, chapters

VERSIONS = 20
NOW = "now"


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Show every value in force today, in the province or in an area that has its own."""
    on = day_of(clock.now())
    areas = list(Division.objects.with_rules())
    area = _area_asked(request, areas)
    rules = rules_in_force(area, on).values()
    digest = rulebook_digest(rules)
    context = {
        "division": area,
        "areas": areas,
        "on": on,
        "chapters": chapters(rules),
        "digest": digest,
        "pinned": RulebookVersion.objects.filter(sha256=digest).first(),
        "versions": RulebookVersion.objects.select_related("division")[:VERSIONS],
    }
    return render(request, "marketplace/rulebook.html", context)


def _area_asked(request: HttpRequest, areas: Sequence[Division]) -> Division:
    """Return the area in the address, else the province."""
    asked = request.GET.get("area", "")
    found = [area for area in areas if area.code == asked or not asked]
    if not found:
        raise Http404
    return found[0]


@require_safe
def rulebook_version(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show one pinned version, whose words never change, and what differs in another one."""
    versions = RulebookVersion.objects.select_related("division")
    version = get_object_or_404(versions, sha256=sha256)
    rules = rules_of(version)
    asked = request.GET.get("with", "")
    context = {
        "version": version,
        "division": version.division,
        "chapters": chapters(rules),
        "others": versions.exclude(pk=version.pk)[:VERSIONS],
        "asked": asked,
        "now": NOW,
    }
    if asked:
        context["changes"] = changes(rules, _rules_asked(version, asked))
    return render(request, "marketplace/rulebook_version.html", context)


def _rules_asked(version: RulebookVersion, asked: str) -> Iterable[Rule]:
    """Return the rules of another version, or those in force now where `version` holds."""
    if asked == NOW:
        return rules_in_force(version.division, day_of(clock.now())).values()
    return rules_of(get_object_or_404(RulebookVersion, sha256=asked))


@require_safe
def rulebook_content(_request: HttpRequest, sha256: str) -> HttpResponse:
    """Return the pinned bytes, whose SHA-256 is in the address."""
    version = get_object_or_404(RulebookVersion, sha256=sha256)
    return HttpResponse(
        version.content.encode(),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="rulebook-{version.number}.json"'},
    )
