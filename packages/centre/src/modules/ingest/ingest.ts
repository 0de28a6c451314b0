import type { Alert } from '@haidang/contracts/alert'
import { DetectionFinding } from '@haidang/contracts/detection-finding'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { z } from 'zod'

/** Who sent a batch: taken from its certificate or from this node itself, never from the batch. */
export interface Origin {
  readonly node_id: string
  readonly organisation_id: string
  readonly station_id: string | null
}

export interface Sifted {
  readonly alerts: Alert[]
  readonly refused: number
  /** A few of the causes, for people. */
  readonly reasons: string[]
}

const reasonLimit = 5

/**
 * The alerts of a batch of detection findings as a child sent them: each is read by schema; what is
 * none is counted with its cause and never stops the rest.
 */
export function sift(records: readonly unknown[]): Sifted {
  const alerts: Alert[] = []
  const reasons: string[] = []
  let refused = 0
  for (const record of records) {
    const read = DetectionFinding.safeParse(record)
    const reason = read.success ? timeless(read.data.unmapped.haidang) : firstCause(read.error)
    if (read.success && reason === undefined) alerts.push(read.data.unmapped.haidang)
    else {
      refused++
      if (reason && reasons.length < reasonLimit && !reasons.includes(reason)) reasons.push(reason)
    }
  }
  return { alerts, refused, reasons }
}

function firstCause({ issues }: z.ZodError): string {
  return `${issues[0]?.path.join('.') ?? ''}: ${issues[0]?.message ?? ''}`.slice(0, 200)
}

/** What is wrong with the times of an alert: before 1970 nothing was detected, and the database knows no year 0. */
function timeless({ time, detected_time }: Alert): string | undefined {
  const known = millisecondsOf(time) >= 0 && millisecondsOf(detected_time) >= 0
  return known ? undefined : 'time: before 1970'
}

/** The alert as this node keeps it: owned by the organisation its origin is bound to. */
export function owned(alert: Alert, { organisation_id, node_id }: Origin): Alert {
  return { ...alert, organisation_id, node_id }
}
