import type { CorrelationPlan, Measurement } from '@haidang/detection/correlation/correlation-plan'
import { Correlator } from '@haidang/detection/correlation/correlator'
import type { Observation } from '@haidang/detection/correlation/observation'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { type Figure, median } from './figure.ts'

const runs = 5
const observations = 400_000
const start = 1_767_580_200_000

/** Observations a second of the correlator alone, on one thread, and the memory of a million groups. */
export async function* figures(): AsyncGenerator<Figure> {
  // 1,000 accounts in turn, ten events a millisecond: a window holds 600 of each, of which a burst makes 700.
  const counting = planOf('event_count', '1m', { gte: 650 })
  const logons = Array.from({ length: observations }, (_, i) =>
    observation(i, start + Math.floor(i / 10), `user-${burst(i) ? 7 : i % 1_000}`, ''),
  )
  yield rateFigure('correlation.event_count', counting, logons, '1,000 groups')

  // One address that tries accounts: every window holds 1,800 different ones.
  const spraying = planOf('value_count', '1h', { field: 'value', gte: 1_801 })
  const attempts = Array.from({ length: observations }, (_, i) =>
    observation(i, start + i * 100, '192.0.2.7', `user-${i % 1_800}`),
  )
  yield rateFigure('correlation.value_count', spraying, attempts, '1,800 values in the window')

  yield memoryFigure(counting)
  yield* snapshotFigures(counting)
}

function burst(i: number): boolean {
  return i % 100_000 < 500
}

function planOf(
  type: Measurement['type'],
  timespan: string,
  condition: Record<string, unknown>,
): CorrelationPlan {
  const base = {
    title: 'Base',
    name: 'base',
    logsource: { product: 'test' },
    detection: { selection: { group: '*' }, condition: 'selection' },
  }
  const correlation = { type, rules: ['base'], 'group-by': ['group'], timespan, condition }
  const text = [base, { title: 'Bench', correlation }].map((each) => JSON.stringify(each))
  const { correlations, entries } = compileRules([
    { path: 'bench.yml', text: text.join('\n---\n') },
  ])
  const [problem] = entries.flatMap((entry) => entry.problem ?? [])
  if (problem !== undefined) throw new Error(problem)
  return correlations
}

function observation(i: number, time: number, group: string, value: string): Observation {
  const subject = `evt_0192f0c1-0000-8000-8000-${String(i).padStart(12, '0')}`
  return { rule: 0, time, subject, fields: value === '' ? [group] : [group, value] }
}

function rateFigure(
  name: string,
  plan: CorrelationPlan,
  seen: readonly Observation[],
  what: string,
): Figure {
  let findings = 0
  const rates = Array.from({ length: runs + 1 }, () => {
    const correlator = new Correlator(plan)
    findings = 0
    const before = performance.now()
    for (const each of seen) findings += correlator.observe(each).length
    return (seen.length / (performance.now() - before)) * 1_000
  }).slice(1)
  const unit = `observations/s, one thread, ${what}, ${findings} findings`
  return { name, value: Math.round(median(rates)), unit, median_of: runs }
}

function memoryFigure(plan: CorrelationPlan): Figure {
  const correlator = new Correlator(plan)
  const before = usedMegabytes()
  for (let i = 0; i < 1_000_000; i++) {
    correlator.observe(observation(i, start, `account-${i}`, ''))
  }
  const value = Math.round(usedMegabytes() - before)
  const { groups, bytes } = correlator.counts
  if (groups < 1_000_000) throw new Error(`only ${groups} groups were kept`)
  return {
    name: 'correlation.million_keys',
    value,
    unit: `MB for ${groups} groups of one event, identifiers of events included`,
    median_of: 1,
    beside: { name: 'as counted by itself', value: Math.round(bytes / 1e6) },
  }
}

/** How long others wait while the memory of 400,000 events is written: at most, and altogether. */
function* snapshotFigures(plan: CorrelationPlan): Generator<Figure> {
  const correlator = new Correlator(plan)
  for (let i = 0; i < observations; i++) {
    correlator.observe(observation(i, start, `user-${i % 1_000}`, ''))
  }
  let bytes = 0
  const takes = Array.from({ length: runs + 1 }, () => {
    const pauses: number[] = []
    bytes = 0
    let before = performance.now()
    for (const piece of correlator.snapshot()) {
      bytes += piece.length
      pauses.push(performance.now() - before)
      before = performance.now()
    }
    return { longest: Math.max(...pauses), whole: pauses.reduce((sum, each) => sum + each, 0) }
  }).slice(1)
  const tenths = (value: number) => Math.round(value * 10) / 10
  yield {
    name: 'correlation.snapshot_pause',
    value: tenths(median(takes.map(({ longest }) => longest))),
    unit: `ms at most without a turn for others, ${tenths(bytes / 1e6)} MB written`,
    median_of: runs,
    beside: { name: 'ms altogether', value: tenths(median(takes.map(({ whole }) => whole))) },
  }
}

/** After garbage collection where the runtime offers it (`node --expose-gc`). */
function usedMegabytes(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}
