"""Uploaded files: stored under a random name, known by their content, never served by address."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.slugs import SlugModel, random_slug
from marketplace.models.organizations import Organization
from marketplace.models.users import User


def private_storage() -> Storage:
    """Return the storage outside every public folder."""
    return storages["private"]


def random_path(_document: "Document", _name: str) -> str:
    """Return a path that says nothing about the file."""
    name = random_slug()
    return f"{name[:2]}/{name}"


class Document(SlugModel, AppendOnlyModel):
    """One uploaded file; who may read it is asked of the row that refers to it."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("提交单位"), on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(_("文件"), storage=private_storage, upload_to=random_path)
    name = models.CharField(_("文件名"), max_length=120)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(_("校验值"), max_length=64)
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("上传人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    """None for who has not said who they are: a report may come from anybody."""
    uploaded_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("文件")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
