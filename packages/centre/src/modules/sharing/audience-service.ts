import type {
  Audience,
  AudienceCopy,
  AudienceDraft,
  AudienceKind,
  AudienceQuery,
  ToldTo,
} from '@haidang/contracts/audience'
import { AudienceReason } from '@haidang/contracts/audience'
import type { Permission } from '@haidang/contracts/permission'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { PersonService } from '../people/person-service.ts'
import { gapsOf, type Named } from './audience.ts'
import type { AudienceRow, AudienceStore, Question } from './audience-store.ts'

/** What of a thing decides who sees it, and which nodes have a copy. */
export interface Thing {
  readonly organisation_id: string
  readonly tlp: Tlp
  readonly told_to: ToldTo
  readonly parties: readonly string[]
  readonly copies: readonly Copy[]
}
type Copy = Pick<AudienceCopy, 'direction' | 'organisation_id' | 'what'>

/** What lies below in the flow and is asked about: things by kind, and where orders go. */
export interface Things {
  /** Throws the kind's own not-found, also where the caller may not know of it. */
  readonly find: Readonly<Record<AudienceKind, (tx: Tx, id: string) => Promise<Thing>>>
  /** Nodes a copy of an order to these organisations goes to. */
  copiesTo(tx: Tx, organisations: readonly string[]): Promise<Copy[]>
}

interface AudienceParts {
  readonly database: Database
  readonly store: AudienceStore
  readonly organisations: OrganisationService
  readonly people: PersonService
}

/** Whose readers are told by TLP, and what right reading takes. */
const kinds: Readonly<Record<AudienceKind, { told: boolean; permission: Permission }>> = {
  incident: { told: true, permission: 'incident.read' },
  order: { told: false, permission: 'order.read' },
  system: { told: false, permission: 'system.read' },
}

/** Who sees a thing: what the policies of the database would let through, told before and after. */
export class AudienceService {
  readonly #parts: AudienceParts

  constructor(parts: AudienceParts) {
    this.#parts = parts
  }

  /** Who will see what is not written yet. Throws Problem organisation.not-found, group.not-found, person.not-found. */
  preview(
    caller: Caller,
    things: Things,
    draft: AudienceDraft,
    query: AudienceQuery,
  ): Promise<Audience> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      await this.#parts.organisations.require(tx, draft.organisation_id)
      await this.#requireOrganisations(tx, draft.parties)
      await this.require(tx, draft.told_to)
      const copies = draft.kind === 'order' ? await things.copiesTo(tx, draft.parties) : []
      return this.#audience(tx, caller, draft.kind, { ...draft, copies }, query)
    })
  }

  /** Who sees a thing now. Throws Problem audience.owner-only, and the kind's own not-found. */
  of(
    caller: Caller,
    things: Things,
    { kind, id }: { readonly kind: AudienceKind; readonly id: string },
    query: AudienceQuery,
  ): Promise<Audience> {
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const thing = await things.find[kind](tx, id)
      const { organisations } = caller.scope
      if (organisations !== 'all' && !organisations.includes(thing.organisation_id)) {
        throw new Problem('audience.owner-only')
      }
      return this.#audience(tx, caller, kind, thing, query)
    })
  }

  /**
   * That everybody named is somebody the caller knows, inside a transaction of another module. Throws
   * Problem organisation.not-found, group.not-found, person.not-found.
   */
  async require(tx: Tx, { organisations, groups, people }: ToldTo): Promise<void> {
    const { store, people: persons } = this.#parts
    await this.#requireOrganisations(tx, organisations)
    const knownGroups = await store.groupNames(tx, groups)
    const group = groups.find((id) => !knownGroups.has(id))
    if (group) throw new Problem('group.not-found', group)
    const knownPeople = await persons.names(tx, people)
    const person = people.find((id) => !knownPeople.has(id))
    if (person) throw new Problem('person.not-found', person)
  }

  async #requireOrganisations(tx: Tx, ids: readonly string[]): Promise<void> {
    const { store, organisations } = this.#parts
    const names = await organisations.names(tx, ids)
    const hidden = ids.filter((id) => !names.has(id))
    const fellows = await store.fellows(tx, hidden)
    const unknown = hidden.find((id) => !fellows.includes(id))
    if (unknown) throw new Problem('organisation.not-found', unknown)
  }

  async #audience(
    tx: Tx,
    { scope }: Caller,
    kind: AudienceKind,
    thing: Thing,
    query: AudienceQuery,
  ): Promise<Audience> {
    const { store } = this.#parts
    const { told_to, parties } = thing
    const question: Question = {
      ...kinds[kind],
      owner: thing.organisation_id,
      rank: tlpRank(thing.tlp),
      organisations: told_to.organisations,
      groups: told_to.groups,
      parties,
    }
    const knows =
      scope.organisations === 'all'
        ? undefined
        : [...scope.organisations, ...told_to.organisations, ...parties]
    const { count, named } = await store.count(tx, question, knows)
    const { items, next } = await store.list(tx, question, query, knows)
    const called = await this.#names(tx, thing, items)
    const empty = await store.emptyGroups(tx, told_to.groups)
    return {
      next,
      tlp: thing.tlp,
      told_to,
      count,
      unnamed: count - named,
      items: items.map((row) => memberOf(row, called.groups)),
      people: told_to.people.map((id) => {
        const person = called.people.get(id)
        const organisation_name = called.organisations.get(person?.organisation_id ?? '') ?? ''
        return { id, name: person?.name ?? '', organisation_name }
      }),
      node_people: await store.nodeReaders(tx, question),
      gaps: gapsOf(thing.tlp, told_to, called, empty),
      copies: thing.copies.map((copy) => ({
        ...copy,
        organisation_name: called.organisations.get(copy.organisation_id) ?? '',
      })),
    }
  }

  async #names(tx: Tx, thing: Thing, rows: readonly AudienceRow[]): Promise<Named> {
    const { store, organisations, people } = this.#parts
    const persons = await people.named(tx, thing.told_to.people)
    const through = rows.flatMap((row) => row.through)
    return {
      people: persons,
      groups: await store.groupNames(tx, [...new Set([...thing.told_to.groups, ...through])]),
      organisations: await organisations.names(tx, [
        ...thing.told_to.organisations,
        ...thing.copies.map(({ organisation_id }) => organisation_id),
        ...[...persons.values()].map(({ organisation_id }) => organisation_id),
      ]),
    }
  }
}

function memberOf(row: AudienceRow, groups: ReadonlyMap<string, string>) {
  return {
    organisation_id: row.id,
    organisation_name: row.name,
    why: AudienceReason.parse(row.why),
    through: row.through.map((id) => ({ id, name: groups.get(id) ?? '' })),
    people: row.people,
  }
}
