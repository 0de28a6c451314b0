import type { Invitation, InvitationDraft } from '@haidang/contracts/invitation'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { byOf, type LinkPost } from '../../link-post.ts'
import { hashOf, newSecret } from '../../secret.ts'
import type { AccountService } from '../accounts/account-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { PersonService } from '../people/person-service.ts'
import type { RoleService } from '../people/role-service.ts'
import type { InvitationStore } from './invitation-store.ts'

interface InvitationParts {
  readonly database: Database
  readonly store: InvitationStore
  readonly people: PersonService
  readonly accounts: AccountService
  readonly roles: RoleService
  readonly organisations: OrganisationService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly post: LinkPost
}

interface Acceptance {
  readonly token: string
  readonly name: string
  readonly password: string
}

/** Who is shown an invitation. */
interface Shown {
  readonly name: string
  readonly email: string
  readonly organisation_name: string
  readonly role_vi: string
  readonly role_en: string
  readonly expires_at: string
}

const day = 86_400_000

/** One-time links by which people make their own account, in a role somebody chose who may give it. */
export class InvitationService {
  readonly #parts: InvitationParts

  constructor(parts: InvitationParts) {
    this.#parts = parts
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Invitation>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query))
  }

  /**
   * An invitation and the token of its link, shown now and never again; mailed, too, where the node has mail. Throws Problem organisation.not-found,
   * role.not-found, permission.missing (a role that may do more than the caller), person.email-taken.
   */
  async create(
    caller: Caller,
    { days, ...draft }: InvitationDraft,
  ): Promise<{ invitation: Invitation; token: string; mailed: boolean }> {
    const { database, store, people, roles, organisations, clock, newId } = this.#parts
    const taken = await database.transact(systemScope, (tx) => people.byEmail(tx, draft.email))
    return database.transact(caller.scope, async (tx) => {
      await organisations.require(tx, draft.organisation_id)
      await roles.grantable(tx, caller, draft.role_id)
      if (taken) throw new Problem('person.email-taken', draft.email)
      const invitation: Invitation = {
        ...draft,
        id: newId('invitation'),
        created_at: clock.iso(),
        expires_at: isoOf(clock.now() + days * day),
        accepted_at: null,
        revoked_at: null,
      }
      const token = newSecret('hdi_')
      await store.add(tx, invitation, hashOf(token))
      await this.#journal(tx, caller.scope.actor, 'invitation.created', invitation)
      return { invitation, token, mailed: await this.#mail(tx, caller, invitation, token) }
    })
  }

  /** Its link opens nothing from now on. Throws Problem invitation.not-found. */
  revoke(caller: Caller, id: string): Promise<Invitation> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const found = await store.get(tx, id)
      if (!found) throw new Problem('invitation.not-found', id)
      if (found.revoked_at !== null || found.accepted_at !== null) return found
      const revoked = { ...found, revoked_at: clock.iso() }
      await store.revoke(tx, id, revoked.revoked_at)
      await this.#journal(tx, caller.scope.actor, 'invitation.revoked', revoked)
      return revoked
    })
  }

  /** Throws Problem access-link.wrong. */
  show(token: string): Promise<Shown> {
    const { database, roles, organisations } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const { name, email, organisation_id, role_id, expires_at } = await this.#open(tx, token)
      const role = await roles.require(tx, role_id)
      const names = await organisations.names(tx, [organisation_id])
      return {
        name,
        email,
        expires_at,
        organisation_name: names.get(organisation_id) ?? '',
        role_vi: role.name_vi,
        role_en: role.name_en,
      }
    })
  }

  /** Makes the account; of two at the same moment one wins. Throws Problem access-link.wrong, person.email-taken. */
  async accept({ token, name, password }: Acceptance): Promise<{ email: string }> {
    const { database, store, people, accounts, clock } = this.#parts
    const invited = await database.transact(systemScope, (tx) => this.#open(tx, token))
    const about = await people.aboutOf({ ...invited, name })
    const password_hash = await accounts.hash(password, about)
    try {
      return await database.transact(systemScope, async (tx) => {
        const open = await this.#open(tx, token)
        const { id, email, organisation_id, role_id, language } = open
        const actor = { id, name }
        const draft = { name, email, organisation_id, role_id, language, password_hash }
        const person = await people.add(tx, actor, draft)
        const accepted = { ...open, accepted_at: clock.iso() }
        await store.accept(tx, id, accepted.accepted_at)
        await this.#journal(tx, person, 'invitation.accepted', accepted)
        return { email }
      })
    } catch (error) {
      if (!violates(error, 'person_email')) throw error
      throw new Problem('person.email-taken')
    }
  }

  async #mail(tx: Tx, caller: Caller, invitation: Invitation, token: string): Promise<boolean> {
    const { post, organisations } = this.#parts
    const { id, organisation_id, name, email, language, expires_at } = invitation
    const names = await organisations.names(tx, [organisation_id])
    return post.post(tx, {
      kind: 'invitation',
      once: id,
      object_id: id,
      expires_at,
      to: { organisation_id, name, address: email, language },
      path: `/invitation#${token}`,
      organisation: names.get(organisation_id) ?? '',
      by: byOf(caller),
    })
  }

  async #open(tx: Tx, token: string): Promise<Invitation> {
    const { store, clock } = this.#parts
    const found = await store.open(tx, hashOf(token), clock.iso())
    if (!found) throw new Problem('access-link.wrong')
    return found
  }

  async #journal(
    tx: Tx,
    { id, name }: EntryDraft['actor'],
    type: EntryDraft['type'],
    invitation: Invitation,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: invitation.organisation_id,
      actor: { id, name },
      authority: type === 'invitation.accepted' ? 'invitation link' : 'person.manage',
      subject: invitation.id,
      after: invitation,
    })
  }
}
