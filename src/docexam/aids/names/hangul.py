"""Hangul syllables taken apart and put together, and the ones that names are made of."""

from __future__ import annotations

from dataclasses import dataclass

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _COUNT = 0xAC00, 11172

# Finals by the sound they close with, when nothing follows that would bring another one out.
CLOSING = {
    **dict.fromkeys(("ㄱ", "ㄲ", "ㄳ", "ㄺ", "ㅋ"), "ㄱ"),
    **dict.fromkeys(("ㄴ", "ㄵ", "ㄶ"), "ㄴ"),
    **dict.fromkeys(("ㄷ", "ㅅ", "ㅆ", "ㅈ", "ㅊ", "ㅌ", "ㅎ"), "ㄷ"),
    **dict.fromkeys(("ㄹ", "ㄼ", "ㄽ", "ㄾ", "ㅀ"), "ㄹ"),
    **dict.fromkeys(("ㅁ", "ㄻ"), "ㅁ"),
    **dict.fromkeys(("ㅂ", "ㅄ", "ㅍ", "ㄿ"), "ㅂ"),
    "ㅇ": "ㅇ",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Jamo:
    """A syllable's parts: initial (ㅇ where it is silent), vowel, final (empty for none)."""

    initial: str
    vowel: str
    final: str

    @property
    def closing(self) -> str:
        """Return the sound the syllable closes with: one of ㄱㄴㄷㄹㅁㅂㅇ or empty."""
        return CLOSING[self.final]


def is_hangul(char: str) -> bool:
    """Return whether `char` is a composed Hangul syllable."""
    return 0 <= ord(char) - _FIRST < _COUNT


def taken_apart(syllable: str) -> Jamo:
    """Return the parts of a composed syllable; raises ValueError for anything else."""
    if len(syllable) != 1 or not is_hangul(syllable):
        raise ValueError("not one composed Hangul syllable")
    index = ord(syllable) - _FIRST
    return Jamo(INITIALS[index // 588], VOWELS[index % 588 // 28], FINALS[index % 28])


def put_together(initial: str, vowel: str, final: str) -> str:
    """Return the composed syllable of three parts; raises ValueError for unknown ones."""
    place = INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + FINALS.index(final)
    return chr(_FIRST + place)


# The readings of Chinese characters used in Korean names (South and North), and syllables of
# names made of native words. Common knowledge of the field, written down by hand: a syllable that
# is missing here is unusual in a name, not impossible.
_SINO_KOREAN = (
    "가각간갈감갑강개객갱갹거건걸검겁게격견결겸경계고곡곤골공곳과곽관괄광괘괴괵굉교구국군굴궁"
    "권궐궤귀규균귤극근글금급긍기긴길김끽나낙난날남납낭내냉녀녁년념녕노농뇌뇨누눈눌뉴능니닉닐"
    "다단달담답당대덕도독돈돌동두둔둘득등라락란랄람랍랑래랭략량려력련렬렴렵령례로록론롱뢰료룡루"
    "류륙륜률륭륵름릉리린림립마막만말망매맥맹멱면멸명몌모목몰몽묘무묵문물미민밀박반발방배백번벌"
    "범법벽변별병보복본볼봉부북분불붕비빈빙사삭산살삼삽상새색생서석선설섬섭성세소속손솔송쇄쇠수"
    "숙순술숭슬습승시식신실심십쌍씨아악안알암압앙애액앵야약양어억언얼엄업에엔여역연열염엽영예오"
    "옥온올옹와완왈왕왜외요욕용우욱운울웅원월위유육윤율융은을음읍응의이익인일임입잉자작잔잠잡장"
    "재쟁저적전절점접정제조족존졸종좌죄주죽준줄중즉즐즙증지직진질짐집징차착찬찰참창채책처척천철"
    "첨첩청체초촉촌총촬최추축춘출충췌취측층치칙친칠침칩칭쾌타탁탄탈탐탑탕태택탱터토톤통퇴투특틈"
    "파판팔패팽퍅편폄평폐포폭표품풍피필핍하학한할함합항해핵행향허헌헐험혁현혈혐협형혜호혹혼홀홍"
    "화확환활황회획횡효후훈훙훤훼휘휴휼흉흑흔흘흠흡흥희힐"
)
_NATIVE = (
    "늘봄빛별샘꽃들달돌솜롬름람슬솔벼리루미르결겨얀예쁜쁘빈빛나랑찬힘새얼큰밝맑한잎꿈별벗터"
    "울을가온누라담비단보배사송이들레초롱아롱다운하늬바우람옹옥끝쇠복실간난모란넷셋푸른미루"
    "엘셉론잔디금쪽또순언년조각봉분뿐쌀씨앗"
)
NAME_SYLLABLES = frozenset(_SINO_KOREAN + _NATIVE)

# The syllables met most often in given names of the last century, commonest first; only for the
# order in which candidates are listed.
COMMON = (
    "영정숙수지순희민은현성진미경용철호인선동자상재원연주명종준우기승옥광혜윤병남춘학일남홍"
    "태길복화석규금해란련봉권근국혁대룡환식만창훈덕향월분실한봄빈서하유예아나라강길천청중문"
)
_RANK = {syllable: rank for rank, syllable in reversed(list(enumerate(COMMON)))}


def rarity(name: str) -> int:
    """Return a number that is lower for syllables met more often in given names."""
    return sum(_RANK.get(syllable, len(COMMON)) for syllable in name)
