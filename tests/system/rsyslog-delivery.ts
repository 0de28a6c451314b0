import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { dropsAt } from './harness/kernel-sockets.ts'
import { until } from './harness/until.ts'
import { RsyslogSender } from './rsyslog-sender.ts'
import { rowsOfStopped, type StartedStation, startStation } from './start-station.ts'

interface DeliveryOptions {
  readonly protocol: 'tcp' | 'udp'
  readonly lines: number
  /** As fast as it goes unless told. */
  readonly linesPerSecond?: number
  /** After these lines the station's program is held, and more are sent until the kernel drops some. */
  readonly thenHold?: boolean
}

/** What a station made of numbered lines from Debian's rsyslog. */
export interface Delivery {
  readonly sent: number
  /** Events in the store, and how many different numbers they carry. */
  readonly events: number
  readonly numbers: number
  /** As the API shows the source's counters. */
  readonly received: number
  readonly parsed: number
  readonly dropped: number
  /** What the kernel itself says it dropped at the listener; undefined where it does not say. */
  readonly kernelDropped: number | undefined
  /** From the first line written to the last one stored. */
  readonly seconds: number
}

const patience = 180_000
const mark = 'so-hieu='
const mostWhileHeld = 100_000
const perStep = 500
/** Fills the buffer of a socket sooner. */
const padding = '.'.repeat(1_000)

/**
 * Sends numbered lines through rsyslogd into a station's ordinary listener and waits until every one is
 * stored or counted as dropped; then looks at the rows themselves, in the store of the stopped station.
 */
export async function deliver({
  protocol,
  lines,
  linesPerSecond,
  thenHold = false,
}: DeliveryOptions): Promise<Delivery> {
  await using station = await startStation({
    sources: [{ name: 'rsyslog', collector: `syslog-${protocol}` }],
  })
  const directory = join(station.node.directory, '../rsyslog')
  await mkdir(directory)
  const sender = await RsyslogSender.start({
    directory,
    to: { protocol, port: station.syslogPort },
  })
  try {
    const began = performance.now()
    const perSecond = linesPerSecond ?? 1e6
    await sender.writeSteadily(lines, perSecond, lineOf)
    const sent = thenHold ? await sendWhileHeld(station, sender, lines) : lines
    const { counters } = await until('all lines to be stored or counted', patience, async () => {
      const source = await station.source('rsyslog')
      const { parsed, rejected, dropped } = source.counters
      return parsed + rejected + dropped >= sent && source
    }).catch((error: unknown) => {
      throw new Error(`rsyslogd said: ${sender.errors || 'nothing'}`, { cause: error })
    })
    const seconds = (performance.now() - began) / 1_000
    const kernelDropped = protocol === 'udp' ? dropsAt(station.syslogPort) : undefined
    await sender.stop()
    await station.node.stop()
    const { received, parsed, dropped } = counters
    const rows = await countRows(station.node.directory)
    return { sent, ...rows, received, parsed, dropped, kernelDropped, seconds }
  } finally {
    await sender.stop()
  }
}

/**
 * A program that is held takes nothing in, so that what comes has only the kernel's buffer: sends on from
 * line `first` until that is full and some were dropped. Answers how many lines were sent in all.
 */
async function sendWhileHeld(
  { node, syslogPort }: StartedStation,
  sender: RsyslogSender,
  first: number,
): Promise<number> {
  let sent = first
  process.kill(node.access.pid, 'SIGSTOP')
  try {
    while ((dropsAt(syslogPort) ?? 0) === 0 && sent < first + mostWhileHeld) {
      const from = sent
      await sender.writeSteadily(perStep, 5_000, (n) => `${lineOf(from + n)}${padding}`)
      sent += perStep
    }
  } finally {
    process.kill(node.access.pid, 'SIGCONT')
  }
  return sent
}

function lineOf(n: number): string {
  return `cong 22: dang nhap that bai tu 192.0.2.${n % 250} ${mark}${n}.`
}

async function countRows(directory: string): Promise<{ events: number; numbers: number }> {
  const number = `extract(raw_data, '${mark}(\\\\d+)')`
  const [row] = await rowsOfStopped<{ events: number | string; numbers: number | string }>(
    directory,
    `select count() as events, uniqExact(${number}) as numbers from event where ${number} != ''`,
  )
  return { events: Number(row?.events ?? 0), numbers: Number(row?.numbers ?? 0) }
}
