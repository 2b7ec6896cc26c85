"""Links of pages: those that lead nowhere are found, those that do are not."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document

from cms.actions.departments import set_up_department
from cms.actions.people import join_post
from cms.models import ContentPage, HomePage, SectionPage
from cms.pages.links import broken_links, external_links, is_external, live_pages
from marketplace.models import User
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import ServiceItemFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(slug: str, *links: str, live: bool = True) -> ContentPage:
    text = "".join(f"<p>{link}</p>" for link in links)
    made: ContentPage = HomePage.objects.get().add_child(
        instance=ContentPage(title=slug, slug=slug, live=live, body=[("text", text)])
    )
    return made


def to(address: str) -> str:
    return f'<a href="{address}">这里</a>'


def found() -> list[tuple[str, str]]:
    return [(one.address, str(one.why)) for one in broken_links(live_pages())]


def test_links_to_what_is_there_are_not_reported(pages: str) -> None:
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(active=True)
    file = Document.objects.create(title="表", file=ContentFile(b"1", "a.docx"))
    other = page("other")
    Redirect.add_redirect("/old-place/", other)

    page(
        "full",
        *(to(one) for one in ("/notices/", "/other/", "/old-place/", "/tenders/?city=360700#a")),
        *(to(one) for one in (f"/items/{item.code}/", f"/tenders/{tender.code}/", "#top")),
        *(to(one) for one in ("mailto:a@b.example", "https://www.jiangxi.gov.cn/none/")),
        f'<a linktype="page" id="{other.pk}">页</a>',
        f'<a linktype="document" id="{file.pk}">表</a>',
    )

    assert found() == []


def test_links_to_what_is_not_there_are_reported_with_the_reason(pages: str) -> None:
    hidden = page("hidden", live=False)
    file = Document.objects.create(title="表", file=ContentFile(b"1", "a.docx"))
    draft = ServiceItemFactory()
    page(
        "full",
        *(to(one) for one in ("/nowhere/", f"/items/{draft.code}/", "/tenders/JX-NONE/")),
        to(f"{settings.PUBLIC_URL}/hidden/"),
        f'<a linktype="page" id="{hidden.pk}">页</a>',
        f'<a linktype="document" id="{file.pk}">表</a>',
    )
    key = str(file.pk)
    file.delete()

    assert sorted(found()) == sorted(
        [
            ("/nowhere/", "这个网址打不开"),
            (f"{settings.PUBLIC_URL}/hidden/", "这个网址打不开"),
            (f"/items/{draft.code}/", "这个网址打不开"),
            ("/tenders/JX-NONE/", "这个网址打不开"),
            (str(hidden.pk), "所指的页面没有发布或者已经撤下"),
            (key, "所指的文件已经删除"),
        ]
    )


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("/notices/", False),
        ("notices/", False),
        ("https://www.gov.cn/", True),
        ("//www.gov.cn/", True),
        ("mailto:a@b.example", False),
    ],
)
def test_another_site_is_told_by_its_name(address: str, is_so: bool) -> None:
    assert is_external(address) is is_so


def test_other_sites_are_listed_with_the_pages_that_lead_there(pages: str) -> None:
    one, other = (page(slug, to("https://www.gov.cn/")) for slug in ("one", "other"))

    assert external_links([one, other]) == {"https://www.gov.cn/": [one, other]}


def test_an_editor_reads_in_the_editor_what_is_broken_on_own_pages(
    client: Client, editor: User
) -> None:
    section = SectionPage.objects.get(slug="policies").page_ptr
    page("mine", to("/nowhere/"))
    department = set_up_department(name="水利处", section=section, by=None, at=NOON)
    elsewhere = join_post(user=UserFactory(), post=department.editors.name, by=None, at=NOON)

    def read(user: User) -> Any:
        client.force_login(user)
        return client.get("/cms/reports/links/")

    assert "/nowhere/" in read(editor).content.decode()
    assert "没有失效的站内链接" in read(elsewhere).content.decode()
    assert read(UserFactory()).status_code == 403
