"""The leaflet for the product box: bound to a list and to the machines in whose boxes it lies (S1-39, S1-40; 6.7)."""

import re
import secrets as randomness
from collections.abc import Sequence
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, WrongState, refusing
from guiju.kernel.words import LANGUAGES, N_, Sentence
from guiju.standing.catalogue.models import Model
from guiju.standing.pricing import queries, rules
from guiju.standing.pricing.models import PriceLeaflet, PriceList

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]*")


class NothingForModel(Refusal):
    """A leaflet without prices tells the customer nothing."""

    sentence = N_("The list prices nothing for %(model)s.")
    field = "model"
    status = 422


class BoxedAlready(Refusal):
    """A machine has one leaflet in its box."""

    sentence = N_("Some of these machines have leaflet %(number)s in their box already.")
    field = "serial_from"


class BoxedJustNow(Refusal):
    """The same, and the database says so."""

    sentence = N_("Some of these machines have another leaflet in their box already.")
    field = "serial_from"


def make_leaflet(
    price_list: PriceList,
    *,
    model: Model,
    languages: Sequence[str],
    serial_from: str = "",
    serial_to: str = "",
    batch: str = "",
    by: Actor,
    at: datetime,
) -> PriceLeaflet:
    """Bind the prices of a published list to the machines in whose boxes they are printed; they stay readable for ever.

    languages               one to three, the first one first
    serial_from, serial_to  both included, of one length and one way of counting
    batch                   the maker's own; a batch, a range of serials, or both
    raises                  WrongState, Invalid, NothingForModel, BoxedAlready
    source                  S1-39, PRC-3
    """
    with doing("pricing.make_leaflet", on=price_list, by=by, at=at) as deed:
        if price_list.state not in rules.SHOWN:
            raise WrongState(Sentence(N_("Only a published list is printed for the box.")))
        chosen = list(dict.fromkeys(languages))
        if not chosen or not set(chosen) <= set(LANGUAGES):
            raise Invalid(Sentence(N_("Choose one, two or three languages.")), field="languages")
        first, last = serial_from.strip().upper(), serial_to.strip().upper()
        _plausible(first, last, batch.strip())
        if not queries.sheet_of_list(price_list, line=model.line):
            raise NothingForModel(model=model.code)
        # Two who print for one model at once: the second one waits here, and then sees what the first one made.
        Model.objects.select_for_update(of=("self",)).get(pk=model.pk)
        _refuse_boxed(model, first, last)
        home = queries.home_of(price_list.unit)
        with refusing(a_machine_has_one_leaflet_in_its_box=BoxedJustNow):
            leaflet = PriceLeaflet.objects.create(
                number=next_number("PX", home.code, home.day(at)),
                # 128 bits: the address of a page that needs no login, but is no list to be walked through either.
                token=randomness.token_urlsafe(16),
                model=model,
                price_list=price_list,
                languages=",".join(chosen),
                serial_from=first,
                serial_to=last,
                batch=batch.strip(),
                made_on=home.day(at),
                made_at=at,
                made_by_id=by.person_id,
            )
        deed.note(leaflet=leaflet.number, model=model.code, serial_from=first, serial_to=last, batch=leaflet.batch)
    return leaflet


def _plausible(first: str, last: str, batch: str) -> None:
    if not (first or batch):
        raise Invalid(
            Sentence(N_("Say for which machines: from one serial number to another, or a batch.")), field="serial_from"
        )
    if bool(first) != bool(last):
        raise Invalid(Sentence(N_("A range has a first and a last serial number.")), field="serial_to")
    if first and not (_PLAIN.fullmatch(first) and _PLAIN.fullmatch(last)):
        raise Invalid(Sentence(N_("A serial number is letters, figures, points and strokes.")), field="serial_from")
    if first and (len(first) != len(last) or first > last):
        raise Invalid(
            Sentence(N_("The last serial number has as many letters as the first and comes after it.")),
            field="serial_to",
        )


def _refuse_boxed(model: Model, first: str, last: str) -> None:
    if first and (standing := queries.leaflets_between(model, first, last).first()) is not None:
        raise BoxedAlready(number=standing.number)
