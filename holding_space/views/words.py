"""The labels that the pages share, in one place for whoever edits them."""

from holding_space.domain import Lens, PromptKind

LENS = {
    Lens.FEELING: "For what you feel",
    Lens.OTHER_SIDE: "Another side, as one possibility",
    Lens.STEP: "Something to try",
}

KIND = {
    PromptKind.NAME: "naming",
    PromptKind.NOTICE: "noticing",
    PromptKind.STEP_BACK: "stepping back",
    PromptKind.ASK: "asking",
    PromptKind.PLAN: "a plan",
    PromptKind.REST: "rest",
}

EXAMPLES = (
    "She said she needs some space, and I keep rereading her last message.",
    "We have the same fight every few weeks and I can hear it coming.",
    "I'm the one who wants time apart, and I can't find a way to say it that won't hurt him.",
    "It's been three days since we argued and neither of us has written.",
)

INVITATION = "What is happening between you and someone you love?"
PROMISE = (
    "Describe it below in your own words, in any order. The library looks for the passages that speak most closely to it "
    "and shows them as they were written. Nothing is made up for you, and nothing you write leaves this computer."
)
PLACEHOLDER = "What happened, in your own words"
FAR_FROM_READY = "The library is being opened, which takes about ten seconds after a start. You can write already."
WAITING = "What you wrote is here. It will be answered as soon as the library is open."
NOT_KEEPING = (
    "This copy can be reached over a network, so nothing is stored: everybody who opened it would see the same shelf. "
    "What you read and write is gone when you close the page."
)


GUEST = (
    "You have not logged in, so nothing is stored: what you read and write is gone when you close the page. Log in to save, or take "
    "a conversation along as a page of your own with “Close this conversation”."
)


def minutes(count: int) -> str:
    """A number of minutes in words."""
    return f"{count} minute{'' if count == 1 else 's'}"
