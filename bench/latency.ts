import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { alertApi } from '@haidang/contracts/alert-api'
import { numberedLoad } from '../tests/system/harness/numbered-load.ts'
import { type Pair, startPair } from '../tests/system/harness/pair.ts'
import { until } from '../tests/system/harness/until.ts'
import { webLine } from '../tests/system/harness/web-lines.ts'
import type { Figure } from './figure.ts'

const linesPerSecond = 500
const probes = 60
const between = 500

/**
 * Milliseconds from sending a line to a station until its alert stands in the API of the centre above it,
 * over the link, while the station takes in 500 other lines a second, every fortieth of which is an alert
 * too. The centre is asked every 100 ms, so up to that much is the figure’s own.
 */
export async function* figures(): AsyncGenerator<Figure> {
  await using pair = await startPair()
  const stop = new AbortController()
  const loading = numberedLoad({
    ...pair.intake,
    key: 'latency',
    linesPerSecond,
    batchLines: 50,
    parallel: 2,
    stop: stop.signal,
    line: (n) => webLine(n, performance.timeOrigin + performance.now()),
  })
  const measured: number[] = []
  try {
    for (let probe = 0; probe < probes; probe++) {
      measured.push(await latencyOf(pair, probe))
      await pause(between)
    }
  } finally {
    stop.abort()
    await loading
  }
  const sorted = measured.toSorted((a, b) => a - b)
  const beside = { name: 'load average', value: loadavg()[0] ?? 0 }
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const value = Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN)
    yield { name: `latency.line-to-centre.${name}`, value, unit: 'ms', median_of: 1, beside }
  }
}

async function latencyOf({ centre, intake }: Pair, probe: number): Promise<number> {
  // Numbers of probes lie far above those of the load, and make the rule fire.
  const n = 40 * (100_000_000 + probe)
  const before = performance.now()
  const response = await fetch(intake.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${intake.token}`, 'content-type': 'application/x-ndjson' },
    body: `${webLine(n, performance.timeOrigin + before)}\n`,
  })
  if (!response.ok) throw new Error(await response.text())
  const api = centre.api(alertApi)
  await until(`the alert of probe ${probe}`, 60_000, async () => {
    const { items } = await api.list({ query: { limit: 50 } })
    return items.some(({ raw_data }) => raw_data.includes(`/so-hieu/${n}"`))
  })
  return performance.now() - before
}
