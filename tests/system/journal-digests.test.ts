import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { alertApi } from '@haidang/contracts/alert-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { stationDigestApi } from '@haidang/contracts/station-digest-api'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { silentLog } from '@haidang/runtime/silent-log'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { LiveNode } from './harness/live-node.ts'
import { startPair } from './harness/pair.ts'
import { until } from './harness/until.ts'

const patience = 60_000

test('what a station signed of its journal is at its parent; told otherwise later, the watch there is told', {
  timeout: 300_000,
}, async () => {
  await using pair = await startPair()
  const { centre, station } = pair
  // The day that ended is signed at the start of a node.
  await station.stop()
  await station.start()
  const signed = await until('a digest of the station', patience, async () => {
    return (await station.api(journalApi).digests({ query: { limit: 10 } })).items[0]
  })
  const known = await until('the digest at the centre', patience, () => historyOf(centre))
  expect(known).toMatchObject({ kept: 1, open: 0, last: { verdict: 'first', digest: signed } })

  await station.stop()
  await rewritten(station.directory)
  await station.start()
  const told = await until('the contradiction at the centre', patience, async () => {
    const history = await historyOf(centre)
    return history?.open === 1 ? history : undefined
  })
  expect(told).toMatchObject({ kept: 2, last: { verdict: 'contradicts', fault: 'other-for-day' } })
  const { items } = await centre.api(alertApi).list({ query: { limit: 10 } })
  expect(items).toMatchObject([
    { rule: { id: 'journal:contradicted' }, severity: 'critical', entity: signed.node_id },
  ])
  const { id } = told
  const digests = centre.api(stationDigestApi)
  await digests.settle({ params: { id }, body: { reason: 'khôi phục từ bản sao lưu' } })
  expect(await historyOf(centre)).toMatchObject({ open: 0, kept: 2 })
  const kept = (await digests.list({ params: { id }, query: { limit: 10 } })).items
  expect(kept.map(({ digest }) => digest)).toContainEqual(signed)
})

async function historyOf(node: LiveNode) {
  return (await node.api(stationDigestApi).stations({ query: { limit: 10 } })).items[0]
}

/** Whoever owns the database of a station takes its digest away, so that it signs the day anew. */
async function rewritten(directory: string): Promise<void> {
  await rm(join(directory, 'digests'), { recursive: true, force: true })
  const server = await EmbeddedPostgres.start({
    directory: join(directory, 'postgres'),
    log: silentLog,
  })
  const client = new pg.Client({ connectionString: server.url })
  try {
    await client.connect()
    await client.query('delete from journal_digest')
  } finally {
    await client.end()
    await server.stop()
  }
}
