"""Help and errors of usage, wholly in Chinese or wholly in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from calling import call
from rich.cells import cell_len
from test_cli import FAULTY

import govlint
from govlint.cli.commands import Command
from govlint.cli.main import COMMANDS, cli
from govlint.cli.wording import words_of
from govlint.linter import load_linter

CLI = Path(govlint.__file__).parent / "cli"
LANGUAGES = ("zh", "en")
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
CLICKS_WORDS = re.compile(
    r"Usage|Options|Commands|Error|Try|Show|default:|No such|Invalid|Missing|Got unexpected|requires an|does not"
    r"|is not one of|Did you mean"
)
PAGES = [[], *([name] for name in COMMANDS)]


def commands() -> dict[str, click.Command]:
    ctx = click.Context(cli, info_name="govlint")
    found = {name: cli.get_command(ctx, name) for name in COMMANDS}
    return {"govlint": cli, **{name: command for name, command in found.items() if command}}


def own_parameters(command: click.Command) -> set[str]:
    return {param.name or "" for param in command.params} | {"help"}


# The texts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["govlint", *COMMANDS])
def test_every_parameter_has_a_text(name, lang):
    texts = words_of(lang).words["help"]
    own = texts[name]
    assert own["_"].strip()
    for parameter in own_parameters(commands()[name]):
        assert (own.get(parameter) or texts["common"].get(parameter, "")).strip(), parameter


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_left_over(lang):
    texts = dict(words_of(lang).words["help"])
    common = texts.pop("common")
    known = {name: own_parameters(command) for name, command in commands().items()}
    assert texts.keys() == known.keys()
    for name, own in texts.items():
        assert {key for key in own if not key.startswith("_")} <= known[name], name
        assert own.keys() - known[name] <= {"_", "_sections", "_groups"}, name
        for names in own.get("_groups", {}).values():
            assert set(names) <= known[name], name
    for key in common:
        users = [name for name, parameters in known.items() if key in parameters and key not in texts[name]]
        assert len(users) > 1, f"{key} is for {users} alone"


def shape(data: object) -> object:
    """The keys of nested data; headings of help differ, but not what stands below them."""
    if not isinstance(data, dict):
        return data if isinstance(data, list) else None
    return {
        key: list(map(shape, value.values()))
        if key == "_groups"
        else len(value)
        if key == "_sections"
        else shape(value)
        for key, value in data.items()
    }


def test_both_languages_say_the_same_things():
    chinese, english = (load_linter().data(f"locale/{lang}.yaml") for lang in LANGUAGES)
    assert shape(chinese) == shape(english)


def test_the_words_are_those_of_the_rules_data():
    """They are loaded apart, so that help need not wait for the rules."""
    for lang in LANGUAGES:
        assert words_of(lang).words == load_linter().data(f"locale/{lang}.yaml")


@pytest.mark.parametrize("module", sorted(CLI.glob("*.py")), ids=lambda path: path.stem)
def test_no_help_in_code(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_click = isinstance(node.func.value, ast.Name) and node.func.value.id == "click"
            if of_click and node.func.attr in {"option", "argument", "command", "group", "version_option"}:
                assert not [word.arg for word in node.keywords if word.arg in {"help", "short_help", "epilog"}]


def test_every_command_speaks_both_languages():
    for name, command in commands().items():
        assert name == "govlint" or isinstance(command, Command), name
        assert any(param.name == "lang" for param in command.params), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_for_a_value_is_known(lang):
    words = words_of(lang).words["metavar"]
    for command in commands().values():
        for param in command.params:
            for word in re.findall(r"[A-Z]{2,}", param.metavar or ""):
                assert word in words, f"{param.name}: {word}"


# The pages


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_pages_fit_and_are_in_one_language(command, lang, columns):
    ran = call(*command, "--help", "--lang", lang, COLUMNS=str(columns))
    assert (ran.status, ran.err) == (0, "")
    assert max(map(cell_len, ran.out.splitlines())) <= columns
    if lang == "en":
        assert not HAN.search(ran.out)
    else:
        assert not CLICKS_WORDS.search(ran.out), CLICKS_WORDS.search(ran.out)


def tables(page: str) -> Iterator[list[str]]:
    """The tables of a page: lines that are indented, heading left out."""
    for block in page.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("  ")]
        if lines:
            yield lines


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_columns_are_aligned_on_the_screen(command, lang):
    page = call(*command, "--help", "--lang", lang).out
    found = list(tables(page))
    assert found
    for lines in found:
        starts = set()
        for line in lines:
            row = re.match(r"( +)(?:(\S.*?)(  +))?(?=\S)(.*)", line)
            assert row, line
            indent, name, gap, text = row.groups()
            if name is None and len(indent) > 6:
                starts.add(len(indent))
            elif name is not None and text:
                starts.add(cell_len(indent + name + gap))
        assert len(starts) <= 1, lines


@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_every_option_stands_on_its_page(command):
    page = call(*command, "--help").out
    names = re.findall(r"(?<![\w-])--?[A-Za-z][a-z-]*", page)
    for param in commands()[command[0] if command else "govlint"].params:
        if isinstance(param, click.Option):
            assert set(param.opts) <= set(names), param.opts


def test_defaults_choices_and_variables_are_told():
    page = " ".join(call("check", "--help", "--lang", "en").out.split())
    assert "Default: error." in page
    assert "--color auto|always|never" in page
    assert "One of: concise, pretty, json," in page
    assert "Environment: GOVLINT_OUTPUT_FORMAT." in page
    chinese = "".join(call("check", "--help").out.split())
    assert "默认为error。" in chinese
    assert "可用：concise、pretty、json、" in chinese
    assert "环境变量GOVLINT_OUTPUT_FORMAT。" in chinese


def test_short_option_and_help_command_show_the_same_page():
    page = call("parse", "--help").out
    assert call("parse", "-h").out == call("help", "parse").out == page
    assert call("help").out == call("-h").out == call("--help").out
    assert call("help", "parse", "--lang", "en").out == call("parse", "--help", "--lang", "en").out != page


def test_version_is_the_same_in_every_language():
    for arguments in (["--version"], ["-V"], ["--lang", "en", "--version"]):
        assert call(*arguments).out == f"govlint {govlint.__version__}\n"


@pytest.mark.parametrize(
    ("lang", "more"), [("zh", "全部命令和选项：govlint --help"), ("en", "All commands and options:")]
)
def test_no_command_is_2_and_tells_how_to_begin(lang, more):
    ran = call("--lang", lang)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("govlint check") == 2
    assert more in ran.err
    assert len(ran.err.splitlines()) < 12
    if lang == "zh":
        assert call().err == ran.err


# Which language


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        (["rules"], {}, "zh"),
        (["rules", "--lang", "en"], {}, "en"),
        (["rules", "--lang=en"], {}, "en"),
        (["--lang", "en", "rules"], {}, "en"),
        (["--lang=en", "rules"], {}, "en"),
        (["--lang", "en", "rules", "--lang", "zh"], {}, "zh"),
        (["rules"], {"GOVLINT_LANG": "en"}, "en"),
        (["--lang", "zh", "rules"], {"GOVLINT_LANG": "en"}, "zh"),
        (["rules", "--lang", "zh"], {"GOVLINT_LANG": "xx"}, "zh"),
        (["rules"], {"GOVLINT_LANG": ""}, "zh"),
    ],
)
def test_language_is_that_of_the_option_wherever_it_stands_else_of_the_variable(arguments, environment, lang):
    ran = call(*arguments, **environment)
    assert ran.status == 0
    assert ("错误" in ran.out) == (lang == "zh")
    assert ("用法：" in call(*arguments, "--help", **environment).out) == (lang == "zh")
    assert ("没有选项" in call(*arguments, "--nothing", **environment).err) == (lang == "zh")


@pytest.mark.parametrize("lang", ["fr", "", "ZH"])
def test_unknown_language_is_told_in_both(lang):
    for arguments in (["check", "--lang", lang, FAULTY], [f"--lang={lang}", "rules"]):
        ran = call(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert "--lang 应为 zh 或 en" in ran.err
        assert "--lang must be zh or en" in ran.err
        assert len(ran.err.splitlines()) == 1


def test_unknown_language_of_the_environment_names_the_variable():
    ran = call("rules", GOVLINT_LANG="de")
    assert (ran.status, ran.out) == (2, "")
    assert "GOVLINT_LANG 应为 zh 或 en" in ran.err
    assert "GOVLINT_LANG must be zh or en" in ran.err


def test_what_follows_two_dashes_is_no_language():
    ran = call("check", "--", "--lang", "fr")
    assert ran.status == 2
    assert "找不到文件" in ran.err


# Errors of usage


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["check", "--hlp"], "没有选项“--hlp”，是不是“--help”？", "no option “--hlp”; did you mean “--help”?"),
        (["check", "-x", "a"], "没有选项“-x”", "no option “-x”"),
        (["--select", "GL4", "check", "a"], "命令的选项要写在命令后面", "options of a command stand after it"),
        (["check"], "缺少参数：路径...", "missing argument: PATH..."),
        (["rule"], "缺少参数：编号", "missing argument: ID"),
        (["new-rule", "XX001"], "缺少参数：名称", "missing argument: NAME"),
        (["text", "a", "b", "c"], "多余的参数：b c", "unexpected argument: b c"),
        (["check", "a", "--output-format"], "选项 --output-format 后面要写格式", "needs a value: FORMAT"),
        (["check", "a", "-o"], "选项 -o 后面要写文件", "option -o needs a value: FILE"),
        (["check", "--quiet=1", "a"], "选项 --quiet 后面不带值", "option --quiet takes no value"),
        (["check", "--link", "onn", "a"], "--link 不能是“onn”；可用：auto、off", "--link cannot be “onn”; there are:"),
        (["schema", "rul"], "类型 不能是“rul”", "KIND cannot be “rul”"),
        (["completion", "csh"], "终端 不能是“csh”", "SHELL cannot be “csh”"),
        (["rules", "--rules", FAULTY], "是文件，应为文件夹", "is a file; a folder is needed"),
        (["chek"], "没有命令“chek”，是不是“check”？", "no command “chek”; did you mean “check”?"),
        (["xyzzy"], "没有命令“xyzzy”\n", "no command “xyzzy”\n"),
        (["报告.docx"], "是不是 govlint check 报告.docx？", "did you mean govlint check 报告.docx?"),
        ([FAULTY], f"是不是 govlint check {FAULTY}？", f"did you mean govlint check {FAULTY}?"),
        ([r"C:\报告"], r"是不是 govlint check C:\报告？", r"did you mean govlint check C:\报告?"),
    ],
)
def test_misuse_is_told_in_words(arguments, chinese, english):
    for lang, said in (("zh", chinese), ("en", english)):
        ran = call("--lang", lang, *arguments)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.startswith("govlint: ")
        told = "".join(ran.err.splitlines()[1:])
        assert "--help" in told
        if lang == "zh":
            assert not CLICKS_WORDS.search(ran.err)
        else:
            assert not HAN.search(told)


def test_wrong_value_of_a_variable_names_the_variable():
    ran = call("check", FAULTY, GOVLINT_OUTPUT_FORMAT="sarrif")
    assert (ran.status, ran.out) == (2, "")
    assert "GOVLINT_OUTPUT_FORMAT 不能是“sarrif”" in ran.err
    assert "是不是“sarif”？" in ran.err
    assert "--output-format" not in ran.err


def test_wrong_value_among_several_is_the_one_named():
    @click.command(cls=Command)
    @click.option("--kind", "kinds", multiple=True, type=click.Choice(["one", "two"]))
    @click.option("--count", type=click.IntRange(1, 9))
    @click.option("--number", type=int)
    @click.option("--share", type=float)
    @click.option("--reason", required=True)
    def command(**values: object) -> None:
        """Only its errors matter."""

    for arguments, said in (
        (["--kind", "one", "--kind", "tow"], "--kind 不能是“tow”；可用：one、two，是不是“two”？"),
        (["--count", "12"], "--count 应在 1 到 9 之间，不能是“12”"),
        (["--count", "x"], "--count 应在 1 到 9 之间，不能是“x”"),
        (["--number", "1.5"], "--number 应为整数，不能是“1.5”"),
        ([], "缺少选项：--reason"),
        (["--share", "half"], "--share 应为数，不能是“half”"),
    ):
        with pytest.raises(click.UsageError) as raised:
            command.make_context("command", arguments)
        assert raised.value.format_message() == said


def test_words_of_a_callback_are_left_alone():
    def refuse(ctx: click.Context, param: click.Parameter, value: str) -> str:
        raise click.BadParameter("自己的话")

    @click.command(cls=Command)
    @click.option("--name", callback=refuse)
    def command(name: str) -> None:
        """Only its errors matter."""

    with pytest.raises(click.UsageError) as raised:
        command.make_context("command", ["--name", "x"])
    assert raised.value.format_message() == "自己的话"


def test_hostile_arguments_do_nothing_to_a_terminal():
    ran = call("check\x1b]0;x\x07", "--lang", "en")
    assert ran.status == 2
    assert "\x1b" not in ran.err
    assert "\\x1b" in ran.err
