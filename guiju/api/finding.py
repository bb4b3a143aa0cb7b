"""Rows by the key that a program knows, always among those that the asker may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from guiju.api.fields import Found, Key, Short
from guiju.api.problems import Unknown
from guiju.books.stock.models import Bin, StockMove, Store
from guiju.kernel import turn
from guiju.kernel.actor import Actor
from guiju.kernel.models import Evidence
from guiju.kernel.prepared import Prepared
from guiju.kernel.remembered import Remembered
from guiju.line.cashier import actions as cashier
from guiju.line.cashier.models import Bill, CreditAccount, PartsDeposit, Payment, Till, TillSession
from guiju.line.followup.models import UnclaimedCase
from guiju.line.storeroom import actions as storeroom
from guiju.line.storeroom.models import PartRequest
from guiju.line.workorder import actions as workorder
from guiju.line.workorder.models import WorkOrder
from guiju.line.workshop import actions as workshop
from guiju.line.workshop.models import PartsCommitment, PriceException, Quote, QuoteLine
from guiju.readiness.academy.models import Certificate
from guiju.standing.catalogue.models import Appliance, Brand, FaultCode, Part, ProductLine, ServiceItem
from guiju.standing.catalogue.models import Model as ApplianceModel
from guiju.standing.customers.models import Customer, Phone
from guiju.standing.people.models import ApiKey, Login, Person, RoleGrant, Unit
from guiju.standing.policy.models import ParameterValue
from guiju.standing.pricing.models import PriceLine, PriceList

Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row], **by_key: Any) -> Row:
    """The one row of that key.

    raises   Unknown
    """
    return _or_unknown(rows.order_by().filter(**by_key).first())


def _written(rows: Callable[[Actor], QuerySet[Any]], by: Actor, columns: tuple[str, ...], **key: Any) -> QuerySet[Any]:
    return rows(by).order_by().filter(**{column: key[f"key_{place}"] for place, column in enumerate(columns)})


# By which rows, who asks, and which columns name the row: the same again and again, so their SQL is written once.
_SEEN: Prepared[Any] = Prepared(_written, shapes_max=512)


def seen(rows: Callable[[Actor], QuerySet[Row]], by: Actor, **by_key: Any) -> Row:
    """The one row of that key among those that the asker may see; `rows` is a function of a module, always the same one.

    raises   Unknown
    """
    found: Row | None = _SEEN.first(rows, by, tuple(by_key), **_places(by_key))
    return _or_unknown(found)


# Those that are themselves a list of the house.
_SEEN_ON_A_LIST: Remembered[Any] = Remembered(_written)


def _on_a_list(rows: Callable[[Actor], QuerySet[Row]], by: Actor, **by_key: Any) -> Row:
    found: Row | None = _SEEN_ON_A_LIST.first(rows, by, tuple(by_key), **_places(by_key))
    return _or_unknown(found)


def _places(by_key: Mapping[str, Any]) -> dict[str, Any]:
    return {f"key_{place}": value for place, value in enumerate(by_key.values())}


def visible_orders(by: Actor) -> QuerySet[WorkOrder]:
    """The jobs that the asker may see."""
    return WorkOrder.objects.visible_to(by).with_names()


def order(number: str, by: Actor) -> WorkOrder:
    """A job by its number."""
    return seen(visible_orders, by, number=number.strip().upper())


def order_to_change(number: str, by: Actor) -> WorkOrder:
    """The same for a verb: where a transaction is open, it is locked as it is found."""
    if turn.current() is None:
        return order(number, by)
    return _or_unknown(workorder.lock_seen(number.strip().upper(), by=by))


def _or_unknown(found: Row | None) -> Row:
    if found is None:
        raise Unknown
    return found


def _units(by: Actor) -> QuerySet[Unit]:
    return Unit.objects.visible_to(by)


def unit(code: str, by: Actor) -> Unit:
    """A unit by its code."""
    return _on_a_list(_units, by, code=code)


def _people(by: Actor) -> QuerySet[Person]:
    return Person.objects.visible_to(by).select_related("unit")


def person(number: str, by: Actor) -> Person:
    """A colleague by the number on the badge."""
    return seen(_people, by, number=number)


def login(number: str, by: Actor) -> Login:
    """How a colleague comes in, by the number on the badge."""
    visible = Person.objects.visible_to(by).values("pk")
    return one(Login.objects.select_related("person__unit").filter(person__in=visible), person__number=number)


def role_grant(key: int, by: Actor) -> RoleGrant:
    """A role that a colleague holds."""
    visible = Person.objects.visible_to(by).values("pk")
    return one(RoleGrant.objects.select_related("person", "unit").filter(person__in=visible), pk=key)


def visible_keys(by: Actor) -> QuerySet[ApiKey]:
    """The asker's own keys, and those of the units whose keys the asker may revoke."""
    seen_of = by.scope("people.revoke_api_key").q(unit="person__unit") | Q(person_id=by.person_id)
    return ApiKey.objects.filter(seen_of).select_related("person")


def api_key(key: int, by: Actor) -> ApiKey:
    """A key by which a program acts as somebody."""
    return one(visible_keys(by), pk=key)


def certificate(number: str, by: Actor) -> Certificate:
    """What somebody may do."""
    return one(Certificate.objects.visible_to(by).select_related("person__unit", "line"), number=number)


def price_list(number: str, by: Actor) -> PriceList:
    """A price list by its number."""
    return one(PriceList.objects.visible_to(by).select_related("unit"), number=number)


def visible_price_lines(by: Actor) -> QuerySet[PriceLine]:
    """The lines of the price lists that the asker may see."""
    rows = PriceLine.objects.filter(price_list__in=PriceList.objects.visible_to(by).values("pk"))
    return rows.select_related("price_list__unit", "item", "part")


def price_line(key: int, by: Actor) -> PriceLine:
    """A line of a price list."""
    return one(visible_price_lines(by), pk=key)


def _customers(by: Actor) -> QuerySet[Customer]:
    return Customer.objects.visible_to(by).select_related("unit")


def customer(key: int, by: Actor) -> Customer:
    """A customer's card."""
    return seen(_customers, by, pk=key)


def phone(key: int, by: Actor) -> Phone:
    """A number on a card."""
    rows = Phone.objects.filter(customer__in=Customer.objects.visible_to(by).values("pk"))
    return one(rows.select_related("customer__unit"), pk=key)


def _appliances(by: Actor) -> QuerySet[Appliance]:
    return Appliance.objects.visible_to(by).select_related("unit", "brand", "line", "model", "customer")


def appliance(key: int, by: Actor) -> Appliance:
    """A machine's card."""
    return seen(_appliances, by, pk=key)


def _evidence(by: Actor) -> QuerySet[Evidence]:
    own = Q(person_id=by.person_id, person_id__isnull=False)
    return Evidence.objects.filter(by.scope("evidence.keep").q(unit="unit_id") | own)


def evidence(key: int, by: Actor) -> Evidence:
    """A photograph or a signature of the asker's units, or one that the asker kept."""
    return seen(_evidence, by, pk=key)


_PICTURES: Prepared[Evidence] = Prepared(lambda by, *, keys: _evidence(by).order_by().filter(pk__in=keys))


def pictures(keys: Sequence[int], by: Actor) -> list[Evidence]:
    """Several of them at once, in the order in which they are named; Unknown where one is not there."""
    found = {each.pk: each for each in _PICTURES(by, keys=sorted(set(keys)))}
    return [_or_unknown(found.get(key)) for key in keys]


def _bins(by: Actor) -> QuerySet[Bin]:
    return Bin.objects.visible_to(by).select_related("store__unit")


def bin_(key: int, by: Actor) -> Bin:
    """A bin of a store."""
    return _on_a_list(_bins, by, pk=key)


def store(key: int, by: Actor) -> Store:
    """A store of a unit."""
    return one(Store.objects.visible_to(by).select_related("unit"), pk=key)


def stock_move(key: int, by: Actor) -> StockMove:
    """A move of the stock book."""
    joined = ("source__part", "source__unit", "target__part", "target__unit")
    return one(StockMove.objects.visible_to(by).select_related(*joined), pk=key)


def _part_requests(by: Actor) -> QuerySet[PartRequest]:
    return PartRequest.objects.visible_to(by).select_related("order__unit", "part", "bin__store", "requested_by")


def part_request(number: str, by: Actor) -> PartRequest:
    """What a job asked the store for."""
    return _of_a_job(_part_requests, storeroom.lock_numbered, number, by)


def _of_a_job(rows: Callable[[Actor], QuerySet[Row]], lock: Callable[..., Row], number: str, by: Actor) -> Row:
    """What hangs on a job, by its number: where a transaction is open, the job and then the row are locked as they are found."""
    job = workorder.lock_behind(rows, number, by=by) if turn.current() is not None else None
    return lock(number, of=job) if job is not None else seen(rows, by, number=number)


def _of_visible_orders(rows: QuerySet[Row], by: Actor, path: str = "order") -> QuerySet[Row]:
    # Asked of each row that is found, not of all orders first: one row is sought, and there may be a million orders.
    return rows.filter(Exists(WorkOrder.objects.visible_to(by).filter(pk=OuterRef(path))))


def _quotes(by: Actor) -> QuerySet[Quote]:
    return _of_visible_orders(Quote.objects.select_related("order__unit"), by)


def quote(number: str, by: Actor) -> Quote:
    """A quote by its number."""
    return _of_a_job(_quotes, workshop.lock_numbered, number, by)


def commitment(key: int, by: Actor) -> PartsCommitment:
    """A promised date for missing parts."""
    return one(_of_visible_orders(PartsCommitment.objects.select_related("order__unit"), by), pk=key)


def price_exception(key: int, by: Actor) -> PriceException:
    """A price outside the list that was asked for on a job."""
    rows = PriceException.objects.select_related("order__unit", "item", "part")
    return one(_of_visible_orders(rows, by), pk=key)


def quote_line(key: int, by: Actor) -> QuoteLine:
    """A line of a quote that the asker may see."""
    line = QuoteLine.objects.select_related("quote__order__unit", "item", "part").filter(pk=key).first()
    if line is None:
        raise Unknown
    one(_of_visible_orders(Quote.objects.filter(pk=line.quote_id), by), pk=line.quote_id)
    return line


def _bills(by: Actor) -> QuerySet[Bill]:
    return _of_visible_orders(Bill.objects.select_related("order__unit"), by)


def bill(number: str, by: Actor) -> Bill:
    """A bill by its number."""
    return _of_a_job(_bills, cashier.lock_numbered, number, by)


def payment(receipt: str, by: Actor) -> Payment:
    """A payment by the number of its receipt."""
    rows = Payment.objects.select_related("bill__order__unit", "session__till__unit")
    return one(_of_visible_orders(rows, by, "bill__order"), receipt_number=receipt)


def parts_deposit(receipt: str, by: Actor) -> PartsDeposit:
    """What was left before parts were ordered, by the number of its receipt."""
    rows = PartsDeposit.objects.select_related("order__unit", "session__till__unit")
    return one(_of_visible_orders(rows, by), receipt_number=receipt.strip().upper())


def case(number: str, by: Actor) -> UnclaimedCase:
    """What is done about an appliance that nobody collects, by the number of its order."""
    rows = _of_visible_orders(UnclaimedCase.objects.select_related("order__unit"), by)
    return one(rows, order__number=number.strip().upper())


def visible_tills(by: Actor) -> QuerySet[Till]:
    """The tills of the outlets whose money the asker may see."""
    return Till.objects.filter(by.scope("cashier.see").q()).select_related("unit")


def till(key: int, by: Actor) -> Till:
    """A till of an outlet."""
    return one(visible_tills(by), pk=key)


def till_session(key: int, by: Actor) -> TillSession:
    """A cashier's turn at a till."""
    rows = TillSession.objects.filter(by.scope("cashier.see").q(unit="till__unit")).select_related("till__unit")
    return one(rows, pk=key)


def credit(key: int, by: Actor) -> CreditAccount:
    """The credit of a customer whom the asker may see, by the customer's key."""
    rows = CreditAccount.objects.filter(customer__in=Customer.objects.visible_to(by).values("pk"))
    return one(rows.select_related("customer", "unit"), customer_id=key)


def draft(key: int, by: Actor) -> ParameterValue:
    """A proposed value of a figure."""
    return one(ParameterValue.objects.visible_to(by).select_related("unit"), pk=key)


# --- The brand's own lists: everybody who may see the catalogue sees all of them


_LISTED: Remembered[Any] = Remembered(
    lambda model, columns, **key: model.objects.order_by().filter(
        **{column: key[f"key_{place}"] for place, column in enumerate(columns)}
    )
)


def _of_the_lists(model: type[Row], by: Actor, **by_key: Any) -> Row:
    if not by.may("catalogue.see"):
        raise Unknown
    found: Row | None = _LISTED.first(model, tuple(by_key), **_places(by_key))
    return _or_unknown(found)


def brand(code: str, by: Actor) -> Brand:
    """A maker."""
    return _of_the_lists(Brand, by, code=code)


def line(code: str, by: Actor) -> ProductLine:
    """A kind of appliance."""
    return _of_the_lists(ProductLine, by, code=code)


def model(key: int, by: Actor) -> ApplianceModel:
    """A model of a maker."""
    return _of_the_lists(ApplianceModel, by, pk=key)


def symptom(code: str, by: Actor) -> FaultCode:
    """What a customer says is wrong."""
    return _of_the_lists(FaultCode, by, kind="SYMPTOM", code=code)


def fault(code: str, by: Actor) -> FaultCode:
    """What is wrong."""
    return _of_the_lists(FaultCode, by, kind="FAULT", code=code)


def cause(code: str, by: Actor) -> FaultCode:
    """Why it is wrong."""
    return _of_the_lists(FaultCode, by, kind="CAUSE", code=code)


def part(code: str, by: Actor) -> Part:
    """A part."""
    return _of_the_lists(Part, by, code=code)


def item(code: str, by: Actor) -> ServiceItem:
    """A service item."""
    return _of_the_lists(ServiceItem, by, code=code)


# --- As they are named in a body

OrderNumber = Annotated[Short, Found(order)]
UnitCode = Annotated[Short, Found(unit)]
PersonNumber = Annotated[Short, Found(person)]
CustomerKey = Annotated[Key, Found(customer)]
ApplianceKey = Annotated[Key, Found(appliance)]
EvidenceKey = Annotated[Key, Found(evidence)]
EvidenceKeys = Annotated[list[Key], Found(evidence, all=pictures)]
StockMoveKeys = Annotated[list[Key], Found(stock_move)]
BinKey = Annotated[Key, Found(bin_)]
Symptoms = Annotated[list[Short], Found(symptom)]
FaultName = Annotated[Short, Found(fault)]
CauseName = Annotated[Short, Found(cause)]
ItemCode = Annotated[Short, Found(item)]
PartCode = Annotated[Short, Found(part)]
LineCode = Annotated[Short, Found(line)]
