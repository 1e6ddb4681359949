"""What an essay is checked for: every rule has a permanent id, and its cure in plain words.

Ids are never reused. `E` rules stop the program from using the essay; `W` rules say what would make it better.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Rule(StrEnum):
    """One thing that can be wrong with an essay. The value is its permanent id."""

    NOT_UTF8 = "E101"
    CONTROL_CHARACTER = "E102"
    FRONT_MATTER_OPEN = "E103"
    NOT_YAML = "E104"
    DUPLICATE_FIELD = "E105"
    YAML_ALIAS = "E106"
    UNKNOWN_FIELD = "E107"
    BAD_VALUE = "E108"
    NO_TITLE = "E109"
    NO_PROSE = "E110"
    HEADINGS_DIFFER = "E111"
    DUPLICATE_ID = "E112"
    UNKNOWN_THEME = "E113"
    BAD_FILE_NAME = "E114"
    OTHER_SIDE_SAFE_FOR_ABUSE = "E115"
    EMPTY_PASSAGE = "E116"
    NO_ESSAYS = "E117"
    TOO_LARGE = "E118"
    ANSWER_NOT_THERE = "E119"

    PLAIN_ESSAY = "W201"
    LENGTH = "W202"
    FEW_SPEAKS_TO = "W203"
    FEW_PROMPTS = "W204"
    NO_LIGHT_PROMPT = "W205"
    PROMPT_WHY = "W206"
    NO_QUESTION = "W207"
    PET_WORD = "W208"
    HTML = "W209"
    NO_THEME = "W210"
    REPEATED_OPENING = "W211"
    REPEATED_WORDS = "W212"
    NEAR_DUPLICATE_LINE = "W213"
    REMOTE_IMAGE = "W214"


CURES: dict[Rule, str] = {
    Rule.NOT_UTF8: "Save the file as UTF-8.",
    Rule.CONTROL_CHARACTER: "Delete the invisible character.",
    Rule.FRONT_MATTER_OPEN: "Close the front matter with a line of three dashes.",
    Rule.NOT_YAML: "Mend the front matter; text that contains ': ' or '#' needs quotation marks around it.",
    Rule.DUPLICATE_FIELD: "Keep one of them.",
    Rule.YAML_ALIAS: "Write the text out; anchors (&) and references (*) are not used here.",
    Rule.UNKNOWN_FIELD: "Check the spelling, or remove it.",
    Rule.BAD_VALUE: "Put in a value that is allowed.",
    Rule.NO_TITLE: "Begin the file with three dashes, a line 'title: …', and three dashes.",
    Rule.NO_PROSE: "Write the essay below the front matter, under '##' headings.",
    Rule.HEADINGS_DIFFER: "Give the body one '##' heading for each passage, word for word and in the same order.",
    Rule.DUPLICATE_ID: "Give each passage of the essay an id of its own.",
    Rule.UNKNOWN_THEME: "Use an id from themes.yaml, or add the theme there.",
    Rule.BAD_FILE_NAME: "Name the file with lower-case letters, digits and hyphens, ending in .md.",
    Rule.OTHER_SIDE_SAFE_FOR_ABUSE: "Take 'abuse' out of safe_if: somebody who is being hurt must not be asked to see it from the other side.",
    Rule.EMPTY_PASSAGE: "Write the passage, or remove its heading.",
    Rule.NO_ESSAYS: "Put at least one essay there: a .md file with a title and prose under '##' headings.",
    Rule.TOO_LARGE: "Split it into several essays.",
    Rule.ANSWER_NOT_THERE: "Copy the sentence from the passage, letter for letter, or remove it from answers.",
    Rule.PLAIN_ESSAY: "Describe its passages in the front matter: fixed ids keep saved passages pointing at the right place, speaks_to lines make it far easier to find, and its own prompts fit better than general ones.",
    Rule.LENGTH: "Aim at 90 to 180 words: long enough to say one thing, short enough to be read on a phone.",
    Rule.FEW_SPEAKS_TO: "Write 4 to 16 lines as readers would type them: they do most of the matching.",
    Rule.FEW_PROMPTS: "Write 2 to 4 prompts; until then general ones are shown.",
    Rule.NO_LIGHT_PROMPT: "Add a prompt of two minutes or less.",
    Rule.PROMPT_WHY: "Ask what, when or how: 'why' invites brooding.",
    Rule.NO_QUESTION: "End with a question that the reader could ask the other person.",
    Rule.PET_WORD: "Say it in the essay's own words.",
    Rule.HTML: "Write it as plain prose: HTML is shown as it stands and never run.",
    Rule.NO_THEME: "Name one to three themes, so that readers can find it when they browse.",
    Rule.REPEATED_OPENING: "Begin one of them differently.",
    Rule.REPEATED_WORDS: "Say it differently in one of them.",
    Rule.NEAR_DUPLICATE_LINE: "Make each line fit its own passage only: two alike confuse the matching.",
    Rule.REMOTE_IMAGE: "Leave images out: pages here load nothing from elsewhere.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule, where it is, and what is wrong there. `line` counts from 1; 0 means the whole file."""

    rule: Rule
    path: Path
    line: int
    fault: str

    @property
    def is_error(self) -> bool:
        """Whether the essay cannot be used until this is mended."""
        return self.rule.value.startswith("E")

    @property
    def cure(self) -> str:
        """What to do about it."""
        return CURES[self.rule]

    def __str__(self) -> str:
        place = f"{self.path.name}:{self.line}" if self.line else self.path.name
        return f"{place}: {self.rule.value} {self.fault} {self.cure}"
