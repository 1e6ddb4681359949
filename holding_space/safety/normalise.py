"""One plain spelling for what people type, so that a pattern has to be written only once.

The result is lower case words with single spaces between them, `.` where a sentence ends and `,` where a clause
may end, each standing alone. It is used for recognising danger and for nothing else: it is never shown, and the
reader's own words are never changed by it.
"""

from __future__ import annotations

import re
import unicodedata

from holding_space.safety.spellings import CLIPPED, GUARDED, RUN_TOGETHER, SHORT_FORMS, SIGNS, SLIPS

PASSES = 4
LONGEST_WORD = 40

_LEET = str.maketrans("013457@$!", "oieastasi")
_DISGUISED = re.compile(r"[a-z0-9@$!*]{2,24}")
_SPELT_OUT = re.compile(r"(?<![a-z0-9'])(?:[a-z][ .*_/-]{1,3}){2,40}[a-z](?![a-z0-9'])")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_APOSTROPHES = re.compile("[\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4`\uff07]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile("[.!?\u2026\u3002\u0964]+")
_CLAUSE_END = re.compile('[,;:()\\[\\]"\u201c\u201d\u2013\u2014]+| - ')
_CONTRACTION = re.compile(r"\b([a-z]+)'(m|re|ve|ll|d|s|t)\b")
_PRONOUNS = frozenset(
    ("he", "she", "it", "that", "this", "what", "who", "there", "here", "where", "how", "everyone", "everything")
)
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_ILL = re.compile(r"\bill (?=(?:kill|hurt|end|jump|die|do|be|just|never|take|hang|cut|not|go|make|have)\b)")
_ID = re.compile(r"\bid (?=(?:rather|be|kill|die|never|have|just|end|hurt|like)\b)")
_MY_SELF = re.compile(r"\bmy self\b")
_NOT_A_WORD = re.compile(r"[^\w.,]+|_+")
_MARKS = re.compile(r"(?:[.,] ?)+")


def normalise(text: str) -> str:
    """The text in one plain spelling. Pure, linear in the length, and the same when done twice."""
    for _ in range(PASSES):
        before, text = text, _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    text = _fold(text)
    text = _SPELT_OUT.sub(_spelt_out, text)
    text = _DISGUISED.sub(_undisguised, text)
    text = _CONTRACTION.sub(_contraction, text).replace("'", "")
    text = _PARAGRAPH.sub(" . ", text)
    text = _SENTENCE_END.sub(" . ", text)
    text = _CLAUSE_END.sub(" , ", text)
    text = _NOT_A_WORD.sub(" ", text)
    words = text.split()
    plain = {word: _word(word) for word in set(words)}
    text = " ".join(plain[word] for word in words)
    text = _MY_SELF.sub("myself", text)
    text = _ILL.sub("i will ", text)
    text = _ID.sub("i would ", text)
    text = _MARKS.sub(lambda run: ". " if "." in run[0] else ", ", text + " ")
    return text.strip(" .,")


def _fold(text: str) -> str:
    """Lower case without accents, invisible characters or fancy forms of the same letter."""
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    if text.isascii():
        return text.lower()
    text = _APOSTROPHES.sub("'", text)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc", "Cs") or c in "\n\t")


def _spelt_out(found: re.Match[str]) -> str:
    """`k m s` and `d.i.e` as words; any other row of single letters stays as it is."""
    joined = re.sub(r"[^a-z]", "", found[0])
    for start in (0, 1):
        word = joined[start:]
        if word in GUARDED or word in RUN_TOGETHER:
            return f"{joined[:start]} {word}"
    return found[0]


def _undisguised(found: re.Match[str]) -> str:
    """`k1ll` and `su*cide` as the guarded words they stand for; `b4`, `me@home` and `wow!` are left alone."""
    token = found[0].rstrip("!*") if found[0].rstrip("!*").isalpha() else found[0]
    if token.isalpha() or token.isdigit():
        return found[0]
    if "*" not in token:
        word = token.translate(_LEET)
        return word if word in GUARDED else found[0]
    for word in sorted(GUARDED):
        if len(word) == len(token) and all(a in (b, "*") for a, b in zip(token, word, strict=True)):
            return word
    return found[0]


def _contraction(found: re.Match[str]) -> str:
    stem, ending = found[1], found[2]
    if ending == "d" and stem in CLIPPED:
        return CLIPPED[stem]
    if ending == "t":
        return SHORT_FORMS.get(f"{stem}t", f"{stem}t")
    if ending == "s":
        return f"{stem} is" if stem in _PRONOUNS else f"{stem} s"
    return f"{stem} {_ENDINGS[ending]}"


def _word(word: str) -> str:
    word = _STRETCHED.sub(r"\1", word[:LONGEST_WORD])
    if word in SHORT_FORMS:
        return SHORT_FORMS[word]
    return SLIPS.get(word) or RUN_TOGETHER.get(word) or word
