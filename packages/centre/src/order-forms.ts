import type { FormRow } from '@haidang/contracts/form-content'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { FormRecords } from './modules/forms/form-records.ts'
import type { FormSources, FormUse } from './modules/forms/form-use.ts'
import type { IncidentStore } from './modules/incidents/incident-store.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { OrderRow } from './modules/orders/order-tables.ts'
import { dateInVietnam } from './vietnam-date.ts'

interface OrderFormParts {
  readonly orderStore: OrderStore
  readonly incidentStore: IncidentStore
}

/** Rows of one table that fit into a form. */
const most = 500
/** Characters of indicators in the row of a task; all of them are taken from the order itself. */
const mostIndicators = 4_000

/** Declares the form by which an order or request is put on paper, filled from the order; for its issuer. */
export function declareOrderForm(records: FormRecords, parts: OrderFormParts): void {
  const own = async (tx: Tx, id: string): Promise<OrderRow> => {
    const row = await parts.orderStore.get(tx, id)
    if (!row || row.remote) throw new Problem('order.not-found')
    return row
  }
  const use: FormUse = {
    permission: 'order.issue',
    owner: async (tx, subject) => (await own(tx, subject)).organisation_id,
    sources: async (tx, _caller, { subject }) => sourcesOf(parts, tx, await own(tx, subject)),
  }
  records.declare('coordination-order', use)
}

async function sourcesOf(
  { orderStore, incidentStore }: OrderFormParts,
  tx: Tx,
  row: OrderRow,
): Promise<FormSources> {
  const addressees = await orderStore.addressees(tx, [row.id])
  const incident = row.incident_id ? await incidentStore.get(tx, row.incident_id) : undefined
  return {
    'order.number': row.number,
    'order.issued_date': dateInVietnam(row.issued_at),
    'order.kind': row.kind,
    'order.urgency': row.urgency,
    'order.legal_basis': row.legal_basis.map((basis) => ({ basis })),
    'order.issuer': row.organisation_name,
    'order.incident': incident?.number ?? '',
    'order.addressees': addressees
      .slice(0, most)
      .map(({ organisation_name: organisation, role }) => ({ organisation, role })),
    'order.title': row.title,
    'order.situation': row.situation,
    'order.tasks': row.actions.map(
      ({ kind, text, due_at, indicators }): FormRow => ({
        kind,
        text,
        due: due_at ? dateInVietnam(due_at) : '',
        indicators: indicators.join('; ').slice(0, mostIndicators),
      }),
    ),
    'order.report_due': row.report_due_at ? dateInVietnam(row.report_due_at) : '',
    'order.tlp': tlpOf(row.tlp_rank),
  }
}
