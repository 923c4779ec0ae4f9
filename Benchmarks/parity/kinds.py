#!/usr/bin/env python3
"""Trains vocabularies of the shapes that published ones have, and of random shapes, with Hugging Face
tokenizers, and compares the ids of `cuvee tokenize` with theirs.

    Benchmarks/parity/kinds.py --cuvee .build/release/cuvee --data $CUVEE_TESTDATA
    Benchmarks/parity/kinds.py ... --named --random 0          # the published shapes only
    Benchmarks/parity/kinds.py ... --named none --random 40 --seed 7

A seed always gives the same vocabularies; another seed gives others, which nobody has looked at. One that
`cuvee` refuses must be refused by name, and is listed. Ends with 1 where any document differs.
"""

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("parity", HERE / "tokenizers.py")
parity = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(parity)

# As published. Of DeepSeek LLM's lists of letters and signs only the beginnings are here.
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
DEEPSEEK_3 = (
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
    "| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"
)
KIMI = (
    r"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*"
    r"[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+"
    r"[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def split(pattern, behavior="isolated", invert=False):
    from tokenizers import Regex, pre_tokenizers

    return pre_tokenizers.Split(Regex(pattern), behavior, invert)


def byte_level(use_regex=False, prefix=False):
    from tokenizers import pre_tokenizers

    return pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=use_regex)


def named():
    """name: (normalizer, pre-tokenizers, options)"""
    from tokenizers import Regex, normalizers, pre_tokenizers

    digits = pre_tokenizers.Digits(individual_digits=True)
    llama3 = parity.LLAMA3
    return {
        "deepseek-llm": (None, [
            split("[\r\n]"), split(r"\s?[A-Za-z\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01ba\u01bc-\u01bf\u0370-\u03ff\u0400-\u0481]+"),
            split(r"\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+"), split(r"\s+$"),
            split("[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+"), digits, byte_level(),
        ], {}),
        "deepseek-coder": (None, [
            split("[\r\n]"), split(r"\s?\p{L}+"), split(r"\s?\p{P}+"),
            split("[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+"), digits, byte_level(),
        ], {}),
        "deepseek-v3": (None, [
            split(r"\p{N}{1,3}"), split("[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"), split(DEEPSEEK_3), byte_level(),
        ], {}),
        "falcon": (None, [
            pre_tokenizers.Punctuation("contiguous"), byte_level(True), pre_tokenizers.Digits(), split("[0-9][0-9][0-9]"),
        ], {}),
        "starcoder": (None, [digits, byte_level(True)], {"lacks": (0xF1, 0xF2, 0xF3, 0xF4)}),
        "command-r": (normalizers.NFC(), [digits, byte_level(True)], {}),
        "bloom": (None, [split(" ?[^(\\s|[.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c])]+"), byte_level()], {}),
        "tekken-like": (None, [split(r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}{1,2}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"), byte_level()], {}),
        "kimi-like": (None, [split(KIMI), byte_level()], {}),
        "qwen-like": (normalizers.NFC(), [split(llama3.replace("{1,3}", "")), byte_level()], {}),
        "digits-from-the-right": (None, [split(r"\d{1,3}(?=(?:\d{3})*\b)"), split(llama3), byte_level()], {}),
        "thousands": (None, [split(r"(?=(\d{3})+(?!\d))"), split(GPT2), byte_level()], {}),
        "byte-level-normalizer": (normalizers.Sequence([normalizers.NFC(), normalizers.ByteLevel()]), [split("\u0120?[^\u0120\u010a]+|\u010a+")], {}),
        "byte-level-normalizer-alone": (normalizers.ByteLevel(), [], {}),
        "words-and-lines": (None, [split(r"^[ \t]+|\b\w+\b|[^\w\s]+|\s+$", "isolated"), byte_level()], {}),
        "gemma-like": (normalizers.Replace(" ", "\u2581"), [pre_tokenizers.Split(" ", "merged_with_previous")], {"characters": True}),
        "metaspace-digits": (normalizers.NFKC(), [pre_tokenizers.Metaspace(), digits, pre_tokenizers.Punctuation()], {"characters": True}),
        "replace-regex": (normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]), [split(GPT2), byte_level()], {}),
    }  # fmt: skip


# Random shapes -----------------------------------------------------------------------------

CLASSES = [
    r"\p{L}", r"\p{N}", r"\s", r"\S", r"\w", r"\d", r"\p{Lu}", r"\p{Ll}", r"\p{P}", r"[\p{P}\p{S}]", r"[^\s\p{L}\p{N}]",
    r"[\r\n]", "[a-z]", "[A-Za-z]", "[0-9]", "[\u4e00-\u9fa5]", r"[\p{L}\p{M}]", r"[^\r\n\p{L}\p{N}]", " ", r"[ \t]", "'",
    r"\p{Han}", r"\p{Cyrillic}", r"[^\s]", ".", "e", r"\n", r"\p{M}",
]  # fmt: skip


def random_pattern(rng, depth=0):
    """A pattern of classes, counts, alternatives, optional groups and look-arounds."""

    def atom():
        if depth < 2 and rng.random() < 0.15:
            return f"(?:{random_pattern(rng, depth + 1)})"
        return rng.choice(CLASSES)

    def item():
        choice = rng.random()
        if choice < 0.06:
            return f"(?={rng.choice(CLASSES)})" if rng.random() < 0.5 else f"(?!{rng.choice(CLASSES)})"
        if choice < 0.09 and depth == 0:
            return f"(?={rng.choice(CLASSES)}{{2}})" if rng.random() < 0.5 else f"(?!{rng.choice(CLASSES)}+{rng.choice(CLASSES)})"
        if choice < 0.12:
            return rng.choice([r"\b", "^", "$", r"\B", f"(?<={rng.choice(CLASSES)})", f"(?<!{rng.choice(CLASSES)})"])
        return atom() + rng.choice(["", "", "", "+", "+", "+", "?", "*", "{1,3}", "{2}", "+?", "*?", "++", "?+"])

    def branch():
        items = [item() for _ in range(rng.choice((1, 1, 2, 2, 3)))]
        return "".join(items)

    return "|".join(branch() for _ in range(rng.choice((1, 2, 3, 4)) if depth == 0 else rng.choice((1, 2))))


def random_step(rng):
    from tokenizers import Regex, pre_tokenizers

    behaviors = ["isolated"] * 4 + ["removed", "merged_with_previous", "merged_with_next", "contiguous"]
    choice = rng.random()
    if choice < 0.55:
        while True:
            pattern = random_pattern(rng)
            try:
                Regex(pattern)
                break
            except Exception:
                continue
        behavior = rng.choice(behaviors)
        return pre_tokenizers.Split(Regex(pattern), behavior, rng.random() < 0.3)
    if choice < 0.62:
        return pre_tokenizers.Split(rng.choice([" ", "e", "\n", "th", "."]), rng.choice(behaviors), False)
    return rng.choice([
        lambda: pre_tokenizers.Digits(individual_digits=rng.random() < 0.5),
        lambda: pre_tokenizers.Punctuation(rng.choice(behaviors)),
        lambda: pre_tokenizers.Whitespace(),
        lambda: pre_tokenizers.WhitespaceSplit(),
        lambda: pre_tokenizers.BertPreTokenizer(),
        lambda: split(rng.choice([GPT2, DEEPSEEK_3, KIMI, parity.LLAMA3])),
    ])()  # fmt: skip


def random_normalizer(rng):
    from tokenizers import Regex, normalizers

    parts = [
        lambda: normalizers.NFC(), lambda: normalizers.NFKC(), lambda: normalizers.NFD(), lambda: normalizers.Lowercase(),
        lambda: normalizers.StripAccents(), lambda: normalizers.Replace(Regex(r"\s+"), " "), lambda: normalizers.Replace("e", "ee"),
        lambda: normalizers.Strip(), lambda: normalizers.Prepend("x"), lambda: normalizers.Nmt(),
    ]  # fmt: skip
    if rng.random() < 0.5:
        return None
    return normalizers.Sequence([rng.choice(parts)() for _ in range(rng.choice((1, 1, 2)))])


def random_shape(rng):
    from tokenizers import normalizers, pre_tokenizers

    normalizer = random_normalizer(rng)
    steps = [random_step(rng) for _ in range(rng.choice((0, 1, 1, 2, 3)))]
    kind = rng.random()
    options = {}
    if kind < 0.15:
        options["characters"] = True
        if rng.random() < 0.7:
            scheme = rng.choice(["always", "first", "never"])
            steps.insert(rng.randrange(len(steps) + 1), pre_tokenizers.Metaspace(prepend_scheme=scheme, split=rng.random() < 0.7))
    elif kind < 0.3:
        normalizer = normalizers.Sequence([*([normalizer] if normalizer else []), normalizers.ByteLevel()])
    else:
        steps.append(byte_level(rng.random() < 0.5, rng.random() < 0.3))
        if rng.random() < 0.35:
            steps += [random_step(rng) for _ in range(rng.choice((1, 2)))]
        if rng.random() < 0.2:
            options["lacks"] = tuple(rng.sample(range(0xE0, 0xF5), 3))
    options["size"] = rng.choice((400, 1000, 4000))
    options["ignore_merges"] = rng.random() < 0.2
    return normalizer, steps, options


# Training and comparing --------------------------------------------------------------------


def train(shape, texts, path):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    normalizer, steps, options = shape
    isCharacters = options.get("characters", False)
    tokenizer = Tokenizer(models.BPE(**({"unk_token": "<unk>", "fuse_unk": True} if isCharacters else {})))
    if normalizer:
        tokenizer.normalizer = normalizer
    if steps:
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(steps)
    trainer = trainers.BpeTrainer(
        vocab_size=options.get("size", 8000), show_progress=False, max_token_length=24,
        special_tokens=["<unk>"] if isCharacters else ["<|endoftext|>"],
        initial_alphabet=[] if isCharacters else pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    tokenizer.train_from_iterator(texts, trainer)
    file = json.loads(tokenizer.to_str())
    drop(file["model"], options.get("lacks", ()))
    file["model"]["ignore_merges"] = options.get("ignore_merges", False)
    path.write_text(json.dumps(file, ensure_ascii=False))


def drop(model, missing):
    """Takes bytes out of a vocabulary, with all that is made of them."""
    characters = byte_characters()
    gone = {characters[byte] for byte in missing}
    if not gone:
        return
    kept = [token for token in model["vocab"] if not gone & set(token)]
    model["vocab"] = {token: id for id, token in enumerate(kept)}
    model["merges"] = [m for m in model["merges"] if not gone & set("".join(m))]


def byte_characters():
    """The visible character of each byte: itself where printable, else the next from U+0100."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    result = {byte: chr(byte) for byte in printable}
    return result | {byte: chr(0x100 + index) for index, byte in enumerate(others)}


def texts_of(path, limit):
    """The texts of a corpus, from all of it, of a limited size together."""
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    random.Random(1).shuffle(texts)
    size = 0
    for text in texts:
        size += len(text.encode())
        if size > limit:
            return
        yield text


def hard_texts(seed):
    rng = random.Random(seed)
    yield from rng.sample(list(parity.contexts()), 2000)
    yield from rng.sample(list(parity.random_texts()), 3000)
    yield from parity.runs_of(["a", " ", "\n", "0", "\u4e00", " a", "1 "], [3, 16, 64, 257, 5000])


def refusal(arguments, path):
    """What cuvee says where it does not read a vocabulary."""
    command = [arguments.cuvee, "tokenize", "-", "--tokenizer", str(path), "--count"]
    run = subprocess.run(command, input=b'{"text":"a"}\n', capture_output=True)
    return run.stderr.decode() if run.returncode != 0 else None


def write(path, texts):
    with open(path, "w", encoding="utf-8") as file:
        for number, text in enumerate(filter(None, texts)):
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuvee", required=True, help="the release binary")
    parser.add_argument("--data", default=os.environ.get("CUVEE_TESTDATA"), help="unpacked data")
    parser.add_argument("--named", nargs="*", default=None, help="published shapes; all by default")
    parser.add_argument("--random", type=int, default=20, help="how many random shapes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--megabytes", type=float, default=8, help="of each corpus to compare")
    parser.add_argument("--train-megabytes", type=float, default=2)
    parser.add_argument("--show", type=int, default=3, help="differences to print in full")
    parser.add_argument("--keep", type=Path, help="a folder for the vocabularies")
    parser.add_argument("--venv", type=Path, default=Path.home() / ".cache/cuvee-parity/venv")
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error("give --data, or set CUVEE_TESTDATA")
    parity.in_venv(arguments.venv)
    data = Path(arguments.data)
    wrong, refused = 0, []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        write(folder / "hard.jsonl", hard_texts(arguments.seed))
        for corpus in ("bench_en.jsonl", "bench_mixed.jsonl"):
            write(folder / corpus, texts_of(data / corpus, arguments.megabytes * 1e6))
        training = list(texts_of(data / "bench_en.jsonl", arguments.train_megabytes * 5e5))
        training += texts_of(data / "bench_mixed.jsonl", arguments.train_megabytes * 5e5)
        shapes = dict(named())
        if arguments.named is not None:
            shapes = {name: shapes[name] for name in arguments.named if name != "none"} or (
                {} if "none" in arguments.named else shapes
            )
        for index in range(arguments.random):
            shapes[f"random-{arguments.seed}-{index}"] = random_shape(random.Random(f"{arguments.seed} {index}"))
        kept = arguments.keep or folder
        kept.mkdir(exist_ok=True)
        for name, shape in shapes.items():
            path = kept.resolve() / f"{name}.json"
            train(shape, training, path)
            said = refusal(arguments, path)
            if said:
                refused.append(name)
                print(f"{name}: refused: {said.strip()}", flush=True)
                if "is not supported" not in said:
                    wrong += 1
                continue
            parity.TOKENIZERS[name] = (str(path), "hugging-face", str(path))
            before = wrong
            for corpus in ("hard.jsonl", "bench_en.jsonl", "bench_mixed.jsonl"):
                wrong += parity.compare(arguments, name, corpus, folder / corpus)
            if wrong > before:
                described = json.loads(path.read_text())
                print(f"  {json.dumps({k: described[k] for k in ('normalizer', 'pre_tokenizer')})}", flush=True)
    print(f"{len(shapes)} vocabularies, {len(refused)} refused, {wrong} documents wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
