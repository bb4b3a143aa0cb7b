"""Forms with several lines of the same kind; another line is asked for with a button, so they work without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.forms.boundfield import BoundField

from guiju.desks.common import forms
from guiju.line.workorder.models import WorkOrder

ROWS_MAX = 30
ROWS_MORE = 3


class JobForm(forms.Form):
    """A form about one job; `lines_first` where its lines are the matter and the rest comes after."""

    lines_first = False

    def __init__(self, order: WorkOrder, data: Any = None, files: Any = None, **more: Any) -> None:
        self.order = order
        super().__init__(data, files, **more)
        self.fill()

    def fill(self) -> None:
        """Fill the choices that depend on the job."""

    @property
    def plain_fields(self) -> list[BoundField]:
        """The fields that stand alone, in their order."""
        return [field for field in self.visible_fields() if field not in self.in_lines]

    @property
    def in_lines(self) -> list[BoundField]:
        """The fields that stand in lines."""
        return [field for line in self.lines for field in line]

    @property
    def lines(self) -> list[list[BoundField]]:
        """The lines of a form that has some."""
        return []


class RowsForm(JobForm):
    """A job's form with lines; `row` makes one line, of the fields that `names` lists."""

    least = 3
    names: tuple[str, ...] = ()

    def __init__(
        self,
        order: WorkOrder,
        data: Any = None,
        files: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        self.count = _count((data if data is not None else initial or {}).get("rows"), self.least)
        super().__init__(order, data, files, initial={**(initial or {}), "rows": self.count}, **more)

    def fill(self) -> None:
        """Add the fields of each line."""
        self.fields["rows"] = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)
        for at in range(self.count):
            for name, field in self.row().items():
                self.fields[f"{name}_{at}"] = field

    def row(self) -> dict[str, django_forms.Field]:
        """The fields of one line, by name."""
        raise NotImplementedError

    @property
    def lines(self) -> list[list[BoundField]]:
        """The fields of each line."""
        return [[self[f"{name}_{at}"] for name in self.names] for at in range(self.count)]

    def typed(self, at: int) -> dict[str, Any]:
        """What a line holds, once the form is clean."""
        return {name: self.cleaned_data.get(f"{name}_{at}") for name in self.names}


def _count(asked: Any, least: int) -> int:
    """How many lines are shown; whatever a browser sends, neither none nor thousands."""
    try:
        return min(max(int(asked), 1), ROWS_MAX)
    except (TypeError, ValueError):
        return least


def with_more_rows(typed: Mapping[str, Any], least: int) -> dict[str, Any]:
    """What was typed so far, on a form with some more lines."""
    return {**typed, "rows": min(_count(typed.get("rows"), least) + ROWS_MORE, ROWS_MAX)}
