import type { RecordFormat } from '@haidang/contracts/record-format'
import { isObject, type JsonObject, parseJson } from '../parse/json.ts'
import { type Draft, present, type Surroundings } from './draft.ts'
import { timeOf } from './json.ts'
import { type ReadRecord, readObject, readRecord } from './read-record.ts'

/**
 * Reads an event of Splunk's HTTP Event Collector: its `event` as the source's format. Where that says
 * nothing of time or host, `time` and `host` beside it count; `source`, `sourcetype`, `index` and `fields`
 * are kept as `unmapped.hec`. Reason besides those of the format: `hec.no-event`.
 */
export function readHec(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const wrapper = parseJson(text)
  if (!wrapper.ok) return { ...wrapper, format: 'hec' }
  const { event, source, sourcetype, index, fields } = wrapper.value
  if (event === undefined || event === null) {
    return { ok: false, reason: 'hec.no-event', detail: 'no member event', format: 'hec' }
  }
  const read = isObject(event)
    ? readObject(event, format, around)
    : readRecord(typeof event === 'string' ? event : JSON.stringify(event), format, around)
  if (!read.ok) return read
  const draft = completed(read.draft, wrapper.value, around)
  const hec = present({ source, sourcetype, index, fields })
  return {
    ...read,
    draft: { ...draft, unmapped: { ...draft.unmapped, ...(hec && { hec }) } },
  }
}

/** With the time and host the wrapper gives, where the event gives none. */
function completed(draft: Draft, { time: stamp, host }: JsonObject, around: Surroundings): Draft {
  const time = draft.time === undefined ? timeOf(stamp, around) : undefined
  const hostname = typeof host === 'string' && host !== '' ? host.slice(0, 255) : undefined
  return {
    ...draft,
    ...(time && { time: time.at, original_time: time.original }),
    ...(!draft.device?.hostname && hostname && { device: { ...draft.device, hostname } }),
  }
}
