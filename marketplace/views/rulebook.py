"""The rulebook, as it stands and as it was pinned, for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from marketplace.kernel import clock, known
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import RulebookVersion
from marketplace.kernel.rules import (
    Rule,
    in_force,
    rules_by_area,
    rules_in_force,
    rules_of,
)
from marketplace.models import Division
from marketplace.pages.rulebook import (
    NOW,
    changes,
    chapters,
    csv_rows,
    lines,
    matching,
    matrices,
    planned_changes,
    version_options,
)
from marketplace.web.exports import csv_response

VERSIONS = 20
MAX_WORDS = 60


@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """Show every value in force today in the province, and where an area has another one."""
    on = day_of(clock.now())
    province = Division.objects.get(level=Division.Level.PROVINCE)
    valid = in_force([province.code], on)[province.code]
    rules, digest = valid.rules, valid.digest
    shown = lines(rules, local_rules(province, on))
    asked = request.GET.get("q", "").strip()[:MAX_WORDS]
    found = matching(shown, asked) if asked else shown
    versions = list(RulebookVersion.objects.select_related("division")[:VERSIONS])
    context = {
        "division": province,
        "on": on,
        "asked": asked,
        "count": len(found),
        "chapters": chapters(found),
        "matrices": matrices(found),
        "digest": digest,
        "pinned": RulebookVersion.objects.filter(sha256=digest).first(),
        "versions": versions,
        "coming": known.once("planned rules", on, read=partial(planned_changes, on)),
        "now": NOW,
    }
    return render(request, "marketplace/rulebook.html", context)


@require_safe
def rulebook_csv(_request: HttpRequest) -> StreamingHttpResponse:
    """Return what is in force today in the province as a table."""
    on = day_of(clock.now())
    province = Division.objects.get(level=Division.Level.PROVINCE)
    rules = rules_in_force(province, on)
    return csv_response(f"rulebook-{on.isoformat()}", csv_rows(lines(rules, {})))


def local_rules(province: Division, on: date) -> dict[Division, dict[str, Rule]]:
    """Return the rules of each area that has values of its own; one query for all."""
    areas = [area for area in Division.objects.with_rules() if area != province]
    found = rules_by_area([area.code for area in areas], on) if areas else {}
    return {area: found[area.code] for area in areas}


@require_safe
def rulebook_version(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show one pinned version, whose words never change, and what differs in another one."""
    versions = RulebookVersion.objects.select_related("division")
    version = get_object_or_404(versions, sha256=sha256)
    rules = rules_of(version)
    shown = lines({rule.key: rule for rule in rules}, {})
    asked = request.GET.get("with", "")
    context = {
        "version": version,
        "division": version.division,
        "chapters": chapters(shown),
        "matrices": matrices(shown),
        "count": len(shown),
        "others": version_options(versions.exclude(pk=version.pk)[:VERSIONS], asked),
    }
    if asked:
        context |= {"is_compared": True, "changes": changes(rules, _rules_asked(version, asked))}
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
