"""The README's pictures are there, say in words what they show, and are all shown."""

import re

from tests.test_docs import README, ROOT

FOLDER = ROOT / "docs" / "pictures"
SHOWN = re.compile(r'(?:src|srcset)="(docs/pictures/[^"]+)"')


def test_every_picture_is_shown_in_the_readme_and_there_is_no_other():
    assert sorted(SHOWN.findall(README)) == sorted(str(one.relative_to(ROOT)) for one in FOLDER.iterdir())


def test_every_picture_says_in_words_what_it_shows():
    images = re.findall(r"<img [^>]*>", README)
    assert images
    assert all(re.search(r'alt="[^"]{20,}"', image) for image in images)
