"""The verbs of rag."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract.answers import AskEvent, Findings, Query, Question
from modules.rag.contract.evaluation import EvalRun, QuestionSet
from modules.rag.contract.inspection import RetrievalTrace
from modules.rag.contract.models import (
    Collection,
    CollectionChanged,
    CollectionOverview,
    CoverageReport,
    FilePage,
    FileQuery,
    IndexingPace,
    Pace,
)
from modules.rag.contract.viewing import PageImage, Surroundings

INDEXING = "index-collection"
"""The kind of the jobs that ``add``, ``refresh`` and ``retry`` start; their result counts what was done."""


class RagClient(Protocol):
    """Collections of the user's documents. Files are read by durable jobs; a call that starts one gives its id."""

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        """By name."""

    async def overview(self, ctx: SecurityContext, *, trashed: bool = False) -> list[CollectionOverview]:
        """Every collection at a glance, by name; or those in the trash."""

    async def files(self, ctx: SecurityContext, collection: str, query: FileQuery) -> FilePage:
        """A window of the collection's files; removed ones only when their state is asked for.

        Raises:
            CollectionNotFound
        """

    async def add(self, ctx: SecurityContext, collection: str, paths: Sequence[Path], *, watch: bool = False) -> UUID:
        """Add files and folders, making the collection when it is new, and look at everything in it.

        Adding the same again only looks for changes. ``watch``: notice changes in them from now on, also after a
        restart.

        Raises:
            PathNotFound: nothing is there, and nothing was added.
            InvalidName
        """

    async def refresh(self, ctx: SecurityContext, collection: str) -> UUID:
        """Look for changes in all sources of the collection.

        Raises:
            CollectionNotFound
        """

    async def retry(self, ctx: SecurityContext, collection: str, file_ids: Sequence[UUID] = ()) -> UUID:
        """The same, and try again what could not be read, or just these files."""

    async def rebuild(self, ctx: SecurityContext, collection: str) -> UUID:
        """Read every file of the collection again; what is indexed can be found until then."""

    async def rename(self, ctx: SecurityContext, collection: str, name: str) -> Collection:
        """
        Raises:
            CollectionNotFound, InvalidName, NameTaken
        """

    async def pace(self, ctx: SecurityContext) -> IndexingPace: ...

    async def set_pace(
        self, ctx: SecurityContext, *, pace: Pace | None = None, paused: bool | None = None
    ) -> IndexingPace:
        """Change how indexing behaves from this moment on; None leaves as it is. Lasts over a restart."""

    def watch(self, ctx: SecurityContext) -> AsyncIterator[CollectionChanged]:
        """Changes from now on; a slow reader loses the oldest."""

    async def report(self, ctx: SecurityContext, collection: str) -> CoverageReport:
        """The state of every file, by path."""

    async def remove(self, ctx: SecurityContext, collection: str, path: Path | None = None) -> int:
        """Forget a source with everything that was indexed, or put the whole collection into the trash.

        Gives the number of files. What is in the trash is not found any more, can be restored for 30 days, and is
        then forgotten. No file on the disk is touched.

        Raises:
            CollectionNotFound, SourceNotFound
        """

    async def set_watched(self, ctx: SecurityContext, collection: str, path: Path, watched: bool) -> None:
        """Notice changes in a source from now on, or no longer; what was read of it stays.

        Raises:
            CollectionNotFound, SourceNotFound
        """

    async def restore(self, ctx: SecurityContext, collection_id: UUID) -> Collection:
        """Take a collection out of the trash; it gets another name when its own is taken.

        Raises:
            CollectionNotFound
        """

    async def adopt(
        self, ctx: SecurityContext, collection: Collection, sources: Mapping[Path, bool]
    ) -> Collection | None:
        """Make a collection as it was elsewhere: with its id, and its sources by path with whether each is watched.

        It gets another name when its own is taken. The sources need not be there. Nothing is read by this
        call; watched ones are looked at as always. None, and nothing is changed, when there is a collection of that id
        already, also in the trash.

        Raises:
            InvalidName
        """

    async def delete_for_ever(self, ctx: SecurityContext, collection_id: UUID) -> bool:
        """Forget a collection of the trash and everything that was indexed, without a trace in the files.

        False: it is forgotten, but the files could not be written anew yet; that is done later by itself. What
        answers quoted stays with those answers, and backups made before still name its files.
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

    async def inspect(self, ctx: SecurityContext, question: Question) -> RetrievalTrace:
        """Find passages as ``ask`` would, with the question's settings, without asking a model for an answer.

        Raises:
            CollectionNotFound, EmptyQuestion
        """

    async def surroundings(self, ctx: SecurityContext, file_id: UUID, char_start: int, char_end: int) -> Surroundings:
        """Characters ``[char_start, char_end)`` of a file's normalised text in the text around them.

        From what was indexed: it works while the file is away.

        Raises:
            FileNotFound: no such file is indexed.
        """

    async def page_image(
        self, ctx: SecurityContext, file_id: UUID, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        """A page of the file as a picture ``width`` pixels wide, drawn in a parser child.

        ``mark`` is text to be marked.

        Raises:
            FileNotFound; FileNotAtHand: it is away, or not what was read any more.
            FileParserError: the format has no pages, or the file cannot be read.
        """

    async def question_sets(self, ctx: SecurityContext, collection: str) -> list[QuestionSet]:
        """By name."""

    async def save_question_set(self, ctx: SecurityContext, question_set: QuestionSet) -> None:
        """Make it, or replace the one of the same name.

        Raises:
            CollectionNotFound, InvalidQuestionSet
        """

    async def delete_question_set(self, ctx: SecurityContext, collection: str, name: str) -> None: ...

    async def evaluate(self, ctx: SecurityContext, collection: str, name: str) -> EvalRun:
        """Run a set by words, by meaning and by both, keep the result and give it.

        Raises:
            CollectionNotFound, QuestionSetNotFound
        """

    async def eval_runs(self, ctx: SecurityContext, collection: str, name: str) -> list[EvalRun]:
        """Earlier runs, newest first."""
