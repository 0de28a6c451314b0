import { CorrelationParameters } from '@haidang/contracts/correlation-parameters'
import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import type { SpoolRecord } from '@haidang/runtime/spool/spool'
import { afterEach, expect, test } from 'vitest'
import type { LineContext } from '../line.ts'
import { CorrelationWatch } from './correlation-watch.ts'
import type { Examined } from './examine-chunk.ts'
import { createExaminer, type Examiner } from './examiner.ts'

const nodeId = 'nod_0192f0c1-0000-7000-8000-000000000001'
const context: LineContext = {
  organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
  node_id: nodeId,
  simulated: false,
  sources: new Map(),
}
const ranges = 40
const perRange = 300
const reloads = 8

let examiner: Examiner | undefined
afterEach(() => examiner?.close())

const login = (id: string, title: string) => `title: ${title}
id: ${id}
logsource: { product: linux, service: sshd }
detection: { selection: { message|startswith: 'Accepted password for root' }, condition: selection }
`
/** Its threshold is the very last login of all: one record lost, repeated or forgotten on the way and it stays silent. */
const all = `${login('bản', 'nền')}---
title: tất cả
id: tat-ca
correlation: { type: event_count, rules: [bản], timespan: 1d, condition: { eq: ${ranges * perRange} } }
`

/** Two rules that fire on the same records and bear the number of their version; the correlation is in all versions. */
function rulesOf(version: number): { documents: { path: string; text: string }[]; pipelines: [] } {
  const documents = ['một', 'hai'].map((name) => ({
    path: `${name}.yml`,
    text: login(name, `phiên bản ${version}`),
  }))
  return { documents: [...documents, { path: 'tất-cả.yml', text: all }], pipelines: [] }
}

function range(number: number): SpoolRecord[] {
  return Array.from({ length: perRange }, (_, i) => ({
    position: { segment: number + 1, offset: i * 100 },
    origin: 'src_0192f0c1-0000-7000-8000-000000000001 192.0.2.9',
    key: undefined,
    receivedAt: 1_767_580_200_000 + number * perRange + i,
    body: new TextEncoder().encode(
      '<38>Jan  5 09:12:44 web-01 sshd[1]: Accepted password for root from 203.0.113.45 port 1 ssh2',
    ),
  }))
}

/** Titles of the alerts of each event. */
function titlesOf({ alerts }: Examined): string[][] {
  return [...Map.groupBy(alerts, ({ head }) => head.event_id).values()].map((its) =>
    its.map(({ head }) => head.rule.title),
  )
}

test('rules that change under load lose no record, mix in none, and leave correlations as they were', async () => {
  const pool = createExaminer({ clock: systemClock, log: silentLog, size: 2 })
  examiner = pool
  await pool.load(rulesOf(0), [])
  const changing = (async () => {
    for (let version = 1; version <= reloads; version++) await pool.load(rulesOf(version), [])
  })()
  const parameters = CorrelationParameters.parse({ silence: 'none' })
  const watch = new CorrelationWatch({ parameters, clock: systemClock, log: silentLog, nodeId })
  const seen = new Set<string>()
  const completed: string[] = []
  // The next range is examined while the one before is watched, as on the line.
  let ahead = pool.examine(range(0), context)
  for (let number = 0; number < ranges; number++) {
    const examined = await ahead
    if (number + 1 === ranges / 2) await changing
    if (number + 1 < ranges) ahead = pool.examine(range(number + 1), context)
    expect([examined.events, examined.rejects.length]).toEqual([perRange, 0])
    const titles = titlesOf(examined)
    expect(titles).toHaveLength(perRange)
    for (const [first, second, ...more] of titles) {
      expect([second, more]).toEqual([first, []])
      seen.add(first ?? '')
    }
    completed.push(...(await watch.watch(examined)).alerts.map(({ event_id }) => event_id))
  }
  expect(seen.has(`phiên bản ${reloads}`)).toBe(true)
  expect(seen.size).toBeGreaterThan(1)
  expect(completed).toHaveLength(1)
})
