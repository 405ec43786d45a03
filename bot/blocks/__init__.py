"""What people see in Slack: frozen snapshots in, Block Kit out. Pure; `now` is an argument.

Laws that hold for every builder here: a client's words stand only in rich-text text elements or in plain text
without emoji (L8), every time is a date token in the reader's own zone (L11), and nothing exceeds `limits.LIMITS`.
"""
