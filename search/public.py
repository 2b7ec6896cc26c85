"""What of search's tables is public: the index, which takes up a change after its commit."""

from marketplace.kernel.public_triggers import PublicTable
from search.models import SearchEntry

TABLES = (PublicTable(SearchEntry),)
