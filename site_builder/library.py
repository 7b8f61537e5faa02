"""What was read, and the names found in it, as the cache keeps them: not all of it is held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.cache import Cache, LostError, pickled, unpickled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder import mentions
    from site_builder.linking import Key
    from site_builder.reading.document import Parsed, Texts

#: Texts of which the sentences are kept at hand: pages of records that are often together follow each other.
_RECENT = 2000


#: The shelves of what was found in texts. Sentences lie apart: the page of a record takes some from hundreds of texts.
SEEN, SENTENCES = "mentions", "sentences"
#: The shelf of check sums of the keys of texts, by the digests of the texts.
SUMS = "sums"


class Seen(NamedTuple):
    """The names found in a text: in short, and in full ready to be kept."""

    names: mentions.Names
    linked: bytes
    sentences: bytes


#: Size, time of the last change of content and of state (nanoseconds), inode. None stands for nothing sure.
Stamp = tuple[int, int, int, int]


class Source(NamedTuple):
    """A file of the content: its stamp and the digest of its bytes."""

    stamp: Stamp | None
    digest: str


class Named(NamedTuple):
    """The names found in a text, in short: for what words and what else known of the text, by their digests, and where
    the cache has all that was found."""

    words: bytes
    about: bytes
    key: str
    names: mentions.Names


#: The sentences of a text that name a record: as a rule one text, which is much smaller than many small ones.
_Packed = str | tuple["mentions.Quotation", ...]


def packed(sentences: Mapping[Key, tuple[mentions.Quotation, ...]]) -> bytes:
    """The sentences of a text that name each record, ready to be kept."""
    found: dict[str, _Packed] = {}
    for (kind, id_), several in sentences.items():
        pieces = [piece for one in several for piece in one if isinstance(piece, str)]
        alone = len(pieces) == 2 * len(several) and not any("\n" in piece for piece in pieces)
        found[f"{kind}/{id_}"] = "\n".join(pieces) if alone else several
    return pickled(found)


def _unpacked(sentences: _Packed) -> tuple[mentions.Quotation, ...]:
    if not isinstance(sentences, str):
        return sentences
    pieces = iter(sentences.split("\n"))
    return tuple(zip(pieces, pieces, strict=True))


class Library(NamedTuple):
    """The files of the content as read, and the names found in articles.

    `reading` is a digest of how files are read, `sources` has those of their bytes, `names` say where names are kept.
    """

    cache: Cache
    reading: str
    sources: Mapping[str, Source]
    names: Mapping[str, Named]
    recent: dict[str, dict[str, _Packed]]

    def key(self, path: str) -> str:
        """The key under which the cache has a file."""
        return f"{self.reading} {self.sources[path].digest} {path}"

    def load(self, path: str) -> Parsed:
        """The whole of a file."""
        value = self.kept(path)
        if value is None:
            raise LostError
        return value

    def kept(self, path: str) -> Parsed | None:
        """The whole of a file, where the cache has it."""
        value: Parsed | None = self._part(path, 1)
        return value

    def texts(self, path: str) -> Texts:
        """The texts of a file."""
        value: Texts | None = self._part(path, 0)
        if value is None:
            raise LostError
        return value

    def seen(self, key: str) -> mentions.Names | None:
        """The names found in the text of an article in short, where the cache has them under a key."""
        parts = self.cache.load(SEEN, key)
        value: mentions.Names | None = parts and unpickled(parts[0])
        return value

    def keep_seen(self, key: str, seen: Seen) -> None:
        """Keep the names found in the text of an article."""
        self.cache.save(SEEN, key, (pickled(seen.names), seen.linked))
        self.cache.put(SENTENCES, key, seen.sentences)

    def linked(self, path: str) -> mentions.Linked:
        """The texts of an article with links to the records that it names."""
        parts = self.cache.load(SEEN, self.names[path].key)
        value: mentions.Linked | None = parts and unpickled(parts[1])
        if value is None:
            raise LostError
        return value

    def quotations(self, path: str, key: Key) -> tuple[mentions.Quotation, ...]:
        """The sentences of a text that name a record."""
        name = self.names[path].key
        sentences = self.recent.get(name)
        if sentences is None:
            sentences = self.cache.load(SENTENCES, name)
            if sentences is None:
                raise LostError
            if len(self.recent) > _RECENT:
                self.recent.clear()
            self.recent[name] = sentences
        return _unpacked(sentences[f"{key[0]}/{key[1]}"])

    def _part(self, path: str, number: int) -> Any:
        parts = self.cache.load("parsed", self.key(path))
        return parts and unpickled(parts[number])
