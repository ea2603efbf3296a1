"""What a replay came to, shown: on the terminal, as one self-contained HTML page, as one JSON document."""
