import type { Permission } from '@haidang/contracts/permission'
import type { Tx } from '@haidang/runtime/database/database'
import type { ContactService } from '../contacts/contact-service.ts'
import type { PersonRow, PersonService } from '../people/person-service.ts'
import type { Recipient } from './notification-service.ts'

interface Of {
  readonly organisation_id: string
  readonly tlp_rank: number
}

/** Who is to be told; all of it needs the scope of the node. */
export class Recipients {
  readonly #people: PersonService
  readonly #contacts: ContactService

  constructor(people: PersonService, contacts: ContactService) {
    this.#people = people
    this.#contacts = contacts
  }

  /** People of the organisation itself who may do this. */
  async able(tx: Tx, permission: Permission, of: Of): Promise<Recipient[]> {
    return (await this.#people.ableIn(tx, [permission], of)).map(personRecipient)
  }

  /** Those, and people of roles over the whole node. */
  async ableAnywhere(tx: Tx, permission: Permission, of: Of): Promise<Recipient[]> {
    return this.people(tx, await this.#people.ableTo(tx, [permission], of))
  }

  /** Some people by id, without those whose account is shut. */
  async people(tx: Tx, ids: readonly string[]): Promise<Recipient[]> {
    const found: PersonRow[] = []
    for (const id of new Set(ids)) found.push(await this.#people.require(tx, id))
    return found.filter(({ disabled }) => !disabled).map(personRecipient)
  }

  /** People who may do this, and the first contact point: an order reaches who is on duty, with an account or without. */
  async onDuty(tx: Tx, permission: Permission, of: Of): Promise<Recipient[]> {
    const people = await this.able(tx, permission, of)
    const [contact] = await this.#contactsOf(tx, of.organisation_id)
    const isKnown = people.some(({ address }) => address === contact?.address)
    return contact && !isKnown ? [...people, contact] : people
  }

  /** Who of an organisation reads an address: one of these people, or one of its contact points. */
  async atAddress(
    tx: Tx,
    people: readonly Recipient[],
    { organisation_id }: Of,
    address: string,
  ): Promise<Recipient | undefined> {
    const wanted = address.trim().toLowerCase()
    if (wanted === '') return undefined
    const all = [...people, ...(await this.#contactsOf(tx, organisation_id))]
    return all.find(({ address: known }) => known.toLowerCase() === wanted)
  }

  /** Whom to try after these addresses failed. */
  async next(
    tx: Tx,
    organisationId: string,
    tried: readonly string[],
  ): Promise<Recipient | undefined> {
    const contacts = await this.#contactsOf(tx, organisationId)
    return contacts.find(({ address }) => !tried.includes(address.toLowerCase()))
  }

  async #contactsOf(tx: Tx, organisationId: string): Promise<Recipient[]> {
    const rows = await this.#contacts.reachable(tx, organisationId)
    return rows.map(({ id, organisation_id, name, email }) => ({
      organisation_id,
      person_id: null,
      contact_id: id,
      name,
      address: email,
      language: 'vi' as const,
    }))
  }
}

function personRecipient({ id, organisation_id, name, email, language }: PersonRow): Recipient {
  return { organisation_id, person_id: id, contact_id: null, name, address: email, language }
}
