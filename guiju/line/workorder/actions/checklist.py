"""The next version of an item of a checklist, and the end of one, in the table of the station whose list it is."""

# ruff: noqa: SLF001  (Django documents _default_manager, the one that a model without a class of its own has)

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from guiju.kernel.refusing import Invalid, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.workorder.models import CheckItem

Item = TypeVar("Item", bound=CheckItem)


def ask_for(
    items: type[Item], said: Mapping[str, Any], *, a_measurement: str, code: str, at: datetime
) -> tuple[Item, bool]:
    """The item as it is asked for from now on, and whether that is new; of a code that is there already, this is the next version.

    said           all that a version says, by field
    a_measurement  as the sentences of the table name it: "a_measurement", "a_measured_work_check"
    raises         Invalid for a measurement without a limit, or with limits in the wrong order
    """
    stands = items._default_manager.select_for_update().filter(code=code, until__isnull=True).first()
    if stands is not None and all(getattr(stands, name) == value for name, value in said.items()):
        return stands, False
    if stands is not None:
        end_asking(stands, at=at)
    # Also of one that was ended: what comes back is another version of it.
    last = items._default_manager.filter(code=code).order_by("-version").first()
    no_limit = Invalid(Sentence(N_("A measurement needs a limit.")), field="limit_max")
    crossed = Invalid(Sentence(N_("The lower limit is above the upper one.")), field="limit_min")
    named = {f"{a_measurement}_has_a_limit": no_limit, f"the_limits_of_{a_measurement}_are_in_order": crossed}
    with refusing(**named):
        version = last.version + 1 if last else 1
        return items._default_manager.create(code=code, version=version, since=at, **said), True


def end_asking(item: CheckItem, *, at: datetime) -> None:
    """Ask for it no longer; what was found stays. Ending it again changes nothing."""
    type(item)._default_manager.filter(pk=item.pk, until__isnull=True).update(until=at)
    item.refresh_from_db()
