"""The official form of the annual report, editions 2019 and 2021, typed from the two format notices."""

from __future__ import annotations

from dataclasses import dataclass

Address = tuple[str, str, str]
"""(table, row, column)"""


@dataclass(frozen=True)
class FormRow:
    """One printed row: its id, its label and the group labels it stands under."""

    id: str
    label: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormBlock:
    """Rows below one header: a sub-table of table 2, all of table 3, or one part of table 4."""

    id: str
    caption: str
    headers: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class FormTable:
    """A table; `heads` are the header words that belong to no block."""

    id: str
    heads: tuple[str, ...]
    blocks: tuple[FormBlock, ...]


@dataclass(frozen=True)
class Form:
    """One edition: six headings and three tables."""

    edition: str
    headings: tuple[str, ...]
    tables: tuple[FormTable, ...]

    def table(self, name: str) -> FormTable:
        """The table with this id."""
        return next(table for table in self.tables if table.id == name)

    def addresses(self) -> tuple[Address, ...]:
        """All cells in printed order."""
        return tuple((t.id, r.id, c) for t in self.tables for b in t.blocks for r in b.rows for c in b.columns)


NUMERALS = "一二三四五六"
HEADINGS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
SECTION_OF_TABLE = {"disclosure": 2, "requests": 3, "remedies": 4}
APPLICANTS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "charity": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
    "total": "总计",
}
OUTCOMES = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}

_RESULT = "三、本年度办理结果"
_GROUPS: dict[str, dict[str, str]] = {
    "（三）不予公开": {
        "refused_state_secret": "1.属于国家秘密",
        "refused_by_law": "2.其他法律行政法规禁止公开",
        "refused_stability": "3.危及“三安全一稳定”",
        "refused_third_party": "4.保护第三方合法权益",
        "refused_internal": "5.属于三类内部事务信息",
        "refused_process": "6.属于四类过程性信息",
        "refused_enforcement": "7.属于行政执法案卷",
        "refused_query": "8.属于行政查询事项",
    },
    "（四）无法提供": {
        "unavailable_not_held": "1.本机关不掌握相关政府信息",
        "unavailable_not_created": "2.没有现成信息需要另行制作",
        "unavailable_unclear": "3.补正后申请内容仍不明确",
    },
    "（五）不予处理": {
        "rejected_petition": "1.信访举报投诉类申请",
        "rejected_repeated": "2.重复申请",
        "rejected_publication": "3.要求提供公开出版物",
        "rejected_excessive": "4.无正当理由大量反复申请",
        "rejected_confirmation": "5.要求行政机关确认或重新出具已获取信息",
    },
}
_OTHER_2021 = {
    "other_uncorrected": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "other_unpaid": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "other_rest": "3.其他",
}


def _request_rows(edition: str) -> tuple[FormRow, ...]:
    rows = [
        FormRow("received", "一、本年新收政府信息公开申请数量"),
        FormRow("carried_in", "二、上年结转政府信息公开申请数量"),
        FormRow("granted", "（一）予以公开", (_RESULT,)),
        FormRow("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (_RESULT,)),
    ]
    groups = dict(_GROUPS)
    if edition == "2021":
        groups["（六）其他处理"] = _OTHER_2021
    for group, members in groups.items():
        rows += [FormRow(name, label, (_RESULT, group)) for name, label in members.items()]
    if edition == "2019":
        rows.append(FormRow("other_handling", "（六）其他处理", (_RESULT,)))
    rows += [FormRow("total", "（七）总计", (_RESULT,)), FormRow("carried_out", "四、结转下年度继续办理")]
    return tuple(rows)


def _block(item: str, headers: dict[str, str], rows: dict[str, str]) -> FormBlock:
    return FormBlock(
        item,
        f"第二十条第（{item}）项",
        ("信息内容", *headers.values()),
        tuple(headers),
        tuple(FormRow(name, label) for name, label in rows.items()),
    )


def _disclosure(edition: str) -> FormTable:
    blocks: tuple[FormBlock, ...]
    if edition == "2021":
        documents = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
        decided = {"decisions": "本年处理决定数量"}
        blocks = (
            _block("一", documents, {"regulations": "规章", "normative_documents": "行政规范性文件"}),
            _block("五", decided, {"licensing": "行政许可"}),
            _block("六", decided, {"penalty": "行政处罚", "coercion": "行政强制"}),
            _block("八", {"amount": "本年收费金额（单位：万元）"}, {"fees": "行政事业性收费"}),
        )
    else:
        made = {"made": "本年新制作数量", "opened": "本年新公开数量", "open_total": "对外公开总数量"}
        items = {"last_year": "上一年项目数量", "change": "本年增/减"}
        decided = {**items, "decisions": "处理决定数量"}
        blocks = (
            _block("一", made, {"regulations": "规章", "normative_documents": "规范性文件"}),
            _block("五", decided, {"licensing": "行政许可", "other_services": "其他对外管理服务事项"}),
            _block("六", decided, {"penalty": "行政处罚", "coercion": "行政强制"}),
            _block("八", items, {"fees": "行政事业性收费"}),
            _block("九", {"items": "采购项目数量", "amount": "采购总金额"}, {"procurement": "政府集中采购"}),
        )
    return FormTable("disclosure", (), blocks)


def _requests(edition: str) -> FormTable:
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    block = FormBlock("requests", "", tuple(APPLICANTS.values()), tuple(APPLICANTS), _request_rows(edition))
    return FormTable("requests", (note, "申请人情况", "法人或其他组织"), (block,))


def _remedies() -> FormTable:
    parts = {"review": "行政复议", "direct": "未经复议直接起诉", "after_review": "复议后起诉"}
    return FormTable(
        "remedies",
        ("行政诉讼",),
        tuple(
            FormBlock(name, caption, tuple(OUTCOMES.values()), tuple(OUTCOMES), (FormRow(name, ""),))
            for name, caption in parts.items()
        ),
    )


FORMS = {
    edition: Form(edition, HEADINGS, (_disclosure(edition), _requests(edition), _remedies()))
    for edition in ("2019", "2021")
}


def leaves(edition: str) -> tuple[str, ...]:
    """Rows of table 3 whose sum is （七）总计."""
    names = [row.id for row in FORMS[edition].table("requests").blocks[0].rows]
    return tuple(name for name in names if name not in ("received", "carried_in", "total", "carried_out"))
