"""How passages were found, what became of each, and what another search would change."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from hyperspot_desktop.demo import cited, profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.viewmodels.retrieval import MOST_PASSAGES, RetrievalViewModel
from hyperspot_desktop.viewmodels.retrieval_rows import comparison, figures, rows_of, settings_text, whole_text
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.local_search_index.contract import SearchMode
from modules.rag.contract import Candidate, Fate, Question, RetrievalSettings, RetrievalTrace, Turn
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

FOUND = cited.trace(("notice to terminate",))


class SearchFailed(HyperSpotError):
    action = "Try again."


class Searching(DemoRag):
    """Gives a prepared trace for every other try, and remembers the questions."""

    def __init__(self, found: RetrievalTrace) -> None:
        super().__init__()
        self.found = found
        self.questions: list[Question] = []

    async def inspect(self, ctx: SecurityContext, question: Question) -> RetrievalTrace:
        self._called("inspect")
        self.questions.append(question)
        return replace(self.found, settings=question.settings)


def candidates(*fates: tuple[int, Fate]) -> tuple[Candidate, ...]:
    """Of the demo's, by position, with other fates."""
    return tuple(replace(FOUND.candidates[at], fate=fate) for at, fate in fates)


@pytest.fixture
def rag() -> Searching:
    return Searching(replace(FOUND, candidates=candidates((0, Fate.USED), (8, Fate.USED), (1, Fate.NO_ROOM))))


@pytest.fixture
def chat() -> DemoChat:
    return DemoChat()


@pytest.fixture
def shown(chat: DemoChat, rag: Searching, make_bridge: MakeBridge, wait_for: WaitFor) -> RetrievalViewModel:
    turns = [("user", "Hello"), ("assistant", "Hi"), ("user", "What notice?"), ("assistant", "Sixty days [1].")]
    conversation = chat.seed("MSA", turns)  # type: ignore[arg-type]  # roles are literals
    chat.cite(conversation, cited.citations(), (cited.CONTRACTS,), FOUND)
    retrieval = RetrievalViewModel(make_bridge(profile.clients(chat=chat, rag=rag)))
    retrieval.show(str(chat.branch(conversation)[-1].id))
    wait_for(lambda: retrieval.property("known"))
    return retrieval


def test_every_candidate_says_its_rank_its_score_and_its_fate(shown: RetrievalViewModel) -> None:
    first, *_, last = shown.rows_now()
    assert (first.number, first.words, first.meaning, first.fate_text) == (1, "1.  9.4", "1.  0.86", "Used")
    assert (last.number, last.words, last.fate_text) == (0, "", "Not relevant")
    assert len(shown.rows_now()) == len(FOUND.candidates)


def test_the_search_itself_is_told(shown: RetrievalViewModel) -> None:
    assert shown.property("queries") == ["notice to terminate"]
    assert shown.property("settingsText").startswith("Words and meaning  ·  up to 4 passages")
    told = {one["label"]: one["value"] for one in shown.property("figures")}
    assert told == {"Found": "9", "Used": "4", "Tokens": "1,286 / 6,144", "Took": "48 ms"}


def test_a_question_about_all_files_says_how_many_were_read() -> None:
    whole = replace(FOUND, whole_collection=True, files_read=13, files_total=13)
    assert {"label": "Files read", "value": "13 of 13"} in figures(whole)
    assert whole_text(whole) == "The question is about all files: 13 of 13 were read for it."
    assert whole_text(FOUND) == ""


def test_the_next_try_begins_with_the_settings_of_the_answer(shown: RetrievalViewModel) -> None:
    assert shown.property("form") == {
        "mode": "hybrid",
        "passages": 4,
        "rerank": True,
        "neighbours": True,
        "use_history": True,
    }


def test_another_try_asks_the_same_question_with_other_settings(
    shown: RetrievalViewModel, rag: Searching, wait_for: WaitFor
) -> None:
    shown.set("mode", "keyword")
    shown.set("passages", 900)
    shown.set("rerank", False)
    shown.search()
    wait_for(lambda: shown.property("tried"))
    (question,) = rag.questions
    assert question.text == "What notice?"
    assert question.collections == (cited.CONTRACTS,)
    assert question.history == (Turn("user", "Hello"), Turn("assistant", "Hi"))
    assert question.settings == RetrievalSettings(mode=SearchMode.KEYWORD, passages=MOST_PASSAGES, rerank=False)


def test_what_came_in_and_what_went_is_shown_beside_the_former(shown: RetrievalViewModel, wait_for: WaitFor) -> None:
    shown.search()
    wait_for(lambda: shown.property("tried"))
    changes = [(row.before_text, row.fate_text, row.change) for row in shown.rows_now()]
    assert changes[:3] == [("Used", "Used", ""), ("Not relevant", "Used", "in"), ("Used", "No room", "out")]
    assert set(changes[3:]) == {("Used", "Not found", "out"), ("Joined", "Not found", "out")}
    assert shown.property("comparison") == "1 came in, 4 went, 1 stayed."


def test_one_goes_back_to_the_search_of_the_answer(shown: RetrievalViewModel, wait_for: WaitFor) -> None:
    shown.set("mode", "vector")
    shown.search()
    wait_for(lambda: shown.property("tried"))
    shown.back()
    assert not shown.property("tried")
    assert shown.property("form")["mode"] == "hybrid"
    assert shown.property("comparison") == ""
    assert len(shown.rows_now()) == len(FOUND.candidates)


def test_a_try_that_fails_leaves_what_was_there(shown: RetrievalViewModel, rag: Searching, wait_for: WaitFor) -> None:
    rag.failure = SearchFailed("The search does not answer.")
    shown.search()
    wait_for(lambda: shown.property("errorSentence"))
    assert not shown.property("trying")
    assert len(shown.rows_now()) == len(FOUND.candidates)


def test_a_closed_sheet_waits_for_nothing(shown: RetrievalViewModel, rag: Searching, wait_for: WaitFor) -> None:
    shown.search()
    shown.leave()
    assert not shown.property("trying")
    shown.search()
    wait_for(lambda: shown.property("tried"))


def test_an_answer_of_the_model_alone_has_nothing_to_show(
    chat: DemoChat, make_bridge: MakeBridge, wait_for: WaitFor
) -> None:
    conversation = chat.seed("x", [("user", "q"), ("assistant", "a")])
    retrieval = RetrievalViewModel(make_bridge(profile.clients(chat=chat)))
    retrieval.show(str(chat.branch(conversation)[-1].id))
    wait_for(lambda: not retrieval.property("loading"))
    assert not retrieval.property("known")
    assert retrieval.rows_now() == []


def test_a_message_that_is_gone_is_an_error_that_can_be_tried_again(
    chat: DemoChat, make_bridge: MakeBridge, wait_for: WaitFor
) -> None:
    retrieval = RetrievalViewModel(make_bridge(profile.clients(chat=chat)))
    retrieval.show(str(uuid4()))
    wait_for(lambda: retrieval.property("errorSentence"))
    retrieval.again()
    assert retrieval.property("loading")


def test_the_same_passages_are_said_to_be_the_same() -> None:
    assert comparison(rows_of(FOUND, FOUND)) == "The model would be given the same passages."


def test_a_reranker_has_a_column_when_it_took_part() -> None:
    scored = replace(FOUND.candidates[0], reranked=0.934)
    (row,) = rows_of(replace(FOUND, candidates=(scored,)))
    assert row.reranked == "0.93"


def test_a_reranker_that_is_wanted_but_not_there_is_not_claimed() -> None:
    assert "reranked" in settings_text(RetrievalSettings(), reranked=True)
    assert "reranked" not in settings_text(RetrievalSettings(), reranked=False)


def test_settings_are_said_in_words() -> None:
    plain = RetrievalSettings(mode=SearchMode.VECTOR, passages=3, rerank=False, neighbours=False, use_history=False)
    assert settings_text(plain, reranked=True) == "Meaning  ·  up to 3 passages"
