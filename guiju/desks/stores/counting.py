"""The forms of a count, and its steps as a table: which verb, in which states, with which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guiju.books.stock.models import Bin, Store
from guiju.books.stock.rules import StoreKind
from guiju.desks.common import forms
from guiju.desks.common.steps import Step
from guiju.readiness.counting import actions as counting
from guiju.readiness.counting import queries
from guiju.readiness.counting.actions import Answered, Explained
from guiju.readiness.counting.models import StockCount
from guiju.readiness.counting.rules import (
    CAUSE_LABELS,
    KIND_LABELS,
    UNKNOWN_LABELS,
    Cause,
    CountKind,
    CountState,
    UnknownOutcome,
)
from guiju.standing.people.models import Person, RoleGrant
from guiju.standing.people.rules import Status


class PersonChoice(plain.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody of the house, with the number on the badge."""

    def label_from_instance(self, person: Person) -> str:
        """The name, and the number for two of one name."""
        return f"{person.name} ({person.number})"


class BinsChoice(plain.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Bins of one store, by their codes."""

    def label_from_instance(self, bin: Bin) -> str:
        """As the label says."""
        return str(bin.code)


def colleagues(unit_id: int) -> QuerySet[Person]:
    """Who works in that unit: whoever plans a count there names its counters, whoever else's records they may read."""
    return Person.objects.filter(unit=unit_id, status=Status.ACTIVE.value)


class PlanForm(forms.Form):
    """What is counted, by whom, and who answers for it."""

    kind = plain.TypedChoiceField(
        label=_("Kind of count"), choices=[(kind.value, _(KIND_LABELS[kind])) for kind in CountKind], coerce=CountKind
    )
    bins = BinsChoice(
        label=_("Bins"),
        queryset=Bin.objects.none(),
        required=False,
        widget=plain.CheckboxSelectMultiple,
        help_text=_("For a cycle count or a spot check. A full count, a van and a handover take them all."),
    )
    keeper = PersonChoice(label=_("Who keeps the store"), queryset=Person.objects.none())
    successor = PersonChoice(label=_("Who takes it over"), queryset=Person.objects.none(), required=False)
    first_counter = PersonChoice(label=_("First counter"), queryset=Person.objects.none())
    second_counter = PersonChoice(label=_("Second counter"), queryset=Person.objects.none())
    planned_on = forms.DayField(label=_("Planned for"), required=False)
    reason = plain.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, store: Store, **more: Any) -> None:
        super().__init__(*args, **more)
        roles = ["SK", "TE", "DR"] if store.kind == StoreKind.VAN else ["SK"]
        held = RoleGrant.objects.filter(role__in=roles, unit__code__in=store.unit.lineage)
        self._offer("bins", store.bins.order_by("code"))
        for name in ("keeper", "successor"):
            self._offer(name, Person.objects.filter(status=Status.ACTIVE.value, pk__in=held.values("person")))
        for name in ("first_counter", "second_counter"):
            self._offer(name, colleagues(store.unit_id))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]


class TallyForm(forms.Form):
    """How many of a part there are."""

    part = plain.IntegerField()
    quantity = plain.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000)


class ReasonForm(forms.Form):
    """Why."""

    reason = plain.CharField(label=_("Why"), max_length=300)


class RecountForm(forms.Form):
    """Who counts again."""

    counter = PersonChoice(
        label=_("Who counts again"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("The two exchange their bins"),
    )

    def __init__(self, *args: Any, count: StockCount, **more: Any) -> None:
        super().__init__(*args, **more)
        others = colleagues(count.unit_id).exclude(pk__in=count.counter_ids)
        self.fields["counter"].queryset = others  # type: ignore[attr-defined]


class ExplainForm(forms.Form):
    """A cause for each difference, and an answer for each unknown scan."""

    def __init__(self, *args: Any, count: StockCount, **more: Any) -> None:
        super().__init__(*args, **more)
        self.differing = [] if queries.is_blind(count) else list(queries.differing(count))
        self.unknown = queries.unknown_of(count)
        causes = [("", "—"), *((cause.value, _(CAUSE_LABELS[cause])) for cause in Cause)]
        outcomes = [("", "—"), *((outcome.value, _(UNKNOWN_LABELS[outcome])) for outcome in UnknownOutcome)]
        for line in self.differing:
            self._ask(f"cause-{line.pk}", f"note-{line.pk}", _("Cause"), causes)
            if line.part.is_serialised:
                self.fields[f"serials-{line.pk}"] = plain.CharField(
                    label=_("Serials that differ"), max_length=2000, help_text=_("Scan each, with blanks between.")
                )
        for scan in self.unknown:
            self._ask(f"outcome-{scan.pk}", f"answer-{scan.pk}", _("What it was"), outcomes)

    def _ask(self, choice: str, note: str, label: Any, choices: list[tuple[str, Any]]) -> None:
        self.fields[choice] = plain.ChoiceField(label=label, choices=choices)
        self.fields[note] = plain.CharField(label=_("What was found out"), max_length=300, required=False)

    def rows(self) -> list[dict[str, Any]]:
        """What the page shows: the difference, and its two fields."""
        return [
            {"line": line, "cause": self[f"cause-{line.pk}"], "note": self[f"note-{line.pk}"]}
            for line in self.differing
        ]

    def scans(self) -> list[dict[str, Any]]:
        """The same for what nobody knows."""
        return [
            {"scan": scan, "outcome": self[f"outcome-{scan.pk}"], "note": self[f"answer-{scan.pk}"]}
            for scan in self.unknown
        ]

    def said(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        return {
            "causes": [
                Explained(
                    line.pk,
                    Cause(data[f"cause-{line.pk}"]),
                    data[f"note-{line.pk}"],
                    serials=tuple(data.get(f"serials-{line.pk}", "").upper().split()),
                )
                for line in self.differing
            ],
            "answers": [
                Answered(scan.pk, UnknownOutcome(data[f"outcome-{scan.pk}"]), data[f"answer-{scan.pk}"])
                for scan in self.unknown
            ],
        }


OFFERED: Mapping[CountState, frozenset[str]] = {
    CountState.PLANNED: frozenset({"freeze", "cancel"}),
    CountState.FROZEN: frozenset({"cancel"}),
    CountState.COUNTING: frozenset({"hand-in", "cancel"}),
    CountState.COUNTED: frozenset({"recount", "explain"}),
    CountState.RECOUNT: frozenset({"hand-in"}),
    CountState.REVIEW: frozenset({"approve", "reject"}),
    CountState.APPROVED: frozenset(),
    CountState.CLOSED: frozenset(),
    CountState.CANCELLED: frozenset(),
}
STEPS: Mapping[str, Step] = {
    step.slug: step
    for step in (
        Step("freeze", "counting.freeze", counting.freeze, _("The book's figures are kept. The counters can begin.")),
        Step("hand-in", "counting.hand_in", counting.hand_in, _("Handed in.")),
        Step("recount", "counting.recount", counting.recount, _("It is counted again by another."), "recount"),
        Step("explain", "counting.explain", counting.explain, _("Waits for approval now."), "explain"),
        Step("approve", "counting.approve", counting.approve, _("Your approval is written down.")),
        Step("reject", "counting.reject", counting.reject, _("Sent back to be counted again."), "reject"),
        Step("cancel", "counting.cancel", counting.cancel, _("The count is given up."), "cancel"),
    )
}
FORMS: Mapping[str, Callable[..., forms.Form]] = {
    "recount": lambda count, *sent: RecountForm(*sent, count=count),
    "explain": lambda count, *sent: ExplainForm(*sent, count=count),
    "reject": lambda _count, *sent: ReasonForm(*sent),
    "cancel": lambda _count, *sent: ReasonForm(*sent),
}
