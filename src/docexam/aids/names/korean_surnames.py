"""Korean surnames: the closed list, and the spellings that follow no rule.

Most of the surnames of the South Korean census with more than about a thousand bearers, and the
North's forms with ㄹ kept. Common knowledge of the field, written down by hand.
"""

from __future__ import annotations

_COMMON = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민나진지엄채"
    "원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국은편용봉경사부복태목형"
    "피두감음빈동온호범좌팽승간상갈단견당화창순어예시계초옹방마염갑빙삼영군난뇌묵상피궁필"
)
_NORTHERN = "리림류로라량려렴륙룡"
_DOUBLE = ("남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "어금", "망절", "강전")

SURNAMES = tuple(dict.fromkeys((*_COMMON, *_NORTHERN, *_DOUBLE)))
COMMON_SURNAMES = frozenset(_COMMON[:60] + _NORTHERN)

# Fixed and popular Cyrillic spellings, beside those that the rules of spelling give.
CYRILLIC: dict[str, tuple[str, ...]] = {
    "이": ("ли",),
    "리": ("ли",),
    "임": ("лим",),
    "림": ("лим",),
    "최": ("цой", "цхой", "чой", "цхай"),
    "신": ("шин", "щин"),
    "심": ("шим",),
    "백": ("пяк", "пек"),
    "배": ("пя", "пай"),
    "정": ("тен", "чен", "чжен", "тян"),
    "전": ("тен", "чен", "чжен"),
    "장": ("тян", "чан"),
    "조": ("те", "тё", "чё", "дё"),
    "주": ("тю", "чю", "дю"),
    "지": ("ти", "ди", "дзи"),
    "진": ("тин", "дин", "дзин"),
    "유": ("лю",),
    "류": ("лю", "ю"),
    "양": ("лян",),
    "량": ("лян",),
    "엄": ("эм", "ом"),
    "염": ("ем", "лем"),
    "허": ("хе",),
    "현": ("хен", "хён"),
    "채": ("цхай", "чхай", "чай"),
    "차": ("тя", "цха"),
    "천": ("тхен", "чен"),
    "길": ("кир", "гир", "килл"),
    "여": ("е",),
    "서": ("ше", "се"),
    "석": ("шек", "сек"),
    "선": ("шен", "сен"),
    "설": ("шер", "сер"),
    "성": ("шен", "сен"),
    "손": ("шон",),
}
# Surnames with the suffix -гай, given by Russian clerks of the nineteenth century to names that
# end in a vowel.
WITH_GAI: dict[str, str] = {
    "югай": "유",
    "люгай": "류",
    "когай": "고",
    "хегай": "허",
    "нагай": "나",
    "ногай": "노",
    "огай": "오",
    "егай": "여",
    "шегай": "서",
    "сегай": "서",
    "лигай": "이",
    "дегай": "지",
    "дигай": "지",
    "тигай": "지",
    "тягай": "차",
    "чагай": "차",
    "тюгай": "주",
    "дюгай": "주",
    "магай": "마",
    "пягай": "배",
    "кугай": "구",
    "угай": "우",
    "хагай": "하",
    "могай": "모",
}
# Customary Latin spellings, beside those that the systems give.
LATIN: dict[str, tuple[str, ...]] = {
    "김": ("kim",),
    "이": ("lee", "yi", "rhee", "li", "yee", "rhie", "ri", "leigh"),
    "리": ("lee", "ri", "rhee", "li"),
    "박": ("park", "pak", "bahk"),
    "최": ("choi", "choe", "chey", "choy"),
    "정": ("jung", "chung", "jeong", "chong", "joung", "cheong"),
    "강": ("kang",),
    "조": ("cho", "jo", "joh"),
    "윤": ("yoon", "yun", "youn"),
    "장": ("jang", "chang"),
    "임": ("lim", "im", "rim", "yim", "leem"),
    "림": ("lim", "rim"),
    "오": ("oh",),
    "서": ("seo", "suh", "so", "sur"),
    "신": ("shin",),
    "권": ("kwon",),
    "유": ("yoo", "yu", "you", "ryu"),
    "류": ("ryu", "ryoo", "lew", "yoo", "lyu"),
    "안": ("ahn",),
    "고": ("ko", "koh", "goh"),
    "문": ("moon",),
    "손": ("sohn",),
    "배": ("bae", "pae", "bay"),
    "백": ("baek", "paik", "paek", "baik"),
    "허": ("heo", "hur", "huh", "ho"),
    "심": ("shim",),
    "노": ("noh", "roh", "no", "ro"),
    "하": ("hah",),
    "주": ("joo", "ju", "choo", "chu"),
    "우": ("woo",),
    "구": ("koo", "ku", "goo"),
    "나": ("na", "ra", "rha"),
    "지": ("jee", "chee"),
    "진": ("jin", "chin", "jean"),
    "엄": ("um", "uhm", "eum"),
    "천": ("chun", "chon"),
    "현": ("hyun", "hyeon"),
    "변": ("byun", "pyon"),
    "길": ("kil", "gill"),
    "반": ("ban", "pan"),
    "방": ("bang", "pang"),
    "공": ("kong",),
    "성": ("sung",),
    "석": ("suk",),
    "선": ("sun",),
    "명": ("myung",),
    "연": ("yeon", "youn"),
    "여": ("yeo", "lyuh"),
    "국": ("kook", "guk"),
    "남궁": ("namkung", "namgoong"),
    "황보": ("hwangbo",),
    "제갈": ("jegal",),
    "선우": ("sunwoo", "seonu"),
}
