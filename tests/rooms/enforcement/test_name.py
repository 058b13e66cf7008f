"""Names of hosts: read as browsers read them, held to the packages whose data the rules are made of."""

import json
import random
import threading

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from adjudge.enforcement.name import LONGEST_ADDRESS, Names
from adjudge.enforcement.rules import name_rules, names

ORACLE = PublicSuffixList()
SCRIPTS = "abcXYZ019-_äößÄςΣіІdžǅẞ食狮公司कषةيעבあアー한글İıſ"
ODD = "\u200d\u200c\u00ad\u2060\u0301\u0308\u3002\uff0e\uff61Ａ１①²ﬁ㎏℃Ⅷ\ufdfa\u202e\u1806\ufe0f𝐚🍺\ud800\uffff!＠／"


@pytest.mark.parametrize(
    ("landing", "host"),
    [
        ("shop.example", "shop.example"),
        ("SHOP.Example.", "shop.example"),
        ("https://user:pass@shop.example:8443/a@b?c#d", "shop.example"),
        ("//shop.example/x", "shop.example"),
        ("https:\\\\shop.example\\x", "shop.example"),
        ("https:shop.example", "shop.example"),
        (" ht\ntps://shop.ex\tample/ ", "shop.example"),
        ("https://shop.ex%61mple/", "shop.example"),
        ("https://b%C3%BCcher.example", "xn--bcher-kva.example"),
        ("https://Bücher.example", "xn--bcher-kva.example"),
        ("bu\u0308cher.example", "xn--bcher-kva.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("ｓｈｏｐ。example", "shop.example"),
        ("sh\u00adop.example", "shop.example"),
        ("https://!a$b.shop.example/", "!a$b.shop.example"),
        ("app://shop.example/x", "shop.example"),
        ("https://0x7f.1/", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("１２７.1", "127.0.0.1"),
        ("https://shop.example/" + "x" * LONGEST_ADDRESS, "shop.example"),
    ],
)
def test_a_landing_page_is_read_as_browsers_read_it(landing: str, host: str) -> None:
    assert names().host_of(landing) == host


@pytest.mark.parametrize(
    "landing",
    [
        "",
        ".",
        "a..b",
        "https://",
        "https://[::1]/",
        "256.256.256.256.256",
        "1.2.3.256",
        "09.1",
        "a.1",
        "shop example",
        "a%2Fb.example",
        "%zz.example",
        "%ff.example",
        "\ufffd.example",
        f"{'a' * 64}.example",
        ".".join(["a"] * 128),
        "ü" * 5_000,
        "https://" + "u" * LONGEST_ADDRESS + "@shop.example/",
    ],
)
def test_what_is_no_host_has_no_keys(landing: str) -> None:
    assert names().keys_of(landing) == ()


def differs(host: str) -> str:
    """How the two readings of a host differ; empty where they do not."""
    ours = names().ascii_of(host)
    try:
        theirs = idna.encode(host, uts46=True).decode().removesuffix(".")
    except (idna.IDNAError, UnicodeError):
        # Rules about what may be registered. We look it up all the same.
        return ""
    if (
        ours == theirs or theirs.rpartition(".")[2][:1].isdigit()
    ):  # numbers are addresses to us, and not to it
        return ""
    return f"{host!r}: {ours!r}, and not {theirs!r}"


@given(st.text(st.sampled_from(SCRIPTS + ODD + "."), min_size=1, max_size=20))
def test_whatever_idna_writes_is_what_we_write(host: str) -> None:
    assert differs(host) == ""


def test_every_character_is_mapped_as_idna_maps_it() -> None:
    told = names()
    for number in (*range(0x80, 0x2_FA20, 7), *range(0x80, 0x3000)):
        char = chr(number)
        try:
            theirs = idna.uts46_remap(char, std3_rules=False)
        except idna.IDNAError:
            theirs = ""
        assert told.mapped(char) == theirs, hex(number)


def rule_hosts() -> list[str]:
    """Hosts about every rule: the suffix, what is below it, and what is below that."""
    found = []
    for rule in name_rules()["suffixes"].decode().split():
        name = rule.removeprefix("!").replace("*", "any")
        found += [name, f"one.{name}", f"two.one.{name}"]
    return found


def registrable(host: str) -> str:
    """The lowest name that is looked up for a host."""
    return names().above(host)[-1]


def test_every_suffix_rule_means_what_the_package_says() -> None:
    chance = random.Random(9)  # noqa: S311 - no secrets
    made_up = [
        ".".join(chance.choices(("co", "uk", "com", "www", "ck", "kobe", "jp", "github", "io"), k=4))
        for _ in range(2_000)
    ]
    for host in (*rule_hosts(), *made_up):
        assert registrable(host) == (ORACLE.privatesuffix(host) or host)


def test_the_rules_are_those_of_the_package_in_punycode() -> None:
    rules = name_rules()["suffixes"].decode()
    assert rules.isascii()
    assert "xn--55qx5d.cn\n" in rules
    assert "\n\n" not in rules
    assert "github.io\n" in rules


def test_names_deep_below_are_found_by_the_registrable_one() -> None:
    deep = ".".join(["a"] * 100 + ["shop", "example"])
    keys = names().keys_of(deep)
    assert b"d:shop.example" in keys
    assert keys[0] == f"d:{deep}".encode()
    assert len(keys) < 25


@pytest.mark.parametrize(
    "told",
    [
        None,
        3,
        [],
        {},
        {"starts": [], "made": []},
        {"starts": [0, "a"], "made": [0, 0]},
        {"starts": [5], "made": [0]},
    ],
)
def test_a_table_that_cannot_be_read_refuses_characters_and_breaks_nothing(told: object) -> None:
    broken = Names(lambda: "!\n*.\nexample", lambda: told)
    assert broken.keys_of("bücher.example") == ()
    assert broken.keys_of("a.shop.example") == (b"d:a.shop.example", b"d:shop.example")


def test_threads_that_read_the_rules_at_once_read_the_same() -> None:
    rules = name_rules()
    fresh = Names(rules["suffixes"].decode, lambda: json.loads(rules["idn"]))
    found: list[tuple[bytes, ...]] = []
    threads = [
        threading.Thread(target=lambda: found.append(fresh.keys_of("x.www.bücher.kobe.jp")))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {names().keys_of("x.www.bücher.kobe.jp")}
    assert len(found) == len(threads)
