"""Runs `cuvee filter` over texts, for the scripts that hold filters against their references."""

import json
import subprocess
import tempfile
from pathlib import Path


def read_texts(paths):
    """The field `text` of every line of some files of JSON."""
    texts = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file]
    return texts


def judge(cuvee, texts, rules):
    """What `cuvee filter --json` says of each text, in their order; none of them is empty."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "texts.jsonl")
        with data.open("w", encoding="utf-8") as file:
            for index, text in enumerate(texts):
                file.write(json.dumps({"id": str(index), "text": text}) + "\n")
        command = [cuvee, "filter", str(data), "--with", rules, "--json"]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")
    rows = [json.loads(line) for line in lines if line]
    assert [row["id"] for row in rows] == [str(index) for index in range(len(texts))]
    return rows
