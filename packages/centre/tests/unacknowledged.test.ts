import { join } from 'node:path'
import { notificationApi } from '@haidang/contracts/notification-api'
import type { Severity } from '@haidang/contracts/severity'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { createJournal } from '@haidang/runtime/journal-log'
import { expect, test } from 'vitest'
import { readContents } from '../src/content-file.ts'
import { rulesOn, ShiftRules } from '../src/modules/shifts/pattern.ts'
import { UnacknowledgedService } from '../src/modules/unacknowledged/unacknowledged-service.ts'
import { UnacknowledgedStore } from '../src/modules/unacknowledged/unacknowledged-store.ts'
import { approving, type Signed } from './approving.ts'
import { alertOf, caller, centreOrg, doing, origin } from './doing.ts'

const watch = caller(centreOrg)
const minute = 60_000
const rules = await readContents(join(import.meta.dirname, '../../../content/shifts'), ShiftRules)
const shipped = rulesOn(rules, '2026-11-22').unacknowledged

/** Clusters of these severities, and who looks after them. */
async function unacknowledged(severities: readonly Severity[]) {
  const node = await doing()
  const service = new UnacknowledgedService({
    ...node,
    store: new UnacknowledgedStore(),
    home: async () => centreOrg,
    rules: () => shipped,
  })
  const alerts = severities.map((severity, n) => alertOf(n, { severity, entity: `may-${n}` }))
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(alerts)),
  )
  /** What is told after so many minutes. */
  const after = async (minutes: number) => {
    node.clock.advance(minutes * minute)
    const before = await entries()
    await service.look()
    return (await entries()).slice(before.length)
  }
  const entries = async () => {
    const { rows } = await node.database.asOwner(
      `select after, related from journal where type = 'cluster.unacknowledged' order by seq`,
    )
    return rows.map(({ after: { severity, step, count, tell } }) => ({
      severity,
      step,
      count,
      tell,
    }))
  }
  return { node, after, [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() }
}

test('grave clusters nobody acknowledges are told of at each step, once', async () => {
  await using site = await unacknowledged(['critical', 'critical', 'high', 'medium'])
  const { after } = site
  expect(await after(0)).toEqual([])
  expect(await after(14)).toEqual([])
  const first = { severity: 'critical', step: 0, count: 2, tell: ['duty_officer'] }
  expect(await after(1)).toEqual([first])
  expect(await after(1)).toEqual([])
  expect(await after(14)).toEqual([{ ...first, step: 1, tell: ['duty_officer', 'manager'] }])
  expect(await after(30)).toEqual([{ ...first, severity: 'high', count: 1 }])
  expect(await after(600)).toMatchObject([{ severity: 'high', step: 1 }])
  expect(await after(600)).toEqual([])
})

test('who acknowledges stops it; what comes back waits anew', async () => {
  await using site = await unacknowledged(['critical', 'critical'])
  const { node, after } = site
  await after(0)
  const { items } = await node.clusters.list(watch, { limit: 10 })
  const [one, other] = items.map(({ id }) => id)
  await node.triage.triage(watch, [one ?? ''], { act: 'acknowledge' })
  expect(await after(15)).toMatchObject([{ step: 0, count: 1 }])
  const until = new Date(node.clock.now() + 60 * minute).toISOString()
  await node.triage.triage(watch, [other ?? ''], { act: 'snooze', until })
  expect(await after(59)).toEqual([])
  node.clock.advance(minute)
  await node.triage.wake()
  expect(await after(0)).toEqual([])
  expect(await after(15)).toMatchObject([{ step: 0, count: 1 }])
})

test('what a stopped node missed is told once, at the last step that is due', async () => {
  await using site = await unacknowledged(['critical'])
  const { after } = site
  await after(0)
  expect(await after(90)).toMatchObject([{ step: 1, tell: ['duty_officer', 'manager'] }])
  expect(await after(90)).toEqual([])
})

test('the duty officer is told in the portal how many wait, and the manager not yet', async () => {
  await using of = await approving()
  const { home, node } = of
  const officer = await of.add('Trực', 'truc@tt.example', 'watch-officer')
  const leader = await of.add('Lãnh đạo', 'lanh-dao@tt.example', 'leader')
  const journal = createJournal({ ...node, clock: systemClock })
  await node.database.transact(systemScope, (tx) =>
    journal.append(tx, {
      type: 'cluster.unacknowledged',
      organisation_id: home,
      tlp_rank: 4,
      actor: systemScope.actor,
      authority: 'system',
      subject: node.newId('cluster'),
      after: {
        severity: 'critical',
        step: 0,
        count: 3,
        since: '2026-11-22T01:00:00.000Z',
        tell: ['duty_officer'],
      },
    }),
  )
  const told = async (who: Signed) =>
    (await who.api(notificationApi).list({ query: {} })).items
      .filter(({ kind }) => kind === 'clusters-unacknowledged')
      .map(({ title, path }) => ({ title, path }))
  await expect
    .poll(() => told(officer))
    .toEqual([
      {
        title: '3 cụm cảnh báo mức nghiêm trọng chưa ai nhận',
        path: '/alerts?view=new&q=severity:critical',
      },
    ])
  expect(await told(leader)).toEqual([])
})
