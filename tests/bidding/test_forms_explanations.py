"""What an explanation and a judgement take."""

from bidding.forms.explanations import ExplanationForm, JudgementForm
from marketplace.guards.documents import upload_limits
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, load_rules


def test_an_explanation_has_words_and_may_have_papers(db):
    load_rules()
    limits = upload_limits(BuyerFactory().organization, NOON)

    assert ExplanationForm({"text": "两人五日"}, {}, **limits).is_valid()
    assert "text" in ExplanationForm({"text": ""}, {}, **limits).errors


def test_a_judgement_says_one_of_two_and_why():
    holds = JudgementForm({"verdict": "holds", "reasons": "相符"})
    fails = JudgementForm({"verdict": "fails", "reasons": "不符"})

    assert holds.is_valid()
    assert fails.is_valid()
    assert holds.cleaned_data == {"is_accepted": True, "reasons": "相符"}
    assert fails.cleaned_data == {"is_accepted": False, "reasons": "不符"}
    assert set(JudgementForm({}).errors) == {"verdict", "reasons"}
