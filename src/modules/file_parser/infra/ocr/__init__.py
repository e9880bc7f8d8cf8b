"""Character recognition by programs that are installed beside ours."""
