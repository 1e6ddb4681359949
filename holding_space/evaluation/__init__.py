"""How well the screen and the matching do, measured on texts that were written apart from them; and the screen's training."""
