"""The customer agrees to a quote line by line: what may be left out is ticked, and the sum that was seen is the sum agreed to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms as plain
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import forms, words
from guiju.desks.common.options import shown_options
from guiju.line.workshop.models import Quote, QuoteLine
from guiju.line.workshop.rules import Chosen


class LinesInput(plain.CheckboxSelectMultiple):
    """Tick boxes that tell the script on the page what each line costs, and at least has to."""

    lines: Mapping[str, QuoteLine] = {}

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        """One line with its figures."""
        option = super().create_option(name, value, *args, **more)
        line = self.lines[str(value)]
        figures = {"data-amount": line.amount_minor, "data-least": line.quantity * line.list_min_minor}
        option["attrs"] = option["attrs"] | figures
        return option


class ChoosingForm(forms.Form):
    """The optional lines of a quote, ticked unless the customer says otherwise.

    Without a script the page shows the old sum after a box was unticked: then the customer is asked again, with the new one.
    """

    kept = plain.MultipleChoiceField(label=_("May be left out"), required=False, widget=LinesInput)
    seen_minor = plain.IntegerField(required=False, widget=plain.HiddenInput)
    option: Any = plain.IntegerField(required=False, widget=plain.HiddenInput)

    quote: Quote | None = None
    # Of the option that this form agrees to.
    place: int | None = None

    def choose_of(self, quote: Quote | None, kept: Collection[str] | None = None, place: int | None = None) -> None:
        """Offer what of this quote may be left out; where nothing may, nothing is asked.

        kept    what was ticked on the page before
        place   of the option that was chosen; without it the one that leads
        """
        self.quote, self.place = quote, place
        if quote is not None:
            self._offer_options(quote)
        optional = {str(line.pk): line for line in self._lines() if line.is_optional}
        if quote is None or not optional:
            del self.fields["kept"], self.fields["seen_minor"]
            return
        field: Any = self.fields["kept"]
        field.widget.lines = optional
        field.choices = [
            (key, f"{line.description} · {words.money(line.amount_minor, quote.currency)}")
            for key, line in optional.items()
        ]
        ticked = list(optional) if kept is None else [key for key in kept if key in optional]
        self.initial = {**self.initial, "kept": ticked, "seen_minor": self._without(ticked).total_minor}

    def _offer_options(self, quote: Quote) -> None:
        """Say which option it is; where there is only one, nobody is asked."""
        if not quote.has_options:
            del self.fields["option"]
            return
        field: Any = self.fields["option"]
        if hasattr(field, "choices"):
            field.choices = [(each.place, each.label) for each in shown_options(quote)]
        self.initial = {**self.initial, "option": self.place}

    def _lines(self) -> list[QuoteLine]:
        """The lines of the option that this form agrees to."""
        return self.quote.lines_of(self.place) if self.quote is not None else []

    @property
    def _asked_quote(self) -> Quote:
        if self.quote is None:
            raise LookupError("There is no quote to choose from.")
        return self.quote

    @property
    def chosen(self) -> Chosen:
        """What the page says that it comes to, as it is drawn."""
        return self._without(self.kept_keys)

    @property
    def kept_keys(self) -> list[str]:
        """What is ticked on the page, as it is drawn."""
        return list(self["kept"].value() or []) if "kept" in self.fields else []

    @property
    def figures(self) -> dict[str, int]:
        """What the script on the page reckons with, beside the boxes: of the lines that stay in any case, and of all."""
        lines = self._lines()
        fixed = [line for line in lines if not line.is_optional]
        return {
            "amount": sum(line.amount_minor for line in fixed),
            "least": sum(line.quantity * line.list_min_minor for line in fixed),
            "all": sum(line.amount_minor for line in lines),
            "discount": self._discount(),
        }

    def clean(self) -> dict[str, Any]:
        """Nobody agrees to a sum that they have not seen; the verb hears of the lines that are left out."""
        data = super().clean() or self.cleaned_data
        seen = data.pop("seen_minor", None)
        kept = data.pop("kept", [])
        # Without a quote there is nothing to choose from: the verb itself says what is the matter.
        lines = self._lines()
        data["option"] = data.get("option") or None
        data["declined"] = [line.pk for line in lines if line.is_optional and str(line.pk) not in kept]
        if "kept" not in self.fields or "kept" in self.errors:
            return data
        total = self._without(self.kept_keys).total_minor
        if seen != total:
            again: Any = self.data.copy()  # type: ignore[attr-defined]  # what was sent is a QueryDict
            again["seen_minor"] = str(total)
            self.data = again
            self.add_error("kept", ValidationError(self._asked_again(total)))
        return data

    def _asked_again(self, total: int) -> str:
        return gettext("With these lines it comes to %(total)s. Agree once more, to this sum.") % {
            "total": words.money(total, self._asked_quote.currency)
        }

    def _without(self, kept: Collection[str]) -> Chosen:
        quote = self._asked_quote
        left_out = {line.pk for line in self._lines() if line.is_optional and str(line.pk) not in kept}
        return quote.choice(left_out, self.place)

    def _discount(self) -> int:
        quote = self._asked_quote
        return quote.discount_minor if self.place in {None, quote.place} else quote.option(self.place).discount_minor
