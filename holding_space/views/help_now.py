"""Help now: people to talk to, by country. Stands without model, index, essays and database."""

from holding_space.views.care import draw_everything
from holding_space.views.components import html, quiet

html(
    '<h1 class="hs-title">Help now</h1>'
    "<p>These are people, by text, chat or phone. You do not have to be sure that it is serious enough. You can also ask for somebody else.</p>"
)
draw_everything()
html(
    "<p>If somebody may be watching this device, another one is safer: a friend’s, a library’s, one at work. “Leave this page”, at the "
    "top, or Shift pressed three times, blanks this page at once. The browser’s history still lists it.</p>"
    "<p>If there is a person near you whom you trust, tell them one sentence of it. “I am not all right, can you stay with me for a while?” "
    "is enough.</p>"
)
quiet(
    "Each entry was found in an official or an independent published source and says when it was read. Nobody has rung these numbers for this "
    "program. If one does not answer, your local emergency number does."
)
