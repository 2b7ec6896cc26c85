import pytest
from django.core.exceptions import FieldDoesNotExist

from marketplace.kernel.models.labels import label_of
from marketplace.models import Agency


def test_a_field_is_called_what_readers_call_it() -> None:
    assert label_of(Agency, "checked_at") == "形式审核时间"
    assert label_of(Agency(), "status") == "状态"


def test_a_relation_from_elsewhere_goes_by_its_own_name() -> None:
    assert label_of(Agency, "qualifications") == "qualifications"


def test_a_field_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(FieldDoesNotExist):
        label_of(Agency, "no_such_field")
