import { setTimeout as pause } from 'node:timers/promises'
import { JsonLinesSender, type JsonLinesTarget } from './send/json-lines-sender.ts'
import type { Listener, Sender } from './send/sender.ts'
import { SyslogTcpSender } from './send/syslog-tcp-sender.ts'
import { SyslogUdpSender } from './send/syslog-udp-sender.ts'

export type LoadTarget =
  | ({ readonly kind: 'syslog-tcp' } & Listener)
  | ({ readonly kind: 'syslog-udp' } & Listener)
  | ({ readonly kind: 'json-lines' } & JsonLinesTarget)

export interface LoadOptions {
  readonly target: LoadTarget
  readonly linesPerSecond: number
  readonly lines: number
  /** Starts every `Idempotency-Key`; must differ between runs. */
  readonly keyPrefix: string
  /** Line number `n`, from 0. */
  readonly line: (n: number) => string
  readonly clock: { monotonic(): number }
  readonly signal: AbortSignal
  readonly batchLines?: number
}

export interface LoadResult {
  readonly sent: number
  readonly acknowledged: number
  readonly resent: number
  readonly seconds: number
}

/** Milliseconds between two looks at how many lines are due. */
const tick = 10

/**
 * Sends `lines` lines at a steady pace, or as fast as the receiver takes them. Over JSON lines every batch
 * is sent again until it is acknowledged, so on return `acknowledged` of them are the receiver's.
 */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { clock, lines, linesPerSecond, line, signal } = options
  const sender = senderFor(options)
  const start = clock.monotonic()
  try {
    for (let n = 0; n < lines && !signal.aborted; ) {
      const due = Math.min(lines, ((clock.monotonic() - start) / 1_000) * linesPerSecond + 1)
      for (; n < due && !signal.aborted; n++) await sender.send(line(n))
      if (n < lines) await pause(tick, undefined, { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  await sender.close()
  return { ...sender.counts(), seconds: (clock.monotonic() - start) / 1_000 }
}

function senderFor({ target, keyPrefix, signal, batchLines = 500 }: LoadOptions): Sender {
  switch (target.kind) {
    case 'syslog-tcp':
      return new SyslogTcpSender(target, signal)
    case 'syslog-udp':
      return new SyslogUdpSender(target)
    case 'json-lines':
      return new JsonLinesSender({
        target,
        keyPrefix,
        batchRecords: batchLines,
        parallel: 4,
        linger: 100,
        signal,
      })
  }
}
