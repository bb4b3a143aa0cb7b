"""Whether a part is for the model that stands on the bench."""

from collections.abc import Iterable

from guiju.kernel.refusing import Refusal
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Appliance, Part


class DoesNotFit(Refusal):
    """The part is for other models, or for another kind of appliance."""

    sentence = N_("%(part)s does not fit the model %(model)s.")
    field = "part"


def refuse_unfit(parts: Iterable[Part], appliance: Appliance, *, field: str = "part") -> None:
    """Let through parts that fit the appliance; whatever its model, where nobody has read the model off its plate.

    field    beside which the sentence stands: it names a part that fits, if there is one
    raises   DoesNotFit
    source   4.x "compatible models", F27; at most one statement unless it refuses
    """
    unfit = queries.unfit({part.pk for part in parts}, appliance)
    if not unfit or appliance.model is None:
        return
    instead = queries.fitting_instead(unfit[0], appliance)
    because = [Sentence(N_("%(part)s fits it."), {"part": str(instead)})] if instead is not None else []
    raise DoesNotFit(*because, field=field, part=str(unfit[0]), model=appliance.model.code)
