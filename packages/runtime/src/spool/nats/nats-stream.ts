import { setTimeout as pause } from 'node:timers/promises'
import type { JetStreamClient, JetStreamManager, StreamConfig } from '@nats-io/jetstream'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'
import type { BusStream, Published, StoredMessage } from './bus-stream.ts'
import type { Bus } from './connect-bus.ts'
import { whileElecting } from './while-electing.ts'

interface NatsStreamParts {
  readonly bus: Bus
  readonly log: Log
  /** Of the spool: letters, digits, `_` and `-`. */
  readonly name: string
  /** Bytes the stream may take. */
  readonly bytes: number
  /** Machines that keep each message; undefined: three in a cluster, else one. */
  readonly replicas: number | undefined
}

const idHeader = 'Nats-Msg-Id'
/** The broker forgets identities after this; the spool does not rely on it (nanoseconds). */
const duplicateWindow = 120e9
/** Who has no answer for so long asks again; a message is looked for in the stream (milliseconds). */
const answerWithin = 2_000
/** A message that must be there is asked for so often, so many milliseconds apart. */
const readAttempts = 40
const readAgain = 250
/** Beside a message's data: protocol line, headers. */
const besideData = 4096
/** Status of an answer that may be another one in a moment. */
const unavailable = 503
/** Error codes of JetStream that say: no room for this message. */
const noRoom = new Set([10002, 10023, 10028, 10047, 10054, 10077])
/** Error codes of JetStream that say: no such message to delete. */
const isGone = new Set([10037, 10043, 10057])
/** Messages that are deleted at a time. */
const deletesTogether = 32

/** A JetStream stream that one node alone writes; made where it is missing. */
export class NatsStream implements BusStream {
  readonly #parts: NatsStreamParts
  readonly #manager: JetStreamManager
  readonly #client: JetStreamClient
  readonly #subject: string
  readonly #name: string

  private constructor(parts: NatsStreamParts, manager: JetStreamManager) {
    this.#parts = parts
    this.#manager = manager
    this.#client = parts.bus.library.jetstream(parts.bus.connection)
    this.#subject = `haidang.spool.${parts.name}`
    this.#name = `haidang-spool-${parts.name}`
  }

  /** Waits for a leader. Throws Problem configuration.invalid where the stream is there and cannot serve. */
  static async open(parts: NatsStreamParts): Promise<NatsStream> {
    const { bus, log } = parts
    const manager = await bus.library.jetstreamManager(bus.connection, {
      checkAPI: false,
      timeout: answerWithin,
    })
    const stream = new NatsStream(parts, manager)
    await whileElecting(log, () => stream.#ensure()).catch((error: unknown) => {
      if (error instanceof Problem) throw error
      throw new Problem('configuration.invalid', `bus: ${stream.#name}: ${wordsOf(error)}`)
    })
    return stream
  }

  get mostBytes(): number {
    return (this.#parts.bus.connection.info?.max_payload ?? 1_048_576) - besideData
  }

  async bounds(): Promise<{ first: number; last: number }> {
    try {
      const { state } = await this.#manager.streams.info(this.#name)
      return { first: state.first_seq, last: state.last_seq }
    } catch (error) {
      if (!this.#isMissing(error)) throw error
      this.#parts.log.error({ stream: this.#name }, 'the stream is gone and is made anew')
      await this.#ensure()
      return { first: 1, last: 0 }
    }
  }

  async publish(data: Uint8Array, id: string, after: number): Promise<Published> {
    try {
      const options = { msgID: id, expect: { lastSequence: after }, timeout: answerWithin }
      const { seq } = await this.#client.publish(this.#subject, data, options)
      return { kind: 'stored', sequence: seq }
    } catch (error) {
      const reason = wordsOf(error)
      const { JetStreamApiError } = this.#parts.bus.library
      const isFull = error instanceof JetStreamApiError && noRoom.has(error.code)
      return { kind: isFull ? 'refused' : 'unknown', reason }
    }
  }

  async read(seq: number): Promise<StoredMessage | undefined> {
    for (let attempt = 1; ; attempt++) {
      const message = await this.#get(seq)
      if (message) return { id: message.header.get(idHeader), data: message.data }
      // A leader that was just elected does not have everything yet; what it lacks is not gone.
      if (await this.#isGivenBack(seq)) return undefined
      if (attempt === readAttempts) throw new Error(`message ${seq} cannot be read yet`)
      await pause(readAgain)
    }
  }

  /*
   * One by one, not as a purge: a server before 2.9.18 that starts again repeats a purge from its log, and then it
   * purges all that was stored when the purge was asked for, whatever number that named.
   */
  async purgeBelow(seq: number): Promise<void> {
    let { first: next } = await this.bounds()
    const remove = async () => {
      while (next < seq) await this.#delete(next++)
    }
    await Promise.all(Array.from({ length: deletesTogether }, remove))
    const { first } = await this.bounds()
    if (first < seq) throw new Error(`message ${first} is not given back`)
  }

  async #delete(seq: number): Promise<void> {
    const { JetStreamApiError } = this.#parts.bus.library
    // Nothing is written over: the file goes when its messages are gone.
    await this.#manager.streams.deleteMessage(this.#name, seq, false).catch((error: unknown) => {
      if (!(error instanceof JetStreamApiError) || !isGone.has(error.code)) throw error
    })
  }

  /** A server that was killed may have what was given back last again, in front of what it knows to be deleted. */
  async #isGivenBack(seq: number): Promise<boolean> {
    const asked = { deleted_details: true }
    const { state } = await this.#manager.streams.info(this.#name, asked)
    return seq < state.first_seq || (state.deleted?.includes(seq) ?? false)
  }

  /** Any replica answers the first question; one that is behind does not have it yet. */
  async #get(seq: number) {
    const { direct, streams } = this.#manager
    return (
      (await direct.getMessage(this.#name, { seq }).catch(() => null)) ??
      (await streams.getMessage(this.#name, { seq }))
    )
  }

  #isMissing(error: unknown): boolean {
    const { JetStreamApiError, JetStreamApiCodes } = this.#parts.bus.library
    return error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound
  }

  async #ensure(): Promise<void> {
    const { streams } = this.#manager
    const { bytes, replicas, bus } = this.#parts
    const name = this.#name
    const wanted: Partial<StreamConfig> & { name: string } = {
      name,
      subjects: [this.#subject],
      storage: 'file',
      retention: 'limits',
      discard: 'new',
      max_bytes: bytes,
      num_replicas: replicas ?? (bus.connection.info?.cluster === undefined ? 1 : 3),
      duplicate_window: duplicateWindow,
      allow_direct: true,
      deny_delete: false,
      deny_purge: true,
    }
    const known = await streams.info(name).catch((error: unknown) => {
      if (this.#isMissing(error)) return undefined
      throw error
    })
    try {
      if (!known) await streams.add(wanted)
      else if (differs(known.config, wanted)) await streams.update(name, wanted)
    } catch (error) {
      const { JetStreamApiError } = bus.library
      if (!(error instanceof JetStreamApiError) || error.status === unavailable) throw error
      throw new Problem('configuration.invalid', `bus: stream ${name}: ${wordsOf(error)}`)
    }
  }
}

function differs(known: StreamConfig, wanted: Partial<StreamConfig>): boolean {
  const { subjects, ...rest } = wanted
  const isOther = Object.entries(rest).some(
    ([key, value]) => known[key as keyof StreamConfig] !== value,
  )
  return isOther || known.subjects.join() !== subjects?.join()
}

/** An error of the library in words: its own, and those of what caused it. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
