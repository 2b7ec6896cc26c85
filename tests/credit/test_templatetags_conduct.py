"""How a template writes points and scores."""

from decimal import Decimal

from django.template import Context, Template


def test_a_template_writes_points_and_scores():
    page = Template("{% load conduct %}{{ value|points }} {{ value|score }}")

    assert page.render(Context({"value": Decimal("2.50")})) == "+2.5 2.5"
