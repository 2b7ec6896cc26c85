"""May a file be stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.calendar import day_of
from marketplace.kernel.declarations import Declaration, gettext_noop
from marketplace.kernel.kinds import Whole
from marketplace.kernel.laws import FORM
from marketplace.kernel.rules import rules_in_force, typed
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Division, Organization
from marketplace.web.danger_kinds import Danger
from marketplace.web.examination import Examined
from marketplace.web.uploads import KINDS, ZIP, Kind, fits

KNOWN = "、".join(kind.name for kind in KINDS)
IN_A_ZIP = "、".join(kind.name for kind in KINDS if kind is not ZIP)
MEGABYTE = 1024 * 1024
# Not in `marketplace.rules`, which knows no settings: what the installation can carry is its bound.
UPLOAD_SIZE: Declaration[int] = Declaration(
    key="upload.size",
    kind=Whole(units=("megabyte",), least=1, most=settings.DOCUMENT_MAX_BYTES // MEGABYTE),
    label=gettext_noop("上传的文件，每份最大"),
    sentence=gettext_noop("上传的文件每份不超过 {value}。"),
    consumer="marketplace.guards.documents.upload_limits_in",
)
UPLOAD_FILES: Declaration[int] = Declaration(
    key="upload.files",
    kind=Whole(least=1, most=settings.DATA_UPLOAD_MAX_NUMBER_FILES),
    label=gettext_noop("一次上传的文件，最多"),
    sentence=gettext_noop("一次最多上传 {value} 份文件。"),
    consumer="marketplace.guards.documents.upload_limits_in",
)


class UploadLimits(TypedDict):
    """What a form with files takes: bytes in each of them, and how many of them."""

    limit: int
    most: int


def upload_limit(organization: Organization, at: datetime) -> int:
    """Return how many bytes a file that `organization` stores at `at` may have."""
    return upload_limits(organization, at)["limit"]


def upload_limits(organization: Organization, at: datetime) -> UploadLimits:
    """
    Return what a form takes of the files that `organization` sends at `at`.

    A value that was loaded under a higher ceiling does not reach over the one that is set now.
    """
    return upload_limits_in(organization.division, at)


def upload_limits_in(division: Division, at: datetime) -> UploadLimits:
    """Return what a form takes of the files that somebody in `division` sends at `at`."""
    rules = typed(rules_in_force(division, day_of(at)).values())
    ceiling: int = settings.DOCUMENT_MAX_BYTES
    limit = min(rules[UPLOAD_SIZE] * MEGABYTE, ceiling)
    return UploadLimits(limit=limit, most=rules[UPLOAD_FILES])


@guard(_("文件是空的，请检查后重新选择"), source=FORM)
def file_is_not_empty(size: int) -> bool:
    return size > 0


@guard(_("文件大小为 %(size)s，超过上限 %(limit)s"))
def file_is_within_limit(size: int, limit: int) -> bool | Because:
    return size <= limit or Because(size=filesizeformat(size), limit=filesizeformat(limit))


@guard(_("最多 %(most)s 份文件，选了 %(count)s 份"))
def files_are_within_number(count: int, most: int) -> bool | Because:
    return count <= most or Because(count=str(count), most=str(most))


@guard(_("选的文件合计 %(total)s，超过一次提交的上限 %(limit)s，请分开提交"))
def files_fit_together(total: int) -> bool | Because:
    limit = settings.DOCUMENT_MAX_BYTES
    return total <= limit or Because(total=filesizeformat(total), limit=filesizeformat(limit))


@guard(_("只接收 %(known)s 文件。平台按内容辨认，不看扩展名；这个文件的内容不是其中任何一种"))
def file_has_known_type(kind: Kind | None) -> bool | Because:
    return kind is not None or Because(known=KNOWN)


@guard(_("文件内容是 %(kind)s，文件名“%(name)s”须改为以 %(extensions)s 结尾"), source=FORM)
def file_name_fits_content(kind: Kind | None, name: str) -> bool | Because:
    if kind is None or fits(kind, name):
        return True
    allowed = _(" 或 ").join(kind.extensions)
    return Because(kind=kind.name, name=name, extensions=allowed)


DANGERS = {
    Danger.MACROS: _("文件里有宏，请去掉宏后另存再上传"),
    Danger.REMOTE: _("文件打开时会从网上取模板、图片或对象，请去掉外部引用后另存再上传"),
    Danger.PROGRAM: _("文件里嵌有程序，或者打开时会启动程序，请去掉后再上传"),
    Danger.SCRIPT: _("文件里有脚本或动态表单，请打印成普通 PDF 再上传"),
    Danger.OPAQUE: _("文件加了密或用了无法检查的压缩方式，请另存为不加密的文件再上传"),
    Danger.PATH: _("压缩包里有的文件会解压到别的文件夹，请重新打包再上传"),
    Danger.TOO_MUCH: _("解压以后太大或者文件太多，请分开上传"),
    Danger.NESTED: _("压缩包里不能再放压缩包，请把里面的文件直接放进来"),
    Danger.FOREIGN: _("压缩包里只能放 %(known)s 文件，按内容辨认"),
    Danger.MISNAMED: _("压缩包里的文件，扩展名与内容不符，请改名后重新打包"),
    Danger.VIRUS: _("文件里查出病毒，没有保存。请先在自己的电脑上查杀"),
    Danger.UNSCANNED: _("暂时无法检查文件是否有病毒，没有保存。请过几分钟再试"),
}


@guard(_("%(danger)s"))
def file_carries_nothing_active(danger: Danger | None, inside: str = "") -> bool | Because:
    if danger is None:
        return True
    words = DANGERS[danger] % {"known": IN_A_ZIP}
    if inside:
        words = _("“%(inside)s”：%(danger)s") % {"inside": inside, "danger": words}
    return Because(danger=words)


def may_send_together(sizes: Sequence[int], most: int) -> tuple[Verdict, ...]:
    """Ask whether so many files of these sizes may come with one form; one alone has its own."""
    if len(sizes) == 1:
        return ()
    return files_are_within_number(len(sizes), most), files_fit_together(sum(sizes))


def may_store_document(file: Examined) -> tuple[Verdict, ...]:
    """Ask whether a file may be stored; its content is asked about last."""
    about_size = (file_is_not_empty(file.size), file_is_within_limit(file.size, file.limit))
    if not all(verdict.holds for verdict in about_size):
        return about_size
    return (
        *about_size,
        file_has_known_type(file.kind),
        file_name_fits_content(file.kind, file.name),
        file_carries_nothing_active(file.danger, file.inside),
    )
