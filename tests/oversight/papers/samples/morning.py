"""Who was there that morning in Foshan, and what she brought: what every paper names."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from guiju.oversight.papers.rules import Accessory, AccessoryKind, Customer, Device, Letterhead, Signature

LANGUAGES = ("en", "zh-hans", "zh-hant")
PHONE = "13827700416"
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 5, 9, 30, tzinfo=UTC)
TOKEN = "https://service.example.com/t/5Zq0c9mK2vX8rT4uWnB7dA"


def said(language: str, english: str, simplified: str, traditional: str) -> str:
    """The text of one language."""
    return {"en": english, "zh-hans": simplified, "zh-hant": traditional}[language]


def picture(red: int, green: int, blue: int) -> bytes:
    """A photo of plain colour."""
    stream = BytesIO()
    Image.new("RGB", (320, 240), (red, green, blue)).save(stream, "JPEG")
    return stream.getvalue()


def letterhead(language: str, number: str) -> Letterhead:
    """The head of every paper of the Foshan outlet."""
    return Letterhead(
        brand_name=said(language, "Guiju Appliances", "规矩电器", "規矩電器"),
        outlet_name=said(language, "Foshan Chancheng service point", "佛山禅城售后网点", "佛山禪城售後網點"),
        licence_number="91440604MA4UXK0T2R",
        number=number,
        status_url=TOKEN,
        time_zone="Asia/Shanghai",
        currency="CNY",
        printed_at=NOON,
        printed_by=said(language, "Lin Xiaomei", "林晓梅", "林曉梅"),
        version="PL-2026-03",
        outlet_address=said(
            language, "18 Zumiao Road, Chancheng, Foshan", "佛山市禅城区祖庙路18号", "佛山市禪城區祖廟路18號"
        ),
        outlet_phone="0757-8222 6688",
        outlet_hours=said(language, "Monday to Saturday 9:00-18:00", "周一至周六 9:00-18:00", "週一至週六 9:00-18:00"),
        complaint_phone="400-830-1234",
    )


def bare_letterhead(language: str, number: str) -> Letterhead:
    """A head with nothing optional on it."""
    return replace(
        letterhead(language, number),
        version=None,
        outlet_address=None,
        outlet_phone=None,
        outlet_hours=None,
        complaint_phone=None,
    )


def customer(language: str) -> Customer:
    """Mrs Ouyang, who lives near the outlet."""
    return Customer(
        name=said(language, "Ouyang Huizhen", "欧阳慧贞", "歐陽慧貞"),
        phone=PHONE,
        address=said(
            language,
            "Flat 1203, Block 7, Dafuhuijing Garden, 66 Lingnan Avenue North",
            "岭南大道北66号大福汇景花园7座1203室",
            "嶺南大道北66號大福匯景花園7座1203室",
        ),
    )


def bare_customer(language: str) -> Customer:
    """A customer without an address."""
    return replace(customer(language), address=None)


def device(language: str) -> Device:
    """Her television."""
    return Device(
        name=said(language, "55-inch television", "55英寸液晶电视机", "55吋液晶電視機"),
        brand=said(language, "Guiju", "规矩", "規矩"),
        product_line=said(language, "Televisions", "电视机", "電視機"),
        model="GJ-55U8-PRO",
        serial_number="GJ55U8P-2403-0018827",
    )


def bare_device(language: str) -> Device:
    """A device whose plate can't be read."""
    return Device(name=device(language).name, brand=device(language).brand)


def signature(language: str) -> Signature:
    """She signed at the counter."""
    return Signature(
        signed_by=customer(language).name,
        method=said(language, "Signed by hand", "手写签名", "手寫簽名"),
        signed_at=NOON,
    )


def accessories(language: str) -> tuple[Accessory, ...]:
    """What she handed in with it."""
    return (
        Accessory(name=said(language, "Remote control", "遥控器", "遙控器"), kind=AccessoryKind.REMOTE),
        Accessory(name=said(language, "Power cable", "电源线", "電源線"), kind=AccessoryKind.CABLE),
        Accessory(
            name=said(language, "Screws of the stand", "底座螺丝", "底座螺絲"),
            quantity=4,
            note=said(language, "in a bag", "装袋", "裝袋"),
        ),
    )


def long_name(language: str) -> str:
    """A name that fits nowhere."""
    return said(
        language,
        "The Honourable Society of Television Owners of the Greater Foshan and Chancheng Region, Branch No. 14",
        "佛山市禅城区石湾镇街道深村股份合作经济联合社物业管理委员会办公室",
        "佛山市禪城區石灣鎮街道深村股份合作經濟聯合社物業管理委員會辦公室",
    )
