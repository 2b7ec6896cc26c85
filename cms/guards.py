"""May a person be made one of those who write pages, or who agree to them."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from cms.models import EDITORS, REVIEWERS
from marketplace.guards.memberships import appointed_by_another
from marketplace.kernel.verdicts import Verdict, guard
from marketplace.kernel.versions import Seen, Version, version_of
from marketplace.models import User


@guard(_("没有这个账号，请核对用户名"))
def account_exists(user: User | None) -> bool:
    return user is not None


@guard(_("这个人已经有这个岗位"))
def post_is_new(user: User, group: str) -> bool:
    return not user.groups.filter(name=group).exists()


def may_appoint(user: User | None, group: str, by: User | None) -> tuple[Verdict, ...]:
    """Whether `user`, if there is such a person, may get the post whose group has this name."""
    if user is None:
        return (account_exists(user),)
    return account_exists(user), appointed_by_another(user, by), post_is_new(user, group)


def posts() -> list[Group]:
    """Return the groups of the two posts, of those that are set up; the writers first."""
    names = [str(EDITORS), str(REVIEWERS)]
    found = {group.name: group for group in Group.objects.filter(name__in=names)}
    return [found[name] for name in names if name in found]


def version_of_posts() -> Version:
    """Return who holds which of the posts."""
    held = User.groups.through.objects.filter(group__in=posts()).select_related("user", "group")
    return version_of(*(Seen(one, name=f"{one.user}") for one in held.order_by("pk")))
