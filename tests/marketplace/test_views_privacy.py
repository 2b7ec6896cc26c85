"""What becomes of personal data is there for everybody to read."""

from django.test import RequestFactory

from marketplace.views.privacy import privacy


def test_the_rules_of_processing_are_read_without_a_log_in_and_only_read(client, db) -> None:
    page = client.get("/privacy/")

    assert page.status_code == 200
    assert "marketplace/privacy.html" in {template.name for template in page.templates}
    assert privacy(RequestFactory().post("/privacy/")).status_code == 405
