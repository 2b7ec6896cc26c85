"""What of search's tables is public: the index, written after a commit, and the words."""

from marketplace.kernel.public_triggers import PublicTable
from search.models import SearchEntry, SynonymGroup

TABLES = (PublicTable(SearchEntry), PublicTable(SynonymGroup))
