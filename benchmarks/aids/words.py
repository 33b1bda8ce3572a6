"""Invented people, places, offices and zones; nobody here exists."""

from __future__ import annotations

from .sheet import Rng


def _apart(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_CYRL = {
    "dev": (
        _apart(
            "Веснин Громкий Дятлов Жемчужный Зимородов Калинкин Лапшин Медник Нежданов "
            "Орешкин Плетнёв Рябинов Стрижак Тихомиров Ухов Филинов Хмелёв Цаплин Чернавин "
            "Шишкарёв"
        ),
        _apart("Аркадий Борис Виталий Глеб Денис Евгений Захар Кирилл Леонид Максим Никита Павел"),
        _apart("Аркадьевич Борисович Витальевич Глебович Денисович Захарович Леонидович Павлович"),
        _apart("Верхнеозёрск Лугаречье Камнегорск Соснополье Тихоплёс"),
    ),
    "test": (
        _apart(
            "Барсучков Вьюгин Грачевский Дубровицкий Ежиков Заречный Ивушкин Крутояров "
            "Ласточкин Мохов Норкин Осинцев Пеньков Росинский Снегирёв Туманов Уточкин "
            "Хворостов Щеглов Южаков Яблоков"
        ),
        _apart(
            "Андрей Василий Григорий Дмитрий Игорь Константин Матвей Олег Роман Степан "
            "Тимофей Фёдор Юрий Ярослав"
        ),
        _apart(
            "Андреевич Васильевич Григорьевич Дмитриевич Игоревич Матвеевич Олегович "
            "Романович Степанович Фёдорович Юрьевич"
        ),
        _apart("Белокаменск Дальнеполье Ключегорск Малиновка Новоручейск Ястребово"),
    ),
}
_LATN = {
    "dev": (
        _apart("Alder Bexley Carrow Dunmore Eastlake Fenwick Garrick Holloway Ibsen Jarvis"),
        _apart("Adam Brenda Clara David Elaine Felix Gwen Henry Ingrid Jonas"),
    ),
    "test": (
        _apart(
            "Kestrel Lindqvist Marlowe Nightingale Oakes Pemberton Quill Rushmore Severin "
            "Thorne Umber Vance Whitlock Yardley Zeller"
        ),
        _apart("Karen Lucas Martha Nolan Olivia Peter Quentin Rosa Stefan Teresa Ulrich Violet"),
    ),
}
_HANG = {
    "dev": (
        _apart("김 리 박 최 정 강"),
        _apart("철수 영희 성민 금철 명호 은정 일남 순복"),
    ),
    "test": (
        _apart("오 한 신 류 문 배 홍"),
        _apart("광혁 동진 혁철 경수 학림 남식 옥주 충성 태준"),
    ),
}
_HANI = {
    "dev": (
        _apart("王 李 张 刘 陈"),
        _apart("伟 芳 秀英 建国 明 丽华"),
    ),
    "test": (
        _apart("杨 黄 赵 周 吴 徐"),
        _apart("志强 小红 文军 海燕 春生 玉兰 大山"),
    ),
}
_ARAB = {
    "dev": (
        _apart("أحمد محمود كريم سالم ياسين"),
        _apart("النجار الحداد الصالح العمري"),
    ),
    "test": (
        _apart("حسين طارق جميل رشيد نادر فؤاد"),
        _apart("الخطيب البغدادي الشامي القاضي المصري"),
    ),
}
OFFICES = {
    "dev": ("ОТДЕЛ УЧЁТА", "ПАСПОРТНЫЙ СТОЛ", "УПРАВЛЕНИЕ КАДРОВ", "РАЙОННЫЙ АРХИВ"),
    "test": ("КАНЦЕЛЯРИЯ ОКРУГА", "МЕДИЦИНСКАЯ ЧАСТЬ", "УЧЕБНЫЙ ЦЕНТР", "БЮРО РЕГИСТРАЦИИ"),
}
# A bar stands for a letter that is left out.
_ICAO = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЬЭЮЯ",
        (
            "" if latin == "|" else latin
            for latin in _apart(
                "A B V G D E E ZH Z I I K L M N O P R S T U F KH TS CH SH SHCH Y | E IU IA"
            )
        ),
        strict=True,
    )
)


def pick(rng: Rng, things: tuple[str, ...]) -> str:
    """Return one of several things."""
    return things[int(rng.integers(len(things)))]


def pool(split: str) -> str:
    """Return the split whose words a font book uses; the bare one uses those of dev."""
    return "test" if split == "test" else "dev"


def person(split: str, rng: Rng) -> tuple[str, str, str]:
    """Return a Russian surname, given name and patronymic."""
    last, first, middle, _ = _CYRL[pool(split)]
    return pick(rng, last), pick(rng, first), pick(rng, middle)


def town(split: str, rng: Rng) -> str:
    """Return a place name."""
    return pick(rng, _CYRL[pool(split)][3])


def office(split: str, rng: Rng) -> str:
    """Return an issuing office."""
    return pick(rng, OFFICES[pool(split)])


def date(rng: Rng, first: int = 1975, last: int = 2024) -> str:
    """Return a date as DD.MM.YYYY."""
    day, month = int(rng.integers(1, 29)), int(rng.integers(1, 13))
    return f"{day:02}.{month:02}.{int(rng.integers(first, last + 1))}"


def digits(rng: Rng, n: int) -> str:
    """Return n random digits."""
    return "".join(str(d) for d in rng.integers(0, 10, n))


def name_in(script: str, split: str, rng: Rng) -> str:
    """Return what a person writes as a signature in a script."""
    key = pool(split)
    if script == "Hang":
        last, first = _HANG[key]
        return pick(rng, last) + pick(rng, first)
    if script == "Hani":
        last, first = _HANI[key]
        return pick(rng, last) + pick(rng, first)
    if script == "Arab":
        first, last = _ARAB[key]
        return pick(rng, first) + (" " + pick(rng, last) if rng.random() < 0.5 else "")
    if script == "Latn":
        last, first = _LATN[key]
        return _signed(pick(rng, last), (pick(rng, first),), rng)
    last, first, middle = person(split, rng)
    return _signed(last, (first, middle), rng)


def _signed(last: str, others: tuple[str, ...], rng: Rng) -> str:
    way = rng.random()
    if way < 0.4:
        return last
    if way < 0.6:
        return f"{others[0][0]}. {last}"
    if way < 0.75:
        return f"{others[0]} {last}"
    if way < 0.88:
        return last[: int(rng.integers(3, 6))]
    return _initials(last, others, rng)


# Initials that look alike in both alphabets cannot be told apart, by a person either.
_ALIKE = set("АВЕКМНОРСТХУABEKMHOPCTXYИUГЗ")


def _initials(last: str, others: tuple[str, ...], rng: Rng) -> str:
    letters = [name[0] for name in (*others, last)]
    if sum(letter not in _ALIKE for letter in letters) < 2:
        return last
    return pick(rng, (".", "", ". ")).join(letters)


def icao(text: str) -> str:
    """Return Russian text in the letters of ICAO Doc 9303."""
    return "".join(_ICAO.get(letter, letter) for letter in text.upper())


def check(text: str) -> str:
    """Return the check digit of Doc 9303: weights 7, 3, 1, modulo 10."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(v * (7, 3, 1)[k % 3] for k, v in enumerate(values)) % 10)


def _yymmdd(rng: Rng, first: int, last: int) -> str:
    year, month, day = (int(rng.integers(a, b)) for a, b in ((first, last), (1, 13), (1, 29)))
    return f"{year % 100:02}{month:02}{day:02}"


def zone(kind: str, last: str, first: str, rng: Rng) -> tuple[str, ...]:
    """Return the lines of a zone with every check digit right; names in Latin letters."""
    number = pick(rng, tuple("ABCDEFKLMN")) + digits(rng, 8)
    born, until = _yymmdd(rng, 1960, 2006), _yymmdd(rng, 2025, 2035)
    sex, state = pick(rng, ("M", "F")), pick(rng, ("UTO", "XXA", "UTO", "XXB"))
    name = f"{last}<<{first}"
    first_check = number + check(number)
    dates = born + check(born) + sex + until + check(until)
    if kind == "TD1":
        top = f"I<{state}{first_check}".ljust(30, "<")
        middle = f"{dates}{state}".ljust(29, "<")
        whole = top[5:] + middle[:7] + middle[8:15] + middle[18:29]
        return top, middle + check(whole), name.ljust(30, "<")[:30]
    width = 44 if kind in ("TD3", "MRV-A") else 36
    letter = {"TD3": "P", "TD2": "I", "MRV-A": "V", "MRV-B": "V"}[kind]
    top = f"{letter}<{state}{name}".ljust(width, "<")[:width]
    line = f"{first_check}{state}{dates}"
    if kind.startswith("MRV"):
        return top, line.ljust(width, "<")
    optional = (digits(rng, 6) if rng.random() < 0.4 else "").ljust(14 if kind == "TD3" else 7, "<")
    body = line + optional + (check(optional) if kind == "TD3" else "")
    whole = body[:10] + body[13:20] + body[21:]
    return top, body + check(whole)


def russian_zone(names: tuple[str, str, str], rng: Rng) -> tuple[str, str]:
    """Return the two lines of the Russian internal passport's zone."""
    last, first, middle = (icao(_modern(n)) for n in names)
    top = f"PNRUS{last}<<{first}<{middle}".ljust(44, "<")[:44]
    number, born = digits(rng, 9), _yymmdd(rng, 1960, 2004)
    issued, unit = _yymmdd(rng, 2011, 2024), digits(rng, 6)
    optional = digits(rng, 1) + issued + unit + "<"
    body = number + check(number) + "RUS" + born + check(born) + "M" + "<" * 7
    body += optional + check(optional)
    return top, body + check(body[:10] + body[13:20] + body[21:43])


# The letters of this zone differ from Doc 9303 (facts on the internal passport).
_OWN = dict(zip("ЁЖХЦЧШЩЪЫЬЭЮЯЙ", "2JHC34WXY9678Q", strict=True))


def _modern(text: str) -> str:
    return "".join(_OWN.get(letter, letter) for letter in text.upper())
