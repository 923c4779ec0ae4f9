"""One process of one peer: PEER VOCABULARY PATTERN CORPUS PASSES, and prints one line of JSON.

The facts are those of TokenizerBenchmark: processor seconds of each pass over the corpus, the first
with a tokenizer that is new. Loading and reading are not counted. Each peer is given the corpus in the
form that suits it best, on one thread.
"""

import json
import resource
import sys
import time
from pathlib import Path

PATTERNS = {"gpt2": "gpt2", "cl100k": "gpt4", "o200k": "o200k"}


def gigatoken(path, pattern):
    import gigatoken
    import numpy

    if pattern == "-":
        tokenizer = gigatoken.Tokenizer(str(path))
    else:
        tokenizer = gigatoken.Tokenizer.from_tiktoken(
            str(path), pretokenizer=PATTERNS[pattern], special_tokens={}
        )
    prepare = lambda texts: [text.encode() for text in texts]
    encode = lambda texts: tokenizer.encode_batch(texts, parallel=False)
    return prepare, encode, lambda result: numpy.asarray(result.layout.content.data)


def fastokens(path, pattern):
    import fastokens._native
    import numpy

    tokenizer = fastokens._native.Tokenizer.from_file(str(path))
    encode = lambda texts: tokenizer.encode_batch_flat(texts, False, True)
    return list, encode, lambda result: numpy.frombuffer(result[0], numpy.uint32)


def tiktoken(path, pattern):
    import numpy
    import tiktoken
    from tiktoken.load import load_tiktoken_bpe
    from tiktoken_ext import openai_public

    name = {"gpt2": "r50k_base", "cl100k": "cl100k_base", "o200k": "o200k_base"}[pattern]
    if name == "r50k_base":
        regex = openai_public.r50k_pat_str
    else:
        loader = openai_public.load_tiktoken_bpe
        openai_public.load_tiktoken_bpe = lambda *_, **__: {}
        regex = getattr(openai_public, name)()["pat_str"]
        openai_public.load_tiktoken_bpe = loader
    encoding = tiktoken.Encoding(
        pattern, pat_str=regex, mergeable_ranks=load_tiktoken_bpe(str(path)), special_tokens={}
    )
    encode = lambda texts: [encoding.encode_to_numpy(t, disallowed_special=()) for t in texts]
    return list, encode, lambda result: numpy.concatenate(result)


def sentencepiece(path, pattern):
    import numpy
    import sentencepiece

    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    encode = lambda texts: [processor.encode(text) for text in texts]
    return list, encode, lambda result: numpy.concatenate([numpy.array(i, "<u4") for i in result])


def tokenizers(path, pattern):
    import numpy
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.encode_special_tokens = True
    encode = lambda texts: tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    flat = lambda result: numpy.concatenate([numpy.array(e.ids, numpy.uint32) for e in result])
    return list, encode, flat


def main():
    peer, path, pattern, corpus, passes = sys.argv[1:]
    begin = time.process_time()
    prepare, encode, flat = globals()[peer](Path(path), pattern)
    load = time.process_time() - begin
    with open(corpus, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file.read().split("\n") if line]
    size = sum(len(text.encode()) for text in texts)
    texts = prepare(texts)
    seconds, walls, result = [], [], None
    for _ in range(int(passes)):
        result = None
        begin, wall = time.process_time(), time.monotonic()
        result = encode(texts)
        seconds.append(time.process_time() - begin)
        walls.append(time.monotonic() - wall)
    import xxhash

    ids = flat(result).astype("<u4")
    print(
        json.dumps(
            {
                "megabytes": size / 1e6,
                "documents": len(texts),
                "ids": len(ids),
                "digest": f"{xxhash.xxh64(ids.tobytes()).intdigest():x}",
                "loadSeconds": load,
                "seconds": seconds,
                "wallSeconds": walls,
                "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
            }
        )
    )


main()
