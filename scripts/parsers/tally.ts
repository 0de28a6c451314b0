import type { Event } from '@haidang/contracts/event'
import type { Normalised } from '@haidang/station/line'

/** What was counted of the records of a family or product. */
export interface Tally {
  records: number
  events: number
  rejects: number
  /** Events that have a class in OCSF; `classable` are those that could. */
  classed: number
  classable: number
  /** Events whose time is the record's own; `timed` are those whose record has one. */
  ownTime: number
  timed: number
  /** Events with observables, of those whose record shows an address, a hash, a URL or a mail address. */
  observed: number
  observable: number
}

/** Why records did not become events. */
export interface Refusal {
  readonly reason: string
  count: number
  readonly example: string
}

export const emptyTally = (): Tally => ({
  records: 0,
  events: 0,
  rejects: 0,
  classed: 0,
  classable: 0,
  ownTime: 0,
  timed: 0,
  observed: 0,
  observable: 0,
})

/** Logs that tell of the sensor's own work in figures: no class of OCSF is about that. */
const classless: ReadonlySet<string> = new Set([
  'Zeek|stats',
  'Zeek|prof',
  'Zeek|capture_loss',
  'Zeek|weird_stats',
  'Zeek|telemetry',
  'Zeek|print',
  'Zeek|',
  'Suricata|stats',
])

/** Of addresses those that name somebody: not loopback, broadcast, nor none. */
const shown =
  /(?<![\d.])(?!127\.0\.0\.1(?!\d)|0\.0\.0\.0|255\.255\.255\.255)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])|\b[0-9a-fA-F]{64}\b|\bhttps?:\/\/[\w-]|\b[\w.]+@[\w-]+\.[a-z]{2}/

/** Counts one record and what became of it. */
export function count(
  tally: Tally,
  read: Normalised,
  { lacks }: { readonly lacks: ReadonlySet<string> },
): void {
  tally.records++
  if (!read.ok) {
    tally.rejects++
    return
  }
  const { event } = read
  tally.events++
  if (!lacks.has('class') && !isClassless(event)) {
    tally.classable++
    if (event.class_uid !== 0) tally.classed++
  }
  if (!lacks.has('time') && !isHead(event)) {
    tally.timed++
    if (event.unmapped['haidang.time'] !== 'received') tally.ownTime++
  }
  if (shown.test(event.raw_data)) {
    tally.observable++
    if (event.observables.length > 0) tally.observed++
  }
}

function isClassless(event: Event): boolean {
  const { product, log_name } = event.metadata
  return isHead(event) || classless.has(`${product}|${log_name ?? ''}`)
}

/** Lines that begin or end a file. */
function isHead({ raw_data }: Event): boolean {
  return raw_data.startsWith('#') && !raw_data.trimEnd().includes('\n')
}

/** A share in percent, to a tenth below; nothing of nothing is all of it. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10
}
