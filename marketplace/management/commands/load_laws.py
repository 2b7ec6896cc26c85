"""Load the law library: documents, their versions, and the articles whose text we hold."""

from datetime import datetime
from pathlib import Path

from marketplace.actions.laws import load_law_articles, load_laws
from marketplace.management.commands._loading import LoadCommand
from marketplace.reference import parse_law_articles, parse_laws


class Command(LoadCommand):
    """Bring the law library to what laws.csv and law_articles.csv say."""

    help = "Load the law library (idempotent)."

    def load(self, data: Path, at: datetime) -> None:  # noqa: ARG002 - a law has its own days
        laws = parse_laws(self.text(data, "laws.csv"))
        text = self.text(data, "law_articles.csv")
        articles = parse_law_articles(text, laws)
        self.report("laws", load_laws(laws))
        self.report("articles", load_law_articles(articles))
