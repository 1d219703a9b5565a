"""What holds for every output format: hostile text stays text, exit codes are the same, and so is the output."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from runs import LANGUAGES, LINTER, SOME, STALE, WAIVER, sample, write
from test_cli import CLEAN, FAULTY, PNG
from test_cli import here as govlint

from govlint.examples.running import build
from govlint.model.diagnostic import Diagnostic, Result, Run, Waived
from govlint.model.errors import ReadError
from govlint.model.waiver import Stale
from govlint.writers import WRITERS
from govlint.writers.places import escape_controls
from govlint.writers.uris import relative_path
from govlint.writers.xml_text import legal

FORMATS = sorted(WRITERS)
CLEAN_BYTES, FAULTY_BYTES = CLEAN.read_bytes(), FAULTY.read_bytes()


class Read(NamedTuple):
    """What a parser of a format makes of it: all texts, the structure without them, how many diagnostics."""

    texts: list[str]
    structure: object
    count: int | None = None


# What parsers read


def read_concise(text: str) -> Read:
    lines = text.splitlines()
    for line in lines:
        assert re.search(r":\d+:\d+: \S+ [A-Z]{2,}\d{3} ", line), line
        assert not line.strip().startswith("::"), "GitHub's runner would take this for a command"
    return Read([text], len(lines), len(lines))


def read_pretty(text: str) -> Read:
    whole = text.replace("\\x3a:", "::")  # As it is written where a line would begin with a command of CI runners.
    return Read([whole], None, len(re.findall(r"^\S+\[[A-Z]{2,}\d{3}\] ", text, re.MULTILINE)))


def strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, (list, dict)):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from strings(inner)


def shape(data: object) -> object:
    if isinstance(data, dict):
        return {key: shape(value) for key, value in data.items()}
    return [shape(value) for value in data] if isinstance(data, list) else type(data).__name__


def as_json(count: Callable[[object], int]) -> Callable[[str], Read]:
    def read(text: str) -> Read:
        data = json.loads(text)
        return Read(list(strings(data)), shape(data), count(data))

    return read


def read_jsonl(text: str) -> Read:
    data = [json.loads(line) for line in text.splitlines()]
    return Read(list(strings(data)), shape(data), len(data))


def read_sarif(text: str) -> Read:
    """With messages as viewers show them, and places decoded."""
    data = json.loads(text)
    texts = list(strings(data))
    shown = [re.sub(r"\\([\\\[\]])", r"\1", text).replace("{{", "{").replace("}}", "}") for text in texts]
    shown += [unquote(text, errors="surrogateescape") for text in texts]
    results = [result for run in data["runs"] for result in run.get("results", [])]
    live = [result for result in results if not result.get("suppressions")]
    return Read(texts + shown, shape(data), len(live))


def read_csv(text: str) -> Read:
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    assert {len(row) for row in rows} <= {len(head)}
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝＋－＠"))]
    found = sum(1 for row in rows if row[3] in ("未处理", "open"))
    return Read([cell.removeprefix("'") for cell in cells], (len(head), len(rows)), found)


def read_xml(text: str) -> tuple[ElementTree.Element, Read]:
    root = ElementTree.fromstring(text.encode())
    every = list(root.iter())
    texts = [piece for element in every for piece in (*element.attrib.values(), element.text or "", element.tail or "")]
    assert not [piece for piece in texts if FORBIDDEN.search(piece)]
    return root, Read(texts, [(element.tag, sorted(element.keys())) for element in every])


def read_junit(text: str) -> Read:
    return read_xml(text)[1]


def read_checkstyle(text: str) -> Read:
    root, read = read_xml(text)
    return read._replace(count=len(root.findall("file/error[@column]")) - len(others(root)))


def others(root: ElementTree.Element) -> list[ElementTree.Element]:
    """The errors that are no diagnostics of rules."""
    return [error for error in root.iter("error") if not re.search(r"\d", error.get("source", ""))]


def read_github(text: str) -> Read:
    texts, structure = [], []
    for line in text.splitlines():
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert command, line
        pairs = [pair.split("=", 1) for pair in command[2].split(",")]
        texts += [unquote(value) for value in (*(value for _, value in pairs), command[3])]
        structure.append((command[1], [key for key, _ in pairs]))
    rules = [command for command in text.splitlines() if re.match(r"::\w+ title=[A-Z]{2,}\d{3}", command)]
    return Read(texts, structure, len(rules))


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"heading", "inline", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "hr", "softbreak", "text"}
PLAIN |= {"ordered_list", "bullet_list", "list_item", "strong"}


def read_markdown(text: str) -> Read:
    """With nothing in it but headings, tables, lists, bold words and text."""
    texts, structure = [], []
    for block in MARKDOWN.parse(text):
        for token in (block, *(block.children or ())):
            name = token.type.removesuffix("_open").removesuffix("_close")
            assert name in PLAIN or token.content == "<br>", token
            if token.type != "text":
                structure.append(token.type)
            elif not texts or structure[-1] != "text":
                structure.append("text")
        texts.append("".join(child.content for child in block.children or () if child.type == "text"))
    assert not [piece for piece in texts if FORBIDDEN.search(piece)]
    return Read(texts, structure)


class Page(HTMLParser):
    """The tags of a page with the names of their attributes, and its texts; styles and scripts apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.own: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.texts += [value or "" for name, value in attrs if name in ("title", "aria-label", "alt")]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "srcset", "data")]

    def handle_data(self, data: str) -> None:
        (self.own if self.tags and self.tags[-1][0] in ("script", "style") else self.texts).append(data)


def read_html(text: str) -> Read:
    page = Page()
    page.feed(text)
    page.close()
    assert [tag for tag, _ in page.tags].count("script") <= 1
    assert not [name for _, names in page.tags for name in names if name.startswith("on")]
    assert not [address for address in page.addresses if not address.startswith(("#", "data:image/"))]
    assert not [piece for piece in page.texts if FORBIDDEN.search(piece)]
    return Read(["".join(page.texts), *page.texts], page.tags)


READERS: dict[str, Callable[[str], Read]] = {
    "concise": read_concise,
    "pretty": read_pretty,
    "json": as_json(len),
    "json-full": as_json(lambda data: len(data["diagnostics"])),
    "jsonl": read_jsonl,
    "csv": read_csv,
    "sarif": read_sarif,
    "github": read_github,
    "gitlab": as_json(lambda data: sum(1 for entry in data if re.search(r"\d", entry["check_name"]))),
    "junit": read_junit,
    "checkstyle": read_checkstyle,
    "rdjson": as_json(lambda data: sum(1 for e in data["diagnostics"] if re.search(r"\d", e["code"]["value"]))),
    "markdown": read_markdown,
    "html": read_html,
}
"""A strict reader of each format. A new format needs one."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must not stand in any output as it is: it acts on terminals, ends lines, or turns text around."""
SHOWS_WAIVED = {"json-full", "csv", "sarif", "junit", "markdown", "html"}
SHOWS_UNREADABLE = {
    "json-full", "csv", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "html",
}  # fmt: skip


def read(form: str, run: Run, lang: str = "zh") -> Read:
    """What a reader of the format finds, after what holds for the text of every format."""
    text = write(form, run, lang)
    assert FORBIDDEN.search(text) is None
    assert "\r" not in (text.replace("\r\n", "") if form == "csv" else text)
    assert not text or text.endswith("\n")
    return READERS[form](text)


def test_every_format_has_a_reader():
    assert set(READERS) == set(WRITERS)


# Hostile words


HOSTILE = {
    "terminal": "\x1b[31m红\x1b[0m \x1b]0;标题\x07",
    "controls": "a\x00b\x08c\x7fd\x85e\x9bf",
    "lines": "一\n二\r\n三\r四\x0b五\x0c六\u2028七\u2029八",
    "quotes": '"\'`\\" \\u0041 \\n \\',
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)><!-- &lt;b&gt; --></td></table>",
    "cdata": "]]> <![CDATA[ ]]]]><![CDATA[> <?xml?>",
    "commands": "::error::假 ::set-output name=a::b %0A::stop-commands::x %25",
    "command": "::error file=a,line=1::假",
    "formula": "=cmd|' /C calc'!A0",
    "full_width": '＝1+1,"@SUM(1)"',
    "astral": "𠮷野家😀𝄞",
    "surrogates": "a\udcff\ud800b",
    "no_characters": "\ufffe\uffff\U0001ffff",
    "bidi": "年报\u202etxt.exe\u202c\u2066甲\u2069",
    "markdown": "| a | `b` | **c** | [x](javascript:alert(1)) ![i](//e.x/i.png) ~~d~~ <b>",
    "blocks": "# 一 \n\n- 二\n\n```\n三\n```\n| - | - |\n---\n> 四",
    "braces": "{0} {missing} {{x}} %s $a ${b}",
    "sarif": "[链接](1) {1} [x](https://e.x)",
    "json": '"}], "x": [{',
    "long": "长" * 600,
}
HARMLESS = "甲乙丙"


def poisoned(diagnostic: Diagnostic, words: str, path: str) -> Diagnostic:
    """The diagnostic as if the report said these words wherever it is quoted."""
    finding = diagnostic.finding

    def spoilt(params: object) -> dict[str, object]:
        return {
            key: words
            if isinstance(value, str) and not value.startswith("@") and key not in ("rule", "rules")
            else value
            for key, value in dict(params).items()
        }

    changed = finding._replace(
        params=spoilt(finding.params),
        expected=words,
        found=words,
        related=tuple(one._replace(params=spoilt(one.params)) for one in finding.related),
    )
    return replace(diagnostic, finding=changed, source=replace(diagnostic.source, path=path, id=path))


@cache
def run_with(words: str) -> Run:
    """A run in which all that comes from outside are these words: quotations, names of files, waivers, errors."""
    path = f"{words}.txt".replace("\ud800", "")  # No file can have that in its name.
    plain = sample().results[0]
    facts = plain.report.facts._replace(agency=plain.report.facts.agency._replace(value=words))
    waiver = WAIVER._replace(reason=words, author=words, path=words, report=path)
    result = replace(
        plain,
        path=path,
        source=replace(plain.source, path=path, id=path),
        report=replace(plain.report, facts=facts),
        diagnostics=tuple(poisoned(one, words, path) for one in plain.diagnostics),
        waived=tuple(Waived(poisoned(one, words, path), waiver) for one, _ in plain.waived),
    )
    broken = Result(f"{words}.pdf", read_error=ReadError(f"{words}.pdf", "unopened", {"error": words}))
    stale = Stale(STALE.waiver._replace(path=words, report=words, reason=words, rule=words), "unused")
    return replace(SOME.run([result, broken]), stale=(stale,))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def unsaid(every: Iterable[Sequence[str]], found: Read) -> list[Sequence[str]]:
    """Of several choices of words those of which none is there whole, as it is or with what is no text made visible."""
    everything = squeezed("\n".join(found.texts))

    def there(words: str) -> bool:
        forms = {words, escape_controls(words), legal(words), escape_controls(" ".join(words.split()))}
        return any(squeezed(form) in everything for form in forms)

    return [choice for choice in every if not any(map(there, choice))]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_stay_words(form, kind):
    """They are read back whole, and what surrounds them is built as around harmless words."""
    words = HOSTILE[kind]
    run = run_with(words)
    found = read(form, run)
    language = LANGUAGES["zh"]
    live = run.results[0].diagnostics
    assert found.count in (None, len(live))
    assert found.structure == harmless(form)
    shown = [names_of(run.results[0], None), *([language.message(diagnostic)] for diagnostic in live)]
    if form in SHOWS_WAIVED:
        (waived,) = run.results[0].waived
        shown += [[language.message(waived.diagnostic)], [waived.waiver.reason]]
    if form in SHOWS_UNREADABLE:
        shown.append([language.read_error(run.results[1].read_error)])
    assert unsaid(shown, found) == []


@cache
def harmless(form: str) -> object:
    return read(form, run_with(HARMLESS)).structure


def names_of(result: Result, root: str | None) -> list[str]:
    """What the file may be called."""
    return [result.path, relative_path(result.path, root)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_report_really_says_stays_words(form, lang):
    """Hostile words in cells, headings, sentences and the name of the agency, through the whole of govlint."""
    run = LINTER.run([spoilt_report(kind) for kind in HOSTILE])
    found = read(form, run, lang)
    every = [diagnostic for result in run.results for diagnostic in result.diagnostics]
    assert found.count in (None, len(every))
    assert unsaid(([LANGUAGES[lang].message(diagnostic)] for diagnostic in every), found) == []


@cache
def spoilt_report(kind: str) -> Result:
    """A report with these words in cells and headings, as far as they fit into one line of a text file."""
    line = " ".join(HOSTILE[kind].split()).replace("|", "¦").encode("utf-8", "replace").decode()[:200]
    edits = {
        "cell": {"remedies.review.upheld": line},
        "heading": {1: f"一、总体的情况{line[:20]}"},
        "text": {"@section.6": f"没有其他事项。\n七、{line[:20]}\n无。"},
    }
    changed = build(edits, LINTER.data("examples/clean.yaml"), LINTER).data.decode()
    changed = changed.replace("云溪县水务局", f"云溪县{line[:20]}水务局", 1)
    result = LINTER.check_bytes(changed.encode(), f"{kind}.txt")
    rules = {diagnostic.rule.id for diagnostic in result.diagnostics}
    assert {"GL102", "GL106"} <= rules
    assert {"GL302", "GL307"} & rules
    return result


NAMES = [
    b"\xff\xfe\xb1\xa8.md", b"a\nb.md", b"\n::error::x.md", b"::error::x.md", b"=cmd()|'!A0.md",
    b"<script>alert(1)<.md", b"\x1b[31mx\x1b[0m.md", b"|`a`|*b*.md", "\u202edm.exe\u2028.md".encode(),
    b"-q.md", "𠮷😀.md".encode(), b"]]>&amp;\"'.md", b"a%0A,b:c=d.md", " 空 格 .md".encode(), "e\u0301.md".encode(),
]  # fmt: skip


@pytest.fixture(scope="module")
def named_badly(tmp_path_factory) -> Run:
    """Files with hostile names, found below a folder as the command finds them."""
    folder = tmp_path_factory.mktemp("年报")
    for name in NAMES:
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(FAULTY_BYTES)
        except OSError:
            pytest.skip("this file system takes no such names")
    results = [SOME.check_path(str(path)) for path in sorted(folder.iterdir())]
    assert len(results) == len(NAMES)
    return SOME.run(results, root=folder.resolve().as_posix())


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_names_of_files_stay_names(named_badly, form):
    found = read(form, named_badly)
    assert found.count in (None, sum(len(result.diagnostics) for result in named_badly.results))
    assert all(result.diagnostics for result in named_badly.results)
    assert unsaid((names_of(result, named_badly.root) for result in named_badly.results), found) == []


# Runs with little in them


@cache
def clean() -> Result:
    return LINTER.check_bytes(CLEAN_BYTES, "a.md")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_found_and_no_input_at_all(form, lang):
    assert not clean().diagnostics
    for run in (LINTER.run([clean()]), LINTER.run([]), Run((), (), "0")):
        assert read(form, run, lang).count in (None, 0)


@pytest.mark.parametrize("form", FORMATS)
def test_a_result_with_a_source_and_no_report(form):
    """As that of a map of units, on which rules find something."""
    source = sample().results[0].source
    bare = Result("map.yaml", source, diagnostics=sample().results[0].diagnostics)
    assert read(form, SOME.run([bare])).count in (None, len(bare.diagnostics))


# The command


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "empty").mkdir()
    for name, content in {"clean.md": CLEAN_BYTES, "faulty.md": FAULTY_BYTES, "picture.md": PNG}.items():
        (folder / name).write_bytes(content)
    return folder


STATUSES = {
    ("clean.md",): 0,
    ("faulty.md",): 1,
    ("picture.md",): 2,
    ("missing.md",): 2,
    ("empty",): 2,
    ("faulty.md", "picture.md"): 2,
    ("--exit-zero", "faulty.md"): 0,
}


@pytest.mark.parametrize("form", FORMATS)
def test_exit_codes_are_the_same(inputs, form):
    for arguments, status in STATUSES.items():
        given = [inputs / argument if not argument.startswith("-") else argument for argument in arguments]
        ran = govlint("check", "--output-format", form, "--select", "GL4,GL501", "--link", "off", *given)
        assert (ran.status, arguments) == (status, arguments)
        if status == 2:
            assert (inputs / arguments[-1]).name in ran.err
        READERS[form](ran.out)


def test_the_real_command_says_the_same(inputs):
    for form in ("junit", "sarif"):
        command = [sys.executable, "-m", "govlint", "check", "-q", "--output-format", form, "faulty.md", "picture.md"]
        done = subprocess.run(command, cwd=inputs, capture_output=True, check=False, timeout=60)
        assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
        assert "faulty.md" in "".join(READERS[form](done.stdout.decode()).texts)


# Determinism


def digests() -> str:
    """What this process prints in every format, as one digest a format."""
    return json.dumps({form: hashlib.sha256(write(form, sample(), "en").encode()).hexdigest() for form in FORMATS})


def test_same_input_same_output_in_another_process():
    """Also where sets and dictionaries of other modules come in another order."""
    code = "import test_every_format as tests; print(tests.digests())"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert json.loads(done.stdout) == json.loads(digests())


# Language

HAN = re.compile("[\u3400-\u9fff]+")


@cache
def chinese_of_reports() -> str:
    """All that may be Chinese in English output: reports, the official form, names of documents, quoted words."""
    texts = [diagnostic.source.text for result in sample().results for diagnostic in result.diagnostics]
    texts += [LINTER.check_bytes(FAULTY_BYTES, "a").source.text, *(str(edition) for edition in LINTER.editions)]
    texts += [
        str(words["en"]) for rule in LINTER.rules for words in (rule.title, rule.message, rule.why, rule.fix) if words
    ]
    texts += [str(rule.basis) for rule in LINTER.rules]
    texts += [result.path for result in sample().results] + [WAIVER.reason, STALE.waiver.reason, WAIVER.author]
    texts += [diagnostic.finding.expected or "" for result in sample().results for diagnostic in result.diagnostics]
    return "\n".join(texts)


@pytest.mark.parametrize("form", FORMATS)
def test_english_output_has_no_chinese_of_our_own(form):
    text = write(form, sample(), "en")
    assert [run for run in HAN.findall(text) if run not in chinese_of_reports()] == []
    chinese = write(form, sample(), "zh")
    assert text != chinese
