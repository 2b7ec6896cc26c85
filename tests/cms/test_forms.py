"""The form that appoints somebody."""

import pytest

from cms.forms import PostForm
from cms.models import EDITORS


@pytest.mark.django_db
def test_a_post_is_one_of_two_until_there_is_a_department(pages: str) -> None:
    assert PostForm({"login": "a", "post": str(EDITORS)}).is_valid()
    assert list(PostForm({"login": "", "post": "主编"}).errors) == ["login", "post"]
