import { setTimeout as delay } from 'node:timers/promises'
import type { JournalEntry } from '@haidang/contracts/journal'
import type { LiveMessage } from '@haidang/contracts/overview'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
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
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** Entries read at a time. */
const batch = 200
/** Every so many milliseconds who receives is asked again, and a comment keeps the connection. */
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
  const admission = new Admission(parts, first)
  let at = position
  while (!signal.aborted) {
    bell.quiet()
    const { entries, read } = await journal.after(admission.caller.scope, at, batch)
    at = read
    await write(sink, entries.map(eventOf).join(''), signal)
    if (admission.left() <= 0) {
      if (!(await admission.renew())) return
      await write(sink, ': alive\n\n', signal)
    }
    if (entries.length === batch) continue
    if (await bell.heard(admission.left(), signal)) await pause(gathering, signal)
  }
}

/** Who receives, asked again at every heartbeat, also of a stream that never falls silent. */
class Admission {
  readonly #parts: LiveStreamParts
  #caller: Caller
  #asked: number

  constructor(parts: LiveStreamParts, first: Caller) {
    this.#parts = parts
    this.#caller = first
    this.#asked = parts.clock.monotonic()
  }

  get caller(): Caller {
    return this.#caller
  }

  /** Milliseconds until it is time to ask. */
  left(): number {
    return heartbeat - (this.#parts.clock.monotonic() - this.#asked)
  }

  /** False: the receiver may no longer receive. */
  async renew(): Promise<boolean> {
    const again = await this.#parts.admit()
    if (!again) return false
    this.#caller = again
    this.#asked = this.#parts.clock.monotonic()
    return true
  }
}

async function write(sink: Sink, text: string, signal: AbortSignal): Promise<void> {
  if (text && !sink.write(text)) await sink.drained(signal)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined)
}

function eventOf(entry: JournalEntry): string {
  const { seq, type, time, subject, related, organisation_id } = entry
  const message: LiveMessage = { seq, type, time, subject, related, organisation_id }
  return `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(message)}\n\n`
}
