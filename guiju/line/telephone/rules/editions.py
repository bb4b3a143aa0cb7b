"""The life of a text that is published: a voice menu, a script. Plain values in and out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from guiju.kernel.words import N_


class EditionState(StrEnum):
    """How far an edition has come."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


EDITION_LABELS: Mapping[EditionState, str] = {
    EditionState.DRAFT: N_("Draft"),
    EditionState.PUBLISHED: N_("In force"),
    EditionState.RETIRED: N_("Replaced"),
}

# An edition is retired by the one that follows it, in the same deed.
MENU_ARROWS: Mapping[EditionState, Mapping[EditionState, str]] = {
    EditionState.DRAFT: {EditionState.PUBLISHED: "telephone.publish_menu"},
    EditionState.PUBLISHED: {EditionState.RETIRED: "telephone.publish_menu"},
    EditionState.RETIRED: {},
}
SCRIPT_ARROWS: Mapping[EditionState, Mapping[EditionState, str]] = {
    EditionState.DRAFT: {EditionState.PUBLISHED: "telephone.publish_script"},
    EditionState.PUBLISHED: {EditionState.RETIRED: "telephone.publish_script"},
    EditionState.RETIRED: {},
}
