"""Which passages speak to a situation, and why."""

from holding_space.matching.blend import Blend
from holding_space.matching.matcher import Matcher, Wish

__all__ = ["Blend", "Matcher", "Wish"]
