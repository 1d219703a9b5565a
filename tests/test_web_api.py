"""The routes: what each answers, in both languages and every form; and the description that the API has of itself."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route
from web_site import LANGUAGES, LIMITS, Fake, request, run, site_of, told, upload

import govlint
from govlint.version import __version__
from govlint.web.app import make_app
from govlint.web.desks import Busy, Lost
from govlint.web.downloads import disposition
from govlint.web.jobs import About, Answer, Download, Page, Refusal, Unread
from govlint.web.problems import ROUTE, STATUS
from govlint.writers.schemas import DIAGNOSTIC

DESCRIPTION = json.loads(files("govlint.web").joinpath("openapi.json").read_text(encoding="utf-8"))
CHECK = "/api/v1/check"
FILE = ("a.md", b"1")


def resolved(node):
    """The description with all references filled in."""
    if isinstance(node, dict):
        if "$ref" in node:
            found = DESCRIPTION
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            return resolved(found)
        return {key: resolved(value) for key, value in node.items()}
    return [resolved(each) for each in node] if isinstance(node, list) else node


def fits(response, path: str, method: str = "post") -> None:
    """Raises AssertionError unless the description tells of this answer, its type, header fields and content."""
    answers = resolved(DESCRIPTION["paths"][path][method]["responses"])
    answer = answers[str(response.status_code)]
    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type in answer["content"]
    assert list(Draft202012Validator(answer["content"][media_type]["schema"]).iter_errors(response.json())) == []
    if response.status_code == 429:
        assert set(answer["headers"]) == {"Retry-After"}
        assert "retry-after" in response.headers


# The description


def test_the_description_is_valid():
    OpenAPIV31SpecValidator(DESCRIPTION).validate()
    for schema in DESCRIPTION["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_it_has_all_routes_of_the_api_and_no_others(tmp_path):
    app = make_app(Fake(), site_of(tmp_path))
    routes = {
        (route.path, method.lower())
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith(("/api/", "/health"))
        for method in route.methods - {"HEAD"}
    }
    assert {(path, method) for path, item in DESCRIPTION["paths"].items() for method in item} == routes


def test_diagnostics_are_those_of_the_command():
    """GOVLINT_UPDATE=1 writes them anew."""
    if os.environ.get("GOVLINT_UPDATE"):
        DESCRIPTION["components"]["schemas"]["Diagnostic"] = DIAGNOSTIC
        text = json.dumps(DESCRIPTION, ensure_ascii=False, indent=2) + "\n"
        (Path(govlint.__file__).parent / "web" / "openapi.json").write_text(text, encoding="utf-8")
    assert DESCRIPTION["components"]["schemas"]["Diagnostic"] == DIAGNOSTIC


def test_it_names_all_kinds_of_problem_of_the_api():
    text = json.dumps(DESCRIPTION["components"]["responses"])
    kinds = {kind.replace("_", "-") for kind in STATUS}
    assert kinds - {kind for kind in kinds if f"`{kind}`" in text} == {"bad-show", "refused", "wrong-method"}
    (parameter, *_) = DESCRIPTION["paths"]["/api/v1/problems/{kind}"]["get"]["parameters"]
    assert set(parameter["schema"]["enum"]) == kinds


def test_it_is_served_as_it_lies_there(tmp_path):
    (response,) = run(Fake(), site_of(tmp_path), request("GET", "/api/v1/openapi.json"))
    assert response.json() == DESCRIPTION


def lost(*, timed_out: bool):
    return lambda job: Lost(timed_out=timed_out)


def unread(job) -> Answer:
    return Answer((Unread("a.md", "too_long", "太久"),), Download("x.json", "application/json", b"[\n]\n"))


MADE = [
    (None, upload(FILE, path=CHECK), 200, ""),
    (None, request("POST", CHECK + "?name=a.md", content=b"1"), 200, ""),
    (None, request("POST", CHECK, content=b"1"), 400, "bad-name"),
    (None, upload(FILE, path=CHECK), 403, "other-site"),
    (None, upload(*[FILE] * 9, path=CHECK), 413, "too-many-files"),
    (None, request("POST", CHECK, json={}), 415, "wrong-type"),
    (None, upload(FILE, path=CHECK), 421, "wrong-host"),
    (unread, upload(FILE, path=CHECK), 422, "unread"),
    (None, upload(*[FILE] * 4, path=CHECK), 429, "too-often"),
    (lambda job: RuntimeError("秘密"), upload(FILE, path=CHECK), 500, "internal"),
    (lambda job: Busy(), upload(FILE, path=CHECK), 503, "busy"),
    (lost(timed_out=False), upload(FILE, path=CHECK), 503, "lost"),
    (lost(timed_out=True), upload(FILE, path=CHECK), 503, "timed-out"),
    (lambda job: OSError(errno.ENOSPC, "full"), upload(FILE, path=CHECK), 507, "no-room"),
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("answer", "asked", "status", "kind"), MADE, ids=[f"{each[2]}-{each[3] or at}" for at, each in enumerate(MADE)]
)
def test_real_answers_are_described(tmp_path, answer, asked, status, kind, lang):
    def empty(job):
        return Answer((), Download("x.json", "application/json", b"[]"))

    asked = request(asked.method, asked.url.raw_path.decode(), content=asked.read(), headers=asked.headers)
    asked.headers["Accept-Language"] = lang
    if status in (403, 421):
        asked.headers.update({"Origin": "null"} if status == 403 else {"Host": "evil.example"})
    site = site_of(tmp_path, LIMITS._replace(rate=3 if status == 429 else 0))
    desks = Fake(answer or empty)
    response = run(desks, site, *([upload(FILE, path=CHECK)] if status == 429 else []), asked)[-1]
    assert response.status_code == status
    fits(response, CHECK)
    if kind:
        problem = response.json()
        assert problem["type"] == ROUTE + kind
        assert problem["instance"] == CHECK
        assert problem["title"] == LANGUAGES[lang].words["problem_title"][kind.replace("-", "_")]
        assert "{" not in problem["detail"]
        assert bool(re.search("[一-鿿]", problem["detail"])) is (lang == "zh")
        assert "秘密" not in response.text


@pytest.mark.parametrize(
    ("path", "template", "status"),
    [("/health", "/health", 200), ("/api/v1/openapi.json", "/api/v1/openapi.json", 200),
     ("/api/v1/problems/too-large", "/api/v1/problems/{kind}", 200),
     ("/api/v1/problems/x", "/api/v1/problems/{kind}", 404)],
)  # fmt: skip
def test_other_routes_are_described(tmp_path, path, template, status):
    fine, refused = run(
        Fake(), site_of(tmp_path), request("GET", path), request("GET", path, headers={"Host": "x.example"})
    )
    assert (fine.status_code, refused.status_code) == (status, 421)
    fits(fine, template, "get")
    fits(refused, template, "get")


def test_health_tells_the_version_and_the_desks(tmp_path):
    (response,) = run(Fake(), site_of(tmp_path), request("GET", "/health"))
    assert response.json() == {"status": "ok", "version": __version__, "desks": 2, "free": 1}


def test_what_could_be_read_comes_with_what_could_not(tmp_path):
    found = [{"rule": "GL403"}]

    def answer(job):
        made = Download("x.json", "application/json", json.dumps(found).encode() + b"\n")
        return Answer((Unread('b"}.pdf', "encrypted", "已加密"),), made)

    (response,) = run(Fake(answer), site_of(tmp_path), upload(FILE, ("b.pdf", b"2"), path=CHECK))
    assert response.status_code == 422
    assert response.json()["errors"] == [{"name": 'b"}.pdf', "reason": "encrypted", "detail": "已加密"}]
    assert response.json()["diagnostics"] == found


# The page


@pytest.mark.parametrize("show", ["annotated", "fixed", "review", "html", "json", "sarif"])
def test_files_to_keep_are_saved_and_never_shown(tmp_path, show):
    desks = Fake()
    (response,) = run(desks, site_of(tmp_path), upload(FILE, show=show, unsafe="1", lang="en"))
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment; ")
    assert (desks.jobs[0].show, desks.jobs[0].unsafe, desks.jobs[0].language) == (show, True, "en")


def test_names_of_downloads_are_told_twice():
    assert disposition("a b.docx") == "attachment; filename=\"a b.docx\"; filename*=UTF-8''a%20b.docx"
    hostile = disposition('年"\r\nX: y\\.md')
    assert hostile == "attachment; filename=\"____X_ y_.md\"; filename*=UTF-8''%E5%B9%B4%22%0D%0AX%3A%20y%5C.md"


@pytest.mark.parametrize("accept", ["text/html", "application/problem+json, */*", "application/x-ndjson"])
def test_a_refusal_is_said_in_words(tmp_path, accept):
    desks = Fake(lambda job: Answer((), Refusal("没有可改的 <b>")))
    (response,) = run(desks, site_of(tmp_path), upload(FILE, show="fixed", accept=accept))
    assert response.status_code == 422
    if accept == "text/html":
        assert "没有可改的 &lt;b&gt;" in response.text
    else:
        assert response.json()["detail"] == "没有可改的 <b>"


def test_a_page_without_scripts_has_the_result_in_it(tmp_path):
    page = Page("查了 <1> 份", '<p id="made">结果</p>', (About("a.md", "markdown", False, 0, 0),))
    (response,) = run(Fake(lambda job: Answer((), page)), site_of(tmp_path), upload(FILE))
    assert '<p id="made">结果</p>' in response.text
    assert "查了 &lt;1&gt; 份" in response.text
    assert '<form id="give"' in response.text
    assert response.headers["cache-control"] == "no-store"


def test_the_script_gets_events(tmp_path):
    page = Page("好", "<p>结果</p>", (About("a.md", "markdown", False, 2, 1),))
    desks = Fake(lambda job: Answer((), page))
    (response,) = run(desks, site_of(tmp_path), upload(FILE, ("b.md", b"2"), accept="application/x-ndjson"))
    assert response.headers["content-type"] == "application/x-ndjson"
    first, second, last = map(json.loads, response.text.splitlines())
    assert (first["event"], first["number"], first["name"], first["files"]) == ("progress", 1, "a.md", 2)
    assert first["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert second["number"] == 2
    report = {"name": "a.md", "kind": "markdown", "annotate": False, "fixes": 2, "unsafe_fixes": 1}
    assert last == {"event": "done", "lead": "好", "html": "<p>结果</p>", "reports": [report]}


@pytest.mark.parametrize(
    ("answer", "kind"), [(lost(timed_out=True), "timed-out"), (lambda job: RuntimeError("秘密"), "internal")]
)
def test_a_problem_on_the_way_is_an_event(tmp_path, answer, kind):
    (response,) = run(Fake(answer), site_of(tmp_path), upload(FILE, accept="application/x-ndjson", lang="en"))
    *_, last = map(json.loads, response.text.splitlines())
    assert response.status_code == 200
    assert (last["event"], last["type"]) == ("problem", ROUTE + kind)
    assert last["detail"].isascii()


def test_a_problem_before_is_an_event_too(tmp_path):
    (response,) = run(Fake(), site_of(tmp_path), upload(*[FILE] * 9, accept="application/x-ndjson"))
    assert response.status_code == 413
    assert response.json()["event"] == "problem"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_problems_are_said_on_the_page(tmp_path, lang):
    site = site_of(tmp_path)
    asked = [
        upload(FILE, show="x", lang=lang),
        request("GET", f"/nothing?lang={lang}"),
        request("PUT", f"/check?lang={lang}"),
    ]
    words = LANGUAGES[lang].words["problem"]
    for response, status, said in zip(
        run(Fake(), site, *asked), (400, 404, 405), ("bad_show", "not_found", "wrong_method"), strict=True
    ):
        assert response.status_code == status
        assert words[said].partition("{")[0] in response.text
        assert '<form id="give"' in response.text
    assert response.headers["allow"] == "POST"


# Where a proxy puts it


def test_below_a_path_all_addresses_are(tmp_path):
    site = site_of(tmp_path, root="/govlint")
    for path in ("/govlint/", "/govlint", "/"):
        (page,) = run(Fake(), site, request("GET", path))
        assert page.status_code == 200
        links = re.findall(r'(?:href|src|action)="([^"]+)"', page.text)
        assert len(links) > 5
        assert [link for link in links if not link.startswith("/govlint/")] == []
    assets = [link for link in links if "/assets/" in link]
    for response in run(Fake(), site, *[request("GET", link) for link in assets]):
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
    away, other, problem = run(
        Fake(),
        site,
        request("GET", "/govlintx/"),
        request("GET", "/x/govlint/"),
        request("POST", "/govlint/api/v1/check"),
    )
    assert (away.status_code, other.status_code) == (404, 404)
    assert problem.json()["type"].startswith("/govlint/api/v1/problems/")
    (kind,) = run(Fake(), site, request("GET", problem.json()["type"]))
    assert kind.json()["type"] == problem.json()["type"]


def test_assets_are_addressed_by_their_content(tmp_path):
    (page,) = run(Fake(), site_of(tmp_path), request("GET", "/"))
    links = re.findall(r'"(/assets/[^"]+)"', page.text)
    assert all(re.search(r"\.[0-9a-f]{12}\.(css|js|svg)$", link) for link in links)
    answers = run(Fake(), site_of(tmp_path), *[request("GET", link) for link in links])
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
    for link, answer in zip(links, answers, strict=True):
        assert answer.headers["content-type"] == kinds["." + link.rpartition(".")[2]]
    assert len(page.content) + sum(len(answer.content) for answer in answers) < 200_000
    missing = [link.replace(".css", "x.css") for link in links if ".css" in link] + [
        "/assets/start.html",
        "/assets/../jobs.py",
    ]
    assert {
        answer.status_code for answer in run(Fake(), site_of(tmp_path), *[request("GET", path) for path in missing])
    } == {404}


# The log


def test_the_log_tells_no_names_queries_or_words(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    asked = [
        upload(("秘密名.md", "秘密内容".encode()), show="json"),
        upload(("秘密名.md", "秘密内容".encode()), accept="application/x-ndjson"),
        request("POST", CHECK + "?name=%E7%A7%98%E5%AF%86.md&秘密=1", content="秘密".encode()),
        request("GET", "/秘密%1b[2J"),
        request("GET", "/", headers={"Host": "secret.example"}),
    ]
    for answer in (told, lambda job: RuntimeError("秘密内容")):
        run(Fake(answer), site_of(tmp_path), *asked)
    own = [record for record in caplog.records if record.name == "govlint.web"]
    assert len([record for record in own if record.levelno == logging.INFO]) == 2 * len(asked)
    text = "\n".join(record.getMessage() for record in own)
    for word in ("秘密", "secret", "%E7", "name=", "\x1b", ".md"):
        assert word not in text
    assert "POST /check 200" in text
    assert "POST /check 500" in text
    assert "GET … 404" in text
    assert "internal error: RuntimeError at " in text
    assert all(record.exc_info is None for record in own)


def test_health_and_assets_are_logged_only_when_they_fail(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    run(Fake(), site_of(tmp_path), request("GET", "/health"), request("GET", "/assets/x.css"))
    assert [record.getMessage().split()[2:4] for record in caplog.records if record.name == "govlint.web"] == [
        ["…", "404"]
    ]
