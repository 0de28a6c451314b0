import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type { Clock } from '@haidang/runtime/clock'
import { newUuid } from '@haidang/runtime/ids'
import type { SourceRow } from '../../keep/station-tables.ts'
import { appendDurably } from '../append-durably.ts'
import { anonymousKey } from '../batch-keys.ts'
import type { HeldBytes } from '../held-bytes.ts'
import type { Intake } from '../intake.ts'
import { ProtocolError } from '../protocol-error.ts'
import { socketBytes } from '../socket-bytes.ts'
import { answer, type StreamPeer } from '../stream-peer.ts'
import {
  type LumberjackEvent,
  type LumberjackFrame,
  LumberjackReader,
} from './lumberjack-reader.ts'

export interface LumberjackParts {
  readonly intake: Intake
  readonly sourceOf: (peer: StreamPeer) => SourceRow | undefined
  readonly held: HeldBytes
  readonly clock: Clock
  /** Milliseconds between signs of life while a sender waits for its acknowledgement. */
  readonly signOfLifeEvery?: number
}

const inflated = promisify(inflate)
const largestWindow = 100_000
const longestInflated = 32 * 1_048_576
/** A window is acknowledged in parts of this size, so that a large one need not wait in memory. */
const part = { events: 10_000, bytes: 4 * 1_048_576 }

/**
 * Reads Lumberjack version 2 to the end of a connection. An event is acknowledged when it is durable; while
 * the spool is full nothing is, and zero is said now and then so that the sender waits on. Throws ProtocolError.
 */
export async function readLumberjack(
  peer: StreamPeer,
  parts: LumberjackParts,
  signal: AbortSignal,
): Promise<void> {
  const session = new Session(peer, parts, signal)
  try {
    for await (const chunk of socketBytes(peer.socket)) {
      if (peer.isClosing) return
      // What is being unpacked may be durable by the time a stop comes.
      peer.owes = true
      await session.push(chunk)
      peer.owes = false
      if (peer.isClosing) return
    }
  } finally {
    session.release()
  }
}

class Session {
  readonly #peer: StreamPeer
  readonly #parts: LumberjackParts
  readonly #signal: AbortSignal
  readonly #reader = new LumberjackReader()
  readonly #account: ReturnType<HeldBytes['account']>
  #toCome = 0
  #waiting: LumberjackEvent[] = []
  #waitingBytes = 0

  constructor(peer: StreamPeer, parts: LumberjackParts, signal: AbortSignal) {
    this.#peer = peer
    this.#parts = parts
    this.#signal = signal
    this.#account = parts.held.account()
  }

  async push(chunk: Buffer): Promise<void> {
    this.#account.set(this.#reader.held + this.#waitingBytes + chunk.length)
    for (const frame of this.#reader.push(chunk)) {
      if (this.#peer.isClosing) return
      this.#peer.record.clear()
      if (frame.kind === 'compressed') await this.#unpack(frame.bytes)
      else await this.#take(frame)
    }
    const held = this.#reader.held + this.#waitingBytes
    this.#account.set(held)
    // Also the events of a window are waited for.
    this.#peer.record.begun(this.#toCome > 0 ? 1 + held : this.#reader.held)
  }

  release(): void {
    this.#account.release()
  }

  async #unpack(bytes: Buffer): Promise<void> {
    const plain = await inflated(bytes, { maxOutputLength: longestInflated }).catch(
      (error: unknown) => {
        throw new ProtocolError(`a compressed frame cannot be unpacked: ${String(error)}`)
      },
    )
    this.#account.set(this.#reader.held + this.#waitingBytes + plain.length)
    const nested = new LumberjackReader()
    for (const frame of nested.push(plain)) {
      if (frame.kind === 'compressed') throw new ProtocolError('compressed frames are nested')
      await this.#take(frame)
    }
    if (!nested.isBetweenFrames) throw new ProtocolError('a compressed frame ends within a frame')
  }

  async #take(frame: Exclude<LumberjackFrame, { kind: 'compressed' }>): Promise<void> {
    if (frame.kind === 'window') {
      if (this.#toCome > 0) throw new ProtocolError('a window begins within another')
      if (frame.count > largestWindow) throw new ProtocolError(`a window of ${frame.count} events`)
      this.#toCome = frame.count
      return
    }
    if (this.#toCome === 0) throw new ProtocolError('an event outside a window')
    this.#toCome--
    this.#waiting.push(frame)
    this.#waitingBytes += frame.bytes.length
    const isPart = this.#waiting.length >= part.events || this.#waitingBytes >= part.bytes
    if (this.#toCome === 0 || isPart) await this.#acknowledge(frame.sequence)
  }

  async #acknowledge(sequence: number): Promise<void> {
    const { socket } = this.#peer
    const every = this.#parts.signOfLifeEvery ?? 5000
    const timer = setInterval(() => socket.write(acknowledgement(0)), every)
    try {
      await this.#keep()
      clearInterval(timer)
      await answer(socket, acknowledgement(sequence))
    } finally {
      clearInterval(timer)
    }
  }

  async #keep(): Promise<void> {
    const { intake, sourceOf, clock } = this.#parts
    const source = sourceOf(this.#peer)
    if (!source) throw new ProtocolError('no source takes records of this sender')
    if (source.paused) throw new ProtocolError(`the source ${source.name} is paused`)
    const events = this.#waiting.filter(({ bytes }) => bytes.length > 0)
    this.#waiting = []
    this.#waitingBytes = 0
    const key = anonymousKey(events.length, newUuid(clock))
    const from = { sourceId: source.id, sender: this.#peer.address, key }
    if (!(await appendDurably(intake, from, events, this.#signal)))
      throw new Error('stopped before the events were durable')
  }
}

function acknowledgement(sequence: number): Buffer {
  const frame = Buffer.from('2A\0\0\0\0', 'latin1')
  frame.writeUInt32BE(sequence, 2)
  return frame
}
