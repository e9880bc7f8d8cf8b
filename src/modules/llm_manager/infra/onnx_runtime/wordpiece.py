"""BERT's tokens of a text, by the ``tokenizers`` library. Only for processes of their own: it is native code."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.models import WordPiece as WordPieceModel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

_CHARACTERS_PER_TOKEN_AT_MOST = 64
_LONGEST_WORD = 100


class WordPiece:
    """Uncased WordPiece with the frame [CLS] … [SEP]."""

    def __init__(self, pieces: Sequence[str], context_length: int) -> None:
        """
        Raises:
            KeyError: the vocabulary lacks one of BERT's own tokens.
        """
        self._room = context_length - 2
        numbers = {piece: number for number, piece in enumerate(pieces)}
        self._begin, self._end = numbers["[CLS]"], numbers["[SEP]"]
        model = WordPieceModel(numbers, unk_token="[UNK]", max_input_chars_per_word=_LONGEST_WORD)
        self._tokenizer = Tokenizer(model)
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()

    def ids(self, text: str) -> list[int]:
        """The framed tokens; a text over the context is cut at its end."""
        return [self._begin, *self.plain(text[: self._room * _CHARACTERS_PER_TOKEN_AT_MOST])[: self._room], self._end]

    def plain(self, text: str) -> list[int]:
        """All tokens, without the frame."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids
