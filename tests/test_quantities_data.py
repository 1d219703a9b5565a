"""The word list for numbers in running text: mistakes at their lines, and what rule packs add to it."""

from __future__ import annotations

import pytest
from test_cli import here as govlint

from govlint.datafiles import DataFile, bundled_folder
from govlint.examples.running import build
from govlint.linter import load_linter
from govlint.model.errors import RuleError
from govlint.rulebook.quantities import WORD_KINDS, extended
from govlint.yamlfile import parse_yaml

LINTER = load_linter(fresh=True)


def pack_file(text: str) -> DataFile:
    return DataFile("quantities.yaml", "pack/quantities.yaml", "x", parse_yaml(text, "pack/quantities.yaml"))


def claims(linter, sentence: str) -> set[tuple[str, str]]:
    edit = {"text": {"全部按期答复": sentence}}
    built = build(edit, LINTER.data("examples/clean.yaml"), LINTER)
    report = linter.check_bytes(built.data, built.path).report
    return {(claim.family, claim.place.text) for claim in report.claims.cells}


def test_every_kind_of_word_is_used():
    assert set(LINTER.data("quantities.yaml")["words"]) == set(WORD_KINDS)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("words:\n  fil: 甲\n", 2, "unknown key 'fil'; did you mean 'fill'?"),
        ("heads:\n  - {id: dispos, words: 了结}\n", 2, "no head 'dispos' to add words to; did you mean 'dispose'?"),
        (
            "heads:\n  - id: given\n    kind: noun\n    family: disposed\n    rows: [[grantd]]\n    words: 给予\n",
            5,
            "unknown row 'grantd'; did you mean 'granted'?",
        ),
        (
            "heads:\n  - {id: given, kind: noun, family: disposed, table: request, words: 给予}\n",
            2,
            "unknown table 'request'; did you mean 'requests'?",
        ),
        ("heads:\n  - {id: given, kind: noun, family: d, pattern: '(', must: 申, words: 给}\n", 2, "broken pattern"),
        ("{}\n", 1, "should be non-empty"),
    ],
)
def test_a_mistake_of_a_pack_is_shown_at_its_line(text, line, words):
    with pytest.raises(RuleError) as raised:
        extended(LINTER.files["quantities.yaml"], pack_file(text), LINTER.editions)
    (mistake,) = raised.value.mistakes
    assert mistake.line == line and words in mistake.message


def test_a_mistake_in_the_bundled_file_is_shown_at_its_line():
    from govlint.rulebook.quantities import validate_quantities

    text = (bundled_folder() / "quantities.yaml").read_text("utf-8")
    text = text.replace("\n    kind: verb\n", "\n    kind: verbe\n", 1)
    line = text[: text.index("verbe")].count("\n") + 1
    with pytest.raises(RuleError) as raised:
        validate_quantities(pack_file(text), LINTER.editions)
    assert [mistake.line for mistake in raised.value.mistakes] == [line]


def test_a_pack_adds_words_and_heads(tmp_path):
    sentence = "收到申请4件，办讫3件，其中给足2件"
    assert claims(LINTER, sentence) == {("received", "4件")}
    (tmp_path / "quantities.yaml").write_text(
        "heads:\n  - {id: dispose, words: 办讫}\n"
        "  - {id: given, kind: noun, family: disposed, rows: [[granted]], words: 给足}\n",
        "utf-8",
    )
    linter = load_linter(packs=(tmp_path,))
    assert claims(linter, sentence) == {("received", "4件"), ("disposed", "3件"), ("disposed", "2件")}
    assert claims(load_linter(), sentence) == {("received", "4件")}, "other linters are not touched"


def test_a_bad_pack_ends_with_its_line_and_status_2(tmp_path):
    (tmp_path / "quantities.yaml").write_text("words:\n  nothing: 甲\n", "utf-8")
    run = govlint("check", "--rules", str(tmp_path), "--lang", "en", "-")
    assert run.status == 2
    assert "quantities.yaml:2:3: unknown key 'nothing'" in run.err
