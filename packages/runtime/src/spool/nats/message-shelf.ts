import type { BusStream } from './bus-stream.ts'
import { decodeMessage, type StreamMessage } from './stream-message.ts'

interface Shelved {
  readonly message: Promise<StreamMessage | undefined>
  bytes: number
}

const mostMessages = 4096
const mostBytes = 16 * 1024 * 1024
const ahead = 16

/** The messages written or read last, and those asked for next: the line reads what was just written. */
export class MessageShelf {
  readonly #stream: BusStream
  readonly #shelved = new Map<number, Shelved>()
  #bytes = 0

  constructor(stream: BusStream) {
    this.#stream = stream
  }

  put(sequence: number, message: StreamMessage): void {
    this.#add(sequence, Promise.resolve(message), message.body.length)
  }

  /** What is stored under a number; those after it up to `last` are asked for, too. */
  get(sequence: number, last: number): Promise<StreamMessage | undefined> {
    for (let next = sequence; next <= Math.min(sequence + ahead, last); next++)
      if (!this.#shelved.has(next)) void this.#ask(next)
    return this.#shelved.get(sequence)?.message ?? this.#ask(sequence)
  }

  clear(): void {
    this.#shelved.clear()
    this.#bytes = 0
  }

  #ask(sequence: number): Promise<StreamMessage | undefined> {
    const asked = this.#stream.read(sequence).then((stored) => stored && decodeMessage(stored.data))
    const shelved = this.#add(sequence, asked, 0)
    asked.then(
      (message) => {
        if (this.#shelved.get(sequence) !== shelved) return
        shelved.bytes = message?.body.length ?? 0
        this.#bytes += shelved.bytes
        this.#shrink()
      },
      () => this.#drop(sequence),
    )
    return asked
  }

  #add(sequence: number, message: Shelved['message'], bytes: number): Shelved {
    this.#drop(sequence)
    const shelved = { message, bytes }
    this.#shelved.set(sequence, shelved)
    this.#bytes += bytes
    this.#shrink()
    return shelved
  }

  #shrink(): void {
    for (const sequence of this.#shelved.keys()) {
      if (this.#shelved.size <= mostMessages && this.#bytes <= mostBytes) return
      this.#drop(sequence)
    }
  }

  #drop(sequence: number): void {
    this.#bytes -= this.#shelved.get(sequence)?.bytes ?? 0
    this.#shelved.delete(sequence)
  }
}
