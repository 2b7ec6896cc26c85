"""What the pages say of a method of choosing; they hold no word of their own about one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
BRACKET = _("（")
PUBLISHED = _("公布的价格（元）")
TODO, TODO_ACTION = _("答复采购"), _("去答复")
CHOOSING, CHOOSING_ACTION = _("从候选机构中选定"), _("去选定")
OPENING = _("开启报价并选取")
UNTIED = _("报价不同，不用抽签")


@dataclass(frozen=True)
class RuleSentence:
    """One sentence of a rule with its ground: the rulebook key whose value it states, or words."""

    text: str
    key: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The name of a method, the labels of its acts and the notes beside them."""

    name: Text
    countdown: Text
    """Above the time that is left."""
    deadline: Text
    """The word for the end of that time."""
    answer: Text
    """On the button of an order's page that leads to the agency's answer."""
    answer_short: Text
    """The same where there is little room."""
    answer_after_login: Text
    answer_note: Text
    """Under that button: what an agency should know before it answers."""
    buyer_note: Text
    """Under the countdown that the buyer sees."""
    offer_title: Text
    """Over the form of the answer."""
    offer: Text
    """On the button that sends it."""
    offer_note: Text
    seal_note: Text
    """Beside the commitment: what the seed is for."""
    bids_caption: Text
    """Of the table of all bids after the opening."""
    order_note: Text
    """Over the ranking: by what it is made."""
    gist: Text = ""
    """What the method does, in one plain sentence for an owner who chooses among methods."""
    untied_note: Text = UNTIED
    """In the ranking, in the place of a lot that decided nothing."""
    opening: Text = OPENING
    """The step of an order's life between its sign-up and its result."""
    published: Text = PUBLISHED
    """Beside the amount that the notice states and every answer repeats, where there is one."""
    choosing: Text = CHOOSING
    """In the workbench of an owner that is to choose, and over the page where it does."""
    choosing_action: Text = CHOOSING_ACTION
    todo: Text = TODO
    """In the workbench of an agency that alone may answer."""
    todo_action: Text = TODO_ACTION

    @property
    def short(self) -> str:
        """The name without what stands in brackets, for lists."""
        return str(self.name).partition(str(BRACKET))[0]
