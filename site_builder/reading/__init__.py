"""From files to values: listing, decoding, Markdown. One file at a time, each on its own."""
