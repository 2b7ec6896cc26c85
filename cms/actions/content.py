"""The texts that an installation begins with: written once, and the editors' from then on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.models import (
    ContentPage,
    DownloadPage,
    FAQPage,
    FormHelpPage,
    GuidePage,
    HomePage,
    PolicyPage,
    SectionPage,
    SummedUpPage,
    TopicPage,
)
from marketplace.kernel.models import Law

HOME = "home"
KINDS: Mapping[str, type[SummedUpPage]] = {
    "content": ContentPage,
    "download": DownloadPage,
    "faq": FAQPage,
    "guide": GuidePage,
    "help": FormHelpPage,
    "policy": PolicyPage,
    "topic": TopicPage,
}
APART = frozenset({"kind", "section", "block", "question", "file", "related"})
"""What of a row is no plain value of the page."""


class NoPlace(LookupError):
    """The section below which a page shall stand is not there."""


@transaction.atomic
def load_content(rows: Iterable[Mapping[str, Any]]) -> int:
    """
    Make the pages that are not there yet, and return how many; what is there is left alone.

    They come with the platform and nobody of its people wrote them, so nobody reviews them.

    Raises:
        NoPlace: a section is not set up.
    """
    home = HomePage.objects.get()
    places: dict[str, Page] = {page.slug: page for page in SectionPage.objects.all()}
    places[HOME] = home
    laws = dict(Law.objects.values_list("slug", "pk"))
    there = set(home.get_descendants().values_list("url_path", flat=True))
    made = 0
    for row in rows:
        place = places.get(row["section"])
        if place is None:
            raise NoPlace(row["section"])
        if f"{place.url_path}{row['slug']}/" not in there:
            place.add_child(instance=_page(row, laws, home.url_path))
            made += 1
    return made


def _page(row: Mapping[str, Any], laws: Mapping[str, int], root: str) -> SummedUpPage:
    values = {key: row[key] for key in row if key not in APART}
    if "law" in values:
        values["law_id"] = laws.get(values.pop("law"))
    page = KINDS[row["kind"]](**values)
    page.body = page.body.stream_block.to_python(row.get("block", []))
    if isinstance(page, FAQPage):
        asked = [{"type": "question", "value": one} for one in row["question"]]
        page.questions = page.questions.stream_block.to_python(asked)
    if isinstance(page, DownloadPage):
        listed = [{"type": one, "value": None} for one in row["file"]]
        page.files = page.files.stream_block.to_python(listed)
    if isinstance(page, TopicPage):
        paths = [f"{root}{path}/" for path in row["related"]]
        keys = dict(Page.objects.filter(url_path__in=paths).values_list("url_path", "pk"))
        chosen = [{"type": "page", "value": keys[path]} for path in paths]
        page.pages = page.pages.stream_block.to_python(chosen)
    return page
