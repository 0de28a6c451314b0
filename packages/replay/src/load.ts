import { setTimeout as pause } from 'node:timers/promises'
import { HttpBatchSender, type HttpTarget } from './send/http-batch-sender.ts'
import type { HttpWire } from './send/http-wire.ts'
import type { Listener, Sender } from './send/sender.ts'
import { type StreamListener, SyslogTcpSender } from './send/syslog-tcp-sender.ts'
import { SyslogUdpSender } from './send/syslog-udp-sender.ts'

export type LoadTarget =
  | ({ readonly kind: 'syslog-tcp' } & StreamListener)
  | ({ readonly kind: 'syslog-udp' } & Listener & { readonly from?: string })
  | ({ readonly kind: HttpWire } & HttpTarget)

export interface LoadOptions {
  /** Each has a connection of its own and gets an equal part of the lines; at least one. */
  readonly targets: readonly [LoadTarget, ...LoadTarget[]]
  /** Of all targets together; 0: as fast as they take them. */
  readonly linesPerSecond: number
  readonly lines: number
  /** Starts every `Idempotency-Key`; must differ between runs. */
  readonly keyPrefix: string
  /** Line number `n`, from 0. */
  readonly line: (n: number) => string
  readonly clock: { monotonic(): number }
  readonly signal: AbortSignal
  readonly batchLines?: number
  /** Called some ten times a second. */
  readonly onProgress?: (soFar: LoadResult) => void
}

export interface LoadResult {
  readonly sent: number
  readonly acknowledged: number
  readonly resent: number
  readonly seconds: number
}

/** Milliseconds between two looks at how many lines are due. */
const tick = 10
const tellEvery = 100
/** Lines sent at once where no pace is asked for. */
const unpaced = 1_000

/**
 * Sends `lines` lines at a steady pace, or as fast as the receivers take them. Over HTTP every batch is sent
 * again until it is acknowledged, so on return `acknowledged` of them are the receiver's. Throws what one of them
 * refuses for good.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { clock, targets, onProgress } = options
  const start = clock.monotonic()
  const senders = targets.map((target, at) => senderFor(target, at, options))
  const soFar = () => ({ ...sumOf(senders), seconds: (clock.monotonic() - start) / 1_000 })
  const told = onProgress && setInterval(() => onProgress(soFar()), tellEvery)
  try {
    await Promise.all(senders.map((sender, at) => feed(sender, at, start, options)))
    return soFar()
  } finally {
    clearInterval(told)
  }
}

/** Gives one sender of several every line that is its turn, when it is due, and closes it. */
async function feed(sender: Sender, at: number, start: number, options: LoadOptions) {
  try {
    await sendAll(sender, at, start, options)
  } catch (error) {
    if (!options.signal.aborted) throw error
  }
  await sender.close()
}

async function sendAll(sender: Sender, at: number, start: number, options: LoadOptions) {
  const { clock, lines, linesPerSecond, line, signal, targets } = options
  for (let n = at; n < lines; ) {
    const paced = ((clock.monotonic() - start) / 1_000) * linesPerSecond + 1
    const due = Math.min(lines, linesPerSecond === 0 ? n + unpaced : paced)
    for (; n < due; n += targets.length) {
      signal.throwIfAborted()
      await sender.send(line(n))
    }
    if (n < lines) await pause(linesPerSecond === 0 ? 0 : tick, undefined, { signal })
  }
}

function sumOf(senders: readonly Sender[]): Omit<LoadResult, 'seconds'> {
  const sum = { sent: 0, acknowledged: 0, resent: 0 }
  for (const sender of senders) {
    const { sent, acknowledged, resent } = sender.counts()
    sum.sent += sent
    sum.acknowledged += acknowledged
    sum.resent += resent
  }
  return sum
}

function senderFor(target: LoadTarget, at: number, options: LoadOptions): Sender {
  const { keyPrefix, signal, batchLines = 500 } = options
  if (target.kind === 'syslog-tcp') return new SyslogTcpSender(target, signal)
  if (target.kind === 'syslog-udp') return new SyslogUdpSender(target)
  return new HttpBatchSender({
    wire: target.kind,
    target,
    keyPrefix: `${keyPrefix}-${at}`,
    batchRecords: batchLines,
    parallel: 4,
    linger: 100,
    signal,
  })
}
