#!/usr/bin/env python3
"""Writes the expected values of Tests/FiltersTests/Fixtures from C4's and NLTK's own code.

    Benchmarks/parity/c4.py --golden
"""

import json
from pathlib import Path

from c4_texts import c4_texts, punkt_texts

FIXTURES = Path(__file__).resolve().parents[2] / "Tests" / "FiltersTests" / "Fixtures"


def write(name, rows):
    FIXTURES.mkdir(exist_ok=True)
    with open(FIXTURES / name, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, separators=(",", ":")) + "\n")


def golden(reference):
    """Small: for every build. `c4.py` compares many more."""
    write(
        "punkt.jsonl",
        ({"text": t, "sentences": reference.sentences(t)} for t in punkt_texts(1, 350)),
    )
    pages = []
    for text in c4_texts(1, 120):
        if len(text) < 4000:
            reason, clean, lines = reference.clean(text)
            pages.append({"text": text, "reason": reason, "clean": clean, "lines": lines})
    write("c4.jsonl", pages)
