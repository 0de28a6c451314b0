import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { connectBus } from '@haidang/runtime/spool/nats/connect-bus'
import type { NatsServer } from '@haidang/testbed/nats-server'
import { type StartedStation, startStation } from '../start-station.ts'
import { numberedLoad } from './numbered-load.ts'
import { storedBatches } from './stored.ts'
import { until } from './until.ts'
import { webLine } from './web-lines.ts'

interface NatsRunOptions {
  /** Servers the station knows; killed in turn, and started again. */
  readonly servers: readonly NatsServer[]
  /** Kills of servers; with every third the program of the station is killed, too. Of several servers, in the end all and it at once. */
  readonly kills: number
  readonly linesPerSecond: number
  readonly say: (text: string) => void
}

const batchLines = 500
const settling = 120_000

/**
 * A station whose records wait in NATS, under load: servers and the program are killed, and afterwards every
 * acknowledged line is stored exactly once, every other at most once.
 */
export async function natsRun(options: NatsRunOptions): Promise<Record<string, number>> {
  const { servers, kills, linesPerSecond, say } = options
  await using station = await startStation({
    sources: [{ name: 'zeek', collector: 'json-lines', format: 'zeek-json' }],
    bus: { url: servers.map(({ url }) => url).join(',') },
  })
  const stop = new AbortController()
  const began = performance.now()
  const loading = numberedLoad({
    url: `${station.node.access.url}/ingest/v1/zeek`,
    token: station.tokens.get('zeek') ?? '',
    line: (n) => webLine(n, Date.now()),
    stop: stop.signal,
    key: 'nats',
    batchLines,
    linesPerSecond,
    parallel: 4,
  })
  const killing = killInTurn(station, servers, kills, say)
  await Promise.race([killing, loading.then(() => killing)])
  stop.abort()
  const sent = await loading
  const seconds = (performance.now() - began) / 1000
  await until('every line to be stored', settling, async () => {
    const { counters } = await station.source('zeek')
    return counters.parsed >= sent.length * batchLines
  })
  await station.node.stop()
  const stored = await storedBatches(station.node.directory, batchLines)
  const whole = { rows: batchLines, numbers: batchLines, ids: batchLines }
  const expected = sent.map(({ index: batch }) => ({ batch, ...whole }))
  assert.deepEqual(stored, expected, 'every batch stands once')
  return {
    server_kills: kills,
    lines_acknowledged: sent.length * batchLines,
    lines_lost: 0,
    lines_duplicated: 0,
    batches_sent_again: sent.filter(({ attempts }) => attempts > 1).length,
    lines_per_second: Math.round((sent.length * batchLines) / seconds),
  }
}

async function killInTurn(
  { node }: StartedStation,
  servers: readonly NatsServer[],
  kills: number,
  say: (text: string) => void,
): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    await pause(1_000)
    const server = servers[kill % servers.length]
    // One failure at a time: who is back must have caught up before the next one goes.
    await untilWhole(servers)
    await server?.stop()
    const back = pause(servers.length > 1 ? 3_000 : 200).then(() => server?.start())
    // It starts while the server is away, and waits for it.
    if (kill % 3 === 0) await node.kill('main')
    await back
    await node.untilReady()
    say(`${kill + 1}/${kills} killed and back`)
  }
  if (servers.length === 1) return
  await Promise.all(servers.map((server) => server.stop()))
  const back = Promise.all(servers.map((server) => server.start()))
  await node.kill('main')
  await back
  await node.untilReady()
  say('all killed at once and back')
}

/** Waits until every replica of every stream has what its leader has. */
async function untilWhole(servers: readonly NatsServer[]): Promise<void> {
  const url = servers.map((server) => server.url).join(',')
  const common = { name: 'look', clock: systemClock, log: silentLog }
  const bus = await connectBus({ ...common, settings: { url, tls: {} } })
  try {
    const { streams } = await bus.library.jetstreamManager(bus.connection, { checkAPI: false })
    await until('replicas to have caught up', settling, async () => {
      const all = await streams
        .list()
        .next()
        .catch(() => [])
      const others = all.flatMap(({ cluster }) => cluster?.replicas ?? [])
      const expected = all.length * (servers.length - 1)
      return all.length > 0 && others.filter(({ current }) => current).length === expected
    })
  } finally {
    await bus.close()
  }
}
