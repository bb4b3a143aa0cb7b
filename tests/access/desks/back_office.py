"""The back office."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guiju.standing.people import actions as people
from guiju.standing.people.models import SavedView
from tests.access import purchases
from tests.access.said import Key, Said, Typed, day, plainly, posted
from tests.access.scene import Scene


def _law(_scene: Scene) -> Typed:
    said = 'jurisdiction = "CN-99"\nversion = "CN-99-1"\nnames = { en = "A place" }\nstarts_on = 2099-01-01\nsource = "Its gazette"\n'
    return {"file": SimpleUploadedFile("law.toml", said.encode(), "application/toml"), "reason": "Counsel, letter 12"}


def _role(scene: Scene) -> Typed:
    return {"do": "grant_role", "unit": scene.shop.unit.pk, "role": "RC", "starts_on": day(0)}


def _new_store(scene: Scene) -> Typed:
    return {"do": "open_store", "unit": scene.shop.unit.pk, "code": "NEW", "kind": "OUTLET", "name_en": "New"}


def _sheet(_scene: Scene) -> Typed:
    text = b"code,name_en,base_unit,is_serialised,cost\nCMP-10K,Compressor,PIECE,yes,380.00\n"
    return {"sheet": "PARTS", "file": SimpleUploadedFile("parts.csv", text, "text/csv")}


def _kept_view(scene: Scene) -> int:
    """A view that Lin keeps of the list of all jobs: her own, and nobody else's."""
    kept = SavedView.objects.filter(listing="orders", name="Mine").first()
    lin = scene.shop.cast.people["lin"]
    who = {"by": scene.shop.actor("lin"), "at": timezone.now()}
    return (kept or people.keep_view(lin, listing="orders", name="Mine", **who)).pk


def person(scene: Scene, at: str) -> str:
    """The number of the newcomer, or of whoever is meant."""
    return {"wu": "P-wu", "idle": str(scene.suspended.number)}.get(at, str(scene.newcomer.number))


HOOK = {"name": "Our shop", "url": "https://news.example/hook", "types": ["workorder.ready", "quote.issued"]}
OPENED: Mapping[str, str] = {"back_office:price_list": "draft"}
POSTED: Mapping[str, Said] = {
    "back_office:files": Said(_sheet),
    "back_office:export": Said(plainly(sheet="PARTS", way="xlsx")),
    "back_office:people": Said(
        lambda scene: {"unit": scene.shop.unit.pk, "number": "P-newer", "name": "Newer", "phone": ""}
    ),
    "back_office:keys": Said(plainly(label="Robot", verbs=["people.see"])),
    "back_office:prices": Said(plainly(scope="", starts_on="2099-01-01")),
    "back_office:add_item": Said(plainly(code="TORQUE", name_en="Torque", work="REPAIR", kind="CHECK")),
    "back_office:item": Said(plainly(name_en="Hose is tight and dry", work="REPAIR", kind="CHECK")),
    "back_office:adopt_profile": Said(_law),
    "back_office:set_terms": Said(
        plainly(version="T-2099", starts_on="2099-01-01", starts_by="INVOICE", whole_unit_months="24")
    ),
    "back_office:webhooks": Said(lambda scene: {"unit": scene.shop.unit.pk, **HOOK}),
    "back_office:price_list": Said(plainly(item="COMP-1", min_minor="500", unit="each")),
    "back_office:leaflets": Said(
        lambda scene: {
            "price_list": scene.shop.price_list.pk,
            "model": scene.shop.model.code,
            "languages": "en",
            "batch": "B-2",
        }
    ),
    "back_office:check_list": Said(at="draft"),
    "back_office:approve_list": Said(at="checked"),
    "back_office:reopen_list": Said(plainly(reason="The test fee is old"), "checked"),
    "back_office:publish": Said(at="approved"),
    **posted(purchases.PAGES),
}
LOGIN = {"do": "make_login", "username": "newer", "password": "new here, square and true", "language": "en"}
PERSON = (
    Said(plainly(do="admit"), slug="admit"),
    Said(plainly(do="suspend", reason="Under inquiry"), "wu", "suspend"),
    Said(plainly(do="reinstate", reason="Nothing was found"), "idle", "reinstate"),
    Said(plainly(do="part_with", reason="Moved away"), "wu", "part_with"),
    Said(_role, "wu", "grant_role"),
    Said(plainly(**LOGIN), slug="make_login"),
)
NEW_VALUE = {"value": "6", "starts_on": "2099-01-05", "reason": "More photos settle disputes"}
VERBS: Mapping[str, tuple[Said, ...]] = {
    "back_office:person": PERSON,
    "back_office:paper_do": tuple(Said(*said) for said in purchases.STEPS),
    "back_office:supplier_do": tuple(Said(*said) for said in purchases.SUPPLIER_STEPS),
    "back_office:webhook": (
        Said(plainly(do="change", **HOOK), slug="change"),
        Said(plainly(do="pause"), slug="pause"),
        Said(plainly(do="resume"), "silent", "resume"),
        *(Said(plainly(do=name), slug=name) for name in ("rotate", "revoke", "send_test", "resend_failed")),
    ),
    "back_office:decide": (Said(slug="commit"), Said(slug="abandon")),
    "back_office:figure": (
        Said(plainly(do="set", **NEW_VALUE), slug="set"),
        Said(plainly(do="draft", **NEW_VALUE), slug="draft"),
    ),
    "back_office:places": (
        Said(_new_store, slug="open_store"),
        Said(lambda scene: {"do": "add_bin", "store": scene.bin.store_id, "code": "B-9"}, slug="add_bin"),
        Said(lambda scene: {"do": "add_till", "unit": scene.shop.unit.pk, "code": "T9"}, slug="add_till"),
    ),
}


def _of_prices(scene: Scene, route: str, at: str) -> str:
    listed = scene.leaflet if route == "back_office:leaflet_paper" else scene.price_lists.get(at, scene.prices)
    return str(listed.number)


def _row(row: Callable[[Scene], int]) -> Key:
    return lambda scene, _route, _at: row(scene)


def _rows(**rows: Callable[[Scene], int]) -> dict[str, Key]:
    """The routes whose key is the same row, wherever the job stands."""
    return {f"back_office:{name}": _row(row) for name, row in rows.items()}


NUMBERS: Mapping[str, Key] = {
    "back_office:*": _of_prices,
    "back_office:messages_of_order": lambda scene, _route, at: scene.order(at).number,
    "back_office:person": lambda scene, _route, at: person(scene, at),
    "back_office:propose_refund": lambda scene, _route, at: scene.bill(at).number,
    **dict.fromkeys(
        ("back_office:paper*", "back_office:purchase_file", "back_office:supplier*"),
        lambda scene, route, at: purchases.number(scene, at, route=route),
    ),
}
KEYS: Mapping[str, Key] = {
    "list_view": lambda scene, _route, _at: _kept_view(scene),
    "back_office:webhook": lambda scene, _route, at: (scene.silent if at == "silent" else scene.hook).pk,
    **_rows(
        adopt=lambda scene: scene.draft.pk,
        drop=lambda scene: scene.draft.pk,
        wall_photo=lambda scene: scene.proof.pk,
        resend=lambda scene: scene.stuck.pk,
        file=lambda scene: scene.file.pk,
        decide=lambda scene: scene.file.pk,
        end_role=lambda scene: scene.grant.pk,
        item=lambda scene: scene.work_check.pk,
        end_item=lambda scene: scene.work_check.pk,
        revoke=lambda scene: scene.key.pk,
        webhook_message=lambda scene: scene.told.pk,
        webhook_resend=lambda scene: scene.told.pk,
        remove_line=lambda scene: scene.price.pk,
    ),
}
