"""May an organisation be registered, and with this credit code."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from marketplace.identifiers import USCC_ALPHABET, UsccCheck, has_right_check_digit
from marketplace.kernel.laws import FORM, cite
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Agency, Buyer, Division, Organization, PlaceCode
from marketplace.questions import identity_verdicts

GB_32100 = cite("GB 32100")
OWN_RULE = cite("江西省网上中介服务超市管理办法")
ENTERPRISES = (Buyer.Nature.STATE_OWNED, Buyer.Nature.COMPANY)
NO_ENTERPRISES = (Agency.Nature.INSTITUTION, Agency.Nature.SOCIAL, Agency.Nature.LAW_FIRM)
"""Of which kinds an owner is an enterprise, and of which an agency is none."""
BUYER_IDENTITY = frozenset({"name", "uscc", "nature", "division", "registered_in"})


@guard(_("统一社会信用代码应为 18 位，现在是 %(length)s 位"), source=GB_32100)
def uscc_has_right_length(check: UsccCheck) -> bool | Because:
    return not check.wrong_length or Because(length=len(check.value))


@guard(
    _("统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z；这里出现了“%(marks)s”"),
    source=GB_32100,
)
def uscc_has_right_alphabet(check: UsccCheck) -> bool | Because:
    strange = dict.fromkeys(mark for mark in check.value if mark not in USCC_ALPHABET)
    return not check.wrong_alphabet or Because(marks=" ".join(strange))


@guard(
    _("这像是一个人的居民身份证号，不是单位的统一社会信用代码。请不要填写身份证号，平台没有保存它"),
)
def uscc_is_no_id_card(check: UsccCheck) -> bool:
    return not check.is_id_card


@guard(
    _(
        "统一社会信用代码的前两位表示登记管理部门和机构类别，没有以“%(begin)s”开头的代码，"
        "请对照证照核对"
    ),
    source=GB_32100,
)
def uscc_has_existing_class(check: UsccCheck) -> bool | Because:
    return not check.wrong_class or Because(begin=check.value[:2])


@guard(
    _(
        "这个统一社会信用代码已经登记。一家单位在全省只登记一次，各地通用；"
        "如果是贵单位，请让贵单位的管理员邀请您加入"
    ),
    source=OWN_RULE,
)
def uscc_is_new(check: UsccCheck, organization: Organization | None = None) -> bool:
    others = Organization.objects.filter(uscc=check.value)
    if organization is not None:
        others = others.exclude(pk=organization.pk)
    return not others.exists()


def may_be_uscc(check: UsccCheck) -> tuple[Verdict, ...]:
    """Ask whether a code has the form of one, whoever has it."""
    return (
        uscc_has_right_length(check),
        uscc_has_right_alphabet(check),
        uscc_is_no_id_card(check),
        uscc_has_existing_class(check),
    )


def may_use_uscc(check: UsccCheck, organization: Organization | None = None) -> tuple[Verdict, ...]:
    """Ask whether a code may be stored, for a new organisation or for `organization`."""
    return (
        *may_be_uscc(check),
        uscc_is_new(check, organization),
    )


@guard(_("贵单位已经可以采购，在右上角切换为项目业主"), source=FORM)
def unit_is_no_owner_yet(organization: Organization) -> bool:
    return not Buyer.objects.filter(pk=organization.pk).exists()


@guard(_("贵单位已经是中介服务机构，在右上角切换"), source=FORM)
def unit_is_no_agency_yet(organization: Organization) -> bool:
    return not Agency.objects.filter(pk=organization.pk).exists()


@guard(_("自然人不能入驻为中介服务机构；个体工商户凭营业执照登记"), source=OWN_RULE)
def unit_is_no_person(organization: Organization) -> bool:
    return not organization.is_person


@guard(_("居民身份证号不对，请对照证件核对。平台没有保存填写的号码"), source=FORM)
def identity_number_is_right(number: str) -> bool:
    return has_right_check_digit(number)


@guard(_("这个人已经登记为项目业主。一人在全省只登记一次，各地通用"), source=OWN_RULE)
def person_is_new(key: str) -> bool:
    return not Organization.objects.filter(identity_key=key).exists()


@guard(_("登记地在省外的，“登记地”选省级：省外单位由省级运营机构受理，入驻后同样全省通用"))
def province_cares_for_outsiders(division: Division, registered_in: PlaceCode | None) -> bool:
    return registered_in is None or division.level == Division.Level.PROVINCE


@guard(_("%(place)s在本省，不用填写省外登记地，请在“登记地”中选择"))
def place_lies_outside(division: Division, registered_in: PlaceCode | None) -> bool | Because:
    if registered_in is None or registered_in.code[:2] != division.code[:2]:
        return True
    return Because(place=registered_in.full_name)


def may_register_in(division: Division, registered_in: PlaceCode | None) -> tuple[Verdict, ...]:
    """Ask whether a party in the care of `division` may be registered in `registered_in`."""
    return (
        place_lies_outside(division, registered_in),
        province_cares_for_outsiders(division, registered_in),
    )


def may_change_buyer(
    organization: Organization, changed: Collection[str] = BUYER_IDENTITY
) -> tuple[Verdict, ...]:
    """Ask whether `changed` facts of a buyer may change; its contacts may at any time."""
    return () if BUYER_IDENTITY.isdisjoint(changed) else identity_verdicts(organization)
