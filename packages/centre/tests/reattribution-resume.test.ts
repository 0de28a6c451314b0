import { writtenTogether } from '@haidang/contracts/written-alert'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { idsFrom } from '@haidang/runtime/ids'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { AlertOwnerStore } from '../src/modules/alerts/alert-owner-store.ts'
import type { AttributionService } from '../src/modules/attribution/attribution-service.ts'
import { noEnd } from '../src/modules/attribution/period-table.ts'
import { ClusterOwnerStore } from '../src/modules/correlation/cluster-owner-store.ts'
import { IncidentOwnerStore } from '../src/modules/incidents/incident-owner-store.ts'
import { ChangeStore } from '../src/reattribution/change-store.ts'
import { ReattributionService } from '../src/reattribution/reattribution-service.ts'
import { alertOf, doing, origin, provinceOrg } from './doing.ts'

/** Everything is of one system of the province. */
const attribution = {
  ready: async () => undefined,
  supposing: async (_, work) =>
    work((text: string) => ({
      kind: 'network',
      text,
      system_id: 'sys_x',
      organisation_id: provinceOrg,
      confirmed: true,
    })),
} as Pick<AttributionService, 'ready' | 'supposing'> as AttributionService

/** Fails the transaction with this number before it is committed, as a kill would. */
function failing(database: Database, at: number): Database {
  let count = 0
  return {
    ...database,
    transact: (scope, work) =>
      database.transact(scope, async (tx) => {
        const done = await work(tx)
        count += 1
        if (count === at) throw new Error('killed')
        return done
      }),
  }
}

test('killed in the middle it goes on from there, each alert told once; done again it changes nothing', async () => {
  await using node = await doing()
  const { database, journal, clock } = node
  const newId = idsFrom(clock)
  const batch = Array.from({ length: 2_300 }, (_, n) =>
    alertOf(n, { entity: `192.0.2.${n % 200}` }),
  )
  await database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
  const begun: string[] = []
  const service = (on: Database) =>
    new ReattributionService({
      database: on,
      journal,
      clock,
      newId,
      attribution,
      store: new ChangeStore(),
      alerts: new AlertOwnerStore(),
      clusters: new ClusterOwnerStore(),
      incidents: new IncidentOwnerStore(),
      later: async (id) => {
        begun.push(id)
      },
    })
  const about = { organisation_id: null, tlp_rank: 0, system_id: null, cause: 'ranges' } as const
  const who = { actor_id: 'usr_x', actor_name: 'Ai đó' }
  await database.transact(systemScope, (tx) =>
    service(database).note(tx, { ...about, ...who }, ['192.0.2.0/24'], [{ from: 0, until: noEnd }]),
  )
  // The process ended before it was begun: the start of the next one finds it.
  await service(database).resume()
  const [id = ''] = begun
  await expect(service(failing(database, 2)).run(id)).rejects.toThrow('killed')
  expect(await examined()).toEqual([{ state: 'running', examined: 1_000, steps: 1_000 }])
  await service(database).run(id)
  const done = [{ state: 'done', examined: 2_300, steps: 2_300 }]
  expect(await examined()).toEqual(done)
  const entries = await told()
  await service(database).run(id)
  expect(await examined()).toEqual(done)
  expect(await told()).toEqual(entries)
  expect(entries).toEqual([{ told: 2_300 }])

  async function examined() {
    const { rows } = await database.transact(systemScope, (tx) =>
      tx.execute(sql`select state, examined, (select count(*)::int from attribution_step) as steps
        from attribution_change`),
    )
    return rows
  }
  async function told() {
    const { rows } = await database.transact(systemScope, (tx) =>
      tx.execute(sql`select sum((after ->> 'sys_x')::int)::int as told from journal
        where type = 'alerts.reattributed'`),
    )
    return rows
  }
})
