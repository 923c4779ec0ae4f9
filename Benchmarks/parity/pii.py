#!/usr/bin/env python3
"""Holds `Filters/fineweb-pii.yaml` against datatrove 0.10.1's PIIFormatter, document by document.

    ~/venv/bin/python Benchmarks/parity/pii.py .build/release/cuvee FILE.jsonl ... [--hostile N]
    ~/venv/bin/python Benchmarks/parity/pii.py - --golden Tests/FiltersTests/Fixtures/pii.jsonl

The virtual environment is that of `heuristics.py`, with Python 3.11: what a public address is changed later. Each
document gets a formatter of its own, because datatrove uses its replacements in turn over documents and Cuvee over
those of one document. `--hostile N` adds N texts of parts of addresses in any order.
"""

import argparse
import json
import random
import sys

from cuvee_filter import judge, read_texts
from datatrove.pipeline.formatters.pii import PIIFormatter

PARTS = """a b9 ann.lee x-y _z é 日 ٣ . .. - -- @ @ @ example.com x.org mail.co.uk a.b a- -b [ ] [1.2.3.4] [1.2.3.a-b:]
 [1.2.3.256] : ! # '~ `a ( ) < > , ; \n 0 1 9 10 25 99 100 199 249 250 255 256 300 999 01 000 8.8.8.8 10.0.0.1 127.0.0.1
 192.168.1.1 172.15.0.1 172.16.0.1 172.31.9.9 172.32.0.1 192.0.0.7 192.0.0.8 192.0.0.170 192.0.0.172 192.0.2.1 198.17.0.1
 198.18.0.1 198.20.0.1 198.51.100.9 203.0.113.5 203.0.114.5 224.0.0.1 239.9.9.9 240.0.0.1 255.255.255.255 100.63.0.1
 100.64.0.1 100.127.9.9 100.128.0.1 169.253.0.1 169.254.0.1 0.1.2.3 1.0.0.1 1.2.3 1.2.3.4.5 1.2.3.4.5.6.7.8.9""".split(" ")


def hostile(count, seed=5):
    draw = random.Random(seed)
    for _ in range(count):
        text = ""
        for _ in range(draw.randint(1, 14)):
            text += draw.choice(PARTS).strip("\n") + draw.choice(["", "", "", " ", ".", "@", "\n"])
        yield text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cuvee")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--golden")
    arguments = parser.parse_args()
    if arguments.golden:
        with open(arguments.golden, "w", encoding="utf-8") as file:
            for text in hostile(600, seed=6):
                row = {"text": text, "expected": PIIFormatter().format(text)}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return 0
    texts = [text for text in list(hostile(arguments.hostile)) + read_texts(arguments.files) if text]
    wrong = changed = 0
    for text, row in zip(texts, judge(arguments.cuvee, texts, "Filters/fineweb-pii.yaml")):
        wanted = PIIFormatter().format(text)
        changed += wanted != text
        if row["text"] != wanted:
            wrong += 1
            if wrong <= 10:
                print(f"{text!r}\n  datatrove {wanted!r}\n  cuvee     {row['text']!r}")
    print(f"{len(texts)} documents, {changed} changed; {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
