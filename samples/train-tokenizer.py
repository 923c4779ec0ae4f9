#!/usr/bin/env python3
"""Trains samples/tokenizer.json on the texts of this folder.

    python3 -m venv .venv-samples && .venv-samples/bin/pip install tokenizers==0.23.3
    .venv-samples/bin/python samples/train-tokenizer.py

The same texts and the same version give the same file. A change of the file changes every token of the
demo, and with it the figures that tests expect, so train again only when the texts change.
"""
import gzip
import json
import pathlib

import tokenizers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

VERSION = "0.23.3"
ENTRIES = 4096
FOLDER = pathlib.Path(__file__).parent


def records(lines):
    """The objects of a JSONL file; a line that is none is left out, as the reader does."""
    for line in lines:
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue


def texts():
    """Every text once, in a fixed order."""
    with open(FOLDER / "articles.jsonl", encoding="utf-8") as plain:
        yield from (record["text"] for record in records(plain) if record["text"] is not None)
    with gzip.open(FOLDER / "articles-2.jsonl.gz", "rt", encoding="utf-8") as compressed:
        yield from (record["text"] for record in records(compressed))
    for line in (FOLDER / "cot.tsv").read_text(encoding="utf-8").splitlines():
        yield line.replace("\\n", "\n").replace("\t", "\n")
    for path in sorted((FOLDER / "p3").glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            yield from (record["prompt"] + str(record["completion"]) for record in records(file))
    for path in sorted((FOLDER / "ni").glob("*.json")):
        task = json.loads(path.read_text(encoding="utf-8"))
        definition = task["Definition"]
        yield definition if isinstance(definition, str) else "\n".join(definition)
        for instance in task["Instances"]:
            output = instance["output"]
            yield f"Input: {instance['input']}\nOutput: {output if isinstance(output, str) else output[0]}"
    for path in sorted((FOLDER / "notes").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def main():
    if tokenizers.__version__ != VERSION:
        raise SystemExit(f"train-tokenizer: needs tokenizers=={VERSION}, this is {tokenizers.__version__}")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=ENTRIES,
        min_frequency=2,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(), trainer)
    tokenizer.save(str(FOLDER / "tokenizer.json"))


if __name__ == "__main__":
    main()
