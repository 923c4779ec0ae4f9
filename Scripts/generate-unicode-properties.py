#!/usr/bin/env python3
"""Writes the property tables that patterns and Hugging Face components need, as
generate-unicode-tables.py writes those of the GPT-2 pattern: by asking the reference tokenizers.

    ~/venv/bin/python Scripts/generate-unicode-properties.py TOKENIZER_JSON

The file is one whose normalizer begins with a Precompiled charsmap of NFKC, such as a T5's.
"""

import base64
import importlib.util
import json
import sys
from pathlib import Path

from tokenizers import Regex, normalizers, pre_tokenizers

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("tables", HERE / "generate-unicode-tables.py")
tables = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(tables)

CODE_POINTS = tables.CODE_POINTS
CATEGORIES = (
    "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co".split()
)
SCRIPTS = (
    "Han Hiragana Katakana Hangul Latin Cyrillic Greek Arabic Hebrew Thai Devanagari Bengali Tamil"
).split()


def oniguruma_class(pattern):
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    return {c for c in CODE_POINTS if not split.pre_tokenize_str(chr(c))}


def agreed(pattern):
    """What both engines match."""
    result = tables.tiktoken_class(pattern)
    if oniguruma_class(pattern) != result:
        sys.exit(f"the engines disagree about {pattern}")
    return result


def cut_out(pre_tokenizer):
    """The code points that a pre-tokenizer does not leave between two letters."""
    return {c for c in CODE_POINTS if len(pre_tokenizer.pre_tokenize_str(f"a{chr(c)}a")) != 1}


def labelled(sets):
    return [word for name, points in sets for word in (f"{name}:", *tables.ranges(points))]


def lowercase():
    """`first-last>target`: runs that move together, each code point by the same distance."""
    lower = normalizers.Lowercase().normalize_str
    runs, several = [], []
    for c in CODE_POINTS:
        target = lower(chr(c))
        if target == chr(c):
            continue
        if len(target) > 1:
            several.append(f"{c:X}>" + ".".join(f"{ord(x):X}" for x in target))
        elif runs and runs[-1][1] == c - 1 and runs[-1][2] == ord(target) - c:
            runs[-1][1] = c
        else:
            runs.append([c, c, ord(target) - c])
    words = [f"{a:X}-{b:X}>{a + d:X}" if a != b else f"{a:X}>{a + d:X}" for a, b, d in runs]
    return words + several


def compatibility():
    """`C=A.B...` where NFKD differs from NFD. Without C: C + 1."""
    full, canonical = normalizers.NFKD().normalize_str, normalizers.NFD().normalize_str
    words, previous = [], None
    for c in CODE_POINTS:
        target = full(chr(c))
        if target == canonical(chr(c)):
            continue
        key = "" if previous == c - 1 else f"{c:X}"
        words.append(key + "=" + ".".join(f"{ord(x):X}" for x in target))
        previous = c
    return words


def extenders():
    """What stays in a cluster with a letter before it, of at most three bytes: its rule eats them."""
    parts = json.loads(Path(sys.argv[1]).read_text())["normalizer"]
    first = parts["normalizers"][0] if parts["type"] == "Sequence" else parts
    charsmap = base64.b64decode(first["precompiled_charsmap"])
    normalize = normalizers.Precompiled(charsmap).normalize_str
    return {
        c for c in CODE_POINTS if c < 0x10000
        and normalize("\u00aa" + chr(c)) == "a" and normalize(chr(c)) != ""
    }  # fmt: skip


def main():
    tables.check_versions()
    categories = {name: agreed(rf"\p{{{name}}}") for name in CATEGORIES}
    regular = set().union(*(categories[c] for c in "Lu Ll Lt Lm Lo Mn Mc Me Nd Pc".split()))
    words = {"rust": tables.tiktoken_class(r"\w"), "oniguruma": oniguruma_class(r"\w")}
    if any(regular - points for points in words.values()):
        sys.exit(r"\w lacks letters, marks, decimal digits or connectors")
    accents = normalizers.StripAccents().normalize_str
    components = [
        ("punctuation", cut_out(pre_tokenizers.Punctuation())),
        ("digits", cut_out(pre_tokenizers.Digits())),
        ("extenders", extenders()),
        ("accents", {c for c in CODE_POINTS if accents("a" + chr(c)) == "a"}),
    ]
    literal = tables.literal
    tables.write(
        "UnicodeCategoryTable",
        "The general categories and scripts that patterns name, in hexadecimal ranges.",
        [
            literal("categories", "The general categories; Cn is the rest.", labelled(categories.items())),
            literal("scripts", "Scripts.", labelled((s, agreed(rf"\p{{{s}}}")) for s in SCRIPTS)),
        ],
    )
    tables.write(
        "UnicodePropertyTable",
        "What else patterns and Hugging Face components know of code points, in hexadecimal ranges.",
        [
            literal(
                "wordExtras",
                r"What `\w` matches beside letters, marks, decimal digits and connectors.",
                labelled((name, points - regular) for name, points in words.items()),
            ),
            literal(
                "components",
                "What Hugging Face's Punctuation and Digits cut out, Precompiled has in one cluster with\n  /// a letter before it, and StripAccents removes.",
                labelled(components),
            ),
            literal("lowercase", "`first-last>target`; `C>A.B` for several.", lowercase()),
            literal("compatibility", "`C=A.B`: what NFKD adds to NFD. Without C: C + 1.", compatibility()),
        ],
    )


if __name__ == "__main__":
    main()
