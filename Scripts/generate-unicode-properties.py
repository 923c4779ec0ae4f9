#!/usr/bin/env python3
"""Writes the property tables that patterns and Hugging Face components need, as
generate-unicode-tables.py writes those of the GPT-2 pattern: by asking the reference tokenizers.

    ~/venv/bin/python Scripts/generate-unicode-properties.py
"""

import importlib.util
import sys
import tempfile
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


def charsmap(rules):
    """A precompiled charsmap of a few rules, as SentencePiece compiles it."""
    import io

    import sentencepiece

    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        for source, target in rules.items():
            code = lambda text: " ".join(f"{ord(c):04X}" for c in text)
            file.write(f"{code(source)}\t{code(target)}\n")
        file.flush()
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["abc"] * 9), model_writer=model, vocab_size=7, minloglevel=2,
            normalization_rule_tsv=file.name,
        )  # fmt: skip
    return field(field(model.getvalue(), 3), 2)


def field(message, wanted):
    """The bytes of a field of a protocol buffer."""

    def varint(at):
        value = shift = 0
        while True:
            value |= (message[at] & 127) << shift
            shift += 7
            at += 1
            if message[at - 1] < 128:
                return value, at

    at = 0
    while at < len(message):
        tag, at = varint(at)
        if tag & 7 == 0:
            _, at = varint(at)
        elif tag & 7 == 2:
            size, at = varint(at)
            if tag >> 3 == wanted:
                return message[at : at + size]
            at += size
        else:
            at += {1: 8, 5: 4}[tag & 7]
    sys.exit(f"the model has no field {wanted}")


def clusters():
    """What belongs to a cluster, as Hugging Face's Precompiled cuts them. A cluster of less than six bytes
    becomes what the rule for its beginning says, and the rest of it is lost; in a longer one each character
    is looked up by itself. So a rule tells where a cluster ends."""

    def probe(rules, form, holds):
        normalize = normalizers.Precompiled(charsmap(rules)).normalize_str
        return {c for c in CODE_POINTS if holds(normalize(form.replace("{c}", chr(c))))}

    # The rule for two characters is used unless what follows makes the cluster longer.
    extenders = probe({"E\u0328": "X"}, "E\u0328{c}{c}{c}", lambda text: text.startswith("E"))
    # The rule for a mark eats the mark behind it, unless they hang on the character before.
    controls = probe({"\u0301": "y"}, "{c}\u0301\u0302", lambda text: "\u0302" not in text)
    prepended = probe({"A": "X"}, "{c}A\u0301\u0301", lambda text: "\u0301" in text)
    pictographs = probe({"\u00a9": "x"}, "\u00a9\u200d{c}", lambda text: "\u200d" in text)
    # Of the signs that extend, some end what comes before a joiner or between two consonants.
    sign = {"\u2122": "y"}
    between = probe(sign, "\u00a9{c}\u200d\u2122\u0301", lambda text: "\u0301" in text)
    second = {"\u0916": "y"}
    linkers = probe(second, "\u0915{c}\u0916\u0301", lambda text: "\u0301" in text)
    conjoining = probe(second, "\u0915\u094d{c}\u0916\u0301", lambda text: "\u0301" in text)
    consonants = probe(second, "{c}\u094d\u0916\u0301", lambda text: "\u0301" in text)
    if between & extenders - {0x200C} != conjoining & extenders - {0x200D}:
        sys.exit("other signs stand between consonants than between pictographs")
    return [
        ("extenders", extenders),
        ("controls", controls - {0x0301}),
        ("prepended", prepended - {0x0301}),
        ("pictographs", pictographs - extenders),
        ("between", between & extenders),
        ("linkers", linkers & extenders - {0x0301}),
        ("consonants", consonants - extenders),
    ]


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
        *clusters(),
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
                "What Hugging Face's Punctuation and Digits cut out, StripAccents removes, and what Precompiled\n  /// tells apart to find clusters.",
                labelled(components),
            ),
            literal("lowercase", "`first-last>target`; `C>A.B` for several.", lowercase()),
            literal("compatibility", "`C=A.B`: what NFKD adds to NFD. Without C: C + 1.", compatibility()),
        ],
    )


if __name__ == "__main__":
    main()
