"""From the marks on PDF pages to lines, columns, headings and paragraphs."""
