"""The pool of experts that the demo begins with."""

from cms.demo.script import script


def test_each_expert_is_one_of_an_office_and_has_a_specialty() -> None:
    plan = script()
    of_offices = {login for one in plan.authorities for login in one.officers.get("expert", ())}

    assert {one.login for one in plan.experts} == of_offices
    assert all(one.classes and one.serves > 0 for one in plan.experts)
    assert {key for one in plan.experts for key in one.ties.values()} <= set(plan.agencies)
