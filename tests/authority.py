"""A certification authority on loopback: real OCSP, CRL and time-stamping services for tests."""

from __future__ import annotations

import datetime
import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from asn1crypto import pem
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

#: Of every key file that the authority gives out.
PASSWORD = "пароль"  # noqa: S105 - of a key made for one run

#: Signatures by RSA with SHA-256 and by ECDSA on P-256: what signers and services both use.
ALGORITHMS = ("rsa", "ecdsa")

#: Who has certificates, and what stands in them besides the common name.
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "root": {"common-name": "Корінь", "organization-name": "Випробний центр"},
    "issuer": {"common-name": "Випробний КНЕДП", "organization-name": "Випробний центр"},
    "ocsp": {"common-name": "OCSP", "organization-name": "Випробний центр"},
    "tsa": {"common-name": "Позначки часу", "organization-name": "Випробний центр"},
    "head": {
        "common-name": "Краснопір Вікторія Іванівна",
        "surname": "Краснопір",
        "given-name": "Вікторія Іванівна",
        "title": "директор департаменту",
        "organization-name": "Департамент соціальної політики",
        "organization-identifier": "NTRUA-03192737",
        "serial-number": "TINUA-2345678901",
    },
    "deputy": {
        "common-name": "Шевченко Петро Васильович",
        "title": "заступник міського голови",
        "organization-name": "Виконавчий комітет",
        "organization-identifier": "NTRUA-04053625",
    },
    "seal": {
        "common-name": "Житомирська міська рада",
        "organization-name": "Житомирська міська рада",
        "organization-identifier": "NTRUA-13576954",
    },
    "expired": {"common-name": "Прострочений Іван"},
    "future": {"common-name": "Дочасний Іван"},
    "revoked": {"common-name": "Відкликаний Іван"},
}
#: Signers whose certificates are good today.
SOUND = ("head", "deputy", "seal")


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority with all its services; ``url`` is where they answer."""

    folder: Path
    url: str
    store: PKIArchitecture

    def pfx(self, who: str) -> Path:
        """Return the PKCS#12 file of a signer, closed by ``PASSWORD``."""
        path = self.folder / f"{who}.p12"
        if not path.exists():
            label = CertLabel(who)
            path.write_bytes(self.store.package_pkcs12(label, password=PASSWORD.encode()))
        return path

    def certificate(self, who: str) -> bytes:
        """Return a certificate, DER."""
        return bytes(self.store.get_cert(CertLabel(who)).dump())

    def key(self, who: str) -> bytes:
        """Return a private key, PKCS#8 DER."""
        key = self.store.key_set.get_private_key(who)
        return bytes(key.dump())

    @property
    def root(self) -> Path:
        """The root's certificate as a PEM file: what a council would trust."""
        path = self.folder / "root.pem"
        if not path.exists():
            path.write_bytes(pem.armor("CERTIFICATE", self.certificate("root")))
        return path

    @property
    def time_stamps(self) -> str:
        """The address of the time-stamping service."""
        return f"{self.url}/{self.store.arch_label}/tsa/tsa"


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None: ...


@contextmanager
def running(folder: Path, algorithm: str = "ecdsa") -> Iterator[Authority]:
    """Run an authority in a thread of this process; all it gives out is written to ``folder``."""
    with make_server("127.0.0.1", 0, None, _Server, _Silent) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        config = CertomancerConfig(
            _configuration(folder, algorithm), key_search_dir=str(folder), external_url_prefix=url
        )
        store = config.get_pki_arch(ArchLabel(algorithm))
        server.set_app(Animator(AnimatorArchStore(config.pki_archs), with_web_ui=False))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield Authority(folder, url, store)
        finally:
            server.shutdown()


def _configuration(folder: Path, algorithm: str) -> dict[str, Any]:
    for name in SUBJECTS:
        (folder / f"{name}.key").write_bytes(
            _new_key(algorithm).private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    return {
        "keysets": {"all": {"keys": {name: {"path": f"{name}.key"} for name in SUBJECTS}}},
        "pki-architectures": {
            algorithm: {
                "keyset": "all",
                "entity-defaults": {"country-name": "UA"},
                "entities": {name: dict(subject) for name, subject in SUBJECTS.items()},
                "certs": _certificates(),
                "services": _SERVICES,
            }
        },
    }


def _new_key(algorithm: str) -> PrivateKeyTypes:
    if algorithm == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


def _certificates() -> dict[str, Any]:
    of_root = {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["root"]}},
    }
    of_issuer = [
        {
            "id": "crl_distribution_points",
            "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["issuer"]}},
        },
        {
            "id": "authority_information_access",
            "smart-value": {
                "schema": "aia-urls",
                "params": {
                    "ocsp-responder-names": ["issuer"],
                    "ca-issuer-links": [{"repo": "issuer", "include-repo-authority": True}],
                },
            },
        },
    ]
    signing = [_usage("digital_signature", "non_repudiation"), *of_issuer]
    certificates: dict[str, Any] = {
        "root": {
            "subject": "root",
            "subject-key": "root",
            "issuer": "root",
            "authority-key": "root",
            "validity": _between(-10, 20),
            "extensions": [_authority(), _usage("key_cert_sign", "crl_sign")],
        },
        "issuer": {
            "issuer": "root",
            "validity": _between(-9, 15),
            "extensions": [_authority(), _usage("key_cert_sign", "crl_sign"), of_root],
        },
        "ocsp": {
            "issuer": "issuer",
            "validity": _between(-8, 10),
            "extensions": [
                _usage("digital_signature"),
                {"id": "extended_key_usage", "critical": True, "value": ["ocsp_signing"]},
                {"id": "ocsp_no_check"},
            ],
        },
        "tsa": {
            "issuer": "root",
            "validity": _between(-8, 8),
            "extensions": [
                _usage("digital_signature"),
                {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]},
                of_root,
            ],
        },
    }
    validity = {"expired": (-3, -1), "future": (1, 3)}
    for name in (*SOUND, "expired", "future", "revoked"):
        certificates[name] = {
            "issuer": "issuer",
            "validity": _between(*validity.get(name, (-1, 2))),
            "extensions": signing,
        }
    certificates["revoked"]["revocation"] = {
        "revoked-since": _at(-0.5),
        "reason": "key_compromise",
    }
    return certificates


_SERVICES: Mapping[str, Any] = {
    "ocsp": {"issuer": {"for-issuer": "issuer", "responder-cert": "ocsp", "signing-key": "ocsp"}},
    "crl-repo": {
        one: {"for-issuer": one, "signing-key": one, "simulated-update-schedule": "P30D"}
        for one in ("root", "issuer")
    },
    "cert-repo": {
        one: {"for-issuer": one, "publish-issued-certs": True} for one in ("root", "issuer")
    },
    "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
}


def _authority() -> dict[str, Any]:
    return {"id": "basic_constraints", "critical": True, "value": {"ca": True}}


def _usage(*bits: str) -> dict[str, Any]:
    value = {"schema": "key-usage", "params": list(bits)}
    return {"id": "key_usage", "critical": True, "smart-value": value}


def _between(first: float, last: float) -> dict[str, str]:
    """Return a validity, in years from today."""
    return {"valid-from": _at(first), "valid-to": _at(last)}


def _at(years: float) -> str:
    today = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return (today + datetime.timedelta(days=round(365 * years))).isoformat()
