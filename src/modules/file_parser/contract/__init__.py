"""What others may know of the file parser: the document model, its plain form, the client and the errors."""

from __future__ import annotations

from modules.file_parser.contract.blocks import PLAIN as PLAIN
from modules.file_parser.contract.blocks import Block as Block
from modules.file_parser.contract.blocks import Box as Box
from modules.file_parser.contract.blocks import Cell as Cell
from modules.file_parser.contract.blocks import CodeBlock as CodeBlock
from modules.file_parser.contract.blocks import Heading as Heading
from modules.file_parser.contract.blocks import HorizontalRule as HorizontalRule
from modules.file_parser.contract.blocks import Image as Image
from modules.file_parser.contract.blocks import Inline as Inline
from modules.file_parser.contract.blocks import InlineCode as InlineCode
from modules.file_parser.contract.blocks import Link as Link
from modules.file_parser.contract.blocks import ListItem as ListItem
from modules.file_parser.contract.blocks import PageBreak as PageBreak
from modules.file_parser.contract.blocks import Paragraph as Paragraph
from modules.file_parser.contract.blocks import Place as Place
from modules.file_parser.contract.blocks import Quote as Quote
from modules.file_parser.contract.blocks import Row as Row
from modules.file_parser.contract.blocks import Style as Style
from modules.file_parser.contract.blocks import Table as Table
from modules.file_parser.contract.blocks import Text as Text
from modules.file_parser.contract.blocks import TextRow as TextRow
from modules.file_parser.contract.client import FileParserClient as FileParserClient
from modules.file_parser.contract.document import DocumentMeta as DocumentMeta
from modules.file_parser.contract.document import LocalPath as LocalPath
from modules.file_parser.contract.document import ParsedDocument as ParsedDocument
from modules.file_parser.contract.document import Source as Source
from modules.file_parser.contract.document import Uploaded as Uploaded
from modules.file_parser.contract.errors import ConverterUnavailable as ConverterUnavailable
from modules.file_parser.contract.errors import DocumentBroken as DocumentBroken
from modules.file_parser.contract.errors import DocumentEmpty as DocumentEmpty
from modules.file_parser.contract.errors import DocumentEncrypted as DocumentEncrypted
from modules.file_parser.contract.errors import DocumentNotFound as DocumentNotFound
from modules.file_parser.contract.errors import DocumentTooLarge as DocumentTooLarge
from modules.file_parser.contract.errors import DocumentUnreadable as DocumentUnreadable
from modules.file_parser.contract.errors import DocumentUnsupported as DocumentUnsupported
from modules.file_parser.contract.errors import FileParserError as FileParserError
from modules.file_parser.contract.errors import ParserDied as ParserDied
from modules.file_parser.contract.errors import ParserTimedOut as ParserTimedOut
from modules.file_parser.contract.pages import PageImage as PageImage
from modules.file_parser.contract.plain import document_to_plain as document_to_plain
from modules.file_parser.contract.text import block_text as block_text
from modules.file_parser.contract.text import document_text as document_text
