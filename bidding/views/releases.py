"""Orders for programs, in the Open Contracting Data Standard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse, StreamingHttpResponse

from bidding.pages.releases import package_of, releases_of, to_release
from bidding.views.lists import CHUNK
from bidding.views.orders import TenderListView
from marketplace.kernel import clock
from marketplace.kernel.calendar import day_of


def tender_release(request: HttpRequest, code: str) -> JsonResponse:
    """Return one published order as a release in its package."""
    at = clock.now()
    found = releases_of(list(to_release().filter(code=code)), at)
    if not found:
        raise Http404
    package = package_of(found, request.path, at)
    return JsonResponse(package, json_dumps_params={"ensure_ascii": False})


class TenderReleasesView(TenderListView):
    """The list of orders as a file: everything that the filters let through, a release a line."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        name = f"tenders-{day_of(self.at):%Y%m%d}.jsonl"
        return StreamingHttpResponse(
            self.lines(),
            content_type="application/jsonl; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def lines(self) -> Iterator[str]:
        """Yield the releases in the order of the list, so many orders read at once."""
        keys = self.get_queryset()
        for start in range(0, keys.count(), CHUNK):
            wanted = keys[start : start + CHUNK]
            orders = to_release().in_bulk(wanted)
            for release in releases_of([orders[key] for key in wanted], self.at):
                yield json.dumps(release, ensure_ascii=False) + "\n"
