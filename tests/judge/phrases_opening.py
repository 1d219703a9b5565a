# ruff: noqa: E501  (one sentence, one line)
"""Wording of the preamble and of section one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from .model import Report

ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
_SITE = "www.yunxiu-gov.example"


def percent(part: int, whole: int, digits: int) -> str:
    """The share as printed, half up."""
    unit = Decimal(1).scaleb(-digits)
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(unit, ROUND_HALF_UP)}%"


def period(report: Report, rng: Random) -> str:
    """The statement of the statistics period: always the calendar year."""
    y = report.year
    span = rng.choice(
        (
            f"{y}年1月1日至12月31日",
            f"{y}年1月1日至{y}年12月31日",
            f"自{y}年1月1日起至{y}年12月31日止",
            f"从{y}年1月1日到12月31日",
            f"从{y}年1月1日起，到{y}年12月31日止",
            f"自{y}年1月1日起，至12月31日止",
            f"{y} 年 1 月 1 日至 {y} 年 12 月 31 日",
            f"{y}年1月1日—12月31日",
        )
    )
    return rng.choice(
        (
            "本报告所列数据的统计期限为{}。",
            "本年度报告中数据统计时间{}。",
            "报告所列数据统计期限{}。",
            "数据统计范围为{}。",
            "所列数据的统计时限为{}。",
            "本报告中各项数据的统计周期为{}。",
        )
    ).format(span)


def basis(report: Report, rng: Random) -> str:
    """What the report rests on."""
    notice = "国办公开办函〔2021〕30号" if report.edition == "2021" else "国办公开办函〔2019〕60号"
    return rng.choice(
        (
            f"依照《中华人民共和国政府信息公开条例》（以下简称《条例》）有关规定，现将{report.agency}{report.year}年政府信息公开工作情况公布如下。",
            f"本报告按照《中华人民共和国政府信息公开条例》第五十条和{notice}文件规定的格式编写，由{report.agency}向社会公开。",
            f"为落实《中华人民共和国政府信息公开条例》，{report.agency}编制了{report.year}年度政府信息公开工作年度报告，请社会各界监督。",
            f"{report.agency}根据《政府信息公开条例》的要求，编制并公布{report.year}年政府信息公开工作年度报告。",
            f"根据《条例》和上级关于年度报告的统一格式（{notice}），形成本年度报告。",
            f"现公布{report.agency}{report.year}年度政府信息公开工作年度报告，报告依据《中华人民共和国政府信息公开条例》编制。",
        )
    )


def contents(rng: Random) -> str:
    """Names of the six parts, which are no headings."""
    return rng.choice(
        (
            "全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、"
            "存在的主要问题及改进情况、其他需要报告的事项六个部分组成。",
            "报告共六部分：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
            "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
            "内容包括总体情况，主动公开、依申请公开和复议诉讼数据，主要问题与改进措施，以及其他需要报告的事项等六个部分。",
        )
    )


def contact(report: Report, rng: Random) -> str:
    """Where to ask and where to download."""
    phone = rng.choice(("0599-8800123", "（0599）8800123", "0599—8800123", "12345"))
    return rng.choice(
        (
            f"电子版可在门户网站（http://{_SITE}/zfxxgk/）查阅和下载。",
            f"如有疑问，请联系{report.agency}（地址：文昌路{rng.randint(1, 300)}号，邮编：353{rng.randint(100, 999)}，电话：{phone}）。",
            f"联系电话：{phone}，电子邮箱：gk{rng.randint(10, 99)}@example.cn，传真：0599-88001{rng.randint(10, 99)}。",
            f"如对报告内容有意见，请与我们联系，通信地址：朝阳大道{rng.randint(1, 99)}号3号楼2层{rng.randint(201, 230)}室。",
        )
    )


def overview(report: Report, rng: Random) -> str:
    """The first paragraph of section one."""
    y, s = report.year, report.self_name
    return rng.choice(
        (
            f"{y}年，{s}把政府信息公开作为改进服务的基础工作，围绕中心任务公开政策、回应关切，各项工作平稳推进。",
            f"{y}年以来，{s}坚持“公开是原则、不公开是例外”，对照{y}年度任务清单逐项落实，公开质量较{y - 1}年有所提高。",
            f"一年来，{s}以群众需求为导向，持续做好政策公开、过程公开和结果公开。",
            f"{y}年度，{s}认真执行《条例》，完善制度、规范流程、加强审核，有序开展政府信息公开工作，具体情况如下：",
            f"{s}在{y}年继续推进决策、执行、管理、服务、结果“五公开”，保障公众的知情权。",
            f"自{y - 3}年开展标准化规范化建设以来，{s}的公开工作逐步完善。{y}年主要做了以下工作。",
        )
    )


def active(report: Report, rng: Random) -> str:
    """主动公开: counts in 条, which no table shows; shares and sums are right."""
    web, chat, screen = rng.randint(20, 900), rng.randint(5, 400), rng.randint(1, 60)
    whole, digits = web + chat + screen, rng.choice((0, 1, 2))
    return rng.choice(
        (
            f"全年公开各类信息{whole}条，其中网站{web}条、微信公众号{chat}条、电子屏{screen}条，网站占{percent(web, whole, digits)}。",
            f"{report.year}年通过网站发布信息{web}条，比{report.year - 1}年增加{chat}条；制作政策解读{screen}篇，召开新闻发布会{rng.randint(1, 9)}场。",
            f"更新机构职能、规划计划、财政预决算等栏目，发布政策文件{screen}条、解读材料{rng.randint(1, 30)}篇，答复网民留言{chat}条，办结率100%。",
            f"主动公开{report.year}年预算和{report.year - 1}年决算，公布《{report.year}年重点工作安排》，发布动态信息{web}条。",
            f"受理不动产登记申请{rng.randint(300, 9000)}件、政务服务热线工单{rng.randint(100, 5000)}件，办理过程和结果均按规定公示。",
            f"公开人大代表建议{rng.randint(1, 40)}件、政协提案{rng.randint(1, 40)}件的办理结果；公开行政许可结果{web}条、行政处罚结果{screen}条。",
        )
    )


def filler(aspect: int, report: Report, rng: Random) -> str:
    """政府信息管理, 平台建设, 监督保障; governments tell of 考核, 评议 and 责任追究, as the law asks of them."""
    if aspect == 4 and report.unit_type == "government":
        return _assessment(report, rng)
    s, y, n = report.self_name, report.year, rng.randint(2, 40)
    return rng.choice(
        (
            (),
            (),
            (
                "严格执行“三审三校”，对拟公开的信息逐条进行保密审查，未发生泄密事件。",
                f"动态调整公开目录和公开指南，清理失效信息{n}条，做到源头可查、过程可控。",
                "明确公文属性认定、审核发布、归档移交各环节责任人，确保信息准确、及时、完整。",
                f"组织对{y - 2}年以来发布的文件进行回头看，补充链接和有效性标注{n}处。",
                "落实“先审查、后公开，谁公开、谁负责”要求，对个人信息作去标识化处理。",
                "制定《政府信息管理办法（试行）》，按季度（3月、6月、9月、12月）更新台账。",
            ),
            (
                f"优化网站检索和无障碍浏览功能，访问量{rng.randint(1, 99)}万人次，同比增长{rng.randint(1, 60)}.{rng.randint(1, 9)}%。",
                f"现有政务新媒体{rng.randint(1, 9)}个，关注人数{rng.randint(1, 9)}.{rng.randint(1, 9)}万人；设置线下查阅点{n}处。",
                f"政务公开专区配备自助终端{n}台，群众可现场查询、打印。网址：http://www.yunxiu-gov.example/a/{y}/0{rng.randint(1, 9)}.html。",
                "依托政府门户网站集中公开信息，同步推送至政务新媒体，保证内容一致。",
                f"完成栏目改版，新设“一件事”专题{n}个，整合旧栏目{rng.randint(2, 12)}个。",
                "加强日常巡检，及时改正错链和错别字，全年未被上级通报。",
            ),
            (
                f"全年组织业务培训{rng.randint(1, 9)}次，{n}人次参加；未出现需要追究责任的情形。",
                "将政府信息公开纳入年度绩效考核，定期通报进展，主动接受社会评议。",
                f"聘请社会监督员{n}名，开展满意度测评，满意率{rng.randint(80, 99)}.{rng.randint(0, 9)}%，没有发生责任追究事件。",
                f"由主要负责人牵头、{rng.randint(1, 5)}名专兼职人员具体负责，工作考核、社会评议和责任追究结果情况良好。",
                "畅通监督渠道，公开投诉电话，对反映的问题限时处理；社会评议结果为“好”，全年无责任追究情况。",
                f"{s}的政府信息公开工作考核、社会评议均达到要求，{y}年无责任追究情形。",
            ),
        )[aspect]
    )


def _assessment(report: Report, rng: Random) -> str:
    s, y = report.self_name, report.year
    return rng.choice(
        (
            "将政府信息公开纳入年度绩效考核，主动接受社会评议，未出现需要追究责任的情形。",
            f"由主要负责人牵头、{rng.randint(1, 5)}名专兼职人员具体负责，工作考核、社会评议和责任追究结果情况良好。",
            f"{s}的政府信息公开工作考核、社会评议均达到要求，{y}年无责任追究情形。",
            f"开展专项考核{rng.randint(1, 4)}次，委托第三方评估1次，没有单位或者个人因此被问责。",
        )
    )
