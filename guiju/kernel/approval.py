"""Approval: one person asks for exactly this, another natural person grants exactly this.

What was asked is kept as a digest of its content; whoever changes one letter of it has no approval any more (T32, T40).
"""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from .actor import Actor, unit_of
from .deed import Deed, current
from .models import Approval
from .plain import digest, label_of, plain
from .refusing import NotAllowed, NotApproved, Refusal, refusing
from .words import N_

ALIVE = (Approval.State.ASKED, Approval.State.GRANTED)


class SamePerson(Refusal):
    """Whoever asks does not grant, under whatever login (G-2)."""

    sentence = N_("You asked for this yourself. Somebody else has to approve it.")


class AskedAlready(Refusal):
    """Two asked at once."""

    sentence = N_("This is waiting for approval already.")


def digest_of(content: Mapping[str, Any]) -> str:
    """The digest to which an approval is bound."""
    return digest(content)


def ask(
    purpose: str, subject: Model, content: Mapping[str, Any], *, by: Actor, at: datetime, deed: Deed | None = None
) -> Approval:
    """Ask that this is approved; an earlier request or grant for the same thing is void from now on.

    content   all that matters about it, as plain values
    raises    NotAllowed for somebody who is no person; AskedAlready
    source    G-2, 5.4
    """
    deed = _deed(deed)
    person_id = _person(by)
    voided = Approval.objects.filter(**_about(purpose, subject), state__in=ALIVE).update(state=Approval.State.VOID)
    deed.note(asked_for=purpose, digest=digest_of(content), **({"voided": voided} if voided else {}))
    with refusing(approval_one_alive_a_subject=AskedAlready):
        return Approval.objects.create(
            **_about(purpose, subject),
            subject_label=str(plain(label_of(subject)))[:200],
            # A payment knows its unit by its bill alone, and the deed was asked there.
            unit_id=unit_of(subject) if hasattr(subject, "unit_id") else deed.unit_id,
            content=plain(content),
            digest=digest_of(content),
            asked_by_id=person_id,
            asked_by_name=by.name,
            asked_at=at,
            asked_key=deed.key,
        )


def last(purpose: str, subject: Model) -> Approval | None:
    """The newest request for this, whatever became of it."""
    return Approval.objects.filter(**_about(purpose, subject)).order_by("-pk").first()


def waiting(purpose: str, subject: Model) -> Approval:
    """The request that waits for somebody to decide, locked until the deed is done.

    raises   NotApproved where nobody asked
    """
    asked = Approval.objects.select_for_update().filter(**_about(purpose, subject), state=Approval.State.ASKED).first()
    if asked is None:
        raise NothingAsked
    return asked


class NothingAsked(NotApproved):
    """There is no request to decide."""

    sentence = N_("Nobody has asked for this, or it was decided already.")


def grant(
    approval: Approval, *, content: Mapping[str, Any], by: Actor, at: datetime, small_shop: bool = False
) -> Approval:
    """Grant what was asked, as somebody else, seeing exactly this content.

    small_shop   the house has fewer than three people and its owner takes it on (5.4)
    raises       SamePerson, NotApproved where the content is not what was asked or it was decided already
    """
    if digest_of(content) != approval.digest:
        raise NotApproved
    return _decide(approval, Approval.State.GRANTED, by=by, at=at, small_shop=small_shop)


def reject(approval: Approval, *, reason: str, by: Actor, at: datetime) -> Approval:
    """Refuse what was asked, and say why.

    raises   SamePerson, NotApproved where it was decided already
    """
    return _decide(approval, Approval.State.REJECTED, by=by, at=at, reason=reason[:400])


def require(purpose: str, subject: Model, content: Mapping[str, Any]) -> Approval:
    """The grant of exactly this, or a refusal.

    The grant stays locked until the deed is done, so that nobody voids it under the deed that relies on it.

    raises   NotApproved
    source   I35
    """
    granted = Approval.objects.select_for_update().filter(
        **_about(purpose, subject), state=Approval.State.GRANTED, digest=digest_of(content)
    )
    if (found := granted.first()) is None:
        raise NotApproved
    _deed(None).note(approved_for=purpose, digest=found.digest, approved_by=found.decided_by_id)
    return found


def _decide(approval: Approval, state: str, *, by: Actor, at: datetime, **also: Any) -> Approval:
    deed = _deed(None)
    deed.note(decided_on=approval.purpose, decision=str(state), digest=approval.digest, **also)
    changes = {
        "state": state,
        "decided_by_id": _person(by),
        "decided_by_name": by.name,
        "decided_at": at,
        "decided_key": deed.key,
        **also,
    }
    with refusing(approval_by_two_persons=SamePerson):
        decided = Approval.objects.filter(pk=approval.pk, state=Approval.State.ASKED).update(**changes)
    if not decided:
        raise NothingAsked
    for name, value in changes.items():
        setattr(approval, name, value)
    return approval


def _about(purpose: str, subject: Model) -> dict[str, Any]:
    return {"purpose": purpose, "subject_type": subject._meta.label_lower, "subject_id": subject.pk}


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise NotAllowed
    return by.person_id


def _deed(deed: Deed | None) -> Deed:
    found = deed or current()
    if found is None:
        raise RuntimeError("An approval is asked and decided inside a deed.")
    return found
