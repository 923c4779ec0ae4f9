"""Reads built outputs with MosaicML Streaming and compares them with what `cuvee cat` prints.

    read_outputs.py CUVEE OUT...

Every phase's folder is opened, and the output as a whole, as a trainer would: in the order of the
index, compressed shards checked with xxh64. All rows must be equal, in the same order.
"""

import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from streaming import StreamingDataLoader, StreamingDataset
from streaming.base.util import clean_stale_shared_memory

BATCH = 4


class Mismatch(Exception):
    """The client and Cuvee do not say the same."""


def link_tree(source, target):
    """Links the files that a client opens into an empty folder.

    The client inflates shards beside the compressed ones; an output stays as it was built.
    """
    for folder, _, names in os.walk(source):
        for name in names:
            if name == "index.json" or name.endswith(".mds.zstd"):
                path = os.path.join(folder, name)
                link = os.path.join(target, os.path.relpath(path, source))
                os.makedirs(os.path.dirname(link), exist_ok=True)
                os.symlink(os.path.abspath(path), link)


def cat(cuvee, output, first, end):
    """The rows from `first` to before `end`, as `cuvee cat` prints them."""
    command = [cuvee, "cat", output, "--rows", f"{first}..{end}", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode != 0:
        raise Mismatch(f"{' '.join(command)} ended with {process.returncode}")


def open_dataset(local, remote=None):
    """A data set opened as a trainer that wants Cuvee's own order opens it."""
    clean_stale_shared_memory()
    return StreamingDataset(
        local=local, remote=remote, shuffle=False, num_canonical_nodes=1, batch_size=BATCH,
        validate_hash="xxh64")


def compare(sample, expected, first, names, place):
    """Compares a client's row with Cuvee's."""
    if expected["row"] != first:
        raise Mismatch(f"{place}: cat printed row {expected['row']} where {first} was due")
    if int(sample["row"]) != first:
        raise Mismatch(f"{place}: the client gives row {int(sample['row'])} where {first} was due")
    source = int(sample["source"])
    if source != expected["source_index"] or names[source] != expected["source"]:
        raise Mismatch(f"{place}: row {first} is of {expected['source']}, the client says {source}")
    if not np.array_equal(np.asarray(sample["tokens"], np.int64), expected["tokens"]):
        raise Mismatch(f"{place}: row {first}: other tokens")


def read_all(dataset, cuvee, output, first, rows, names, place):
    """Compares every row, in the order of the client's iterator; returns the rows by source."""
    if len(dataset) != rows:
        raise Mismatch(f"{place}: the client has {len(dataset)} rows, the manifest {rows}")
    counts = [0] * len(names)
    expected = cat(cuvee, output, first, first + rows)
    number = first
    for sample in dataset:
        row = next(expected, None)
        if row is None:
            raise Mismatch(f"{place}: cat ends before row {number}")
        compare(sample, row, number, names, place)
        counts[int(sample["source"])] += 1
        number += 1
    if number != first + rows or next(expected, None) is not None:
        raise Mismatch(f"{place}: {number - first} rows of {rows}, or more in cat")
    return counts


def read_batches(dataset, first, rows, place):
    """Checks that with two workers batch k still is slice k of the order."""
    loader = StreamingDataLoader(dataset, batch_size=BATCH, num_workers=2)
    number = first
    for batch in loader:
        for row in batch["row"].tolist():
            if row != number:
                raise Mismatch(f"{place}: with two workers, row {row} where {number} was due")
            number += 1
    if number != first + rows:
        raise Mismatch(f"{place}: with two workers, {number - first} rows of {rows}")


def check(cuvee, output, scratch):
    """Reads one output in every way."""
    with open(os.path.join(output, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    names = [source["name"] for source in manifest["sources"]]
    local = os.path.join(scratch, "local")
    link_tree(output, local)
    total = 0
    for phase in manifest["phases"]:
        place = os.path.join(output, phase["folder"])
        dataset = open_dataset(os.path.join(local, phase["folder"]))
        counts = read_all(
            dataset, cuvee, output, phase["first_row"], phase["rows"], names, place)
        stated = {share["name"]: share["rows"] for share in phase["sources"]}
        if {n: c for n, c in zip(names, counts) if c} != {n: c for n, c in stated.items() if c}:
            raise Mismatch(f"{place}: rows by source {counts}, the manifest says {stated}")
        print(f"{place}: {phase['rows']} rows equal", flush=True)
        total += phase["rows"]
    dataset = open_dataset(local)
    read_all(dataset, cuvee, output, 0, total, names, output)
    print(f"{output}: {total} rows of all phases equal", flush=True)
    read_batches(open_dataset(local), 0, total, output)
    print(f"{output}: batches in the same order with two workers", flush=True)
    # As from an object store: the shards are copied, subfolders and all, then inflated.
    dataset = open_dataset(os.path.join(scratch, "copy"), remote=os.path.abspath(output))
    read_all(dataset, cuvee, output, 0, total, names, output)
    print(f"{output}: {total} rows equal when copied from elsewhere", flush=True)


def main():
    """Checks each output; exit code 1 when one differs."""
    cuvee, outputs = sys.argv[1], sys.argv[2:]
    for output in outputs:
        with tempfile.TemporaryDirectory(prefix="cuvee-clients-") as scratch:
            try:
                check(cuvee, output, scratch)
            except Mismatch as error:
                print(f"error: {error}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
