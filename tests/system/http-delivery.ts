import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectorKind } from '@haidang/contracts/source'
import { interrupt, meetingOf } from './harness/interrupt.ts'
import { until } from './harness/until.ts'
import {
  elasticHelper,
  type HttpSender,
  type HttpTarget,
  otlpJson,
  otlpProtobuf,
  splunkSdk,
} from './http-senders.ts'
import { RsyslogSender } from './rsyslog-sender.ts'
import { rowsOfStopped, type StartedStation, startStation } from './start-station.ts'

type Name = 'elastic-helper' | 'splunk-sdk' | 'otlp-json' | 'otlp-protobuf' | 'omelasticsearch'

interface HttpDeliveryOptions {
  readonly senders: readonly Name[]
  /** Of each sender. */
  readonly records: number
  /** How the node goes away in the middle; it is started again at once. */
  readonly interruption: 'stop' | 'kill'
}

/** What a station made of the numbered records of one sender. */
export interface HttpDelivery {
  readonly events: number
  /** How many different numbers they carry. */
  readonly numbers: number
  /** Told to the sender as known already. */
  readonly known: number
  readonly parsed: number
  readonly rejected: number
  readonly seconds: number
}

const collectors: Readonly<Record<Name, CollectorKind>> = {
  'elastic-helper': 'elastic-bulk',
  omelasticsearch: 'elastic-bulk',
  'splunk-sdk': 'splunk-hec',
  'otlp-json': 'otlp-http',
  'otlp-protobuf': 'otlp-http',
}
const patience = 600_000

/**
 * Sends numbered records with real clients to one station all at once, stops or kills its program when a
 * part has come and starts it again; then looks at the rows, in the store of the stopped station.
 */
export async function deliverOverHttp({
  senders,
  records,
  interruption,
}: HttpDeliveryOptions): Promise<Record<string, HttpDelivery>> {
  await using station = await startStation({
    sources: senders.map((name) => ({ name, collector: collectors[name] })),
  })
  const began = performance.now()
  const half = meetingOf(senders.length)
  const sending = senders.map(async (name) => {
    const to = { ...targetOf(name, station), atHalf: half.arrive }
    const known = await senderOf(name, station)(to, records, textOf(name))
    const counters = await until(`all records of ${name}`, patience, async () => {
      const source = await station.source(name)
      const { parsed, rejected } = source.counters
      return parsed + rejected >= records && source.counters
    })
    return { name, known, counters, seconds: (performance.now() - began) / 1_000 }
  })
  // From here on they send the other half into a node that goes away.
  await half.all
  await interrupt(station, interruption)
  const sent = await Promise.all(sending)
  await station.node.stop()
  const delivered: Record<string, HttpDelivery> = {}
  for (const { name, known, seconds, counters } of sent) {
    const { parsed, rejected } = counters
    const rows = await rowsOf(name, station.node.directory)
    delivered[name] = { ...rows, known, parsed, rejected, seconds: Math.round(seconds) }
  }
  return delivered
}

function senderOf(name: Name, station: StartedStation): HttpSender {
  switch (name) {
    case 'elastic-helper':
      return elasticHelper
    case 'splunk-sdk':
      return splunkSdk
    case 'otlp-json':
      return otlpJson
    case 'otlp-protobuf':
      return otlpProtobuf
    case 'omelasticsearch':
      return rsyslog(station)
  }
}

/** Lets rsyslogd read a file and send it on; it stops when the station is disposed of. */
function rsyslog({ node, source }: StartedStation): HttpSender {
  return async ({ url, token, atHalf }, count, textOf) => {
    const directory = join(node.directory, '../rsyslog')
    await mkdir(directory)
    const port = Number(new URL(url).port)
    const sender = await RsyslogSender.start({
      directory,
      to: { protocol: 'elastic', port, token },
    })
    try {
      const first = Math.floor(count / 2)
      await sender.writeSteadily(first, 5_000, textOf)
      await atHalf()
      await sender.writeSteadily(count - first, 5_000, (n) => textOf(first + n))
      await until('all lines of rsyslogd', patience, async () => {
        const { counters } = await source('omelasticsearch')
        return counters.received >= count
      }).catch((error: unknown) => {
        throw new Error(`rsyslogd said: ${sender.errors || 'nothing'}`, { cause: error })
      })
      return 0
    } finally {
      await sender.stop()
    }
  }
}

function targetOf(name: Name, { ports, tokens }: StartedStation): Omit<HttpTarget, 'atHalf'> {
  const kind = collectors[name]
  const port =
    kind === 'elastic-bulk' ? ports.elastic : kind === 'splunk-hec' ? ports.hec : ports.otlp
  return { url: `http://127.0.0.1:${port}`, token: tokens.get(name) ?? '' }
}

function textOf(name: Name): (n: number) => string {
  return (n) => `dang nhap that bai tu 192.0.2.${n % 250} ${name}-so=${n}.`
}

async function rowsOf(name: Name, directory: string) {
  const number = `extract(raw_data, '${name}-so=(\\\\d+)')`
  const [row] = await rowsOfStopped<{ events: number | string; numbers: number | string }>(
    directory,
    `select count() as events, uniqExact(${number}) as numbers from event where ${number} != ''`,
  )
  return { events: Number(row?.events ?? 0), numbers: Number(row?.numbers ?? 0) }
}
