"""Collections in an archive: what the user made of them, without what was read from the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal
from uuid import UUID

from loguru import logger
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.portability.contract import ArchiveDamaged, NewerFormat
from modules.portability.domain.documents.models import Moment
from modules.rag.contract import Collection, EvalQuestion, Expected, QuestionSet, RagClient

NAME = "collections.json"
FORMAT = "hyperspot.collections"
VERSION = 1


def _absolute(path: str) -> str:
    # Of either kind: the archive may come from another system, where its folders may be again one day.
    if "\0" in path or not (PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()):
        raise ValueError("is no absolute path")
    return path


class _Fields(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class SourceFields(_Fields):
    """A file or folder that was added; ``watched``: changes in it are noticed."""

    path: Annotated[str, Field(min_length=1, max_length=32_000), AfterValidator(_absolute)]
    watched: bool = False


class ExpectedFields(_Fields):
    path: str
    text: str = ""


class QuestionFields(_Fields):
    text: str
    expected: tuple[ExpectedFields, ...]


class QuestionSetFields(_Fields):
    name: str
    questions: tuple[QuestionFields, ...]


class CollectionFields(_Fields):
    id: UUID
    name: str = Field(min_length=1, max_length=100)
    created_at: Moment
    sources: tuple[SourceFields, ...]
    question_sets: tuple[QuestionSetFields, ...] = ()


class CollectionsDocument(_Fields):
    """``collections.json``: by id, sources by path, question sets by name."""

    format: Literal["hyperspot.collections"]
    version: Literal[1]
    collections: tuple[CollectionFields, ...]


async def collections_text(ctx: SecurityContext, rag: RagClient) -> str:
    """The document of all collections outside the trash; "" when there are none."""
    found = []
    for one in sorted(await rag.overview(ctx), key=lambda one: one.collection.id):
        sources = [SourceFields(path=str(source.path), watched=source.watched) for source in one.sources]
        sets = [_set_fields(each) for each in await rag.question_sets(ctx, one.collection.name)]
        collection = one.collection
        fields = CollectionFields(
            id=collection.id,
            name=collection.name,
            created_at=collection.created_at,
            sources=tuple(sorted(sources, key=lambda source: source.path)),
            question_sets=tuple(sorted(sets, key=lambda each: each.name)),
        )
        found.append(fields.model_dump(mode="json"))
    if not found:
        return ""
    document = {"format": FORMAT, "version": VERSION, "collections": found}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_collections(value: Any) -> tuple[CollectionFields, ...]:
    """
    Raises:
        ArchiveDamaged, NewerFormat
    """
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        raise ArchiveDamaged(f"{NAME} does not hold collections.")
    version = value.get("version")
    if isinstance(version, int) and version > VERSION:
        raise NewerFormat(f"{NAME} has version {version}, this program reads versions up to {VERSION}.")
    try:
        found = CollectionsDocument.model_validate(value).collections
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False, include_context=False)[0]
        raise ArchiveDamaged(f"{NAME}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from err
    if len({one.id for one in found}) != len(found):
        raise ArchiveDamaged(f"{NAME} lists a collection twice.")
    return found


async def new_collections(
    ctx: SecurityContext, rag: RagClient, found: Sequence[CollectionFields]
) -> list[CollectionFields]:
    """Those that are not here, not in the trash either."""
    if not found:
        return []
    there = [*await rag.overview(ctx), *await rag.overview(ctx, trashed=True)]
    known = {one.collection.id for one in there}
    return [one for one in found if one.id not in known]


async def take_collection(ctx: SecurityContext, rag: RagClient, fields: CollectionFields) -> Collection | None:
    """The collection that was made of it; None when there was one of that id by now.

    A question set that is refused is left out: it is about measuring, and no reason to lose the rest.
    """
    sources = {Path(source.path): source.watched for source in fields.sources}
    made = await rag.adopt(ctx, Collection(fields.id, fields.name, fields.created_at), sources)
    if made is not None:
        for each in fields.question_sets:
            await _take_questions(ctx, rag, made, each)
    return made


async def _take_questions(ctx: SecurityContext, rag: RagClient, made: Collection, fields: QuestionSetFields) -> None:
    questions = tuple(
        EvalQuestion(one.text, tuple(Expected(each.path, each.text) for each in one.expected))
        for one in fields.questions
    )
    try:
        await rag.save_question_set(ctx, QuestionSet(fields.name, made.name, questions))
    except HyperSpotError as error:
        logger.bind(code=error.code, collection_id=str(made.id)).warning("A question set was left out of an import")


def _set_fields(question_set: QuestionSet) -> QuestionSetFields:
    questions = [
        QuestionFields(
            text=one.text,
            expected=tuple(ExpectedFields(path=each.path, text=each.text) for each in one.expected),
        )
        for one in question_set.questions
    ]
    return QuestionSetFields(name=question_set.name, questions=tuple(questions))
