"""Which parts there are, and which fit the machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from guiju.kernel.remembered import Remembered
from guiju.kernel.search import fold
from guiju.standing.catalogue.models import Appliance, Fit, Model, Part, ProductLine


def parts(text: str = "", *, line: ProductLine | None = None) -> QuerySet[Part]:
    """The parts in use whose code or name, in any language, holds this piece of text; with a line, those that fit it."""
    rows = Part.objects.filter(is_active=True, folded__contains=fold(text))
    return rows.filter(Q(lines=line) | Q(lines__isnull=True)).distinct() if line else rows


def fitting(line: Any, model: Any) -> Q:
    """A part that fits: one that names the model, or names none and is of its line, or of no line."""
    known, of_lines = Fit.objects.of(OuterRef("pk")), Part.lines.through.objects.filter(part=OuterRef("pk"))
    of_line = ~Q(Exists(of_lines)) | Q(Exists(of_lines.filter(productline_id=line)))
    return Q(Exists(known.filter(model_id=model))) | (~Q(Exists(known)) & of_line)


def unfit(parts: Collection[int], appliance: Appliance) -> list[Part]:
    """Those of the parts that are not for this model; none where the model is not known."""
    if appliance.model_id is None or not parts:
        return []
    return _UNFIT(parts=sorted(parts), line=appliance.line_id, model=appliance.model_id)


_UNFIT: Remembered[Part] = Remembered(
    lambda *, parts, line, model: Part.objects.filter(~fitting(line, model), pk__in=parts).order_by("code")
)


def unfit_codes(codes: Collection[str], appliance: Appliance) -> set[str]:
    """The same by the numbers of the parts, as a price list has them."""
    if appliance.model_id is None or not codes:
        return set()
    rows = Part.objects.filter(~fitting(appliance.line_id, appliance.model_id), code__in=codes)
    return set(rows.values_list("code", flat=True))


def fitting_instead(part: Part, appliance: Appliance) -> Part | None:
    """What is used in the place of a part that does not fit: its successor, else one of the same class or name, if that fits."""
    fits = Part.objects.filter(fitting(appliance.line_id, appliance.model_id), is_active=True)
    chain, newer = [part.pk], part.superseded_by
    while newer is not None and newer.pk not in chain:
        if fits.filter(pk=newer.pk).exists():
            return newer
        chain.append(newer.pk)
        newer = newer.superseded_by
    same = Q(part_class=part.part_class) if part.part_class else Q(names=part.names)
    return fits.filter(same).exclude(pk__in=chain).order_by("code").first()


def parts_for(text: str, appliance: Appliance, *, most: int) -> list[tuple[Part, bool]]:
    """The parts of this kind of appliance that hold the text, and whether each fits the model: what names it first, what does not last."""
    rows = parts(text, line=appliance.line)
    if appliance.model_id is None:
        return [(part, True) for part in rows[:most]]
    named = Exists(Fit.objects.of(OuterRef("pk")).filter(model=appliance.model_id))
    fits = Case(When(fitting(appliance.line_id, appliance.model_id), then=True), default=False)
    ordered: Any = rows.annotate(named=named, fits_it=fits).order_by("-fits_it", "-named", "code")
    return [(part, part.fits_it) for part in ordered[:most]]


def models_of(part: Part) -> list[Model]:
    """The models that a part names; none means every model of its lines."""
    return list(Model.objects.filter(pk__in=Fit.objects.of(part).values("model_id")).select_related("brand"))


def models_named(parts: Collection[int]) -> dict[int, list[Model]]:
    """The models that each of several parts names, with their makers."""
    found: dict[int, list[Model]] = defaultdict(list)
    rows = Fit.objects.filter(part__in=parts).select_related("model__brand").order_by("model__code", "pk")
    for each in rows:
        found[each.part_id].append(each.model)
    return found


def lines_named(parts: Collection[int]) -> dict[int, list[ProductLine]]:
    """The kinds of appliance that each of several parts is for; none is all of them."""
    found: dict[int, list[ProductLine]] = defaultdict(list)
    rows: Any = Part.lines.through.objects.filter(part__in=parts).select_related("productline")
    for each in rows.order_by("productline__code"):
        found[each.part_id].append(each.productline)
    return found


def naming_models() -> Q:
    """Of parts, those that name models."""
    return Q(Exists(Fit.objects.of(OuterRef("pk"))))
