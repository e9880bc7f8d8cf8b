"""Answers questions about whole collections: from what is known of the files, or by going over all of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from modkit.security import SecurityContext
from modules.llm_gateway.contract import LlmGatewayClient
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    AskEvent,
    Citation,
    Collection,
    PassagesChosen,
    Question,
    RetrievalTrace,
)
from modules.rag.domain.answers.embedded import embedded, quoted
from modules.rag.domain.answers.support import with_quote
from modules.rag.domain.language.telling import telling
from modules.rag.domain.ports import FileRecord
from modules.rag.domain.retrieval.choosing import Section, citation
from modules.rag.domain.whole_collection.files import Excerpt, WholeCollections, WholeFiles, name_of
from modules.rag.domain.whole_collection.map_files import FileByFile, added
from modules.rag.domain.whole_collection.question import WholeKind, WholeQuestion
from modules.rag.domain.whole_collection.texts import (
    BY_TYPE,
    COUNT,
    COUNT_ONE,
    EXCERPTS,
    MENTION,
    MORE,
    NOT_READ,
    PROGRESS,
    READ,
    SEARCHABLE,
    STATES,
    WHERE,
)

_MOST_LISTED = 200
_MOST_QUOTED = 100
_MOST_NOT_READ = 20
_MOST_NAMED = 3
_PLAIN_WORDS = 2


class WholeAnswers:
    """One way for each kind of question."""

    def __init__(self, whole: WholeCollections, gateway: LlmGatewayClient, file_by_file: FileByFile) -> None:
        self._whole = whole
        self._gateway = gateway
        self._file_by_file = file_by_file

    async def answer(
        self, ctx: SecurityContext, question: Question, asked: WholeQuestion, collections: Sequence[Collection]
    ) -> AsyncGenerator[AskEvent, None]:
        files = await self._whole.files(ctx, collections, asked.types)
        if asked.kind in (WholeKind.EACH, WholeKind.COMPARE):
            write = self._each(ctx, question, asked, files)
        elif asked.kind is WholeKind.MENTIONING:
            write = self._mentioning(ctx, question, asked, files, collections)
        else:
            write = self._known(question, asked, files, collections)
        async with aclosing(write) as events:
            async for event in events:
                yield event

    async def _known(
        self, question: Question, asked: WholeQuestion, files: WholeFiles, collections: Sequence[Collection]
    ) -> AsyncGenerator[AskEvent, None]:
        """How many there are, and their names, from what is known of them."""
        lines = _counted(asked, files, collections)
        if asked.kind is WholeKind.LIST:
            every = sorted((*files.readable, *files.others), key=lambda one: name_of(one).casefold())
            lines += ["", *_listed(asked, every)]
        elif files.others:
            lines += ["", *_not_read(asked, files)]
        text = "\n".join(lines)
        yield PassagesChosen("", (), trace=_trace(question, files))
        yield AnswerPiece(text)
        yield AnswerDone(text, (), "stop", from_model=False)

    async def _mentioning(
        self,
        ctx: SecurityContext,
        question: Question,
        asked: WholeQuestion,
        files: WholeFiles,
        collections: Sequence[Collection],
    ) -> AsyncGenerator[AskEvent, None]:
        """Which files have the words, each with the sentence that has them."""
        found = await self._whole.mentioning(ctx, collections, asked.types, asked.about)
        cited = [
            with_quote(citation(number, Section([one])), asked.about)
            for number, one in enumerate(found[:_MOST_QUOTED], start=1)
        ]
        head = MENTION[asked.language].format(found=len(found), total=files.total, about=embedded(asked.about))
        lines = [head if found else head.rstrip(":：") + ".", "", *(_quoted(one) for one in cited)]
        if len(found) > len(cited):
            lines.append(MORE[asked.language].format(more=len(found) - len(cited)))
        lines += ["", *_read(asked, files)]
        text = "\n".join(lines)
        yield PassagesChosen("", tuple(cited), trace=_trace(question, files))
        yield AnswerPiece(text)
        yield AnswerDone(text, tuple(cited), "stop", from_model=False)

    async def _each(
        self, ctx: SecurityContext, question: Question, asked: WholeQuestion, files: WholeFiles
    ) -> AsyncGenerator[AskEvent, None]:
        """One file after the other, each said as soon as it is read."""
        total = len(files.readable)
        yield _progress(asked, 0, total)
        particular = "" if _is_plain_summary(asked, question) else question.text
        excerpts = await self._whole.excerpts(ctx, files.readable, particular)
        model = (await self._gateway.resolve(ctx, question.model)).id
        passages = tuple(one for excerpt in excerpts for one in excerpt.citations)
        yield PassagesChosen(model, passages, trace=_trace(question, files))
        text, cited, usage = "", list[Citation](), None
        for done, excerpt in enumerate(excerpts, start=1):
            said = await self._file_by_file.said(ctx, model, question, excerpt)
            piece = ("\n" if text else "") + f"- **{_name(excerpt.record)}**: {said.text}"
            text, cited, usage = text + piece, [*cited, *said.citations], added(usage, said.usage)
            yield AnswerPiece(piece)
            yield _progress(asked, done, total)
        if asked.kind is WholeKind.COMPARE and total > 1:
            said = await self._file_by_file.compared(ctx, model, question, text, passages)
            piece = f"\n\n{said.text}" if said.text else ""
            known = {one.number for one in cited}
            cited += [one for one in said.citations if one.number not in known]
            text, usage = text + piece, added(usage, said.usage)
            yield AnswerPiece(piece)
        end = "\n".join([*_read(asked, files), *_in_excerpts(asked, excerpts)])
        end = f"\n\n{end}" if text else end
        yield AnswerPiece(end)
        yield AnswerDone(text + end, tuple(cited), "stop", usage=usage)


def _is_plain_summary(asked: WholeQuestion, question: Question) -> bool:
    """Whether nothing particular is asked of each file."""
    return asked.kind is WholeKind.COMPARE or len(telling(question.text)) <= _PLAIN_WORDS


def _progress(asked: WholeQuestion, done: int, total: int) -> AnswerProgress:
    return AnswerProgress(PROGRESS[asked.language].format(done=done, total=total), done, total)


def _counted(asked: WholeQuestion, files: WholeFiles, collections: Sequence[Collection]) -> list[str]:
    names = (
        ", ".join(embedded(one.name) for one in collections[:_MOST_NAMED]) if len(collections) <= _MOST_NAMED else ""
    )
    where = WHERE[asked.language].format(names=names) if names else ""
    count = COUNT_ONE if files.total == 1 else COUNT
    said = [count[asked.language].format(total=files.total, where=where)]
    if files.others:
        said.append(SEARCHABLE[asked.language].format(read=len(files.readable)))
    if files.total > 1:
        said.append(BY_TYPE[asked.language].format(types=files.types()))
    return [" ".join(said)]


def _listed(asked: WholeQuestion, files: Sequence[FileRecord]) -> list[str]:
    lines = [f"- {_name(one)}{_why(asked, one)}" for one in files[:_MOST_LISTED]]
    if len(files) > _MOST_LISTED:
        lines.append(MORE[asked.language].format(more=len(files) - _MOST_LISTED))
    return lines


def _read(asked: WholeQuestion, files: WholeFiles) -> list[str]:
    said = [READ[asked.language].format(read=len(files.readable), total=files.total)]
    return [*said, *_not_read(asked, files)] if files.others else said


def _not_read(asked: WholeQuestion, files: WholeFiles) -> list[str]:
    lines = [f"- {_name(one)}{_why(asked, one)}" for one in files.others[:_MOST_NOT_READ]]
    if len(files.others) > _MOST_NOT_READ:
        lines.append(MORE[asked.language].format(more=len(files.others) - _MOST_NOT_READ))
    return [NOT_READ[asked.language], *lines]


def _in_excerpts(asked: WholeQuestion, excerpts: Sequence[Excerpt]) -> list[str]:
    names = [_name(one.record) for one in excerpts if not one.whole]
    if not names:
        return []
    shown = ", ".join(names[:_MOST_NOT_READ]) + ("…" if len(names) > _MOST_NOT_READ else "")
    return [EXCERPTS[asked.language].format(names=shown)]


def _why(asked: WholeQuestion, record: FileRecord) -> str:
    reason = STATES[asked.language].get(record.shown_state, "")
    return f" ({reason})" if reason else ""


def _quoted(one: Citation) -> str:
    page = f", {one.page}" if one.page else ""
    return f"- **{embedded(one.file_name)}**{page}: {quoted(one.quote or one.text)} [{one.number}]"


def _name(record: FileRecord) -> str:
    return embedded(name_of(record))


def _trace(question: Question, files: WholeFiles) -> RetrievalTrace:
    return RetrievalTrace(
        queries=(question.text.strip(),),
        settings=question.settings,
        whole_collection=True,
        files_read=len(files.readable),
        files_total=files.total,
    )
