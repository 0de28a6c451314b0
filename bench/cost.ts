import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { eventApi } from '@haidang/contracts/event-api'
import { sourceApi } from '@haidang/contracts/source-api'
import { hasDetectionData, ruleFolders, unpackRules } from '../tests/system/harness/sigma-hq.ts'
import { until } from '../tests/system/harness/until.ts'
import { byPart, processTree } from '../tests/system/process-tree.ts'
import { type StartedStation, startStation } from '../tests/system/start-station.ts'
import { type CostCell, costChart } from './cost/cost-chart.ts'
import { deliver } from './cost/deliver.ts'
import type { Figure } from './figure.ts'

const sizes = [200, 700, 2_300, 8_000]
const counts = [1, 10, 100, 1_000]
const eventsPerBatch = 40
/** As many batches as there are sources at most, so that each takes part. */
const batches = 1_000
const patience = 600_000
const idleFor = 5_000
/** An event engine that merges spends more CPU in a second, seconds. */
const quiet = 0.05

type Cpu = Record<string, number>

/**
 * What one event costs a station in CPU, by size of the event and number of sources, every rule of SigmaHQ in force where
 * the shared data are: CPU, not rate, so that a machine somebody else uses too gives nearly the same. What the
 * station spends in the same time without events is taken off. Writes cost.json and draws cost.svg.
 */
export async function* figures(): AsyncGenerator<Figure> {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-cost-'))
  try {
    if (hasDetectionData) unpackRules(directory)
    const directories = hasDetectionData ? ruleFolders(directory) : []
    const cells: CostCell[] = []
    for await (const cell of measured(directories)) {
      cells.push(cell)
      const { bytes, sources, us } = cell
      const name = `cost.${bytes}-bytes.${sources}-source${sources > 1 ? 's' : ''}`
      yield { name, value: us.total, unit: 'µs CPU/event', median_of: 1 }
    }
    const rules = hasDetectionData ? 'sigmahq' : 'starter'
    const load = loadavg()[0] ?? 0
    await writeFile(at('cost.json'), `${JSON.stringify({ rules, load, cells }, null, 2)}\n`)
    await writeFile(at('cost.svg'), costChart(cells))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function* measured(directories: readonly string[]): AsyncGenerator<CostCell> {
  await using station = await startStation({
    sources: [],
    rules: { directories, indicators: [] },
  })
  const tokens = new Map<string, string>()
  let sent = 0
  const run = async (bytes: number) => {
    const urlOf = (source: string) => `${station.node.access.url}/ingest/v1/${source}`
    await deliver({ urlOf, tokens, bytes, from: sent, batches, eventsPerBatch })
    sent += batches * eventsPerBatch
    await settled(station, sent)
  }
  for (const sources of counts) {
    await addSources(station, tokens, sources)
    // What is compiled and cached at first is no part of the cost.
    if (sources === 1) for (const bytes of sizes) await run(bytes)
    const idle = await idleCpu(station)
    for (const bytes of sizes) {
      const before = sample(station)
      await run(bytes)
      yield { bytes, sources, us: costOf(before, sample(station), idle) }
    }
  }
}

async function addSources(
  { node }: StartedStation,
  tokens: Map<string, string>,
  wanted: number,
): Promise<void> {
  while (tokens.size < wanted) {
    const name = `cost-${tokens.size}`
    const { token } = await node.api(sourceApi).create({
      body: { name, collector: 'json-lines', format: 'auto', senders: [] },
    })
    tokens.set(name, token ?? '')
  }
}

/** Everything that was sent is found by a search, and the event engine has merged it. */
async function settled(station: StartedStation, sent: number): Promise<void> {
  const range = { from: '2000-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' }
  await until(`${sent} events to be found`, patience, async () => {
    await pause(900)
    const { total } = await station.node.api(eventApi).histogram({ query: range })
    return total === sent
  })
  await until('the event engine to rest', patience, async () => {
    const before = sample(station).cpu['events'] ?? 0
    await pause(900)
    return (sample(station).cpu['events'] ?? 0) - before < quiet
  })
}

function sample({ node }: StartedStation): { at: number; cpu: Cpu } {
  const cpu = byPart(processTree(node.access.pid), 'cpu')
  return { at: performance.now() / 1_000, cpu }
}

/** Seconds of CPU a second that each part spends while nothing comes. */
async function idleCpu(station: StartedStation): Promise<Cpu> {
  const before = sample(station)
  await pause(idleFor)
  const after = sample(station)
  return difference(before.cpu, after.cpu, (spent) => spent / (after.at - before.at))
}

function costOf(
  before: { at: number; cpu: Cpu },
  after: { at: number; cpu: Cpu },
  idle: Cpu,
): CostCell['us'] {
  const seconds = after.at - before.at
  const parts = difference(before.cpu, after.cpu, (spent, part) => {
    const own = Math.max(0, spent - (idle[part] ?? 0) * seconds)
    return Math.round((own / (batches * eventsPerBatch)) * 1e7) / 10
  })
  const { program = 0, events = 0, database = 0 } = parts
  return { program, events, database, total: Math.round((program + events + database) * 10) / 10 }
}

function difference(before: Cpu, after: Cpu, as: (spent: number, part: string) => number): Cpu {
  return Object.fromEntries(
    Object.entries(after).map(([part, cpu]) => [part, as(cpu - (before[part] ?? 0), part)]),
  )
}

function at(name: string): string {
  return join(import.meta.dirname, name)
}
