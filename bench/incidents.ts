import { OrdersOfIncidents } from '@haidang/centre/merging/orders-of-incidents'
import { ClusterStore } from '@haidang/centre/modules/correlation/cluster-store'
import { type IncidentFacts, IncidentStore } from '@haidang/centre/modules/incidents/incident-store'
import { IncidentView } from '@haidang/centre/modules/incidents/incident-view'
import { IncidentState, IncidentType } from '@haidang/contracts/incident'
import type { PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import type { PostgresDatabase } from '@haidang/runtime/database/open-database'
import { idsFrom } from '@haidang/runtime/ids'
import { noNames, openCentreDatabase } from './centre-database.ts'
import { type Figure, p95 } from './figure.ts'

const total = 10_000
const organisations = 10
const repeats = 20
const start = systemClock.now() - total * 60_000
const newId = idsFrom(systemClock)

const queries: Readonly<Record<string, { filter?: string; sort?: string }>> = {
  none: {},
  state: { filter: 'state:verified' },
  severity: { filter: 'severity>=high', sort: 'severity' },
  organisation: { filter: 'organisation_id:org_3' },
  type: { filter: 'type:MALWARE not grade:ordinary' },
  text: { filter: '"ma hoa"' },
  text_with_tones: { filter: '"mã hoá"' },
  rare_text: { filter: 'dauvet9999' },
  no_match: { filter: 'nothing-of-this-kind' },
  title: { filter: 'title:"mã hoá"' },
  updated: { sort: '-updated_at' },
}

/** Listing 10,000 incidents by any filter, as the node, as an organisation and as one that was told. */
export async function* figures(): AsyncIterable<Figure> {
  await using centre = await openCentreDatabase()
  const { database } = centre
  await fill(database)
  const page = lister(database)
  const readers = {
    node: reader('all'),
    organisation: reader(['org_3']),
    told: reader(['org_told']),
  }
  for (const [who, caller] of Object.entries(readers)) {
    for (const [name, query] of Object.entries(queries)) {
      const list = () => page(caller, { limit: 50, ...query })
      const value = await p95(repeats, list)
      yield { name: `incidents.list_p95.${who}.${name}`, value, unit: 'ms', median_of: repeats }
    }
  }
}

/** A page as the service answers it: rows, whose they are called, how much hangs on them. */
function lister(database: PostgresDatabase) {
  const [store, clusters, orders] = [
    new IncidentStore(),
    new ClusterStore(),
    new OrdersOfIncidents(),
  ]
  const view = new IncidentView(noNames)
  return (caller: Caller, query: PageQuery) =>
    database.transact(caller.scope, async (tx) => {
      const { items } = await store.list(tx, query)
      const ids = items.map(({ id }) => id)
      const under = await store.under(tx, ids)
      return view.incidents(tx, items, {
        under,
        participations: new Map(),
        heads: new Set(),
        clusters: await clusters.countByIncident(tx, ids),
        orders: await orders.countByIncident(tx, ids),
      })
    })
}

async function fill(database: PostgresDatabase): Promise<void> {
  const store = new IncidentStore()
  const numbers = Array.from({ length: 500 }, (_, i) => i)
  for (let n = 0; n < total; n += 500) {
    await database.transact(systemScope, async (tx) => {
      for (const i of numbers) await store.add(tx, incidentOf(n + i))
    })
  }
}

/** Every seventh is told an organisation that has none of its own. */
function incidentOf(n: number): IncidentFacts {
  const at = isoOf(start + n * 60_000)
  return {
    id: newId('incident'),
    organisation_id: `org_${n % organisations}`,
    tlp_rank: n % 4,
    number: `SC-2026-${String(n).padStart(5, '0')}`,
    title: n % 3 === 0 ? 'Mã hoá tống tiền tại máy chủ tệp' : 'Dò mật khẩu cổng dịch vụ công',
    summary: `dauvet${n} ${'Diễn biến được ghi lại tại hiện trường. '.repeat(20)}`,
    type: IncidentType.options[n % IncidentType.options.length] ?? 'OTHER',
    kind: 'incident',
    exercise: false,
    rsit: 'other/undetermined',
    cause: null,
    impact: null,
    personal_data: null,
    grade: n % 5 === 0 ? 'serious' : 'ordinary',
    severity_rank: 1 + (n % 5),
    state: IncidentState.options[n % IncidentState.options.length] ?? 'open',
    assignee_id: null,
    simulated: true,
    detected_at: at,
    opened_at: at,
    updated_at: at,
    closed_at: null,
    told_organisations: n % 7 === 0 ? ['org_told'] : [],
    told_groups: [],
    told_people: [],
  }
}

function reader(organisations: Caller['scope']['organisations']): Caller {
  return {
    scope: { actor: { id: 'usr_bench', name: 'bench' }, organisations, clearance: 4 },
    permissions: new Set(['incident.read']),
    language: 'vi',
    organisation_id: 'org_3',
    person_id: null,
    session_id: null,
  }
}
