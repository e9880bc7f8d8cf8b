"""Rich text (RTF): its tokens, its character sets, and what they build."""
