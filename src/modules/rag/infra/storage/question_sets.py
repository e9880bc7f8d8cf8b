"""All queries over question sets and their runs, and their JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from modkit.db import Database, uuid7
from modkit.security import SecurityContext
from modules.local_search_index.contract import SearchMode
from modules.rag.contract import Collection, EvalQuestion, EvalRun, Expected, QuestionSet, Ranked, Scores
from modules.rag.infra.storage.entities import EvalRunEntity, QuestionSetEntity
from modules.rag.infra.storage.rows import owner_values


class SqlQuestionSets:
    """Implements QuestionSetStore on the module's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def question_sets(self, ctx: SecurityContext, collection: Collection) -> list[QuestionSet]:
        mine = col(QuestionSetEntity.collection_id) == collection.id
        async with self._database.read(ctx) as session:
            sets = session.select(QuestionSetEntity).where(mine).order_by(col(QuestionSetEntity.name))
            rows = await session.all(sets)
        return [QuestionSet(row.name, collection.name, _questions(row.questions_json), row.updated_at) for row in rows]

    async def save_question_set(self, ctx: SecurityContext, collection_id: UUID, question_set: QuestionSet) -> None:
        stored = json.dumps([asdict(one) for one in question_set.questions], ensure_ascii=False)
        async with self._database.write(ctx) as session:
            row = await session.first(session.select(QuestionSetEntity).where(*_one(collection_id, question_set.name)))
            if row is None:
                new = QuestionSetEntity(collection_id=collection_id, name=question_set.name, questions_json=stored)
                await session.insert(new)
            else:
                row.questions_json = stored
                await session.update(row)

    async def delete_question_set(self, ctx: SecurityContext, collection_id: UUID, name: str) -> None:
        async with self._database.write(ctx) as session:
            await session.delete_where(QuestionSetEntity, *_one(collection_id, name))
            await session.delete_where(EvalRunEntity, *_runs(collection_id, name))

    async def eval_runs(self, ctx: SecurityContext, collection: Collection, name: str) -> list[EvalRun]:
        async with self._database.read(ctx) as session:
            runs = session.select(EvalRunEntity).where(*_runs(collection.id, name))
            rows = await session.all(runs.order_by(col(EvalRunEntity.ran_at).desc(), col(EvalRunEntity.id).desc()))
        return [_run(row, collection) for row in rows]

    async def add_eval_run(self, ctx: SecurityContext, collection_id: UUID, run: EvalRun, keep: int) -> None:
        new = EvalRunEntity(
            id=uuid7(),
            **owner_values(ctx),
            collection_id=collection_id,
            question_set=run.question_set,
            ran_at=run.ran_at,
            embedder=run.embedder,
            result_json=_result_json(run),
        )
        async with self._database.write(ctx) as session:
            await session.insert_many([new])
            runs = session.select(EvalRunEntity).where(*_runs(collection_id, run.question_set))
            newest = runs.order_by(col(EvalRunEntity.ran_at).desc(), col(EvalRunEntity.id).desc())
            old = [row.id for row in (await session.all(newest))[keep:]]
            if old:
                await session.delete_where(EvalRunEntity, col(EvalRunEntity.id).in_(old))


def _one(collection_id: UUID, name: str) -> tuple[Any, ...]:
    return col(QuestionSetEntity.collection_id) == collection_id, col(QuestionSetEntity.name) == name


def _runs(collection_id: UUID, name: str) -> tuple[Any, ...]:
    return col(EvalRunEntity.collection_id) == collection_id, col(EvalRunEntity.question_set) == name


def _questions(stored: str) -> tuple[EvalQuestion, ...]:
    return tuple(
        EvalQuestion(one["text"], tuple(Expected(**expected) for expected in one["expected"]))
        for one in json.loads(stored)
    )


def _result_json(run: EvalRun) -> str:
    result = {
        "scores": {mode.value: asdict(scores) for mode, scores in run.scores.items()},
        "ranks": {mode.value: [asdict(one) for one in ranks] for mode, ranks in run.ranks.items()},
    }
    return json.dumps(result, ensure_ascii=False)


def _run(row: EvalRunEntity, collection: Collection) -> EvalRun:
    result = json.loads(row.result_json)
    ran_at: datetime = row.ran_at
    return EvalRun(
        question_set=row.question_set,
        collection=collection.name,
        ran_at=ran_at,
        embedder=row.embedder,
        scores={SearchMode(mode): _scores(scores) for mode, scores in result["scores"].items()},
        ranks={SearchMode(mode): tuple(Ranked(**one) for one in ranks) for mode, ranks in result["ranks"].items()},
    )


def _scores(stored: Mapping[str, Any]) -> Scores:
    hits_at = {int(k): share for k, share in stored["hits_at"].items()}
    return Scores(hits_at, stored["mrr"], stored["ndcg"], stored["recall"])
