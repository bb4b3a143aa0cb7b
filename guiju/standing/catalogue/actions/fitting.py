"""Which models and kinds of appliance a part is for, and whether it is for the one that stands on the bench."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import Deed, doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue import queries
from guiju.standing.catalogue.models import Appliance, Fit, Model, Part, ProductLine


class FitsAlready(Refusal):
    """A model or a line is named once."""

    sentence = N_("The part names this already.")


class NotNamed(Refusal):
    """What was never said is not taken back."""

    sentence = N_("The part does not name this.")


class LineHasModels(Refusal):
    """A part fits models of its own lines, so the models go first."""

    sentence = N_("The part names models of this kind of appliance: %(models)s. End these first.")
    field = "line"


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


def fit_model(part: Part, *, model: Model, reason: str, by: Actor, at: datetime) -> Part:
    """Say that the part fits this model; with the first one named, it fits no other of its lines any more.

    raises   FitsAlready, Invalid where the model is of none of the part's lines
    source   4.x "compatible models"
    """
    of_another = Invalid(Sentence(N_("A part fits models of its own product lines.")), field="model")
    with doing("catalogue.fit_model", by=by, at=at, reason=reason) as deed:
        part = _lock(part, reason, deed)
        with refusing(a_part_fits_a_model_once=FitsAlready(field="model"), a_part_fits_models_of_its_lines=of_another):
            Fit.objects.create(part=part, model=model)
        deed.note(model=model.code)
    return part


def end_model(part: Part, *, model: Model, reason: str, by: Actor, at: datetime) -> Part:
    """Say that the part does not fit this model; where it named no other, it fits all of its lines again.

    raises   NotNamed, Invalid
    """
    with doing("catalogue.end_model", by=by, at=at, reason=reason) as deed:
        part = _lock(part, reason, deed)
        ended, _rows = Fit.objects.of(part).filter(model=model).delete()
        if not ended:
            raise NotNamed(field="model")
        deed.note(model=model.code, names_others=Fit.objects.of(part).exists())
    return part


def fit_line(part: Part, *, line: ProductLine, reason: str, by: Actor, at: datetime) -> Part:
    """Say that the part is for this kind of appliance.

    raises   FitsAlready, Invalid
    """
    with doing("catalogue.fit_line", by=by, at=at, reason=reason) as deed:
        part = _lock(part, reason, deed)
        if part.lines.filter(pk=line.pk).exists():
            raise FitsAlready(field="line")
        if not part.lines.exists() and (others := _models(part, but=line)):
            raise LineHasModels(models=others)
        part.lines.add(line)
        deed.note(line=line.code)
    return part


def end_line(part: Part, *, line: ProductLine, reason: str, by: Actor, at: datetime) -> Part:
    """Say that the part is not for this kind of appliance; one that is for none in particular is for all.

    raises   NotNamed, LineHasModels, Invalid
    """
    with doing("catalogue.end_line", by=by, at=at, reason=reason) as deed:
        part = _lock(part, reason, deed)
        if not part.lines.filter(pk=line.pk).exists():
            raise NotNamed(field="line")
        if own := _models(part, of=line):
            raise LineHasModels(models=own)
        part.lines.remove(line)
        deed.note(line=line.code)
    return part


def _lock(part: Part, reason: str, deed: Deed) -> Part:
    """The part, for whoever says why.

    raises   Invalid
    """
    if not reason.strip():
        raise Invalid(Sentence(N_("Say why.")), field="reason")
    locked = Part.objects.select_for_update(of=("self",)).select_related("superseded_by").get(pk=part.pk)
    deed.about(locked)
    return locked


def _models(part: Part, *, of: ProductLine | None = None, but: ProductLine | None = None) -> str:
    """The models that the part names, of one line or of all but one."""
    rows = Fit.objects.of(part).order_by("model__code")
    rows = rows.filter(model__line=of) if of is not None else rows.exclude(model__line=but)
    return ", ".join(rows.values_list("model__code", flat=True))
