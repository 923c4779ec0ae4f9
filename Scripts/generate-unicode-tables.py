#!/usr/bin/env python3
"""Writes the Unicode tables of Sources/Tokenizers by asking the reference tokenizers.

    python3 -m venv ~/venv && ~/venv/bin/pip install tiktoken==0.14.0 tokenizers==0.23.3
    ~/venv/bin/python Scripts/generate-unicode-tables.py

Token ids must equal those of tiktoken and Hugging Face tokenizers, whose regular expressions and
normaliser each carry a Unicode version of their own. So neither the Unicode database nor another
library is read: every code point is shown to both, and their behaviour is the table.
"""

import sys
import textwrap
import unicodedata
from pathlib import Path

import tiktoken
import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

PINNED = {"tiktoken": "0.14.0", "tokenizers": "0.23.3"}
TARGET = Path(__file__).resolve().parent.parent / "Sources" / "Tokenizers" / "Unicode"
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)


def check_versions():
    for module in (tiktoken, tokenizers):
        name = module.__name__
        if module.__version__ != PINNED[name]:
            sys.exit(f"{name} {PINNED[name]} is wanted, {module.__version__} is installed")


# Character classes of the patterns --------------------------------------------------------


def tiktoken_class(pattern):
    """The code points that tiktoken's engine matches; text outside matches gives no tokens."""
    single = {bytes([byte]): byte for byte in range(256)}
    encoding = tiktoken.Encoding(
        "probe", pat_str=pattern, mergeable_ranks=single, special_tokens={}
    )
    return {c for c in CODE_POINTS if encoding.encode_ordinary(chr(c))}


def hugging_face_class(prefix):
    """The code points that ByteLevel keeps in one piece with a prefix."""
    split = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    return {c for c in CODE_POINTS if len(split.pre_tokenize_str(prefix + chr(c))) == 1}


def classes():
    letters, numbers, spaces = (tiktoken_class(p) for p in (r"\p{L}", r"\p{N}", r"\s"))
    everything = set(CODE_POINTS)
    if hugging_face_class("a") != letters or hugging_face_class("1") != numbers:
        sys.exit("tiktoken and tokenizers disagree about letters or numbers")
    if everything - hugging_face_class("!") - letters - numbers != spaces:
        sys.exit("tiktoken and tokenizers disagree about whitespace")
    return letters, numbers, spaces


def cases():
    """The classes that o200k's pattern adds, on which tokenizers' engine must agree."""
    result = []
    for inside in (r"\p{Lu}\p{Lt}", r"\p{Ll}", r"\p{M}"):
        found = tiktoken_class(f"[{inside}]")
        others = pre_tokenizers.Split(Regex(f"[^{inside}]+"), "removed")
        if {c for c in CODE_POINTS if others.pre_tokenize_str(chr(c))} != found:
            sys.exit(f"tiktoken and tokenizers disagree about {inside}")
        result.append(found)
    return result


# Canonical decomposition, composition and order --------------------------------------------

NFC = normalizers.NFC().normalize_str
NFD = normalizers.NFD().normalize_str


def combining_classes():
    """The combining class of each mark, from how NFD orders it against a mark of every class."""
    marks = [
        c
        for c in CODE_POINTS
        if NFD(chr(c)) == chr(c)
        and (NFD("\u0345" + chr(c))[0] != "\u0345" or NFD(chr(c) + "\u0334")[0] == "\u0334")
    ]
    # One member of each class, from any Unicode version: the probes place the others beside them.
    known = {}
    for mark in marks:
        number = unicodedata.combining(chr(mark))
        if number and number not in known:
            known[number] = mark
    result = {}
    for mark in marks + [0x345, 0x334]:
        for number, member in sorted(known.items()):
            after = NFD(chr(mark) + chr(member)) == chr(mark) + chr(member)
            before = NFD(chr(member) + chr(mark)) == chr(member) + chr(mark)
            if after and before:
                if result.setdefault(mark, number) != number:
                    sys.exit(f"U+{mark:04X} is in two combining classes")
        if mark not in result:
            sys.exit(f"U+{mark:04X} is in no known combining class")
    return result


def decompositions():
    """code point -> (whether it composes again, its decomposition by one step or in full)."""
    result = {}
    for c in CODE_POINTS:
        full = NFD(chr(c))
        if full == chr(c) or c in HANGUL:
            continue
        if NFC(full) != chr(c):
            result[c] = (False, [ord(x) for x in full])
            continue
        first = NFC(full[:-1])
        if len(first) != 1 or NFC(first + full[-1]) != chr(c):
            sys.exit(f"U+{c:04X} composes in more than one step")
        result[c] = (True, [ord(first), ord(full[-1])])
    return result


# Swift -------------------------------------------------------------------------------------


def ranges(points):
    """Runs of code points as `first-last` in hexadecimal."""
    runs = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return [f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in runs]


def literal(name, comment, words):
    text = textwrap.wrap(" ".join(words), 94, break_long_words=False, break_on_hyphens=False)
    lines = [f"  /// {comment}", f'  static let {name} = """']
    lines += ["    " + line for line in text]
    return "\n".join(lines + ['    """', ""])


def write(name, summary, literals):
    versions = " and ".join(f"{module} {version}" for module, version in PINNED.items())
    body = "\n".join(literals)
    (TARGET / f"{name}.swift").write_text(
        f"// Generated by Scripts/generate-unicode-tables.py from {versions}.\n"
        "// Do not edit.\n\n"
        f"/// {summary}\nenum {name} {{\n{body}}}\n"
    )


def main():
    check_versions()
    letters, numbers, spaces = classes()
    upper, lower, marks = cases()
    print(f"{len(letters)} letters, {len(numbers)} numbers, {len(spaces)} whitespace")
    print(f"{len(upper)} upper, {len(lower)} lower, {len(marks)} marks")
    write(
        "UnicodeClassTable",
        "The code points of the classes in the patterns, as ranges in hexadecimal.",
        [
            literal("letters", r"What `\p{L}` matches.", ranges(letters)),
            literal("numbers", r"What `\p{N}` matches.", ranges(numbers)),
            literal("whitespace", r"What `\s` matches.", ranges(spaces)),
            literal("uppercase", r"What `[\p{Lu}\p{Lt}]` matches.", ranges(upper)),
            literal("lowercase", r"What `\p{Ll}` matches.", ranges(lower)),
            literal("marks", r"What `\p{M}` matches.", ranges(marks)),
        ],
    )
    order = combining_classes()
    by_class = {}
    for mark, number in order.items():
        by_class.setdefault(number, set()).add(mark)
    pairs = decompositions()
    print(f"{len(order)} marks of {len(by_class)} classes, {len(pairs)} decompositions")
    ordered, previous = [], None
    for c, (composes, parts) in sorted(pairs.items()):
        key = "" if previous == c - 1 else f"{c:X}"
        mark = "+" if composes else "="
        ordered.append(key + mark + ".".join(f"{part:X}" for part in parts))
        previous = c
    marks = [
        f"{run}:{number}" for number, points in sorted(by_class.items()) for run in ranges(points)
    ]
    write(
        "CanonicalTable",
        "The canonical decompositions and combining classes behind NFC.",
        [
            literal(
                "decompositions",
                "`C+A.B`: C is A and B and composes again; `C=A.B...`: one way, in full. "
                "Without C: C + 1.",
                ordered,
            ),
            literal("combiningClasses", "`first-last:class`, the class in decimal.", marks),
        ],
    )


if __name__ == "__main__":
    main()
