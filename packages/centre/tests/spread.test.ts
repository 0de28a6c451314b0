import type { Alert } from '@haidang/contracts/alert'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { alertOf, caller, centreOrg, doing, ministryOrg, provinceOrg, start } from './doing.ts'

type Node = Awaited<ReturnType<typeof doing>>
const page = { limit: 50, filter: 'detector:correlation' }
const officer = caller(centreOrg)
const thirdOrg = `${provinceOrg.slice(0, -1)}${provinceOrg.endsWith('0') ? '1' : '0'}`

/** An organisation raises an alert; everybody's own network holds the address of most. */
function raise(node: Node, organisation_id: string, n: number, change: Partial<Alert> = {}) {
  const origin = { node_id: `nod_${n}`, organisation_id, station_id: null }
  const alert = alertOf(n, { entity: '10.0.0.7', ...change })
  return node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether([alert])),
  )
}

async function told(node: Node, by = officer) {
  await node.spread.look()
  return (await node.clusters.list(by, page)).items
}

test('a rule at two organisations opens one cluster; a third joins it; saying it again says nothing', async () => {
  await using node = await doing()
  await raise(node, ministryOrg, 1)
  expect(await told(node)).toEqual([])
  await raise(node, ministryOrg, 2, { entity: '10.0.0.8' })
  expect(await told(node)).toEqual([])
  await raise(node, provinceOrg, 3, { severity: 'high' })
  const [opened, ...others] = await told(node)
  expect(others).toEqual([])
  expect(opened).toMatchObject({
    organisation_id: centreOrg,
    rule_id: 'spread:rule:sigma:rule-a',
    severity: 'high',
    alert_count: 1,
    state: 'new',
  })
  const { clusters } = await node.spread.of(officer, opened?.id ?? '')
  const named = clusters.map(({ organisation_name }) => organisation_name)
  expect(named.toSorted()).toEqual(['Bộ Ví dụ', 'Tỉnh Ví dụ'])
  expect(await told(node)).toEqual([opened])
  await raise(node, thirdOrg, 4)
  expect(await told(node)).toMatchObject([{ id: opened?.id, alert_count: 2 }])
})

test('the same public address at two organisations is one, whatever the rules; one of own networks is not', async () => {
  await using node = await doing()
  const other = { ...alertOf(0).rule, id: 'rule-b' }
  await raise(node, ministryOrg, 1, { entity: '203.0.113.9' })
  await raise(node, provinceOrg, 2, { entity: '203.0.113.9', rule: other })
  await raise(node, ministryOrg, 3, { entity: '10.1.1.1' })
  await raise(node, provinceOrg, 4, { entity: '10.1.1.1', rule: other })
  expect((await told(node)).map(({ rule_id }) => rule_id)).toEqual(['spread:source:203.0.113.9'])
})

test('one rule fired by one address at two organisations is one thing', async () => {
  await using node = await doing()
  await raise(node, ministryOrg, 1, { entity: '203.0.113.9' })
  await raise(node, provinceOrg, 2, { entity: '203.0.113.9' })
  expect((await told(node)).map(({ rule_id }) => rule_id)).toEqual(['spread:rule:sigma:rule-a'])
})

test('only the coordinator sees it, at most as openly as what it is made of', async () => {
  await using node = await doing()
  await raise(node, ministryOrg, 1)
  await raise(node, provinceOrg, 2, { tlp: 'red' })
  expect(await told(node)).toMatchObject([{ tlp: 'red' }])
  expect(await told(node, caller(centreOrg, { clearance: 3 }))).toEqual([])
  expect(await told(node, caller(ministryOrg, { organisations: [ministryOrg] }))).toEqual([])
})

test('it names rule, newest event and common observables; organisations, clusters and alerts only to who may see them', async () => {
  await using node = await doing()
  const own = { type: 'hostname' as const, value: 'may-1', name: 'device.hostname' }
  const [shared] = alertOf(0).observables
  await raise(node, ministryOrg, 1, {
    time: '2026-11-22T02:59:50.000Z',
    observables: shared ? [own, shared] : [],
  })
  await raise(node, provinceOrg, 2, { tlp: 'green' })
  const [cluster] = await told(node)
  const id = cluster?.id ?? ''
  const [alert] = (await node.alerts.list(officer, page)).items
  expect(alert).toMatchObject({ event_id: alertOf(2).event_id, source_id: 'src_a' })
  expect(alert?.observables).toEqual([shared])
  expect(JSON.stringify(alert)).not.toContain('Ví dụ')
  const all = await node.spread.of(officer, id)
  expect(all).toMatchObject({ kind: 'rule', detector: 'sigma', rule_id: 'rule-a' })
  expect([all.organisations, all.hidden]).toEqual([2, 0])
  expect(
    all.clusters.map(({ organisation_name, last_alert_id }) => [organisation_name, last_alert_id]),
  ).toEqual([
    ['Tỉnh Ví dụ', alertOf(2).id],
    ['Bộ Ví dụ', alertOf(1).id],
  ])
  expect(all.observables.map((each) => [each.observable.value, each.organisations])).toEqual([
    ['192.0.2.7', 2],
    ['may-1', 1],
  ])
  const narrow = await node.spread.of(
    caller(centreOrg, { organisations: [centreOrg, provinceOrg] }),
    id,
  )
  expect(narrow.clusters.map(({ organisation_id }) => organisation_id)).toEqual([provinceOrg])
  expect([narrow.organisations, narrow.hidden]).toEqual([2, 1])
  const [other] = (await node.clusters.list(officer, { limit: 9, filter: 'detector:sigma' })).items
  await expect(node.spread.of(officer, other?.id ?? '')).rejects.toMatchObject({
    code: 'cluster.not-found',
  })
  const stranger = caller(ministryOrg, { organisations: [ministryOrg] })
  await expect(node.spread.of(stranger, id)).rejects.toMatchObject({ code: 'cluster.not-found' })
})

test('what is old, of low severity, closed as false, or simulated at one and real at the other does not count', async () => {
  await using node = await doing()
  const old = new Date(Date.parse(start) - 25 * 3_600_000).toISOString()
  const rule = (id: string) => ({ rule: { ...alertOf(0).rule, id } })
  await raise(node, ministryOrg, 1, { ...rule('old'), time: old })
  await raise(node, provinceOrg, 2, rule('old'))
  await raise(node, ministryOrg, 3, { ...rule('low'), severity: 'low' })
  await raise(node, provinceOrg, 4, { ...rule('low'), severity: 'low' })
  await raise(node, ministryOrg, 5, { ...rule('real'), simulated: false })
  await raise(node, provinceOrg, 6, rule('real'))
  await raise(node, ministryOrg, 7, rule('false'))
  await raise(node, provinceOrg, 8, rule('false'))
  await node.database.asOwner(
    "update cluster set state = 'closed', close_reason = 'false_positive' where node_id = 'nod_8'",
  )
  expect(await told(node)).toEqual([])
})

test('what leaves the window is forgotten and said again when it comes back; a false one comes to count with its next alert', async () => {
  await using node = await doing()
  await raise(node, ministryOrg, 1)
  await raise(node, provinceOrg, 2)
  await node.database.asOwner(
    "update cluster set state = 'closed', close_reason = 'false_positive' where node_id = 'nod_2'",
  )
  expect(await told(node)).toEqual([])
  await raise(node, provinceOrg, 3, { entity: '10.0.0.8' })
  const [first] = await told(node)
  expect(first).toMatchObject({ alert_count: 1 })
  node.clock.advance(26 * 3_600_000)
  expect(await told(node)).toEqual([first])
  const time = node.clock.iso()
  await raise(node, ministryOrg, 4, { time })
  expect(await told(node)).toEqual([first])
  await raise(node, provinceOrg, 5, { time, entity: '10.0.0.9' })
  expect(await told(node)).toHaveLength(2)
})

test('at more organisations than an alert names, none is said to be hidden from who sees all', async () => {
  await using node = await doing()
  for (let n = 10; n < 76; n++) await raise(node, `${provinceOrg.slice(0, -2)}${n}`, n)
  const [cluster] = await told(node)
  const { organisations, clusters, hidden } = await node.spread.of(officer, cluster?.id ?? '')
  expect([organisations, clusters.length, hidden]).toEqual([66, 63, 0])
})
