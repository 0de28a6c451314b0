import { createHash } from 'node:crypto'
import type { SourceRow } from '../../keep/station-tables.ts'
import { appendDurably } from '../append-durably.ts'
import type { HeldBytes } from '../held-bytes.ts'
import type { Intake } from '../intake.ts'
import { ProtocolError } from '../protocol-error.ts'
import { socketBytes } from '../socket-bytes.ts'
import { StreamBytes } from '../stream-bytes.ts'
import { answer, type StreamPeer } from '../stream-peer.ts'
import { type FluentAccess, FluentHandshake } from './fluent-handshake.ts'
import { type FluentMessage, readMessage } from './fluent-message.ts'
import { ValueEnd } from './message-pack.ts'
import { messagePack } from './message-pack-writer.ts'

export interface FluentParts {
  readonly intake: Intake
  readonly sourceOf: (peer: StreamPeer) => SourceRow | undefined
  readonly held: HeldBytes
  readonly access: FluentAccess
  /** Milliseconds a sender has to prove the shared key. */
  readonly handshakeTime?: number
}

const longestMessage = 16 * 1_048_576
const longestPing = 4096

/**
 * Reads Fluent forward, version 1, to the end of a connection. A chunk that asks for it is acknowledged when it is
 * durable; its repeat is told apart and acknowledged, too. Throws ProtocolError.
 */
export async function readFluent(
  peer: StreamPeer,
  parts: FluentParts,
  signal: AbortSignal,
): Promise<void> {
  const session = new Session(peer, parts, signal)
  try {
    await session.greet()
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
  readonly #parts: FluentParts
  readonly #signal: AbortSignal
  readonly #bytes = new StreamBytes()
  readonly #account: ReturnType<HeldBytes['account']>
  #end = new ValueEnd()
  #handshake: FluentHandshake | undefined
  #tooLate: NodeJS.Timeout | undefined
  #names: readonly string[]

  constructor(peer: StreamPeer, parts: FluentParts, signal: AbortSignal) {
    this.#peer = peer
    this.#parts = parts
    this.#signal = signal
    this.#account = parts.held.account()
    this.#names = peer.names
  }

  async greet(): Promise<void> {
    const { sharedKey, users } = this.#parts.access
    if (sharedKey === undefined) return
    const { handshakeTime = 10_000 } = this.#parts
    this.#handshake = new FluentHandshake({ sharedKey, users })
    this.#tooLate = setTimeout(() => this.#peer.socket.destroy(), handshakeTime)
    await answer(this.#peer.socket, this.#handshake.hello)
  }

  async push(chunk: Buffer): Promise<void> {
    this.#account.set(this.#bytes.length + chunk.length)
    this.#bytes.push(chunk)
    for (let length = this.#next(); length !== undefined; length = this.#next()) {
      const message = this.#bytes.take(length)
      this.#peer.record.clear()
      this.#end = new ValueEnd()
      if (this.#handshake) await this.#admit(this.#handshake, message)
      else await this.#keep(message)
      if (this.#peer.isClosing) return
    }
    const longest = this.#handshake ? longestPing : longestMessage
    if (this.#bytes.length > longest)
      throw new ProtocolError(`a message of more than ${longest} bytes`)
    this.#account.set(this.#bytes.length)
    this.#peer.record.begun(this.#bytes.length)
  }

  release(): void {
    clearTimeout(this.#tooLate)
    this.#account.release()
  }

  #next(): number | undefined {
    return this.#bytes.length === 0 ? undefined : this.#end.find(this.#bytes.view)
  }

  async #admit(handshake: FluentHandshake, ping: Buffer): Promise<void> {
    const { reply, isAdmitted, user } = handshake.answer(ping)
    await answer(this.#peer.socket, reply)
    if (!isAdmitted) throw new ProtocolError('shared key, user or password is wrong')
    clearTimeout(this.#tooLate)
    this.#handshake = undefined
    if (user !== undefined) this.#names = [...this.#peer.names, user]
  }

  async #keep(bytes: Buffer): Promise<void> {
    const held = this.#bytes.length + bytes.length
    const message = await readMessage(bytes, (more) => this.#account.set(held + 2 * more))
    await this.#append(message)
    const { chunk } = message
    if (chunk !== undefined) await answer(this.#peer.socket, messagePack(new Map([['ack', chunk]])))
  }

  async #append({ records, chunk }: FluentMessage): Promise<void> {
    const { intake, sourceOf } = this.#parts
    const source = sourceOf({ ...this.#peer, names: this.#names })
    if (!source) throw new ProtocolError('no source takes records of this sender')
    if (source.paused) throw new ProtocolError(`the source ${source.name} is paused`)
    const key = chunk === undefined ? {} : { key: `fluent:${digest(chunk)}` }
    const from = { sourceId: source.id, sender: this.#peer.address, ...key }
    if (!(await appendDurably(intake, from, records, this.#signal)))
      throw new Error('stopped before the records were durable')
  }
}

/** Chunks name themselves as they like; the spool bounds names. */
function digest(chunk: string): string {
  return createHash('sha256').update(chunk).digest('hex')
}
