import { expect, test } from 'vitest'
import { laneNames, laneRecord } from './load-lanes.ts'

const time = Date.UTC(2026, 10, 22)

test.each(laneNames)('lane %s: marked, different by number, and as long as asked for', (lane) => {
  for (const shape of ['syslog', 'json'] as const) {
    const record = laneRecord({ lane, shape, size: 0 })
    expect(record(4, time)).not.toBe(record(8, time))
    for (let n = 0; n < 8; n++) {
      expect(record(n, time)).toMatch(/simulated="true"|"simulated":true/)
      const filled = laneRecord({ lane, shape, size: 3_000 })(n, time)
      expect(Buffer.byteLength(filled)).toBeGreaterThanOrEqual(3_000)
      expect(Buffer.byteLength(filled)).toBeLessThan(3_200)
      if (shape === 'json') expect(JSON.parse(filled)).toMatchObject({ simulated: true })
      else expect(filled).toMatch(/^<\d+>1 2026-11-22T/)
    }
  }
})
