"""May a person be made one of those who write pages or agree to them; and a department."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models import EDITORS, REVIEWERS, Department
from marketplace.guards.memberships import appointed_by_another
from marketplace.kernel.known import asked_once
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import User


@guard(_("没有这个账号，请核对用户名"))
def account_exists(user: User | None) -> bool:
    return user is not None


@guard(_("这个人已经有这个岗位"))
def post_is_new(user: User, group: str) -> bool:
    return not user.groups.filter(name=group).exists()


@guard(_("部门“%(name)s”已经有自己的栏目"), source=FORM)
def department_is_new(name: str) -> bool | Because:
    return not Department.objects.filter(name=name).exists() or Because(name=name)


@guard(_("栏目“%(section)s”已经由“%(name)s”负责"), source=FORM)
def section_is_free(section: Page) -> bool | Because:
    holder = Department.objects.filter(section=section).first()
    return holder is None or Because(section=section.title, name=holder.name)


def may_set_up_department(name: str, section: Page) -> tuple[Verdict, ...]:
    """Whether a department of this name may get the pages below `section`."""
    return department_is_new(name), section_is_free(section)


def may_appoint(user: User | None, group: str, by: User | None) -> tuple[Verdict, ...]:
    """Whether `user`, if there is such a person, may get the post whose group has this name."""
    if user is None:
        return (account_exists(user),)
    return account_exists(user), appointed_by_another(user, by), post_is_new(user, group)


@asked_once
def posts() -> list[Group]:
    """Return the groups of the two posts for all pages, then those of each department."""
    names = [str(EDITORS), str(REVIEWERS)]
    found = {group.name: group for group in Group.objects.filter(name__in=names)}
    rows = Department.objects.select_related("editors", "reviewers")
    own = [group for row in rows for group in (row.editors, row.reviewers)]
    return [*(found[name] for name in names if name in found), *own]


def lock_posts() -> None:
    """Let nobody else change who holds which post until the transaction ends."""
    list(Group.objects.select_for_update().filter(pk__in=[group.pk for group in posts()]))


def version_of_posts() -> Version:
    """Return who holds which of the posts."""
    held = User.groups.through.objects.filter(group__in=posts()).select_related("user", "group")
    rows = [Seen(one, name=f"{one.user}") for one in held.order_by("pk")]
    return version_of(*rows, *Department.objects.all())
