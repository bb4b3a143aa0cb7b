"""A drawer at the end of the day: counted blind, counted again where it differs by much, closed, countersigned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from guiju.books.money import actions as money
from guiju.books.money import queries as book
from guiju.books.money.rules import MoneyKind
from guiju.kernel.actor import Actor
from guiju.kernel.coins import kept_pieces, worth
from guiju.kernel.deed import Deed, doing
from guiju.kernel.numbering import next_number
from guiju.kernel.refusing import Invalid, Refusal, refusing
from guiju.kernel.words import N_, Sentence
from guiju.line.cashier import rules
from guiju.line.cashier.actions.tills import NotOpen, lock_session, must_be_mine
from guiju.line.cashier.events import SessionClosed, SessionVaried
from guiju.line.cashier.models import TillCount, TillSession, WalletRequest
from guiju.line.cashier.queries import tills as queries
from guiju.line.cashier.rules import COUNTED_METHODS, Method, SessionState
from guiju.line.cashier.rules.wallets import Asked
from guiju.standing.policy import queries as policy


class ReasonMissing(Refusal):
    """A difference has a reason."""

    sentence = N_("What you counted differs from the book. Say why.")
    field = "variance_reason"
    status = 422


class NotAllCounted(Refusal):
    """Nothing is taken from the book for a count (G04)."""

    sentence = N_("Enter the total of the %(method)s terminal too: something was taken that way.")
    field = "card_minor"
    status = 422


class WalletStillWaits(Refusal):
    """What a wallet may still pay belongs to the session that asked."""

    sentence = N_(
        "A wallet payment of this till is still waited for. Cancel it, or wait until it is paid, and count then."
    )


class NotCounted(Refusal):
    """A drawer is counted before it is closed."""

    sentence = N_("Count the drawer first.")


class SecondNeeded(Refusal):
    """The difference is over the limit."""

    sentence = N_("The difference is over the limit: somebody else has to count the drawer again first.")


class SamePerson(Refusal):
    """Who counted does not check the count."""

    sentence = N_("You have counted this drawer yourself. Somebody else has to do this.")


class NothingToRecount(Refusal):
    """The first count stands."""

    sentence = N_("This count need not be repeated.")


class TakingsLeft(Refusal):
    """Overnight nothing but the float lies in a drawer (S6-30, FIN-2)."""

    sentence = N_(
        "There are still takings in the drawer. Seal them in a bag, or take them to the bank, before you close."
    )


class SignedAlready(Refusal):
    """One second signature."""

    sentence = N_("This closing is countersigned already.")


def count_till(
    session: TillSession, *, pieces: Mapping[int, int], card_minor: int | None = None, wallet_minor: int | None = None,
    variance_reason: str = "", by: Actor, at: datetime,
) -> TillSession:  # fmt: skip
    """Count the drawer and the slips without knowing what the book expects; from now on nothing more goes in.

    pieces       of the cash, the float too: {denomination in minor units: how many}
    card_minor   the total of the card terminal; None where nothing was taken by card; and the same of the wallets
    raises       NotOpen, NotYours, NotAllCounted, WalletWaits, ReasonMissing, Invalid
    source       FIN-1, G02-G04, 3.10: the expected figure is shown when all is counted
    """
    with doing("cashier.count_till", on=session, by=by, at=at) as deed:
        session = lock_session(session)
        if session.state != SessionState.OPEN:
            raise NotOpen
        must_be_mine(session, by)
        _count(session, pieces, {Method.CARD: card_minor, Method.WALLET: wallet_minor}, variance_reason, deed)
    return session


def recount_till(session: TillSession, *, pieces: Mapping[int, int], by: Actor, at: datetime) -> TillSession:
    """Count the cash again, as another person: this count stands.

    raises   NotCounted, NothingToRecount, SamePerson, Invalid
    source   3.10: over `cash.variance_limit`
    """
    with doing("cashier.recount_till", on=session, by=by, at=at) as deed:
        session = lock_session(session)
        if session.state != SessionState.COUNTED:
            raise NotCounted
        if not session.to_recount:
            raise NothingToRecount
        counted = worth(pieces, session.currency)
        last = TillCount.objects.filter(session=session, method=Method.CASH).order_by("-round")[0]
        if by.natural_person_id in {session.cashier_id, last.counted_by_id}:
            raise SamePerson
        # As the book stands now: takings may have left since the first count.
        said = queries.expected(session)[Method.CASH]
        with refusing(somebody_else_counts_again=SamePerson):
            TillCount.objects.create(
                session=session, round=last.round + 1, method=Method.CASH, counted_minor=counted,
                expected_minor=said, pieces=kept_pieces(pieces), counted_by_id=by.natural_person_id, counted_at=at,
            )  # fmt: skip
        session.counted_minor, session.expected_minor, session.to_recount = counted, said, False
        session.save(update_fields=["counted_minor", "expected_minor", "to_recount"])
        _level(session, deed)
    return session


def close_till_session(session: TillSession, *, by: Actor, at: datetime) -> TillSession:
    """Close what was counted, once its takings have left: the float goes back, and the report of the session has its number.

    raises   NotCounted, NotOpen, SecondNeeded, NotYours, TakingsLeft
    source   3.10, FIN-1, EX-11
    """
    with doing("cashier.close_till_session", on=session, by=by, at=at) as deed:
        session = lock_session(session)
        if session.state == SessionState.CLOSED:
            raise NotOpen
        if session.state == SessionState.OPEN:
            raise NotCounted
        must_be_mine(session, by)
        _close(session, deed)
    return session


def force_close(
    session: TillSession, *, pieces: Mapping[int, int] | None = None, card_minor: int | None = None,
    wallet_minor: int | None = None, reason: str, by: Actor, at: datetime,
) -> TillSession:  # fmt: skip
    """Close a till for a cashier who is not there, as a manager who counts it and says why.

    pieces   what lies in the drawer; needed while nobody has counted it
    raises   NotOpen, SamePerson, NotAllCounted, SecondNeeded, TakingsLeft, Invalid
    source   G10, FIN-5
    """
    with doing("cashier.force_close", on=session, by=by, at=at, reason=reason) as deed:
        session = lock_session(session)
        if session.state == SessionState.CLOSED:
            raise NotOpen
        if by.natural_person_id == session.cashier_id:
            raise SamePerson
        if not reason.strip():
            raise Invalid(Sentence(N_("Say why the cashier does not close it.")), field="reason")
        if session.state == SessionState.OPEN:
            if pieces is None:
                raise Invalid(Sentence(N_("Count the notes and coins.")), field="pieces")
            # The manager counts alone where nobody else is there; the difference stands with the manager's reason.
            totals = {Method.CARD: card_minor, Method.WALLET: wallet_minor}
            _count(session, pieces, totals, reason, deed, by_another=True)
        _close(session, deed, forced_because=reason.strip())
    return session


def countersign(session: TillSession, *, by: Actor, at: datetime) -> TillSession:
    """Sign the closing as somebody who has not counted it.

    raises   NotCounted while it is not closed, SamePerson, SignedAlready
    source   3.10, 6.11, FIN-6
    """
    with doing("cashier.countersign", on=session, by=by, at=at):
        session = lock_session(session)
        if session.state != SessionState.CLOSED:
            raise NotCounted
        if session.countersigned_by_id is not None:
            raise SignedAlready
        session.countersigned_by_id, session.countersigned_at = by.natural_person_id, at
        with refusing(a_closing_is_countersigned_by_another=SamePerson):
            session.save(update_fields=["countersigned_by", "countersigned_at"])
    return session


def refuse_while_asked(session: TillSession) -> None:
    """Refuse to count what a wallet may still pay into.

    raises   WalletStillWaits
    """
    if WalletRequest.objects.filter(session=session, state=Asked.PENDING).exists():
        raise WalletStillWaits


def _count(
    session: TillSession, pieces: Mapping[int, int], totals: Mapping[Method, int | None], reason: str, deed: Deed,
    *, by_another: bool = False,
) -> None:  # fmt: skip
    """Write down what was found of each tender, beside what the book and the slips say."""
    refuse_while_asked(session)
    counted = {Method.CASH: worth(pieces, session.currency), **_said(session, totals)}
    said = queries.expected(session)
    if any(counted[each] != said[each] for each in counted) and not reason.strip():
        raise ReasonMissing
    TillCount.objects.bulk_create(
        TillCount(
            session=session, round=1, method=each, counted_minor=counted[each], expected_minor=said[each],
            pieces=kept_pieces(pieces) if each == Method.CASH else {}, counted_by_id=deed.by.natural_person_id, counted_at=deed.at,
        )
        for each in counted
    )  # fmt: skip
    limit = policy.figure("cash.variance_limit", unit=session.till.unit, on=session.till.unit.day(deed.at)).value
    variance = counted[Method.CASH] - said[Method.CASH]
    session.state, session.counted_at = SessionState.COUNTED, deed.at
    session.counted_minor, session.expected_minor = counted[Method.CASH], said[Method.CASH]
    session.variance_reason = reason.strip() if any(counted[each] != said[each] for each in counted) else ""
    session.to_recount = not by_another and rules.needs_second(variance, limit_minor=int(limit or 0))
    session.save(
        update_fields=["state", "counted_at", "counted_minor", "expected_minor", "variance_reason", "to_recount"]
    )
    deed.note(counted_minor={str(each): counted[each] for each in counted}, variance_minor=variance)
    if session.to_recount:
        deed.tell(SessionVaried(session.pk, session.till.code, variance, session.currency))
    else:
        _level(session, deed)


def _said(session: TillSession, totals: Mapping[Method, int | None]) -> dict[Method, int]:
    """What was counted besides cash; each tender by which something came has to be."""
    taken = queries.taken_by_tender(session)
    found: dict[Method, int] = {}
    for method in COUNTED_METHODS:
        if method == Method.CASH:
            continue
        total = totals.get(method)
        if total is None:
            if taken.get(method):
                raise NotAllCounted(method=Sentence(rules.METHOD_LABELS[method]), field=f"{method.lower()}_minor")
            continue
        if total < 0:
            raise Invalid(Sentence(N_("A count is not negative.")), field=f"{method.lower()}_minor")
        found[method] = total
    return found


def _level(session: TillSession, deed: Deed) -> None:
    """Bring the book level with the count that stands."""
    if variance := session.variance_minor:
        money.post_variance(
            unit=session.till.unit, till_reference=session.till.reference, currency=session.currency,
            variance_minor=variance, document=f"{session.till.reference}/{session.pk}/VARIANCE",
            by=deed.consequence(), at=deed.at,
        )  # fmt: skip


def _close(session: TillSession, deed: Deed, *, forced_because: str = "") -> None:
    """Give the float back, and write the end of the session under its number."""
    if session.to_recount:
        raise SecondNeeded
    unit, till = session.till.unit, session.till
    left = book.balance(MoneyKind.TILL, till.reference, unit=unit)
    if left > session.float_now_minor:
        raise TakingsLeft
    if left:
        money.take_float(
            unit=unit, till_reference=till.reference, currency=session.currency, amount_minor=left,
            document=f"{till.reference}/{session.pk}/OUT", by=deed.consequence(), at=deed.at,
        )  # fmt: skip
    session.state, session.closed_at, session.closed_by_id = SessionState.CLOSED, deed.at, deed.by.natural_person_id
    session.forced_because, session.z_number = forced_because, next_number("ZR", unit.code, session.business_on)
    session.save(update_fields=["state", "closed_at", "closed_by", "forced_because", "z_number"])
    deed.note(z_number=session.z_number, variance_minor=session.variance_minor)
    deed.tell(SessionClosed(session.pk, till.code, session.variance_minor or 0, session.currency))
