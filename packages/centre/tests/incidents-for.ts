import { IncidentDraft } from '@haidang/contracts/incident'
import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { alertOf, type doing, ministryOrg, origin } from './doing.ts'

type Node = Awaited<ReturnType<typeof doing>>

/** An incident of the ministry, about to be opened. */
export const incidentDraft = (title: string, change: Partial<IncidentDraft> = {}) =>
  IncidentDraft.parse({ title, organisation_id: ministryOrg, ...change })

/** Clusters of alerts, one for each of these numbers. */
export async function clustersOf(node: Node, numbers: readonly number[]): Promise<string[]> {
  const batch = numbers.map((n) => alertOf(n, { entity: `host-${n}` }))
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
  const { rows } = await node.database.transact(systemScope, (tx) =>
    tx.execute<{ id: string; entity: string }>(sql`select id, entity from cluster`),
  )
  return numbers.map((n) => rows.find(({ entity }) => entity === `host-${n}`)?.id ?? '')
}
