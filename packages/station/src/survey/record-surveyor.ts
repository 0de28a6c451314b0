import { millisecondsOf } from '@haidang/contracts/instant'
import { RecordFormat } from '@haidang/contracts/record-format'
import { Encoding } from '@haidang/contracts/record-reading'
import type { NearestFormat, RecordSurvey, RejectHint } from '@haidang/contracts/record-survey'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import type { LineContext, LineSource, Normalised } from '../line.ts'
import { nearestFormat } from '../normalise/nearest-format.ts'
import { toEvent } from '../normalise/to-event.ts'
import { decodeText } from '../parse/text.ts'
import { surveyClock, type Timing } from './clock-survey.ts'
import { filledFields } from './filled-fields.ts'
import { Tally } from './tally.ts'

/** Reads anything, so a record it read is not known for what it is. */
const plainFormats = new Set<string>(['syslog', 'json', 'key-values', 'csv'])
const mostReasons = 50
const mostUnknown = 5
const mostTimings = 1000
/** Records that are read again in other ways; the rest is taken to be like them. */
const mostReread = 500
const longestExcerpt = 400

const hints: Readonly<Record<string, RejectHint>> = {
  'record.binary': 'binary',
  'record.empty': 'empty',
  'record.too-long': 'too-long',
  'json.truncated': 'truncated',
}

type Reason = RecordSurvey['reasons'][number]

/**
 * Tells what records of one source become, without keeping them: for a person who sets the source up. Its
 * memory does not grow with their number.
 */
export class RecordSurveyor {
  readonly #context: LineContext
  readonly #source: LineSource
  readonly #formats = new Tally<string>()
  /** What `auto` would recognise, where the source says otherwise. */
  readonly #recognised = new Tally<string>()
  /** What records nobody knows look like. */
  readonly #suggestions = new Tally<string>()
  /** Encodings that were recognised or guessed. */
  readonly #encodings = new Tally<string>()
  readonly #classes = new Tally<number>()
  readonly #fields = new Tally<string>()
  readonly #examples = new Map<string, string>()
  readonly #reasons = new Map<string, Reason>()
  readonly #unknown: RecordSurvey['unknown'] = []
  readonly #timings: Timing[] = []
  /** How well each format read the records that were read again. */
  readonly #merits = new Map<RecordFormat, number>()
  #records = 0
  #events = 0
  #firstEvent: RecordSurvey['first_event'] = null

  constructor(context: LineContext, source: LineSource) {
    this.#context = context
    this.#source = source
  }

  /** Takes a record and what the line makes of it. */
  add(record: SpoolRecord, read: Normalised): void {
    this.#records++
    if (read.ok) this.#addEvent(record, read)
    else this.#addReject(record, read)
    if (this.#records <= mostReread) this.#compare(record, read)
  }

  result(): RecordSurvey {
    return {
      records: this.#records,
      events: this.#events,
      rejects: this.#records - this.#events,
      formats: this.#formats.sorted().map(([format, records]) => ({ format, records })),
      classes: this.#classes.sorted().map(([class_uid, records]) => ({ class_uid, records })),
      fields: this.#fields.sorted().map(([field, records]) => {
        return { field, records, example: this.#examples.get(field) ?? '' }
      }),
      reasons: [...this.#reasons.values()].toSorted((a, b) => b.records - a.records),
      unknown: this.#unknown,
      suggestions: this.#suggestions.sorted().map(([format, records]) => ({ format, records })),
      encodings: this.#encodings.sorted().flatMap(([name, records]) => {
        const encoding = Encoding.safeParse(name)
        return encoding.success ? [{ encoding: encoding.data, records }] : []
      }),
      clock: surveyClock(this.#timings, this.#source.zone),
      better_format: this.#betterFormat(),
      first_event: this.#firstEvent,
    }
  }

  #addEvent(record: SpoolRecord, { event }: Extract<Normalised, { ok: true }>): void {
    this.#events++
    this.#firstEvent ??= event
    this.#formats.add(event.metadata.parser)
    this.#classes.add(event.class_uid)
    this.#addRemarks(event.unmapped)
    for (const [field, example] of filledFields(event)) {
      this.#fields.add(field)
      if (!this.#examples.has(field)) this.#examples.set(field, example)
    }
    if (event.unmapped['haidang.time'] === undefined) this.#addTiming(record, event.time)
    if (plainFormats.has(event.metadata.parser) && this.#unknown.length < mostUnknown) {
      const { excerpt, nearest } = looksOf(record)
      this.#unknown.push({ line: this.#records, excerpt, nearest })
    }
  }

  #addRemarks(unmapped: Readonly<Record<string, unknown>>): void {
    const looksLike = unmapped['haidang.looks_like']
    if (typeof looksLike === 'string') this.#suggestions.add(looksLike)
    const encoding = unmapped['haidang.encoding'] ?? unmapped['haidang.encoding_guess']
    if (typeof encoding === 'string') this.#encodings.add(encoding)
  }

  #addTiming(record: SpoolRecord, time: string): void {
    if (this.#timings.length >= mostTimings) return
    const elsewhere = this.#source.zone === 'UTC' ? 'Asia/Ho_Chi_Minh' : 'UTC'
    const again = this.#readAs(record, { zone: elsewhere })
    this.#timings.push({
      writtenAt: millisecondsOf(time),
      receivedAt: record.receivedAt,
      isZoned: again.ok && again.event.time !== time,
    })
  }

  #addReject(record: SpoolRecord, read: Extract<Normalised, { ok: false }>): void {
    const { reason, detail } = read
    const known = this.#reasons.get(reason)
    if (known) {
      this.#reasons.set(reason, { ...known, records: known.records + 1 })
      return
    }
    if (this.#reasons.size >= mostReasons) return
    const looks = looksOf(record)
    const hint = hints[reason] ?? (looks.nearest ? 'format' : null)
    const first = { reason, detail: detail.slice(0, longestExcerpt), records: 1 }
    this.#reasons.set(reason, { ...first, line: this.#records, hint, ...looks })
  }

  /** Reads the record as every format that may suit it better. */
  #compare(record: SpoolRecord, read: Normalised): void {
    const { format } = this.#source
    this.#merit(format, meritOf(read))
    if (format !== 'auto') this.#compareWithAuto(record)
    const known = read.ok && !plainFormats.has(read.event.metadata.parser)
    const nearest = known ? null : looksOf(record).nearest
    if (nearest && nearest.format !== format) {
      this.#merit(nearest.format, meritOf(this.#readAs(record, { format: nearest.format })))
    }
  }

  #compareWithAuto(record: SpoolRecord): void {
    const read = this.#readAs(record, { format: 'auto' })
    this.#merit('auto', meritOf(read))
    if (read.ok) this.#recognised.add(read.event.metadata.parser)
  }

  #merit(format: RecordFormat, merit: number): void {
    this.#merits.set(format, (this.#merits.get(format) ?? 0) + merit)
  }

  #betterFormat(): RecordFormat | null {
    const { format } = this.#source
    const own = this.#merits.get(format) ?? 0
    const best = [...this.#merits].reduce((a, b) => (b[1] > a[1] ? b : a), [format, own])
    if (best[1] <= own) return null
    // Where recognition finds one product alone, its name says more than `auto`.
    const [only, ...others] = this.#recognised.sorted()
    const isAlone = best[0] === 'auto' && only !== undefined && others.length === 0
    return isAlone ? (RecordFormat.safeParse(only[0]).data ?? 'auto') : best[0]
  }

  #readAs(record: SpoolRecord, change: Partial<LineSource>): Normalised {
    const source = { ...this.#source, ...change }
    return toEvent(record, { ...this.#context, sources: new Map([[source.id, source]]) })
  }
}

/** A record known for what it is counts twice as much as one read as plain text. */
function meritOf(read: Normalised): number {
  if (!read.ok) return 0
  return plainFormats.has(read.event.metadata.parser) ? 1 : 2
}

function looksOf({ body }: SpoolRecord): { excerpt: string; nearest: NearestFormat | null } {
  const { text } = decodeText(body)
  // Control characters would act on the terminal or page that shows them.
  const excerpt = text
    .slice(0, longestExcerpt)
    .replace(/\p{Cc}/gu, ' ')
    .trim()
  return { excerpt, nearest: nearestFormat(text) ?? null }
}
