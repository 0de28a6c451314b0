import { ContactDraft, ContactPurpose } from '@haidang/contracts/contact-point'
import { partsOf } from '@haidang/contracts/form-content'
import { MembershipApplication, type MembershipKind } from '@haidang/contracts/membership'
import { OrganisationChange } from '@haidang/contracts/organisation-request'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { z } from 'zod'
import type { ContactStore } from './modules/contacts/contact-store.ts'
import type { FiledForm, FormSources, FormUse } from './modules/forms/form-use.ts'
import type { MembershipService } from './modules/memberships/membership-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { RequestService } from './modules/requests/request-service.ts'

interface MembershipFormParts {
  readonly organisations: OrganisationService
  readonly memberships: MembershipService
  readonly requests: RequestService
  readonly contacts: ContactStore
  readonly now: () => string
  readonly sources: (tx: Tx, caller: Caller, organisationId: string) => Promise<FormSources>
}

const ofOrganisation = ['name', 'address', 'website'] as const
const takenOver = new Set([
  ...ofOrganisation.map((name) => `organisation.${name}`),
  ...ContactPurpose.options.map((purpose) => `contact.${purpose}`),
])

/** Forms by which organisations apply for membership, and say who they are as members. */
export function membershipForms(
  parts: MembershipFormParts,
): Readonly<Record<'member-record' | 'membership-application', FormUse>> {
  const { organisations, memberships } = parts
  const use = (kind: MembershipKind): FormUse => ({
    permission: 'organisation.propose',
    owner: async (tx, subject) => (await organisations.require(tx, subject)).id,
    sources: (tx, caller, { organisation_id }) => parts.sources(tx, caller, organisation_id),
    submitted: async (tx, caller, form) => {
      const { membership } = await organisations.lock(tx, form.organisation_id)
      if (membership === 'none' || membership === 'left') {
        await memberships.moveIn(tx, caller, form.organisation_id, {
          act: 'apply',
          reason: '',
          authority: 'organisation.propose',
          application: { ...applicationOf(form, kind), form_id: form.id },
        })
      } else if (kind === 'voluntary' && membership !== 'applied') {
        // An application is corrected until it is reviewed; a member corrects its record.
        throw new Problem('membership.illegal-act', membership)
      }
    },
    takeOver: {
      sources: takenOver,
      ask: (tx, caller, form, values, reason) => ask(parts, tx, caller, form, { values, reason }),
    },
  })
  return { 'member-record': use('obligatory'), 'membership-application': use('voluntary') }
}

function applicationOf({ meant }: FiledForm, kind: MembershipKind): MembershipApplication {
  return MembershipApplication.parse({
    kind,
    introduction: `${meant['membership.introduction'] ?? ''}`,
    signer: partsOf(meant['membership.signer'])['name'],
  })
}

/** One request about the organisation, and one about each contact point; asked in the name of who submitted the form. */
async function ask(
  { requests, contacts, now }: MembershipFormParts,
  tx: Tx,
  caller: Caller,
  { organisation_id, submitted_by_id, submitted_by }: FiledForm,
  { values, reason }: { readonly values: FormSources; readonly reason: string },
): Promise<number> {
  const asker = { id: submitted_by_id, name: submitted_by }
  const own = ofOrganisation.flatMap((name) => {
    const value = values[`organisation.${name}`]
    return value === undefined ? [] : [[name, value] as const]
  })
  if (own.length > 0) {
    const change = valid(OrganisationChange, Object.fromEntries(own))
    await requests.askIn(tx, caller, organisation_id, { change, reason, asker })
  }
  const query = { limit: 100, filter: `organisation_id:${organisation_id}` }
  const points = (await contacts.list(tx, query, now())).items
  const asked = ContactPurpose.options.filter((purpose) => `contact.${purpose}` in values)
  for (const purpose of asked) {
    const { name, position = '', phone, mobile, email = '' } = partsOf(values[`contact.${purpose}`])
    const told = { name, position, phone: phone || mobile || '', email }
    const known = points.find((point) => point.purpose === purpose)
    const draft = valid(ContactDraft, { ...told, purpose })
    const contact = known
      ? { act: 'change' as const, contact_id: known.id, change: changed(draft, known) }
      : { act: 'add' as const, draft }
    await requests.askContactIn(tx, caller, organisation_id, { contact, reason, asker })
  }
  return asked.length + (own.length > 0 ? 1 : 0)
}

/** What a form says and the register does not; what the form does not say stays. */
function changed(
  { name, position, phone, email }: ContactDraft,
  known: Pick<ContactDraft, 'name' | 'position' | 'phone' | 'email'>,
) {
  const told = Object.entries({ name, position, phone, email }) as [keyof typeof known, string][]
  return Object.fromEntries(told.filter(([key, value]) => value !== '' && value !== known[key]))
}

function valid<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const errors = read.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    cause: message,
    remedy: 'have the form corrected',
  }))
  throw new Problem('request.invalid', errors.map(({ field }) => field).join(', '), errors)
}
