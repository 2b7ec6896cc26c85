"""The form that appoints somebody."""

from cms.forms import PostForm
from cms.models import EDITORS


def test_a_post_is_one_of_two() -> None:
    assert PostForm({"login": "a", "post": str(EDITORS)}).is_valid()
    assert list(PostForm({"login": "", "post": "主编"}).errors) == ["login", "post"]
