import type { OpenWorkKind } from '@haidang/contracts/handover'
import { mostItems } from '@haidang/contracts/handover'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { ClusterStore } from '../modules/correlation/cluster-store.ts'
import type { DeadlineStore } from '../modules/deadlines/deadline-store.ts'
import type { Listed, Work } from '../modules/handovers/handover.ts'
import type { IncidentReportStore } from '../modules/incident-reports/incident-report-store.ts'
import type { IncidentStore } from '../modules/incidents/incident-store.ts'
import type { OrderStore } from '../modules/orders/order-store.ts'
import { standerIdOf } from '../signed-in.ts'

export interface WorkParts {
  readonly clock: Clock
  readonly clusters: ClusterStore
  readonly incidents: IncidentStore
  readonly reports: IncidentReportStore
  readonly orders: OrderStore
  readonly deadlines: DeadlineStore
}

const day = 86_400_000
/** Of what nobody has, and of what is late, so many: more is no hand-over but a backlog. */
const most = 100
/** What was merged stands under another, which is handed over for it. */
const openIncident = 'merged:false and not (state:closed or state:rejected)'
const openCluster = '(state:new or state:acknowledged or state:snoozed)'

/**
 * What somebody would hand over at the end of a shift, as far as they see it and may handle it: their own incidents and
 * alerts, grave ones nobody has, reports nobody acknowledged, orders that are late, deadlines that pass within a day.
 */
export function openWorkOf(parts: WorkParts) {
  return async (tx: Tx, caller: Caller): Promise<Listed> => {
    const me = standerIdOf(caller)
    const may = (permission: Parameters<Caller['permissions']['has']>[0]) =>
      caller.permissions.has(permission)
    const listed: Listed[] = []
    if (may('incident.handle')) listed.push(await incidents(parts, tx, me))
    if (may('alert.triage')) listed.push(await clusters(parts, tx, me))
    if (may('incident-report.triage')) listed.push(await reports(parts, tx))
    if (may('order.issue')) listed.push(await orders(parts, tx))
    if (may('deadline.handle')) listed.push(await deadlines(parts, tx, caller))
    return {
      work: listed.flatMap(({ work }) => work),
      more: listed.some(({ more }) => more),
    }
  }
}

async function incidents({ incidents: store }: WorkParts, tx: Tx, me: string): Promise<Listed> {
  const own = await all((query) => store.list(tx, query), `${openIncident} and assignee_id:${me}`)
  const nobodys = await store.list(tx, {
    limit: most,
    filter: `${openIncident} and assignee_id:""`,
  })
  return listedOf([own, nobodys], (row) => ({
    ...workOf('incident', row, row.number),
    title: row.title,
    due_at: null,
    unowned: row.assignee_id === null,
  }))
}

async function clusters({ clusters: store }: WorkParts, tx: Tx, me: string): Promise<Listed> {
  const own = await all((query) => store.list(tx, query), `${openCluster} and assignee_id:${me}`)
  const nobodys = await store.list(tx, {
    limit: most,
    filter: `${openCluster} and assignee_id:"" and severity>=high`,
  })
  return listedOf([own, nobodys], (row) => ({
    ...workOf('cluster', row, row.title),
    title: row.entity,
    due_at: null,
    unowned: row.assignee_id === null,
  }))
}

async function reports({ reports: store }: WorkParts, tx: Tx): Promise<Listed> {
  const found = await store.list(tx, { limit: most, filter: 'state:received' })
  return listedOf([found], (row) => ({
    ...workOf('incident-report', row, row.number ?? row.id),
    title: row.system_name || row.description.slice(0, 120),
    due_at: null,
    unowned: true,
  }))
}

async function orders({ orders: store }: WorkParts, tx: Tx): Promise<Listed> {
  const found = await store.list(tx, { limit: most, filter: 'state:issued and overdue:true' })
  return listedOf([found], (row) => ({
    ...workOf('order', row, row.number),
    title: row.title,
    due_at: row.report_due_at,
    unowned: false,
  }))
}

async function deadlines(
  { deadlines: store, clock }: WorkParts,
  tx: Tx,
  caller: Caller,
): Promise<Listed> {
  const soon = isoOf(clock.now() + day)
  const filter = `(state:running or state:passed) and due_at<${soon}`
  const kinds = (['incident', 'incident-report', 'order'] as const).filter((kind) =>
    caller.permissions.has(`${kind}.read`),
  )
  if (kinds.length === 0) return { work: [], more: false }
  const found = await store.list(tx, { limit: most, filter }, kinds)
  return listedOf([found], (row) => ({
    ...workOf('deadline', row, row.subject_label),
    page_id: row.subject_id,
    title: row.name[caller.language],
    due_at: row.due_at,
    unowned: false,
  }))
}

/** Pages of a list as far as one hand-over may go: nobody loses their own work for there being much of it. */
async function all<R>(
  list: (query: PageQuery) => Promise<Page<R>>,
  filter: string,
): Promise<Page<R>> {
  const items: R[] = []
  let cursor: string | undefined
  do {
    const page = await list({ limit: 200, filter, ...(cursor && { cursor }) })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && items.length <= mostItems)
  return { items, next: cursor ?? null }
}

function listedOf<R>(pages: readonly Page<R>[], workOf: (row: R) => Work): Listed {
  return {
    work: pages.flatMap(({ items }) => items.map(workOf)),
    more: pages.some(({ next }) => next !== null),
  }
}

interface Row {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
}

function workOf(kind: OpenWorkKind, { id, organisation_id, tlp_rank }: Row, label: string) {
  return { kind, object_id: id, page_id: id, label, organisation_id, tlp_rank }
}
