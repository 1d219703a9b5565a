"""Invented agencies; none of these places exists."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Agency:
    """A reporting unit: full name, how it calls itself in prose, its kind and its area."""

    name: str
    self_name: str
    unit_type: str
    area: str


_PLACES = (
    ("云岫县", "县"),
    ("青浔市", "市"),
    ("丹岑区", "区"),
    ("澄屿县", "县"),
    ("临渚市", "市"),
    ("鹤溆区", "区"),
    ("栖霜县", "县"),
    ("苇塘区", "区"),
    ("南箬市", "市"),
    ("望澜县", "县"),
    ("北崧市", "市"),
    ("怀珀县", "县"),
)
_DEPARTMENTS = (
    "财政局",
    "教育局",
    "卫生健康委员会",
    "发展和改革委员会",
    "自然资源和规划局",
    "交通运输局",
    "水利局",
    "民政局",
    "住房和城乡建设局",
    "市场监督管理局",
    "统计局",
    "审计局",
    "司法局",
    "农业农村局",
    "应急管理局",
    "文化和旅游局",
    "人力资源和社会保障局",
    "生态环境局",
    "城市管理综合行政执法局",
    "林业局",
    "退役军人事务局",
    "信访局",
    "公安局",
    "医疗保障局",
    "科学技术局",
    "工业和信息化局",
    "商务局",
    "行政审批服务局",
    "政务服务中心",
    "机关事务管理局",
)
_TOWNS = (
    "柳渡镇人民政府",
    "石鹭镇人民政府",
    "双槐乡人民政府",
    "松坞镇人民政府",
    "梅汀街道办事处",
    "长亭街道办事处",
    "雁栖路街道办事处",
)
_OFFICES = ("人民政府办公室", "人民政府办公室", "人民政府办公厅")


def draw_agency(rng: Random) -> Agency:
    """One of about 400 names: departments mostly, then offices, governments, townships."""
    place, kind = rng.choice(_PLACES)
    unit_type = rng.choices(("department", "office", "government", "township"), (58, 10, 16, 16))[0]
    if unit_type == "department":
        department = rng.choice(_DEPARTMENTS)
        short = "我委" if department.endswith("委员会") else "本中心" if department.endswith("中心") else "我局"
        return Agency(place + department, rng.choice((short, short, "本机关")), unit_type, place)
    if unit_type == "office":
        office = _OFFICES[0] if kind != "市" else rng.choice(_OFFICES)
        return Agency(place + office, f"{kind}政府{office[-3:]}", unit_type, place)
    if unit_type == "government":
        return Agency(place + "人民政府", f"全{kind}", unit_type, place)
    town = rng.choice(_TOWNS)
    short = "本街道" if "街道" in town else "我乡" if "乡人民" in town else "我镇"
    return Agency(rng.choice((place, "")) + town, short, unit_type, place)
