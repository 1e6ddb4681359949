"""Is this another language than English? Said only when it is sure: most people's English is messy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

# Words that hardly any English sentence does without, as people type them.
_ENGLISH = frozenset(
    """the a an and or but if so to of in on at for with from by about as i im ive id me my mine you your u ur he she it its
    they we us him her his hers them their our is are was were be been am do does did dont doesnt didnt have has had
    not no cant wont will would can could should just that this what when how why who because bc there then than like
    really want wants feel feels think know said says told get got all still even never always more again now
    asked left tell keep makes make""".split()  # noqa: SIM905 (a block of words reads better than a list)
)
MOST_ENGLISH_WORDS = 0.25
"""Share of such words up to which a text may be another language: "me", "no" and "a" are words elsewhere too."""
SURE = 0.95
FEWEST_WORDS = 4


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def is_surely_not_english(text: str) -> bool:
    """Whether a text is in another script, or in another language beyond reasonable doubt."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return False
    foreign = sum(not unicodedata.name(c, "").startswith(("LATIN", "FEMININE", "MASCULINE")) for c in letters)
    if foreign > len(letters) / 2:
        return len(letters) > 2
    words = re.findall(r"[^\W\d_]+", text.lower().replace("'", "").replace("’", ""))
    english = sum(word in _ENGLISH for word in words)
    if len(words) < FEWEST_WORDS or english > MOST_ENGLISH_WORDS * len(words):
        return False
    language, probability = _identifier().classify(text)
    # Without a single English function word even a doubtful guess is enough (Hindi in Latin letters is never sure).
    return bool(language != "en" and (probability > SURE or not english))
