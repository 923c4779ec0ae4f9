#!/usr/bin/env python3
"""Writes golden-pieces.json of Tests/TokenizersTests: where the patterns cut hard texts.

    python3 -m venv ~/venv && ~/venv/bin/pip install -r Benchmarks/parity/requirements.txt regex
    ~/venv/bin/python Scripts/generate-piece-fixtures.py

The cuts come from the `regex` module, which tiktoken's own reference encoder uses, and where Hugging
Face's engine reads an expression in the same way, that must agree. Texts keep to characters that all
Unicode versions class alike.
"""

import importlib.util
import json
import random
import sys
from pathlib import Path

import regex
from tokenizers import Regex, pre_tokenizers

ROOT = Path(__file__).resolve().parent.parent
SPEC = importlib.util.spec_from_file_location("parity", ROOT / "Benchmarks/parity/tokenizers.py")
parity = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(parity)

WORD = r"""[^\r\n\p{L}\p{N}]?"""
UPPER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
LOWER = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
SUFFIX = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
REST = r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
SLASHES = REST.replace(r"[\r\n]*", r"[\r\n/]*", 1)
PATTERNS = {
    "gpt2": r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s",
    "cl100k": r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s",
    "llama3": rf"{SUFFIX}|{WORD}\p{{L}}+|\p{{N}}{{1,3}}|{REST}",
    "qwen2": rf"{SUFFIX}|{WORD}\p{{L}}+|\p{{N}}|{REST}",
    "o200k": rf"{WORD}{UPPER}*{LOWER}+{SUFFIX}?|{WORD}{UPPER}+{LOWER}*{SUFFIX}?|\p{{N}}{{1,3}}|{SLASHES}",
    "tekken": rf"{WORD}{UPPER}*{LOWER}+|{WORD}{UPPER}+{LOWER}*|\p{{N}}|{SLASHES}",
}
ALPHABET = (
    "  \n\r\t'sSdtTrevmlL/!-1234567aBcDé\u0301\u00df\u017f\u4e2d\u3000\u00a0\u0660\u01c5\u02b0\u2019\U0001f600\ufe0f"
)


def texts():
    rng = random.Random(5)
    result = [t for t in parity.contexts() if t]
    result = [t for t in result[:10]] + rng.sample(result, 700)
    result += ["a\n  ", "a \n \n  ", "!\n\n  x", "!\n \n x", "!/\n/x", "!\n/!!", "a  \n", " !abc", "!!abc"]
    result += ["HTTPServer fooBar \u4e2dABC \u4e2dAbc \u00aaA", "\u0301ABC", "\u0301Abc", " !\u0301a", "!!\u0301a", "a's's's"]
    result += ["It'S 'LLx 'ſx a'ſb I'VE 're", "x" * 70 + "'s" + " " * 70 + "\n" + " " * 70 + "y", "1234567890 12"]
    for length in (8, 8, 8, 14, 30, 80):
        result += ["".join(rng.choice(ALPHABET) for _ in range(length)) for _ in range(160)]
    return result


def cut(pattern, text):
    pieces = regex.findall(pattern, text)
    if "".join(pieces) != text:
        sys.exit(f"{pattern} leaves something out of {text!r}")
    return pieces


def main():
    samples = texts()
    pieces = {}
    for name, pattern in PATTERNS.items():
        found = [cut(pattern, text) for text in samples]
        if "++" not in pattern:
            split = pre_tokenizers.Split(Regex(pattern), "isolated")
            for text, mine in zip(samples, found):
                theirs = [text[a:b] for _, (a, b) in split.pre_tokenize_str(text)]
                if theirs != mine:
                    sys.exit(f"{name}: {text!r}: {mine} but tokenizers has {theirs}")
        pieces[name] = [[len(p.encode()) for p in row] for row in found]
    golden = {"texts": samples, "regexes": PATTERNS, "pieces": pieces}
    text = json.dumps(golden, ensure_ascii=True, separators=(",", ":"))
    (ROOT / "Tests/TokenizersTests/Fixtures/golden-pieces.json").write_text(text + "\n")
    print(f"{len(samples)} texts, {len(text)} bytes")


main()
