import { findingOf } from '@haidang/contracts/detection-finding'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { relayed } from '../src/modules/ingest/ingest-envelopes.ts'
import { alertOf, caller, centreOrg, doing, ministryOrg, origin, provinceOrg } from './doing.ts'

const page = { limit: 50 }
const officer = caller(centreOrg)

test('a batch handed over twice records its alerts once and counts them once', async () => {
  await using node = await doing()
  const batch = [alertOf(1), alertOf(2), alertOf(2)]
  const receive = () =>
    node.database.transact(systemScope, (tx) =>
      node.pipeline.receive(tx, origin, writtenTogether(batch)),
    )
  expect(await receive()).toMatchObject({ recorded: 2, repeated: 1 })
  expect(await receive()).toMatchObject({ recorded: 0, repeated: 3 })
  const { items } = await node.clusters.list(officer, page)
  expect(items).toMatchObject([{ alert_count: 2, state: 'new', station_name: 'Trạm A' }])
  const entries = await node.database.asOwner(
    "select 1 from journal where type = 'alerts.recorded'",
  )
  expect(entries.rowCount).toBe(1)
})

test('two batches at the same time open one cluster', async () => {
  await using node = await doing()
  const receive = (n: number) =>
    node.database.transact(systemScope, (tx) =>
      node.pipeline.receive(tx, origin, writtenTogether([alertOf(n)])),
    )
  await Promise.all([receive(1), receive(2), receive(3), receive(4)])
  const { items } = await node.clusters.list(officer, page)
  expect(items.map(({ alert_count }) => alert_count)).toEqual([4])
})

test('what a child sends belongs to the organisation of its certificate, and what is no alert is told', async () => {
  await using node = await doing()
  const lie = findingOf(alertOf(1, { organisation_id: provinceOrg, node_id: 'nod_other' }))
  const timeless = findingOf(alertOf(2, { time: '0000-01-01T00:00:00.000Z' }))
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receiveFindings(tx, origin, [lie, { nothing: true }, 'text', timeless]),
  )
  const { items } = await node.alerts.list(officer, page)
  expect(items).toMatchObject([{ organisation_id: ministryOrg, node_id: 'nod_a' }])
  const entries = await node.database.asOwner(
    "select after from journal where type = 'alerts.refused'",
  )
  expect(entries.rows).toEqual([{ after: { refused: 3, of: 4 } }])
})

test('an alert with NUL and a lone surrogate is stored', async () => {
  await using node = await doing()
  const hostile = alertOf(1, { raw_data: 'a\u0000b\ud800', entity: 'x\u0000y' })
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether([hostile])),
  )
  const { items } = await node.alerts.list(officer, page)
  expect(items[0]?.raw_data).toBe('a\ufffdb\ufffd')
})

test('a page of alerts of several packs, of several owners, and of rows written before there were packs is whole', async () => {
  await using node = await doing()
  const tlps = ['green', 'amber', 'red'] as const
  const batch = Array.from({ length: 150 }, (_, n) =>
    alertOf(n, { tlp: tlps[n % 3] ?? 'red', raw_data: `record ${n}` }),
  )
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
  const [old] = batch
  await node.database.asOwner('update alert set pack_id = null, pack_line = null where id = $1', [
    old?.id,
  ])
  await node.database.asOwner(
    `insert into alert_body select id, organisation_id, tlp_rank, $2 from alert where id = $1`,
    [old?.id, JSON.stringify({ ...old, organisation_id: ministryOrg, node_id: 'nod_a' })],
  )
  const { items } = await node.alerts.list(officer, { limit: 500 })
  const shown = new Map(items.map((one) => [one.id, one]))
  for (const one of batch) {
    const { cluster_id, doubt, ...whole } = shown.get(one.id) ?? { cluster_id: null, doubt: null }
    expect(doubt).toBeNull()
    expect(whole).toEqual({ ...one, organisation_id: ministryOrg, node_id: 'nod_a' })
    expect(cluster_id).toMatch(/^clu_/)
  }
  for (const one of [batch[0], batch[1], batch[149]]) {
    expect(await node.alerts.get(officer, one?.id ?? '')).toEqual(shown.get(one?.id ?? ''))
  }
  const reader = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  const seen = await node.alerts.list(reader, { limit: 500 })
  expect(new Set(seen.items.map(({ tlp }) => tlp))).toEqual(new Set(['green', 'amber']))
  expect(seen.items).toHaveLength(100)
})

test('an organisation sees its own alerts and clusters only, up to its clearance', async () => {
  await using node = await doing()
  await node.database.transact(systemScope, async (tx) => {
    await node.pipeline.receive(
      tx,
      origin,
      writtenTogether([alertOf(1), alertOf(2, { tlp: 'red', entity: 'b' })]),
    )
    const other = { ...origin, organisation_id: provinceOrg }
    await node.pipeline.receive(tx, other, writtenTogether([alertOf(3)]))
  })
  const reader = caller(ministryOrg, { organisations: [ministryOrg], clearance: 2 })
  const alerts = await node.alerts.list(reader, page)
  const clusters = await node.clusters.list(reader, page)
  expect(alerts.items.map(({ id }) => id)).toEqual([alertOf(1).id])
  expect(clusters.items).toMatchObject([{ organisation_id: ministryOrg, tlp: 'amber' }])
  await expect(node.alerts.get(reader, alertOf(3).id)).rejects.toThrow(
    expect.objectContaining({ code: 'alert.not-found' }),
  )
})

test('lists filter by level, text without tone marks, and continue by cursor', async () => {
  await using node = await doing()
  const batch = Array.from({ length: 30 }, (_, n) =>
    alertOf(n, { entity: `h${n}`, severity: n % 3 === 0 ? 'critical' : 'low' }),
  )
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
  const high = await node.alerts.list(officer, { limit: 500, filter: 'severity>=high' })
  expect(high.items).toHaveLength(10)
  const folded = await node.alerts.list(officer, { limit: 500, filter: '"dang nhap"' })
  expect(folded.items).toHaveLength(30)
  const seen = new Set<string>()
  let cursor: string | undefined
  do {
    const part = await node.clusters.list(officer, { limit: 7, sort: '-severity', cursor })
    for (const { id } of part.items) seen.add(id)
    cursor = part.next ?? undefined
  } while (cursor)
  expect(seen.size).toBe(30)
  await expect(node.alerts.list(officer, { limit: 5, filter: 'severity:loud' })).rejects.toThrow(
    expect.objectContaining({ code: 'filter.invalid' }),
  )
})

test('the histogram counts alerts of the clusters a filter selects', async () => {
  await using node = await doing()
  const batch = [alertOf(1), alertOf(2), alertOf(3, { entity: 'other' })]
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
  const { buckets, bucket_seconds } = await node.clusters.histogram(officer, {
    from: '2026-11-22T02:00:00Z',
    to: '2026-11-22T04:00:00Z',
    buckets: 12,
    filter: 'entity:192.0.2.7',
  })
  expect(bucket_seconds).toBe(600)
  expect(buckets).toEqual([{ start: '2026-11-22T03:00:00.000Z', severity: 'medium', count: 2 }])
})

test('what a child sent goes further up once, under its first number, as this node keeps it', async () => {
  await using node = await doing()
  const [one, two, three] = [1, 2, 3].map((n) =>
    findingOf(alertOf(n, { organisation_id: provinceOrg })),
  )
  const first = { node: 'nod_first', stream: 'alerts', seq: 9 }
  const forged = { ...three, origin: { node: 'nod_first', stream: 'alerts', seq: 'one' } }
  const batch = [one, { nothing: true }, { ...two, origin: first }, forged]
  const send = () =>
    node.database.transact(systemScope, async (tx) => {
      const { fresh } = await node.pipeline.receiveFindings(tx, origin, batch)
      return relayed(origin, batch, [11, 12, 13, 14], fresh)
    })
  const sent = await send()
  expect(sent.map((record) => record.origin)).toEqual([
    { node: 'nod_a', stream: 'alerts', seq: 11 },
    first,
    { node: 'nod_a', stream: 'alerts', seq: 14 },
  ])
  expect(sent.map(({ unmapped }) => unmapped.haidang.organisation_id)).toEqual(
    sent.map(() => ministryOrg),
  )
  expect(await send()).toEqual([])
})
