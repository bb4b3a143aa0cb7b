"""Why the store's book refuses, in the trade's words."""

from __future__ import annotations

from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_


class NotEnough(Refusal):
    """There are fewer there than are asked for."""

    sentence = N_("%(wanted)s of %(part)s are wanted, and %(there)s are free.")


class NotReserved(Refusal):
    """Fewer are reserved for this job than are asked for."""

    sentence = N_("%(wanted)s of %(part)s are wanted, and %(there)s are reserved for %(reference)s.")


class NotIssued(Refusal):
    """Fewer were issued to this job than are brought back."""

    sentence = N_("%(wanted)s of %(part)s are brought back, and %(there)s were issued to %(reference)s.")


class NotSetApart(Refusal):
    """Fewer are set apart in this condition than are asked for."""

    sentence = N_("%(wanted)s of %(part)s are wanted, and %(there)s are set apart in this condition.")


class NotOnTheWay(Refusal):
    """Fewer are on the way than are said to have come."""

    sentence = N_("%(wanted)s of %(part)s are wanted, and %(there)s are on the way with %(reference)s.")


class LotExpired(Refusal):
    """What is left is of lots past their last day (INV-8)."""

    sentence = N_(
        "%(wanted)s of %(part)s are wanted, and %(there)s are free; what else lies there is of an expired lot."
    )


class CodeTaken(Refusal):
    """Another one has this code."""

    sentence = N_("This code is already taken.")
    field = "code"


class BinOfAnotherUnit(Refusal):
    """A bin of another unit is reached by a transfer, never by a move."""

    sentence = N_("This bin belongs to another unit. What goes there is sent by a transfer.")
    field = "to_bin"


class SerialsMissing(Refusal):
    """A part that is tracked by its serials moves by name."""

    sentence = N_("%(part)s is tracked by its serials: name the %(wanted)s serials.")
    field = "serials"


class SerialsMiscounted(Refusal):
    """As many serials as pieces."""

    sentence = N_("%(wanted)s pieces are moved, and %(named)s serials are named.")
    field = "serials"


class SerialElsewhere(Refusal):
    """A serial is in exactly one place, and it is not this one (INV-4)."""

    sentence = N_("%(serial)s is not there: a serial is in one place only.")
    field = "serials"


class BinStandsStill(Refusal):
    """Nothing goes into or out of a bin while it is counted."""

    sentence = N_("This bin is being counted at this moment. Nothing goes in or out until its count is finished.")
    field = "bin"


class CountedSince(Refusal):
    """A count has said what lay there then; the time before it is closed (G-5)."""

    sentence = N_("This bin has been counted since. Nothing is booked into the time before its count.")


# What a count says of a bin, as the database holds it.
COUNTS = {
    "stockmove_waits_for_the_count_of_its_bin": BinStandsStill,
    "stockmove_is_later_than_the_count_of_its_bin": CountedSince,
}
