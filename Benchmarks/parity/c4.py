#!/usr/bin/env python3
"""Compares C4's page and line rules with TensorFlow Datasets' own code, document by document.

    Benchmarks/parity/c4.py --cuvee .build/release/cuvee --data $CUVEE_TESTDATA

README.md beside this file says what is compared. Ends with 1 where any document differs.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILTER = HERE.parents[1] / "Filters" / "c4-lines.yaml"


def in_venv(folder):
    """Makes the virtual environment of the pinned references and goes on inside it."""
    python = folder / "bin" / "python"
    requirements = HERE / "requirements-c4.txt"
    stamp = folder / requirements.name
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        subprocess.check_call([sys.executable, "-m", "venv", str(folder)])
        pip = [str(python), "-m", "pip", "install", "-q"]
        # TensorFlow Datasets without what it needs: one of its files is all that is loaded.
        subprocess.check_call([*pip, "--no-deps", "-r", str(requirements)])
        subprocess.check_call([*pip, "--no-warn-conflicts", "click", "joblib", "regex", "tqdm"])
        stamp.write_text(requirements.read_text())
    if Path(sys.prefix).resolve() != folder.resolve():
        os.execv(python, [str(python), *sys.argv])


def documents(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)["text"]


def seen_lines(document):
    """The reasons of the lines up to the one at which the document is dropped."""
    reasons = []
    for line in document["lines"]:
        if not line["kept"] and line["reason"] in (None, document["reason"]):
            break
        reasons.append(line["reason"])
    return reasons


def compare(arguments, reference, name, path):
    started = os.times()
    found = subprocess.run(
        [arguments.cuvee, "filter", str(path), "--with", str(FILTER), "--json", "--workers", "1"],
        stdout=subprocess.PIPE, check=True,
    ).stdout.split(b"\n")[:-1]  # fmt: skip
    ended = os.times()
    shown = ended.children_user + ended.children_system
    shown -= started.children_user + started.children_system
    count = size = wrong = kept = lines = 0
    begin = time.process_time()
    for number, text in enumerate(documents(path)):
        reason, clean, reasons = reference.clean(text)
        ours = json.loads(found[number])
        count += 1
        size += len(text.encode())
        kept += reason is None
        lines += len(reasons)
        same = ours["kept"] == (reason is None) and ours["reason"] == reason
        same = same and ours["text"] == clean and seen_lines(ours) == reasons
        if not same:
            wrong += 1
            if wrong <= arguments.show:
                print(f"  {text[:300]!r}\n    wanted {reason} {clean!r:.300} {reasons[:40]}")
                print(f"    got    {ours['reason']} {ours['text']!r:.300} {seen_lines(ours)[:40]}")
    seconds = time.process_time() - begin
    if count != len(found):
        sys.exit(f"{name}: {count} documents, {len(found)} in the output")
    print(
        f"{name}: {count} documents, {size / 1e6:.1f} MB, {kept} kept, {lines} lines, {wrong} "
        f"differ; reference {size / 1e6 / seconds:.2f} MB per CPU-second, with every line shown "
        f"{size / 1e6 / shown:.1f}",
        flush=True,
    )
    return wrong


def compare_sentences(arguments, reference, name, path):
    """Sentences of all lines of each document: a filter that wants more than there can be says how
    many there are."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as count:
        count.write("name: count\nsteps: [{ minimum-sentences: { minimum: 1000000000 } }]\n")
        count.flush()
        found = subprocess.run(
            [arguments.cuvee, "filter", str(path), "--with", count.name, "--json"],
            stdout=subprocess.PIPE, check=True,
        ).stdout.split(b"\n")[:-1]  # fmt: skip
    lines = total = wrong = 0
    for number, text in enumerate(documents(path)):
        counts = [reference.sentences(line.strip()) for line in text.splitlines()]
        lines += len(counts)
        total += sum(counts)
        ours = json.loads(found[number])["value"]
        if ours != sum(counts):
            wrong += 1
            if wrong <= arguments.show:
                print(f"  {text[:300]!r}\n    wanted {sum(counts)}, got {ours}")
    print(f"{name}: {total} sentences in {lines} lines, {wrong} documents differ", flush=True)
    return wrong


def speed(arguments, path):
    """CPU seconds of filtering with reading, and of reading with a filter that does nothing: the
    medians of seven runs of each, in turn."""

    def seconds(filter_path):
        started = os.times()
        command = [arguments.cuvee, "filter", str(path), "--with", str(filter_path)]
        subprocess.run(
            [*command, "--summary", "--workers", "1"], stdout=subprocess.DEVNULL, check=True
        )
        ended = os.times()
        spent = ended.children_user + ended.children_system
        return spent - started.children_user - started.children_system

    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as nothing:
        nothing.write("name: nothing\nsteps: [{ maximum-characters: { maximum: 1000000000 } }]\n")
        nothing.flush()
        size = sum(len(text.encode()) for text in documents(path)) / 1e6
        runs = [(seconds(FILTER), seconds(nothing.name)) for _ in range(7)]
        whole, reading = (statistics.median(column) for column in zip(*runs))
    print(
        f"{Path(path).name}: {size:.1f} MB of text; reading and filtering {size / whole:.0f} MB per "
        f"CPU-second, reading alone {size / reading:.0f}, filtering alone "
        f"{size / max(1e-9, whole - reading):.0f}",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuvee", help="the release binary")
    parser.add_argument("--data", default=os.environ.get("CUVEE_TESTDATA"), help="unpacked data")
    parser.add_argument("--corpus", nargs="*", default=["bench_en.jsonl", "bench_mixed.jsonl"])
    parser.add_argument("--made", type=int, default=50_000, help="pages made up, besides")
    parser.add_argument("--show", type=int, default=5, help="differences to print in full")
    parser.add_argument("--speed", action="store_true", help="measure the speed and nothing else")
    parser.add_argument("--golden", action="store_true", help="write the fixtures of the tests")
    parser.add_argument("--venv", type=Path, default=Path.home() / ".cache/cuvee-parity/venv-c4")
    arguments = parser.parse_args()
    in_venv(arguments.venv)

    from c4_reference import Reference
    from c4_texts import c4_texts, punkt_texts

    reference = Reference()
    if arguments.golden:
        from c4_golden import golden

        golden(reference)
        return
    if not arguments.cuvee or not arguments.data:
        parser.error("give --cuvee, and --data or set CUVEE_TESTDATA")
    wrong = 0
    if arguments.speed:
        for corpus in arguments.corpus:
            speed(arguments, Path(arguments.data) / corpus)
        return
    for name, texts, check in (
        ("made up pages", c4_texts, compare),
        ("made up sentences", punkt_texts, compare_sentences),
    ):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            # A record without any text is no document.
            for number, text in enumerate(text for text in texts(7, arguments.made) if text):
                file.write(json.dumps({"id": str(number), "text": text}) + "\n")
            file.flush()
            wrong += check(arguments, reference, name, file.name)
    for corpus in arguments.corpus:
        wrong += compare(arguments, reference, corpus, Path(arguments.data) / corpus)
        wrong += compare_sentences(arguments, reference, corpus, Path(arguments.data) / corpus)
        speed(arguments, Path(arguments.data) / corpus)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
