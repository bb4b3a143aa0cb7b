"""Carriers: who brings a text to a telephone, a mailbox or WeChat. The house knows the interface; an installation names the class."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from guiju.oversight.notices.rules import Channel, Template

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a carrier gets.

    key       the same at every attempt, until a person sends it again: a gateway that knows it sends nothing twice
    to        a number in E.164, an e-mail address, or a WeChat open id
    template  for gateways (WeChat, and SMS in China) that want the name of a registered template beside the text
    """

    key: str
    channel: Channel
    to: str
    subject: str
    text: str
    language: str
    template: Template


class Undeliverable(Exception):
    """It will never arrive there, however often it is tried: no such number, a closed mailbox."""


class Carrier(Protocol):
    """Takes a letter to its channel.

    An SMS gateway is a class with this one method, named by GUIJU_CARRIER: post the text to the gateway, return what it calls
    the message, raise Undeliverable for a number that it refuses for good and anything else for what may work later.
    """

    def send(self, letter: Letter) -> str:
        """Send it, and return the carrier's receipt; or raise, and it is tried again."""


class NoteBook:
    """The carrier of the demo and of a shop without a gateway: the message is kept and read on the screen."""

    def send(self, letter: Letter) -> str:
        """Nothing leaves the house."""
        log.info("A message of %s letters stays in the notebook", len(letter.text))
        return "note-" + hashlib.sha256(letter.key.encode()).hexdigest()[:12]


class Mail:
    """E-mail, by the mail server of the settings."""

    def send(self, letter: Letter) -> str:
        """Send it by Django's mail backend; the id of the message tells a mailbox that it has it already."""
        identity = f"<{letter.key}@guiju>"
        EmailMessage(letter.subject, letter.text, to=[letter.to], headers={"Message-ID": identity}).send()
        return identity


def carrier_for(channel: Channel) -> Carrier:
    """The carrier that the settings name for this channel."""
    made: Carrier = import_string(settings.GUIJU_CARRIERS[channel])()
    return made
