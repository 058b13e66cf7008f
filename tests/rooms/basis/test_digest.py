"""One tree, one text, one digest. The vectors are of RFC 8785."""

from decimal import Decimal

import pytest

from adjudge.basis.digest import canonical_bytes, digest_of, digest_of_bytes


def test_keys_are_sorted_by_utf_16_and_texts_escaped_as_rfc_8785_says() -> None:
    tree = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "d",
        "1": "One",
        "\U0001f600": "e",
        "\u0080": "c",
    }
    expected = (
        '{"\\r":"Carriage Return","1":"One","\u0080":"c","€":"Euro Sign","\U0001f600":"e","\ufb33":"d"}'
    )
    assert canonical_bytes(tree) == expected.encode()  # type: ignore[arg-type]  # a dict of texts is a tree


def test_the_order_in_which_keys_were_written_does_not_show() -> None:
    assert digest_of({"a": "1", "b": ["x", None, True]}) == digest_of({"b": ["x", None, True], "a": "1"})


def test_a_digest_names_its_function() -> None:
    assert digest_of_bytes(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("tree", [{"a": "\ud800"}, {"\udfff": "a"}, {"a": Decimal(1)}, {"a": {"b"}}, [b"a"]])
def test_what_has_no_canonical_form_is_refused(tree: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of the encoder, of the encoding or our own
        canonical_bytes(tree)  # type: ignore[arg-type]  # no tree of texts
