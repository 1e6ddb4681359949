"""Essays: from files that people write to values that the engine reads."""

from holding_space.corpus.check import check
from holding_space.corpus.load import Reading, load_corpus, read_corpus
from holding_space.corpus.prose import plain, render, sentences
from holding_space.corpus.rules import Problem, Rule

__all__ = ["Problem", "Reading", "Rule", "check", "load_corpus", "plain", "read_corpus", "render", "sentences"]
