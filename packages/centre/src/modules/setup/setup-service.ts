import type { Request } from '@haidang/contracts/endpoint'
import type { setupApi } from '@haidang/contracts/person-api'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { AccountService } from '../accounts/account-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { PersonService } from '../people/person-service.ts'
import type { SettingService } from '../settings/setting-service.ts'
import type { SetupStore } from './setup-store.ts'

interface SetupParts {
  readonly database: Database
  readonly store: SetupStore
  readonly settings: SettingService
  readonly organisations: OrganisationService
  readonly people: PersonService
  readonly accounts: AccountService
  readonly journal: Journal
  readonly node: { readonly id: string; readonly demo: boolean }
  /** Told the node's name once it has one. */
  readonly named: (name: string) => void
}

type SetupBody = Request<(typeof setupApi)['complete']>['body']

/** First-run set-up: names the node, founds its organisation and its first administrator, once. */
export class SetupService {
  readonly #parts: SetupParts

  constructor(parts: SetupParts) {
    this.#parts = parts
  }

  /** Whether the node still waits for set-up, and whether it belongs to a demonstration. */
  async state(): Promise<{ needed: boolean; demo: boolean }> {
    return { needed: await this.#needed(), demo: this.#parts.node.demo }
  }

  /** A fresh token to open set-up with, shown to who starts the node; null once set-up is done. */
  async token(): Promise<string | null> {
    return (await this.#needed()) ? this.#parts.store.issue() : null
  }

  /** Throws Problem setup.done, setup.token-wrong. Of two at the same moment one wins. */
  async complete(body: SetupBody): Promise<{ organisation_id: string; person_id: string }> {
    const { database, store } = this.#parts
    if (!(await this.#needed())) throw new Problem('setup.done')
    if (!(await store.matches(body.token))) throw new Problem('setup.token-wrong')
    const password_hash = await this.#parts.accounts.hash(body.administrator.password, [
      body.administrator.name,
      body.administrator.email,
      body.organisation.name,
      body.node_name,
    ])
    const made = await database.transact(systemScope, (tx) => this.#found(tx, body, password_hash))
    await store.discard()
    this.#parts.named(body.node_name)
    return made
  }

  async #found(
    tx: Tx,
    { node_name, language, organisation, administrator }: SetupBody,
    password_hash: string,
  ): Promise<{ organisation_id: string; person_id: string }> {
    const { settings, organisations, people, journal, node } = this.#parts
    await settings.setUp(tx, node_name, language)
    const { actor } = systemScope
    const home = await organisations.found(tx, actor, organisation, true)
    const person = await people.add(tx, actor, {
      name: administrator.name,
      email: administrator.email,
      organisation_id: home.id,
      role_id: 'administrator',
      language,
      password_hash,
    })
    await journal.append(tx, {
      type: 'node.set-up',
      organisation_id: home.id,
      actor: { id: person.id, name: person.name },
      authority: 'set-up token',
      subject: node.id,
      related: [home.id, person.id],
      after: { node_name, language },
    })
    return { organisation_id: home.id, person_id: person.id }
  }

  #needed(): Promise<boolean> {
    const { database, settings } = this.#parts
    return database.transact(
      systemScope,
      async (tx) => (await settings.read(tx)).set_up_at === null,
    )
  }
}
