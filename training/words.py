"""Invented names to write, by script, from lists of parts.

No name here is taken from a document. Lists are common given names and surnames of each writing
culture, and syllables and letters drawn at random so that the network cannot learn them by heart.
"""

from __future__ import annotations

import numpy as np

Rng = np.random.Generator

_RU_STEMS = (
    "Петр Иван Сидор Кузнец Смирн Вол Зайц Медвед Соловь Лебед Козл Новик Мороз Павл Семен Голуб "
    "Виноград Богдан Воробь Федор Михайл Беля Тарас Бел Комар Орл Киселе Макар Андре Ковал Иль Гусе "
    "Тит Кузьм Кудря Баран Кулик Алексе Степан Яковл Сорок Серге Роман Захар Борис Корол Герасим "
    "Пономар Григор Лазар Щерба Чернышё Жук Шубин Цветк Юдин Эрдн Ахмед Юсуп Хасан Гаджи Фомин Жда "
    "Рыба Черн Щук Ершо Шиш Мельник Гонч Бонда Плотник Столяр Дьяч Поп Субботин Зим Лет"
).split()
_RU_ENDS = "ов ев ёв ин ын ский ская ова ева ина цкий ко енко чук юк ых их ян дзе швили аев".split()
_RU_GIVEN = (
    "Иван Пётр Алексей Сергей Дмитрий Андрей Михаил Николай Владимир Юрий Олег Игорь Виктор Борис "
    "Григорий Фёдор Яков Жанна Щорс Эдуард Шамиль Хасан Цыден Мария Анна Ольга Елена Наталья Юлия "
    "Людмила Галина Зоя Вера Надежда Ирина Дарья Екатерина Светлана Эльвира Айдыс Начын Шолбан "
    "Чойгана Буян Мерген Аяс Кежик Омак"
).split()
_RU_OTHER = (
    "Ким Пак Цой Ли Тен Хан Югай Хегай Ногай Шин Чжан Ван Нгуен Ооржак Монгуш Кужугет Сат Ондар "
    "Куулар Хертек Салчак Доржу Бадмаев Цыренов Дугаров Кара-оол Чаш-оол Бичелдей Тюлюш Донгак"
).split()
_CYRL = "абвгдежзийклмнопрстуфхцчшщыьэюя"

_LA_GIVEN = (
    "James Mary Robert Patricia John Jennifer Michael Linda David William Richard Susan Joseph "
    "Jessica Thomas Sarah Charles Karen Anna Paul Mark George Kevin Brian Laura Emma Frank Peter "
    "Hans Klaus Jürgen Pierre Jean Marie Luc Giulia Marco Paolo José María Carlos Ana Luis Jorge "
    "Katarzyna Piotr Jan Zofia Eva Lars Erik Ingrid Olga Ivan Dmitri Sergei Natalia Yuri Min-jun "
    "Seo-yeon Ji-hoon Hye-jin Sung-min Wei Fang Linh Nguyen Ahmed Fatima Ali Yusuf Quentin Walter "
    "Xavier Zack Vincent Ulla Oscar Doris Helen Fred Greg Phyllis Wilma Gwen"
).split()
_LA_SUR = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Lopez Wilson "
    "Anderson Taylor Moore Jackson Lee Perez White Harris Clark Lewis Walker Young Allen King "
    "Wright Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Müller "
    "Schmidt Schneider Fischer Weber Meyer Wagner Becker Dubois Laurent Moreau Rossi Russo "
    "Ferrari Esposito Kowalski Nowak Novák Svensson Larsen Jensen Kim Park Choi Kang Yoon Hwang "
    "Petrov Ivanov Sidorov Sokolova Kuznetsov Popova Wang Zhang Chen Tran Pham Hassan Ibrahim "
    "Oliveira Souza Quinn Fitzgerald Oakley Voss Dahl Griffin Hughes Kipling Lloyd Finch Vance"
).split()
_LATN = "abcdefghijklmnopqrstuvwxyz"

_KO_SUR = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
_KO_GIVEN = (
    "민준서연지훈현우수빈예은도윤하은주원시우지우건우서준유진채원소율은지영희철수미경순자정숙"
    "영수광호성민재현동현승우태양혜진보라나래아름다운슬기한별가람용환상철병훈규식기범두환대중"
    "경화옥순복남춘자말희종필학선택근봉석만덕창호인숙금란효리설현윤아태희혁빛찬솔결담률욱섭균"
)
_HAN_SUR = "王李张劉刘陈楊杨赵黃黄周吴徐孫孙胡朱高林何郭馬马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文朴尹權鄭申安裵"
_HAN_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅志国建文辉力永健世广义兴良海山仁波宁贵福生龙元全国胜学祥才"
    "发武新利清飞彬富顺信子杰峰晓雪春花思雨佳欣浩然宇轩梓涵一诺俊豪天翔博文瑞雅琪诗婷嘉怡美玲淑慧珍翠香月莺媛瑾璐娅琦晶"
    "妍茜秋珊莎锦黛青倩婉娴颖露瑶哲民洙哲鎬賢眞熙淳順子榮植相基東炳鍾鉉燮愛智善惠貞淑姬仁宰勳準赫燦"
)
_AR_GIVEN = (
    "محمد احمد علي حسن حسين عمر خالد يوسف ابراهيم عبدالله عبدالرحمن فاطمة مريم زينب نور سارة ليلى "
    "هدى سلمى كريم طارق سعيد ناصر جمال رشيد مصطفى محمود اسماعيل بلال ياسين ايمن وليد هشام فيصل "
    "سلطان ماجد صالح داود سليمان عثمان حمزة انس رامي زياد غسان نبيل شريف منصور قاسم جابر ضياء ظافر "
    "خديجة عائشة رقية آمنة شيماء بسمة جميلة نادية سميرة رضا مهدی پروین ژاله گلناز چنگیز"
).split()
_AR_SUR = (
    "الحسن العلي الخطيب النجار الحداد السيد المصري الشامي البغدادي الهاشمي القحطاني الزهراني "
    "العتيبي الغامدي الدوسري الشمري التميمي الفارسي الكردي الحلبي بكر شاهين قباني درويش رحماني "
    "کریمی حسینی رضایی خان شيخ صديقي بوعزيز بنعلي حداد مراد عباس يعقوب فرج ثابت غازي ذياب ضاهر"
).split()
# Letters that do not join the next; after the others the line can be drawn out.
_AR_APART = frozenset("اأإآدذرزژوةىء ")
_AR = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def _pick(rng: Rng, items: tuple | list | str) -> str:
    return items[int(rng.integers(len(items)))]


def _some(rng: Rng, letters: str, least: int, most: int) -> str:
    return "".join(_pick(rng, letters) for _ in range(int(rng.integers(least, most + 1))))


def _cased(rng: Rng, text: str) -> str:
    kind = rng.random()
    if kind < 0.08:
        return text.upper()
    return text.lower() if kind < 0.14 else text


def _western(rng: Rng, given: str, surname: str, alphabet: str) -> str:
    """Return one of the ways a signature gives a name of letters."""
    first, initial = given[0], given[0] + "."
    second = _pick(rng, alphabet).upper() + "."
    cut = surname[: int(rng.integers(2, 6))]
    ways = (
        surname,
        surname,
        f"{initial}{surname}",
        f"{initial} {surname}",
        f"{surname} {initial}",
        f"{initial}{second} {surname}",
        f"{surname} {initial}{second}",
        f"{given} {surname}",
        f"{given} {surname}",
        given,
        cut,
        cut,
        f"{first}{cut}",
        f"{initial}{second}",
        f"{first}. {cut}",
        f"{surname} {given}",
        f"{cut}-",
    )
    return _cased(rng, _pick(rng, ways))


def cyrillic(rng: Rng) -> str:
    """Return a name in Cyrillic letters."""
    kind = rng.random()
    if kind < 0.12:
        surname = _pick(rng, _RU_OTHER)
    elif kind < 0.35:
        surname = _some(rng, _CYRL.replace("ь", "").replace("ы", ""), 3, 8).capitalize()
    else:
        surname = _pick(rng, _RU_STEMS) + _pick(rng, _RU_ENDS)
    return _western(rng, _pick(rng, _RU_GIVEN), surname, "абвгдежзиклмнопрстфэюя")


def latin(rng: Rng) -> str:
    """Return a name in Latin letters."""
    kind = rng.random()
    if kind < 0.25:
        surname = _some(rng, _LATN, 3, 8).capitalize()
    elif kind < 0.45:
        surname = _romanised(rng)
    else:
        surname = _pick(rng, _LA_SUR)
    return _western(rng, _pick(rng, _LA_GIVEN), surname, _LATN)


_ROMAN = dict(
    zip(
        _CYRL,
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y ' e yu ya".split(),
        strict=True,
    )
)


def _romanised(rng: Rng) -> str:
    name = _pick(rng, _RU_STEMS) + _pick(rng, _RU_ENDS)
    return "".join(_ROMAN.get(letter, "e") for letter in name.lower()).replace("'", "").capitalize()


def hangul(rng: Rng) -> str:
    """Return a name in Hangul: mostly whole names, some syllables made at random."""

    def syllable() -> str:
        if rng.random() < 0.25:
            last = int(rng.choice((0, 0, 1, 4, 8, 16, 17, 21, int(rng.integers(28)))))
            return chr(0xAC00 + (int(rng.integers(19)) * 21 + int(rng.integers(21))) * 28 + last)
        return _pick(rng, _KO_GIVEN)

    surname = _pick(rng, _KO_SUR)
    ways = (
        surname + syllable() + syllable(),
        surname + syllable() + syllable(),
        surname + syllable() + syllable(),
        surname + syllable(),
        surname + syllable(),
        syllable() + syllable(),
        surname + " " + syllable() + syllable(),
        surname + ".",
        surname + syllable() + syllable() + syllable(),
        syllable() + syllable() + syllable(),
        surname + " " + syllable() + " " + syllable(),
    )
    return _pick(rng, ways)


_GB = [
    bytes((0xA1 + row - 1, 0xA1 + cell)).decode("gb2312", "ignore")
    for row in range(16, 56)
    for cell in range(94)
]
COMMON_HAN = [character for character in _GB if character]


def han(rng: Rng) -> str:
    """Return a name in Han characters."""

    def character() -> str:
        return _pick(rng, COMMON_HAN) if rng.random() < 0.3 else _pick(rng, _HAN_GIVEN)

    surname = _pick(rng, _HAN_SUR)
    ways = (
        surname + character() + character(),
        surname + character() + character(),
        surname + character(),
        surname + character(),
        character() + character(),
        surname + character() + character() + character(),
        surname + " " + character(),
        character() + character() + character(),
    )
    return _pick(rng, ways)


def arabic(rng: Rng) -> str:
    """Return a name in Arabic letters."""
    given, surname = _pick(rng, _AR_GIVEN), _pick(rng, _AR_SUR)
    made = _some(rng, _AR, 3, 7)
    ways = (
        given,
        surname,
        given,
        surname,
        f"{given} {surname}",
        f"{given} {surname}",
        made,
        f"{given} {made}",
        f"{given[:1]} {surname}",
        f"{given} {_pick(rng, _AR_GIVEN)}",
    )
    text = _pick(rng, ways)
    return _drawn_out(rng, text) if rng.random() < 0.2 else text


def _drawn_out(rng: Rng, text: str) -> str:
    """Return Arabic with one or two joins drawn out, as writers do."""
    joins = [i for i in range(len(text) - 1) if text[i] not in _AR_APART and text[i + 1] != " "]
    for at in sorted(rng.permutation(joins)[:2], reverse=True) if joins else ():
        text = text[: at + 1] + "ـ" * int(rng.integers(1, 4)) + text[at + 1 :]
    return text


WRITERS = {"Hang": hangul, "Cyrl": cyrillic, "Latn": latin, "Hani": han, "Arab": arabic}
