"""The page with which a conversation closes: what was kept of it, and one if-then plan, to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from holding_space.domain import Answer, Kept
from holding_space.library.html import render_page
from holding_space.library.markdown import by_thing, day, paragraphs, to_markdown


@dataclass(frozen=True, slots=True)
class Plan:
    """One if-then plan, in the reader's own words."""

    when: str
    then: str

    @property
    def text(self) -> str:
        """As a sentence; empty while there is nothing to plan. The words themselves are not touched."""
        when, then = self.when.strip(), self.then.strip()
        if not when and not then:
            return ""
        return f"If {when or '…'}, then I will {then or '…'}"


@dataclass(frozen=True, slots=True)
class Closing:
    """What was kept of a conversation, with what was written on it."""

    kept: tuple[Kept, ...]
    answers: tuple[Answer, ...]
    plan: Plan
    at: datetime

    def as_html(self) -> str:
        """A standalone page."""
        values = {"kept": self.kept, "answers": by_thing(self.answers), "plan": self.plan.text, "at": self.at}
        return render_page("closing.html", **values)

    def as_markdown(self) -> str:
        """The same to read in a notes program."""
        head = f"# {day(self.at)}\n\n"
        plan = f"**One plan**\n\n{paragraphs(self.plan.text)}\n\n" if self.plan.text else ""
        return head + plan + to_markdown(self.kept, self.answers).replace("# What I kept\n", "", 1).lstrip("\n")
