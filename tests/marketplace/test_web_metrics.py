"""The figures of a process, counted and written as Prometheus reads them."""

from marketplace.web.metrics import Metrics, text_of


def test_answers_are_counted_by_their_class_with_the_time_that_they_took() -> None:
    counted = Metrics()
    for status, seconds in ((200, 0.25), (302, 0.5), (204, 0.125), (503, 0.0)):
        counted.count(status, seconds)

    [requests, took] = counted.figures()

    assert requests == (
        *("marketplace_requests_total", "counter"),
        [('{code="2xx"}', 2), ('{code="3xx"}', 1), ('{code="5xx"}', 1)],
    )
    assert took == ("marketplace_request_seconds_total", "counter", [("", 0.875)])


def test_each_figure_says_its_kind_and_stands_on_a_line_of_its_own() -> None:
    text = text_of([("a_total", "counter", [('{x="1"}', 2), ("", 3)])], {"hits": 4, "pages": 5})

    assert text == (
        "# TYPE a_total counter\n"
        'a_total{x="1"} 2\n'
        "a_total 3\n"
        "# TYPE marketplace_kept_page_hits_total counter\n"
        "marketplace_kept_page_hits_total 4\n"
        "# TYPE marketplace_kept_pages gauge\n"
        "marketplace_kept_pages 5\n"
    )


def test_before_the_first_answer_there_is_nothing_but_zero() -> None:
    assert [values for _name, _kind, values in Metrics().figures()] == [[], [("", 0.0)]]
