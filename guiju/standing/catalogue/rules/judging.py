"""What one row of a file would do to a list, or why it can't be taken. Plain values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue.rules import SERIAL_OF_ONE_MAKER, RowVerdict, Sheet
from guiju.standing.catalogue.rules.sheets import (
    COLUMNS,
    GIVEN_OUT,
    SERIAL_OF_ANOTHER,
    BadCell,
    Column,
    Kept,
    Known,
    Misfit,
    Value,
    names,
)
from guiju.standing.catalogue.rules.tables import CELL_MAX


@dataclass(frozen=True)
class Judged:
    """What one row would do. `values` hold only what the file has a column for."""

    verdict: RowVerdict
    key: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    before: Mapping[str, Value] = field(default_factory=dict)
    because: tuple[Sentence, ...] = ()
    column: str = ""


def judge(
    sheet: Sheet,
    cells: Sequence[str],
    places: Mapping[str, int],
    *,
    known: Known,
    standing: Mapping[str, Mapping[str, Value]],
    width: int,
    other: tuple[Kept, Misfit] | None = None,
) -> Judged:
    """Say what one row would do to the list, or why it can't be taken.

    standing   what the list holds now, by key
    width      how many headings the file has
    other      for a list of another context: how it is read, and what else is asked of its rows
    """
    if any(cells[width:]):
        return _rejected("", Sentence(N_("The row has more cells than there are headings.")))
    values: dict[str, Value] = {}
    for column in COLUMNS[sheet]:
        if column.name in places:
            try:
                values[column.name] = _read(column, cells[places[column.name]], known)
            except BadCell as bad:
                return _rejected(column.name, bad.because)
    key = other[0].key(values) if other else key_of(sheet, values)
    before = standing.get(key)
    wrong = other[1](values, before) if other else _amiss(sheet, values, before, known)
    if wrong is not None:
        return _rejected(*wrong)
    if sheet in GIVEN_OUT and not any({**(before or {}), **values}.get(column.name) for column in names()):
        return _rejected("name_en", Sentence(N_("Give the name in at least one language.")))
    if before is None:
        return Judged(RowVerdict.NEW, key, values)
    changed = sorted(name for name, value in values.items() if before.get(name) != value)
    return Judged(
        RowVerdict.CHANGED if changed else RowVerdict.SAME, key, values, {name: before.get(name) for name in changed}
    )


def _amiss(
    sheet: Sheet, values: Mapping[str, Value], before: Mapping[str, Value] | None, known: Known
) -> tuple[str, Sentence] | None:
    """What is wrong with a row of our own lists as a whole."""
    if sheet is Sheet.APPLIANCES:
        return _misfit(values, known)
    return _unfit({**(before or {}), **values}, known) if sheet is Sheet.PARTS else None


def _read(column: Column, cell: str, known: Known) -> Value:
    if len(cell) > CELL_MAX:
        raise BadCell(N_("The text is longer than %(most)s characters."), most=CELL_MAX)
    if column.required and not cell:
        raise BadCell(N_("This cell must not be empty."))
    return column.read(cell, known)


def key_of(sheet: Sheet, values: Mapping[str, Value]) -> str:
    """What makes two rows mean the same entry of the list."""
    if sheet is Sheet.MODELS:
        return f"{fold(str(values['brand']))}|{values['code']}"
    if sheet is Sheet.FAULT_CODES:
        return f"{values['kind']}|{values['code']}"
    if sheet is Sheet.APPLIANCES:
        return f"{values['unit']}|{fold(str(values['brand']))}|{fold(str(values['serial']))}"
    return str(values["code"])


def _rejected(column: str, because: Sentence) -> Judged:
    return Judged(RowVerdict.REJECTED, because=(because,), column=column)


def repeated(judged: Judged, number: int) -> Judged:
    """The second row of one file that means the same entry."""
    because = Sentence(N_("Row %(row)s of this file is for the same entry."), {"row": number})
    return Judged(RowVerdict.REJECTED, "", because=(because,), column="code") if judged.key else judged


def _unfit(values: Mapping[str, Value], known: Known) -> tuple[str, Sentence] | None:
    """A part that is for some kinds of appliance fits models of these alone."""
    lines, models = values.get("lines") or [], values.get("models") or []
    if isinstance(lines, list) and isinstance(models, list) and lines:
        for each in models:
            line = known.types[fold(each)][1] if fold(each) in known.types else ""
            if line not in lines:
                return "models", Sentence(
                    N_("The model %(model)s is of none of the part's product lines."), {"model": each}
                )
    return None


def _misfit(values: Mapping[str, Value], known: Known) -> tuple[str, Sentence] | None:
    """What is wrong with an appliance as a whole: a type of another maker, or a serial number that is another maker's."""
    brand = fold(str(values["brand"]))
    model = str(values.get("model") or "")
    if model and (brand, str(values["line"]), model.upper()) not in known.models:
        return "model", Sentence(N_("The model %(model)s is not of this brand and product line."), {"model": model})
    folded = fold(str(values["serial"]))
    makers = known.makers.get((str(values["unit"]), folded), frozenset())
    if len(folded) >= SERIAL_OF_ONE_MAKER and makers and brand not in {fold(each) for each in makers}:
        said = {"serial": values["serial"], "brand": min(makers)}
        return "serial", Sentence(SERIAL_OF_ANOTHER, said)
    return None
