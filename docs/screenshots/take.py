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
WIDTH, HEIGHT = 1280, 800
COLOURS = 128
AGENCY = "水务局"
BAD: Mapping[str, Any] = {
    "cell": {"requests.granted.business": "1", "disclosure.penalty.decisions": ""},
    "heading": {5: "五、存在的主要问题及改进措施"},
    "text": {"@section.6": "没有其他事项。"},
}
FAULTS: tuple[Mapping[str, Any], ...] = (
    {},
    BAD,
    {"heading": {5: "五、存在的主要问题及改进措施"}},
    {"cell": {"requests.received.total": "9"}},
    {},
    {"text": {"@section.6": "没有其他事项。"}, "cell": {"requests.carried_in.business": ""}},
    {"cell": {"remedies.review.total": "3"}},
)
AGENCIES = """
    教育局 科学技术局 工业和信息化局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源局 生态环境局 住房和城乡建设局 交通运输局
    水务局 农业农村局 商务局 文化和旅游局 卫生健康局 退役军人事务局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局 城市管理局
    林业局 信访局 乡村振兴局 政务服务中心 体育局 粮食和物资储备局 民族宗教事务局 发展和改革局 机关事务管理局 地方金融工作局 气象局
    税务局 档案局 供销合作社 投资促进局
""".split()


def report(linter: Linter, edit: Mapping[str, Any], agency: str = AGENCY) -> bytes:
    """A report of 云溪县 on 2023 as a web page, with these edits of the clean one."""
    text = build({"layout": "html", **edit}, linter.data("examples/clean.yaml"), linter).data.decode()
    return text.replace(f"云溪县{AGENCY}", f"云溪县{agency}").encode()


def pages(linter: Linter) -> Mapping[str, Mapping[str, bytes]]:
    """The files that are dropped on each of the pages, by its name; none on the empty one."""
    many = {
        f"云溪县{agency}2023年年度报告.html": report(linter, FAULTS[number % len(FAULTS)], agency)
        for number, agency in enumerate(AGENCIES)
    }
    return {
        "empty": {},
        "clean": {"云溪县水务局2023年年度报告.html": report(linter, {})},
        "bad": {"云溪县水务局2023年年度报告.html": report(linter, BAD)},
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


def show(page: Page, address: str, files: Mapping[str, bytes]) -> None:
    """Open the page, give it the files, and go to the first problem if there is only one report."""
    page.goto(address)
    if files:
        given: list[Any] = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files.items()
        ]
        page.locator("#file").set_input_files(given)
        page.locator("#result > .lead").wait_for()
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
            show(page, address, files)
            (FOLDER / f"{name}.png").write_bytes(kept(page.screenshot()))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
