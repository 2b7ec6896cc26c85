from marketplace.web.qr import qr_code


def test_a_code_is_drawn_as_numbers_alone_dark_on_white() -> None:
    drawn = qr_code("https://example.test/<script>")

    assert drawn.startswith("<svg")
    assert '<rect fill="white"' in drawn
    assert "script" not in drawn


def test_another_text_is_another_code() -> None:
    assert qr_code("https://example.test/a/") != qr_code("https://example.test/b/")
