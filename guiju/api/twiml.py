"""Web telephones that post forms and read TwiML: each post is one press, each answer says what to do next.

Twilio speaks it, and SignalWire, Plivo's and jambonz' compatible doors do. The key comes as the password of HTTP Basic, because the
address of a webhook is all that such a system can be told: https://guiju:gj_…@host/api/v1/telephone/twiml
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guiju.kernel import reach
from guiju.kernel.actor import Actor
from guiju.kernel.once import once
from guiju.kernel.refusing import Refusal
from guiju.line.telephone import actions
from guiju.line.telephone.models import Call
from guiju.line.telephone.queries import Spoken
from guiju.line.telephone.rules import Act, CallState, Direction
from guiju.standing.people import actions as people
from guiju.standing.people import queries as persons

log = logging.getLogger(__name__)

SYSTEM = "twiml"
PATH = "/api/v1/telephone/twiml"
# How long a caller may think, and how long an agent's telephone rings.
THINKING_SECONDS = "6"
RINGING_SECONDS = "30"
VOICES = {"en": "en-US", "zh-hans": "zh-CN", "zh-hant": "zh-TW"}
OVER = {"completed", "busy", "failed", "no-answer", "canceled"}
ONCE_HEADER = "I-Twilio-Idempotency-Token"
SIGNATURE_HEADER = "X-Twilio-Signature"
# No form of a telephone system is longer; a note that claims a longer talk is not believed.
TALK_SECONDS_MOST = 4 * 60 * 60


@csrf_exempt
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Answer a web telephone: greet, take a key, connect, or note that somebody has hung up."""
    by = _by_key(request)
    if by is None:
        refused = HttpResponse(status=401)
        refused["WWW-Authenticate"] = 'Basic realm="Guiju"'
        return refused
    if not _is_signed(request):
        return HttpResponse(status=403)
    with reach.of(by):
        return _answer(request, by)


def _answer(request: HttpRequest, by: Actor) -> HttpResponse:
    form = {name: str(request.POST[name]) for name in request.POST}
    key, body = request.headers.get(ONCE_HEADER), _content(form)
    try:
        xml = once(key, by=by, what="telephone.twiml", body=body, do=lambda: _answered(form, by))
    except Refusal as refusal:
        # A web telephone reads an error page aloud to the caller: the call ends instead, and the log says why.
        log.warning("%s: %s", form.get("CallSid", ""), refusal)
        xml = _xml([ElementTree.Element("Hangup")])
    return HttpResponse(xml, content_type="text/xml")


# Its key is in the telephone's own header, which the doorkeeper (conf.middleware) does not read: the view asks for it itself.
answer.is_public = True  # type: ignore[attr-defined]


def _answered(form: Mapping[str, str], by: Actor) -> str:
    """One post, one answer."""
    unit = persons.unit_of(by)
    if unit is None:
        return _xml([])
    at = now()
    # Outgoing calls are told with who is called; the other side is what we keep.
    is_out = form.get("Direction", "inbound").startswith("outbound")
    call = actions.ring(
        unit=unit, phone=form.get("To" if is_out else "From", ""), system=SYSTEM, external_id=form.get("CallSid", ""),
        direction=Direction.OUT if is_out else Direction.IN, by=by, at=at,
    )  # fmt: skip
    if "DialCallStatus" in form:
        return _after_dialling(call, form, by)
    if form.get("CallStatus") in OVER:
        actions.hang_up(call, recording_ref=form.get("RecordingUrl", ""), by=by, at=at)
        return _xml([])
    if call.state not in {CallState.RINGING, CallState.IN_MENU} or is_out:
        return _xml([])
    return _spoken(actions.press(call, keys=form.get("Digits", ""), by=by, at=at))


def _after_dialling(call: Call, form: Mapping[str, str], by: Actor) -> str:
    """Whether somebody has answered, and for how long they spoke: the telephone tells it when it is over."""
    at = now()
    was_answered = form["DialCallStatus"] in {"completed", "answered"}
    if was_answered and call.state == CallState.WAITING:
        typed = form.get("DialCallDuration", "0")
        spoke = min(int(typed), TALK_SECONDS_MOST) if typed.isascii() and typed.isdigit() else 0
        actions.answer(call, by=by, at=max(call.started_at, at - timedelta(seconds=spoke)))
    actions.hang_up(call, recording_ref=form.get("RecordingUrl", ""), by=by, at=at)
    return _xml([ElementTree.Element("Hangup")])


def _spoken(spoken: Spoken) -> str:
    """What is said, and what is waited for."""
    says = []
    for each in spoken.says:
        say = ElementTree.Element("Say", {"language": VOICES[spoken.language]})
        say.text = each.text
        says.append(say)
    if spoken.act in {Act.KEY, Act.DIGITS}:
        waits = {"input": "dtmf", "method": "POST", "timeout": THINKING_SECONDS, "actionOnEmptyResult": "true"}
        ends = (
            {"numDigits": "1"} if spoken.act is Act.KEY else {"finishOnKey": "#", "numDigits": str(spoken.digits_most)}
        )
        gather = ElementTree.Element("Gather", waits | ends)
        gather.extend(says)
        return _xml([gather])
    if spoken.act is Act.HUMAN:
        # How it went is told to this same address; a relative one keeps the key that the telephone knows it by.
        dial = ElementTree.Element("Dial", {"timeout": RINGING_SECONDS, "method": "POST", "action": PATH})
        dial.text = spoken.agents
        return _xml([*says, dial])
    return _xml([*says, ElementTree.Element("Hangup")])


def _xml(inside: list[ElementTree.Element]) -> str:
    response = ElementTree.Element("Response")
    response.extend(inside)
    return ElementTree.tostring(response, encoding="unicode", xml_declaration=True)


def _by_key(request: HttpRequest) -> Actor | None:
    """Whoever the password is a key of."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return None
    try:
        text = base64.b64decode(given, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return people.use_api_key(text.partition(":")[2], at=now())


def _is_signed(request: HttpRequest) -> bool:
    """Whether the telephone signed what it sends; where no secret is agreed, its key is enough.

    The signature is over the public address and every field by its name. SHA-1 is what such systems sign with; a keyed digest does
    not suffer from its collisions.
    """
    secret = settings.GUIJU_TELEPHONE_SECRET
    if not secret:
        return True
    address = f"{settings.GUIJU_ADDRESS}{request.get_full_path()}"
    signed = address + "".join(f"{name}{request.POST[name]}" for name in sorted(request.POST))
    wanted = base64.b64encode(hmac.digest(secret.encode(), signed.encode(), hashlib.sha1)).decode()
    return hmac.compare_digest(request.headers.get(SIGNATURE_HEADER, ""), wanted)


def _content(form: Mapping[str, Any]) -> str:
    return "\n".join(f"{name}={form[name]}" for name in sorted(form))
