#!/usr/bin/env python3
"""Holds `drop-documents-with-word` against the regular expressions that C4 and mC4 make of their word lists.

    python3.11 Benchmarks/parity/bad_words.py .build/release/cuvee LDNOOBW FILE.jsonl ... [--hostile N]
    python3.11 Benchmarks/parity/bad_words.py - - --golden Tests/FiltersTests/Fixtures/bad-words.jsonl

LDNOOBW is a checkout of that repository. Every list is tried on every document, with C4's expression
(c4_utils.get_badwords_filter_fn, TensorFlow Datasets 4.9) or, for ja, th and zh, mC4's. `--hostile N` adds N
texts in which words of the lists stand among letters, digits, marks and capitals of many scripts.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from pathlib import Path

from cuvee_filter import judge, read_texts

ALLOWED = {"ja": {"sm", "グロ", "女の子"}, "zh": {"性"}}
WITHOUT_SPACES = ("ja", "th", "zh")
OWN = ["spam", "two words", "x-ray", "(o)", "ß", "日本", "σας", "i\u0307", "a", "b_c", "é", "9", "🖕"]
MARKS = ["", " ", ".", "_", "-", "a", "É", "9", "٣", "²", "\n", "\u00a0", "日", "'", "ſ", "İ", "Σ", "(", "🖕"]


def expression(words, boundaries):
    joined = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?:\W|^)({joined})(?:\W|$)" if boundaries else joined)


def hostile(words, count, seed=3):
    draw = random.Random(seed)
    for _ in range(count):
        text = ""
        for _ in range(draw.randint(0, 4)):
            word = draw.choice(words)
            word = draw.choice([word, word.upper(), word.title(), word[: draw.randint(0, len(word))]])
            text += draw.choice(MARKS) + draw.choice(MARKS) + word + draw.choice(MARKS)
        yield text


def dropped(binary, texts, list_path, language):
    """The indexes of the documents that Cuvee drops."""
    step = {"list": str(Path(list_path).absolute())}
    if language in WITHOUT_SPACES:
        step |= {"boundaries": "none"}
    if language in ALLOWED:
        step |= {"except": sorted(ALLOWED[language])}
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, "f.yaml")
        rules.write_text(
            "name: f\nsummary: f\nsteps: [{ drop-documents-with-word: "
            + json.dumps(step, ensure_ascii=False) + " }]\n")
        rows = judge(binary, texts, str(rules))
    return {index for index, row in enumerate(rows) if not row["kept"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cuvee")
    parser.add_argument("lists")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--golden")
    arguments = parser.parse_args()
    if arguments.golden:
        with open(arguments.golden, "w", encoding="utf-8") as file:
            for boundaries in (True, False):
                regex = expression(OWN, boundaries)
                for text in hostile(OWN, 400):
                    row = {"text": text, "boundaries": boundaries, "found": regex.search(text.lower()) is not None}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return 0
    documents = read_texts(arguments.files)
    wrong = 0
    for path in sorted(Path(arguments.lists).iterdir()):
        if path.suffix or path.name in ("LICENSE",) or not path.is_file():
            continue
        language = path.name
        words = {line.strip() for line in path.open(encoding="utf-8")} - {""} - ALLOWED.get(language, set())
        texts = [t for t in documents + list(hostile(sorted(words), arguments.hostile)) if t]
        regex = expression(sorted(words), language not in WITHOUT_SPACES)
        wanted = {index for index, text in enumerate(texts) if regex.search(text.lower())}
        found = dropped(arguments.cuvee, texts, path, language)
        wrong += len(wanted ^ found)
        print(f"{language}: {len(words)} words, {len(texts)} documents, {len(wanted)} with one; {len(wanted ^ found)} differ")
        for index in sorted(wanted ^ found)[:5]:
            print(f"  {texts[index][:100]!r}: wanted {index in wanted}")
    print(f"{wrong} verdicts differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
