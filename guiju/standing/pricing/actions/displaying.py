"""The proof that the prices in force hang on an outlet's wall (PRC-5)."""

from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.models import Evidence
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.people.models import Unit
from guiju.standing.people.rules import UnitKind
from guiju.standing.pricing import queries
from guiju.standing.pricing.models import DisplayProof
from guiju.standing.pricing.rules.display import KIND


class NothingInForce(Refusal):
    """Where no list holds there is nothing to hang up."""

    sentence = N_("No price list is in force for %(outlet)s today, so there is none to show. Ask the head office.")


class ShownAlready(Refusal):
    """A photograph is of one day: the one of last time proves nothing today."""

    sentence = N_("This photograph was a proof already. Take a new one of the wall as it is today.")
    field = "photo"


def prove_display(*, unit: Unit, photo: Evidence, by: Actor, at: datetime) -> DisplayProof:
    """Show with a photograph of today that the price list in force hangs on this outlet's wall.

    photo    kept before by `evidence.keep_photo` with the kind "DISPLAY"
    raises   NothingInForce, Invalid, ShownAlready
    source   PRC-5
    """
    with doing("pricing.prove_display", on=unit, by=by, at=at) as deed:
        today = unit.day(at)
        if unit.kind != UnitKind.OUTLET or not unit.is_active:
            raise Invalid(Sentence(N_("Only an outlet that is open has prices on its wall.")), field="unit")
        listed = queries.current_list(unit, today)
        if listed is None:
            raise NothingInForce(outlet=unit.name)
        if photo.kind != KIND or photo.unit_id != unit.pk:
            raise Invalid(
                Sentence(N_("The proof is a photograph of this outlet's wall, and of nothing else.")), field="photo"
            )
        if unit.day(photo.kept_at) != today:
            raise Invalid(Sentence(N_("The photograph is not of today. Take a new one.")), field="photo")
        # Two at once with the same photograph: the second one waits here, and the database then sees what the first one showed.
        Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
        with refusing(a_photo_of_a_wall_proves_once=ShownAlready):
            proof = DisplayProof.objects.create(
                unit=unit,
                price_list=listed,
                photo=photo,
                proved_by_id=by.natural_person_id,
                proved_on=today,
                proved_at=at,
            )
        deed.note(price_list=listed.number, photo=photo.sha256)
    return proof
