"""Who works at the demo company, and how they sign in. Nobody of this exists anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from guiju.standing.people.rules import LABELS, Role

PASSWORD = "square-and-compass-2026"  # noqa: S105 - printed on the demo's own sign-in page, and refused everywhere else


@dataclass(frozen=True)
class Colleague:
    """One person: how they sign in, their name, what they do, where, and in which language they read."""

    login: str
    name: str
    role: str
    unit: str
    language: str = "zh-hans"


UNITS: Mapping[str, Mapping[str, str]] = {
    "HQ": {"en": "Guiju Appliances", "zh-hans": "规矩电器", "zh-hant": "規矩電器"},
    "SD": {"en": "South region", "zh-hans": "华南大区", "zh-hant": "華南大區"},
    "FS01": {"en": "Foshan Chancheng outlet", "zh-hans": "佛山禅城售后网点", "zh-hant": "佛山禪城售後網點"},
    "GZ02": {"en": "Guangzhou Tianhe outlet", "zh-hans": "广州天河售后网点", "zh-hant": "廣州天河售後網點"},
}
PLACES: Mapping[str, Mapping[str, str]] = {
    "FS01": {
        "address": "佛山市禅城区祖庙路 18 号", "phone": "0757 8222 0018", "licence_no": "GJ-FS-0001", "hours": "09:00–18:00",
    },
    "GZ02": {
        "address": "广州市天河区体育东路 66 号", "phone": "020 3880 0066", "licence_no": "GJ-GZ-0002", "hours": "09:00–18:00",
    },
}  # fmt: skip

COLLEAGUES: tuple[Colleague, ...] = (
    Colleague("lin", "林晓", "RC", "FS01"),
    Colleague("bo", "薄文", "DP", "FS01"),
    Colleague("chen", "陈志强", "TE", "FS01"),
    Colleague("wu", "吴建国", "TE", "FS01"),
    Colleague("shen", "沈梅", "SK", "FS01"),
    Colleague("qin", "秦岚", "QC", "FS01"),
    Colleague("cai", "蔡芳", "CA", "FS01"),
    Colleague("fang", "方圆", "FI", "FS01"),
    Colleague("ma", "马国栋", "OM", "FS01"),
    Colleague("zhou", "周敏", "RC", "GZ02"),
    Colleague("jia", "贾明", "DP", "GZ02"),
    Colleague("sun", "孙浩", "TE", "GZ02"),
    Colleague("tang", "唐工", "SK", "GZ02"),
    Colleague("he", "何经理", "OM", "GZ02"),
    Colleague("nie", "聂总", "NM", "HQ"),
    Colleague("xu", "许会计", "FI", "HQ"),
    Colleague("tao", "陶老师", "TR", "HQ"),
    Colleague("an", "安审计", "AU", "HQ"),
    Colleague("peng", "彭采宁", "PU", "HQ"),
    Colleague("kuang", "邝守仓", "SK", "HQ"),
)
ADMINISTRATOR = Colleague("admin", "系统管理员", "AD", "HQ")


def duty(role: str) -> str:
    """What a role is called, in the reader's language."""
    return gettext(LABELS[Role(role)])


def hints(_request: HttpRequest) -> dict[str, Any]:
    """For the sign-in page: who may sign in as what. Empty anywhere but in the demo company."""
    if not settings.DEMO:
        return {}
    people = [
        {"login": each.login, "name": each.name, "duty": f"{duty(each.role)} · {each.unit}"}
        for each in (*COLLEAGUES, ADMINISTRATOR)
    ]
    return {"demo": {"password": PASSWORD, "people": people}}
