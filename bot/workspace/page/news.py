"""Where "New" stands in a list: above what was unread when one came, or since one looked away."""


class News:
    """One list of one page. The line stays while its reader watches: reading does not take it from under them."""

    def __init__(self) -> None:
        self._where: tuple[str, ...] = ()
        self._line = ""

    def line(self, where: tuple[str, ...], first: str, *, watching: bool) -> str:
        """The ts above which it stands, empty for nowhere.

        `where` is who looks at what, `first` the first unread message there, `watching` whether the page is visible
        and scrolled to the end.
        """
        if where != self._where:
            self._where, self._line = where, first
        elif not watching:
            self._line = first or self._line
        return self._line
