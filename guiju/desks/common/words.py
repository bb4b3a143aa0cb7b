"""How figures are said on a page: money, times, telephones and quantities, in the reader's language."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import phonenumbers
from babel.core import Locale
from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from guiju.desks.common.place import here
from guiju.kernel.amounts import EXPONENTS, written

# English is written as in Britain: day before month and 24 hours cannot be misread at an Asian counter.
_LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW"}
MASKED_DIGITS = 4


def locale() -> Locale:
    """The reader's language as Babel knows it."""
    return Locale.parse(_LOCALES.get((get_language() or "en").lower(), "en_GB"))


def major(minor: int, currency: str) -> Decimal:
    """An amount in whole units: 1250 fen are 12.50 yuan."""
    return Decimal(minor).scaleb(-EXPONENTS[currency])


def money(minor: int, currency: str = "") -> str:
    """An amount as the reader writes it; without a currency, the one of this place."""
    currency = currency or here().currency
    return written(minor, currency, locale=locale(), home=here().currency)


def plain_money(minor: int, currency: str = "") -> str:
    """An amount for a form field: digits and a point, no sign and no grouping."""
    return f"{major(minor, currency or here().currency):f}"


def _local(moment: datetime) -> datetime:
    # The zone was activated for the page; a naive time is a mistake that must not pass silently.
    return timezone.localtime(moment)


def when(moment: datetime | date, style: str = "") -> str:
    """A moment in this place's zone, or a day.

    style  "" day and time, "date" the day, "time" the clock, "short" without the year when it is this year's
    """
    if not isinstance(moment, datetime):
        return str(format_date(moment, "medium", locale=locale()))
    local = _local(moment)
    zone = local.tzinfo if isinstance(local.tzinfo, ZoneInfo) else None
    if style == "date":
        return str(format_date(local.date(), "medium", locale=locale()))
    if style == "time":
        return str(format_time(local, "HH:mm", tzinfo=zone, locale=locale()))
    if style == "short" and local.year == timezone.localtime().year:
        pattern = "d MMM HH:mm" if locale().language == "en" else "M月d日 HH:mm"
        return str(format_datetime(local, pattern, tzinfo=zone, locale=locale()))
    day = format_date(local.date(), "medium", locale=locale())
    return f"{day} {local:%H:%M}"


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the language strings them: a, b; 甲、乙."""
    return (", " if locale().language == "en" else "、").join(names)


def ago(moment: datetime) -> str:
    """How far away a moment is: "3 hours ago", "in 2 days"."""
    return str(format_timedelta(moment - timezone.now(), add_direction=True, locale=locale()))


def lateness(minutes: int) -> str:
    """By how much something was late, in its largest unit: "2 days late"; "in time" where it was not."""
    if not minutes:
        return gettext("in time")
    span = format_timedelta(timedelta(minutes=minutes), granularity="minute", threshold=1, locale=locale())
    return gettext("%(span)s late") % {"span": span}


def phone(number: str) -> str:
    """A telephone number as it is dialled here: national at home, international abroad."""
    try:
        parsed = phonenumbers.parse(number, here().region)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.country_code_for_region(here().region)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == home else style.INTERNATIONAL)


def masked_phone(number: str) -> str:
    """A telephone number for lists: enough to recognise, too little to dial.

    source  G-6
    """
    shown = phone(number)
    places = [at for at, sign in enumerate(shown) if sign.isdigit()]
    keep_end = min(MASKED_DIGITS, max(len(places) - MASKED_DIGITS, 0))
    end = len(places) - keep_end
    hidden = set(places[max(end - MASKED_DIGITS, 0) : end])
    return re.sub(r"\*[\s-]*(?=\*)", "*", "".join("*" if at in hidden else sign for at, sign in enumerate(shown)))


_LARGER = {"GRAM": ("kg", 1000), "MM": ("m", 1000), "ML": ("L", 1000)}
_BASE = {"GRAM": "g", "MM": "mm", "ML": "ml"}


def quantity(amount: int, unit: str = "PIECE") -> str:
    """A quantity of a part's base unit, in the unit that people say: 1500 grams are 1.5 kg."""
    if unit == "PIECE":
        pieces = format_decimal(amount, locale=locale())
        return ngettext("%(pieces)s piece", "%(pieces)s pieces", amount) % {"pieces": pieces}
    name, size = _LARGER[unit]
    if abs(amount) < size:
        name, size = _BASE[unit], 1
    figure = format_decimal(Decimal(amount) / size, format="#,##0.###", locale=locale())
    return gettext("%(figure)s %(unit)s") % {"figure": figure, "unit": name}
