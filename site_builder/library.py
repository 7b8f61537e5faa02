"""What was read, and the names found in it, as the cache keeps them: not all of it is held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from site_builder.cache import Cache, LostError, pickled, unpickled

if TYPE_CHECKING:
    from site_builder import mentions
    from site_builder.linking import Key
    from site_builder.reading.document import Parsed, Texts

#: Texts of which the sentences are kept at hand: pages of records that are often together follow each other.
_RECENT = 2000


#: The shelves of what was found in texts. Sentences lie apart: the page of a record takes some from hundreds of texts.
SEEN, SENTENCES = "mentions", "sentences"


class Seen(NamedTuple):
    """The names found in a text: in short, and in full ready to be kept (`linked`, `sentences`); and the sums of the
    text's keys."""

    names: mentions.Names
    linked: bytes
    sentences: bytes
    sums: bytes


class Library(NamedTuple):
    """The files of the content as read, and the names found in articles; each by the keys of the files' paths."""

    cache: Cache
    keys: dict[str, str]
    names: dict[str, str]
    recent: dict[str, dict[Key, tuple[mentions.Quotation, ...]]]

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

    def seen(self, path: str) -> Seen | None:
        """The names found in the text of an article in short, where the cache has them."""
        parts = self.cache.load(SEEN, self.names[path])
        value: Seen | None = parts and unpickled(parts[0])
        return value

    def keep_seen(self, path: str, seen: Seen) -> None:
        """Keep the names found in the text of an article."""
        short = pickled(seen._replace(linked=b"", sentences=b""))
        self.cache.save(SEEN, self.names[path], (short, seen.linked))
        self.cache.put(SENTENCES, self.names[path], seen.sentences)

    def linked(self, path: str) -> mentions.Linked:
        """The texts of an article with links to the records that it names."""
        parts = self.cache.load(SEEN, self.names[path])
        value: mentions.Linked | None = parts and unpickled(parts[1])
        if value is None:
            raise LostError
        return value

    def quotations(self, path: str, key: Key) -> tuple[mentions.Quotation, ...]:
        """The sentences of a text that name a record."""
        name = self.names[path]
        sentences = self.recent.get(name)
        if sentences is None:
            sentences = self.cache.load(SENTENCES, name)
            if sentences is None:
                raise LostError
            if len(self.recent) > _RECENT:
                self.recent.clear()
            self.recent[name] = sentences
        return sentences[key]

    def _part(self, path: str, number: int) -> Any:
        parts = self.cache.load("parsed", self.keys[path])
        return parts and unpickled(parts[number])
