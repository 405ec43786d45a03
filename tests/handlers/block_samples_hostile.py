"""What Slack lets a person type, at its worst (a message holds at most 40,000 characters and is never empty)."""

HOSTILE = {
    "long": "All work and no play. " * 1_800,
    "only emoji": "🙂" * 15_000,
    "mentions": "<!channel> <@U1ANA> @channel <!subteam^S1> <#C1>",
    "markup": "*bold* _it_ ~st~ `code` ```block``` > quote :tada: [x](https://evil.example)",
    "controls": "a\x07b\x1bc\x7fd\u2028e",
    "right to left": "\u202ereversed\u202c \u0645\u0631\u062d\u0628\u0627 \u200f",
    "lines": "\n".join(str(number) for number in range(5_000)),
    "dots": ".",
}
