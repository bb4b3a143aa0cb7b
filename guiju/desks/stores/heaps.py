"""What can be done at a shelf with what lies there, as a table: the verb, for which condition, with which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as plain
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from guiju.books.stock import actions as stock
from guiju.books.stock.models import Bin, StockAccount
from guiju.books.stock.rules import CONDITION_LABELS, PLACE_OF, SET_APART, Condition, Owner, Place, Which
from guiju.desks.common import forms

CONDITION_OF = {place: condition for condition, place in PLACE_OF.items()}
# What one handles at a shelf: what is reserved stays where its job looks for it.
HANDLED = frozenset({Place.BIN}) | SET_APART


def serials_in(text: str) -> tuple[str, ...]:
    """One a line, as they were scanned or typed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class SerialsField(plain.CharField):
    """The serials of the pieces, one in each line; a scan goes to the next line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Serial numbers"),
            widget=plain.Textarea(attrs={"rows": 2}),
            help_text=_("One in each line."),
            **more,
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        """As the book takes them."""
        return serials_in(str(super().clean(value)))


class HeapForm(forms.Form):
    """How many of the pieces, and which where they are told apart."""

    quantity = plain.IntegerField(label=_("How many"), min_value=1, max_value=1_000_000)

    def __init__(self, *args: Any, heap: StockAccount, **more: Any) -> None:
        super().__init__(*args, **more)
        self.heap = heap
        if heap.balance == 1:
            self.initial.setdefault("quantity", 1)
        if heap.part.is_serialised:
            self.fields["serials"] = SerialsField(required=False)

    def clean(self) -> dict[str, Any]:
        """Which pieces, in one word."""
        data: dict[str, Any] = super().clean() or {}
        heap = self.heap
        return data | {
            "which": Which(
                CONDITION_OF[Place(heap.kind)], Owner(heap.owner), heap.lot, serials=data.pop("serials", None) or ()
            )
        }


class MoveForm(HeapForm):
    """Into which bin of the same outlet."""

    to_bin = plain.CharField(label=_("Into which bin"), max_length=60, help_text=_("Scan or type its code."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to_bin"].widget.attrs.update({"list": "bin-codes", "autocomplete": "off"})

    def clean_to_bin(self) -> Bin:
        """The bin of that code, with or without its store."""
        code, here = self.cleaned_data["to_bin"], self.heap.bin
        found = called(code, Bin.objects.filter(store__unit=self.heap.unit_id).select_related("store__unit"))
        if len(found) > 1 and here is not None:
            found = [each for each in found if each.store_id == here.store_id] or found
        if len(found) == 1:
            return found[0]
        if found:
            raise plain.ValidationError(several(code, found))
        raise plain.ValidationError(_("This outlet has no bin of this code."))


class ReasonForm(HeapForm):
    """Why."""

    reason = plain.CharField(label=_("Why"), max_length=200)


class ApartForm(ReasonForm):
    """In what condition the pieces turned out to be, and why."""

    condition = plain.TypedChoiceField(
        label=_("They are"),
        choices=[(each.value, _(CONDITION_LABELS[each])) for each in Condition if each is not Condition.GOOD],
        coerce=Condition,
        widget=plain.RadioSelect,
        initial=Condition.QUARANTINED.value,
    )
    field_order = ("quantity", "serials", "condition", "reason")

    def __init__(self, *args: Any, heap: StockAccount, **more: Any) -> None:
        super().__init__(*args, heap=heap, **more)
        asked: Any = self.fields["condition"]
        asked.choices = [each for each in asked.choices if each[0] != CONDITION_OF[Place(heap.kind)]]
        self.initial.setdefault("condition", asked.choices[0][0])


@dataclass(frozen=True)
class Step:
    """One thing to do with pieces.

    act       called with the part, the bin and the clean form
    apart     whether it is for what is set apart, for what is good, or, where None, for both
    is_grave  ends the pieces: it asks in red
    """

    slug: str
    verb: str
    title: str | Promise
    icon: str
    act: Callable[..., Any]
    said: str | Promise
    form: type[HeapForm]
    apart: bool | None
    is_grave: bool = False

    def is_for(self, heap: StockAccount) -> bool:
        """Whether these pieces are of the condition that it takes."""
        return self.apart is None or self.apart == (heap.kind in SET_APART)


STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("move", "stock.move", _("Put them into another bin"), "arrows-exchange", stock.move,
             _("%(quantity)s of %(part)s lie in %(bin)s now."), MoveForm, None),
        Step("apart", "stock.set_apart", _("Set them apart"), "ban", stock.set_apart,
             _("%(quantity)s of %(part)s in %(bin)s are set apart."), ApartForm, None),
        Step("clear", "stock.clear", _("They are good"), "circle-check", stock.clear,
             _("%(quantity)s of %(part)s in %(bin)s are good again."), ReasonForm, True),
        Step("scrap", "stock.scrap", _("Throw them away"), "trash", stock.scrap,
             _("%(quantity)s of %(part)s from %(bin)s are scrapped."), ReasonForm, True, True),
    )
}  # fmt: skip
VERBS = tuple(step.verb for step in STEPS.values())


def called(code: str, bins: Any) -> list[Bin]:
    """The bins of that code, written with or without their store: A-1, MAIN/A-1."""
    store, _slash, own = code.strip().rpartition("/")
    wanted = bins.filter(code__iexact=own)
    return list((wanted.filter(store__code__iexact=store) if store else wanted)[:9])


def several(code: str, found: list[Bin]) -> str:
    """That the code alone does not say which."""
    names = ", ".join(f"{each.store.unit.code} {each}" for each in found)
    return say("Several bins are called %(code)s: %(bins)s.") % {"code": code, "bins": names}
