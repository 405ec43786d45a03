"""Which language the script of a text suggests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import NAMES
from bot.suggest.scripts import by_script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Добрый день! Когда будет готов новый сайт?", "ru"),
        ("Доброго дня! Коли буде готовий новий сайт? Дякую, чекаємо відповіді.", "uk"),
        ("Добар дан! Када ће бити готов нови сајт?", "sr"),
        ("您好, 新网站什么时候能上线?", "zh"),
        ("您好, www.example.cn/contact 打不开, 请尽快检查一下表单。", "zh"),
        ("お世話になっております。新しいサイトはいつ公開されますか。", "ja"),
        ("안녕하세요, 새 사이트는 언제 준비되나요?", "ko"),
        ("Καλημέρα, πότε θα είναι έτοιμη η σελίδα;", "el"),
        ("مرحبا، متى يكون الموقع جاهزا؟", "ar"),
        ("سلام، سایت چه زمانی آماده می‌شود؟ پیگیری کنید", "fa"),
        ("שלום, מתי האתר יהיה מוכן?", "he"),
        ("नमस्ते, साइट कब तैयार होगी?", "hi"),
        ("สวัสดีค่ะ เว็บไซต์จะเสร็จเมื่อไร", "th"),
        ("Ողջույն, ե՞րբ պատրաստ կլինի կայքը", "hy"),
        ("გამარჯობა, როდის იქნება საიტი მზად?", "ka"),
        ("When will the new site be ready?", ""),
        ("Wann ist die neue Seite fertig? Schöne Grüße", ""),
        ("Our partner 北京公司 asked when the new site will be ready for their people.", ""),
        ("Please spell the name as Ольга on the team page.", ""),
        ("", ""),
        ("42 🙂 ...", ""),
    ],
)
def test_the_script_of_most_of_the_words_speaks(text, language):
    assert by_script(text) == language


@given(st.text(max_size=200))
def test_every_guess_has_a_name(text):
    assert by_script(text) in {"", *NAMES}
