import type { Event, Logsource } from '@haidang/contracts/event'
import type { Subject } from '../subject.ts'
import type { Family } from './field-mapping.ts'

/** A record as rules read it. */
export interface Reading {
  readonly logsource: Logsource
  /** As parsed, with the vendor's field names. */
  readonly record: Readonly<Record<string, unknown>>
  /** What it was parsed from; JSON where it starts with `{`. */
  readonly text: string
  /** The names it gives its fields by itself; rules that use these names ask nothing else. */
  readonly speaks: Family
  /** The normalised event; may be made only when it is asked for. */
  readonly event: Event
}

const families: Readonly<Record<string, Family>> = {
  'windows-json': 'windows',
  'windows-xml': 'windows',
  'windows-syslog': 'windows',
  'zeek-json': 'zeek',
  'zeek-tsv': 'zeek',
  'suricata-eve': 'suricata',
}

/** The family whose field names records of a format have. */
export function familyOfFormat(format: string): Family {
  return Object.hasOwn(families, format) ? (families[format] ?? 'none') : 'none'
}

/** A normalised record as rules read it. */
export function readingOf({ event, record }: Subject): Reading {
  const { logsource, raw_data, metadata } = event
  return { logsource, record, text: raw_data, speaks: familyOfFormat(metadata.parser), event }
}
