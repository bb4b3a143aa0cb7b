"""The quote form: lines from the published price list, each with its range beside the price."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.bench.rows import JobForm, RowsForm
from guiju.desks.common import forms, words
from guiju.desks.common.options import LETTERS, shown_options
from guiju.line.workorder import queries as orders
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import queries as workshop
from guiju.line.workshop.actions import Alternative, Offer
from guiju.line.workshop.actions.drafting import LabourTooHeavy, NotListed, OutsideTheList
from guiju.line.workshop.models import Quote
from guiju.line.workshop.rules import (
    EXCEPTION_REASONS,
    MARK_LABELS,
    OPTION_LABELS,
    OPTIONS_MAX,
    ExceptionReason,
    OptionKind,
    PartMark,
)
from guiju.standing.catalogue import actions as catalogue_actions
from guiju.standing.catalogue import queries as catalogue
from guiju.standing.catalogue.models import Part, ServiceItem
from guiju.standing.pricing import queries as pricing
from guiju.standing.pricing.models import PriceLine
from guiju.standing.pricing.queries import SheetRow

PLACES = range(1, OPTIONS_MAX + 1)
SECTION_WORDS = {
    "TEST": _("Tests"),
    "LABOUR": _("Labour"),
    "CALL_OUT": _("Call-out"),
    "OTHER": _("Other services"),
    "PART": _("Parts"),
}
WITHOUT_PRICE = _("Without a price, the lowest of the list.")


class PricedSelect(django_forms.Select):
    """A choice of listed things; each option tells the script what it may cost.

    closed   what can be read and not be chosen any more
    """

    ranges: Mapping[str, str] = {}
    closed: Collection[str] = ()

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """The option with its range."""
        option = super().create_option(name, value, *args, **more)
        if str(value) in self.ranges:
            option["attrs"]["data-range"] = self.ranges[str(value)]
        if str(value) in self.closed and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class QuoteForm(RowsForm):
    """What the repair costs, line by line, and how long it takes."""

    service_hours = django_forms.IntegerField(
        label=_("Working hours from approval to ready"), min_value=1, max_value=10_000
    )
    names = ("what", "quantity", "price", "mark", "option", "optional")
    lines_first = True

    @cached_property
    def sheet(self) -> dict[str, SheetRow]:
        """What is published for this appliance here today, by the key of its line."""
        unit = self.order.unit
        place = orders.place_of(self.order)
        rows = pricing.sheet(unit, unit.day(now()), line=self.order.appliance.line, place=place)
        return {str(row.line_id): row for row in rows if row.currency == self.order.currency}

    @cached_property
    def ranges(self) -> dict[str, str]:
        """From the least to the most, in the reader's way of writing."""
        return {key: self._range(row) for key, row in self.sheet.items()}

    def _range(self, row: SheetRow) -> str:
        least, most = (words.money(minor, row.currency) for minor in (row.min_minor, row.max_minor))
        return least if least == most else f"{least} – {most}"

    @cached_property
    def unfit(self) -> set[str]:
        """The lines of the sheet whose part is for other models than the one on the bench."""
        parts = {row.code: key for key, row in self.sheet.items() if row.section == "PART"}
        return {parts[code] for code in catalogue.unfit_codes(parts, self.order.appliance)}

    @cached_property
    def options(self) -> list[tuple[str, Any]]:
        """The sheet by its sections, as it is read to the customer; last what does not fit the model, which nobody can choose."""
        grouped: dict[str, list[tuple[str, str]]] = {}
        others: list[tuple[str, str]] = []
        for key, row in self.sheet.items():
            group = others if key in self.unfit else grouped.setdefault(row.section, [])
            group.append((key, f"{row.code} {row.name} · {self.ranges[key]}"))
        sections = [(str(SECTION_WORDS[name]), rows) for name, rows in grouped.items()]
        model = self.order.appliance.model
        if others and model is not None:
            sections.append((gettext("Not for the model %(model)s") % {"model": model.code}, others))
        return [("", gettext("Choose…")), *sections]

    def fill(self) -> None:
        """Show the range of what is chosen beside its price; ask of each option what it is, how long it takes and is warranted."""
        super().fill()
        for place in PLACES:
            self.fields |= self._option(place)
        for at in range(self.count):
            chosen = str(self[f"what_{at}"].value() or "")
            if chosen in self.ranges:
                self.fields[f"price_{at}"].help_text = self.ranges[chosen]

    def row(self) -> dict[str, django_forms.Field]:
        """One line of the quote."""
        what = django_forms.ChoiceField(
            label=_("Service or part"),
            choices=self.options,
            required=False,
            widget=PricedSelect(attrs={"data-prices": ""}),
            error_messages={"invalid_choice": _("This is not on the published price list.")},
        )
        what.widget.ranges, what.widget.closed = self.ranges, self.unfit
        quantity = django_forms.IntegerField(label=_("Quantity"), min_value=1, max_value=10**6, required=False)
        price = forms.MoneyField(
            label=_("Price"), currency=self.order.currency, required=False, help_text=WITHOUT_PRICE
        )
        optional = django_forms.BooleanField(label=_("The customer may leave it out"), required=False)
        mark = django_forms.ChoiceField(
            label=_("A part is"),
            required=False,
            choices=[(each.value, gettext(MARK_LABELS[each])) for each in PartMark],
        )
        option = django_forms.ChoiceField(
            label=_("Option"), required=False, choices=[(str(place), LETTERS[place - 1]) for place in PLACES]
        )
        row: dict[str, django_forms.Field] = {"what": what, "quantity": quantity, "price": price, "mark": mark}
        return row | {"option": option, "optional": optional}

    def _option(self, place: int) -> dict[str, django_forms.Field]:
        letter = {"letter": LETTERS[place - 1]}
        kind = django_forms.ChoiceField(
            label=gettext("Option %(letter)s: what we do") % letter,
            required=False,
            choices=[(each.value, gettext(OPTION_LABELS[each])) for each in OptionKind],
        )
        days = django_forms.IntegerField(
            label=gettext("Option %(letter)s: days of repair warranty") % letter, required=False, min_value=1, max_value=3650,
            help_text=_("Empty: what the terms promise; less is never offered."),
        )  # fmt: skip
        if place == 1:
            return {"kind_1": kind, "days_1": days}
        hours = django_forms.IntegerField(
            label=gettext("Option %(letter)s: working hours from approval to ready") % letter, required=False, min_value=1,
            max_value=10_000, help_text=_("Only where a line is of this option."),
        )  # fmt: skip
        return {f"kind_{place}": kind, f"hours_{place}": hours, f"days_{place}": days}

    def clean(self) -> dict[str, Any]:
        """A price or a quantity is for something, and an option has its lines and its time."""
        used = {self._place(self.typed(at)) for at in range(self.count) if self.typed(at)["what"]}
        for place in sorted(used - {1}):
            if not self.cleaned_data.get(f"hours_{place}"):
                self.add_error(f"hours_{place}", gettext("Say how many working hours this option takes."))
        if used and 1 not in used:
            self.add_error("option_0", gettext("Option A comes first: give it at least one line."))
        for at in range(self.count):
            typed = self.typed(at)
            is_typed = typed["price"] is not None or typed["quantity"] is not None
            if is_typed and not typed["what"] and f"what_{at}" not in self.errors:
                self.add_error(f"what_{at}", gettext("Choose what this price is for."))
        return self.cleaned_data

    @staticmethod
    def _place(row: Mapping[str, Any]) -> int:
        return int(row["option"] or 1)

    def quoted(self) -> dict[str, Any]:
        """As the action takes it: the first option, and the others beside it."""
        rows = [self.typed(at) for at in range(self.count)]
        data = self.cleaned_data
        others = [
            Alternative(
                offers, data[f"hours_{place}"], OptionKind(data[f"kind_{place}"] or "REPAIR"), data[f"days_{place}"]
            )
            for place in PLACES[1:]
            if (offers := self._offers([row for row in rows if self._place(row) == place]))
        ]
        return {
            "offers": self._offers([row for row in rows if self._place(row) == 1]),
            "service_hours": data["service_hours"],
            "kind": OptionKind(data["kind_1"] or "REPAIR"),
            "repair_warranty_days": data["days_1"],
            "others": others,
        }

    def _offers(self, rows: list[dict[str, Any]]) -> list[Offer]:
        chosen = [row for row in rows if row["what"]]
        listed = PriceLine.objects.select_related("item", "part").in_bulk([int(row["what"]) for row in chosen])
        return [
            Offer(
                quantity=row["quantity"] or 1,
                unit_minor=row["price"],
                item=listed[int(row["what"])].item,
                part=listed[int(row["what"])].part,
                is_optional=bool(row["optional"]),
                mark=PartMark(row["mark"] or "ORIGINAL"),
            )
            for row in chosen
        ]

    @contextmanager
    def at_the_line(self) -> Iterator[None]:
        """Put a refused price, or a part that does not fit, at the very line that it was typed on."""
        try:
            yield
        except (OutsideTheList, NotListed, LabourTooHeavy) as refusal:
            refusal.field = self._field_of(str(refusal.params.get("code", ""))) or refusal.field
            raise
        except catalogue_actions.DoesNotFit as refusal:
            chosen = (f"what_{at}" for at in range(self.count) if str(self.typed(at)["what"]) in self.unfit)
            refusal.field = next(chosen, refusal.field)
            raise

    def _field_of(self, code: str) -> str | None:
        named = [
            (at, row, self.typed(at)["price"])
            for at in range(self.count)
            if (row := self.sheet.get(str(self.typed(at)["what"]))) is not None and row.code == code
        ]
        outside = [at for at, row, price in named if price is not None and not row.min_minor <= price <= row.max_minor]
        return next((f"price_{at}" for at in (*outside, *(at for at, _row, _price in named))), None)


class ExceptionForm(JobForm):
    """A price that the published list does not allow, and why it has to be."""

    code = django_forms.CharField(label=_("Code of the service or part"), max_length=60)
    reason = django_forms.ChoiceField(label=_("Why?"))
    note = django_forms.CharField(
        label=_("Explain it"),
        max_length=300,
        widget=django_forms.Textarea(attrs={"rows": 2}),
        help_text=_("The network manager and the customer read it."),
    )

    def fill(self) -> None:
        """Offer the trade's reasons, and the money of the job."""
        self.fields["reason"].choices = [(each.value, gettext(word)) for each, word in EXCEPTION_REASONS.items()]  # type: ignore[attr-defined]
        self.fields["unit_minor"] = forms.MoneyField(label=_("Price"), currency=self.order.currency, min_minor=1)
        self.order_fields(["code", "unit_minor", "reason", "note"])

    def clean(self) -> dict[str, Any]:
        """The service or the part of that code."""
        data: dict[str, Any] = super().clean() or {}
        code = data.pop("code", "").strip()
        found = ServiceItem.objects.filter(code__iexact=code).first() or Part.objects.filter(code__iexact=code).first()
        if code and found is None:
            self.add_error("code", gettext("Neither a service nor a part has this code."))
        data["item"], data["part"] = (None, found) if isinstance(found, Part) else (found, None)
        if "reason" in data:
            data["reason"] = ExceptionReason(data["reason"])
        return data


def standing_lines(order: WorkOrder) -> dict[str, Any]:
    """The lines of the quote that stands, to begin the next one with."""
    quote = workshop.current_quote(order)
    if quote is None:
        return {"service_hours": _usual_hours(order)}
    typed: dict[str, Any] = {"rows": 0, **_standing_options(quote)}
    # What the customer declined is not asked again, nor what was not chosen.
    places = {each.place for each in shown_options(quote)}
    lines = [line for line in quote.lines.all() if not line.is_declined and line.place in places]
    for at, line in enumerate(lines):
        # The list may have changed since: the same thing has another line now.
        on, place = order.unit.day(now()), orders.place_of(order)
        listed = pricing.line_for(item=line.item, part=line.part, unit=order.unit, on=on, place=place)
        typed |= {
            f"what_{at}": str(listed.pk) if listed else "",
            f"quantity_{at}": line.quantity,
            f"price_{at}": line.unit_minor,
            f"optional_{at}": line.is_optional,
            f"mark_{at}": line.mark,
            f"option_{at}": "1" if len(places) == 1 else str(line.place),
        }
    return typed | {"rows": len(lines) + 2}


def _standing_options(quote: Quote) -> dict[str, Any]:
    options = shown_options(quote)
    typed: dict[str, Any] = {"service_hours": options[0].service_hours}
    for at, each in enumerate(options, start=1):
        kind = quote.kind if len(options) == 1 else quote.option(each.place).kind
        typed |= {f"kind_{at}": kind, f"hours_{at}": each.service_hours, f"days_{at}": each.repair_warranty_days}
    return typed


def _usual_hours(order: WorkOrder) -> int | None:
    """What the sheet tells the customer about the time of such a repair."""
    place = orders.place_of(order)
    rows = pricing.sheet(order.unit, order.unit.day(now()), line=order.appliance.line, place=place)
    return next((row.service_hours for row in rows if row.section == "LABOUR" and row.service_hours), None)
