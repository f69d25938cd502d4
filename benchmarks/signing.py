"""Signing beside bare pyHanko: the same file, key and services, in turns; and many files in one go.

``python benchmarks/signing.py [--runs 9] [--files 500]``: needs the environment of the tests, whose
certification authority on loopback gives keys, time-stamps and answers on revocation.
"""

from __future__ import annotations

import argparse
import datetime
import io
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from authority import PASSWORD, Authority, running  # noqa: E402
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: E402
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter  # noqa: E402
from pyhanko.sign.signers import (  # noqa: E402
    PdfSignatureMetadata,
    PdfSigner,
    SimpleSigner,
)
from pyhanko.sign.timestamps import HTTPTimeStamper  # noqa: E402
from pyhanko.stamp import TextStampStyle  # noqa: E402

from reportgen.build.bench import Plan  # noqa: E402
from reportgen.build.project import find_mark, open_project  # noqa: E402
from reportgen.build.signing import Target, sign_files  # noqa: E402
from reportgen.diagnostics import Span  # noqa: E402
from reportgen.model.council import Official  # noqa: E402
from reportgen.model.signing import Key, KeyFile, Signer, SigningProfile  # noqa: E402
from reportgen.model.verdict import Level  # noqa: E402
from reportgen.sign.fields import add  # noqa: E402
from reportgen.sign.keys import opened  # noqa: E402
from reportgen.sign.laying import lay_out  # noqa: E402
from reportgen.sign.mark import Ink  # noqa: E402
from reportgen.sign.pdf import sign  # noqa: E402
from reportgen.sign.revision import revision_of  # noqa: E402
from reportgen.sign.services import read_roots, time_stamper, trust_in  # noqa: E402
from reportgen.sign.stamping import DIGEST, Services  # noqa: E402
from reportgen.sign.turns import Turn  # noqa: E402
from reportgen.write.fonts import find_typeface  # noqa: E402

HERE = Span("benchmarks/signing.py")
AIM = 1.2


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--pdf", type=Path, default=ROOT / "output/social-protection/2023-h1.pdf")
    options = parser.parse_args()
    data = options.pdf.read_bytes()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as authority:
        print(f"{options.pdf.name}, {len(data) / 1024:.0f} kB, {options.runs} runs, medians\n")
        print("| level | mark | ours, s | pyHanko, s | ratio |\n| --- | --- | ---: | ---: | ---: |")
        for level in Level:
            for mark in (False, True):
                print(_line(data, authority, level, options.runs, mark=mark), flush=True)
        _many(data, authority, options.files, Path(folder))


def _profile(authority: Authority, level: Level, *, mark: bool) -> SigningProfile:
    key = Key("head", KeyFile(authority.pfx("head")), HERE)
    official = Official("krasnopir", "Директор", "Вікторія", "КРАСНОПІР", HERE)
    return SigningProfile("viddil", level, (Signer(key, official),), mark, HERE)


def _line(data: bytes, authority: Authority, level: Level, runs: int, *, mark: bool) -> str:
    """Time both in turns; the first round is not counted."""
    ours, theirs = _ours(data, authority, level, mark=mark), _theirs(data, authority, level, mark)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs + 1):
        for work, kept in zip((ours, theirs), times, strict=True):
            began = time.perf_counter()
            work()
            kept.append(time.perf_counter() - began)
    first, second = (statistics.median(one[1:]) for one in times)
    said = "так" if mark else "ні"
    return f"| {level.value} | {said} | {first:.3f} | {second:.3f} | {first / second:.2f} |"


def _ours(data: bytes, authority: Authority, level: Level, *, mark: bool) -> Callable[[], object]:
    profile = _profile(authority, level, mark=mark)
    ink = Ink.of(find_mark(open_project(ROOT)).encode(), find_typeface())
    stamped = time_stamper(authority.time_stamps, DIGEST)
    services = Services(*stamped, trust_in(read_roots([authority.root])))
    key = profile.signers[0].key
    held = opened(key, lambda _: PASSWORD, datetime.datetime.now(datetime.UTC))
    ready = held.__enter__()

    def work() -> bytes:
        writer = revision_of(data)
        add(writer, lay_out(data, profile, {key.id: ready.certificate}, ink).fields)
        return sign(writer, Turn(profile, 0), ready, services, ink)

    return work


def _theirs(data: bytes, authority: Authority, level: Level, mark: bool) -> Callable[[], object]:  # noqa: FBT001
    """Return the library's own way, as its documentation shows it, with what it can keep kept.

    Its mark is a text in a box that is told, in a font that is not embedded.
    """
    signer = SimpleSigner.load_pkcs12(str(authority.pfx("head")), passphrase=PASSWORD.encode())
    stamper = HTTPTimeStamper(authority.time_stamps)
    trust = trust_in(read_roots([authority.root]))
    evidence = level in {Level.LT, Level.LTA}
    metadata = PdfSignatureMetadata(
        field_name="Signature1",
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=evidence,
        use_pades_lta=level is Level.LTA,
        validation_context=trust if evidence else None,
    )
    box = SigFieldSpec("Signature1", on_page=-1, box=(300, 20, 500, 64)) if mark else None
    work = PdfSigner(
        metadata,
        signer,
        timestamper=None if level is Level.B else stamper,
        stamp_style=TextStampStyle() if mark else None,
        new_field_spec=box,
    )
    return lambda: work.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)))


def _many(data: bytes, authority: Authority, files: int, folder: Path) -> None:
    """Sign many files as the command does, and watch the memory of this process and its workers."""
    sources = folder / "many"
    sources.mkdir()
    for number in range(files):
        (sources / f"{number}.pdf").write_bytes(data)
    profile = _profile(authority, Level.LTA, mark=True)
    plan = Plan(
        profile=profile,
        keys=(profile.signers[0].key,),
        secrets=(PASSWORD,),
        service=authority.time_stamps,
        roots=(authority.root,),
        template=find_mark(open_project(ROOT)).encode(),
        font="",
    )
    targets = [Target(one, folder / "signed" / one.name) for one in sorted(sources.iterdir())]
    began, peaks = time.perf_counter(), []
    for number, outcome in enumerate(sign_files(targets, plan, jobs=2, replace=False), start=1):
        if outcome.fault:
            sys.exit(outcome.fault)
        if number in {files // 10, files}:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    spent = time.perf_counter() - began
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"\n{files} files, B-LTA, 2 processes: {spent:.1f} s, {files / spent:.1f} files/s; memory "
        f"of this process after a tenth and at the end: {peaks[0]} and {peaks[-1]} MB; of the "
        f"largest worker: {workers} MB"
    )


if __name__ == "__main__":
    main()
