"""Which passages speak to a situation, and why."""

from holding_space.matching.blend import Blend
from holding_space.matching.learned import Learned, LearnedManifest, read_learned, write_learned
from holding_space.matching.matcher import Matcher, Query, Wish

__all__ = ["Blend", "Learned", "LearnedManifest", "Matcher", "Query", "Wish", "read_learned", "write_learned"]
