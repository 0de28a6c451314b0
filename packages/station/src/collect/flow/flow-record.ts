import type { FlowFields } from '../../parse/flow/template.ts'
import type { Unreadable } from '../../parse/parsed.ts'

export type FlowProtocol = 'netflow5' | 'netflow9' | 'ipfix' | 'sflow5' | 'unknown'

/** Where a record comes from. */
export interface FlowOrigin {
  readonly flowProtocol: FlowProtocol
  /** Address the datagram came from. */
  readonly exporter: string
  /** Address the device gives itself (sFlow). */
  readonly agent?: string
  /** By the exporter's clock, milliseconds since the epoch. */
  readonly exportTime?: number
  readonly observationDomainId?: number
  readonly templateId?: number
}

/** Octets kept of what could not be read. */
const mostOctets = 8192

/** A record of one flow as the spool keeps it: JSON that says everything, so that reading it again needs no template. */
export function flowRecord(origin: FlowOrigin, fields: FlowFields): Buffer {
  return Buffer.from(JSON.stringify({ ...origin, ...fields }))
}

/** A record of what could not be read, and why; the line makes it a reject. */
export function refusedRecord(
  origin: FlowOrigin,
  { reason, detail }: Pick<Unreadable, 'reason' | 'detail'>,
  octets: Uint8Array,
): Buffer {
  const kept = Buffer.from(octets.subarray(0, mostOctets)).toString('base64')
  return Buffer.from(
    JSON.stringify({ ...origin, problem: reason, detail, size: octets.length, octets: kept }),
  )
}
