"""Values of the catalogue in the words of one language."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain, groupby

from site_builder import model
from site_builder import views as v
from site_builder.config import Config
from site_builder.labels import Labels
from site_builder.model import Localized
from site_builder.text.bidi import embedded_plain, first_strong
from site_builder.text.collation import OTHER_HEADING, SEPARATOR, SortKey, filing_letters, index_letter, sort_key
from site_builder.text.dates import PartialDate, format_date, format_hijri, iso
from site_builder.text.languages import autonym, cldr_locale, guess_language, language, primary
from site_builder.text.numerals import format_number


class Words:
    """How a site says things in one language: names, dates and numbers, by its settings and labels."""

    def __init__(self, config: Config, labels: Labels) -> None:
        """The words of the language of `labels`."""
        self.code = labels.language
        self.direction = language(self.code).direction
        self._config, self._labels = config, labels
        self.date = lru_cache(maxsize=None)(self._date)
        self._first_letter = lru_cache(maxsize=None)(self._letter_of)
        self._word_letters = lru_cache(maxsize=None)(self._letters_of_word)

    def phrase(self, text: str, code: str | None = None) -> v.Phrase:
        """A text in a language: the page's own, another's (`code`), or an unknown one (an empty code)."""
        code = self.code if code is None else code
        return v.Phrase(text, code, language(code).direction if code else "auto")

    def localized(self, values: str | Localized | None) -> v.Phrase:
        """What is said in this language, or else in the nearest of the site's languages."""
        return self.phrase(*model.localized(values, self.code, self._config.languages))

    def label(self, key: str) -> v.Phrase:
        """A label of the interface."""
        return self.phrase(self._labels.text(key))

    def plain(self, phrase: v.Phrase) -> str:
        """A phrase as a string for the page's language, its direction kept by control characters."""
        return embedded_plain(phrase.text, phrase.dir, self.direction)

    def _date(self, date: PartialDate) -> v.DateView:
        locale, numbering = self._config.locale(self.code), self._config.numbering(self.code)
        text = format_date(date, locale, numbering, self._config.month_names(self.code))
        hijri = format_hijri(date, locale, numbering) if self._config.shows_hijri(self.code) else None
        return v.DateView(iso(date), text, self.phrase(hijri) if hijri else None)

    def maybe_date(self, date: PartialDate | None) -> v.DateView | None:
        """A date, where there is one."""
        return self.date(date) if date else None

    def language_name(self, code: str) -> v.Phrase:
        """The name of a language in the page's language (CLDR)."""
        return self.phrase(cldr_locale(self.code).languages.get(primary(code), autonym(code)))

    def sort_key(self, text: str) -> SortKey:
        """The key by which names file in this language, by the site's setting of the article."""
        return sort_key(text, self.code, self._config.ignore_article)

    def index_letter(self, text: str) -> str:
        """The heading under which a text files, by the site's setting of the article."""
        first = self._first_letter(text.partition(" ")[0])
        # Only where the first word has no letter is it for the others to say.
        return first if first != OTHER_HEADING else self._letter_of(text)

    def _letter_of(self, text: str) -> str:
        return index_letter(text, self.code, self._config.ignore_article)

    def letters_by_word(self, text: str) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The letters by which a name files, word by word: it sorts by them as `sort_key` does before it looks at
        marks. Each word is worked out once, which among many titles is quicker by far."""
        words = (word for word in text.split(" ") if _has_letters(word))
        return tuple(chain.from_iterable(self._word_letters(word, at == 0) for at, word in enumerate(words)))

    def _letters_of_word(self, word: str, first: bool) -> tuple[tuple[tuple[int, int], ...], ...]:
        letters = sort_key(word, self.code, first and self._config.ignore_article)[0]
        return tuple(tuple(part) for filed, part in groupby(letters, key=lambda one: one != SEPARATOR) if filed)

    def filing_letters(self, text: str) -> tuple[tuple[int, int], ...]:
        """The letters by which a name files: names that begin alike in them stand side by side."""
        return filing_letters(text, self.code, self._config.ignore_article)

    def number(self, value: float, decimals: int) -> str:
        """A number with at most so many decimals."""
        return format_number(value, self._config.locale(self.code), self._config.numbering(self.code), decimals)

    def letter(self, letter: str) -> v.Phrase:
        """The heading of a letter, which may be of another language's alphabet."""
        way = first_strong(letter) or self.direction
        code = self.code if way == self.direction else guess_language(letter, self._config.languages) or ""
        return v.Phrase(letter, code, way)


@cache
def _has_letters(word: str) -> bool:
    return any(map(str.isalnum, word))
