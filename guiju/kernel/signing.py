"""A signature that is asked for: what is signed is shown on the signer's own telephone, signed there once, and taken over.

    asked = signing.ask("intake.receive", appliance, content, by=clerk, at=now)   # the counter shows link_of(asked) as a QR code
    signing.sign(link, drawn=png, name="Liang Ming", by=stranger, at=now)         # the customer, who has read `content`
    signing.take(asked.pk, "intake.receive", appliance, content, by=clerk, at=now)

Whoever takes it over says again what it is for. One letter less or more than the customer read, and it is no signature.
"""

# ruff: noqa: SLF001  (Django documents _meta)

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model

from . import evidence, reach, secrets
from .actor import Actor, unit_of
from .deed import doing
from .models import AskedSignature, Evidence
from .plain import digest, label_of, plain
from .refusing import Refusal
from .words import N_

# Long enough to read a page twice; whoever finds the link in a history later opens nothing with it.
SIGN_WITHIN = timedelta(minutes=15)
# A customer who has signed stands at the counter; what nobody took over by then was given up.
TAKE_WITHIN = timedelta(hours=1)
LINK = "signature"


class LinkOver(Refusal):
    """The link was for a few minutes."""

    sentence = N_("This page was open for a few minutes only. Ask at the counter for a new code.")
    status = 410


class SignedAlready(Refusal):
    """Once is once."""

    sentence = N_("This was signed already.")


class NotSigned(Refusal):
    """There is nothing to take over yet, or not any more."""

    sentence = N_("The customer has not signed on the phone, or it was too long ago. Ask for the signature again.")
    field = "signature"


class SignedForSomethingElse(Refusal):
    """What was signed is not what is written now."""

    sentence = N_("What is written here is not what the customer read and signed. Ask for the signature again.")
    field = "signature"


class TakenAlready(Refusal):
    """One signature stands under one paper."""

    sentence = N_("This signature stands under something else already. Ask for a new one.")
    field = "signature"


def ask(purpose: str, subject: Model, content: Mapping[str, Any], *, by: Actor, at: datetime) -> AskedSignature:
    """Ask somebody to sign exactly this; what was asked before for the same thing, and is not signed, is over.

    purpose   what the signature will be under: the verb that takes it
    content   all that the signer is shown, as plain values
    source    A09
    """
    with doing("evidence.ask_signature", on=subject, by=by, at=at) as deed:
        about = _about(purpose, subject)
        AskedSignature.objects.filter(**about, signed_at=None, expires_at__gt=at).update(expires_at=at)
        salt = secrets.new_salt()
        shown = plain(content)
        asked = AskedSignature.objects.create(
            **about,
            subject_label=str(plain(label_of(subject)))[:200],
            unit_id=unit_of(subject),
            content=shown,
            digest=digest(shown),
            salt=salt,
            link_digest=secrets.hash_token(_link(purpose, salt)),
            asked_by_id=by.person_id,
            asked_by_name=by.name,
            asked_at=at,
            expires_at=at + SIGN_WITHIN,
        )
        deed.note(signature_for=purpose, digest=asked.digest)
    return asked


def link_of(asked: AskedSignature) -> str:
    """The secret part of the page on which it is signed; it is kept nowhere."""
    return _link(asked.purpose, asked.salt)


@reach.as_house
def by_link(link: str) -> AskedSignature | None:
    """What the link asks to sign, whether or not it still can be."""
    return AskedSignature.objects.filter(link_digest=secrets.hash_token(link)).first()


def asked_by(by: Actor, pk: int) -> AskedSignature | None:
    """What this person asked somebody to sign; what others asked is not told."""
    if by.person_id is None:
        return None
    return AskedSignature.objects.select_related("signature").filter(asked_by_id=by.person_id, pk=pk).first()


def sign(asked: AskedSignature, *, drawn: str | bytes, name: str, by: Actor, at: datetime) -> Evidence:
    """Sign what was shown, once, while the link is open.

    drawn    as `evidence.keep_signature` takes it
    name     of who signs, as they write it
    raises   SignedAlready, LinkOver, Invalid
    """
    with doing("evidence.give_signature", on=asked, by=by, at=at) as deed:
        asked = AskedSignature.objects.select_for_update().get(pk=asked.pk)
        if asked.signed_at is not None:
            raise SignedAlready
        if asked.expires_at <= at:
            raise LinkOver
        kept = evidence.keep_signature(drawn, unit_id=asked.unit_id or 0, by=deed.consequence(), at=at)
        # Two thumbs on two telephones: only one of them was first.
        signed = {"signed_at": at, "signer_name": name.strip()[:80], "signature": kept}
        if not AskedSignature.objects.filter(pk=asked.pk, signed_at=None).update(**signed):
            raise SignedAlready
        deed.note(digest=asked.digest, signature=kept.sha256)
    return kept


def take(pk: int, purpose: str, subject: Model, content: Mapping[str, Any], *, by: Actor, at: datetime) -> Evidence:
    """Put a signature that was given under what it was given for, and under nothing else.

    content   what is about to be done, worked out anew: it must be what the signer was shown
    raises    NotSigned, SignedForSomethingElse, TakenAlready
    """
    with doing("evidence.take_signature", on=subject, by=by, at=at) as deed:
        asked = AskedSignature.objects.select_for_update().filter(pk=pk, **_about(purpose, subject)).first()
        if asked is None or asked.signature is None or asked.asked_at + TAKE_WITHIN <= at:
            raise NotSigned
        if asked.digest != digest(plain(content)):
            raise SignedForSomethingElse
        if not AskedSignature.objects.filter(pk=pk, taken_at=None).update(taken_at=at, taken_key=deed.key):
            raise TakenAlready
        deed.note(signature_for=purpose, digest=asked.digest, signer=asked.signer_name)
    return asked.signature


def _link(purpose: str, salt: str) -> str:
    return secrets.link_token(LINK, purpose, salt)


def _about(purpose: str, subject: Model) -> dict[str, Any]:
    return {"purpose": purpose, "subject_type": subject._meta.label_lower, "subject_id": subject.pk}
