import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { eventApi } from '@haidang/contracts/event-api'
import { until } from '../tests/system/harness/until.ts'
import { byPart, processTree } from '../tests/system/process-tree.ts'
import { type StartedStation, startStation } from '../tests/system/start-station.ts'
import type { Figure } from './figure.ts'
import { type Lane, laneOf } from './load/lane.ts'
import { Pressure } from './load/pressure.ts'

const warmUp = 8_000
const measured = 30_000
const name = 'ndjson'

/**
 * Events a second of the whole line of one node: JSON lines by HTTP, parsed, examined by the starter
 * rules, stored, searchable. The sender keeps a queue of some 40,000 lines in front of the line.
 */
export async function* figures(): AsyncGenerator<Figure> {
  for (const kind of ['mixed_schema', 'windows_2k3'] as const) {
    for (const workers of [1, 2]) yield* rate(kind, workers)
  }
}

async function* rate(wanted: Lane['kind'], workers: number): AsyncGenerator<Figure> {
  const lane = laneOf(wanted)
  await using station = await startStation({
    sources: [{ name, collector: 'json-lines' }],
    workers,
  })
  const { node, tokens } = station
  const pressure = new Pressure({
    url: `${node.access.url}/ingest/v1/${name}`,
    token: tokens.get(name) ?? '',
    lines: lane.lines,
    stored: async () => {
      const { parsed, rejected } = (await station.source(name)).counters
      return parsed + rejected
    },
  })
  const running = pressure.run()
  await pause(warmUp)
  const from = await sample(station)
  await pause(measured)
  const to = await sample(station)
  pressure.stop()
  const sent = await running
  await searchable(station, sent)
  const seconds = to.at - from.at
  const stored = to.stored - from.stored
  const label = `whole-line.${lane.name}.${workers}-worker${workers > 1 ? 's' : ''}`
  const beside = { name: 'load average', value: loadavg()[0] ?? 0 }
  yield {
    name: label,
    value: Math.round(stored / seconds),
    unit: `events/s over ${Math.round(seconds)} s`,
    median_of: 1,
    beside,
  }
  for (const part of Object.keys(to.cpu)) {
    const spent = (to.cpu[part] ?? 0) - (from.cpu[part] ?? 0)
    yield {
      name: `${label}.cpu.${part}`,
      value: Math.round((spent / stored) * 1e7) / 10,
      unit: 'µs/event',
      median_of: 1,
    }
  }
}

async function sample({ node, source }: StartedStation) {
  const { parsed, rejected } = (await source(name)).counters
  const cpu = byPart(processTree(node.access.pid), 'cpu')
  const own = process.cpuUsage()
  return {
    at: performance.now() / 1_000,
    stored: parsed + rejected,
    cpu: { ...cpu, generator: (own.user + own.system) / 1e6 } as Record<string, number>,
  }
}

/** Everything that was sent must be found by a search: a rate of events that are lost is none. */
async function searchable({ node }: StartedStation, sent: number): Promise<void> {
  const range = { from: '2000-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' }
  await until(`${sent} events to be found`, 300_000, async () => {
    const { total } = await node.api(eventApi).histogram({ query: range })
    return total === sent
  })
}
