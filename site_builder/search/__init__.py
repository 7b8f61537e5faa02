"""The search index: what each record is found by, and the files that the browser reads it from.

`documents` gathers what the archive says of each record, `analyser` works out one record's terms (in any process),
`Index` joins them and gives the files. docs/search.md tells how the browser uses them.
"""

from site_builder.search.documents import Document, Text, documents
from site_builder.search.index import Index
from site_builder.search.terms import Analysed, Setup, analyser

__all__ = ["Analysed", "Document", "Index", "Setup", "Text", "analyser", "documents"]
