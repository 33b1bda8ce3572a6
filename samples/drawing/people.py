"""The invented people: what was filled in on their booklets, and by which hands."""

from __future__ import annotations

from .booklet import Booklet, Overwritten
from .lettering import Hand
from .portrait import Face
from .seals import BLUE, VIOLET, Stamp, Strike

_BLUE_BALL = (0.14, 0.18, 0.46)
_BLACK_INK = (0.12, 0.12, 0.15)
_VIOLET_BALL = (0.28, 0.18, 0.46)
_BLUE_GEL = (0.10, 0.20, 0.62)

_STAMP = Stamp("ВОЕННЫЙ КОМИССАРИАТ ГОРОДА ОБРАЗЦОВСКА *", "УЧЕБНЫЙ ОБРАЗЕЦ * SPECIMEN *", "№ 000")
_UNIT = Stamp("ВОЙСКОВАЯ ЧАСТЬ 00000 * УЧЕБНЫЙ ОБРАЗЕЦ *", "НЕ ДОКУМЕНТ * SPECIMEN *", "№ 00")

REGULAR = Booklet(
    seed=1101,
    entries={
        "surname": "Вымыслов",
        "given-name": "Роман",
        "patronymic": "Андреевич",
        "birth-date": "12.03.1994",
        "number": "АБ 0274615",
        "birth-place": "г. Калуга",
        "education": "среднее, шк. № 0, 2012 г.",
        "trade": "слесарь-ремонтник",
        "call-up-date": "14.06.2012",
        "order-number": "217",
        "order-date": "14.06.2012",
        "issuer": "ВК города Образцовска",
        "issue-date": "14.06.2012",
        "oath-date": "07.07.2012",
        "service-start": "14.06.2012",
        "personal-number": "ОБ-000123",
        "personal-number-date": "20.06.2012",
    },
    hand=Hand("hand-school", _BLUE_BALL, 5.3, 0.10),
    signature="Вымыслов",
    signer=Hand("hand-quick", (0.12, 0.15, 0.40), 7.6, 0.30, 1.8, 0.92),
    stamp=_STAMP,
    unit_stamp=_UNIT,
    strikes={
        "seal-place": Strike((43.5, 104.5), 14, BLUE, 0.92, 250, 0.30),
        "issuer-seal-place": Strike((115.5, 106), -9, BLUE, 0.84, 40, 0.42),
        "unit-seal-place": Strike((31, 105), 22, VIOLET, 0.88, 160, 0.34),
    },
    photo=Face(7, width=0.98, jaw=1.15, eyes=0.9),
    photo_turn=0.7,
    typed=frozenset({"birth-place", "issuer", "education", "trade"}),
    service=(
        ("в/ч 00000, стрелок", "100915", "16.06.2012", "№ 98, 16.06.12"),
        ("в/ч 00000, ст. стрелок", "100915", "01.02.2013", "№ 21, 01.02.13"),
        ("уволен в запас", "", "14.06.2013", "№ 102, 14.06.13"),
    ),
    weapons=(("АК-74М", "ОБ 000417", "08.07.2012"), ("штык-нож", "000417", "08.07.2012")),
    ranks=(("рядовой", "16.06.2012, № 98"), ("ефрейтор", "23.02.2013, № 34")),
    wear=0.45,
)

NO_SEALS = Booklet(
    seed=2202,
    entries={
        "surname": "Дус-Кара",
        "given-name": "Ай-Мерген",
        "patronymic": "Петрович",
        "birth-date": "04.09.1997",
        "number": "АЕ 3810927",
        "birth-place": "Республика Тува",
        "education": "среднее",
        "trade": "не имеет",
        "call-up-date": "12.04.2016",
        "issuer": "ВК Образцовского района",
        "issue-date": "12.04.2016",
        "oath-date": "30.04.2016",
        "service-start": "12.04.2016",
        "personal-number": "ОБ-000874",
        "personal-number-date": "11.10.2024",
    },
    hand=Hand("hand-quick", _BLACK_INK, 5.9, 0.04, 0.8),
    signature="한가상",
    signer=Hand("hand-hangul", _BLUE_GEL, 11.0, 0.12, 1.8, 0.95),
    stamp=_STAMP,
    unit_stamp=_UNIT,
    signed=False,
    service=(("в/ч 00000, стрелок", "100868", "12.04.2016", ""),),
    weapons=(("АК-12", "ОБ 000902", "10.10.2024"),),
    ranks=(("рядовой", "12.04.2016"),),
    wear=0.15,
    tint=(0.86, 0.89, 0.84),
)

ALTERED = Booklet(
    seed=3303,
    entries={
        "surname": "Небылицын",
        "given-name": "Егор",
        "patronymic": "Павлович",
        "birth-date": "21.11.1990",
        "number": "АВ 1596043",
        "birth-place": "г. Вологда",
        "education": "среднее специальное",
        "trade": "водитель категории С",
        "call-up-date": "17.05.2009",
        "order-number": "144",
        "order-date": "17.05.2009",
        "issuer": "ВК города Образцовска",
        "issue-date": "17.05.2019",
        "oath-date": "06.06.2009",
        "service-start": "17.05.2009",
        "personal-number": "ОБ-000556",
        "personal-number-date": "25.05.2009",
    },
    hand=Hand("hand-school", _VIOLET_BALL, 5.3, 0.02, 0.9),
    signature="Nebyl",
    signer=Hand("hand-quick", (0.20, 0.15, 0.42), 9.0, 0.34, 2.0, 0.95),
    stamp=_STAMP,
    unit_stamp=_UNIT,
    strikes={
        "seal-place": Strike((43.5, 105), -17, VIOLET, 0.88, 20, 0.30),
        "issuer-seal-place": Strike((116.5, 105.5), 31, VIOLET, 0.86, 200, 0.36),
        "unit-seal-place": Strike((32.5, 105.5), -12, BLUE, 0.80, 320, 0.44),
    },
    photo=Face(
        23,
        width=1.07,
        jaw=1.3,
        eyes=0.72,
        brow=1.35,
        nose=0.96,
        mouth=1.08,
        hair=0.10,
        hairline=0.05,
        skin=0.70,
    ),
    photo_turn=-1.6,
    photo_shift=(1.1, 0.9),
    second_strike=Strike((46.4, 102.6), -5, (0.34, 0.30, 0.66), 0.80, 180, 0.15),
    overwritten=Overwritten(
        "issue-date", "17.05.2009", Hand("hand-quick", _BLUE_GEL, 5.9, 0.08, 1.0)
    ),
    service=(
        ("в/ч 00000, водитель", "837037", "20.05.2009", "№ 77, 20.05.09"),
        ("уволен в запас", "", "17.05.2010", "№ 81, 17.05.10"),
    ),
    weapons=(("АК-74", "ОБ 000238", "08.06.2009"),),
    ranks=(("рядовой", "20.05.2009, № 77"),),
    wear=0.8,
    tint=(0.88, 0.86, 0.86),
)
