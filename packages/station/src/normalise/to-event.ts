import { type Event, eventClasses, ocsfVersion } from '@haidang/contracts/event'
import { isoOf, isoWriter } from '@haidang/runtime/clock'
import { derivedId } from '@haidang/runtime/ids'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { type Origin, readOrigin } from '../collect/origin.ts'
import type { LineContext, LineSource, Normalised } from '../line.ts'
import { isSure } from '../parse/encoding.ts'
import { type DecodedText, decodeText, looksBinary } from '../parse/text.ts'
import { addressOf, type Draft, describe } from './draft.ts'
import { observablesOf } from './observables.ts'
import { readCarried } from './read-carried.ts'
import type { ReadRecord } from './read-record.ts'
import { suggestionOf, suggestionRemarks, withSuggestion } from './suggestion.ts'

const oneHour = 3_600_000
/** Records of a batch have one receive time, but times of their own. */
const receivedIso = isoWriter()
const longestMessage = 1000

/**
 * Makes the event of one record: recognises its format, parses, normalises. Pure: the same record and
 * context always give the same event, and its id follows from node, segment and offset.
 * What cannot be read is answered as a reason, never thrown.
 */
export function toEvent(record: SpoolRecord, context: LineContext): Normalised {
  const origin = readOrigin(record.origin)
  const source = context.sources.get(origin.sourceId) ?? forgotten(origin.sourceId)
  const refuse = (reason: string, detail: string): Normalised => ({
    ok: false,
    reason,
    detail,
    format: source.format,
  })
  if (origin.cutFrom !== undefined) {
    return refuse('record.too-long', `${origin.cutFrom} bytes; only the first were kept`)
  }
  const decoded = decodeText(record.body, source.reading?.encoding)
  const { text } = decoded
  if (text.trim() === '') return refuse('record.empty', 'no text')
  if (looksBinary(text)) return refuse('record.binary', 'control characters instead of text')
  const around = {
    zone: source.zone,
    receivedAt: record.receivedAt,
    csv: source.reading?.csv,
  }
  const read = readCarried(text, source, around)
  if (!read.ok) return { ...read, detail: withSuggestion(read.detail, text, read.format) }
  const event = complete(read, { record, context, origin, source, decoded })
  return { ok: true, event, record: read.record }
}

/** Reads the records of a source that was removed while they waited. */
function forgotten(id: string): LineSource {
  return {
    id,
    name: id,
    collector: 'json-lines',
    format: 'auto',
    zone: 'Asia/Ho_Chi_Minh',
    logsource: {},
    tlp: 'amber',
  }
}

type Read = Extract<ReadRecord, { ok: true }>

interface Around {
  readonly record: SpoolRecord
  readonly context: LineContext
  readonly origin: Origin
  readonly source: LineSource
  readonly decoded: DecodedText
}

function complete(read: Read, around: Around): Event {
  const { draft, format, simulated } = read
  const { record, context, source, decoded } = around
  const { segment, offset } = record.position
  const { time, original_time } = draft
  const event: Event = {
    id: derivedId('event', record.receivedAt, context.node_id, segment, offset),
    organisation_id: context.organisation_id,
    tlp: source.tlp,
    node_id: context.node_id,
    source_id: source.id,
    time: isoOf(time ?? record.receivedAt),
    received_time: receivedIso(record.receivedAt),
    class_uid: eventClasses[draft.class],
    activity_id: draft.activity,
    severity_id: draft.severity,
    message: draft.message.slice(0, longestMessage),
    metadata: metadataOf(draft, format, context.simulated || simulated),
    logsource: { ...draft.logsource, ...source.logsource },
    observables: observablesOf(draft),
    unmapped: withRemarks(read, around),
    raw_data: decoded.text,
  }
  if (original_time) event.original_time = original_time
  describe(event, draft)
  nameDevice(event, around.origin)
  return event
}

function metadataOf(draft: Draft, parser: string, simulated: boolean): Event['metadata'] {
  const { product, vendor, log_name, event_code } = draft
  const metadata: Event['metadata'] = { version: ocsfVersion, product, parser, simulated }
  if (vendor) metadata.vendor = vendor
  if (log_name) metadata.log_name = log_name
  if (event_code) metadata.event_code = event_code
  return metadata
}

/** A record that does not name its host came from the address that sent it. */
function nameDevice(event: Event, { sender }: Origin): void {
  const { device } = event
  if (device?.ip || device?.hostname) return
  const ip = addressOf(sender)
  if (ip) event.device = { ...device, ip }
}

/** What no attribute holds, and what the line has to say about the record itself. */
function withRemarks(read: Read, { record, decoded }: Around): Record<string, unknown> {
  const { unmapped, time } = read.draft
  const skew = time === undefined ? 0 : record.receivedAt - time
  const skewed = Math.abs(skew) > oneHour
  const isRead = !decoded.replaced && decoded.guess === undefined
  const nearest = suggestionOf(read, read.format, decoded.text)
  if (time !== undefined && !skewed && isRead && nearest === undefined) return unmapped
  return {
    ...unmapped,
    ...(time === undefined && { 'haidang.time': 'received' }),
    ...(skewed && { 'haidang.skew_seconds': Math.round(skew / 1000) }),
    ...encodingRemarks(decoded, record.body),
    ...suggestionRemarks(nearest),
  }
}

/** What was no UTF-8 is told, with what it probably is, and kept to the byte. */
function encodingRemarks({ replaced, guess }: DecodedText, body: Uint8Array) {
  if (!replaced && guess === undefined) return undefined
  const isRead = guess !== undefined && isSure(guess)
  return {
    ...(replaced && { 'haidang.invalid_utf8': true }),
    ...(guess && {
      [isRead ? 'haidang.encoding' : 'haidang.encoding_guess']: guess.encoding,
      'haidang.encoding_confidence': guess.confidence,
    }),
    'haidang.raw_base64': Buffer.from(body).toString('base64'),
  }
}
