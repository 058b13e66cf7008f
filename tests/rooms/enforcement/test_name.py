"""Names of hosts: read as browsers read them, held to the packages whose data the rules are made of."""

import json
import random
import threading
import time

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from adjudge.enforcement.name import MOST_CHARACTERS, MOST_KINDS, Names
from adjudge.enforcement.rules import name_rules, names

ORACLE = PublicSuffixList()
SCRIPTS = "abcXYZ019-_äößÄςΣіІdžǅẞ食狮公司कषةيעבあアー한글İıſ"
ODD = "\u200d\u200c\u00ad\u2060\u0301\u0308\u3002\uff0e\uff61Ａ１①²ﬁ㎏℃Ⅷ\ufdfa\u202e\u1806\ufe0f𝐚🍺\ud800\uffff!＠／"


@pytest.mark.parametrize(
    ("landing", "host"),
    [
        ("shop.example", "shop.example"),
        ("SHOP.Example.", "shop.example"),
        ("https://.shop.example../", "shop.example"),
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
        ("\x01https://shop.example/", "shop.example"),
        ("https://shop.example\x00", "shop.example"),
        ("\u00a0https://shop.example\u3000", "shop.example"),
        ("ftp:shop.example", "shop.example"),
        ("wss:\\\\shop.example", "shop.example"),
        ("shop.example:8443/a:b", "shop.example"),
        ("https://shop.example/" + "x" * 9_000, "shop.example"),
        ("https://" + "u" * 9_000 + "@shop.example/", "shop.example"),
        ("https://" + "u:p@" * 9_000 + "shop.example/", "shop.example"),
        ("https://" + "\t" * 9_000 + "shop.example/", "shop.example"),
        ("https://" + "\u00ad" * 9_000 + "shop.example/", "shop.example"),
        ("https://shop" + "%C2%AD" * 9_000 + ".example/", "shop.example"),
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
        "\x00",
        "https://shop.example\x00/",
        "https://\x00shop.example/",
        "javascript:location='https://shop.example'",
        "data:text/html,shop.example",
        "mailto:shop",
        "shop.example:",
        "shop.example:8x",
        "u" + "\u0301" * MOST_CHARACTERS + ".example",
        "".join(map(chr, range(0x4E00, 0x4E00 + MOST_KINDS + 1))),
    ],
)
def test_what_is_no_host_has_no_keys(landing: str) -> None:
    assert names().keys_of(landing) == ()


C0_OR_SPACE = "".join(map(chr, range(0x21)))
BLOCKED = "blocked.example"


def with_some(chance: random.Random, text: str, more: str) -> str:
    """A text with characters put into it that are taken out again."""
    return "".join(char + chance.choice(("", "", "", chance.choice(more))) for char in text)


def opens_blocked(chance: random.Random) -> str:
    """An address with which a browser opens the blocked host: each part may be written as the standard reads it."""
    scheme = chance.choice(("https:", "http:", "HTTPS:", "hTTp:"))
    slashes = "".join(chance.choices("/\\", k=chance.randrange(5)))
    user = chance.choice(
        ("", "", "u@", "u:p@", "a@b@", "%40:%2f@", "https:&@", "u" * 9_000 + "@", "shop.example@")
    )
    host = "".join(
        hidden(chance, char) for char in with_some(chance, BLOCKED, "\u00ad\u200b\u2060\ufe0f\ufeff")
    )
    end = chance.choice(("", ".", ":", ":443", ":00080")) + chance.choice(
        ("", "/", "\\", "?", "#", "/a@b", "?x=https://shop.example/", "#@shop.example", "\\@shop.example")
    )
    whole = with_some(chance, scheme + slashes + user + host + end, "\t\n\r")
    ends = (chance.choices(C0_OR_SPACE, k=chance.randrange(4)) for _ in range(2))
    before, behind = map("".join, ends)
    return before + whole + behind


def hidden(chance: random.Random, char: str) -> str:
    """A character in one of the ways in which it may be written in a host."""
    wide = {".": "\u3002\uff0e\uff61"}.get(char) or (chr(ord(char) + 0xFEE0) if char.isalpha() else char)
    written = chance.choice((char, char, char, char.upper(), chance.choice(wide)))
    escaped = "".join(f"%{byte:02{chance.choice('xX')}}" for byte in written.encode())
    return escaped if chance.random() < 0.1 else written


@pytest.mark.parametrize("seed", range(4))
def test_whatever_opens_a_host_by_the_rules_of_the_standard_is_looked_up_by_it(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secrets
    for _ in range(600):
        landing = opens_blocked(chance)
        assert names().keys_of(landing) == (b"d:blocked.example",), landing


@pytest.mark.parametrize(
    "landing",
    [
        "a" + "\u0301" * 50_000 + ".example",
        "a" + "\u0301\u0323" * 25_000 + ".example",
        "\u00ad" * 100_000 + "shop.example",
        "%CC%81" * 20_000 + ".example",
        "https://" + "a@" * 50_000 + "shop.example",
        "ü." * 50_000 + "example",
        "\t" * 100_000,
        "a." * 50_000 + "example",
    ],
)
def test_a_landing_page_of_a_hundred_thousand_characters_is_read_at_once(landing: str) -> None:
    start = time.process_time()
    names().keys_of(landing)
    assert time.process_time() - start < 1, (
        "it took some 0.02 s, and would take minutes if it grew with the square"
    )


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
