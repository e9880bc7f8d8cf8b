"""What a Word document is made of: styles, numbering, runs and its body."""
