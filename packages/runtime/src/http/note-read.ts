import type { SensitiveKind } from '@haidang/contracts/sensitive-read'
import type { Caller } from '../caller.ts'

/** That a caller is about to be shown something sensitive. */
export interface ObjectRead {
  readonly kind: SensitiveKind
  /** Which one; null: all of the kind that the caller sees. */
  readonly id: string | null
  readonly caller: Caller
  /** Permission on whose strength. */
  readonly authority: string
  /** Method and path of the endpoint. */
  readonly route: string
  /** Network address it is read from, as far as proxies are trusted. */
  readonly address: string
}

/** Writes a read down for good; what it throws is answered instead of what was read. */
export type NoteRead = (read: ObjectRead) => Promise<void>
