"""The sentences of a report in Ukrainian. Not yet checked by a fluent examiner; the report says so.

Terms: checklist контрольний перелік, item пункт, examination дослідження, examiner дослідник,
exhibit об'єкт, finding результат, conclusion висновок, support підтримка, limit обмеження,
region ділянка, reveal розкриття, journal журнал, hash геш, blank бланк, bearer власник.
"""

from __future__ import annotations

from collections.abc import Mapping

from docexam.reports.words_uk_aids import AIDS

TABLE: Mapping[str, str] = {
    "quote": "«{text}»",
    "join": "; ",
    "thousands": "\u00a0",
    "not-stated": "не зазначено",
    # The head of the report.
    "notice.none": "БЕЗ ВИЛУЧЕНЬ: названо людей",
    "notice.partner": "ПРИМІРНИК ДЛЯ ПАРТНЕРА: вилучено частину, може називати людей",
    "notice.public": "ПУБЛІЧНИЙ ПРИМІРНИК: з вилученнями",
    "notice.for": "для: {who}",
    "title": "Звіт про дослідження документа",
    "contents": "Зміст",
    "running": "{case} / {exhibit} · звіт {number}",
    "end": "Кінець звіту {number} щодо {case} / {exhibit}.",
    "language.unreviewed": ("Українські формулювання цього звіту ще не перевірено носієм мови."),
    "language.checklist": "Запитання й відповіді подано мовою контрольного переліку ({language}).",
    "scope": "Оцінка за зображеннями; стосується досліджених зображень, а не самого об'єкта.",
    "scope.more": (
        "Зображення дає змогу лише частково виконати перший огляд: нічого не можна було взяти в "
        "руки, нахилити, освітити інакше чи дослідити в лабораторії. Цей звіт не посилається на "
        "жодну акредитацію."
    ),
    "cover.exhibit": "Об'єкт",
    "cover.number": "Номер звіту",
    "cover.number.value": "{number} (номер і геш останнього запису журналу)",
    "cover.date": "Дата",
    "cover.date.value": "{when} (час цього запису)",
    "cover.examiner": "Дослідник",
    "cover.examiner.value": "{name} (ім'я введено, особу не підтверджено)",
    "cover.state": "Стан",
    "state.open": "відкрито: відповіді ще можуть змінитися",
    "state.closed": "закрито {when}",
    "state.reopened": "відкрито знову після закриття: відповіді ще можуть змінитися",
    "state.disposed": (
        "знищено: оригінали, нотатки, імена й прочитання видалено назавжди; залишився лише запис "
        "вибраних відповідей"
    ),
    "cover.work": "Робота",
    "cover.work.value": "перша відповідь {first}, остання відповідь {last}",
    "cover.work.none": "жодної відповіді не надано",
    "cover.material": "Матеріал",
    "cover.material.value.one": "{n} зображення",
    "cover.material.value.few": "{n} зображення",
    "cover.material.value.many": "{n} зображень",
    "cover.checklist": "Контрольний перелік",
    "cover.checklist.value": "{title}, версія {version}",
    "cover.program": "Програма",
    "cover.for": "Складено для",
    # Summary.
    "summary": "Підсумок",
    "summary.screening": "Попередній огляд: {answered} з {total} пунктів.",
    "summary.screening.more": (
        "Відповіді надано лише на пункти короткого попереднього огляду. Це не повне дослідження."
    ),
    "summary.progress": "Надано відповіді на {answered} з {total} пунктів, що застосовні.",
    "summary.non-answers.one": (
        "{n} із цих відповідей пояснює, чому відповісти не вдалося; її наведено в розділі "
        "«{section}»."
    ),
    "summary.non-answers.few": (
        "{n} із цих відповідей пояснюють, чому відповісти не вдалося; їх наведено в розділі "
        "«{section}»."
    ),
    "summary.non-answers.many": (
        "{n} із цих відповідей пояснюють, чому відповісти не вдалося; їх наведено в розділі "
        "«{section}»."
    ),
    "summary.critical-open.one": "{n} ключовий пункт ще не має відповіді.",
    "summary.critical-open.few": "{n} ключові пункти ще не мають відповіді.",
    "summary.critical-open.many": "{n} ключових пунктів ще не мають відповіді.",
    "summary.critical-done": (
        "Кожен застосовний ключовий пункт має відповідь або причину, чому її немає."
    ),
    "summary.incomplete.one": "{n} відповідь неповна й не враховується.",
    "summary.incomplete.few": "{n} відповіді неповні й не враховуються.",
    "summary.incomplete.many": "{n} відповідей неповні й не враховуються.",
    "summary.checks.one": "{n} перевірка узгодженості спрацювала: {what}",
    "summary.checks.few": "{n} перевірки узгодженості спрацювали: {what}",
    "summary.checks.many": "{n} перевірок узгодженості спрацювали: {what}",
    "summary.no-conclusion": "Дослідник не сформулював висновку.",
    "summary.no-support": (
        "Дослідник не сформулював висновку, і цей звіт не обчислює, що дають результати разом."
    ),
    "summary.changed.one": (
        "{n} відповідь змінено після розкриття, закриття або показаної пропозиції."
    ),
    "summary.changed.few": (
        "{n} відповіді змінено після розкриття, закриття або показаної пропозиції."
    ),
    "summary.changed.many": (
        "{n} відповідей змінено після розкриття, закриття або показаної пропозиції."
    ),
    "summary.critical": "Ключові пункти",
    "summary.item": "Пункт",
    "summary.answer": "Відповідь",
    # The question and the explanations compared.
    "question": "Запитання та пояснення, що порівнюються",
    "question.asked": "Запитання, поставлене дослідникові",
    "question.not-stated": (
        "Запитання замовника не записано; запитання ставить контрольний перелік."
    ),
    "question.apart": (
        "Чи є документ тим, за що його видають, з'ясовують окремими запитаннями. У кожному з них "
        "порівнюють між собою наведені пояснення. Їхній перелік неповний: не назване в ньому "
        "лишається відкритим."
    ),
    "question.none": "Контрольний перелік не називає пояснень для порівняння.",
    "about.image": "Зображення",
    "about.blank": "Бланк",
    "about.contents": "Зміст документа",
    "about.bearer": "Власник",
    "support.none": (
        "Цей звіт не обчислює підтримки: він не каже, на користь якого пояснення свідчать "
        "результати."
    ),
    # Material.
    "material": "Отриманий матеріал",
    "material.image": "Зображення {n}",
    "material.file": "Ім'я файлу",
    "material.size": "Розмір",
    "material.size.value": "{width} × {height} пікселів, {format}, {bytes} байтів",
    "material.size.public": "{width} × {height} пікселів, {format}",
    "material.sha256": "SHA-256 оригіналу",
    "material.received": "Прийнято",
    "material.quality": "Якість, виміряна під час приймання",
    "quality.none": "не виміряно",
    "quality.few-pixels": "мало пікселів: дрібного друку й дрібних деталей не видно",
    "quality.no-contrast": "замало контрасту, щоб судити про різкість",
    "quality.sharp": "різке",
    "quality.slightly-soft": "трохи нерізке",
    "quality.soft": "нерізке",
    "quality.blurred": "розмите",
    "quality.edges": "{word}: найрізкіші краї мають ширину {width} пікс.",
    "quality.large.glare": "велику частину засвічено: відблиск або біле на межі експозиції",
    "quality.part.glare": "частину засвічено: відблиск або біле на межі експозиції",
    "quality.large.dark": "велика частина чорна без деталей",
    "quality.part.dark": "частина чорна без деталей",
    "quality.large.bright": "велика частина біла без деталей",
    "quality.part.bright": "частина біла без деталей",
    "quality.no-print": "друкованого тексту для вимірювання немає",
    "quality.small": "дрібно",
    "quality.print": "висота великих літер приблизно {height} пікс.",
    "quality.small-print": "дрібно: висота великих літер приблизно {height} пікс.",
    "quality.enlarged": "ознаки зміни розміру, як-от збільшення приблизно у {factor} раза",
    "quality.enlarged.or": (
        "ознаки зміни розміру, як-от збільшення приблизно у {factor} раза (або у {other})"
    ),
    "quality.no-sharper": (
        "не різкіше за зображення, збільшене у {factor} раза: збільшене або не у фокусі"
    ),
    "quality.enlarged-or-blurred": "збільшене або не у фокусі",
    "quality.jpeg": "JPEG, якість приблизно {quality}",
    "quality.jpeg.own": "JPEG, власні таблиці, найближче до якості {quality}",
    "quality.doubled": "ознаки того, що стискали більш ніж один раз",
    "quality.grid": "ознаки давнішої сітки JPEG, зсунутої на {across} і {down}",
    "quality.was-jpeg": "ознаки того, що раніше це був JPEG",
    "quality.unremarkable": "виміряно; зауважень немає",
    "material.metadata": "Метадані файлу",
    "material.metadata.none": "не записано",
    "metadata.make": "виробник",
    "metadata.model": "модель",
    "metadata.software": "програма",
    "metadata.taken": "знято",
    "metadata.digitised": "оцифровано",
    "metadata.modified": "змінено",
    "metadata.position": "записано місце зйомки",
    "metadata.more.one": "ще {n} значення, у звіті JSON",
    "metadata.more.few": "ще {n} значення, у звіті JSON",
    "metadata.more.many": "ще {n} значень, у звіті JSON",
    "material.metadata.note": (
        "Метадані — це те, що файл каже про себе сам; вони можуть бути відсутні, хибні або вписані "
        "вручну."
    ),
    "material.pixels": "Пікселі",
    "material.added": "Оригінали збережено байт у байт; уся робота велася з копіями.",
    # Provenance.
    "provenance": "Походження, як його зазначено під час приймання",
    "provenance.source": "Джерело",
    "provenance.url": "Адреса",
    "provenance.obtained": "Отримано",
    "provenance.collected-by": "Зібрав",
    "provenance.reliability": "Надійність джерела",
    "provenance.credibility": "Достовірність відомостей",
    "provenance.grade": "{code}: {words}",
    "provenance.seen": "Що дослідник, за його словами, бачив або чув до огляду",
    "provenance.note": (
        "Дві оцінки (адміралтейський код) дають незалежно одна від одної; F і 6 означають, що це "
        "невідомо, а не що це погано."
    ),
    "reliability.A": "цілком надійне",
    "reliability.B": "зазвичай надійне",
    "reliability.C": "доволі надійне",
    "reliability.D": "зазвичай ненадійне",
    "reliability.E": "ненадійне",
    "reliability.F": "надійність оцінити неможливо",
    "credibility.1": "підтверджено іншими джерелами",
    "credibility.2": "ймовірно, правда",
    "credibility.3": "можливо, правда",
    "credibility.4": "сумнівно",
    "credibility.5": "малоймовірно",
    "credibility.6": "правдивість оцінити неможливо",
    # Method.
    "method": "Метод",
    "method.checklist": "Контрольний перелік",
    "method.checklist.value": "{title} ({id}), версія {version}",
    "method.hash": "SHA-256 використаного контрольного переліку",
    "method.summary": "Призначення",
    "method.upgraded": "Попередня версія, використана в цьому дослідженні",
    "method.text": (
        "Один дослідник розглядав зображення на екрані й відповідав на запитання контрольного "
        "переліку одне за одним. Де перелік цього вимагає, як-от для відсутності, відповідь "
        "враховують лише з позначеною ділянкою з достатньою кількістю пікселів. Збільшення й "
        "підсилення змінювали показане, а не зображення; у кожному результаті сказано, як його "
        "бачили. «Не видно» ніколи не читається як «відсутнє»."
    ),
    "method.program": "Складено програмою docexam {version}.",
    # Findings.
    "findings": "Результати",
    "findings.facts": "Про матеріал",
    "findings.count": "Відповіді: {answered} з {total}",
    "findings.elsewhere.one": (
        "Ще {n} пункт цього розділу не має відповіді; його наведено в розділах «{limits}» або "
        "«{unanswered}»."
    ),
    "findings.elsewhere.few": (
        "Ще {n} пункти цього розділу не мають відповіді; їх наведено в розділах «{limits}» або "
        "«{unanswered}»."
    ),
    "findings.elsewhere.many": (
        "Ще {n} пунктів цього розділу не мають відповіді; їх наведено в розділах «{limits}» або "
        "«{unanswered}»."
    ),
    "finding.answer": "Відповідь",
    "finding.open": "відповіді ще немає",
    "finding.nothing-chosen": "жодного з варіантів",
    "finding.non-answer": "Без відповіді: {what}",
    "finding.cause": "причина: {cause}",
    "finding.by-fact": "випливає з відповіді на «{item}»",
    "finding.critical": "ключовий пункт",
    "finding.claim": "Твердження",
    "finding.from-claim": (
        "Цей пункт узято з твердження, яке перевіряють: на це дивилися тому, що твердження це "
        "називає."
    ),
    "finding.item": "Пункт",
    "finding.incomplete": "Неповна",
    "finding.lacks.region": "«{choice}» потребує позначеної ділянки, а її немає; не враховується.",
    "finding.lacks.pixels": (
        "«{choice}» потребує ділянки з {need} пікселів оригіналу за коротшою стороною, а їх "
        "{have}; не враховується."
    ),
    "finding.lacks.other": "«{choice}» не має того, чого потребує; не враховується.",
    "finding.note": "Нотатка",
    "finding.region": "Ділянка",
    "region.box": "зображення {n}: зліва {x}, згори {y}, ширина {w}, висота {h}",
    "region.polygon": "зображення {n}: кути (праворуч, униз) {corners}",
    "region.pixels": "{width} × {height} пікселів оригіналу",
    "region.unit": (
        "Ділянки подано в частках ширини й висоти прямо поставленого зображення від його лівого "
        "верхнього кута."
    ),
    "region.withheld": "зображення {n}: {why}",
    "finding.view": "Як бачили",
    "view.scale": "масштаб ×{scale}",
    "view.below": "менше за справжній розмір, тож на одну точку припадало кілька пікселів",
    "view.turned": "повернуто на {degrees}° за годинниковою стрілкою",
    "view.plain": "без підсилення",
    "view.crop.yes": "справжні пікселі ділянки відкрито до відповіді",
    "view.crop.no": "справжні пікселі ділянки не відкривали",
    "renderer.half": "накреслено в терміналі, дві точки на знак",
    "renderer.quadrant": "накреслено в терміналі, чотири точки на знак",
    "renderer.sextant": "накреслено в терміналі, шість точок на знак",
    "renderer.braille": "накреслено в терміналі, точками без кольору",
    "renderer.ascii": "накреслено в терміналі, простими знаками без кольору",
    "enhancement.channel": "канал: {value}",
    "enhancement.grey": "у сірому",
    "enhancement.contrast": "контраст підвищено, ступінь {value}",
    "enhancement.sharpen": "різкість підвищено, ступінь {value}",
    "enhancement.invert": "обернено",
    "channel.red": "червоний",
    "channel.green": "зелений",
    "channel.blue": "синій",
    "channel.luma": "яскравість",
    "channel.chroma": "колір",
    "channel.ink": "відокремлення чорнила",
    "finding.reference": "Порівняно з",
    "finding.shows": "Що це може показати",
    "finding.does-not-show": "Чого це не показує",
    "finding.innocent": "Невинні пояснення цієї відповіді",
    "finding.basis": "Підстава пункту",
    "finding.first": "Перша відповідь",
    "finding.first.more": "; її змінено після розкриття, закриття або показаної пропозиції",
    "finding.reason": "Причина зміни",
    "finding.recorded": "Записано",
    "finding.recorded.value": "{when}, {examiner}, запис журналу {seq}",
    "finding.entered-by": "ввів",
    "figure.crop": "Ділянка зображення {n}, пікселі без змін",
    "figure.seen": "Та сама ділянка, як її бачили",
    "figure.place": "Де вона на зображенні {n}",
    "status.verified": "прочитано в джерелі",
    "status.secondary": "прочитано у вторинному джерелі",
    "status.unverified": "не перевірено за джерелом",
    "finding.basis.none": "у контрольному переліку не названо",
    "kind.compare": "відповідь дано за порівнянням зі зразком",
    "non-answer.unclear": "неясно",
    "non-answer.not-visible": "у цьому матеріалі не видно",
    "non-answer.no-reference": "немає зразка для порівняння",
    "non-answer.not-applicable": "не застосовно",
    "cause.cropped": "обрізано",
    "cause.glare": "відблиск",
    "cause.blur": "розмитість",
    "cause.covered": "закрито",
    "cause.not-photographed": "не сфотографовано",
    "cause.too-small": "замале",
    "cause.other": "інше",
    # Limits and what has no answer.
    "limits": "Обмеження: на що відповісти не вдалося",
    "limits.text": (
        "Ці пункти нічого не додають ані за, ані проти жодного пояснення. Вони обмежують те, що "
        "може сказати цей звіт."
    ),
    "limits.none": "Жодному пунктові не вказано причини, чому відповіді немає.",
    "unanswered": "Пункти без відповіді",
    "unanswered.none": "Кожен застосовний пункт має відповідь.",
    "unanswered.open": "Відкриті",
    "unanswered.incomplete": "З відповіддю, але неповною, тож не враховані",
    "unanswered.waiting": "Чекають на відповідь на інший пункт",
    "unanswered.waiting.on": "{question} Чекає на {on}.",
    "unanswered.not-asked": "Не ставилися, бо їх виключає умова контрольного переліку",
    "unanswered.withheld": (
        "Вилучено разом із відповіддю чи її відсутністю, бо від вилученого прочитання залежить, чи "
        "їх ставлять"
    ),
    "unanswered.only-if": " Ставиться, лише якщо: ",
    "unanswered.kept": ". Дану раніше відповідь збережено, і вона не враховується: ",
    "unanswered.stage": "його етап ще не відкрито",
    # Fields.
    "fields": "Прочитані поля",
    "fields.text": (
        "«Як прочитано» зберігає те, що набрав дослідник. Латинські літери подано за ICAO Doc "
        "9303, їх додала програма; кілька літер мають спільну форму, тож написання вони не "
        "доводять."
    ),
    "fields.none": "Контрольний перелік не має полів.",
    "fields.untouched": "Не прочитано: {names}.",
    "fields.field": "Поле",
    "fields.raw": "Як прочитано",
    "fields.corrected": "Виправлено",
    "fields.latin": "Латинкою",
    "fields.remarks": "Зауваження",
    "fields.script": "набрано літерами: {scripts}",
    "fields.first": "перше прочитання",
    "fields.note": "нотатка",
    "fields.reason": "причина зміни",
    "departs.script": "не те письмо, якого там очікують ({expected}); може бути через клавіатуру",
    "departs.pattern": (
        "не відповідає очікуваному взірцеві; причиною може бути помилка під час переписування"
    ),
    "departs.date": "не читається як дата",
    "departs.number": "не читається як число",
    "script.Cyrl": "кирилиця",
    "script.Latn": "латиниця",
    "script.Hang": "хангиль",
    "script.Hani": "китайське письмо",
    "script.Arab": "арабське письмо",
    "script.Grek": "грецьке письмо",
    "script.Hebr": "єврейське письмо",
    "script.Armn": "вірменське письмо",
    "script.Geor": "грузинське письмо",
    "script.Hira": "хірагана",
    "script.Kana": "катакана",
    "script.Mong": "монгольське письмо",
    "script.Deva": "деванагарі",
    "script.Thai": "тайське письмо",
    "script.Zyyy": "інше письмо",
    # Places.
    "places": "Позначені місця",
    "places.none": "Жодного місця не позначено.",
    "places.place": "Місце",
    "places.holds": "Містить",
    "places.where": "Де",
    "holds.portrait": "портрет",
    "holds.signature": "підпис",
    "holds.number": "номер",
    "holds.name": "ім'я",
    "holds.seal": "печатка",
    "holds.other": "інше",
    # Checks.
    "checks": "Перевірки узгодженості",
    "checks.text": (
        "Перевірка описує ваду й спрацьовує, коли її показують прочитання та відповіді."
    ),
    "checks.none": "Контрольний перелік не має перевірок узгодженості.",
    "checks.speaks": "Перевірки, що спрацювали",
    "checks.undetermined": "Перевірити не вдалося",
    "checks.waits": "Ще не перевірено: щось лишається відкритим",
    "checks.silent": "Перевірено, ваду не виявлено",
    "checks.withheld": "Результат вилучено",
    "checks.item": "{say} ({level})",
    "checks.basis": "Підстава:",
    "checks.because.undetermined": "Перевірити не вдалося, бо {why}.",
    "checks.because.waits": "Ще не перевірено, бо {why}.",
    "checks.rule": "Шукали ваду: «{say}»",
    "check-level.error": "помилка",
    "check-level.warn": "застереження",
    "check-level.note": "зауваження",
    "check-cause.not-visible": "«{label}» не видно",
    "check-cause.unclear": "«{label}» неясно",
    "check-cause.no-reference": "«{label}» не було з чим порівняти",
    "check-cause.not-applicable": "«{label}» не застосовно",
    "check-cause.hidden": "«{label}» не ставиться",
    "check-cause.open": "«{label}» ще не має відповіді",
    "check-cause.answered": "прочитання «{label}» цього не вирішує",
    # Conclusions.
    "conclusions": "Висновки",
    "conclusions.none": "Дослідник не сформулював висновку.",
    "conclusions.text": (
        "Висновок — це думка дослідника. Він завжди порівнює два з наведених пояснень; не назване "
        "серед них лишається відкритим."
    ),
    "conclusions.because": "Обґрунтування",
    "conclusions.override": "Чому дослідник відступив від пропозиції програми",
    "conclusions.limits": "Обмеження",
    "conclusions.suggested": "Пропозиція програми",
    "conclusions.nothing-suggested": "Програма нічого не запропонувала.",
    "conclusions.at": "Сформульовано",
    "support": "Підтримка: що дають результати разом",
    "support.line": (
        "Результати підтримують «{proposition}» порівняно з «{over}» ({words}) серед наведених "
        "пояснень; не назване серед них лишається відкритим."
    ),
    "support.none-leads": "Результати не розрізняють наведених пояснень.",
    "support.text": (
        "Кожну відповідь зважено за тим, наскільки вона очікувана за одного пояснення й за іншого. "
        "Ваги — це судження автора контрольного переліку, якщо не позначено, що їх відкалібровано. "
        "З відповідей, що можуть мати спільну причину, враховано лише найвагомішу. Суми — це "
        "логарифми за основою десять; вони не міра чиєїсь упевненості."
    ),
    "support.over": "Порівняно з",
    "support.words": "Словами",
    "support.sum": "Сума",
    "support.made-of": "Складається з",
    "support.made-of.value": "великі {large}, малі {small} (до обмеження {raw}), знято {off}",
    "support.groups": "Групи",
    "support.ahead": "Порівняно з іншими: «{title}»",
    "support.votes": "Відповіді, що стосуються цього запитання, де {legend}.",
    "support.answer": "Відповідь",
    "support.group": "Група",
    "support.counts": "Враховано",
    "support.counts.yes": "так",
    "support.counts.no": "ні, спільна причина з врахованою",
    "support.calibrated": "відкалібровано",
    "support.not-assessed": "Не оцінено, бо жодна врахована відповідь цього не називає: {names}.",
    "support.blocked": "Програма нічого не пропонує, доки так є: {what}.",
    "support.capped": "Сказано слабше, ніж дає сума: {why}.",
    "support.sensitivity": "Окремі відповіді, що змінили б це",
    "support.turn": "«{question}»: за відповіді «{instead}» {result}.",
    "support.turn.leads": "попереду було б «{title}» ({words})",
    "support.turn.none": "ніщо не було б попереду",
    "band.none": "немає підтримки",
    "band.weak": "слабка підтримка",
    "band.moderate": "помірна підтримка",
    "band.moderately-strong": "помірно сильна підтримка",
    "band.strong": "сильна підтримка",
    "band.very-strong": "дуже сильна підтримка",
    "band.extremely-strong": "надзвичайно сильна підтримка",
    "capped.one-group": "одна група, що промовляє, дає щонайбільше слабку підтримку",
    "capped.two-groups": "дві групи, що промовляють, дають щонайбільше помірну підтримку",
    "capped.uncalibrated": "невідкалібровані ваги дають щонайбільше помірну підтримку",
    "block.critical": "ключовий пункт відкритий: {item}",
    "block.incomplete": "відповідь неповна: {item}",
    "block.check": "перевірка з помилкою: {item}",
    "agreement": "Другий дослідник",
    "agreement.text": (
        "Дослідження проведено незалежно за тим самим контрольним переліком. Відмови від відповіді "
        "є окремими категоріями."
    ),
    "agreement.examiners": "Дослідники",
    "agreement.n": "Пунктів, на які відповіли щонайменше двоє",
    "agreement.raw": "Проста згода",
    "agreement.kappa": "Каппа Коена",
    "agreement.alpha": "Альфа Кріппендорфа",
    "agreement.interval": "від {low} до {high}, якщо пункти добирати наново",
    "agreement.undefined": "не визначено: {why}",
    "agreement.differ": "Відповіді різняться",
    "agreement.none-differ": "Жоден пункт не має різних відповідей.",
    # Order of looking.
    "order": "Порядок огляду",
    "order.text": (
        "Що бачили раніше за що, за номерами записів журналу. Час — за комп'ютером дослідника."
    ),
    "order.entry": "запис {first}",
    "order.entries": "записи {first}–{last}",
    "order.opened.one": "Дослідження відкрито з {n} зображенням.",
    "order.opened.few": "Дослідження відкрито з {n} зображеннями.",
    "order.opened.many": "Дослідження відкрито з {n} зображеннями.",
    "order.captures.one": "Додано {n} зображення.",
    "order.captures.few": "Додано {n} зображення.",
    "order.captures.many": "Додано {n} зображень.",
    "order.work": "{what}, до {until}.",
    "order.work.once": "{what}.",
    "order.answers.one": "записано {n} відповідь",
    "order.answers.few": "записано {n} відповіді",
    "order.answers.many": "записано {n} відповідей",
    "order.readings.one": "записано {n} прочитання",
    "order.readings.few": "записано {n} прочитання",
    "order.readings.many": "записано {n} прочитань",
    "order.taken-back.one": "скасовано {n} дію",
    "order.taken-back.few": "скасовано {n} дії",
    "order.taken-back.many": "скасовано {n} дій",
    "order.work.other": "позначено місця або пункти чи додано нотатки",
    "order.seen-before": "Зазначено як побачене або почуте до огляду:",
    "order.reveal": "Досліднику розкрито: {what}.",
    "order.aid": "Розглянуто пропозицію допоміжної програми.",
    "order.concluded": "Сформульовано висновок.",
    "order.adjudicated": "Вирішено розбіжність між двома дослідниками.",
    "order.closed": "Закрито.",
    "order.reopened": "Відкрито знову; причина:",
    "order.upgraded": "Перейдено на новішу версію контрольного переліку.",
    "order.disposed": "Знищено; причина:",
    "order.no-reveal": (
        "У цьому дослідженні програма не розкрила нічого, що могло б схилити дослідника."
    ),
    "order.changed": (
        "Відповіді, змінені після розкриття, закриття або показаної пропозиції (першу відповідь "
        "збережено)"
    ),
    "reveal.support": "що дають результати разом",
    "reveal.reference": "зразок для порівняння",
    "reveal.claims": "твердження щодо справи",
    "reveal.aids": "пропозиції допоміжних програм",
    "reveal.colleague": "роботу колеги",
    # Integrity.
    "integrity": "Запис і його цілісність",
    "integrity.examination": "Дослідження",
    "integrity.exhibit": "Об'єкт",
    "integrity.entries": "Записів у журналі",
    "integrity.head": "Геш останнього запису",
    "integrity.text": (
        "Кожен запис журналу містить геш попереднього. Якщо порівняти останній геш із копією, "
        "збереженою деінде, видно змінений або відрізаний запис. Без підпису це не показує, хто й "
        "коли вів журнал, і не стане на заваді тому, хто може переписати його весь."
    ),
    "integrity.twin": "SHA-256 публічного примірника цього звіту",
    # Redaction.
    "redaction": "Що вилучено",
    "redaction.none": "З цього примірника нічого не вилучено. Він називає людей.",
    "redaction.nothing": "Жодне правило не знайшло, що вилучати.",
    "redaction.text": "У кожному рядку: що вилучено, скільки разів і за яким правилом.",
    "redaction.rule": "Правило",
    "redaction.what": "Що",
    "redaction.count": "Скільки",
    "rule.free-text": "вільний текст",
    "rule.transcription": "прочитання",
    "rule.sensitive-field": "чутливе прочитання",
    "rule.sensitive-place": "чутливе місце",
    "rule.not-located": "чутливе, місця якого ніхто не позначив",
    "rule.check-value": "результат перевірки, що читає вилучене значення",
    "rule.condition": "залежить від вилученого значення",
    "rule.file-name": "ім'я файлу",
    "rule.address": "адреса",
    "rule.person": "ім'я особи",
    "rule.original": "могло б видати, який це файл",
    "rule.metadata": "метадані файлу",
    "rule.coordinates": "могло б видати довжину прихованого",
    "removed.note": "нотатки",
    "removed.reason": "причини",
    "removed.answer": "набрані відповіді",
    "removed.reading": "прочитання",
    "removed.question": "поставлене запитання",
    "removed.source": "джерело",
    "removed.address": "адреса",
    "removed.obtained": "коли отримано",
    "removed.person": "особи",
    "removed.seen": "що бачили або чули раніше",
    "removed.file-name": "імена файлів",
    "removed.hash": "геші оригіналів із розмірами й вимірами",
    "removed.metadata": "метадані",
    "removed.check": "результати перевірок",
    "removed.item": "пункти",
    "removed.coordinates": "координати ділянок",
    "removed.entry": "тексти в порядку огляду",
    "removed.limit": "обмеження висновку",
    "removed.pixels": "ділянки або цілі зображення, пікселі замінено",
    "redaction.released": "Дозволила особа",
    "withheld": "(вилучено: {rule})",
    "pdf.uncovered": "Знаки, яких немає в шрифтах цього файлу, надруковано їхніми кодами:",
    "pdf.attached": "Той самий звіт як дані",
    # Signature.
    "signature": "Підпис",
    "signature.text": "Це місце для власноручного підпису. Програма не підтверджує особи.",
    "signature.name": "Ім'я та посада",
    "signature.place": "Місце й дата",
    "signature.signature": "Підпис",
    **AIDS,
}
