import itertools
import re

import pytest

from holding_space.conversation.replies import Line, variant

FORBIDDEN = re.compile(
    r"\b(i understand|as an ai|valid|journey|you should|you must|diagnos\w+|toxic)\b|!", re.IGNORECASE
)


@pytest.mark.parametrize("line", list(Line))
def test_every_line_has_variants_that_keep_the_house_rules(line: Line) -> None:
    texts = [variant(line, times) for times in range(12)]
    assert len(set(texts)) >= 2
    assert all(one != two for one, two in itertools.pairwise(texts))
    assert [text for text in texts if FORBIDDEN.search(text)] == []
