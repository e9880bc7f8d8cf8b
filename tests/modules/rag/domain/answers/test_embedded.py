"""What documents write in brackets never becomes a citation of an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from modkit.security import SecurityContext
from modules.llm_gateway.contract import LlmGatewayClient
from modules.rag.contract import Question
from modules.rag.domain.answers.checking import Checker
from modules.rag.domain.answers.embedded import embedded, quoted
from modules.rag.domain.answers.leading import Leading
from modules.rag.domain.ports import FileRecord
from modules.rag.domain.whole_collection.files import Excerpt
from modules.rag.domain.whole_collection.map_files import FileByFile
from tests.modules.rag.domain.answers.test_checking import Meanings, passage

STUDY = "The study [2] of the river found forty salmon."


class Small:
    async def is_small(self, ctx: SecurityContext, model: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Invoice [2].pdf", "Invoice (2).pdf"),
        ("as shown [1, 3; 4] and [12][ 7 ]", "as shown (1, 3; 4) and (12)( 7 )"),
        ("【3】 and [Source 4] and [^5]", "(3) and (Source 4) and (^5)"),
        (r"\[6\] and &#91;7&#93; and &lbrack;8&rsqb;", "(6) and (7) and (8)"),
        ("[[9]]", "[(9)]"),
        ("a[i], [x] done, [ ] open, (2), [note 1a]", "a[i], [x] done, [ ] open, (2), [note 1a]"),
    ],
)
def test_only_what_looks_like_a_citation_is_written_otherwise(text: str, expected: str) -> None:
    assert embedded(text) == expected


def test_a_quotation_is_one_line() -> None:
    assert quoted("The rent [2]\nis due.") == "“The rent (2) is due.”"


async def test_the_leading_quotation_cites_its_own_passage_alone_and_points_at_the_very_words() -> None:
    passages = [passage(1, STUDY), passage(2, "Boats are for hire.", start=100)]
    lead = await Leading(Meanings()).lead(
        SecurityContext.local_user(), "What did the study of the river find?", passages
    )
    assert lead is not None
    assert lead.text == "“The study (2) of the river found forty salmon.” [1]"
    assert (lead.citation.quote, lead.citation.quote_start, lead.citation.quote_end) == (STUDY, 0, len(STUDY))


async def test_the_main_sentence_of_a_file_cites_that_file_alone() -> None:
    own = replace(passage(1, STUDY), number=5)
    excerpt = Excerpt(cast(FileRecord, None), (own,), whole=True)
    by_file = FileByFile(cast(LlmGatewayClient, None), Small(), Checker(Meanings()))
    said = await by_file.said(SecurityContext.local_user(), "local::s", Question(text="Summarise every file"), excerpt)
    assert said.text == "“The study (2) of the river found forty salmon.” [5]"
    assert [one.quote for one in said.citations] == [STUDY]
