import type { Alert } from '@haidang/contracts/alert'
import { eventOfRow, type WholeEventRow } from '@haidang/contracts/event-row'
import { alertOf } from '@haidang/detection/alert'
import type { Finding } from '@haidang/detection/subject'
import { derivedId } from '@haidang/runtime/ids'
import type { Log } from '@haidang/runtime/log'
import type { SpoolPosition } from '@haidang/runtime/spool/spool'

/** What a detection with a memory is to observe of an event, and which one it is. */
export interface Observed<O> {
  /** Line of the event in the rows for the event store, from 0. */
  readonly row: number
  readonly position: SpoolPosition
  readonly receivedAt: number
  readonly observation: O
}

/** A finding and the event that completed it. */
export interface Found {
  readonly observed: Observed<unknown>
  readonly finding: Finding
}

/** Observes without ever throwing: a fault of ours must not stop the line; observed again, it is the same fault. */
export function faultless<O>(
  detection: string,
  log: Log,
  observe: (observation: O) => readonly Finding[],
): (observation: O) => readonly Finding[] {
  return (observation) => {
    try {
      return observe(observation)
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      log.error({ cause, detection }, 'detection failed on an observation')
      return []
    }
  }
}

/** The alerts of what was found in a range, one per event, rule and group; `rows` are the lines made for the event store. */
export function alertsOf(
  found: readonly Found[],
  rows: Uint8Array,
  nodeId: string,
  detectedAt: string,
): Alert[] {
  if (found.length === 0) return []
  const lines = Buffer.from(rows.buffer, rows.byteOffset, rows.length).toString('utf8').split('\n')
  const alerts = new Map<string, Alert>()
  for (const { observed, finding } of found) {
    const event = eventOfRow(JSON.parse(lines[observed.row] ?? '') as WholeEventRow)
    const { receivedAt, position } = observed
    const { segment, offset } = position
    const group = finding.group === undefined ? [] : [JSON.stringify(finding.group)]
    const alert = alertOf(finding, { event, record: {} }, detectedAt, (ruleId) =>
      derivedId('alert', receivedAt, nodeId, segment, offset, ruleId, ...group),
    )
    if (!alerts.has(alert.id)) alerts.set(alert.id, alert)
  }
  return [...alerts.values()]
}
