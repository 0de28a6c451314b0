import { systemClock } from '@haidang/runtime/clock'
import { HealthRegistry } from '@haidang/runtime/health'
import { Metrics } from '@haidang/runtime/metrics'
import { expect, test } from 'vitest'
import { CorrelationFigures } from './correlation-figures.ts'
import { addStationHealth } from './station-health.ts'

const counts = {
  groups: 7,
  bytes: 900,
  evicted: 0,
  late: 2,
  undated: 0,
  truncated: 0,
  silenced: 5,
}

test('what correlations lost is added up once, and lost memory is a warning for an hour', async () => {
  const metrics = new Metrics({ process: false })
  const figures = new CorrelationFigures(metrics)
  let now = 0
  const health = new HealthRegistry({ ...systemClock, now: () => now })
  addStationHealth(health, {
    trouble: undefined,
    isRunning: true,
    queue: { records: 0 },
    get correlation() {
      return { groups: figures.groups, isShort: figures.isShort(now) }
    },
  })
  const state = async () =>
    (await health.readiness()).checks.find(({ name }) => name === 'correlations')?.state

  figures.show(counts, now)
  figures.show({ ...counts, late: 3 }, now)
  expect(await state()).toBe('ok')
  figures.show({ ...counts, late: 3, evicted: 1 }, now)
  const { text } = await metrics.expose()
  expect(text).toContain('haidang_correlation_groups 7')
  expect(text).toContain('haidang_correlation_lost_total{what="late"} 3')
  expect(text).toContain('haidang_correlation_lost_total{what="evicted"} 1')
  expect(await state()).toBe('warn')
  now = 3_600_000
  expect(await state()).toBe('ok')
})
