import type { OrderDraft } from '@haidang/contracts/order'
import type { BasisRef } from '@haidang/contracts/order-basis'
import { lines, text } from '../../components/form.ts'
import { instantOfInput } from '../../format/instant.ts'
import { chooseAddressees } from './addressee-choice.tsx'

/** The control by which a legal basis is cited. */
export function basisField({ profile, id }: BasisRef): string {
  return `basis.${profile}.${id}`
}

/** What the order form says, as the contract wants it; not yet checked. */
export function draftIn(
  form: FormData,
  rows: readonly string[],
  addressees: readonly string[],
  incidentId: string | null,
  bases: readonly BasisRef[],
) {
  return {
    kind: text(form, 'kind') as OrderDraft['kind'],
    urgency: text(form, 'urgency') as OrderDraft['urgency'],
    title: text(form, 'title'),
    situation: text(form, 'situation'),
    tlp: text(form, 'tlp') as OrderDraft['tlp'],
    legal_basis: lines(form, 'legal_basis'),
    bases: bases
      .filter((basis) => form.has(basisField(basis)))
      .map(({ profile, id }) => ({ profile, id })),
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
      ...(form.has(`${row}.by_owner`) ? { by_owner: true } : {}),
    })),
  }
}

/** A draft in which each addressee has its own indicators of the actions that say so. */
export async function withOwn(draft: OrderDraft): Promise<OrderDraft> {
  const own = new Map<string, Record<string, string[]>>()
  for (const action of draft.actions.filter(({ by_owner }) => by_owner)) {
    const { items } = await chooseAddressees({ owners_of: action.indicators })
    for (const { organisation_id, indicators } of items) {
      own.set(organisation_id, { ...own.get(organisation_id), [action.id]: indicators })
    }
  }
  const addressees = draft.addressees.map((one) => {
    const indicators = own.get(one.organisation_id)
    return indicators ? { ...one, indicators } : one
  })
  return { ...draft, addressees }
}
