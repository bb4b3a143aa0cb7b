"""What is kept as a proof, or so that the house knows where it stands: pictures, signatures, keys, marks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from guiju.kernel.constraints import AppendOnly, Never


class Evidence(models.Model):
    """A photograph or a signature that was kept: decoded, written anew, and named by what is in it.

    size            bytes
    width, height   pixels
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=40)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    unit_id = models.BigIntegerField(null=True, db_index=True)
    kept_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [AppendOnly(name="evidence_is_never_changed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class AskedSignature(models.Model):
    """Somebody is asked to sign exactly this, on a page of their own; signed once, and put under one thing once.

    content       what the page shows, in the signer's language
    link_digest   of the page's address, which is kept nowhere
    source        A09
    """

    purpose = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200)
    unit_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    link_digest = models.CharField(max_length=64)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signer_name = models.CharField(max_length=80, blank=True)
    signature = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    taken_key = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "purpose"], name="asked_signature_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["link_digest"], name="asked_signature_link_is_unique"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signature__isnull=True)
                | Q(signed_at__isnull=False, signature__isnull=False, signed_at__gte=F("asked_at")),
                name="asked_signature_given_has_its_drawing",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_key__isnull=True)
                | Q(taken_at__gte=F("signed_at"), taken_key__isnull=False),
                name="asked_signature_is_given_before_it_is_taken",
            ),
            AppendOnly(
                name="asked_signature_shows_what_it_showed",
                may_change=["expires_at", "signed_at", "signer_name", "signature", "taken_at", "taken_key"],
            ),
            Never(
                name="asked_signature_is_given_and_taken_once",
                when="OLD.signed_at IS NOT NULL AND (NEW.signature_id <> OLD.signature_id OR NEW.signed_at <> OLD.signed_at)"
                " OR OLD.taken_at IS NOT NULL AND (NEW.taken_at IS NULL OR NEW.taken_at <> OLD.taken_at)"
                " OR NEW.expires_at > OLD.expires_at",
                events=["UPDATE"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_label}"


class OnceKey(models.Model):
    """A request that was answered: the same request gets the same answer, and nothing happens twice.

    owner    whose key it is: two people may choose the same key
    answer   as text, because PostgreSQL's JSON forgets the order of keys and a replay must be equal to the byte
    """

    owner = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    what = models.CharField(max_length=80)
    body_digest = models.CharField(max_length=64)
    answer = models.TextField()
    # The database's own clock: it only tells the night shift which keys are old, and no rule reads it.
    kept_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="once_key_by_age")]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="once_key_belongs_to_one_request")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"


class Beat(models.Model):
    """When a worker last told that it lives."""

    worker = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Edition(models.Model):
    """Which edition of all remembered lists stands: a chance mark, put anew by every write into one of them (kernel.remembered)."""

    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark


class SealKey(models.Model):
    """A public key by which seals of ours are checked (kernel.sealing); it stays when the installation's secret changes."""

    mark = models.CharField(max_length=8, unique=True)
    public = models.CharField(max_length=64)
    # The database's own clock: no rule reads it.
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [AppendOnly(name="seal_key_stays_published")]

    def __str__(self) -> str:
        return self.mark
