import { ContactDraft } from '@haidang/contracts/contact-point'
import type {
  ContactRequestAct,
  ContactRequestDraft,
} from '@haidang/contracts/organisation-request'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { ContactChange, ContactService } from '../contacts/contact-service.ts'

/** What is asked of a contact point, as a request keeps it. */
export interface ContactRequest {
  readonly act: ContactRequestAct
  /** Null: one to be added. */
  readonly contact_id: string | null
  /** Of the contact point, when it was asked. */
  readonly name: string
  readonly before: ContactChange
  readonly asked: ContactChange
  /** Of the key that is there and of the one that is asked for; empty: none. */
  readonly fingerprints: { readonly before: string; readonly asked: string }
}

const fields = ContactDraft.keyof().options

/** What a request would change, held against what stands. Throws Problem contact.not-found, contact.key-invalid, request.invalid (changes nothing). */
export async function readContactRequest(
  tx: Tx,
  contacts: ContactService,
  organisationId: string,
  draft: ContactRequestDraft,
): Promise<ContactRequest> {
  const { act } = draft
  if (act === 'add') {
    const asked = draft.draft
    const fingerprints = { before: '', asked: await contacts.fingerprint(asked) }
    return { act, contact_id: null, name: asked.name, before: {}, asked, fingerprints }
  }
  const now = await contacts.lock(tx, { id: organisationId, contact: draft.contact_id })
  const of = { act, contact_id: now.id, name: now.name }
  const had = now.key?.fingerprint ?? ''
  if (act === 'remove') {
    const before = pick(now, fields)
    return { ...of, before, asked: {}, fingerprints: { before: had, asked: '' } }
  }
  const { change } = draft
  const names = fields.filter((name) => change[name] !== undefined && change[name] !== now[name])
  if (names.length === 0) {
    throw new Problem('request.invalid', 'it changes nothing', [
      { field: 'contact.change', cause: 'as it is already', remedy: 'another value' },
    ])
  }
  const after = { ...now, ...change }
  const fingerprints = { before: had, asked: await contacts.fingerprint(after) }
  return { ...of, before: pick(now, names), asked: pick(change, names), fingerprints }
}

/** Does what was asked. Throws Problem as the service of contact points does. */
export async function carryOut(
  tx: Tx,
  contacts: ContactService,
  scope: Pick<Scope, 'actor'>,
  organisationId: string,
  { act, contact_id, asked }: ContactRequest,
): Promise<void> {
  if (act === 'add' || contact_id === null) {
    await contacts.addIn(tx, scope, organisationId, ContactDraft.parse(asked))
    return
  }
  const place = { id: organisationId, contact: contact_id }
  if (act === 'remove') await contacts.removeIn(tx, scope, place)
  else await contacts.changeIn(tx, scope, place, asked)
}

/** Field by field, keys by their fingerprints. */
export function contactDifferences(
  { act, before, asked, fingerprints }: ContactRequest,
  isKept: boolean,
) {
  const told = fields.filter((name) =>
    act === 'change' ? asked[name] !== undefined : (act === 'add' ? asked : before)[name],
  )
  return told.map((field) => {
    const isKey = field === 'openpgp'
    const wanted = isKey ? fingerprints.asked : (asked[field] ?? '')
    return {
      field,
      before: isKey ? fingerprints.before : (before[field] ?? ''),
      asked: wanted,
      kept: isKept ? wanted : null,
    }
  })
}

function pick(from: ContactChange, names: readonly (keyof ContactDraft)[]): ContactChange {
  return Object.fromEntries(names.map((name) => [name, from[name]]))
}
