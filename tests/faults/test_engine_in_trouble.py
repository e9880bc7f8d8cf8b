"""The engine dies, freezes, loses its file or turns hostile while it answers: the text is kept, the chat goes on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from modkit.children import ChildProcess, ChildSpec
from modkit.host import Host
from modkit.security import SecurityContext
from modules.chat.contract import (
    AnswerDelta,
    AnswerEvent,
    AnswerFinished,
    ChatClient,
    ChatParams,
    MessageStatus,
    NoModelInstalled,
)
from modules.llm_manager.contract import LlmManagerClient, LoadState
from modules.llm_manager.infra.llama_cpp.load_plan import plan_load
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")

MARKER = "xylophonmarkerzebra"
STORY = "Write a long story about a river."
LONG = ChatParams(temperature=1.0, max_output_tokens=120)
SHORT = ChatParams(temperature=0.0, max_output_tokens=8)
PIECES_BEFORE_TROUBLE = 5


@dataclass(frozen=True)
class Answered:
    """What a reader saw, and how it ended."""

    text: str
    finished: AnswerFinished

    @property
    def status(self) -> MessageStatus:
        return self.finished.answer.status


async def read(events: AsyncIterator[AnswerEvent], trouble: Callable[[], object] = lambda: None) -> Answered:
    """Follow an answer to its end; ``trouble`` comes after some pieces of text."""
    seen: list[str] = []
    async for event in events:
        if isinstance(event, AnswerDelta):
            seen.append(event.text)
            if len(seen) == PIECES_BEFORE_TROUBLE:
                trouble()
        if isinstance(event, AnswerFinished):
            return Answered("".join(seen), event)
    raise AssertionError("the answer has no end")


def engines() -> list[psutil.Process]:
    """The engine children of this process."""
    return [child for child in psutil.Process().children() if "--child=engine" in child.cmdline()]


@posix
@pytest.mark.parametrize("number", ["SIGKILL", "SIGSEGV", "SIGSTOP"])
async def test_an_engine_hit_in_mid_answer_leaves_the_text_and_the_next_question_is_answered(
    host: Host, ctx: SecurityContext, number: str
) -> None:
    chat = host.client_hub.get(ChatClient)
    conversation = await chat.create(ctx, params=LONG)

    hit = await read(
        chat.send(ctx, conversation.id, STORY),
        trouble=lambda: os.kill(engines()[0].pid, getattr(signal, number)),
    )

    assert hit.status is MessageStatus.INTERRUPTED
    assert hit.finished.answer.error is not None
    assert hit.finished.answer.error["sentence"]
    assert hit.finished.answer.error["action"]
    kept = await chat.message(ctx, hit.finished.answer.id)
    assert (kept.content, kept.status) == (hit.text, MessageStatus.INTERRUPTED)
    other = await chat.create(ctx, params=SHORT)
    assert (await read(chat.send(ctx, other.id, "Say hi."))).text
    continued = await read(chat.continue_answer(ctx, kept.id))
    assert continued.finished.answer.content.startswith(hit.text)
    assert len(continued.finished.answer.content) > len(hit.text)
    assert len(engines()) == 1


async def test_a_model_file_removed_while_loaded_answers_on_and_is_missed_with_a_sentence_later(
    host: Host, ctx: SecurityContext
) -> None:
    chat, models = host.client_hub.get(ChatClient), host.client_hub.get(LlmManagerClient)
    conversation = await chat.create(ctx, params=SHORT)
    model = await models.default_model(ctx, "chat")

    answered = await read(chat.send(ctx, conversation.id, "Say hi."), trouble=model.path.unlink)
    again = await read(chat.send(ctx, conversation.id, "And again."))
    await models.unload(ctx, model.id)
    with pytest.raises(NoModelInstalled) as missed:
        await read(chat.send(ctx, conversation.id, "And now?"))

    assert not model.path.exists()
    assert (answered.finished.answer.content, again.finished.answer.content) != ("", "")
    assert missed.value.sentence == f"The file of {model.name} is not there any more."
    assert missed.value.action
    assert [one.state for one in await models.installed(ctx) if one.id == model.id] == [LoadState.MISSING]
    assert (await chat.messages(ctx, conversation.id)).total == 4


async def test_what_is_chatted_never_stands_in_arguments_or_environments(host: Host, ctx: SecurityContext) -> None:
    chat = host.client_hub.get(ChatClient)
    conversation = await chat.create(ctx, system_prompt=f"You are {MARKER}.", params=LONG)
    public: list[str] = []

    def look() -> None:
        for process in psutil.Process().children(recursive=True):
            public.extend([*process.cmdline(), *process.environ(), *process.environ().values()])

    answered = await read(chat.send(ctx, conversation.id, f"Tell me about {MARKER}."), trouble=look)

    assert answered.text
    assert any("--child=engine" in text for text in public)
    assert [text for text in public if MARKER in text] == []
    assert [text for text in public if "KEY" in text or "SECRET" in text] == []


@pytest.mark.skipif(sys.platform != "linux", reason="the full sandbox is Linux's")
async def test_an_engine_that_turns_hostile_can_reach_nothing(
    host: Host, starter_home: Path, ctx: SecurityContext
) -> None:
    model = await host.client_hub.get(LlmManagerClient).default_model(ctx, "chat")
    plan = plan_load(model, 512, tuned_kernels=False)
    real = LlamaCppSession(model, plan)._child.spec
    hostile = ChildSpec(
        real.kind,
        sandbox=real.sandbox,
        target="tests.faults.acting_engine:main",
        python_paths=[Path(__file__).resolve().parents[2]],
    )
    async with ChildProcess(hostile) as child:
        await child.call("load", plan.request(model.path))
        report = await child.sandbox_report()
        acts = await child.call("act", {"home": str(starter_home), "model": str(model.path)})

    assert report.level == "full"
    assert acts.pop("read its model") == "done"
    assert set(acts.values()) == {"PermissionError"}
    assert model.path.exists()
    assert not (starter_home / "written").exists()
