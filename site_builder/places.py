"""Names of files and folders that everybody goes by."""

#: The settings, in the content folder.
SETTINGS = "site.yaml"
#: The search index, in the output folder.
SEARCH = "search/"
