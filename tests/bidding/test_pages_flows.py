"""How an item's result comes about, by who commissions it and whether one may do it alone."""

from bidding.pages.flows import flow_of
from marketplace.models import ServiceItem


def titles(**facts):
    flow = flow_of(ServiceItem(name="水资源论证报告编制", **facts))
    return [(step.lane, step.title) for step in flow.steps], len(flow.arrows)


def test_who_may_do_it_alone_has_two_ways_and_who_may_not_has_one():
    alone = titles(commissioned_by="applicant", applicant_may_do_alone=True)
    never = titles(commissioned_by="applicant", applicant_may_do_alone=False)

    assert alone == (
        [(0, "准备申请"), (0, "自行编制"), (1, "提供服务"), (0, "提交申请"), (2, "审查决定")],
        5,
    )
    assert never == ([(0, "准备申请"), (1, "提供服务"), (0, "提交申请"), (2, "审查决定")], 3)


def test_what_the_department_commissions_it_chooses_and_pays():
    found = titles(commissioned_by="department", applicant_may_do_alone=True)

    assert found == ([(0, "提交申请"), (2, "受理、委托"), (1, "提供服务"), (2, "审查决定")], 3)


def test_an_arrow_goes_from_the_right_side_to_the_left_one_and_long_names_are_cut():
    flow = flow_of(ServiceItem(name="x", deliverable="建设项目水资源论证报告书"))

    assert flow.arrows[0].line.startswith("M228 46H")
    assert flow.steps[2].note == "附“建设项目水资…”"
    assert "提供服务（公开选取的机构）" in flow.words
