import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventApi } from '@haidang/contracts/event-api'
import { interrupt, meetingOf } from './harness/interrupt.ts'
import { dropsAt, hasDropCounter } from './harness/kernel-sockets.ts'
import { until } from './harness/until.ts'
import { SenderCertificates, type SenderFiles } from './senders/sender-certificates.ts'
import { type StreamSenderName, senderKinds, type Target } from './senders/sender-kinds.ts'
import type { StreamSender, TextOf } from './senders/stream-sender.ts'
import { rowsOfStopped, type StartedStation, startStation } from './start-station.ts'

interface StreamDeliveryOptions {
  readonly senders: readonly StreamSenderName[]
  /** Of each sender. */
  readonly records: number
  /** How the node goes away in the middle; it is started again at once. */
  readonly interruption: 'stop' | 'kill'
  /** Whether senders over TLS must show certificates. */
  readonly isMutual: boolean
}

/** What a station made of the numbered records of one sender. */
export interface StreamDelivery {
  readonly events: number
  /** Numbers that never came, and where the runs of them begin and end. */
  readonly lost: number
  readonly gaps: readonly string[]
  /** Events beyond the first of a number. */
  readonly repeated: number
  readonly seconds: number
}

/** Of the source all senders of a kind share. */
interface SourceDelivery {
  readonly dropped: number
  readonly duplicatedPossible: number
}

const patience = 300_000
const sharedKey = 'a key of the delivery test'

/**
 * Sends numbered records with real clients to one station all at once. When a third has been handed over, the
 * node goes away and comes back; after two thirds each client is ended and started again. Then looks at the rows
 * in the store of the stopped station.
 */
export async function deliverStreams(options: StreamDeliveryOptions): Promise<{
  senders: Record<string, StreamDelivery>
  sources: Record<string, SourceDelivery>
}> {
  const { senders: names, records, interruption, isMutual } = options
  const place = await mkdtemp(join(tmpdir(), 'haidang-senders-'))
  const certificates = await SenderCertificates.make(join(place, 'certificates'))
  const socket = join(place, 'syslog.sock')
  const kinds = [...new Set(names.map((name) => senderKinds[name].collector))]
  await using station = await startStation({
    sources: kinds.map((kind) => ({
      name: kind,
      collector: kind,
      ...(kind === 'syslog-socket' && { path: socket }),
    })),
    station: {
      fluent_shared_key: sharedKey,
      tls: {
        lumberjack: true,
        fluent: true,
        ...(isMutual && { client_authorities: certificates.authorityFile }),
      },
    },
  })
  const started: StreamSender[] = []
  try {
    await untilHeard(station, kinds)
    const began = performance.now()
    const half = meetingOf(names.length)
    const back = Promise.withResolvers<void>()
    const sending = names.map(async (name) => {
      const kind = senderKinds[name]
      const target: Target = {
        station,
        socket,
        sharedKey,
        directory: join(place, name),
        files: await filesOf(name, station, isMutual ? certificates : undefined),
        textOf: textOf(name),
        linesPerSecond: 2_000,
      }
      await mkdir(target.directory)
      const sender = await kind.start(target)
      started.push(sender)
      const arrived = (count: number) =>
        until(`record ${count} of ${name}`, patience, () =>
          kind.collector === 'syslog-udp'
            ? areCounted(station, count * names.filter(isByDatagram).length)
            : hasArrived(station, name, count),
        )
      await sendAll({
        sender,
        records,
        sendsWhileAway: kind.sendsWhileAway,
        half,
        back: back.promise,
        // What such a client has sent it will not send again; datagrams that wait in the kernel end with the node.
        settled:
          !kind.sendsWhileAway && (interruption === 'kill' || isByDatagram(name))
            ? arrived
            : undefined,
      })
      await arrived(records).catch((error: unknown) => {
        throw new Error(`it said: ${sender.complaints || 'nothing'}`, { cause: error })
      })
      return { name, seconds: Math.round((performance.now() - began) / 1_000) }
    })
    const interrupting = half.all
      .then(() => interrupt(station, interruption))
      .then(() => untilHeard(station, kinds))
      .then(back.resolve, back.reject)
    const [sent] = await Promise.all([Promise.all(sending), interrupting])
    const sources = await sourcesOf(station, kinds)
    await Promise.all(started.map((sender) => sender.stop()))
    await station.node.stop()
    const rows = await rowsIn(station.node.directory)
    const senders: Record<string, StreamDelivery> = {}
    for (const { name, seconds } of sent) {
      senders[name] = { ...deliveryOf(rows.get(name) ?? new Map(), records), seconds }
    }
    return { senders, sources }
  } finally {
    await Promise.all(started.map((sender) => sender.stop()))
    await rm(place, { recursive: true, force: true })
  }
}

interface Sending {
  readonly sender: StreamSender
  readonly records: number
  readonly sendsWhileAway: boolean
  readonly half: ReturnType<typeof meetingOf>
  readonly back: Promise<void>
  readonly settled: ((count: number) => Promise<unknown>) | undefined
}

/** A third, one more while the node goes away (or when it is back), and after a restart of the client the rest. */
async function sendAll(sending: Sending): Promise<void> {
  const { sender, records, sendsWhileAway, half, back, settled } = sending
  const third = Math.floor(records / 3)
  await sender.send(0, third)
  await settled?.(third)
  await half.arrive()
  if (!sendsWhileAway) await back
  await sender.send(third, 2 * third)
  await back
  await sender.restart()
  await sender.send(2 * third, records)
}

async function filesOf(
  name: string,
  { node }: StartedStation,
  certificates: SenderCertificates | undefined,
): Promise<SenderFiles> {
  const authority = join(node.directory, 'keys/authority.pem')
  return certificates ? { authority, own: await certificates.of(name) } : { authority }
}

async function untilHeard({ ports, syslogPort }: StartedStation, kinds: readonly string[]) {
  const wanted: Readonly<Record<string, number>> = {
    'syslog-tcp': syslogPort,
    'syslog-tls': ports.syslogTls,
    'elastic-bulk': ports.elastic,
    lumberjack: ports.lumberjack,
    'fluent-forward': ports.fluent,
  }
  if (hasDropCounter && kinds.includes('syslog-udp'))
    await until('datagrams to be heard', 30_000, () => dropsAt(syslogPort) !== undefined)
  for (const kind of kinds) {
    const port = wanted[kind]
    if (port === undefined) continue
    await until(`${kind} to be listened to`, 30_000, async () => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.destroy()
      return true
    })
  }
}

function isByDatagram(name: StreamSenderName): boolean {
  return senderKinds[name].collector === 'syslog-udp'
}

/** Datagrams may be lost on the way, also the last: what came and what was dropped is counted. */
async function areCounted(station: StartedStation, records: number): Promise<boolean> {
  const { parsed, rejected, dropped } = (await station.source('syslog-udp')).counters
  return parsed + rejected + dropped >= records
}

async function hasArrived(
  station: StartedStation,
  name: StreamSenderName,
  records: number,
): Promise<boolean> {
  const now = Date.now()
  const { items } = await station.node.api(eventApi).search({
    query: {
      // Some write times without a zone.
      from: new Date(now - 86_400_000).toISOString(),
      to: new Date(now + 86_400_000).toISOString(),
      filter: `raw:"${textOf(name)(records - 1)}"`,
      limit: 1,
    },
  })
  return items.length > 0
}

async function sourcesOf(station: StartedStation, kinds: readonly string[]) {
  const sources: Record<string, SourceDelivery> = {}
  for (const kind of kinds) {
    const { dropped, duplicated_possible } = (await station.source(kind)).counters
    sources[kind] = { dropped, duplicatedPossible: duplicated_possible }
  }
  return sources
}

function textOf(name: StreamSenderName): TextOf {
  return (n) => `dang nhap that bai tu 192.0.2.${n % 250} ${name}-so=${n}.`
}

/** By sender, how often each number is in the store. */
async function rowsIn(directory: string): Promise<Map<string, Map<number, number>>> {
  const rows = await rowsOfStopped<{ sender: string; number: string; times: number | string }>(
    directory,
    `select extract(raw_data, '([a-z-]+)-so=') as sender, extract(raw_data, '-so=(\\\\d+)') as number,
       count() as times
     from event where sender != '' group by sender, number`,
  )
  const found = new Map<string, Map<number, number>>()
  for (const { sender, number, times } of rows) {
    const numbers = found.get(sender) ?? new Map<number, number>()
    found.set(sender, numbers.set(Number(number), Number(times)))
  }
  return found
}

function deliveryOf(numbers: ReadonlyMap<number, number>, records: number) {
  const events = [...numbers.values()].reduce((sum, times) => sum + times, 0)
  const missing = Array.from({ length: records }, (_, n) => n).filter((n) => !numbers.has(n))
  const ends = missing.filter((n, at) => missing[at + 1] !== n + 1)
  const gaps = missing
    .filter((n, at) => missing[at - 1] !== n - 1)
    .map((n, at) => `${n}-${ends[at]}`)
  return { events, lost: records - numbers.size, gaps, repeated: events - numbers.size }
}
