"""The leaflet for the product box and the board for the wall, gathered from the lists and the figures of their day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel import Locale
from django.utils.translation import get_language, gettext, override

from guiju.kernel.amounts import written
from guiju.kernel.words import pick
from guiju.oversight.papers import rules
from guiju.oversight.papers.press import LanguageNotOffered, bind, print_pdf
from guiju.oversight.papers.press.sheet import LOCALES
from guiju.oversight.papers.queries.shared import Print, letterhead_of
from guiju.standing.catalogue.models import Model, ProductLine
from guiju.standing.catalogue.rules import part_class_names
from guiju.standing.people.models import Unit
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.models import PriceLeaflet
from guiju.standing.pricing.queries import SheetRow
from guiju.standing.pricing.rules import PLACE_LABELS, Place
from guiju.standing.pricing.rules.travel import ZONE_LABELS, Zone, kilometres, remote_fee_minor
from guiju.standing.warranty import queries as warranty
from guiju.standing.warranty.queries import Statutory
from guiju.standing.warranty.rules import Told

# The example of the leaflet: EX-8.
EXAMPLE_METRES = 27_400


def leaflet(made: PriceLeaflet, *, address: str, printed_by: str, at: datetime) -> bytes:
    """The leaflet as PDF, a page in each of its languages."""
    pages = []
    for language in made.spoken:
        with override(language):
            pages.append(print_pdf(_leaflet(made, Print(address, printed_by, at)), language))
    return pages[0] if len(pages) == 1 else bind(pages)


def _leaflet(made: PriceLeaflet, how: Print) -> rules.PriceLeaflet:
    home = pricing.home_of(made.price_list.unit)
    machines = [f"{made.serial_from} – {made.serial_to}"] if made.serial_from else []
    return rules.PriceLeaflet(
        letterhead=letterhead_of(
            home,
            made.number,
            how,
            leads_to=how.base_url,
            currency=made.price_list.currency,
            version=made.price_list.number,
        ),
        brand=made.model.brand.name,
        model=made.model.code,
        product_line=made.model.line.name,
        list_number=made.price_list.number,
        valid_from=made.price_list.starts_on,
        machines=", ".join([*machines, *([made.batch] if made.batch else [])]),
        sections=_sections(pricing.sheet_of_list(made.price_list, line=made.model.line)),
        travel=_travel(home, made.made_on),
        example=_example(home, made.made_on),
        guarantee=_guarantee(made.model, home, made.made_on),
        **_by_law(made.model.line, home, made.made_on),
    )


def board(unit: Unit, *, address: str, language: str, printed_by: str, at: datetime) -> bytes | None:
    """The board for the wall of this outlet as PDF; None where no list is in force, or not in that language."""
    on = unit.day(at)
    listed = pricing.current_list(unit, on)
    if listed is None:
        return None
    try:
        with override(language):
            how = Print(address, printed_by, at)
            # The parts are on the page behind the code: a wall is not read for forty lines.
            rows = [row for row in pricing.sheet(unit, on) if row.section != "PART"]
            return print_pdf(
                rules.PriceBoard(
                    letterhead=letterhead_of(
                        unit, unit.code, how, leads_to=address, currency=listed.currency, version=listed.number
                    ),
                    list_number=listed.number,
                    valid_from=listed.starts_on,
                    sections=_sections(rows),
                    travel=_travel(unit, on),
                ),
                language,
            )
    except LanguageNotOffered:
        return None


def section_name(section: str) -> str:
    """What a section of the list is called."""
    return {
        "TEST": gettext("Tests"),
        "LABOUR": gettext("Labour"),
        "CALL_OUT": gettext("Call-out"),
        "OTHER": gettext("Other services"),
        "PART": gettext("Parts"),
    }[section]


def _sections(rows: Sequence[SheetRow]) -> tuple[rules.PriceSection, ...]:
    return tuple(
        rules.PriceSection(
            name=section_name(section), lines=tuple(_line(row) for row in rows if row.section == section)
        )
        for section in dict.fromkeys(row.section for row in rows)
    )


def _line(row: SheetRow) -> rules.ListedPrice:
    return rules.ListedPrice(
        name=row.name,
        code=row.code,
        min_minor=row.min_minor,
        max_minor=row.max_minor,
        unit=row.unit,
        place=gettext(PLACE_LABELS[Place(row.place)]) if row.place else None,
        conditions=row.conditions or None,
        hours=row.service_hours or None,
    )


def travel_sentence(unit: Unit, on: date, zone: Zone) -> str:
    """How the remote fee is reckoned in that zone, in words."""
    rule = pricing.remote_rule(unit, on, zone)
    return gettext("the first %(free)s km one way cost nothing, each further km %(rate)s, once for the visit") % {
        "free": rule.free_km,
        "rate": _money(rule.per_km_minor, unit.currency),
    }


def _money(minor: int, currency: str) -> str:
    """An amount as the reader writes it, with its sign."""
    locale = Locale.parse(LOCALES.get(get_language() or "en", LOCALES["en"]))
    return written(minor, currency, locale=locale, home=currency)


def _travel(unit: Unit, on: date) -> tuple[rules.TravelLine, ...]:
    return tuple(
        rules.TravelLine(zone=gettext(label), rule=travel_sentence(unit, on, zone))
        for zone, label in ZONE_LABELS.items()
    )


def _example(unit: Unit, on: date) -> str:
    fee = remote_fee_minor(pricing.remote_rule(unit, on, Zone.RURAL), EXAMPLE_METRES)
    return gettext("%(km)s km in the country, two appliances: %(fee)s, once.") % {
        "km": kilometres(EXAMPLE_METRES),
        "fee": _money(fee, unit.currency),
    }


def _guarantee(model: Model, unit: Unit, on: date) -> tuple[str, ...]:
    """What the brand promises for this model, and how long."""
    terms = warranty.terms_for(_line_of(model), on=on, model=model, jurisdiction=unit.jurisdiction)
    said = []
    if terms is not None and terms.whole_unit_months:
        said.append(gettext("Whole unit: %(months)s months") % {"months": terms.whole_unit_months})
    for code, months in sorted(terms.parts.items()) if terms is not None else ():
        name = pick(part_class_names(code))
        said.append(gettext("%(part)s: %(months)s months") % {"part": name, "months": months})
    said.append(gettext("Show the invoice. Damage by misuse, force or strangers' repairs is not covered."))
    return tuple(said)


def _by_law(line: ProductLine, unit: Unit, on: date) -> dict[str, Any]:
    """What the law of the place promises by itself, each with its clause: less nobody may print (WTY-5)."""
    law = warranty.statutory(line, jurisdiction=unit.jurisdiction, on=on)
    lines = []
    if law.line is not None:
        whole = gettext("Whole unit: %(months)s months") % {"months": law.line.whole_unit_months}
        lines.append(rules.LawLine(said=whole, source=_clause(law.line.source)))
    for name, told in law.figures.items():
        if name == "main_parts_months":
            lines += _main_parts(law, told)
        else:
            lines.append(rules.LawLine(said=_LAW_WORDS[name]() % {"value": told.value}, source=_clause(told.source)))
    names = ", ".join(pick(each) for each in law.names)
    return {"law": names or None, "by_law": tuple(lines) if names else ()}


_LAW_WORDS: Mapping[str, Callable[[], str]] = {
    "return_days": lambda: gettext("Money back within %(value)s days"),
    "exchange_days": lambda: gettext("Another unit within %(value)s days"),
    "repairs_before_exchange": lambda: gettext("Another unit after %(value)s repairs that did not help"),
    "max_repair_days": lambda: gettext("Another unit if a repair takes more than %(value)s days"),
    "max_parts_days": lambda: gettext("Another unit if a part is missing for more than %(value)s days"),
    "repair_warranty_days": lambda: gettext("Each repair is warranted for %(value)s days"),
}


def _main_parts(law: Statutory, all_parts: Told) -> Iterator[rules.LawLine]:
    """The main parts, those of as many months together."""
    if law.line is None or not law.line.parts:
        return
    by_months: dict[int, list[str]] = {}
    for code, months in law.line.parts.items():
        by_months.setdefault(months or all_parts.value, []).append(pick(part_class_names(code)))
    for months, names in sorted(by_months.items()):
        said = gettext("%(part)s: %(months)s months") % {"part": ", ".join(names), "months": months}
        yield rules.LawLine(said=said, source=_clause(all_parts.source))


def _clause(source: str) -> str:
    """The clause and its mark, without the version of the profile, which is named above."""
    return source.rpartition(" ")[0]


def _line_of(model: Model) -> ProductLine:
    return model.line
