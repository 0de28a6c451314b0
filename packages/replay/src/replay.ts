import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, Message, Scenario } from './scenario.ts'
import { HttpBatchSender } from './send/http-batch-sender.ts'
import type { Listener, Sender } from './send/sender.ts'
import { SyslogTcpSender } from './send/syslog-tcp-sender.ts'
import { SyslogUdpSender } from './send/syslog-udp-sender.ts'

/** Ordinary listeners of one station. A record whose way in is missing is skipped and counted. */
export interface StationTarget {
  readonly syslogTcp?: Listener
  readonly syslogUdp?: Listener
  readonly jsonLines?: {
    /** Base address of the node, such as `http://127.0.0.1:8080`. */
    readonly url: string
    /** Tokens by name of the source: `suricata`, `zeek`, `windows`. */
    readonly tokens: Readonly<Record<string, string>>
  }
}

export interface ReplayProgress {
  readonly sent: number
  readonly skipped: number
  /** The story is told; only ordinary traffic follows. */
  readonly storyTold: boolean
}

export interface ReplayOptions {
  readonly targets: Readonly<Record<string, StationTarget>>
  readonly scenario: Scenario
  /** 1 tells the story as written; 2 twice as fast. */
  readonly speed: number
  readonly clock: { now(): number }
  readonly signal: AbortSignal
  readonly seed?: number
  /** Whether ordinary traffic goes on after the story, until the signal aborts. */
  readonly goOn?: boolean
  readonly onProgress?: (progress: ReplayProgress) => void
}

/**
 * Plays a scenario into the ordinary listeners of stations, over real sockets, every record marked as
 * simulated and bearing the time of its sending. Resolves when the story is told and delivered, or, with
 * `goOn`, when the signal aborts. A station that is away is tried again without holding up the others.
 */
export async function replay(options: ReplayOptions): Promise<ReplayProgress> {
  const { scenario, targets, clock, signal, seed = 1, goOn = false, onProgress } = options
  const desk = new Desk(targets, `replay-${scenario.name}-${clock.now()}`, signal)
  const start = clock.now()
  const story = scenario.story(seed)
  const end = goOn ? Number.POSITIVE_INFINITY : (story.at(-1)?.at ?? 0)
  const told = story.at(-1)?.at ?? 0
  try {
    for (const message of inOrder(story, scenario.background(seed))) {
      if (message.at > end) break
      const due = start + (message.at / options.speed) * 1_000
      if (due > clock.now()) await pause(due - clock.now(), undefined, { signal })
      signal.throwIfAborted()
      desk.hand(message, clock.now())
      onProgress?.(desk.progress(message.at >= told))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  await desk.close()
  return desk.progress(true)
}

/** The story and what goes on around it, in order of time. */
function* inOrder(story: readonly Message[], background: Iterable<Message>): Generator<Message> {
  let next = 0
  for (const ordinary of background) {
    for (let told = story[next]; told && told.at <= ordinary.at; told = story[next]) {
      yield told
      next += 1
    }
    yield ordinary
  }
}

/** Hands every message to the sender of its station and channel, which works through its own queue. */
class Desk {
  readonly #targets: Readonly<Record<string, StationTarget>>
  readonly #keyPrefix: string
  readonly #signal: AbortSignal
  readonly #lanes = new Map<string, Lane | undefined>()
  #skipped = 0

  constructor(
    targets: Readonly<Record<string, StationTarget>>,
    keyPrefix: string,
    signal: AbortSignal,
  ) {
    this.#targets = targets
    this.#keyPrefix = keyPrefix
    this.#signal = signal
  }

  hand({ station, channel, write }: Message, time: number): void {
    const name = `${station}-${channel}`
    if (!this.#lanes.has(name)) {
      const sender = this.#senderFor(station, channel)
      this.#lanes.set(name, sender && new Lane(sender))
    }
    const lane = this.#lanes.get(name)
    if (!lane?.push(write(time))) this.#skipped += 1
  }

  progress(storyTold: boolean): ReplayProgress {
    let sent = 0
    for (const lane of this.#lanes.values()) sent += lane?.sent() ?? 0
    return { sent, skipped: this.#skipped, storyTold }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane?.close()))
  }

  #senderFor(station: string, channel: Channel): Sender | undefined {
    const target = this.#targets[station]
    if (!target) return undefined
    if (channel === 'syslog') {
      if (target.syslogTcp) return new SyslogTcpSender(target.syslogTcp, this.#signal)
      return target.syslogUdp && new SyslogUdpSender(target.syslogUdp)
    }
    const token = target.jsonLines?.tokens[channel]
    if (!target.jsonLines || !token) return undefined
    return new HttpBatchSender({
      wire: 'json-lines',
      target: { url: `${target.jsonLines.url}/ingest/v1/${channel}`, token },
      keyPrefix: `${this.#keyPrefix}-${station}-${channel}`,
      batchRecords: 200,
      parallel: 1,
      linger: 200,
      signal: this.#signal,
    })
  }
}

const laneLimit = 10_000

/** A bounded queue before one sender. */
class Lane {
  readonly #sender: Sender
  #waiting = 0
  #tail: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /** False when the station has been away for so long that the queue is full. */
  push(record: string): boolean {
    if (this.#waiting >= laneLimit || this.#failure) return false
    this.#waiting += 1
    this.#tail = this.#tail
      .then(() => this.#sender.send(record))
      .catch((error: unknown) => {
        this.#failure ??= error
      })
      .finally(() => {
        this.#waiting -= 1
      })
    return true
  }

  sent(): number {
    return this.#sender.counts().sent
  }

  async close(): Promise<void> {
    await this.#tail
    await this.#sender.close().catch((error: unknown) => {
      this.#failure ??= error
    })
  }
}
