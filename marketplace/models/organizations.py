"""The parties: organisations, the people who act for them, and what agencies and buyers add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import known
from marketplace.kernel.models.deadlines import DeadlineSubject, EndOf, IsProvisional, Needs, end_of
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.kernel.models.states import StatefulModel, StatusField, transition
from marketplace.kernel.statements import statement
from marketplace.models.deadlines import AdmissionDeadline
from marketplace.models.divisions import Division, PlaceCode
from marketplace.models.users import User


class AgencyStatus(models.TextChoices):
    """Where an agency's admission stands."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待形式审核")
    RETURNED = "returned", _("退回修改")
    PUBLICITY = "publicity", _("入驻公示")
    ACTIVE = "active", _("全省有效")
    WITHDRAWN = "withdrawn", _("已退出")


MARK_LENGTH = 6
"""How much of its random address the public name of a person ends in, to tell two apart."""


class OrganizationQuerySet(LockingQuerySet["Organization"]):
    """Organisations by what they are."""

    def within(self, division: Division) -> OrganizationQuerySet:
        """Organisations whose registered place is `division` or lies below it."""
        return self.filter(division__code__startswith=division.prefix)

    def active_agencies(self) -> OrganizationQuerySet:
        """Agencies that are admitted and may work in the whole province."""
        return self.filter(kind=Organization.Kind.AGENCY, agency__status=AgencyStatus.ACTIVE)

    def agencies_in_publicity(self) -> OrganizationQuerySet:
        """Agencies that passed the formal check and may still be objected to."""
        return self.filter(kind=Organization.Kind.AGENCY, agency__status=AgencyStatus.PUBLICITY)

    def public_agencies(self) -> OrganizationQuerySet:
        """Agencies with a public record: in publicity, active, or once active."""
        return self.filter(
            Q(agency__status=AgencyStatus.PUBLICITY) | Q(agency__activated_at__isnull=False),
            kind=Organization.Kind.AGENCY,
        )


class Organization(SlugModel):
    """
    A party of the platform: an agency, a buyer or an authority.

    An agency may be a buyer too: it has both rows, and people with roles of both. One from outside
    the province is in the care of the province, its `division`, and registered in `registered_in`.
    A natural person has `identity_key` in place of a credit code, and a name that names nobody.
    """

    class Kind(models.TextChoices):
        AGENCY = "agency", _("中介服务机构")
        BUYER = "buyer", _("项目业主")
        AUTHORITY = "authority", _("管理机构")

    class Size(models.TextChoices):
        """
        What an enterprise is among enterprises, as it declares; the law on payments asks for it.

        Source: 《保障中小企业款项支付条例》第三条
        """

        LARGE = "large", _("大型企业")
        SMALL = "small", _("中型、小型、微型企业")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    name = models.CharField(_("名称"), max_length=120)
    uscc = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("这个统一社会信用代码已经登记，一家单位在全省只登记一次。")},
    )
    has_valid_check_digit = models.BooleanField(_("校验码相符"), default=True)
    uscc_confirmed_at = models.DateTimeField(_("信用代码核实时间"), null=True, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("登记地"), on_delete=models.PROTECT, related_name="organizations"
    )
    registered_in = models.ForeignKey(
        PlaceCode,
        verbose_name=_("省外登记地"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    head_office = models.ForeignKey(
        "self",
        verbose_name=_("总机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="branches",
    )
    identity_key = models.CharField(
        _("身份标识"), max_length=64, unique=True, null=True, blank=True, editable=False
    )
    legal_representative = models.CharField(_("法定代表人"), max_length=32, blank=True)
    address = models.CharField(_("登记地址"), max_length=200, blank=True)
    size = models.CharField(_("企业规模"), max_length=8, choices=Size, blank=True, default="")
    contact_name = models.CharField(_("联系人"), max_length=32, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    contact_email = models.EmailField(_("联系邮箱"), blank=True)
    registered_at = models.DateTimeField(_("登记时间"))

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("单位")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="organization_uscc_has_18_characters",
                condition=Q(uscc__isnull=True) | Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
            ),
            models.CheckConstraint(
                name="organization_party_has_a_code_or_is_a_person",
                condition=Q(kind="authority")
                | Q(uscc__isnull=False, identity_key__isnull=True)
                | Q(uscc__isnull=True, identity_key__isnull=False),
            ),
            models.CheckConstraint(
                name="organization_is_not_its_own_head_office",
                condition=Q(head_office__isnull=True) | ~Q(head_office=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def name_of_a_person(cls, slug: str) -> str:
        """Return what an owner who is a natural person is called where everybody reads it."""
        return _("自然人业主 %(code)s") % {"code": slug[:MARK_LENGTH].upper()}

    @property
    def place(self) -> str:
        """Where it is registered, in words: a place of the province, or one outside."""
        if self.registered_in_id is None:
            return self.division.full_name
        outside = self.registered_in_id
        return known.once("outside", outside, read=lambda: str(self.registered_in))

    @property
    def is_person(self) -> bool:
        """Tell whether it is a natural person, of whom the public reads nothing."""
        return self.identity_key is not None

    @property
    def uscc_is_settled(self) -> bool:
        """Tell whether the credit code has a right check digit or an officer has confirmed it."""
        return self.has_valid_check_digit or self.uscc_confirmed_at is not None


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by who and what."""

    def active(self) -> MembershipQuerySet:
        """Memberships that were not ended."""
        return self.filter(is_active=True)

    def held_by(self, user: User) -> MembershipQuerySet:
        """What a person is now, and where, the oldest first."""
        held = self.active().filter(user=user).select_related("organization__division")
        return held.order_by("pk")

    def members_of(self, organization: Organization) -> MembershipQuerySet:
        """Who acts for an organisation now, the oldest first."""
        members = self.active().filter(organization=organization).select_related("user")
        return members.order_by("pk")


class Membership(models.Model):
    """A person's role in an organisation; one person may hold several, in several."""

    class Role(models.TextChoices):
        AGENCY_MANAGER = "agency_manager", _("机构管理员")
        AGENCY_AGENT = "agency_agent", _("业务授权人")
        BUYER_MANAGER = "buyer_manager", _("采购管理人")
        BUYER_AGENT = "buyer_agent", _("采购受托人")
        OPERATOR = "operator", _("运营人员")
        REGULATOR = "regulator", _("行业监管人员")
        MANAGER = "manager", _("管理机构人员")
        INSPECTOR = "inspector", _("监督检查人员")
        EXPERT = "expert", _("评审专家")

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="memberships"
    )
    organization = models.ForeignKey(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("角色"), max_length=16, choices=Role)
    is_active = models.BooleanField(_("有效"), default=True)
    service_classes = models.ManyToManyField(
        "marketplace.ServiceClass",
        verbose_name=_("授权办理的服务类别"),
        blank=True,
        related_name="+",
        help_text=_("没有写明的，各类别都可以办理。"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="membership_once_per_role", fields=["user", "organization", "role"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.organization} {self.get_role_display()}"


class AgencyQuerySet(LockingQuerySet["Agency"]):
    """What agencies add to their organisations, by where their admission stands."""

    def of(self, organization: Organization) -> Agency | None:
        """The agency's own part of `organization`, or None for a buyer or an authority."""
        if organization.kind != Organization.Kind.AGENCY:
            return None
        agency = _agency.one(organization.pk)
        if agency is not None:
            agency.organization = organization
        return agency

    def queued(self, prefix: str, status: str) -> AgencyQuerySet:
        """
        Agencies in one state, the most urgent first.

        They are registered where the division's code begins with `prefix`.
        """
        first = {
            AgencyStatus.SUBMITTED: end_of(AdmissionDeadline.CHECK).asc(),
            AgencyStatus.PUBLICITY: end_of(AdmissionDeadline.PUBLICITY).asc(),
            AgencyStatus.RETURNED: F("checked_at").desc(),
        }
        return self.standing_at(prefix, status).order_by(first[AgencyStatus(status)], "pk")

    def standing_at(self, prefix: str, status: str) -> AgencyQuerySet:
        """Agencies of an area in one state, in no order."""
        return self.filter(status=status, organization__division__code__startswith=prefix)


class BuyerQuerySet(LockingQuerySet["Buyer"]):
    """What owners add to their organisations, by whether they were checked."""

    def queued(self, prefix: str, status: str) -> BuyerQuerySet:
        """Owners of an area in one state, who registered first in front."""
        rows = self.filter(status=status, organization__division__code__startswith=prefix)
        return rows.order_by("organization__registered_at", "pk")

    def in_queue(self, division: Division, status: str) -> BuyerQuerySet:
        """The same with what the list of an officer shows."""
        rows = self.queued(division.prefix, status)
        return rows.select_related("organization__division__parent", "organization__registered_in")


class Agency(StatefulModel, DeadlineSubject):
    """What an intermediary agency adds to its organisation, and where its admission stands."""

    Status = AgencyStatus

    class Nature(models.TextChoices):
        COMPANY = "company", _("企业法人")
        INSTITUTION = "institution", _("事业单位法人")
        SOCIAL = "social", _("社会组织法人")
        UNINCORPORATED = "unincorporated", _("非法人组织")
        SOLE_TRADER = "sole_trader", _("个体工商户")
        LAW_FIRM = "law_firm", _("律师事务所")

    organization = models.OneToOneField(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, primary_key=True
    )
    status = StatusField(_("状态"), choices=Status, default=Status.DRAFT)
    nature = models.CharField(_("单位性质"), max_length=16, choices=Nature, blank=True)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True)
    registered_capital = models.DecimalField(
        _("注册资本（万元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    business_scope = models.TextField(_("经营范围"), max_length=2000, blank=True)
    business_until = models.DateField(_("营业期限至"), null=True, blank=True)
    office_address = models.CharField(_("办公地址"), max_length=200, blank=True)
    introduction = models.TextField(_("机构简介"), max_length=2000, blank=True)
    commitment_signed_at = models.DateTimeField(_("承诺书签署时间"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    checked_at = models.DateTimeField(_("形式审核时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("审核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    return_reasons = models.TextField(_("退回理由"), max_length=1000, blank=True)
    # what the officer said of single fields, and what the fields held then
    remarks: models.JSONField[Any, Any] = models.JSONField(_("逐项意见"), default=list, blank=True)
    returned_values: models.JSONField[Any, Any] = models.JSONField(
        _("退回时的内容"), default=dict, blank=True
    )
    activated_at = models.DateTimeField(_("生效时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("退出时间"), null=True, blank=True)
    # decisions on agencies whose representative is another person, as an officer has made sure
    namesakes_ruled_out = models.JSONField(_("已核实不是同一人的决定"), default=list, blank=True)

    check_due_at = EndOf(AdmissionDeadline.CHECK)
    publicity_ends_at = EndOf(AdmissionDeadline.PUBLICITY)
    is_due_provisional = IsProvisional(AdmissionDeadline.CHECK, AdmissionDeadline.PUBLICITY)

    needs = (
        Needs(Q(status=Status.SUBMITTED), (AdmissionDeadline.CHECK,)),
        Needs(Q(status=Status.PUBLICITY), (AdmissionDeadline.PUBLICITY,)),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("中介服务机构")
        constraints = [
            models.CheckConstraint(
                name="agency_submitted_has_time_and_commitment",
                condition=Q(status__in=[AgencyStatus.DRAFT, AgencyStatus.WITHDRAWN])
                | Q(submitted_at__isnull=False, commitment_signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agency_returned_has_reasons",
                condition=~Q(status=AgencyStatus.RETURNED) | ~Q(return_reasons=""),
            ),
            models.CheckConstraint(
                name="agency_publicity_was_checked",
                condition=~Q(status__in=[AgencyStatus.PUBLICITY, AgencyStatus.ACTIVE])
                | Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agency_active_has_time",
                condition=~Q(status=AgencyStatus.ACTIVE) | Q(activated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agency_withdrawn_has_time",
                condition=~Q(status=AgencyStatus.WITHDRAWN) | Q(withdrawn_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="agency_by_status", fields=["status"])]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def is_listed(self) -> bool:
        """Tell whether the public may read the application: it was checked, and it stands."""
        return self.status in {self.Status.PUBLICITY, self.Status.ACTIVE}

    @transition(field=status, source=[Status.DRAFT, Status.RETURNED], target=Status.SUBMITTED)
    def submit(self, *, at: datetime) -> None:
        self.submitted_at = at
        self.commitment_signed_at = at
        self.namesakes_ruled_out = []

    @transition(field=status, source=Status.SUBMITTED, target=Status.RETURNED)
    def send_back(
        self, *, at: datetime, by: User, reasons: str, remarks: Sequence[Any] = ()
    ) -> None:
        self.checked_at, self.checked_by, self.return_reasons = at, by, reasons
        self.remarks = list(remarks)

    @transition(field=status, source=Status.SUBMITTED, target=Status.PUBLICITY)
    def approve(self, *, at: datetime, by: User) -> None:
        self.checked_at, self.checked_by = at, by
        self.return_reasons, self.remarks, self.returned_values = "", [], {}

    @transition(field=status, source=Status.PUBLICITY, target=Status.RETURNED)
    def uphold_objection(self, *, at: datetime, by: User, reasons: str) -> None:
        self.checked_at, self.checked_by, self.return_reasons = at, by, reasons

    @transition(field=status, source=Status.PUBLICITY, target=Status.ACTIVE)
    def activate(self, *, at: datetime) -> None:
        self.activated_at = at

    @transition(
        field=status, source=[Status.DRAFT, Status.RETURNED, Status.ACTIVE], target=Status.WITHDRAWN
    )
    def withdraw(self, *, at: datetime) -> None:
        self.withdrawn_at = at

    @transition(field=status, source=Status.WITHDRAWN, target=Status.DRAFT)
    def reapply(self) -> None:
        """Begin again with what was filled in; that it was once active stays known."""
        self.submitted_at = self.commitment_signed_at = None
        self.checked_at, self.checked_by, self.return_reasons = None, None, ""
        self.withdrawn_at = None


class OwnerStatus(models.TextChoices):
    """Whether an owner was checked."""

    REGISTERED = "registered", _("待核验")
    RETURNED = "returned", _("退回补正")
    CHECKED = "checked", _("已核验")


class Buyer(StatefulModel):
    """
    What a project owner adds to its organisation; it publishes once an officer has checked it.

    `person_name` is the name of an owner who is a natural person; it is for no public page.
    """

    Status = OwnerStatus

    class Nature(models.TextChoices):
        GOVERNMENT = "government", _("机关")
        INSTITUTION = "institution", _("事业单位")
        STATE_OWNED = "state_owned", _("国有企业")
        COMPANY = "company", _("其他企业")
        SOCIAL = "social", _("社会组织")
        PERSON = "person", _("自然人")

    organization = models.OneToOneField(
        Organization, verbose_name=_("单位"), on_delete=models.PROTECT, primary_key=True
    )
    nature = models.CharField(_("单位性质"), max_length=16, choices=Nature)
    person_name = models.CharField(_("姓名"), max_length=32, blank=True)
    status = StatusField(_("核验状态"), choices=Status, default=Status.REGISTERED)
    authority_letter = models.ForeignKey(
        "marketplace.Document",
        verbose_name=_("授权委托书"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    checked_by = models.ForeignKey(
        User,
        verbose_name=_("核验人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    return_reasons = models.TextField(_("退回理由"), max_length=1000, blank=True)
    remarks: models.JSONField[Any, Any] = models.JSONField(_("逐项意见"), default=list, blank=True)

    objects = BuyerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("项目业主")
        constraints = [
            models.CheckConstraint(
                name="buyer_checked_by_somebody",
                condition=Q(status=OwnerStatus.REGISTERED)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="buyer_returned_has_reasons",
                condition=~Q(status=OwnerStatus.RETURNED) | ~Q(return_reasons=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @transition(
        field=status,
        source=[Status.RETURNED, Status.CHECKED, Status.REGISTERED],
        target=Status.REGISTERED,
    )
    def ask_again(self) -> None:
        """What was checked has changed: it is to be checked anew."""

    @transition(field=status, source=Status.REGISTERED, target=Status.CHECKED)
    def approve(self, *, at: datetime, by: User) -> None:
        self.checked_at, self.checked_by, self.return_reasons = at, by, ""
        self.remarks = []

    @transition(field=status, source=Status.REGISTERED, target=Status.RETURNED)
    def send_back(
        self, *, at: datetime, by: User, reasons: str, remarks: Sequence[Any] = ()
    ) -> None:
        self.checked_at, self.checked_by, self.return_reasons = at, by, reasons
        self.remarks = list(remarks)


@statement
def _agency(key: int) -> models.QuerySet[Agency]:
    return Agency.objects.filter(pk=key)
