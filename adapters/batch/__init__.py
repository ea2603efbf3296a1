"""`daytwo batch`: the bot's own functions over JSON lines, one object in, one out, in the same order."""
