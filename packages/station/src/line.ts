import type { Event, Logsource } from '@haidang/contracts/event'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { RecordReading } from '@haidang/contracts/record-reading'
import type { CollectorKind } from '@haidang/contracts/source'
import type { Tlp } from '@haidang/contracts/tlp'
import type { SpoolPosition } from '@haidang/runtime/spool/spool'

/** What the line knows of a source: enough to read its records, nothing to manage it. */
export interface LineSource {
  readonly id: string
  readonly name: string
  readonly collector: CollectorKind
  readonly format: RecordFormat
  /** IANA zone of times written without one. */
  readonly zone: string
  /** Its encoding and columns; absent: recognised. */
  readonly reading?: RecordReading | undefined
  /** Sigma log source the owner states; each part given overrides what the normaliser concludes. */
  readonly logsource: Logsource
  readonly tlp: Tlp
}

/** What stays the same for all records of a chunk. Plain data: it travels to worker threads. */
export interface LineContext {
  readonly organisation_id: string
  readonly node_id: string
  /** True on a node that carries only simulated records (demonstration, exercise). */
  readonly simulated: boolean
  readonly sources: ReadonlyMap<string, LineSource>
}

/** A record read, or why it could not be; bad input is a value, never an exception. */
export type Normalised =
  | {
      readonly ok: true
      readonly event: Event
      /** The vendor's record as parsed, under the field names Sigma rules use for it. */
      readonly record: Record<string, unknown>
    }
  | {
      readonly ok: false
      /** Stable code, such as `json.truncated`. */
      readonly reason: string
      readonly detail: string
      /** Format that was tried. */
      readonly format: string
    }

/** A record that could not be parsed, on its way to be kept with its bytes. */
export interface RejectDraft {
  readonly source_id: string
  readonly position: SpoolPosition
  /** Milliseconds since the epoch. */
  readonly received_at: number
  readonly origin: string
  readonly format: string
  readonly reason: string
  readonly detail: string
  readonly body: Uint8Array
}

/** What one chunk held of one source. */
export interface SourceTally {
  readonly parsed: number
  readonly rejected: number
  /** Receive time of its last record, milliseconds since the epoch. */
  readonly lastTime: number
}
