"""What readers keep: passages word for word, notes, tags, answers, drafts and conversations.

`base.py` says what can be done, `opening.py` opens the file, `transfer.py` writes and reads exports.
"""

from holding_space.library.aside import copies_put_aside
from holding_space.library.base import LOCAL_READER, Library, Restored
from holding_space.library.bringing import bring_in, read_file
from holding_space.library.closing import Closing, Plan
from holding_space.library.coming_back import CHOICE as COMING_BACK
from holding_space.library.coming_back import OFF, bring_back, put_away
from holding_space.library.html import to_html
from holding_space.library.journal import Day, days
from holding_space.library.markdown import MONTHS, to_folder, to_markdown
from holding_space.library.opening import database_path, open_library, stored_where
from holding_space.library.sealing import is_sealed, seal, unseal
from holding_space.library.since import Fate, Since, since
from holding_space.library.transfer import Transfer, from_json, to_json

__all__ = [
    "COMING_BACK",
    "LOCAL_READER",
    "MONTHS",
    "OFF",
    "Closing",
    "Day",
    "Fate",
    "Library",
    "Plan",
    "Restored",
    "Since",
    "Transfer",
    "bring_back",
    "bring_in",
    "copies_put_aside",
    "database_path",
    "days",
    "from_json",
    "is_sealed",
    "open_library",
    "put_away",
    "read_file",
    "seal",
    "since",
    "stored_where",
    "to_folder",
    "to_html",
    "to_json",
    "to_markdown",
    "unseal",
]
