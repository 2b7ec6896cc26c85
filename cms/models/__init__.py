"""Pages that editors write, and the review before they go live."""

from cms.models.base import PublicPage, WrittenPage, plain_text
from cms.models.content import (
    ContentPage,
    DownloadPage,
    FAQPage,
    GuidePage,
    HomePage,
    PolicyPage,
    SectionPage,
    SummedUpPage,
    TopicPage,
)
from cms.models.departments import Department
from cms.models.help import FormHelpPage
from cms.models.items import ItemIndexPage, ServiceItemPage
from cms.models.notices import NoticeIndexPage, NoticePage, latest_notices
from cms.models.reviews import EDITORS, REVIEWERS, ReviewTask

__all__ = [
    "EDITORS",
    "REVIEWERS",
    "ContentPage",
    "Department",
    "DownloadPage",
    "FAQPage",
    "FormHelpPage",
    "GuidePage",
    "HomePage",
    "ItemIndexPage",
    "NoticeIndexPage",
    "NoticePage",
    "PolicyPage",
    "PublicPage",
    "ReviewTask",
    "SectionPage",
    "ServiceItemPage",
    "SummedUpPage",
    "TopicPage",
    "WrittenPage",
    "latest_notices",
    "plain_text",
]
