"""Columns of each file, matched by name in any order: English names and the offices' own words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """The files, in the order they are written: each names rows of those before it."""

    GRIDS = "grids"
    ROADS = "roads"
    PEOPLE = "people"
    PLACES = "places"
    HOUSEHOLDS = "households"
    CHECK_POINTS = "check_points"
    CALENDAR = "calendar"
    ROTA = "rota"
    """Of one grid; only the desk hands it in."""
    EQUIPMENT = "equipment"
    """Of a grid and those below; only the desk hands it in."""
    ORDERS = "orders"
    """Of the hotline 12345; only the desk hands it in."""


OF_MAPS = frozenset({FileKind.GRIDS, FileKind.ROADS})
"""Their rows are features: they come as GeoJSON, Shapefile or KML, measured by a datum."""


@dataclass(frozen=True)
class Column:
    """One column: its name with us, whether a file must have it, and what else it is called."""

    name: str
    required: bool
    aliases: tuple[str, ...]


_GRID_CODE = Column(
    "grid_code", True, ("网格编码", "网格编号", "网格代码", "所属网格编码", "所属网格", "grid")
)
_PHONE = (
    "手机号",
    "手机",
    "手机号码",
    "电话",
    "电话号码",
    "联系电话",
    "联系方式",
    "mobile",
    "휴대폰번호",
)

COLUMNS: dict[FileKind, tuple[Column, ...]] = {
    FileKind.GRIDS: (
        Column("code", True, ("编码", "网格编码", "网格编号", "网格代码", "grid_code")),
        Column("name", True, ("名称", "网格名称")),
        Column("level", True, ("级别", "层级", "网格级别", "网格层级")),
        Column("parent_code", True, ("上级编码", "上级网格编码", "父级编码", "上级网格", "parent")),
        Column("kind", False, ("类型", "网格类型", "城乡类型")),
        Column("supervision_phone", False, ("监督电话",)),
    ),
    FileKind.ROADS: (
        Column("name", False, ("名称", "道路名称", "路名", "road_name")),
        Column("kind", False, ("类型", "道路类型", "等级", "道路等级", "highway", "fclass")),
    ),
    FileKind.PEOPLE: (
        Column("name", True, ("姓名", "人员姓名")),
        Column("phone", True, _PHONE),
        Column("role", True, ("岗位", "角色", "职务", "身份", "post")),
        _GRID_CODE,
        Column("building", False, ("楼栋", "楼栋号", "栋", "幢", "楼号", "栋号", "负责楼栋")),
        Column("unit", False, ("单元", "单元号", "负责单元")),
    ),
    FileKind.PLACES: (
        Column("code", True, ("编码", "场所编码", "场所编号", "编号")),
        Column("name", True, ("名称", "场所名称", "单位名称")),
        Column("category", True, ("类别", "类型", "场所类别", "场所类型")),
        _GRID_CODE,
        Column("lat", False, ("纬度", "latitude")),
        Column("lon", False, ("经度", "lng", "longitude")),
        Column("responsible_person", False, ("负责人", "责任人", "消防责任人", "消防安全责任人")),
        Column("phone", False, (*_PHONE, "责任人电话", "负责人电话")),
        Column("manager", False, ("管理人", "消防管理人", "消防安全管理人")),
        Column("manager_phone", False, ("管理人电话", "消防安全管理人电话")),
        Column("address", False, ("地址", "场所地址", "详细地址")),
        Column("area_m2", False, ("面积", "建筑面积", "面积平方米")),
        Column("capacity", False, ("人数", "床位", "座位", "座位、床位或人数")),
        Column("facilities", False, ("消防设施", "设施", "消防设施情况")),
    ),
    FileKind.HOUSEHOLDS: (
        _GRID_CODE,
        Column("building", False, ("楼栋", "楼栋号", "栋", "幢", "楼号", "栋号")),
        Column("unit", False, ("单元", "单元号")),
        Column("floor", False, ("楼层", "层", "所在楼层")),
        Column("room", True, ("房号", "房间号", "室", "门牌", "门牌号", "户号")),
        Column(
            "vulnerability",
            False,
            ("照护标记", "特殊群体", "弱势群体", "重点人群", "关爱对象", "care_mark"),
        ),
    ),
    FileKind.CHECK_POINTS: (
        _GRID_CODE,
        Column("kind", True, ("类型", "类别", "点位类型", "点位类别", "种类", "type")),
        Column("building", False, ("楼栋", "楼栋号", "栋", "幢", "楼号", "栋号")),
        Column("unit", False, ("单元", "单元号")),
        Column("floor", False, ("楼层", "层", "所在楼层")),
        Column("name", False, ("名称", "点位名称", "点位")),
        Column("code", False, ("编码", "点位编码", "点位编号", "编号")),
        Column("lat", False, ("纬度", "latitude")),
        Column("lon", False, ("经度", "lng", "longitude")),
        Column("ends_on", False, ("停用日期", "最后一天", "截止日期", "撤销日期", "until")),
    ),
    FileKind.CALENDAR: (
        Column("day", True, ("日期", "date", "날자")),
        Column("kind", True, ("类型", "休班", "放假或上班", "安排", "type", "류형")),
        Column("name", False, ("名称", "节日", "节日名称", "说明", "holiday", "이름")),
    ),
    FileKind.EQUIPMENT: (
        Column("kind", True, ("种类", "类型", "器材种类", "设施种类", "type")),
        _GRID_CODE,
        Column("name", False, ("名称", "器材名称", "设施名称")),
        Column("code", False, ("编码", "编号", "器材编号", "设施编号")),
        Column("place_code", False, ("场所编码", "场所编号", "单位编码")),
        Column("where", False, ("位置", "安装位置", "存放位置", "地点")),
        Column("lat", False, ("纬度", "latitude")),
        Column("lon", False, ("经度", "lng", "longitude")),
        Column("amount", False, ("数量", "件数", "具数")),
        Column("keeper", False, ("管理人", "责任人", "保管人", "维护单位")),
        Column("keeper_phone", False, _PHONE),
        Column("tested_on", False, ("检测日期", "上次检测", "检验日期", "维修日期")),
        Column("months", False, ("检测周期", "周期（月）", "检测周期月")),
    ),
    FileKind.ORDERS: (
        Column("number", True, ("工单编号", "工单号", "编号", "受理编号", "order")),
        _GRID_CODE,
        Column("category", False, ("类别", "隐患类别", "种类", "问题类型", "type")),
        Column("where", True, ("地址", "地点", "位置", "诉求地址", "address")),
        Column("words", True, ("内容", "诉求内容", "反映内容", "问题描述", "description")),
        Column("name", False, ("姓名", "诉求人", "来电人", "联系人")),
        Column("phone", False, _PHONE),
        Column("due_on", False, ("办结期限", "截止日期", "办理期限", "期限", "deadline")),
    ),
    FileKind.ROTA: (
        Column("day", True, ("日期", "值班日期", "date", "날자")),
        Column("name", True, ("姓名", "值班人", "值班人员", "值班员", "人员", "성명")),
        Column("phone", False, _PHONE),
        Column("hours", False, ("时间", "时段", "值班时间", "班次", "시간")),
        Column("starts", False, ("开始", "开始时间", "从", "from")),
        Column("ends", False, ("结束", "结束时间", "到", "to")),
    ),
}

_NOTE = re.compile(r"[(\[【].*?[)\]】]|[*:\s_\-]")


def plain(header: str) -> str:
    """A heading without blanks, remarks in brackets, stars, case: `* 手机号（必填）` is 手机号."""
    return _NOTE.sub("", unicodedata.normalize("NFKC", header)).lower()


def _lookup(kind: FileKind) -> dict[str, str]:
    return {
        plain(word): column.name
        for column in COLUMNS[kind]
        for word in (column.name, *column.aliases)
    }


@dataclass(frozen=True)
class Header:
    """How the columns of one file were understood, by position."""

    names: tuple[str | None, ...]
    """Our name of each column; None for one that is not ours."""
    written: tuple[str, ...]
    """As the file writes them."""

    @property
    def known(self) -> int:
        """How many columns are ours."""
        return sum(name is not None for name in self.names)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings that are not ours; blank ones are left out."""
        pairs = zip(self.names, self.written, strict=True)
        return tuple(word for name, word in pairs if name is None and word)

    def word(self, name: str) -> str:
        """How the file itself calls our column `name`."""
        return self.written[self.names.index(name)] if name in self.names else name

    def doubled(self) -> list[tuple[str, str]]:
        """Pairs of headings that mean the same column."""
        seen: dict[str, str] = {}
        pairs = []
        for name, word in zip(self.names, self.written, strict=True):
            if name is None:
                continue
            if name in seen:
                pairs.append((seen[name], word))
            seen.setdefault(name, word)
        return pairs

    def missing(self, kind: FileKind) -> list[Column]:
        """Required columns that the file lacks."""
        return [c for c in COLUMNS[kind] if c.required and c.name not in self.names]


def match_header(kind: FileKind, cells: Sequence[str]) -> Header:
    """Match headings to the columns of this kind of file."""
    names = _lookup(kind)
    written = tuple(" ".join(cell.split()) for cell in cells)
    return Header(tuple(names.get(plain(word)) for word in written), written)
