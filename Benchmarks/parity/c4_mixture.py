#!/usr/bin/env python3
"""Compares what `Mixtures/c4.yaml` makes tokens of with TensorFlow Datasets' own C4, page by page.

    Benchmarks/parity/c4_mixture.py --cuvee .build/release/cuvee --data $CUVEE_TESTDATA

README.md beside this file says what is compared. Ends with 1 where any page differs.
"""

import argparse
import base64
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from c4 import in_venv

ROOT = Path(__file__).resolve().parents[2]
END = 50256
ROW = 64


def reference_pages(reference, records):
    """The texts of C4 by id, and what it has dropped and cut by reason, step by step.

    The joins of Beam are loops here; what happens to a page or a line is the code of C4."""
    utils, counts = reference.utils, Counter()
    pages = []
    for record in records:
        page = utils.PageFeatures(
            url=record["url"], normalized_url=utils.normalize_url(record["url"]),
            text=record["text"], timestamp=record["timestamp"],
        )  # fmt: skip
        page.identity = record["id"]
        if utils.is_valid_length(page):
            pages.append(page)
        else:
            counts["too_long"] += 1
    by_url = {}
    for page in pages:
        by_url.setdefault(page.normalized_url, []).append(page)
    counts["duplicate_url"] = sum(len(same) - 1 for same in by_url.values())
    clean = []
    for same in by_url.values():
        newest = utils.select_newest_page(same)
        reasons = []
        for page in reference.clean_page(newest, counter_inc_fn=reasons.append):
            page.identity = newest.identity
            clean.append(page)
        counts.update(r.partition(":")[2] for r in reasons if r.startswith("filtered:"))
    keeper = {}
    for page in clean:
        for line, url in utils._emit_url_to_lines(page):
            rank = hashlib.md5(url.encode()).hexdigest()
            keeper[line] = min(keeper.get(line, (rank, url)), (rank, url))
    lines = {}
    for line, (_, url) in keeper.items():
        lines.setdefault(url, []).append(line)
    texts = {}
    for page in clean:
        joined = {"pages": [page], "lines": lines.get(page.url, [])}
        reasons = []
        for left in utils._remove_lines_from_text(
            (page.url, joined), reasons.append, utils._MIN_NUM_SENTENCES
        ):
            texts[page.identity] = left.text.encode()
        if "filtered:empty" not in reasons:
            counts["duplicate_line"] += sum(r.endswith("_duplicate") for r in reasons)
        counts.update(r.partition(":")[2] for r in reasons if r.startswith("filtered:"))
    return texts, {reason: count for reason, count in counts.items() if count}


def built_pages(arguments, source, folder):
    """The texts that the rows of a build hold, and its account. Rows of one source follow one another
    as their documents do, so that they are one run of tokens."""
    mixture = Path(folder) / "c4.yaml"
    mixture.write_text(
        f"name: c4\ntokenizer: gpt2\nsequence_length: {ROW}\n"
        f"sources:\n  en: {json.dumps({**source, 'format': 'jsonl', 'steps': ['c4']})}\n"
        "phases: [{ name: train, tokens: 1T, weights: { en: 100% } }]\n"
        "repetition: { when_exhausted: stop }\n"
    )
    environment = {**os.environ, "CUVEE_FILTERS": str(ROOT / "Filters")}
    environment["CUVEE_TOKENIZERS"] = str(arguments.data)
    output = Path(folder) / "out"
    subprocess.run(
        [arguments.cuvee, "build", mixture, "--output", output, "--cache", Path(folder) / "cache"],
        env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    pieces = [base64.b64decode(line.split()[0]) for line in vocabulary(arguments.data)]
    tokens = []
    rows = subprocess.Popen([arguments.cuvee, "cat", output], stdout=subprocess.PIPE)
    for row in rows.stdout:
        tokens += json.loads(row)["tokens"]
    texts, start = [], 0
    for index, token in enumerate(tokens):
        if token == END:
            texts.append(b"".join(pieces[t] for t in tokens[start:index]))
            start = index + 1
    rest = b"".join(pieces[t] for t in tokens[start:])
    account = json.loads((output / "manifest.json").read_text())["sources"][0]
    samples = json.loads(
        subprocess.run(
            [arguments.cuvee, "audit", output, "--sample", "20", "--json"],
            stdout=subprocess.PIPE, check=True,
        ).stdout
    )["sources"][0]["samples"]  # fmt: skip
    return texts, rest, account, samples


def vocabulary(data):
    """The lines of gpt2.tiktoken, in the order of the ids."""
    path = next(Path(data).rglob("gpt2.tiktoken"))
    return sorted(path.read_bytes().splitlines(), key=lambda line: int(line.split()[1]))


def compare(arguments, reference, name, records, source):
    wanted, reasons = reference_pages(reference, records)
    with tempfile.TemporaryDirectory() as folder:
        texts, rest, account, samples = built_pages(arguments, source, folder)
    left = Counter(wanted.values())
    wrong = 0
    for text in texts:
        if left[text] == 0:
            wrong += 1
            print(f"  not of C4: {text[:200]!r}")
        left[text] -= 1
    # What does not fill a row is no part of the output: the end of the last page, and pages after it.
    tail = [text for text, count in left.items() for _ in range(max(0, count))]
    wrong += not any(text.startswith(rest) for text in tail) if rest else 0
    wrong += len(tail) > 1 and sum(map(len, tail)) - len(rest) > ROW * 300
    ours = dict(account["documents"]["dropped"])
    cut = sum(s["lines"] for s in account["steps"] if s["reason"] == "duplicate_line")
    if cut:
        ours["duplicate_line"] = cut
    reasons["empty_text"] = reasons.pop("empty", 0)
    reasons = {reason: count for reason, count in reasons.items() if count}
    # A page of which no line is left has no sentence for C4, and is empty for us.
    both = ("empty_text", "too_few_sentences")
    if sum(ours.pop(r, 0) for r in both) != sum(reasons.pop(r, 0) for r in both):
        wrong += 1
    if ours != reasons or account["documents"]["kept"] != len(wanted):
        wrong += 1
        print(f"  wanted {reasons}, {len(wanted)} kept\n  got    {ours}, {account['documents']['kept']} kept")
    sampled = {sample["reason"] for sample in samples}
    missing = set(account["bytes"]["dropped"]) - {"trimmed"} - sampled
    if missing:
        wrong += 1
        print(f"  no sample of {missing}")
    print(
        f"{name}: {len(records)} pages, {len(wanted)} kept, "
        f"{sum(map(len, wanted.values())) / 1e6:.1f} MB; dropped and cut {account['documents']['dropped']}, "
        f"{cut} lines that are elsewhere; {len(texts)} pages whole in the rows; {wrong} differ",
        flush=True,
    )
    return wrong


def made_up(data):
    """Pages of a real corpus under URLs and times made up, some several times, with lines of one
    another in other letters."""
    rng = random.Random(11)
    pages = [json.loads(line) for line in open(Path(data) / "bench_mixed.jsonl", encoding="utf-8")]
    records, lines = [], []
    forms = ["http://{}", "https://www.{}/", "https://{}?utm_source=x&b=1", "http://www.{}?ref=1//",
             "{}", "https://{}?feed=1"]  # fmt: skip
    for number, page in enumerate(pages):
        text = page["text"]
        good = [line for line in text.splitlines() if len(line) > 30 and line[-1:] in ".?!"]
        lines += good[:3]
        for _ in range(rng.choice([1, 1, 1, 2, 3])):
            body = text.splitlines()
            for _ in range(rng.choice([0, 0, 1, 2, 5])):
                line = rng.choice(lines) if lines else "One more line that is here again."
                change = rng.choice([str, str.upper, str.lower, lambda s: f"  {s}\t", str.title])
                body.insert(rng.randrange(len(body) + 1), change(line))
            site = f"site{rng.randrange(len(pages))}.org/p\u03a3{number % 7}"
            time = f"20{rng.randrange(13, 20)}-0{rng.randrange(1, 9)}-{rng.randrange(10, 28)}"
            records.append({
                "id": str(len(records)), "url": rng.choice(forms).format(site),
                "timestamp": f"{time}T12:57:{rng.randrange(10, 59)}Z", "text": "\n".join(body),
            })  # fmt: skip
    rng.shuffle(records)
    return [record for record in records if record["text"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuvee", required=True, help="the release binary")
    parser.add_argument("--data", default=os.environ.get("CUVEE_TESTDATA"), help="unpacked data")
    parser.add_argument("--venv", type=Path, default=Path.home() / ".cache/cuvee-parity/venv-c4")
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error("give --data or set CUVEE_TESTDATA")
    arguments.cuvee = Path(arguments.cuvee).resolve()
    in_venv(arguments.venv)

    from c4_reference import Reference

    reference = Reference()
    corpus = Path(arguments.data).resolve() / "bench_en.jsonl"
    records = [
        {"id": page["id"], "url": page["id"], "timestamp": "", "text": page["text"]}
        for page in map(json.loads, open(corpus, encoding="utf-8"))
    ]
    wrong = compare(
        arguments, reference, corpus.name, records, {"paths": [str(corpus)], "url": "{id}"}
    )
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        records = made_up(arguments.data)
        for record in records:
            file.write(json.dumps(record) + "\n")
        file.flush()
        wrong += compare(arguments, reference, "made up web", records, {"paths": [file.name]})
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
