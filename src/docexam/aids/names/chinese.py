"""Chinese names in Cyrillic by the system of Palladius: listed surname, one or two syllables.

Here because many of its names also parse as Korean: Ли На, Ма Юн. Common knowledge of the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from docexam.aids.names.parse import GIVEN, SURNAME, Parse, Word
from docexam.domain.text import visible

SYSTEM = "chinese"
_SYLLABLES = """
а ай ань ан ао ба бай бань бан бао бэй бэнь бэн би бянь бяо бе бинь бин бо бу па пай пань пан пао
пэй пэнь пэн пи пянь пяо пе пинь пин по поу пу ма май мань ман мао мэй мэнь мэн ми мянь мяо ме минь
мин мю мо моу му фа фань фан фэй фэнь фэн фо фоу фу да дай дань дан дао дэ дэй дэн ди дянь дяо де
дин дю дун доу ду дуань дуй дунь до та тай тань тан тао тэ тэн ти тянь тяо те тин тун тоу ту туань
туй тунь то на най нань нан нао нэ нэй нэнь нэн ни нянь нян няо не нинь нин ню нун но ну нуань нюй
нюэ ла лай лань лан лао лэ лэй лэн ли ля лянь лян ляо ле линь лин лю лун лоу лу луань лунь ло люй
люэ га гай гань ган гао гэ гэй гэнь гэн гун гоу гу гуа гуай гуань гуан гуй гунь го ка кай кань кан
као кэ кэнь кэн кун коу ку куа куай куань куан куй кунь ко ха хай хань хан хао хэ хэй хэнь хэн хун
хоу ху хуа хуай хуань хуан хуэй хуй хунь хо цзи цзя цзянь цзян цзяо цзе цзинь цзин цзюн цзю цзюй
цзюань цзюэ цзюнь ци ця цянь цян цяо це цинь цин цюн цю цюй цюань цюэ цюнь си ся сянь сян сяо се
синь син сюн сю сюй сюань сюэ сюнь чжа чжай чжань чжан чжао чжэ чжэнь чжэн чжи чжун чжоу чжу чжуа
чжуай чжуань чжуан чжуй чжунь чжо ча чай чань чан чао чэ чэнь чэн чи чун чоу чу чуай чуань чуан чуй
чунь чо ша шай шань шан шао шэ шэй шэнь шэн ши шоу шу шуа шуай шуань шуан шуй шунь шо жань жан жао
жэ жэнь жэн жи жун жоу жу жуань жуй жунь жо цза цзай цзань цзан цзао цзэ цзэй цзэнь цзэн цзы цзун
цзоу цзу цзуань цзуй цзунь цзо ца цай цань цан цао цэ цэнь цэн цы цун цоу цу цуань цуй цунь цо са
сай сань сан сао сэ сэнь сэн сы сун соу су суань суй сунь со я янь ян яо е и инь ин юн ю юй юань юэ
юнь ва вай вань ван вэй вэнь вэн во у эр э энь оу
"""
_SURNAMES = """
ван ли чжан лю чэнь ян чжао хуан чжоу у сюй сунь ху чжу гао линь хэ го ма ло лян сун чжэн се хань
тан фэн юй дун сяо чэн цао юань дэн фу шэнь цзэн пэн люй су лу цзян цай цзя дин вэй сюэ е янь пань
ду дай ся чжун тянь жэнь фань фан ши яо тань ляо цзоу сюн цзинь лэй хао кун бай цуй кан мао цю цинь
гу хоу шао мэн лун вань дуань цянь тао инь и чан цяо лай гун вэнь оуян сыма чжугэ сыту шангуань си
цзян вэн юэ ни янь ань нин хун бао цюй фэй сян жуань бо чжо ми мэй шу цзи лань минь хуа
"""


@lru_cache(maxsize=1)
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(_SURNAMES.split()), frozenset(_SYLLABLES.split())


def parse(words: Sequence[str]) -> Parse | None:
    """Return two or three words as surname and one or two Palladius syllables, or None."""
    surnames, _ = _tables()
    if not 2 <= len(words) <= 3 or words[0].lower() not in surnames:
        return None
    given = [part for word in words[1:] for part in word.lower().split("-")]
    cut = _cut("".join(given)) if len(given) == 1 else _each(given)
    if not cut or len(cut) > 2:
        return None
    text = " ".join(words[1:])
    return Parse(
        SYSTEM,
        (
            Word(words[0], SURNAME, f"“{visible(words[0])}” is in the list of Chinese surnames."),
            Word(text, GIVEN, f"“{visible(text)}” is {' + '.join(cut)}, Palladius syllables."),
        ),
        1.0 if len(words) == 2 else 0.6,
        "palladius",
    )


def _each(parts: Sequence[str]) -> tuple[str, ...]:
    _, syllables = _tables()
    return tuple(parts) if all(part in syllables for part in parts) else ()


def _cut(word: str) -> tuple[str, ...]:
    _, syllables = _tables()
    if word in syllables:
        return (word,)
    for at in range(1, min(len(word), 7)):
        # ъ parts н from a vowel of the next syllable.
        head, tail = word[:at].removesuffix("ъ"), word[at:]
        if head in syllables and tail in syllables:
            return head, tail
    return ()
