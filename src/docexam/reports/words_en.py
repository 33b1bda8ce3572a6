"""The sentences of a report in English."""

from __future__ import annotations

from collections.abc import Mapping

from docexam.reports.words_en_aids import AIDS

TABLE: Mapping[str, str] = {
    "quote": "“{text}”",
    "join": "; ",
    "thousands": ",",
    "not-stated": "not stated",
    # The head of the report.
    "notice.none": "UNREDACTED: names people",
    "notice.partner": "PARTNER COPY: partly redacted, may name people",
    "notice.public": "PUBLIC COPY: redacted",
    "notice.for": "for {who}",
    "title": "Document examination report",
    "contents": "Contents",
    "running": "{case} / {exhibit} · report {number}",
    "end": "End of report {number} on {case} / {exhibit}.",
    # Printed under the scope where it applies; a language whose words a fluent reader has not
    # checked says so here.
    "language.unreviewed": "",
    "language.checklist": "Questions and answers stand in the checklist's language ({language}).",
    "scope": "Assessment from images; applies to the images examined, not the object.",
    "scope.more": (
        "An image supports only part of a first-line inspection: nothing could be touched, tilted, "
        "lit differently or taken to a laboratory. No accreditation is claimed for this report."
    ),
    "cover.exhibit": "Exhibit",
    "cover.number": "Report number",
    "cover.number.value": "{number} (number and hash of the journal's last entry)",
    "cover.date": "Date",
    "cover.date.value": "{when} (time of that entry)",
    "cover.examiner": "Examiner",
    "cover.examiner.value": "{name} (as entered, not authenticated)",
    "cover.state": "State",
    "state.open": "open: answers may still change",
    "state.closed": "closed on {when}",
    "state.reopened": "opened again after a close: answers may still change",
    "state.disposed": (
        "disposed of: originals, notes, names and transcriptions were removed for good; what is "
        "left is the record of choices"
    ),
    "cover.work": "Work",
    "cover.work.value": "first answer {first}, last answer {last}",
    "cover.work.none": "nothing has been answered",
    "cover.material": "Material",
    "cover.material.value.one": "{n} image",
    "cover.material.value.many": "{n} images",
    "cover.checklist": "Checklist",
    "cover.checklist.value": "{title}, version {version}",
    "cover.program": "Program",
    "cover.for": "Written for",
    # Summary.
    "summary": "Summary",
    "summary.screening": "Screening: {answered} of {total} items.",
    "summary.screening.more": (
        "Only items of the short screening pass were answered. This is no full examination."
    ),
    "summary.progress": "{answered} of {total} items that apply are answered.",
    "summary.non-answers.one": (
        "{n} of the answers says why nothing could be answered; it is listed under “{section}”."
    ),
    "summary.non-answers.many": (
        "{n} of the answers say why nothing could be answered; they are listed under “{section}”."
    ),
    "summary.critical-open.one": "{n} critical item has no answer yet.",
    "summary.critical-open.many": "{n} critical items have no answer yet.",
    "summary.critical-done": "Every critical item that applies has an answer or a reason for none.",
    "summary.incomplete.one": "{n} answer is incomplete and does not count.",
    "summary.incomplete.many": "{n} answers are incomplete and do not count.",
    "summary.checks.one": "{n} consistency check speaks: {what}",
    "summary.checks.many": "{n} consistency checks speak: {what}",
    "summary.no-conclusion": "The examiner has stated no conclusion.",
    "summary.no-support": (
        "The examiner has stated no conclusion, and this report does not compute what the "
        "findings add up to."
    ),
    "summary.changed.one": (
        "{n} answer was changed after a reveal, a close, or a proposal that was shown."
    ),
    "summary.changed.many": (
        "{n} answers were changed after a reveal, a close, or a proposal that was shown."
    ),
    "summary.critical": "Critical items",
    "summary.item": "Item",
    "summary.answer": "Answer",
    # The question and the explanations compared.
    "question": "Question and explanations compared",
    "question.asked": "Question put to the examiner",
    "question.not-stated": "No question of a client is recorded; the checklist sets the questions.",
    "question.apart": (
        "Whether a document is what it claims to be is asked as separate questions. Under each, "
        "these explanations are compared with one another. They are no complete list: something "
        "not listed stays open."
    ),
    "question.none": "The checklist lists no competing explanations.",
    "about.image": "The image",
    "about.blank": "The blank",
    "about.contents": "The contents",
    "about.bearer": "The bearer",
    "support.none": (
        "This report computes no support: it does not say which explanation the findings favour."
    ),
    # Material.
    "material": "Material received",
    "material.image": "Image {n}",
    "material.file": "File name",
    "material.size": "Size",
    "material.size.value": "{width} × {height} pixels, {format}, {bytes} bytes",
    "material.size.public": "{width} × {height} pixels, {format}",
    "material.sha256": "SHA-256 of the original",
    "material.received": "Taken in",
    "material.quality": "Quality, as measured at intake",
    "quality.none": "not measured",
    "quality.few-pixels": "few pixels: small print and fine detail will not show",
    "quality.no-contrast": "too little contrast to judge sharpness",
    "quality.sharp": "sharp",
    "quality.slightly-soft": "slightly soft",
    "quality.soft": "soft",
    "quality.blurred": "blurred",
    "quality.edges": "{word}: the sharpest edges are {width} px wide",
    "quality.large.glare": "a large part is blown out: glare, or white exposed to the limit",
    "quality.part.glare": "part is blown out: glare, or white exposed to the limit",
    "quality.large.dark": "a large part is black without detail",
    "quality.part.dark": "part is black without detail",
    "quality.large.bright": "a large part is white without detail",
    "quality.part.bright": "part is white without detail",
    "quality.no-print": "no print to measure",
    "quality.small": "small",
    "quality.print": "capitals are about {height} px high",
    "quality.small-print": "small: capitals are about {height} px high",
    "quality.enlarged": "signs of resizing, such as enlarging about {factor} times",
    "quality.enlarged.or": "signs of resizing, such as enlarging about {factor} times (or {other})",
    "quality.no-sharper": (
        "no sharper than a picture enlarged {factor} times: enlarged, or out of focus"
    ),
    "quality.enlarged-or-blurred": "enlarged, or out of focus",
    "quality.jpeg": "JPEG, quality about {quality}",
    "quality.jpeg.own": "JPEG, own tables, nearest to quality {quality}",
    "quality.doubled": "signs that it was compressed more than once",
    "quality.grid": "signs of an older JPEG grid, shifted by {across} and {down}",
    "quality.was-jpeg": "signs that it was a JPEG before",
    "quality.unremarkable": "measured; nothing to remark",
    "material.metadata": "Metadata of the file",
    "material.metadata.none": "none was recorded",
    "metadata.make": "maker",
    "metadata.model": "model",
    "metadata.software": "software",
    "metadata.taken": "taken",
    "metadata.digitised": "digitised",
    "metadata.modified": "modified",
    "metadata.position": "a place of taking is recorded",
    "metadata.more.one": "{n} further value, in the JSON report",
    "metadata.more.many": "{n} further values, in the JSON report",
    "material.metadata.note": (
        "Metadata are what the file says of itself; they can be missing, wrong or written by hand."
    ),
    "material.pixels": "Pixels",
    "material.added": "The originals are kept byte for byte; all work was done on copies.",
    # Provenance.
    "provenance": "Provenance, as stated at intake",
    "provenance.source": "Source",
    "provenance.url": "Address",
    "provenance.obtained": "Obtained",
    "provenance.collected-by": "Collected by",
    "provenance.reliability": "Reliability of the source",
    "provenance.credibility": "Credibility of the information",
    "provenance.grade": "{code}: {words}",
    "provenance.seen": "Seen or told before looking, as the examiner put it",
    "provenance.note": (
        "The two grades (Admiralty code) are given independently of each other; F and 6 mean that "
        "it is not known, not that it is bad."
    ),
    "reliability.A": "completely reliable",
    "reliability.B": "usually reliable",
    "reliability.C": "fairly reliable",
    "reliability.D": "not usually reliable",
    "reliability.E": "unreliable",
    "reliability.F": "reliability cannot be judged",
    "credibility.1": "confirmed by other sources",
    "credibility.2": "probably true",
    "credibility.3": "possibly true",
    "credibility.4": "doubtful",
    "credibility.5": "improbable",
    "credibility.6": "truth cannot be judged",
    # Method.
    "method": "Method",
    "method.checklist": "Checklist",
    "method.checklist.value": "{title} ({id}), version {version}",
    "method.hash": "SHA-256 of the checklist as used",
    "method.summary": "What it is for",
    "method.upgraded": "Earlier version used in this examination",
    "method.text": (
        "One examiner looked at the images on a screen and answered the checklist's questions one "
        "by one. Where the checklist demands it, as for an absence, an answer counts only with a "
        "marked region of enough pixels. Enlargement and enhancement changed what was shown, never "
        "the image; each finding says how it was seen. “Not visible” is never read as “absent”."
    ),
    "method.program": "Written by docexam {version}.",
    # Findings.
    "findings": "Findings",
    "findings.facts": "About the material",
    "findings.count": "{answered} of {total} answered",
    "findings.elsewhere.one": (
        "{n} more item of this section has no answer; it stands under “{limits}” or “{unanswered}”."
    ),
    "findings.elsewhere.many": (
        "{n} more items of this section have no answer; they stand under “{limits}” or "
        "“{unanswered}”."
    ),
    "finding.answer": "Answer",
    "finding.open": "no answer yet",
    "finding.nothing-chosen": "none of the choices",
    "finding.non-answer": "No answer: {what}",
    "finding.cause": "cause: {cause}",
    "finding.by-fact": "follows from the answer to “{item}”",
    "finding.critical": "critical item",
    "finding.from-claim": (
        "This item comes from the claim under test: it was looked for because the claim names it."
    ),
    "finding.claim": "Claim",
    "finding.item": "Item",
    "finding.incomplete": "Incomplete",
    "finding.lacks.region": "“{choice}” needs a marked region and has none; it does not count.",
    "finding.lacks.pixels": (
        "“{choice}” needs a region of {need} pixels of the original on its shorter side and has "
        "{have}; it does not count."
    ),
    "finding.lacks.other": "“{choice}” lacks what it needs; it does not count.",
    "finding.note": "Note",
    "finding.region": "Region",
    "region.box": "image {n}: from the left {x}, from the top {y}, {w} wide, {h} high",
    "region.polygon": "image {n}: corners (across, down) {corners}",
    "region.pixels": "{width} × {height} pixels of the original",
    "region.unit": (
        "Regions are given in fractions of the width and height of the upright image, from its "
        "upper left corner."
    ),
    "region.withheld": "image {n}: {why}",
    "finding.view": "Seen",
    "view.scale": "scale ×{scale}",
    "view.below": "smaller than true size, so that several image pixels shared one dot",
    "view.turned": "turned {degrees}° clockwise",
    "view.plain": "no enhancement",
    "view.crop.yes": "the true pixels of the region were opened before the answer",
    "view.crop.no": "the true pixels of the region were not opened",
    "renderer.half": "drawn in a terminal, two dots to a character",
    "renderer.quadrant": "drawn in a terminal, four dots to a character",
    "renderer.sextant": "drawn in a terminal, six dots to a character",
    "renderer.braille": "drawn in a terminal, in dots without colour",
    "renderer.ascii": "drawn in a terminal, in plain characters without colour",
    "enhancement.channel": "channel: {value}",
    "enhancement.grey": "grey",
    "enhancement.contrast": "contrast raised, step {value}",
    "enhancement.sharpen": "sharpened, step {value}",
    "enhancement.invert": "inverted",
    "channel.red": "red",
    "channel.green": "green",
    "channel.blue": "blue",
    "channel.luma": "brightness",
    "channel.chroma": "colour",
    "channel.ink": "ink separation",
    "finding.reference": "Compared with",
    "finding.shows": "What this can show",
    "finding.does-not-show": "What it does not show",
    "finding.innocent": "Innocent explanations of this answer",
    "finding.basis": "Basis of the item",
    "finding.first": "First answer",
    "finding.first.more": "; it was changed after a reveal, a close, or a proposal that was shown",
    "finding.reason": "Reason for the change",
    "finding.recorded": "Recorded",
    "finding.recorded.value": "{when} by {examiner}, journal entry {seq}",
    "finding.entered-by": "entered by",
    "figure.crop": "Region of image {n}, plain pixels",
    "figure.seen": "The same region as it was seen",
    "figure.place": "Where it lies on image {n}",
    "status.verified": "read in a source",
    "status.secondary": "read in a secondary source",
    "status.unverified": "not verified against a source",
    "finding.basis.none": "none is named in the checklist",
    "kind.compare": "answered by comparison with a reference",
    "non-answer.unclear": "unclear",
    "non-answer.not-visible": "not visible in this material",
    "non-answer.no-reference": "no reference to compare with",
    "non-answer.not-applicable": "not applicable",
    "cause.cropped": "cropped",
    "cause.glare": "glare",
    "cause.blur": "blur",
    "cause.covered": "covered",
    "cause.not-photographed": "not photographed",
    "cause.too-small": "too small",
    "cause.other": "other",
    # Limits and what has no answer.
    "limits": "Limits: what could not be answered",
    "limits.text": (
        "These items add nothing for or against any explanation. They limit what this report can "
        "say."
    ),
    "limits.none": "No item was answered with a reason for no answer.",
    "unanswered": "Items without an answer",
    "unanswered.none": "Every item that applies has an answer.",
    "unanswered.open": "Open",
    "unanswered.incomplete": "Answered, but incomplete, so not counted",
    "unanswered.waiting": "Waiting for the answer to another item",
    "unanswered.waiting.on": "{question} Waits for {on}.",
    "unanswered.not-asked": "Not asked, because a condition of the checklist excludes it",
    "unanswered.withheld": (
        "Withheld, answer or none, because a withheld reading decides whether they are asked"
    ),
    "unanswered.only-if": " Asked only if: ",
    "unanswered.kept": ". An answer given before is kept and does not count: ",
    "unanswered.stage": "its stage is not open yet",
    # Fields.
    "fields": "Transcribed fields",
    "fields.text": (
        "“As read” keeps what the examiner typed. Latin letters follow ICAO Doc 9303 and are "
        "added by the program; several letters share one form, so they prove no spelling."
    ),
    "fields.none": "The checklist has no fields.",
    "fields.untouched": "Not transcribed: {names}.",
    "fields.field": "Field",
    "fields.raw": "As read",
    "fields.corrected": "Corrected",
    "fields.latin": "Latin letters",
    "fields.remarks": "Remarks",
    "fields.script": "typed in {scripts} letters",
    "fields.first": "first reading",
    "fields.note": "note",
    "fields.reason": "reason for the change",
    "departs.script": "not in the script expected there ({expected}); a keyboard can cause this",
    "departs.pattern": "does not match the expected pattern; a slip in transcribing can cause this",
    "departs.date": "not readable as a date",
    "departs.number": "not readable as a number",
    "script.Cyrl": "Cyrillic",
    "script.Latn": "Latin",
    "script.Hang": "Hangul",
    "script.Hani": "Han",
    "script.Arab": "Arabic",
    "script.Grek": "Greek",
    "script.Hebr": "Hebrew",
    "script.Armn": "Armenian",
    "script.Geor": "Georgian",
    "script.Hira": "Hiragana",
    "script.Kana": "Katakana",
    "script.Mong": "Mongolian",
    "script.Deva": "Devanagari",
    "script.Thai": "Thai",
    "script.Zyyy": "another script",
    # Places.
    "places": "Places marked",
    "places.none": "No place was marked.",
    "places.place": "Place",
    "places.holds": "Holds",
    "places.where": "Where",
    "holds.portrait": "portrait",
    "holds.signature": "signature",
    "holds.number": "number",
    "holds.name": "name",
    "holds.seal": "seal",
    "holds.other": "other",
    # Checks.
    "checks": "Consistency checks",
    "checks.text": "A check describes a fault and speaks when the readings and answers show it.",
    "checks.none": "The checklist has no consistency checks.",
    "checks.speaks": "Checks that speak",
    "checks.undetermined": "Could not be checked",
    "checks.waits": "Not checked yet: something is still open",
    "checks.silent": "Checked, and the fault was not found",
    "checks.withheld": "Result withheld",
    "checks.item": "{say} ({level})",
    "checks.basis": "Basis:",
    "checks.because.undetermined": "Could not be checked, because {why}.",
    "checks.because.waits": "Not checked yet, because {why}.",
    "checks.rule": "Fault looked for: “{say}”",
    "check-level.error": "error",
    "check-level.warn": "warning",
    "check-level.note": "note",
    "check-cause.not-visible": "“{label}” is not visible",
    "check-cause.unclear": "“{label}” is unclear",
    "check-cause.no-reference": "“{label}” had no reference",
    "check-cause.not-applicable": "“{label}” does not apply",
    "check-cause.hidden": "“{label}” is not asked",
    "check-cause.open": "“{label}” has no answer yet",
    "check-cause.answered": "the reading of “{label}” does not settle it",
    # Conclusions.
    "conclusions": "Conclusions",
    "conclusions.none": "The examiner has stated no conclusion.",
    "conclusions.text": (
        "A conclusion is the examiner's opinion. It always compares two of the explanations "
        "listed; something not listed stays open."
    ),
    "conclusions.because": "Because",
    "conclusions.override": "Reason for departing from the program's suggestion",
    "conclusions.limits": "Limits",
    "conclusions.suggested": "Suggested by the program",
    "conclusions.nothing-suggested": "The program suggested nothing.",
    "conclusions.at": "Stated",
    "support": "Support: what the findings add up to",
    "support.line": (
        "The findings support “{proposition}” over “{over}” ({words}), among the explanations "
        "listed; something not listed stays open."
    ),
    "support.none-leads": "The findings do not tell the explanations listed apart.",
    "support.text": (
        "Each answer was weighed by how expected it is under one explanation and under another. "
        "The weights are the checklist author's judgement unless marked as calibrated. Of answers "
        "that may share a cause, only the strongest counts. Sums are logarithms to the base ten; "
        "they are no measure of how sure anybody is."
    ),
    "support.over": "Over",
    "support.words": "In words",
    "support.sum": "Sum",
    "support.made-of": "Made of",
    "support.made-of.value": "large {large}, small {small} (before limit {raw}), taken off {off}",
    "support.groups": "Groups",
    "support.ahead": "Set against the others: “{title}”",
    "support.votes": "Answers that speak on this question, with {legend}.",
    "support.answer": "Answer",
    "support.group": "Group",
    "support.counts": "Counts",
    "support.counts.yes": "yes",
    "support.counts.no": "no, shares a cause with a counted one",
    "support.calibrated": "calibrated",
    "support.not-assessed": "Not assessed, because no counted answer names it: {names}.",
    "support.blocked": "The program suggests nothing while this stands: {what}.",
    "support.capped": "Told lower than the sum: {why}.",
    "support.sensitivity": "Single answers that would change this",
    "support.turn": "“{question}”: with “{instead}”, {result}.",
    "support.turn.leads": "“{title}” would lead ({words})",
    "support.turn.none": "nothing would lead",
    "band.none": "no support",
    "band.weak": "weak support",
    "band.moderate": "moderate support",
    "band.moderately-strong": "moderately strong support",
    "band.strong": "strong support",
    "band.very-strong": "very strong support",
    "band.extremely-strong": "extremely strong support",
    "capped.one-group": "one speaking group suggests at most weak",
    "capped.two-groups": "two speaking groups suggest at most moderate",
    "capped.uncalibrated": "uncalibrated weights suggest at most moderate",
    "block.critical": "a critical item is open: {item}",
    "block.incomplete": "an answer is incomplete: {item}",
    "block.check": "a check in error: {item}",
    "agreement": "Second examiner",
    "agreement.text": (
        "The examinations were made independently with the same checklist. Non-answers are "
        "categories of their own."
    ),
    "agreement.examiners": "Examiners",
    "agreement.n": "Items that at least two answered",
    "agreement.raw": "Raw agreement",
    "agreement.kappa": "Cohen's kappa",
    "agreement.alpha": "Krippendorff's alpha",
    "agreement.interval": "from {low} to {high} when the items are drawn anew",
    "agreement.undefined": "undefined: {why}",
    "agreement.differ": "Answered differently",
    "agreement.none-differ": "No item was answered differently.",
    # Order of looking.
    "order": "Order of looking",
    "order.text": (
        "What was seen before what, told by the numbers of the journal's entries. Times are those "
        "of the examiner's computer."
    ),
    "order.entry": "entry {first}",
    "order.entries": "entries {first} to {last}",
    "order.opened.one": "Examination opened with {n} image.",
    "order.opened.many": "Examination opened with {n} images.",
    "order.captures.one": "{n} image added.",
    "order.captures.many": "{n} images added.",
    "order.work": "{what}, until {until}.",
    "order.work.once": "{what}.",
    "order.answers.one": "{n} answer recorded",
    "order.answers.many": "{n} answers recorded",
    "order.readings.one": "{n} reading recorded",
    "order.readings.many": "{n} readings recorded",
    "order.taken-back.one": "{n} act taken back",
    "order.taken-back.many": "{n} acts taken back",
    "order.work.other": "places or flags set, or notes added",
    "order.seen-before": "Stated as seen or told before looking:",
    "order.reveal": "Revealed to the examiner: {what}.",
    "order.aid": "An aid's proposal was dealt with.",
    "order.concluded": "A conclusion was stated.",
    "order.adjudicated": "A difference between two examiners was decided.",
    "order.closed": "Closed.",
    "order.reopened": "Opened again; reason:",
    "order.upgraded": "Moved to a newer version of the checklist.",
    "order.disposed": "Disposed of; reason:",
    "order.no-reveal": (
        "Nothing that could sway the examiner was revealed by the program in this examination."
    ),
    "order.changed": (
        "Answers changed after a reveal, a close, or a proposal that was shown (the first answer "
        "is kept)"
    ),
    "reveal.support": "what the findings add up to",
    "reveal.reference": "a reference specimen",
    "reveal.claims": "the claims made about the case",
    "reveal.aids": "an aid's proposals",
    "reveal.colleague": "a colleague's work",
    # Integrity.
    "integrity": "Record and its integrity",
    "integrity.examination": "Examination",
    "integrity.exhibit": "Exhibit",
    "integrity.entries": "Entries in the journal",
    "integrity.head": "Hash of the last entry",
    "integrity.text": (
        "Each entry of the journal carries the hash of the one before. Compared with a copy of "
        "the last hash that was kept elsewhere, this shows an entry that was changed or cut off. "
        "Without a signature it does not show who wrote the journal or when, and it does not "
        "stop somebody who can rewrite all of it."
    ),
    "integrity.twin": "SHA-256 of the public copy of this report",
    # Redaction.
    "redaction": "What was redacted",
    "redaction.none": "Nothing was redacted from this copy. It names people.",
    "redaction.nothing": "No rule found anything to redact.",
    "redaction.text": "Each line names what was taken out, how often, and the rule that did it.",
    "redaction.rule": "Rule",
    "redaction.what": "What",
    "redaction.count": "How many",
    "rule.free-text": "free text",
    "rule.transcription": "reading",
    "rule.sensitive-field": "sensitive reading",
    "rule.sensitive-place": "sensitive place",
    "rule.not-located": "sensitive content that nobody located",
    "rule.check-value": "result of a check that reads a withheld value",
    "rule.condition": "depends on a withheld value",
    "rule.file-name": "file name",
    "rule.address": "address",
    "rule.person": "name of a person",
    "rule.original": "could tell which file it is",
    "rule.metadata": "metadata of the file",
    "rule.coordinates": "could tell the length of what is hidden",
    "removed.note": "notes",
    "removed.reason": "reasons",
    "removed.answer": "typed answers",
    "removed.reading": "readings",
    "removed.question": "the question as put",
    "removed.source": "the source",
    "removed.address": "the address",
    "removed.obtained": "when it was obtained",
    "removed.person": "persons",
    "removed.seen": "what was seen or told before",
    "removed.file-name": "file names",
    "removed.hash": "hashes of originals, with sizes and measures",
    "removed.metadata": "metadata",
    "removed.check": "results of checks",
    "removed.item": "items",
    "removed.coordinates": "coordinates of regions",
    "removed.entry": "texts in the order of looking",
    "removed.limit": "limits of a conclusion",
    "removed.pixels": "areas or whole images, pixels replaced",
    "redaction.released": "Released by a person",
    "withheld": "(withheld: {rule})",
    "pdf.uncovered": "Characters that no font of this file covers, printed by their code point:",
    "pdf.attached": "The same report as data",
    # Signature.
    "signature": "Signature",
    "signature.text": (
        "This block is for a signature by hand. The report is not authenticated by the program."
    ),
    "signature.name": "Name and function",
    "signature.place": "Place and date",
    "signature.signature": "Signature",
    **AIDS,
}
