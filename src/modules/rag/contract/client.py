"""The verbs of rag."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract.answers import AskEvent, Findings, Query, Question
from modules.rag.contract.models import Collection, CoverageReport

INDEXING = "index-collection"
"""The kind of the jobs that ``add``, ``refresh`` and ``retry`` start; their result counts what was done."""


class RagClient(Protocol):
    """Collections of the user's documents. Files are read by durable jobs; a call that starts one gives its id."""

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        """By name."""

    async def add(self, ctx: SecurityContext, collection: str, paths: Sequence[Path]) -> UUID:
        """Add files and folders, making the collection when it is new, and look at everything in it.

        Adding the same again only looks for changes.

        Raises:
            PathNotFound: nothing is there, and nothing was added.
            InvalidName
        """

    async def refresh(self, ctx: SecurityContext, collection: str) -> UUID:
        """Look for changes in all sources of the collection.

        Raises:
            CollectionNotFound
        """

    async def retry(self, ctx: SecurityContext, collection: str) -> UUID:
        """The same, and try again what could not be read."""

    async def report(self, ctx: SecurityContext, collection: str) -> CoverageReport:
        """The state of every file, by path."""

    async def remove(self, ctx: SecurityContext, collection: str, path: Path | None = None) -> int:
        """Forget a source, or the whole collection, with everything that was indexed; gives the number of files.

        No file on the disk is touched.

        Raises:
            CollectionNotFound, SourceNotFound
        """

    async def search(self, ctx: SecurityContext, query: Query) -> Findings:
        """Find passages by words, meaning, or both.

        Raises:
            CollectionNotFound
        """

    def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        """Answer from the collections: PassagesChosen, AnswerPiece as they come, AnswerDone.

        Closing the iterator stops the model. When nothing relevant is found, the answer says so and no model is asked.

        Raises:
            CollectionNotFound, EmptyQuestion, LlmGatewayError
        """
