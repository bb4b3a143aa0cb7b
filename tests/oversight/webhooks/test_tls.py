"""The address is ours to choose, the certificate must be the name's: by TLS to a given address under a given name."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from guiju.oversight.webhooks import actions as webhooks
from tests.oversight.webhooks.receiver import Receiver, listening

ALLOWED = ["127.0.0.0/8"]


def _a_certificate(folder: Path, name: str) -> Path:
    """A certificate of that name, signed by itself, with its key in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return file


@pytest.fixture
def hook_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver on this machine whose certificate says hook.example; every name here means this machine."""
    file = _a_certificate(tmp_path, "hook.example")
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(file)
    begin = ThreadingHTTPServer.server_bind

    def bind(server: Any) -> None:
        begin(server)
        server.socket = served.wrap_socket(server.socket, server_side=True)

    monkeypatch.setattr(ThreadingHTTPServer, "server_bind", bind)
    monkeypatch.setattr(ThreadingHTTPServer, "handle_error", lambda *_: None)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _host, port, *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
    )
    with listening() as receiver:
        yield receiver


@pytest.mark.shows("T26", "M06")
def test_the_certificate_must_be_the_names_and_not_the_addresses(
    hook_example: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def post(host: str) -> webhooks.Answer:
        return webhooks.post(f"https://{host}:{hook_example.port}/x", headers={}, body=b"{}", allow=ALLOWED)

    right = post("hook.example")
    assert (right.status, right.address) == (200, "127.0.0.1"), right.says
    assert hook_example.got[0].headers["host"] == f"hook.example:{hook_example.port}"
    for wrong in ("other.example", "127.0.0.1"):
        assert "certificate" in post(wrong).says.lower(), wrong
    # Whoever signed it must be known as well.
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate" in post("hook.example").says.lower()
    assert len(hook_example.got) == 1
