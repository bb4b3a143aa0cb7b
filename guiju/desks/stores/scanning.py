"""What a scanner reads at the counter of the store: a request's own code, a bin, a part; one after another, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.line.storeroom.models import PartRequest
from guiju.line.storeroom.rules import RequestState

# The QR code of a request is the address of its page.
_ADDRESS = re.compile(r"/requests/([^/?#]+)/?$")


@dataclass(frozen=True)
class Scanned:
    """What was read so far, and what it means.

    code     what was read last, as it came
    asked    the one request that it can only be
    problem  why it is none, in words
    """

    code: str = ""
    bin: str = ""
    part: str = ""
    number: str = ""
    asked: PartRequest | None = None
    problem: str | Promise = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The problem with its words put in."""
        return str(self.problem) % dict(self.words)

    def wrong(self, problem: str | Promise, **words: object) -> Scanned:
        """The same, refused."""
        return replace(
            self, asked=None, problem=problem, words=tuple((name, str(word)) for name, word in words.items())
        )


def read(
    sent: Mapping[str, str], waiting: Iterable[PartRequest], *, bins: Iterable[str], parts: Iterable[str]
) -> Scanned:
    """What the newest scan and the ones before it come to.

    sent     `scan` is the newest; `bin`, `part` and `number` were read before
    waiting  the requests that the keeper can act on
    bins     what the newest scan may name: the codes of the keeper's bins, with and without their store
    parts    and the part numbers
    """
    code = sent.get("scan", "").strip()
    read = {name: sent.get(name, "").strip() for name in ("bin", "part", "number")}
    before = Scanned(code, read["bin"], read["part"], read["number"])
    requests = list(waiting)
    link = _ADDRESS.search(code)
    number = (link.group(1) if link else code).upper()
    if any(each.number == number for each in requests):
        return _judged(Scanned(code, before.bin, before.part, number), requests)
    if code.upper() in {each.upper() for each in bins}:
        return _judged(replace(before, bin=code), requests)
    if code.upper() in {each.upper() for each in parts}:
        return _judged(replace(before, part=code), requests)
    if code:
        return before.wrong(_("Nothing here is called %(code)s: no request that waits, no bin, no part."), code=code)
    return _judged(before, requests)


def _judged(scan: Scanned, requests: list[PartRequest]) -> Scanned:
    """The request that these scans can only mean, or what speaks against it."""
    if scan.number:
        return _of_request(scan, requests)
    if not scan.part:
        return scan
    asking = [each for each in requests if each.part.code.upper() == scan.part.upper()]
    if not asking:
        return scan.wrong(_("No job waits for %(part)s."), part=scan.part)
    lying = [each for each in asking if each.state == RequestState.RESERVED]
    here = [each for each in lying if not scan.bin or _is_in(each, scan.bin)]
    if scan.bin and lying and not here:
        places = ", ".join(sorted({str(each.bin) for each in lying}))
        return scan.wrong(
            _("%(part)s is not reserved in %(bin)s, but in %(places)s."), part=scan.part, bin=scan.bin, places=places
        )
    # Who asked first is served first; what lies ready goes before what is still to be answered.
    return replace(scan, asked=(here or asking)[0])


def _of_request(scan: Scanned, requests: list[PartRequest]) -> Scanned:
    asked = next((each for each in requests if each.number == scan.number.upper()), None)
    if asked is None:
        return scan.wrong(_("%(number)s does not wait any more."), number=scan.number)
    if scan.part and scan.part.upper() != asked.part.code.upper():
        words = {"number": asked.number, "right": asked.part.code, "part": scan.part}
        return replace(scan, part="").wrong(_("%(number)s is for %(right)s; this is %(part)s. Put it back."), **words)
    if scan.bin and asked.state == RequestState.RESERVED and not _is_in(asked, scan.bin):
        words = {"number": asked.number, "right": str(asked.bin), "bin": scan.bin}
        return replace(scan, bin="").wrong(_("%(number)s lies in %(right)s; this is %(bin)s."), **words)
    return replace(scan, asked=asked)


def _is_in(asked: PartRequest, code: str) -> bool:
    """Whether the code on the shelf is that of the bin in which it is reserved."""
    return asked.bin is not None and code.upper() in {str(asked.bin).upper(), asked.bin.code.upper()}
