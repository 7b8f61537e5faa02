"""Pure functions on strings: languages, direction, orthography, collation, numerals, plurals, dates."""
