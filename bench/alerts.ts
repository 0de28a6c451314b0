import { alertDoubts } from '@haidang/centre/doubts'
import { AlertService } from '@haidang/centre/modules/alerts/alert-service'
import { AlertStore } from '@haidang/centre/modules/alerts/alert-store'
import { ClusterService } from '@haidang/centre/modules/correlation/cluster-service'
import { ClusterStore } from '@haidang/centre/modules/correlation/cluster-store'
import { ClusterView } from '@haidang/centre/modules/correlation/cluster-view'
import { SpreadStore } from '@haidang/centre/modules/correlation/spread-store'
import { IngestService } from '@haidang/centre/modules/ingest/ingest-service'
import { Pipeline } from '@haidang/centre/pipeline'
import type { Alert } from '@haidang/contracts/alert'
import { Severity } from '@haidang/contracts/severity'
import { writtenTogether } from '@haidang/contracts/written-alert'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import type { PostgresDatabase } from '@haidang/runtime/database/open-database'
import { derivedId, idsFrom } from '@haidang/runtime/ids'
import { createJournal } from '@haidang/runtime/journal-log'
import { noNames, openCentreDatabase } from './centre-database.ts'
import { type Figure, median, p95, percentile, timed } from './figure.ts'

const total = 100_000
const batchSize = 500
const repeats = 20
const organisations = 10
const start = systemClock.now() - total * 500

const filters: Readonly<Record<string, string>> = {
  none: '',
  severity: 'severity>=high',
  organisation: 'organisation_id:org_3',
  entity: 'entity:192.0.2.7',
  rule: 'rule_id:rule-11 not severity:low',
  text: '"dang nhap"',
  text_with_tones: '"đăng nhập"',
  rare_text: 'needle99999',
  no_match: 'nothing-of-this-kind',
  title: 'title:"đăng nhập"',
}

/** Taking 100,000 alerts in at the centre in batches of 500, and listing them by any filter. */
export async function* figures(): AsyncIterable<Figure> {
  await using centre = await openCentreDatabase()
  const { database } = centre
  const { pipeline, alerts, clusters } = modules(database)
  const batches: number[] = []
  for (let n = 0; n < total; n += batchSize) {
    const batch = Array.from({ length: batchSize }, (_, i) => alertOf(n + i))
    batches.push(await timed(() => receive(database, pipeline, batch)))
  }
  yield figure('alerts.receive_500_p50', median(batches), batches.length)
  yield figure('alerts.receive_500_p95', percentile(batches, 95), batches.length)
  const readers = { node: reader('all'), organisation: reader(['org_3']) }
  for (const [who, caller] of Object.entries(readers)) {
    for (const [name, filter] of Object.entries(filters)) {
      const list = () => alerts.list(caller, { limit: 50, filter })
      yield figure(`alerts.list_p95.${who}.${name}`, await p95(repeats, list), repeats)
    }
    const list = () => clusters.list(caller, { limit: 50, filter: 'state:new severity>=high' })
    yield figure(`clusters.list_p95.${who}`, await p95(repeats, list), repeats)
  }
}

function modules(database: PostgresDatabase) {
  const newId = idsFrom(systemClock)
  const journal = createJournal({ database, clock: systemClock, newId })
  const alerts = new AlertService(
    database,
    new AlertStore(alertDoubts),
    systemClock,
    new ClusterView(noNames).withMembers,
  )
  const clusters = new ClusterService({
    database,
    store: new ClusterStore(),
    view: new ClusterView(noNames),
    alerts,
    spread: new SpreadStore(),
    clock: systemClock,
    newId,
  })
  const pipeline = new Pipeline({ ingest: new IngestService(), alerts, clusters, journal })
  return { pipeline, alerts, clusters }
}

function receive(database: PostgresDatabase, pipeline: Pipeline, batch: Alert[]) {
  const [first] = batch
  const origin = {
    node_id: 'nod_bench',
    organisation_id: first?.organisation_id ?? '',
    station_id: null,
  }
  return database.transact(systemScope, (tx) =>
    pipeline.receive(tx, origin, writtenTogether(batch)),
  )
}

function alertOf(n: number): Alert {
  const time = isoOf(start + n * 500)
  return {
    id: derivedId('alert', start + n * 500, 'nod_bench', n),
    organisation_id: `org_${Math.floor(n / batchSize) % organisations}`,
    tlp: 'amber',
    node_id: 'nod_bench',
    source_id: 'src_bench',
    event_id: derivedId('event', start + n * 500, 'nod_bench', n),
    time,
    detected_time: time,
    detector: 'sigma',
    rule: {
      id: `rule-${n % 40}`,
      title: n % 3 === 0 ? 'Nhiều lần đăng nhập sai' : 'Suspicious process',
      description: 'what it means, in a sentence or two, as rules have it',
      tags: ['attack.credential_access', 'attack.t1110'],
      false_positives: ['an administrator'],
      references: ['https://example.org/rule'],
      version: 'v1',
    },
    severity: Severity.options[n % 5] ?? 'low',
    title: n % 3 === 0 ? 'Nhiều lần đăng nhập sai' : 'Suspicious process',
    entity: `192.0.2.${n % 250}`,
    matches: [{ field: 'user', value: 'root', pattern: 'root', selection: 'selection' }],
    observables: [{ type: 'ip', value: `192.0.2.${n % 250}`, name: 'src_endpoint.ip' }],
    raw_data: `needle${n} ${'x'.repeat(600)}`,
    simulated: true,
  }
}

function reader(organisations: Caller['scope']['organisations']): Caller {
  return {
    scope: { actor: { id: 'usr_bench', name: 'bench' }, organisations, clearance: 4 },
    permissions: new Set(['alert.read']),
    language: 'vi',
    organisation_id: 'org_3',
    person_id: null,
    session_id: null,
  }
}

function figure(name: string, value: number, median_of: number): Figure {
  return { name, value: Math.round(value * 10) / 10, unit: 'ms', median_of }
}
