"""Who may ask, how often, and what every answer carries."""

from __future__ import annotations

import logging

import pytest
from web_site import LIMITS, Fake, request, run, site_of, upload

from govlint.web.asking import language_of
from govlint.web.guards import hosts_of
from govlint.web.headers import SECURITY
from govlint.web.rates import MOST_CLIENTS, Rates
from govlint.web.reception import client_of

# Host


def status(site, host: str, path: str = "/") -> int:
    return run(Fake(), site, request("GET", path, headers={"Host": host}))[0].status_code


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8642", "localhost", "LOCALHOST:1", "[::1]:8642", "localhost.", "lint.example"]
)
def test_known_names_pass(tmp_path, host):
    assert status(site_of(tmp_path, allowed=("Lint.Example",)), host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "a@localhost", "localhost/x", "",
     "localhost:x", "[::1", "127.0.0.1, evil.example", "*"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/health", "/api/v1/openapi.json", "/nothing"])
def test_other_names_are_refused(tmp_path, host, path):
    assert status(site_of(tmp_path), host, path) == 421


def test_two_names_are_none(tmp_path):
    asked = request("GET", "/", headers=[("Host", "localhost"), ("Host", "localhost")])
    assert run(Fake(), site_of(tmp_path), asked)[0].status_code == 421


def test_any_name_where_people_say_so(tmp_path):
    assert status(site_of(tmp_path, allowed=("*",)), "whatever.example") == 200


def test_numbers_are_names_only_for_a_server_that_others_reach():
    assert hosts_of("0.0.0.0", (), local=False).addressed
    assert not hosts_of("127.0.0.1", (), local=True).addressed
    assert "::2" in hosts_of("::2", (), local=False).hosts


def test_a_server_for_others_goes_by_its_numbers(tmp_path):
    site = site_of(tmp_path)._replace(addressed=True)
    assert status(site, "192.0.2.1:8642") == 200
    assert status(site, "[2001:db8::1]:8642") == 200
    assert status(site, "evil.example") == 421


# Origin

HERE = "http://127.0.0.1:8642"


@pytest.mark.parametrize("path", ["/check", "/api/v1/check"])
@pytest.mark.parametrize(
    ("fields", "passes"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": HERE}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:9"}, False),
        ({"Origin": HERE}, True),
        ({"Origin": "https://127.0.0.1:8642"}, True),
        ({"Origin": "http://127.0.0.1:9"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://127.0.0.1:8642.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://[::1"}, False),
        ({"Origin": "https://lint.example"}, True),
        ({"Origin": "https://lint.example.evil.example"}, False),
    ],
)
def test_files_come_from_our_page_or_from_programs(tmp_path, path, fields, passes):
    desks = Fake()
    asked = upload(("a.md", b"1"), path=path)
    asked.headers.update(fields)
    (response,) = run(desks, site_of(tmp_path, allowed=("lint.example",)), asked)
    assert response.status_code == (200 if passes else 403)
    assert len(desks.jobs) == passes


def test_a_standard_port_need_not_be_said(tmp_path):
    site = site_of(tmp_path, allowed=("lint.example",))._replace(own_hosts=frozenset())
    for origin, host, passes in [
        ("https://lint.example", "lint.example:443", True),
        ("http://lint.example", "lint.example:443", False),
    ]:
        asked = upload(("a.md", b"1"))
        asked.headers.update({"Origin": origin, "Host": host})
        assert run(Fake(), site, asked)[0].status_code == (200 if passes else 403)


def test_links_from_elsewhere_may_lead_here(tmp_path):
    asked = request("GET", "/", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
    assert run(Fake(), site_of(tmp_path), asked)[0].status_code == 200


# Header fields


@pytest.mark.parametrize(
    "asked",
    [
        request("GET", "/"),
        request("HEAD", "/"),
        request("GET", "/health"),
        request("GET", "/nothing"),
        request("GET", "/nothing", headers={"Accept": "application/json"}),
        request("DELETE", "/check"),
        request("OPTIONS", "/api/v1/check"),
        request("GET", "/assets/none.css"),
        request("GET", "/api/v1/openapi.json"),
        request("GET", "/", headers={"Host": "evil.example"}),
        request("POST", "/check", headers={"Origin": "null"}),
        request("POST", "/check"),
        upload(("a.md", b"1")),
        upload(("a.md", b"1"), accept="application/x-ndjson"),
        upload(("a.md", b"1"), show="sarif"),
        upload(("a.md", b"1"), path="/api/v1/check"),
    ],
    ids=lambda asked: f"{asked.method} {asked.url.path}",
)
@pytest.mark.parametrize("fails", [False, True])
def test_all_answers_have_the_fields(tmp_path, asked, fails):
    (response,) = run(Fake(lambda job: RuntimeError("x")) if fails else Fake(), site_of(tmp_path), asked)
    for name, value in SECURITY.items():
        assert response.headers.get_list(name) == [value]
    assert response.headers["cache-control"] in ("no-store", "no-cache")
    assert "set-cookie" not in response.headers
    assert "access-control-allow-origin" not in response.headers


def test_nothing_inline_and_nothing_from_elsewhere():
    policy = dict(part.partition(" ")[::2] for part in SECURITY["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


# Rates


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills():
    clock = Clock()
    rates = Rates(60, clock)
    assert rates.take("192.0.2.1", 60) == 0
    assert rates.take("192.0.2.1", 3) == 3
    assert rates.take("192.0.2.2", 1) == 0
    clock.now += 2
    assert rates.take("192.0.2.1", 3) == 1
    clock.now += 1
    assert rates.take("192.0.2.1", 3) == 0
    assert rates.take("192.0.2.1", 1) == 1


def test_more_than_a_bucket_holds_passes_once_and_is_paid_for():
    clock = Clock()
    rates = Rates(60, clock)
    assert rates.take("a", 120) == 0
    assert rates.take("a", 1) == 61
    clock.now += 61
    assert rates.take("a", 1) == 0


def test_no_limit_keeps_nothing_in_mind():
    rates = Rates(0)
    assert [rates.take("a", 1000) for _ in range(5)] == [0] * 5
    assert len(rates) == 0


def test_addresses_kept_in_mind_are_bounded_and_the_latest():
    rates = Rates(1, Clock())
    assert rates.take("203.0.113.1", 1) == 0
    for number in range(MOST_CLIENTS + 50):
        assert rates.take(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", 1) == 0
    assert len(rates) == MOST_CLIENTS
    assert rates.take("203.0.113.1", 1) == 0
    assert rates.take(f"10.0.{MOST_CLIENTS >> 8}.{MOST_CLIENTS & 255}", 1) > 0


def test_a_network_of_ipv6_is_one_client():
    rates = Rates(1, Clock())
    assert rates.take("2001:db8::1", 1) == 0
    assert rates.take("2001:db8::ffff", 1) > 0
    assert rates.take("2001:db8:0:1::1", 1) == 0
    assert rates.take("::ffff:192.0.2.9", 1) == 0
    assert rates.take("192.0.2.9", 1) > 0


def test_files_are_counted_not_requests(tmp_path):
    site = site_of(tmp_path, LIMITS._replace(rate=5))
    three = [(f"{number}.md", b"1") for number in range(3)]
    path = "/api/v1/check"
    first, second, third = run(
        Fake(), site, upload(*three, path=path), upload(*three, path=path), request("GET", "/health")
    )
    assert first.status_code == 200
    assert second.status_code == 429
    assert 1 <= int(second.headers["retry-after"]) <= 60
    assert second.json()["type"].endswith("/too-often")
    assert second.headers["retry-after"] in second.json()["detail"]
    assert third.status_code == 200
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_address_is_one_client_and_stands_in_no_log(tmp_path, caplog):
    """A proxy that is believed may pass on what a client made up."""
    caplog.set_level(logging.INFO)
    site = site_of(tmp_path, LIMITS._replace(rate=1))
    made_up = ["x" * 60_000, "unknown", "", "fe80::1%" + "y" * 60_000, "192.0.2.7"]
    assert [client_of({"client": (each, 1)}) for each in made_up] == ["", "", "", "fe80::1", "192.0.2.7"]
    assert client_of({"client": None}) == client_of({}) == ""
    run(Fake(), site, upload(("a.md", b"1")), client="x" * 60_000)
    (record,) = [record for record in caplog.records if record.name == "govlint.web"]
    assert record.getMessage().startswith("- POST /check 200 ")


def test_broken_requests_cost_too(tmp_path):
    asked = [request("POST", "/check", content=b"x") for _ in range(4)]
    assert [each.status_code for each in run(Fake(), site_of(tmp_path, LIMITS._replace(rate=3)), *asked)] == [
        415
    ] * 3 + [429]


# Languages


@pytest.mark.parametrize(
    ("query", "accepted", "code"),
    [
        ("", "", "zh"),
        ("", "en", "en"),
        ("", "en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("", "fr, zh-CN;q=0.5, en;q=0.4", "zh"),
        ("", "en;q=0.4, zh;q=0.5", "zh"),
        ("", "en;q=0, fr", "zh"),
        ("", "en;q=x, ;;, q=1", "zh"),
        ("", "fr", "zh"),
        ("", "en;q=1.0", "en"),
        ("lang=en", "zh", "en"),
        ("lang=fr", "en", "en"),
        ("lang=zh&lang=en", "", "en"),
    ],
)
def test_the_language_is_the_one_asked_for(tmp_path, query, accepted, code):
    scope = {"query_string": query.encode(), "headers": [(b"accept-language", accepted.encode())]}
    assert language_of(scope, site_of(tmp_path)).code == code
    (page,) = run(Fake(), site_of(tmp_path), request("GET", f"/?{query}", headers={"Accept-Language": accepted}))
    assert f'<html lang="{"zh-CN" if code == "zh" else "en"}"' in page.text


def test_the_form_comes_first(tmp_path):
    site = site_of(tmp_path)
    assert language_of({"query_string": b"lang=en", "headers": []}, site, {"lang": "zh"}).code == "zh"
    assert language_of({"query_string": b"lang=en", "headers": []}, site, {"lang": ""}).code == "en"
