"""Everything that can go wrong, drawn before it is coded.

HoldingSpaceError            each carries `fault` (what is wrong) and `cure` (what to do about it)
├── SettingsError            a setting that cannot be used
├── CorpusError              essays that cannot be read; lists every problem with file and line
├── EncoderError             the language model
│   ├── ModelMissing         its files are not installed
│   └── ModelAltered         its weights are not the ones that were measured
├── IndexArtefactError       the precomputed embeddings
│   ├── MissingIndex         none has been built for this encoder
│   ├── DamagedIndex         its files are not as they were written
│   └── StaleIndex           it belongs to other essays, another encoder or another recipe
├── SafetyError              the safety data cannot be read; callers then show help and no passage
└── LibraryError             what readers keep
    ├── LibraryLocked        another program holds the database
    ├── LibraryFull          no room left to write
    ├── LibraryDamaged       the file is not a readable database
    ├── LibraryTooNew        a newer version of the program wrote it
    ├── PassphraseNeeded     what is kept is sealed, and the passphrase has not been typed
    ├── PassphraseWrong      it does not open what is kept, or cannot be taken
    ├── NotKept              there is no such kept thing for this reader
    ├── EditConflict         it was changed elsewhere since it was read
    └── TransferError        a file that cannot be exported to or imported from

Messages name files, lines, settings and numbers. They never contain a reader's words.
"""


class HoldingSpaceError(Exception):
    """A fault that a person can do something about.

    `fault` says what is wrong in one sentence; `cure` says what to do. `str()` joins both.
    """

    def __init__(self, fault: str, cure: str) -> None:
        super().__init__(f"{fault} {cure}")
        self.fault = fault
        self.cure = cure


class SettingsError(HoldingSpaceError):
    """A setting has a value that cannot be used."""


class CorpusError(HoldingSpaceError):
    """Essays that cannot be read. `problems` holds one line for each, as `file:line: fault. cure`."""

    def __init__(self, fault: str, cure: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(fault, cure)
        self.problems = problems


class EncoderError(HoldingSpaceError):
    """The language model cannot be used."""


class ModelMissing(EncoderError):
    """The model's files are not installed."""


class ModelAltered(EncoderError):
    """The model's weights differ from the ones this program was measured with."""


class IndexArtefactError(HoldingSpaceError):
    """The precomputed embeddings cannot be used."""


class MissingIndex(IndexArtefactError):
    """No embeddings have been computed for this encoder."""


class DamagedIndex(IndexArtefactError):
    """A file of the index is missing or differs from what was written."""


class StaleIndex(IndexArtefactError):
    """The index was made from other essays, by another encoder, or with another recipe."""


class SafetyError(HoldingSpaceError):
    """The safety data cannot be read. Whoever catches this shows help and no passage."""


class LibraryError(HoldingSpaceError):
    """What readers keep cannot be read or written."""


class LibraryLocked(LibraryError):
    """Another program is holding the database."""


class LibraryFull(LibraryError):
    """There is no room left on the disk."""


class LibraryDamaged(LibraryError):
    """The file is not a readable database."""


class LibraryTooNew(LibraryError):
    """The database was written by a newer version of the program."""


class PassphraseNeeded(LibraryError):
    """What is kept is encrypted, and nobody has typed the passphrase since the program started."""


class PassphraseWrong(LibraryError):
    """A passphrase that does not open what is kept, or that cannot be taken for a new one."""


class NotKept(LibraryError):
    """This reader has kept no such thing."""


class EditConflict(LibraryError):
    """A kept thing was changed elsewhere since it was read; nothing was overwritten."""


class TransferError(LibraryError):
    """A file that cannot be read or written as an export."""
