"""A section belongs to one department."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from wagtail.models import Collection

from cms.models import Department, SectionPage

pytestmark = pytest.mark.django_db


def test_a_section_belongs_to_one_department_whoever_writes_the_row(pages: str) -> None:
    section = SectionPage.objects.get(slug="policies").page_ptr
    files = Collection.get_first_root_node()

    def keep(name: str) -> Department:
        groups = [Group.objects.create(name=f"{post}{name}") for post in ("编", "审")]
        return Department.objects.create(
            name=name, section=section, collection=files, editors=groups[0], reviewers=groups[1]
        )

    assert str(keep("水利")) == "水利"
    with pytest.raises(IntegrityError, match="section_id"):
        keep("林业")
