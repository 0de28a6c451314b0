import { setTimeout as pause } from 'node:timers/promises'
import { eventApi } from '@haidang/contracts/event-api'
import type { Lane } from '../../../bench/load/lane.ts'
import { PinnedPressure } from '../../../bench/load/pinned-pressure.ts'
import { until } from '../../system/harness/until.ts'
import { byPart, processTree, total } from '../../system/process-tree.ts'
import type { StartedStation } from '../../system/start-station.ts'

/** What a station did under pressure. */
export interface Sustained {
  /** Events stored a second, over all the time after warming up. */
  readonly rate: number
  /** The lowest rate of any half minute. */
  readonly lowest: number
  /** Microseconds of CPU an event, by part; that of the generator too. */
  readonly cpu: Readonly<Record<string, number>>
  /** Megabytes (PSS) of all processes: the largest sample of the second and of the last quarter of the time. */
  readonly memory: { readonly early: number; readonly late: number }
  readonly sent: number
}

interface Sample {
  readonly at: number
  readonly stored: number
  readonly pss: number
  readonly cpu: Record<string, number>
}

const warmUp = 20_000
const sampleEvery = 500
const window = 30
const megabyte = 1024 * 1024

/** Keeps a source of a station full for some seconds, then waits until everything that was sent is found by a search. */
export async function sustain(
  station: StartedStation,
  source: string,
  lane: Lane['kind'],
  seconds: number,
  say: (text: string) => void,
): Promise<Sustained> {
  const { node, tokens } = station
  const url = `${node.access.url}/ingest/v1/${source}`
  const generator = new PinnedPressure({ url, token: tokens.get(source) ?? '', lane })
  try {
    const samples: Sample[] = []
    const began = performance.now()
    const end = began + warmUp + seconds * 1_000
    while (performance.now() < end) {
      const stored = await storedOf(station, source)
      generator.stored(stored)
      const last = samples.at(-1)
      const due = last === undefined || performance.now() / 1_000 - last.at >= window
      if (due && performance.now() >= began + warmUp) {
        samples.push(sampled(station, generator, stored))
        say(`${lane}: ${stored} stored, ${Math.round((samples.at(-1)?.pss ?? 0) / megabyte)} MB`)
      }
      await pause(sampleEvery)
    }
    samples.push(sampled(station, generator, await storedOf(station, source)))
    const sent = await generator.stop()
    await allFound(station, sent)
    return { ...figuresOf(samples), sent }
  } finally {
    generator.kill()
  }
}

async function storedOf({ source }: StartedStation, name: string): Promise<number> {
  const { parsed, rejected } = (await source(name)).counters
  return parsed + rejected
}

function sampled({ node }: StartedStation, generator: PinnedPressure, stored: number): Sample {
  const uses = processTree(node.access.pid)
  const own = total(processTree(generator.pid), 'cpu')
  return {
    at: performance.now() / 1_000,
    stored,
    pss: total(uses, 'pss'),
    cpu: { ...byPart(uses, 'cpu'), generator: own },
  }
}

/** A rate of events that are lost is none. */
async function allFound({ node }: StartedStation, sent: number): Promise<void> {
  const range = { from: '2000-01-01T00:00:00.000Z', to: '2099-01-01T00:00:00.000Z' }
  await until(`${sent} events to be found`, 300_000, async () => {
    const { total: found } = await node.api(eventApi).histogram({ query: range })
    return found === sent
  })
}

function figuresOf(samples: readonly Sample[]): Omit<Sustained, 'sent'> {
  const first = samples.at(0)
  const last = samples.at(-1)
  if (!first || !last || first === last) throw new Error('too short to be measured')
  const rates = samples.slice(1).flatMap((to, place) => {
    const from = samples[place]
    return from && to.at - from.at > window / 2 ? [rateOf(from, to)] : []
  })
  const stored = last.stored - first.stored
  const cpu = Object.keys(last.cpu).map((part) => {
    const spent = (last.cpu[part] ?? 0) - (first.cpu[part] ?? 0)
    return [part, Math.round((spent / stored) * 1e7) / 10] as const
  })
  const quarter = Math.ceil(samples.length / 4)
  const most = (from: number, to: number) =>
    Math.round(Math.max(...samples.slice(from, to).map(({ pss }) => pss)) / megabyte)
  return {
    rate: Math.round(rateOf(first, last)),
    lowest: Math.round(Math.min(...rates)),
    cpu: Object.fromEntries(cpu),
    memory: { early: most(quarter, 2 * quarter), late: most(-quarter, samples.length) },
  }
}

function rateOf(from: Sample, to: Sample): number {
  return (to.stored - from.stored) / (to.at - from.at)
}
