"""Texts made for comparing with C4 and Punkt: short, odd, and rich in what the rules look at."""

import random

SPACES = [" "] * 30 + [
    "  ", "\n", "\t", "\r\n", "\u00a0", "\u2003", "\u2028", "\x1c", "\x1f", "\x85", "\u3000", "",
    "", "--", "-", ", ", '"', "'", "`", "(", ")", "[1]", "{", "}", ";", ": ", "...", ". . .",
    ". . . .", "\u2019", "\u201d", "*", "@", "#", "&", "\u200b", "\u180e", "\x0b",
]  # fmt: skip
ENDS = [
    ".", ".", ".", "?", "!", "...", "..", '."', ".'", ".)", "!!!", "?!", ". . .", ".\u201d", ".-",
    ".,", ".]--", ".'\"", '?"',
]  # fmt: skip
WORDS = [
    "\u212aong", "A", "\u00c9", "\u00e9", "\u0130stanbul", "\u01c5", "1", "12", "3.5", "1,000", "-5",
    ".5", "\u0663", "\u0664.\u0665", "\u0967", "\u4e2d\u6587", "\u02b0", "x1", "1x", "_", "\u00aa",
    "\u2160", "\u2170", "\u00b2", "\ud55c", "\U0001d400", "\U0001d7ce", "ok", "U.S", "u.s", "e.g",
    "Ph.D", "co-op", "vice-pres", "ex-sen", "J", "j", "b", "B", "o", "I", "\u00df", "\u03c3\u03c2",
    "\U0001f600", "a.k.a", "\u212a",
]  # fmt: skip


def punkt_texts(seed, count):
    """Random texts of the model's words and of what stands between sentences."""
    from punkt.data import english

    rng = random.Random(seed)
    known = sorted(english.ORTHO_CONTEXT)
    abbreviations = sorted(english.ABBREV_TYPES)
    starters = sorted(english.SENT_STARTERS)
    collocations = sorted(english.COLLOCATIONS)

    def word():
        choice = rng.random()
        if choice < 0.3:
            return rng.choice(known)
        if choice < 0.45:
            return rng.choice(abbreviations)
        if choice < 0.6:
            return rng.choice(starters)
        if choice < 0.68:
            first, second = rng.choice(collocations)
            first = "7" if first == "##number##" else rng.choice([first, first.upper()])
            return first + ". " + rng.choice([second, second.capitalize(), second.upper()])
        return rng.choice(WORDS) if choice < 0.85 else rng.choice(SPACES)

    for _ in range(count):
        text = ""
        for _ in range(rng.randrange(1, 10)):
            case = rng.random()
            one = word()
            text += one.capitalize() if case < 0.35 else one.upper() if case < 0.4 else one
            text += rng.choice(ENDS) if rng.random() < 0.45 else ""
            text += rng.choice(SPACES)
        yield text
    for letters in (
        ".?!,-'\"()[]{}:;*@#&` \n\t\u00a0\u2003\x1caAbBiIjJ15\u00e9\u00c9\u0663\u212a",
        '. .?!-" aA1\u00a0\n',
    ):
        for _ in range(count // 2):
            yield "".join(rng.choice(letters) for _ in range(rng.randrange(1, 20)))


BREAKS = ["\n"] * 12 + [
    "\r", "\r\n", "\n\r", "\n\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028",
    "\u2029", "\x1f", "\t",
]  # fmt: skip
PHRASES = [
    "lorem ipsum", "Lorem Ipsum", "lorem  ipsum", "javascript", "JavaScript must be enabled",
    "javascr\u0131pt", "JAVASCR\u0130PT", "terms of use", "Terms of Use", "privacy policy",
    "PRIVACY POLICY", "cookie policy", "coo\u212aie policy", "uses cookies", "use of coo\u212aIES",
    "use cookies", "{", "}", "privacy", "policy", "use\u00a0cookies",
]  # fmt: skip
CITATIONS = [
    "[1]", "[]", "[12]", "[edit]", "[citation needed]", "[ 1]", "[Edit]", "[\u0663]", "[\u00b2]",
    "[[1]]", "[1", "[citation  needed]", "[1][2]", "[e[edit]dit]",
]  # fmt: skip
LINES = [
    "The first line of this text has enough words.",
    "Is this a line that asks something of you?",
    "Here is a line, he said, of some length!",
    'She said "this is the last line of them all."',
    "Dr. Smith went to Washington. He stayed there for a week.",
    "It ends without a mark and so it goes",
    "Too short this one.",
    "It trails off at the end of it...",
    "Mr. J. Aron met the board on Jan. 5. It was cold.",
    "What? No! Yes. These are sentences of one word each.",
]


def c4_texts(seed, count):
    """Random pages of lines that the rules of C4 keep, cut or drop the page for."""
    rng = random.Random(seed)
    spaces = [" ", "\u00a0", "\t", "\u2003", "\x1f", "\u3000", "  "]
    for _ in range(count):
        text = ""
        for _ in range(rng.randrange(0, 9)):
            line = rng.choice(LINES)
            words = line.split(" ")
            if rng.random() < 0.12:
                words.insert(rng.randrange(len(words) + 1), rng.choice(PHRASES))
            if rng.random() < 0.25:
                words.insert(rng.randrange(len(words) + 1), rng.choice(CITATIONS))
            if rng.random() < 0.02:
                words.insert(rng.randrange(len(words)), rng.choice(["x", "\u00e9"]) * rng.choice([999, 1000, 1001]))
            line = (rng.choice(spaces) if rng.random() < 0.1 else " ").join(words)
            if rng.random() < 0.1:
                line = rng.choice(CITATIONS) + " " + line
            if rng.random() < 0.1:
                line += rng.choice(CITATIONS + [" [1]", "\u2026", "\u201d", "\u3002"])
            if rng.random() < 0.1:
                line = rng.choice(spaces) + line + rng.choice(spaces)
            text += line + rng.choice(BREAKS)
        yield text
    # The limit on characters, which counts characters and not bytes.
    if count >= 1000:
        for extra in (-1, 0, 1):
            for letter in ("a", "\u00e9"):
                body = "This page is as long as a page can be. " * 3
                yield body + letter * (190_000 - len(body) - 1 + extra) + "."
