"""The trade's own lists, entry by entry; whole lists come in by file."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from guiju.kernel.actor import Actor
from guiju.kernel.deed import doing
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.remembered import Remembered
from guiju.kernel.search import fold
from guiju.kernel.words import N_, Sentence
from guiju.standing.catalogue import rules
from guiju.standing.catalogue.models import Brand, FaultCode, Fit, Model, Part, ProductLine, ServiceItem

# A part is replaced every few years; longer than this is a mistake that leads in a circle.
CHAIN_LONGEST = 50


class CodeTaken(Refusal):
    """The list has an entry of this code."""

    sentence = N_("This code stands in the list already.")
    field = "code"


class BrandUnreadable(Refusal):
    """A brand without a letter or digit can't be told from another."""

    sentence = N_("Give the brand's name, in at most %(most)s characters.")
    field = "brand"
    status = 422


def add_brand(*, name: str, by: Actor, at: datetime) -> Brand:
    """Enter a maker's name. A name that differs only in case, width, script or punctuation is the same brand.

    raises   BrandUnreadable
    """
    name = " ".join(name.split())
    folded = fold(name)
    if not folded or len(name) > rules.BRAND_LONGEST:
        raise BrandUnreadable(most=rules.BRAND_LONGEST)
    standing = _BRANDS.first(folded=folded)
    if standing is not None:
        return standing
    with doing("catalogue.add_brand", by=by, at=at) as deed, refusing(catalogue_brand_folded=CodeTaken):
        brand = Brand.objects.create(name=name, folded=folded, code=free_code(name, set(_codes_like(name))))
        deed.about(brand)
    return brand


_BRANDS: Remembered[Brand] = Remembered(lambda *, folded: Brand.objects.filter(folded=folded).order_by())


def add_line(*, code: str, names: Mapping[str, str], by: Actor, at: datetime) -> ProductLine:
    """Enter a kind of appliance.

    raises   CodeTaken, Invalid
    """
    with doing("catalogue.add_line", by=by, at=at) as deed, refusing(catalogue_productline_code=CodeTaken):
        line = ProductLine.objects.create(code=checked_code(code, most=40), names=checked_names(names))
        deed.about(line)
    return line


def add_model(
    *, brand: Brand, line: ProductLine, code: str, names: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> Model:
    """Enter one type of a brand; without a name it is called as its plate says.

    raises   CodeTaken, Invalid
    source   5.2 "Customer & product master": a receptionist enters what stands on the counter, in the outlet where she sits
    """
    with (
        doing("catalogue.add_model", unit_id=by.unit_id, by=by, at=at) as deed,
        refusing(model_stands_once_in_its_brand=CodeTaken),
    ):
        code = checked_code(code, most=40)
        given = checked_names(names or {"en": code})
        model = Model.objects.create(
            brand=brand, line=line, code=code, names=given, folded=rules.folded_names(code, given)
        )
        deed.about(model)
    return model


def add_fault_code(
    *,
    kind: str,
    code: str,
    names: Mapping[str, str],
    line: ProductLine | None = None,
    family: str = "",
    part_class: str = "",
    labour_level: int | None = None,
    by: Actor,
    at: datetime,
) -> FaultCode:
    """Enter a symptom, a fault or a cause.

    line        None: for every kind of appliance
    family      faults of one family count as the same fault again
    part_class  the main part that has failed, by its class; empty where it is no one part
    labour_level  of a fault: the heaviest labour that it may be charged with, 0 to 4; None where nobody says so
    raises      CodeTaken, Invalid
    """
    with (
        doing("catalogue.add_fault_code", by=by, at=at) as deed,
        refusing(fault_code_stands_once_in_its_kind=CodeTaken),
    ):
        entry = FaultCode.objects.create(
            kind=rules.CodeKind(kind),
            code=checked_code(code, most=40),
            names=checked_names(names),
            line=line,
            family=family,
            part_class=part_class.strip().upper(),
            labour_level=_labour_level(kind, labour_level),
        )
        deed.about(entry)
    return entry


def _labour_level(kind: str, level: int | None) -> int | None:
    if level is not None and (kind != rules.CodeKind.FAULT or not 0 <= level <= rules.LABOUR_LEVEL_MAX):
        raise Invalid(
            Sentence(N_("A fault, and nothing else, has a labour level: a whole number from 0 to 4.")),
            field="labour_level",
        )
    return level


def add_part(
    *,
    code: str,
    names: Mapping[str, str],
    base_unit: str = rules.BaseUnit.PIECE,
    is_serialised: bool = False,
    tracks_lots: bool = False,
    returns_old: bool = False,
    lines: Iterable[ProductLine] = (),
    models: Iterable[Model] = (),
    part_class: str = "",
    cost_minor: int | None = None,
    by: Actor,
    at: datetime,
) -> Part:
    """Enter a spare part.

    models       that it fits; none are all models of its lines
    part_class   the kind of main part that a guarantee may name, such as COMPRESSOR; empty for any other part
    cost_minor   minor units of the head office's currency, for one base unit
    raises       CodeTaken, Invalid
    """
    of_another = Invalid(Sentence(N_("A part fits models of its own product lines.")), field="models")
    with (
        doing("catalogue.add_part", by=by, at=at) as deed,
        refusing(catalogue_part_code=CodeTaken, a_part_fits_models_of_its_lines=of_another),
    ):
        code, given = checked_code(code, most=60), checked_names(names)
        part = Part.objects.create(
            code=code,
            names=given,
            folded=rules.folded_names(code, given),
            base_unit=rules.BaseUnit(base_unit),
            is_serialised=is_serialised,
            tracks_lots=tracks_lots,
            returns_old=returns_old,
            part_class=part_class.strip().upper(),
            cost_minor=cost_minor,
        )
        part.lines.set(lines)
        Fit.objects.bulk_create(Fit(part=part, model=model) for model in dict.fromkeys(models))
        deed.about(part)
    return part


def supersede_part(part: Part, *, successor: Part, by: Actor, at: datetime) -> Part:
    """Say that another part is used in the place of this one from now on; whoever answers for it is told so.

    raises   Invalid where the successor leads back to this part
    source   F27, 2.9
    """
    with doing("catalogue.supersede_part", by=by, at=at, successor=successor.code) as deed:
        locked = Part.objects.select_for_update().get(pk=part.pk)
        deed.about(locked)
        chain: Part | None = successor
        for _ in range(CHAIN_LONGEST):
            if chain is None:
                break
            if chain.pk == locked.pk:
                raise Invalid(Sentence(N_("This part would be its own successor.")), field="successor")
            chain = chain.superseded_by
        else:
            raise Invalid(Sentence(N_("The chain of successors is too long.")), field="successor")
        Part.objects.filter(pk=locked.pk).update(superseded_by=successor)
        deed.note(was=locked.superseded_by.code if locked.superseded_by is not None else "")
        part.superseded_by = successor
    return part


def end_supply(part: Part, *, ends_on: date, by: Actor, at: datetime) -> Part:
    """Say until when the maker takes orders for the part: after that day only what lies somewhere is left.

    ends_on   the last day on which it can be ordered
    source    2.9, `parts.supply_years_after_eol`
    """
    with doing("catalogue.end_supply", by=by, at=at, ends_on=str(ends_on)) as deed:
        locked = Part.objects.select_for_update().get(pk=part.pk)
        deed.about(locked)
        deed.note(was=str(locked.supply_ends_on or ""))
        Part.objects.filter(pk=locked.pk).update(supply_ends_on=ends_on)
        part.supply_ends_on = ends_on
    return part


def add_service_item(
    *,
    code: str,
    names: Mapping[str, str],
    kind: str,
    line: ProductLine | None = None,
    fault_level: int = 0,
    standard_minutes: int = 0,
    service_hours: int = 0,
    by: Actor,
    at: datetime,
) -> ServiceItem:
    """Enter something that is done for a fee.

    fault_level     0 inspection, 1 minor, 2 medium, 3 major, 4 special
    service_hours   what the customer is told, from approval to ready (S6-41)
    raises          CodeTaken, Invalid
    """
    with (
        doing("catalogue.add_service_item", by=by, at=at) as deed,
        refusing(
            catalogue_serviceitem_code=CodeTaken,
            service_item_has_one_of_five_fault_levels=Invalid(
                Sentence(N_("A fault level is a whole number from 0 to 4.")), field="fault_level"
            ),
        ),
    ):
        code, given = checked_code(code, most=40), checked_names(names)
        item = ServiceItem.objects.create(
            code=code,
            names=given,
            folded=rules.folded_names(code, given),
            kind=rules.ItemKind(kind),
            line=line,
            fault_level=fault_level,
            standard_minutes=standard_minutes,
            service_hours=service_hours,
        )
        deed.about(item)
    return item


def checked_code(code: str, *, most: int) -> str:
    """A code as it is printed.

    raises   Invalid
    """
    code = " ".join(code.split())
    if not code or len(code) > most:
        raise Invalid(Sentence(N_("Give a code of 1 to %(most)s characters."), {"most": most}), field="code")
    return code


def checked_names(names: Mapping[str, str]) -> dict[str, str]:
    """The names that say something.

    raises   Invalid
    """
    given = rules.named(names)
    if not given or any(len(name) > rules.BRAND_LONGEST for name in given.values()):
        said = {"most": rules.BRAND_LONGEST}
        raise Invalid(
            Sentence(N_("Give the name in at least one language, in at most %(most)s characters."), said), field="names"
        )
    return given


def free_code(name: str, taken: set[str]) -> str:
    """A code made of a brand's name; the second of two that look alike gets a number. `taken` grows by it."""
    code = stem = rules.code_of(name)
    number = 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    taken.add(code)
    return code


def _codes_like(name: str) -> Iterable[str]:
    return Brand.objects.filter(code__startswith=rules.code_of(name)).values_list("code", flat=True)
