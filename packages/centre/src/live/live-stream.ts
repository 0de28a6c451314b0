import { setTimeout as delay } from 'node:timers/promises'
import type { JournalEntry } from '@haidang/contracts/journal'
import type { LiveMessage } from '@haidang/contracts/overview'
import type { Caller } from '@haidang/runtime/caller'
import type { JournalService } from '../modules/audit/journal-service.ts'
import type { Bell } from './bell.ts'

/** Where the text of a stream goes. */
export interface Sink {
  /** False: the receiver is behind; `drained` tells when it has caught up. */
  write(text: string): boolean
  drained(signal: AbortSignal): Promise<void>
}

interface LiveStreamParts {
  readonly journal: JournalService
  /** Asks again who the receiver is; undefined ends the stream: signed out, disabled, right taken away. */
  admit(): Promise<Caller | undefined>
  /** Rung at every append. */
  readonly bell: Bell
  readonly sink: Sink
  readonly signal: AbortSignal
}

/** Entries read at a time. */
const batch = 200
/** Milliseconds of silence after which a comment keeps the connection, and who receives is asked again. */
const heartbeat = 15_000
/** Entries that come in a burst are read together, this many milliseconds after the first. */
const gathering = 150

/**
 * One receiver of the journal as server-sent events. Invariants: every entry the caller's scope shows
 * after `position` is written once and in order; the id of an event is its position, so a receiver that
 * comes back with it misses nothing; at most one batch waits for a slow receiver.
 */
export async function stream(
  parts: LiveStreamParts,
  first: Caller,
  position: number,
): Promise<void> {
  const { journal, bell, sink, signal } = parts
  let caller = first
  let at = position
  while (!signal.aborted) {
    bell.quiet()
    const { entries, read } = await journal.after(caller.scope, at, batch)
    at = read
    const text = entries.map(eventOf).join('')
    if (text && !sink.write(text)) await sink.drained(signal)
    if (entries.length === batch) continue
    if (await bell.heard(heartbeat, signal)) {
      await pause(gathering, signal)
      continue
    }
    const again = await parts.admit()
    if (!again) return
    caller = again
    if (!sink.write(': alive\n\n')) await sink.drained(signal)
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined)
}

function eventOf(entry: JournalEntry): string {
  const { seq, type, time, subject, related, organisation_id } = entry
  const message: LiveMessage = { seq, type, time, subject, related, organisation_id }
  return `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(message)}\n\n`
}
