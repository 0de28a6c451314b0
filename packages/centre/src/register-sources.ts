import type { FormRow } from '@haidang/contracts/form-content'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { ContactStore } from './modules/contacts/contact-store.ts'
import type { FormSources } from './modules/forms/form-use.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { TieStore } from './modules/organisations/tie-store.ts'
import type { ExpertStore } from './modules/roster/expert-store.ts'
import type { SystemStore } from './modules/systems/system-store.ts'
import { vietnamDate } from './vietnam-date.ts'

interface Registers {
  readonly clock: Clock
  readonly organisations: OrganisationService
  readonly ties: TieStore
  readonly contacts: ContactStore
  readonly experts: ExpertStore
  readonly systems: SystemStore
}

/** Rows of one register that fit into a form. */
const most = 500

/** What the registers say of an organisation, by the names forms know it by; what the caller may not read is left out. */
export async function registerSources(
  tx: Tx,
  { permissions }: Caller,
  organisationId: string,
  { clock, organisations, ties, contacts, experts, systems }: Registers,
): Promise<FormSources> {
  const today = vietnamDate(clock.now())
  const own = { limit: most, filter: `organisation_id:${organisationId}` }
  const { name, address, website } = await organisations.require(tx, organisationId)
  const points = (await contacts.list(tx, own, clock.iso())).items
  const staff = permissions.has('expert.read') ? (await experts.list(tx, own, today)).items : []
  const theirs = permissions.has('system.read') ? (await systems.list(tx, own)).items : []
  return {
    'organisation.name': name,
    'organisation.address': address,
    'organisation.website': website,
    'organisation.parent': await parentName(),
    ...Object.fromEntries(
      points.toReversed().map(({ purpose, name: called, position, phone, email }) => {
        const told: FormRow = { name: called, position, phone, email }
        return [`contact.${purpose}`, told]
      }),
    ),
    ...keyOf(points),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((level) => [
        `systems.level-${level}`,
        theirs
          .filter((system) => system.level === level)
          .map((system) => system.name)
          .join('\n'),
      ]),
    ),
    'roster.specialities': counted(staff.flatMap(({ specialities }) => specialities)),
    'roster.experts': staff.map(({ name: called, certificates }) => ({
      name: called,
      degree: certificates.map((each) => each.name).join(', '),
    })),
  }

  async function parentName(): Promise<string> {
    const tie = (await ties.list(tx, organisationId)).find(
      ({ kind, valid_from, valid_to }) =>
        kind === 'parent' && (valid_from ?? today) <= today && (valid_to ?? today) >= today,
    )
    if (!tie?.parent_id) return ''
    return (await organisations.names(tx, [tie.parent_id])).get(tie.parent_id) ?? ''
  }
}

type Point = Awaited<ReturnType<ContactStore['list']>>['items'][number]

function keyOf(points: readonly Point[]): FormSources {
  const key = points.find((point) => point.key)?.key
  return key ? { 'key.user': key.user_ids[0] ?? '', 'key.fingerprint': key.fingerprint } : {}
}

function counted(words: readonly string[]): FormRow[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort().map(([speciality, count]) => ({ speciality, count }))
}
