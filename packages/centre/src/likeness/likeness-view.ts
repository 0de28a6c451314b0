import type { IncidentType } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { SimilarIncident } from '@haidang/contracts/likeness-api'
import { severityOf } from '@haidang/contracts/severity'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { and, desc, eq, gte, inArray, isNotNull, lte, ne, or, sql } from 'drizzle-orm'
import { cluster } from '../modules/correlation/cluster-tables.ts'
import type { IncidentService } from '../modules/incidents/incident-service.ts'
import { incident } from '../modules/incidents/incident-tables.ts'
import type { Names } from '../names.ts'
import { type Compared, likeness } from './likeness.ts'

interface LikenessParts {
  readonly database: Database
  readonly incidents: Pick<IncidentService, 'require'>
  readonly names: Names
  readonly clock: Clock
}

interface Draft {
  readonly title: string
  readonly type?: IncidentType | undefined
  readonly organisation_id?: string | undefined
  readonly clusters: string
}

const day = 24 * 60 * 60_000
/** Days to either side within which incidents are compared by title and type. */
const span = 45
const mostNear = 2_000
const mostEntities = 500
const mostShown = 10

const columns = {
  id: incident.id,
  number: incident.number,
  title: incident.title,
  type: incident.type,
  state: incident.state,
  severity_rank: incident.severity_rank,
  organisation_id: incident.organisation_id,
  system_id: incident.system_id,
  detected_at: incident.detected_at,
  simulated: incident.simulated,
  exercise: incident.exercise,
}

/** Incidents that resemble one, as far as the reader may see them. */
export class LikenessView {
  readonly #parts: LikenessParts

  constructor(parts: LikenessParts) {
    this.#parts = parts
  }

  /** Throws Problem incident.not-found. */
  of({ scope }: Caller, id: string): Promise<{ items: SimilarIncident[] }> {
    const { database, incidents } = this.#parts
    return database.transact(scope, async (tx) => {
      const row = await incidents.require(tx, id)
      const entities = await entitiesOf(tx, eq(cluster.incident_id, id))
      return this.#similar(tx, { ...row, entities }, id)
    })
  }

  /** Of one that is about to be opened. */
  draft({ scope }: Caller, draft: Draft): Promise<{ items: SimilarIncident[] }> {
    const { database, clock } = this.#parts
    return database.transact(scope, async (tx) => {
      const ids = draft.clusters.split(',').filter(Boolean).slice(0, mostEntities)
      const { title, type, organisation_id } = draft
      const compared: Compared = {
        title,
        type,
        organisation_id,
        system_id: null,
        detected_at: clock.iso(),
        entities: ids.length === 0 ? [] : await entitiesOf(tx, inArray(cluster.id, ids)),
      }
      return this.#similar(tx, compared, '')
    })
  }

  async #similar(tx: Tx, one: Compared, self: string): Promise<{ items: SimilarIncident[] }> {
    const sharing = await sharingIncidents(tx, one.entities)
    const candidates = await candidatesOf(tx, one, self, [...sharing.keys()])
    const found = candidates
      .flatMap((row) => {
        const alike = likeness(one, { ...row, entities: sharing.get(row.id) ?? [] })
        return alike ? [{ row, ...alike }] : []
      })
      .toSorted((a, b) => b.score - a.score)
      .slice(0, mostShown)
    const names = await this.#parts.names.sources(tx, [
      ...new Set(found.map(({ row }) => row.organisation_id)),
    ])
    const items = found.map(({ row, because, shared }) => ({
      incident: {
        ...row,
        severity: severityOf(row.severity_rank),
        organisation_name: names.get(row.organisation_id) ?? '',
      },
      because: [...because],
      shared: [...shared],
    }))
    return { items }
  }
}

async function entitiesOf(tx: Tx, which: ReturnType<typeof eq>): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ entity: cluster.entity })
    .from(cluster)
    .where(which)
    .limit(mostEntities)
  return rows.map(({ entity }) => entity).filter((entity) => entity !== '')
}

/** Incidents with clusters about any of these, and about which. */
async function sharingIncidents(
  tx: Tx,
  entities: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (entities.length === 0) return new Map()
  const rows = await tx
    .select({
      id: sql<string>`${cluster.incident_id}`,
      entities: sql<string[]>`array_agg(distinct ${cluster.entity})`,
    })
    .from(cluster)
    .where(and(isNotNull(cluster.incident_id), inArray(cluster.entity, [...entities])))
    .groupBy(cluster.incident_id)
    .orderBy(desc(sql`max(${cluster.last_time})`))
    .limit(mostNear)
  return new Map(rows.map((row) => [row.id, row.entities]))
}

/** What is compared: what shares an entity or the system at any time, and what was near in time. */
async function candidatesOf(tx: Tx, one: Compared, self: string, sharing: readonly string[]) {
  const at = millisecondsOf(one.detected_at)
  const near = and(
    gte(incident.detected_at, isoOf(at - span * day)),
    lte(incident.detected_at, isoOf(at + span * day)),
  )
  const shares = sql<boolean>`${incident.id} = any(${sql.param([...sharing])}::text[])`
  const sameSystem = one.system_id === null ? undefined : eq(incident.system_id, one.system_id)
  return tx
    .select(columns)
    .from(incident)
    .where(and(ne(incident.id, self), or(near, sameSystem, shares)))
    .orderBy(desc(shares), desc(incident.opened_at))
    .limit(mostNear)
}
