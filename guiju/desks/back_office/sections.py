"""The sections of the back office, and who sees which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiju.desks.common import desk
from guiju.kernel.actor import Actor
from guiju.kernel.refusing import NotAllowed


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the back office; any one of the verbs opens it."""

    slug: str
    title: str | Promise
    url: str
    icon: str
    verbs: tuple[str, ...]

    def admits(self, actor: Actor) -> bool:
        """Whether this person sees it."""
        return any(actor.may(verb) for verb in self.verbs)


PRICES = ("pricing.draft_list", "pricing.approve", "pricing.publish")
SECTIONS = (
    Section("figures", _("Figures"), "back_office:figures", "adjustments", ("policy.see",)),
    Section(
        "prices",
        _("Price lists"),
        "back_office:prices",
        "tag",
        PRICES,
    ),
    Section(
        "checklists",
        _("Checklists"),
        "back_office:checklists",
        "clipboard-check",
        ("workshop.set_check", "quality.add_item", "quality.see"),
    ),
    Section("guarantee", _("Guarantee"), "back_office:guarantee", "shield-check", ("warranty.see",)),
    Section(
        "files",
        _("Lists by file"),
        "back_office:files",
        "upload",
        ("catalogue.stage_import", "catalogue.export"),
    ),
    Section("people", _("People"), "back_office:people", "users", ("people.hire", "people.grant_role")),
    Section(
        "places",
        _("Stores and tills"),
        "back_office:places",
        "building-store",
        ("stock.open_store", "stock.add_bin", "cashier.add_till"),
    ),
    Section("buying", _("Buying"), "back_office:buying", "shopping-cart", ("supply.see",)),
    Section("requisitions", _("Parts for our own use"), "stores:requisitions", "tools", ("requisitions.see",)),
    Section("calendar", _("Calendar"), "back_office:calendar", "calendar", ("policy.close_day", "policy.reopen_day")),
    Section("trail", _("Audit trail"), "back_office:trail", "history", ("trail.see",)),
    Section("news", _("News not delivered"), "back_office:news", "send", ("news.resend",)),
    Section("messages", _("Messages to customers"), "back_office:messages", "message", ("notices.see",)),
    Section("wordings", _("Wording of messages"), "back_office:wordings", "edit", ("notices.set_wording",)),
    Section("webhooks", _("Webhooks"), "back_office:webhooks", "world", ("webhooks.see",)),
    Section("keys", _("My API keys"), "back_office:keys", "key", ("people.make_api_key",)),
)
BY_SLUG = {section.slug: section for section in SECTIONS}


def declare() -> None:
    """Register the desk. Everybody may look up the figures, so it stands last among the desks a person has."""
    desk.register(
        desk.Desk(
            "back_office",
            _("Back office"),
            "back_office:home",
            "settings",
            verbs=tuple(dict.fromkeys(verb for section in SECTIONS for verb in section.verbs)),
            section=desk.Section.OFFICE,
            order=90,
            homes=frozenset({"NM", "AU", "AD", "TR", "LM", "DR"}),
            pages=(
                *(desk.Leaf(each.title, each.url, each.icon, each.verbs) for each in SECTIONS),
                desk.Leaf(_("Adopt a law"), "back_office:adopt_profile", "shield-check", ("warranty.adopt_profile",)),
                desk.Leaf(_("Other terms"), "back_office:set_terms", "shield-check", ("warranty.set_terms",)),
                desk.Leaf(_("Kept to the list"), "back_office:compliance", "checklist", PRICES),
                desk.Leaf(_("Prices on the wall"), "back_office:walls", "camera", PRICES),
                desk.Leaf(_("Leaflets for the product box"), "back_office:leaflets", "file-text", PRICES),
                desk.Leaf(_("Suppliers"), "back_office:suppliers", "truck", ("purchases.see",)),
                desk.Leaf(_("Suppliers' prices"), "back_office:supplier_prices", "tag", ("purchases.see",)),
                desk.Leaf(
                    _("Bought in pieces"),
                    "back_office:in_pieces",
                    "search",
                    ("supply.approve_request", "supply.review_few"),
                ),
                desk.Leaf(_("All prices"), "back_office:price_lines", "list", BY_SLUG["prices"].verbs),
                desk.Leaf(_("Messages to webhooks"), "back_office:webhook_messages", "list", ("webhooks.see",)),
            ),
        )
    )


def open_to(actor: Actor) -> list[Section]:
    """The sections that this person sees."""
    return [section for section in SECTIONS if section.admits(actor)]


def enter(actor: Actor, slug: str) -> Mapping[str, Any]:
    """What each page of a section needs for its ways to the others.

    raises   NotAllowed
    """
    if not BY_SLUG[slug].admits(actor):
        raise NotAllowed
    return {"ways": open_to(actor), "here": slug, "section": BY_SLUG[slug]}
