#!/usr/bin/env python3
"""Holds Cuvee's Gopher and FineWeb filters against datatrove 0.10.1, document by document.

    python3 -m venv ~/venv && ~/venv/bin/pip install -r Benchmarks/parity/requirements-heuristics.txt
    ~/venv/bin/python Benchmarks/parity/heuristics.py .build/release/cuvee FILE.jsonl ... [--hostile N]
    ~/venv/bin/python Benchmarks/parity/heuristics.py .build/release/cuvee FILE.jsonl ... --words treebank
    ~/venv/bin/python Benchmarks/parity/heuristics.py .build/release/cuvee FILE.jsonl ... --speed 5
    ~/venv/bin/python Benchmarks/parity/heuristics.py - --golden Tests/FiltersTests/Fixtures/heuristics.jsonl
    ~/venv/bin/python Benchmarks/parity/heuristics.py - --words treebank \
        --golden Tests/FiltersTests/Fixtures/treebank.jsonl

Every document is judged by datatrove's own filter classes, which get the words between white space in place
of spaCy's, and by `cuvee filter --json`. Verdict and first reason must be equal. With `--words treebank` they
get those of NLTK's `word_tokenize`, and Cuvee the same filters with `word_splitting: treebank` in every step
that counts words. `--hostile N` adds N texts made of lines, words, bullets, ellipses and marks of many
scripts, and N of quotes, hyphens, clitics and contractions, many of them repeated and cut anywhere. Prints
what differs and exits with 1 if anything does.
"""

import argparse
import functools
import itertools
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from cuvee_filter import judge, read_texts

import datatrove.pipeline.filters.fineweb_quality_filter as fineweb
import datatrove.pipeline.filters.gopher_quality_filter as quality
import datatrove.pipeline.filters.gopher_repetition_filter as repetition


@functools.cache
def nltk_tokenizers():
    """NLTK's sentences and words: what `word_tokenize` calls, with the English model of a package."""
    from c4_reference import sentence_tokenizer
    from nltk.tokenize.destructive import NLTKWordTokenizer

    return sentence_tokenizer(), NLTKWordTokenizer()


@functools.lru_cache(maxsize=4)
def treebank(text):
    """`word_tokenize(text)`, stripped as by datatrove's `NLTKTokenizer`."""
    sentences, words = nltk_tokenizers()
    tokens = [token for sentence in sentences.tokenize(text) for token in words.tokenize(sentence)]
    return [token.strip() for token in tokens if token.strip()]


SPLITTERS = {"whitespace": str.split, "treebank": treebank}
split = str.split

for module in (fineweb, quality, repetition):
    module.split_into_words = lambda text, language=None: split(text)
FILTERS = {
    "gopher-quality": quality.GopherQualityFilter(),
    "gopher-repetition": repetition.GopherRepetitionFilter(),
    "fineweb-quality": fineweb.FineWebQualityFilter(),
}


def expected(name, text, words=None):
    """datatrove's reason, or None; by other words than those of this run where they are named."""
    global split
    kept, split = split, SPLITTERS[words] if words else split
    verdict = FILTERS[name].filter(SimpleNamespace(text=text))
    split = kept
    return None if verdict is True else verdict[1]


def hostile(count, seed=1):
    """Texts that come near the limits of the rules."""
    draw = random.Random(seed)
    words = "the of and that have with a be to in on it is was by as or an at we Über naïve 東京 ab a b c".split()
    words += ["#", "...", "…", "—", "1999", "x1", "A", "٣", "ﬁ", "e\u0301", "\u200b", "!?", "«", "１", "long" * 9]
    spaces = [" ", " ", " ", " ", "  ", "\t", "\n", "\n\n", "\n \n", "\r\n", "\u00a0", "\u2028", "\u3000", "\x1c", "\x85"]
    starts = ["", "", "", "- ", "• ", "  - ", "\u2022", "* ", "\u00a0-"]
    ends = [".", "!", "…", "...", "... ", "。", "؟", '."', "", "", ",", "।"]
    for _ in range(count):
        pool = draw.choices(words, k=draw.randint(1, 30))
        lines = []
        for _ in range(draw.randint(0, 30)):
            line = draw.choice(starts)
            for _ in range(draw.randint(0, 25)):
                line += draw.choice(pool) + draw.choice(spaces[: draw.choice([4, 6, 15])])
            lines.append(line + draw.choice(ends))
        for _ in range(draw.randint(0, 3)):
            if lines:
                lines.insert(draw.randrange(len(lines) + 1), draw.choice(lines))
        text = draw.choice(["\n", "\n\n", "\r\n", " \n", "\n\n\n"]).join(lines)
        yield text[draw.choice([0, 0, draw.randint(0, len(text))]) :]


def hostile_marks(count, seed=3):
    """Texts that come near every rule of the Treebank's words and of Punkt's sentences."""
    draw = random.Random(seed)
    marks = list("\"\"`,,::..;@#$%&?!*()[]{}<>----«»“”‘’„—…/_ ") + 3 * ["'"]
    marks += ["''", "``", "...", "--", "\n", "\u00a0", "\u2028", "\x1c", "\r\n", "  ", " ", " ", " ", ". ", "? "]
    words = "a x 5 9 ٣ ſ é 東京 s t M d n re ve ll S it I you do is Dr Mr U.S e.g Smith The he J Inc No".split()
    words += "cannot Cannot d'ye gimme gonna gotta lemme more'n wanna 'tis 'Tis 'twas can't N'T n't I'm I've".split()
    words += "wa it's its' they'll THEY'LL don't 'em rock'n'roll 'tıs gİmme 'TIſ \u212a 1,000 3:15 a.m. p.m.".split()
    words += ["e\u0301", "\U0001f600", "\u200b", "²", "ª", "_", "_a", "I'd've", "you've's", "x''" + "'s", "wan\u00adna"]
    for _ in range(count):
        share = draw.choice([0.3, 0.6, 0.9])
        space = draw.choice([0, 0.3, 0.8])
        text = ""
        for _ in range(draw.choice([4, 12, 40])):
            text += draw.choice(marks if draw.random() < share else words)
            text += " " if draw.random() < space else ""
        yield text


def metrics(text, splitting="whitespace"):
    """The values of Cuvee's metrics, by the expressions of datatrove's filters."""
    words = SPLITTERS[splitting](text)
    others = [w for w in words if any(ch not in quality.PUNCTUATION_SET for ch in w)]
    lines = text.splitlines()
    plain = [line for line in text.split("\n") if line.strip() != ""]
    split = repetition.GopherRepetitionFilter()
    paragraphs = split.paragraph_exp.split(text.strip())
    runs = split._line_splitter.split(text)
    share = lambda part, whole: part / whole if whole else None
    values = {
        "characters": len(text),
        "non_blank_lines": len(plain),
        "words": len(others),
        "words symbol_words=counted": len(words),
        "mean_word_length": share(sum(map(len, others)), len(others)),
        "mean_word_length symbol_words=counted": share(sum(map(len, words)), len(words)),
        "alphabetic_words": share(sum(any(c.isalpha() for c in w) for w in words), len(words)),
        "stop_words": len(set(quality.STOP_WORDS) & set(words)),
        "stop_words counting=all": sum(w in quality.STOP_WORDS for w in words),
        "symbol_to_word_ratio": share(text.count("#"), len(words)),
        "line_feed_to_word_ratio": share(text.count("\n"), len(words)),
        "bullet_lines": share(sum(s.lstrip().startswith(("•", "-")) for s in lines), len(lines)),
        "ellipsis_lines": share(sum(s.rstrip().endswith(("...", "…")) for s in lines), len(lines)),
        "punctuated_lines": share(sum(s.endswith(tuple(fineweb.TERMINAL_PUNCTUATION)) for s in plain), len(plain)),
        "short_lines": share(sum(len(s) <= 30 for s in plain), len(plain)),
        "duplicate_lines": share(repetition.find_duplicates(runs)[0], len(runs)),
        "duplicate_line_characters": share(repetition.find_duplicates(runs)[1], len(text)),
        "duplicate_line_characters blank_lines=left_out": share(
            repetition.find_duplicates(plain)[1], len(text.replace("\n", ""))),
        "duplicate_paragraphs": share(repetition.find_duplicates(paragraphs)[0], len(paragraphs)),
        "duplicate_paragraph_characters": share(repetition.find_duplicates(paragraphs)[1], len(text)),
    }
    for n in (2, 3, 4):
        grams = repetition.get_n_grams(words, n)
        values[f"top_ngram_characters n={n}"] = share(repetition.find_top_duplicate(grams) if grams else 0, len(text))
    for n in range(5, 11):
        values[f"duplicate_ngram_characters n={n}"] = share(repetition.find_all_duplicate(words, n), len(text))
    return values


def with_words(values, splitting):
    """The values that depend on what a word is, by the metric with the splitting among its parameters."""
    words = re.compile(r"words|mean_word|alphabetic|stop_words|symbol_to|line_feed_to|(top|duplicate)_ngram")
    return {f"{key} word_splitting={splitting}": values[key] for key in values if words.match(key)}


def write_treebank_golden(path, count):
    """Texts with NLTK's tokens, and with verdicts and values by them. Half are made of marks; of the others
    some of each filter come first that get another verdict with words between white space."""
    texts = [text for text in hostile_marks(count) if text.strip()][: count // 2]
    pool = [text for text in hostile(40 * count, seed=4) if 0 < len(text) < 500]
    for name in FILTERS:
        differing = (text for text in pool if expected(name, text) != expected(name, text, "whitespace"))
        texts += list(itertools.islice(differing, 5))
    texts = (texts + [text for text in pool if text not in texts])[:count]
    with open(path, "w", encoding="utf-8") as file:
        for text in texts:
            row = {"text": text, "tokens": treebank(text)}
            row["reasons"] = {name: expected(name, text) for name in FILTERS}
            row["metrics"] = with_words(metrics(text, "treebank"), "treebank")
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(texts)} texts")


def filter_file(name, splitting, folder):
    """The path of a filter whose steps all split words in one way."""
    if splitting == "whitespace":
        return f"Filters/{name}.yaml"
    with open(f"Filters/{name}.yaml", encoding="utf-8") as file:
        text = file.read()
    counting = re.compile(r"metric: (words|mean_word_length|alphabetic_words|stop_words|\w+_to_word_ratio|\w+_ngram_\w+)")
    path = f"{folder}/{name}.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(counting.sub(rf"\g<0>, word_splitting: {splitting}", text))
    return path


def write_golden(path, count):
    """Texts with their verdicts and values: some of each reason first, then whatever comes."""
    seen = Counter()
    rows, rest = [], []
    for text in filter(None, hostile(40 * count, seed=2)):
        if len(text) > 1500:
            continue
        reasons = {name: expected(name, text) for name in FILTERS}
        row = {"text": text, "reasons": reasons, "metrics": metrics(text)}
        few = any(seen[name, reason] < 6 for name, reason in reasons.items())
        seen.update(reasons.items()) if few else None
        (rows if few else rest).append(row)
    rows += rest[: max(0, count - len(rows))]
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{len(rows)} texts; {len(seen)} reasons")


def measure_speed(cuvee, paths, words, rounds):
    """CPU-seconds of the three filters one after another, datatrove and Cuvee in turn, reading included."""
    size = 0
    seconds = {"datatrove": [], "cuvee": []}
    with tempfile.TemporaryDirectory() as folder:
        steps = ""
        for name in FILTERS:
            text = Path(filter_file(name, words, folder)).read_text()
            steps += text[text.index("steps:\n") + len("steps:\n") :]
        rules = f"{folder}/all.yaml"
        Path(rules).write_text("name: all\nsummary: all\nsteps:\n" + steps)
        for _ in range(rounds):
            start = time.process_time()
            size = kept = 0
            for path in paths:
                with open(path, encoding="utf-8") as file:
                    for line in file:
                        text = json.loads(line)["text"]
                        size += len(text.encode())
                        kept += all(expected(name, text) is None for name in FILTERS)
            seconds["datatrove"].append(time.process_time() - start)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [cuvee, "filter", *paths, "--with", rules, "--summary", "--workers", "1"]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds["cuvee"].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
            assert f"kept {kept:,} of" in output, output
            print({name: round(found[-1], 2) for name, found in seconds.items()}, flush=True)
    for name, found in seconds.items():
        median = statistics.median(found)
        print(f"{name}: median {median:.2f} CPU-seconds, {size / median / 1e6:.1f} MB of text per CPU-second")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cuvee")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--hostile", type=int, default=0)
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--words", choices=list(SPLITTERS), default="whitespace", help="what a word is")
    parser.add_argument("--speed", type=int, metavar="ROUNDS", help="measure both in turn instead")
    parser.add_argument("--golden", help="write fixtures for the tests to this file instead")
    arguments = parser.parse_args()
    global split
    split = SPLITTERS[arguments.words]
    if arguments.speed:
        measure_speed(arguments.cuvee, arguments.files, arguments.words, arguments.speed)
        return 0
    if arguments.golden:
        if arguments.words == "treebank":
            write_treebank_golden(arguments.golden, 160)
        else:
            write_golden(arguments.golden, 120)
        return 0
    texts = list(hostile(arguments.hostile)) + list(hostile_marks(arguments.hostile))
    for path in arguments.files:
        texts += read_texts([path])[: arguments.limit]
    # Cuvee's reader counts records with an empty text as bad ones; no filter sees them.
    texts = [text for text in texts if text]
    verdicts = [{name: expected(name, text) for name in FILTERS} for text in texts]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in FILTERS:
            rows = judge(arguments.cuvee, texts, filter_file(name, arguments.words, folder))
            reasons = Counter()
            for index, (text, row) in enumerate(zip(texts, rows)):
                wanted = verdicts[index][name]
                reasons[wanted] += 1
                if row["reason"] != wanted:
                    wrong += 1
                    if wrong <= 20:
                        print(f"{name}: {index}: datatrove {wanted}, cuvee {row['reason']}: {text[:80]!r}")
            print(f"{name}, {arguments.words} words: {len(texts)} documents, {dict(reasons.most_common())}")
    print(f"{wrong} verdicts differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
