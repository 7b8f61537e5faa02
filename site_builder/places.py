"""Names of files and folders that everybody goes by."""

import re

#: The settings, in the content folder.
SETTINGS = "site.yaml"
#: The search index, in the output folder.
SEARCH = "search/"
#: Names of files and folders of the content that are nothing of the archive.
IGNORED = re.compile(r"\.|README|LICENSE|Thumbs\.db$|.*~$|#.*#$")
