"""The markup of a page, however its templates were wrapped."""

import re

from django.http import HttpResponse
from django.template import Context, Template
from django.utils.html import strip_tags


def text_of(response: HttpResponse, status: int = 200) -> str:
    """Return the HTML of a page that answered with `status`."""
    assert response.status_code == status
    return response.content.decode()


def on_one_line(page: HttpResponse | str) -> str:
    """Return the HTML of a page without the line breaks and the indents of its templates."""
    html = page if isinstance(page, str) else page.content.decode()
    whole_tags = re.sub(r"<[^<>]+>", lambda tag: " ".join(tag[0].split()).replace(" >", ">"), html)
    return re.sub(r"\s*\n\s*", "", whole_tags)


def draw(source: str, **context: object) -> str:
    """Return what a template of `source` draws with our components, on one line."""
    return on_one_line(Template("{% load i18n ui %}" + source).render(Context(context)))


def words(source: str, **context: object) -> str:
    """Return the words alone of what a template of `source` draws."""
    drawn = Template("{% load i18n ui %}" + source).render(Context(context))
    return re.sub(r"\s+", " ", strip_tags(drawn)).strip()
