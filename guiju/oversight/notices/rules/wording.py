"""How a wording of the house's own is checked, measured and filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiju.kernel.words import N_, Sentence
from guiju.oversight.notices.rules.templates import PLACES, REQUIRED, Channel, Template

_PLACE = re.compile(r"\{([^{}]*)\}")
_OLD_PLACE = re.compile(r"%\((\w+)\)s")
# Longer texts are split by the networks and paid for piece by piece; more than five is a letter.
SMS_PARTS_MAX = 5
EMAIL_LENGTH_MAX = 4000
SUBJECT_LENGTH_MAX = 120
# The letters of GSM 03.38; one other letter, and the whole text is sent as UCS-2.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These cost two.
_GSM_DOUBLE = frozenset("^{}\\[~]|€")
# Clauses that the law forbids in standard terms (rules on infringing consumers' rights, 12): "the right of final interpretation".
_FORBIDDEN = ("最终解释权", "最終解釋權", "final interpretation")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is for a telephone, and into how many pieces the networks split it."""

    letters: int
    parts: int
    is_wide: bool


def as_braces(text: str) -> str:
    """A wording that came with the house, in the way in which it is edited: {number}."""
    return _OLD_PLACE.sub(r"{\1}", text)


def places_in(text: str) -> list[str]:
    """What a wording names, in its order."""
    return _PLACE.findall(text)


def fill(text: str, words: Mapping[str, str]) -> str:
    """The wording with its places filled. Nothing is computed: a place is a name and no more."""
    return _PLACE.sub(lambda found: words.get(found[1], ""), text)


def length_of(text: str) -> Length:
    """As the networks count: 160 narrow letters or 70 wide ones, and a little fewer in each of several pieces."""
    is_wide = any(letter not in _GSM and letter not in _GSM_DOUBLE for letter in text)
    if is_wide:
        # UCS-2 counts what is outside its plane, such as a picture of a hammer, twice.
        letters, one, several = len(text.encode("utf-16-le")) // 2, 70, 67
    else:
        letters, one, several = len(text) + sum(letter in _GSM_DOUBLE for letter in text), 160, 153
    return Length(letters, 1 if letters <= one else -(-letters // several), is_wide)


def faults(template: Template, channel: Channel, text: str, subject: str = "") -> Iterator[Sentence]:
    """Why a wording cannot be used; nothing when it can.

    source   domain 4.3, rules on infringing consumers' rights 12
    """
    known, named = PLACES[template], {*places_in(text), *places_in(subject)}
    for place in sorted(named - known):
        yield Sentence(
            N_("{%(place)s} is not known in this message. It may name: %(known)s."),
            {"place": place, "known": ", ".join(f"{{{each}}}" for each in sorted(known))},
        )
    if _PLACE.sub("", text + subject).count("{") or _PLACE.sub("", text + subject).count("}"):
        yield Sentence(N_("A brace { or } stands alone."))
    for place in sorted(REQUIRED[template] - set(places_in(text))):
        yield Sentence(N_("Without {%(place)s} this message is of no use."), {"place": place})
    if any(each in (text + subject).lower() for each in _FORBIDDEN):
        yield Sentence(N_("The law forbids to keep the right of final interpretation to oneself."))
    if channel is Channel.SMS and length_of(fill(text, sample(template))).parts > SMS_PARTS_MAX:
        yield Sentence(N_("This is longer than %(most)s text messages."), {"most": SMS_PARTS_MAX})
    if len(text) > EMAIL_LENGTH_MAX or len(subject) > SUBJECT_LENGTH_MAX:
        yield Sentence(N_("The text is too long."))
    if "\n" in subject or "\r" in subject:
        yield Sentence(N_("A subject is one line."))


def sample(template: Template) -> Mapping[str, str]:
    """What the places hold in a preview: nobody's, and as long as the real ones."""
    words = {
        "outlet": "佛山禅城", "number": "WO-FS01-2026-000123", "phone": "0757 8888 0001", "link": "https://guiju.example/t/AbCdEfGhIjKlMnOpQrStUv",
        "promised": "2026-11-05 18:00", "part_on": "2026-11-04", "tag": "CT-FS01-000123", "amount": "380.00 CNY", "until": "2026-11-05",
        "code": "123456", "due": "2026-11-02 18:00", "advice": "请清洗滤网后再试。", "appliance": "Guiju WM-800",
        "decision": "同意换一台同型号的机器。", "difference": "补差价 450.00 CNY",
        "letter": "DN-FS01-2026-000123", "since": "2026-10-05", "level": "Third reminder",
    }  # fmt: skip
    return {name: words[name] for name in PLACES[template]}
