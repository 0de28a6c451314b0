import type {
  ContactCorrection,
  ContactState,
  ContactToVerify,
} from '@haidang/contracts/contact-point'
import { durationMilliseconds } from '@haidang/contracts/duration'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { byOf, type LinkPost } from '../../link-post.ts'
import { hashOf, newSecret } from '../../secret.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { type ContactService, unconfirmed } from './contact-service.ts'
import type { ContactStore } from './contact-store.ts'
import type { ContactRow } from './contact-tables.ts'

interface VerificationParts {
  readonly database: Database
  readonly clock: Clock
  readonly store: ContactStore
  readonly contacts: ContactService
  readonly organisations: OrganisationService
  /** How long a confirmation is relied on, ISO 8601. */
  readonly period: string
  readonly post: LinkPost
}

/** How long a link holds. */
const linkMilliseconds = 14 * 86_400_000

/** Contact points confirm themselves by a link made for them, again and again, so that none is wrong in need. */
export class VerificationService {
  readonly #parts: VerificationParts

  constructor(parts: VerificationParts) {
    this.#parts = parts
  }

  /**
   * Makes a link for one use, and one like it that is mailed where the node has mail: who asks does not see that one,
   * so only its reader can prove a key by it. Those before hold no longer. Throws Problem contact.not-found.
   */
  ask(
    caller: Caller,
    place: { readonly id: string; readonly contact: string },
  ): Promise<{ path: string; expires_at: string; mailed: boolean }> {
    const { database, store, contacts, clock, organisations, post } = this.#parts
    const token = newSecret('')
    const mailedToken = newSecret('')
    return database.transact(caller.scope, async (tx) => {
      const before = await contacts.lock(tx, place)
      const expires_at = isoOf(clock.now() + linkMilliseconds)
      const after = {
        ...before,
        token_hash: hashOf(token),
        mailed_hash: hashOf(mailedToken),
        asked_at: clock.iso(),
        token_expires_at: expires_at,
      }
      await store.replace(tx, after)
      await contacts.journal(tx, caller.scope, 'contact.asked', { before, after })
      // After #, so that neither a log nor another site's Referer holds it.
      const pathOf = (secret: string) => `/verify-contact#${secret}`
      const path = pathOf(token)
      const { id, organisation_id, name, email: address } = before
      const names = await organisations.names(tx, [organisation_id])
      const mailed = await post.post(tx, {
        kind: 'contact-verification',
        once: hashOf(mailedToken),
        object_id: id,
        path: pathOf(mailedToken),
        expires_at,
        to: { organisation_id, name, address, language: 'vi' },
        organisation: names.get(organisation_id) ?? '',
        by: byOf(caller),
      })
      return { path, expires_at, mailed }
    })
  }

  /** What the holder of a link is to confirm. Throws Problem contact.link-spent. */
  read(token: string): Promise<ContactToVerify> {
    return this.#parts.database.transact(systemScope, async (tx) => {
      const row = await this.#require(tx, token)
      const { name } = await this.#parts.organisations.require(tx, row.organisation_id)
      const { purpose, position, phone, email, key } = row
      return {
        organisation_name: name,
        purpose,
        name: row.name,
        position,
        phone,
        email,
        fingerprint: key?.fingerprint ?? null,
        expires_at: row.token_expires_at ?? '',
      }
    })
  }

  /**
   * Confirms or corrects what the link is about; the link holds no longer. What was corrected waits for the
   * coordinator's look: only what stood there before can be confirmed by a link sent to it. Throws Problem contact.link-spent.
   */
  answer(
    token: string,
    correction: ContactCorrection | undefined,
  ): Promise<{ state: ContactState }> {
    const { database, store, contacts, clock, period } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const before = await this.#require(tx, token)
      const corrected = correction && isOther(before, correction) ? correction : undefined
      const now = clock.now()
      const after: ContactRow = {
        ...before,
        ...corrected,
        ...unconfirmed,
        updated_at: clock.iso(),
        ...(corrected
          ? {}
          : {
              verified_at: isoOf(now),
              due_at: isoOf(now + durationMilliseconds(period)),
              key_confirmed_at: keyConfirmedAt(before, token, isoOf(now)),
            }),
      }
      // A key is of an address: with another address it is nobody's.
      if (after.email !== before.email) Object.assign(after, { openpgp: '', key: null })
      await store.replace(tx, after)
      const actor = { id: before.id, name: before.name }
      const type = corrected ? 'contact.changed' : 'contact.verified'
      await contacts.journal(tx, { actor }, type, { before, after })
      return { state: contacts.stateOf(after) }
    })
  }

  async #require(tx: Tx, token: string): Promise<ContactRow> {
    const { store, clock } = this.#parts
    const found = await store.ofToken(tx, hashOf(token), clock.iso())
    if (!found) throw new Problem('contact.link-spent')
    return found
  }
}

/** A link that did not go by mail confirms nothing of a key, and takes back nothing. */
function keyConfirmedAt(before: ContactRow, token: string, now: string): string | null {
  if (before.key === null) return null
  return before.mailed_hash === hashOf(token) ? now : before.key_confirmed_at
}

function isOther(row: ContactRow, correction: ContactCorrection): boolean {
  const names = ['name', 'position', 'phone', 'email'] as const
  return names.some((name) => row[name] !== correction[name])
}
