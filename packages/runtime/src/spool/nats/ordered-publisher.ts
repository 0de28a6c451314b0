/*
 * Publishes messages in order, several under way, each exactly once. What holds at all times:
 *
 *  1. Every message says which number it expects to be the last one, so one that is out of place is not
 *     stored, however late it arrives, and a second writer is noticed by the one that is behind.
 *  2. A message whose answer is missing is neither given up nor sent anew until the stream itself has
 *     been read: what is stored there is acknowledged, the rest is sent again under its identity.
 *  3. What waits and was never sent is refused while the broker stays away, so that senders learn of it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'
import type { BusStream, Published } from './bus-stream.ts'

export interface Outgoing {
  readonly data: Uint8Array
  readonly stored: (sequence: number) => void
  readonly failed: (error: unknown) => void
  /** The stream lost what was before it: it is to be made anew. */
  readonly remake: () => void
}

interface Sent {
  readonly outgoing: Outgoing
  readonly id: string
  answer: Promise<Published>
}

interface PublisherParts {
  readonly stream: BusStream
  /** Last number of the stream. */
  readonly last: number
  /** What identities of this writer begin with; no other has it. */
  readonly writer: string
  readonly clock: Clock
  readonly log: Log
  /** The next message; undefined: there is none now. */
  readonly next: () => Outgoing | undefined
  /** Refuses what waits and was never sent. */
  readonly refuse: (error: Problem) => void
  /** The stream ends at a lower number than was acknowledged. */
  readonly fellBack: (last: number) => Promise<void>
  readonly times?: Partial<PublisherTimes>
}

/** All in milliseconds. */
export interface PublisherTimes {
  /** How long nobody may answer before what waits is refused. */
  readonly patience: number
  /** How long a stream must be seen shorter than acknowledged: a leader that lost its cluster says so for a while. */
  readonly doubt: number
  /** How long closing waits for a broker that is away. */
  readonly farewell: number
}

const usualTimes: PublisherTimes = { patience: 5_000, doubt: 15_000, farewell: 5_000 }
const underWay = 8
const shortestWait = 20
const longestWait = 1_000

export class OrderedPublisher {
  readonly #parts: PublisherParts
  readonly #times: PublisherTimes
  readonly #sent: Sent[] = []
  #last: number
  #count = 0
  #running: Promise<void> | undefined
  #closingAt: number | undefined
  #trouble: { readonly since: number; reason: string } | undefined
  #shorterSince: number | undefined
  #taken: Problem | undefined

  constructor(parts: PublisherParts) {
    this.#parts = parts
    this.#last = parts.last
    this.#times = { ...usualTimes, ...parts.times }
  }

  /** Last number known to be stored. */
  get last(): number {
    return this.#last
  }

  /** Whether something was sent and is not answered. */
  get isBusy(): boolean {
    return this.#sent.length > 0
  }

  /** Why nothing more is to be taken in; undefined: it is. */
  get refusal(): Problem | undefined {
    if (this.#taken) return this.#taken
    if (!this.#trouble || this.#now() - this.#trouble.since < this.#times.patience) return undefined
    return new Problem('ingest.bus-unreachable', this.#trouble.reason)
  }

  /** There is something to send. */
  wake(): void {
    this.#running ??= this.#run()
  }

  /** Resolves when everything is answered, or nobody answered for a while. */
  async close(): Promise<void> {
    this.#closingAt = this.#now()
    await this.#running
  }

  async #run(): Promise<void> {
    // What is given in the same turn of the event loop travels together.
    await Promise.resolve()
    for (;;) {
      this.#fill()
      const [head] = this.#sent
      if (!head) break
      const answer = await head.answer
      if (answer.kind === 'stored' && answer.sequence === this.#last + 1) this.#acknowledge()
      else await this.#clear(answer)
    }
    this.#running = undefined
  }

  #fill(): void {
    if (this.#taken) this.#parts.refuse(this.#taken)
    while (this.#sent.length < underWay) {
      const outgoing = this.#parts.next()
      if (!outgoing) return
      const id = `${this.#parts.writer}:${++this.#count}`
      this.#sent.push({ outgoing, id, answer: this.#publish(outgoing, id, this.#sent.length) })
    }
  }

  #publish({ data }: Outgoing, id: string, ahead: number): Promise<Published> {
    return this.#parts.stream.publish(data, id, this.#last + ahead)
  }

  #acknowledge(): void {
    const head = this.#sent.shift()
    this.#last += 1
    this.#trouble = undefined
    head?.outgoing.stored(this.#last)
  }

  /** The oldest message was not acknowledged: finds out what became of all that is under way. */
  async #clear(answer: Published): Promise<void> {
    await Promise.all(this.#sent.map((sent) => sent.answer))
    const reason = answer.kind === 'stored' ? 'an answer out of place' : answer.reason
    if (!(await this.#compare(reason))) return
    if (answer.kind !== 'refused') {
      await pause(shortestWait)
      for (const [ahead, sent] of this.#sent.entries())
        sent.answer = this.#publish(sent.outgoing, sent.id, ahead)
      return
    }
    // Nothing behind it can be stored, as it is missing.
    const problem = new Problem('ingest.overloaded', answer.reason)
    for (const { outgoing } of this.#sent.splice(0)) outgoing.failed(problem)
  }

  /** Reads what the stream holds until that is known; false: nothing is left to send. */
  async #compare(reason: string): Promise<boolean> {
    let words = reason
    for (let wait = shortestWait; ; wait = Math.min(2 * wait, longestWait)) {
      const isKnown = await this.#look().catch((error: unknown) => {
        if (error instanceof Problem) this.#giveUp(error)
        else words = error instanceof Error ? error.message : String(error)
        return error instanceof Problem
      })
      if (this.#sent.length === 0) this.#trouble = undefined
      else this.#note(words)
      if (this.#sent.length > 0 && this.#isFarewellOver())
        this.#giveUp(new Problem('ingest.bus-unreachable', words))
      if (isKnown || this.#sent.length === 0) return this.#sent.length > 0
      await pause(wait)
    }
  }

  /** Throws Problem ingest.bus-taken where another process writes; anything else where nobody answers. */
  async #look(): Promise<boolean> {
    const { stream, writer } = this.#parts
    const { first, last } = await stream.bounds()
    if (last < this.#last) return this.#doubt(last)
    this.#shorterSince = undefined
    while (this.#last < last) {
      const sequence = this.#last + 1
      const message = await stream.read(sequence)
      if (!message && sequence >= first) throw new Error(`message ${sequence} cannot be read yet`)
      if (!message || message.id === this.#sent[0]?.id) this.#acknowledge()
      else if (message.id.startsWith(`${writer}:`)) this.#last = sequence
      else throw new Problem('ingest.bus-taken')
    }
    return true
  }

  async #doubt(last: number): Promise<boolean> {
    this.#shorterSince ??= this.#now()
    if (this.#now() - this.#shorterSince < this.#times.doubt)
      throw new Error('the stream is shorter than what was acknowledged')
    await this.#parts.fellBack(last)
    this.#shorterSince = undefined
    this.#last = last
    for (const { outgoing } of this.#sent.splice(0).reverse()) outgoing.remake()
    return true
  }

  #note(reason: string): void {
    if (this.#trouble) this.#trouble.reason = reason
    else {
      this.#trouble = { since: this.#now(), reason }
      this.#parts.log.warn({ reason }, 'the bus left a message unanswered')
    }
    const { refusal } = this
    if (refusal) this.#parts.refuse(refusal)
  }

  #giveUp(problem: Problem): void {
    if (problem.code === 'ingest.bus-taken') this.#taken = problem
    this.#parts.log.error({ problem }, 'messages under way are given up')
    for (const { outgoing } of this.#sent.splice(0)) outgoing.failed(problem)
    this.#parts.refuse(problem)
  }

  #isFarewellOver(): boolean {
    const { farewell } = this.#times
    return this.#closingAt !== undefined && this.#now() - this.#closingAt >= farewell
  }

  #now(): number {
    return this.#parts.clock.monotonic()
  }
}
