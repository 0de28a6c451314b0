import { alertDoubts } from '@haidang/centre/doubts'
import { AlertService } from '@haidang/centre/modules/alerts/alert-service'
import { AlertStore } from '@haidang/centre/modules/alerts/alert-store'
import { ClusterStore } from '@haidang/centre/modules/correlation/cluster-store'
import { ClusterView } from '@haidang/centre/modules/correlation/cluster-view'
import { SpreadService } from '@haidang/centre/modules/correlation/spread-service'
import { SpreadStore } from '@haidang/centre/modules/correlation/spread-store'
import { SpreadParameters } from '@haidang/contracts/spread-parameters'
import { systemClock } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import type { PostgresDatabase } from '@haidang/runtime/database/open-database'
import { idsFrom } from '@haidang/runtime/ids'
import { sql } from 'drizzle-orm'
import { noNames, openCentreDatabase } from './centre-database.ts'
import { type Figure, median, timed } from './figure.ts'

const clusters = 200_000
const repeats = 15

/**
 * Looking for what is at three of 63 organisations, over 200,000 clusters of the last 24 hours: of 3,000 rules a third
 * are at several organisations, and one address in a hundred is.
 */
export async function* figures(): AsyncIterable<Figure> {
  await using centre = await openCentreDatabase()
  const { database } = centre
  await fill(database)
  let said = 0
  const spread = serviceOf(database, (count) => {
    said += count
  })
  const [first, same]: [number[], number[]] = [[], []]
  for (let run = 0; run <= repeats; run++) {
    said = 0
    await database.transact(systemScope, (tx) => tx.execute(sql`delete from spread`))
    first.push(await timed(() => spread.look()))
    for (let before = -1; before !== said; ) {
      before = said
      await spread.look()
    }
    same.push(await timed(() => spread.look()))
  }
  const unit = `ms over ${clusters} clusters, ${said} things at several organisations`
  yield figure('spread.look', same.slice(1), `${unit}, all said before`)
  yield figure('spread.look_all_new', first.slice(1), `${unit}, all new: as many as one look says`)
}

function figure(name: string, times: readonly number[], unit: string): Figure {
  return { name, value: Math.round(median(times)), unit, median_of: times.length }
}

function serviceOf(database: PostgresDatabase, said: (count: number) => void): SpreadService {
  return new SpreadService({
    database,
    clock: systemClock,
    newId: idsFrom(systemClock),
    nodeId: 'nod_centre',
    store: new SpreadStore(),
    clusters: new ClusterStore(),
    view: new ClusterView(noNames),
    alerts: new AlertService(
      database,
      new AlertStore(alertDoubts),
      systemClock,
      new ClusterView(noNames).withMembers,
    ),
    organisations: { home: async () => ({ id: 'org_0' }) as never },
    parameters: SpreadParameters.parse({}),
    receive: async (_tx, _organisation, alerts) => said(alerts.length),
  })
}

async function fill(database: PostgresDatabase): Promise<void> {
  await database.transact(systemScope, (tx) =>
    tx.execute(sql`
      insert into cluster (id, organisation_id, tlp_rank, node_id, detector, rule_id, entity, simulated, title,
        severity_rank, severity_fixed, tags, state, alert_count, first_time, last_time, last_alert_id, folded,
        folded_title, version)
      select 'clu_' || n, 'org_' || organisation, 2, 'nod_1', 'sigma',
        'rule-' || case when n % 3 = 0 then (n * 7919) % 1000 else 1000 + organisation * 32 + n % 32 end,
        case when n % 100 = 0 then '203.0.113.' || n % 250
          else '10.' || organisation || '.' || (n / 250) % 250 || '.' || n % 250 end,
        false, 'Nhiều lần đăng nhập sai ' || n, 2 + n % 4, false, '["attack.t1110"]', 'new', 3,
        now() - make_interval(secs => n % 86000), now() - make_interval(secs => n % 86000), 'alt_' || n,
        repeat('nhieu lan dang nhap sai ', 4), 'nhieu lan dang nhap sai', 1
      from (select n, (n * 31) % 63 as organisation from generate_series(1, ${clusters}::int) n) numbered`),
  )
  await database.transact(systemScope, (tx) =>
    tx.execute(sql`
      insert into spread_presence
      select 'rule', detector || ':' || rule_id, simulated, organisation_id, max(severity_rank), max(last_time)
      from cluster group by 1, 2, 3, 4
      union all
      select 'source', entity, simulated, organisation_id, max(severity_rank), max(last_time)
      from cluster where starts_with(entity, '203.') group by 1, 2, 3, 4`),
  )
}
