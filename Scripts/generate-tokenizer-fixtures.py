#!/usr/bin/env python3
"""Writes the fixtures of Tests/TokenizersTests: two tiny vocabularies, and golden ids.

    python3 -m venv ~/venv && ~/venv/bin/pip install -r Benchmarks/parity/requirements.txt
    ~/venv/bin/python Scripts/generate-tokenizer-fixtures.py [UNPACKED_TEST_DATA]

The tiny vocabularies are trained on the text below by Hugging Face tokenizers. All ids come from
tiktoken and Hugging Face tokenizers, never from Cuvee. Real vocabularies are not committed; their
golden ids are written only where the test data is given, and are compared where it is.
"""

import base64
import importlib.util
import itertools
import json
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests" / "TokenizersTests" / "Fixtures"


def module(name, path):
    spec = importlib.util.spec_from_file_location(name, ROOT / path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


parity = module("parity", "Benchmarks/parity/tokenizers.py")
kinds = module("kinds", "Benchmarks/parity/kinds.py")

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models  # noqa: E402
from tokenizers import normalizers, pre_tokenizers, trainers  # noqa: E402

TEXT = """
A cellar holds many barrels, and a cuvee is what the cellar master makes of them. He tastes each
barrel, writes down what it is like, and decides how much of it goes into the blend. He doesn't
guess: he measures. Twelve parts of this one, seven of that, and none at all of the third, which
has turned. "It's a pity," he says, "but we've all lost a barrel, and I'll lose another." They're
listening; she'd have asked why, I'm sure, but the pump is loud.

    for barrel in cellar:
        if barrel.taste() > 0.5:
            blend.add(barrel, share=12)
        else:
            blend.skip(barrel)

In 1998 there were 120 barrels; in 2007 there were 2,450. Caf\u00e9, na\u00efve, fa\u00e7ade, \u00fcber.
\u0412 \u043f\u043e\u0433\u0440\u0435\u0431\u0435 \u043c\u043d\u043e\u0433\u043e \u0431\u043e\u0447\u0435\u043a. \u9152\u7a96\u91cc\u6709\u8bb8\u591a\u6728\u6876\u3002
"""


def lines():
    return [TEXT, *TEXT.splitlines(keepends=True)]


def save(tokenizer, folder):
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


def gpt2_style():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=480, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(lines(), trainer)
    tokenizer.add_special_tokens(["<|endoftext|>"])
    folder = FIXTURES / "gpt2-style"
    save(tokenizer, folder)
    model = json.loads(tokenizer.to_str())["model"]
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in model["merges"]]
    vocabulary = model["vocab"] | {"<|endoftext|>": len(model["vocab"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=True))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges, ""]), encoding="utf-8")
    characters = {c: b for b, c in byte_characters().items()}
    ranks = {bytes(characters[c] for c in token): rank for token, rank in model["vocab"].items()}
    text = "".join(f"{base64.b64encode(t).decode()} {r}\n" for t, r in ranks.items())
    (folder / "ranks.tiktoken").write_text(text)


def byte_characters():
    """The visible character of each byte: itself where printable, else the next from U+0100."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    result = {byte: chr(byte) for byte in printable}
    return result | {byte: chr(0x100 + index) for index, byte in enumerate(others)}


def neox_style():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=420,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<|endoftext|>", "<|padding|>"],
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines(), trainer)
    spaces = [" " * count for count in range(24, 1, -1)]
    tokenizer.add_tokens([AddedToken(content, normalized=True) for content in spaces])
    tokenizer.add_tokens([AddedToken("|||EMAIL_ADDRESS|||", normalized=True)])
    tokenizer.add_tokens([AddedToken("|||IP_ADDRESS|||", normalized=False)])
    tokenizer.add_tokens([AddedToken("cafe\u0301", normalized=True)])
    save(tokenizer, FIXTURES / "neox-style")
    # The same with the options of ByteLevel turned round.
    for name, options in {
        "prefix-space": {"add_prefix_space": True},
        "whole": {"add_prefix_space": False, "use_regex": False},
    }.items():
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(**options)
        save(tokenizer, FIXTURES / f"neox-style-{name}")


def split_style():
    """A pattern that no scanner covers, over bytes."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    pattern = Regex(r"\p{Lu}?\p{Ll}+|\p{L}+|\p{N}{1,2}|[^\s\p{L}\p{N}]{1,3}|\s+(?=\S)|\s+")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(pattern, "isolated"),
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=420, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(lines(), trainer)
    tokenizer.add_tokens(
        [
            AddedToken("barrel", single_word=True, normalized=False),
            AddedToken("<left>", lstrip=True, normalized=False),
            AddedToken("<right>", rstrip=True, normalized=False),
        ]
    )
    save(tokenizer, FIXTURES / "split-style")


def metaspace_style():
    """Characters with a mark for spaces, unknown ones fused."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFD(), normalizers.StripAccents(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(), pre_tokenizers.Punctuation()]
    )
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=["<unk>"], show_progress=False)
    tokenizer.train_from_iterator(lines()[:12], trainer)
    save(tokenizer, FIXTURES / "metaspace-style")


def unigram_style():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="first")
    trainer = trainers.UnigramTrainer(
        vocab_size=200, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(lines(), trainer)
    save(tokenizer, FIXTURES / "unigram-style")


def sentencepiece_style():
    import sentencepiece

    for name, options in {
        "sp-bpe": dict(
            model_type="bpe", vocab_size=500, byte_fallback=True, split_digits=True,
            normalization_rule_name="identity", remove_extra_whitespaces=False,
            user_defined_symbols=["barrel", "\u9152"],
        ),
        "sp-unigram": dict(model_type="unigram", vocab_size=120, user_defined_symbols=["pump"]),
    }.items():  # fmt: skip
        folder = FIXTURES / name
        folder.mkdir(exist_ok=True)
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(TEXT.split("\n") * 4), model_prefix=str(folder / "tokenizer"),
            character_coverage=0.98, minloglevel=2, **options,
        )  # fmt: skip
        (folder / "tokenizer.vocab").unlink()


# Shapes of published vocabularies that need something of their own.
KINDS = (
    "deepseek-llm", "deepseek-v3", "falcon", "starcoder", "byte-level-normalizer", "thousands",
    "digits-from-the-right", "words-and-lines", "replace-regex",
)  # fmt: skip


def published_kinds():
    shapes = kinds.named()
    for name in KINDS:
        normalizer, steps, options = shapes[name]
        folder = FIXTURES / "kinds"
        folder.mkdir(exist_ok=True)
        shape = (normalizer, steps, options | {"size": 400})
        kinds.train(shape, lines(), folder / f"{name}.json")
    path = {name: FIXTURES / "kinds" / f"{name}.json" for name in KINDS}
    write_golden(
        "golden-kinds.json",
        {f"kinds/{name}.json": parity.reference("hugging-face", path[name]) for name in KINDS},
    )


def clusters():
    """What Hugging Face's Precompiled makes of clusters, by a charsmap of few rules."""
    properties = module("properties", "Scripts/generate-unicode-properties.py")
    rules = {"E\u0328": "\u0118", "\u2122": "TM", "\u2139": "i", "\u00aa": "a", "\u0958": "\u0915\u093c"}
    rules |= {"\u0301": "'", "\u11a8": "g", "\u1161": "a", "A": "x", "\u0916": "kh"}
    charsmap = properties.charsmap(rules)
    samples = list(parity.clusters())
    rng = random.Random(6)
    samples = samples[:3000:3] + rng.sample(samples[3000:], 1500)
    normalize = normalizers.Precompiled(charsmap).normalize_str
    golden = {
        "charsmap": base64.b64encode(charsmap).decode(),
        "texts": samples,
        "wanted": [normalize(text) for text in samples],
    }
    text = json.dumps(golden, ensure_ascii=True, separators=(",", ":"))
    (FIXTURES / "golden-clusters.json").write_text(text + "\n")
    print(f"golden-clusters.json: {len(samples)} texts, {len(text)} bytes")


def texts():
    rng = random.Random(4)
    result = lines()
    contexts = list(parity.contexts())
    result += contexts[:11] + rng.sample(contexts, 90)
    result += parity.runs_of(["a", " ", "\n", "\u4e00", "\u0301"], [17, 49])
    result += ["a" * 300, "ab" * 200]
    randoms = list(itertools.islice(parity.random_texts(), 21000))
    result += rng.sample(randoms, 50)
    result += rng.sample(list(itertools.islice(parity.added_tokens(), 2000)), 40)
    result += rng.sample(list(itertools.islice(parity.markers(), 2000)), 60)
    result += ["a barrel barrels <left> x <right>  y", " the  pump\u2581is \ufb01ne\u3000\t"]
    result += ["cafe\u0301 caf\u00e9 Cafe\u0301", "a|||IP_ADDRESS|||e\u0301", "<|endoftext|>", "x<|padding|>"]
    return [text for text in result if len(text) < 1500]


def write_golden(name, encoders):
    samples = texts()
    golden = {
        "texts": samples,
        "ids": {key: encode(samples) for key, encode in encoders.items()},
    }
    text = json.dumps(golden, ensure_ascii=True, separators=(",", ":"))
    (FIXTURES / name).write_text(text + "\n")
    print(f"{name}: {len(samples)} texts, {len(text)} bytes")


def main():
    gpt2_style()
    neox_style()
    split_style()
    metaspace_style()
    unigram_style()
    sentencepiece_style()
    tiny = {
        "gpt2-style/tokenizer.json": "hugging-face",
        "gpt2-style/ranks.tiktoken": "r50k_base",
        "neox-style/tokenizer.json": "hugging-face",
        "neox-style-prefix-space/tokenizer.json": "hugging-face",
        "neox-style-whole/tokenizer.json": "hugging-face",
        "split-style/tokenizer.json": "hugging-face",
        "metaspace-style/tokenizer.json": "hugging-face",
        "unigram-style/tokenizer.json": "hugging-face",
        "sp-bpe/tokenizer.model": "sentencepiece",
        "sp-unigram/tokenizer.model": "sentencepiece",
    }
    write_golden(
        "golden-tiny.json",
        {path: parity.reference(kind, FIXTURES / path) for path, kind in tiny.items()},
    )
    published_kinds()
    clusters()
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1]) / "tokenizers"
        names = (
            "gpt2", "p50k_base", "gpt-neox-20b", "cl100k_base", "o200k_base", "llama3", "qwen",
            "tekken", "dolma2", "llama2", "mistral-v1",
        )  # fmt: skip
        real = {name: parity.TOKENIZERS[name][1:] for name in names}
        write_golden(
            "golden-real.json",
            {name: parity.reference(kind, folder / file) for name, (kind, file) in real.items()},
        )


if __name__ == "__main__":
    main()
