"""The manager's catalogue: versions, drafts and lists, each step confirmed where the law asks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from marketplace.actions import catalogue_drafts, catalogue_lists
from marketplace.forms.catalogue import (
    EditKind,
    ItemForm,
    ListForm,
    RequirementForm,
    SubmissionForm,
    class_names,
)
from marketplace.guards.catalogue import grounds_on, may_publish_item
from marketplace.guards.catalogue_lists import (
    list_changes_are_lawful,
    list_is_in_force,
    may_change_item,
    may_confirm_list,
    may_withdraw_list,
    version_of_list,
)
from marketplace.kernel.calendar import day_of
from marketplace.kernel.versions import Version, version_of
from marketplace.models import CatalogueList, ListSubmission, ServiceItem
from marketplace.pages import catalogue as pages
from marketplace.pages.requirements import condition
from marketplace.permissions import can_keep_catalogue
from marketplace.requirement_edits import NoSuchPlace, joined_by, replaced, with_leaf, without
from marketplace.requirements import NotARequirement, Nothing, Requirement
from marketplace.web.act_views import ActView, AskingView, Confirmation
from marketplace.web.views import PartyView

LATEST = 20


class KeeperView(PartyView):
    """A page of whoever keeps the catalogue of the province."""

    def is_allowed(self) -> bool:
        return can_keep_catalogue(self.party)


class Catalogue(KeeperView):
    """All versions by state, and the lists that changed them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()
        rows = CatalogueList.objects.select_related("proposed_by", "decided_by")
        return self.page(
            "marketplace/catalogue.html",
            words=words,
            waiting=rows.waiting(),
            decided=rows.exclude(status=CatalogueList.Status.PLANNED)[:LATEST],
            drafts=pages.drafts(grounds_on(day_of(self.at)), words),
            published=pages.published(words),
            ended=pages.ended(words),
        )


class VersionView(KeeperView):
    """A page about the latest version of one item."""

    hides_existence = True
    item: ServiceItem

    def load(self, **kwargs: Any) -> None:
        rows: QuerySet[ServiceItem] = ServiceItem.objects.select_related("service_class")
        found = rows.filter(code=kwargs["code"]).order_by("-version").first()
        if found is None:
            raise Http404
        self.item = found

    def version(self) -> Version | None:
        return version_of(self.item)


class ItemNew(KeeperView, AskingView):
    """Begin an item."""

    said = "marketplace/item_saved"
    form_class = ItemForm

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, ItemForm)  # noqa: S101 - it is the one of `form_class`
        return {"values": form.values()}

    def act(self, **given: Any) -> ServiceItem:
        return catalogue_drafts.draft_item(**given, **self.hand)

    def words(self, done: ServiceItem) -> dict[str, Any]:
        return {"item": done}

    def where(self, done: ServiceItem) -> str:
        return reverse("marketplace:item_edit", args=[done.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page("marketplace/item_new.html", status=status, form=form)


class ItemEdit(VersionView, AskingView):
    """The latest version: edited while it is a draft, else shown with the way to a new one."""

    said = "marketplace/item_saved"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return ItemForm(*posted[:1], instance=self.item, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, ItemForm)  # noqa: S101 - it is the one of `form`
        self.item.refresh_from_db()
        return {"values": form.values()}

    def act(self, **given: Any) -> ServiceItem:
        return catalogue_drafts.change_item(item=self.item, **given, **self.hand)

    def words(self, done: ServiceItem) -> dict[str, Any]:
        return {"item": done}

    def where(self, done: ServiceItem) -> str:
        return reverse("marketplace:item_edit", args=[done.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        older = ServiceItem.objects.filter(code=self.item.code, version__lt=self.item.version)
        previous = older.select_related("service_class").order_by("-version").first()
        names = class_names()
        changing = may_change_item(self.item)
        return self.page(
            "marketplace/item_edit.html",
            status=status,
            form=form,
            item=self.item,
            previous=previous,
            differences=pages.differences(previous, self.item, names),
            condition=condition(tree_of(self.item), names),
            changing=[one for one in changing if not one.holds],
            lacks=self.lacks(),
        )

    def lacks(self) -> list[Any]:
        """Return what keeps the draft from being published."""
        if self.item.status != ServiceItem.Status.DRAFT:
            return []
        asked = may_publish_item(self.item, grounds_on(day_of(self.at)))
        return [one for one in asked if not one.holds]


class NewVersion(ItemEdit):
    """Begin the next version of an item, from the page of its latest one."""

    said = "marketplace/item_drafted"
    is_refused_on_top = True

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        return Confirmation(*posted, **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        return form.cleaned_data

    def act(self, **given: Any) -> ServiceItem:
        return catalogue_drafts.draft_version(item=self.item, **given, **self.hand)

    def show(self, _form: BaseForm, status: int = 200) -> HttpResponse:
        return super().show(super().form(), status)


def tree_of(item: ServiceItem) -> Requirement:
    """Return who may do the work, or that nothing is asked where the kept text says nothing."""
    try:
        return item.requires
    except NotARequirement:
        return Nothing()


class ItemRequirement(VersionView, AskingView):
    """Who may do the work of a draft, changed at one place at a time."""

    said = "marketplace/requirement_saved"

    def form(self, *posted: Any, **options: Any) -> BaseForm:
        tree = tree_of(self.item)
        return RequirementForm(*posted[:1], tree=tree, names=class_names(), **options)

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, RequirementForm)  # noqa: S101 - it is the one of `form`
        return {"requirement": edited(tree_of(self.item), form)}

    def act(self, **given: Any) -> ServiceItem:
        return catalogue_drafts.change_requirement(item=self.item, **given, **self.hand)

    def words(self, done: ServiceItem) -> dict[str, Any]:
        return {"item": done}

    def where(self, done: ServiceItem) -> str:
        return reverse("marketplace:item_requirement", args=[done.code])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            "marketplace/item_requirement.html",
            status=status,
            form=form,
            item=self.item,
            condition=condition(tree_of(self.item), class_names()),
            changing=[one for one in may_change_item(self.item) if not one.holds],
        )


def edited(tree: Requirement, form: RequirementForm) -> Requirement:
    """Return the requirement with what the form says done at its place."""
    place, edit = form.cleaned_data["place"], form.cleaned_data["edit"]
    try:
        if edit == EditKind.REMOVE:
            return without(tree, place)
        if edit in {EditKind.ADD, EditKind.REPLACE}:
            put = with_leaf if edit == EditKind.ADD else replaced
            return put(tree, place, form.leaf())
        return joined_by(tree, place, edit)
    except NoSuchPlace as error:  # the choices were of this tree
        raise Http404 from error


class ListNew(KeeperView, AskingView):
    """Plan a list."""

    said = "marketplace/list_planned"
    form_class = ListForm

    def given(self, form: BaseForm) -> dict[str, Any]:
        assert isinstance(form, ListForm)  # noqa: S101 - it is the one of `form_class`
        kept = {name: form.cleaned_data[name] for name in ("number", "dated_on", "reason")}
        return {**kept, "changes": form.changes()}

    def act(self, **given: Any) -> CatalogueList:
        return catalogue_lists.plan_list(**given, **self.hand)

    def where(self, done: CatalogueList) -> str:
        return reverse("marketplace:catalogue_list", args=[done.slug])

    def show(self, form: BaseForm, status: int = 200) -> HttpResponse:
        return self.page("marketplace/catalogue_list_new.html", status=status, form=form)


class ListPage(KeeperView):
    """One list: what it changes against the list before, and who may confirm it."""

    hides_existence = True
    found: CatalogueList

    def load(self, **kwargs: Any) -> None:
        rows = CatalogueList.objects.select_related("proposed_by", "decided_by")
        self.found = get_object_or_404(rows, slug=kwargs["slug"])

    def version(self) -> Version:
        return version_of_list(self.found)

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        return self.show()

    def show(self, form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        lines = pages.change_lines(self.found)
        grounds = grounds_on(day_of(self.at))
        lawful = list_changes_are_lawful([line.change for line in lines], grounds)
        return self.page(
            "marketplace/catalogue_list.html",
            status=status,
            form=form if isinstance(form, SubmissionForm) else SubmissionForm(),
            found=self.found,
            submissions=pages.submissions_of(self.found),
            is_in_force=list_is_in_force(self.found).holds,
            lines=lines,
            before=pages.list_before(self.found),
            confirm=(*may_confirm_list(self.found, self.user), lawful),
            withdraw=may_withdraw_list(self.found, self.user),
        )


class ListConfirm(ListPage, ActView):
    """Confirm a list as the second person; by POST only."""

    said = "marketplace/list_confirmed"

    get = ActView.http_method_not_allowed  # type: ignore[assignment]

    def act(self, **given: Any) -> CatalogueList:
        return catalogue_lists.confirm_list(found=self.found, **given, **self.hand)

    def words(self, done: CatalogueList) -> dict[str, Any]:
        return {"found": done}

    def where(self, done: CatalogueList) -> str:
        return reverse("marketplace:catalogue_list", args=[done.slug])


class ListWithdraw(ListConfirm):
    """Take an own list back; by POST only."""

    said = "marketplace/list_withdrawn"

    def act(self, **given: Any) -> CatalogueList:
        return catalogue_lists.withdraw_list(found=self.found, **given, **self.hand)


class ListSubmit(ListPage, ActView):
    """Record that a list in force was sent to an authority; by POST only."""

    said = "marketplace/list_submitted"
    form_class = SubmissionForm

    get = ActView.http_method_not_allowed  # type: ignore[assignment]

    def act(self, **given: Any) -> ListSubmission:
        office = self.party.organization
        return catalogue_lists.record_submission(
            found=self.found, office=office, **given, **self.hand
        )

    def words(self, done: ListSubmission) -> dict[str, Any]:
        return {"sent": done}

    def where(self, _done: ListSubmission) -> str:
        return reverse("marketplace:catalogue_list", args=[self.found.slug])
