import type { OrderDraft } from '@haidang/contracts/order'
import { lines, text } from '../../components/form.ts'
import { instantOfInput } from '../../format/instant.ts'

/** What the order form says, as the contract wants it; not yet checked. */
export function draftIn(
  form: FormData,
  rows: readonly string[],
  addressees: readonly string[],
  incidentId: string | null,
) {
  return {
    kind: text(form, 'kind') as OrderDraft['kind'],
    urgency: text(form, 'urgency') as OrderDraft['urgency'],
    title: text(form, 'title'),
    situation: text(form, 'situation'),
    tlp: text(form, 'tlp') as OrderDraft['tlp'],
    legal_basis: lines(form, 'legal_basis'),
    report_due_at: instantOfInput(text(form, 'report_due_at')),
    incident_id: incidentId,
    addressees: addressees.map((organisation_id) => ({
      organisation_id,
      role: text(form, `role.${organisation_id}`) || 'lead',
    })),
    actions: rows.map((row) => ({
      id: row,
      kind: text(form, `${row}.kind`),
      text: text(form, `${row}.text`),
      due_at: instantOfInput(text(form, `${row}.due_at`)) ?? null,
      indicators: lines(form, `${row}.indicators`),
    })),
  }
}
