import type { WorkKind } from '@haidang/contracts/handover'
import { mostItems } from '@haidang/contracts/handover'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { ClusterStore } from '../modules/correlation/cluster-store.ts'
import type { DeadlineStore } from '../modules/deadlines/deadline-store.ts'
import type { Work } from '../modules/handovers/handover.ts'
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
const openIncident = 'not (state:closed or state:rejected)'
const openCluster = '(state:new or state:acknowledged or state:snoozed)'

/**
 * What somebody would hand over at the end of a shift, as far as they see it and may handle it: their own incidents and
 * alerts, grave ones nobody has, reports nobody acknowledged, orders that are late, deadlines that pass within a day.
 */
export function openWorkOf(parts: WorkParts) {
  return async (tx: Tx, caller: Caller): Promise<readonly Work[]> => {
    const me = standerIdOf(caller)
    const may = (permission: Parameters<Caller['permissions']['has']>[0]) =>
      caller.permissions.has(permission)
    const work: Work[] = []
    if (may('incident.handle')) work.push(...(await incidents(parts, tx, me)))
    if (may('alert.triage')) work.push(...(await clusters(parts, tx, me)))
    if (may('incident-report.triage')) work.push(...(await reports(parts, tx)))
    if (may('order.issue')) work.push(...(await orders(parts, tx)))
    if (may('deadline.handle')) work.push(...(await deadlines(parts, tx, caller)))
    return work.slice(0, mostItems)
  }
}

async function incidents({ incidents: store }: WorkParts, tx: Tx, me: string): Promise<Work[]> {
  const own = await store.list(tx, {
    limit: 200,
    filter: `${openIncident} and assignee_id:${me}`,
  })
  const nobodys = await store.list(tx, {
    limit: most,
    filter: `${openIncident} and assignee_id:""`,
  })
  return [...own.items, ...nobodys.items].map((row) => ({
    ...workOf('incident', row, row.number),
    title: row.title,
    due_at: null,
    unowned: row.assignee_id === null,
  }))
}

async function clusters({ clusters: store }: WorkParts, tx: Tx, me: string): Promise<Work[]> {
  const own = await store.list(tx, {
    limit: 200,
    filter: `${openCluster} and assignee_id:${me}`,
  })
  const nobodys = await store.list(tx, {
    limit: most,
    filter: `${openCluster} and assignee_id:"" and severity>=high`,
  })
  return [...own.items, ...nobodys.items].map((row) => ({
    ...workOf('cluster', row, row.title),
    title: row.entity,
    due_at: null,
    unowned: row.assignee_id === null,
  }))
}

async function reports({ reports: store }: WorkParts, tx: Tx): Promise<Work[]> {
  const { items } = await store.list(tx, { limit: most, filter: 'state:received' })
  return items.map((row) => ({
    ...workOf('incident-report', row, row.number ?? row.id),
    title: row.system_name || row.description.slice(0, 120),
    due_at: null,
    unowned: true,
  }))
}

async function orders({ orders: store }: WorkParts, tx: Tx): Promise<Work[]> {
  const { items } = await store.list(tx, { limit: most, filter: 'state:issued and overdue:true' })
  return items.map((row) => ({
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
): Promise<Work[]> {
  const soon = isoOf(clock.now() + day)
  const filter = `(state:running or state:passed) and due_at<${soon}`
  const kinds = (['incident', 'incident-report', 'order'] as const).filter((kind) =>
    caller.permissions.has(`${kind}.read`),
  )
  if (kinds.length === 0) return []
  const { items } = await store.list(tx, { limit: most, filter }, kinds)
  return items.map((row) => ({
    ...workOf('deadline', row, row.subject_label),
    page_id: row.subject_id,
    title: row.name[caller.language],
    due_at: row.due_at,
    unowned: false,
  }))
}

interface Row {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
}

function workOf(kind: WorkKind, { id, organisation_id, tlp_rank }: Row, label: string) {
  return { kind, object_id: id, page_id: id, label, organisation_id, tlp_rank }
}
