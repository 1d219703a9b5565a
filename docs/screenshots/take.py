"""Takes the pictures of the page of ``govlint serve`` that the READMEs show; look at them before they are kept.

    python docs/screenshots/take.py

Needs what the extra ``test`` installs, and chromium. The reports are made up here, from the clean one of the rules.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from govlint.examples.running import build
from govlint.linter import Linter, load_linter

FOLDER = Path(__file__).parent
CLEAN = FOLDER.parent.parent / "fixtures" / "clean" / "2021-minified-bom.html"
NAME = "澄屿县人民政府2025年年度报告.html"
WRONG = {"requests.granted.business": "7", "disclosure.penalty.decisions": ""}
"""Cells of the clean report that the bad one says otherwise, by their addresses."""
HEADING = "五、存在的主要问题及改进措施"
"""What the bad report says instead of the heading of its section five."""
WIDTH, HEIGHT = 1280, 800
COLOURS = 128
SHOWN = 2
"""Which problem of the bad report is shown: a wrong number in a table."""
AGENCY = "水务局"
FAULTS: tuple[Mapping[str, Any], ...] = (
    {},
    {"cell": {"requests.granted.business": "1"}, "heading": {5: "五、存在的主要问题及改进措施"}},
    {"heading": {5: "五、存在的主要问题及改进措施"}},
    {"cell": {"requests.received.total": "9"}},
    {},
    {"text": {"@section.6": "没有其他事项。"}, "cell": {"requests.carried_in.business": ""}},
    {"cell": {"remedies.review.total": "3"}},
)
AGENCIES = """
    教育局 科学技术局 工业和信息化局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源局 生态环境局
    住房和城乡建设局 交通运输局 水务局 农业农村局 商务局 文化和旅游局 卫生健康局 退役军人事务局 应急管理局 审计局
    市场监督管理局 统计局 医疗保障局 城市管理局 林业局 信访局 乡村振兴局 政务服务中心 体育局 粮食和物资储备局
    民族宗教事务局 发展和改革局 机关事务管理局 地方金融工作局 气象局 税务局 档案局 供销合作社 投资促进局
""".split()


def report(linter: Linter, edit: Mapping[str, Any], agency: str = AGENCY) -> bytes:
    """A report of 云溪县 on 2023 as a web page, with these edits of the clean one."""
    text = build({"layout": "html", **edit}, linter.data("examples/clean.yaml"), linter).data.decode()
    return text.replace(f"云溪县{AGENCY}", f"云溪县{agency}").encode()


def bad(linter: Linter) -> bytes:
    """The clean report with wrong numbers and a heading of other words."""
    result = linter.check_bytes(CLEAN.read_bytes(), CLEAN.name)
    assert result.source and result.report
    spans = {str(cell.address): cell.span for table in result.report.tables for cell in table.cells}
    edits = [(spans[address], words) for address, words in WRONG.items()]
    edits.append((result.report.sections[4].span, HEADING))
    text = result.source.text
    for span, words in sorted(edits, reverse=True):
        assert span
        text = text[: span.start] + words + text[span.end :]
    return text.encode()


def pages(linter: Linter) -> Mapping[str, Mapping[str, bytes]]:
    """The files that are dropped on each of the pages, by its name; none on the empty one."""
    many = {
        f"云溪县{agency}2023年年度报告.html": report(linter, FAULTS[number % len(FAULTS)], agency)
        for number, agency in enumerate(AGENCIES)
    }
    return {
        "empty": {},
        "clean": {NAME: CLEAN.read_bytes()},
        "bad": {NAME: bad(linter)},
        "forty": {**many, "扫描件.png": b"\x89PNG\r\n\x1a\n" + bytes(64)},
    }


@contextmanager
def serving(folder: str) -> Iterator[str]:
    """The address of a running server."""
    call = [sys.executable, "-m", "govlint", "serve", "--port", "0", "--no-browser", "--lang", "zh", "-q"]
    process = subprocess.Popen(call, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=folder)
    try:
        assert process.stdout
        found = re.search(r"http://\S+/", process.stdout.readline())
        assert found, "the server did not begin"
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def show(page: Page, address: str, name: str, files: Mapping[str, bytes]) -> None:
    """Open the page, give it the files, and do what shows most of the result."""
    page.goto(address)
    if files:
        given: list[Any] = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()
        ]
        page.locator("#file").set_input_files(given)
        page.locator("#result > .lead").wait_for()
    if name == "bad":
        for _ in range(SHOWN):
            page.keyboard.press("n")
    if name == "forty":
        page.locator("#overview thead th.v button").first.click()
        page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")


def kept(picture: bytes) -> bytes:
    """The picture in few colours, which suffice for text and are small."""
    out = io.BytesIO()
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Write all pictures."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name, files in pages(load_linter()).items():
            page = browser.new_page(locale="zh-CN", viewport={"width": WIDTH, "height": HEIGHT})
            show(page, address, name, files)
            (FOLDER / f"{name}.png").write_bytes(kept(page.screenshot()))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
