import { mostAddressees } from '@haidang/contracts/order'
import {
  type AddresseeChoice,
  type ChosenAddressee,
  orderAddressingApi,
} from '@haidang/contracts/order-addressing-api'
import type { OrganisationSummary } from '@haidang/contracts/organisation'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { portions } from '@haidang/runtime/database/portions'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import { Problem } from '@haidang/runtime/problem'
import type { FastifyInstance } from 'fastify'
import type { AttributionService } from './modules/attribution/attribution-service.ts'
import type { OrderNodes } from './modules/orders/issue-service.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { GroupService } from './modules/sharing/group-service.ts'
import { readIndicator } from './payload/indicator.ts'

interface AddressingParts {
  readonly database: Database
  readonly clock: Clock
  readonly organisations: Pick<OrganisationService, 'list'>
  readonly groups: Pick<GroupService, 'get'>
  readonly attribution: Pick<AttributionService, 'of'>
  readonly nodes: OrderNodes
}

const organisationsAtOnce = 500
/** Identifiers one filter names. */
const idsAtOnce = 40

/** Finds whom an order is for: by name, by what is known of organisations, by group, by what belongs to them. */
export class Addressing {
  readonly #parts: AddressingParts

  constructor(parts: AddressingParts) {
    this.#parts = parts
  }

  /** Throws Problem group.not-found, filter.invalid, request.too-large (more than one order may be for). */
  async choose(caller: Caller, choice: AddresseeChoice) {
    const { owned, unowned } = await this.#owners(choice.owners_of)
    const found = new Map<string, OrganisationSummary>()
    if (choice.filter) await this.#find(caller, choice.filter, found)
    const named = new Set([...choice.organisations, ...owned.keys()])
    for (const id of choice.groups) {
      const { member_list } = await this.#parts.groups.get(caller, id)
      for (const { organisation_id } of member_list) named.add(organisation_id)
    }
    const missing = [...named].filter((id) => !found.has(id))
    for (const some of portions(missing, idsAtOnce)) {
      await this.#find(caller, some.map((id) => `id:${id}`).join(' or '), found)
    }
    // Whom the caller may not know owns nothing, as far as the caller is told.
    for (const [id, texts] of owned) if (!found.has(id)) unowned.push(...texts)
    for (const id of choice.except) found.delete(id)
    return { chosen: await this.#shown(caller, [...found.values()], owned), unowned }
  }

  async #find(
    caller: Caller,
    filter: string,
    found: Map<string, OrganisationSummary>,
  ): Promise<void> {
    let cursor: string | undefined
    do {
      const query = { limit: organisationsAtOnce, filter, ...(cursor ? { cursor } : {}) }
      const page = await this.#parts.organisations.list(caller, query)
      for (const one of page.items) found.set(one.id, one)
      if (found.size > mostAddressees) {
        throw new Problem('request.too-large', `an order is for at most ${mostAddressees}`)
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }

  /** Whose each of these is; what cannot be read or belongs to nobody is told apart. */
  async #owners(texts: readonly string[]) {
    const owned = new Map<string, string[]>()
    const unowned: string[] = []
    const now = this.#parts.clock.now()
    for (const text of new Set(texts.map((one) => one.trim()).filter(Boolean))) {
      const indicator = readIndicator(text)
      const owner = indicator && (await this.#parts.attribution.of(indicator.text, now))
      if (!indicator || !owner) unowned.push(text)
      else {
        const own = owned.get(owner.organisation_id)
        if (own) own.push(indicator.text)
        else owned.set(owner.organisation_id, [indicator.text])
      }
    }
    return { owned, unowned }
  }

  async #shown(
    caller: Caller,
    organisations: readonly OrganisationSummary[],
    owned: ReadonlyMap<string, readonly string[]>,
  ): Promise<ChosenAddressee[]> {
    const { database, nodes } = this.#parts
    const ids = organisations.map(({ id }) => id)
    const linked = await database.transact(caller.scope, (tx) => nodes.nodesOf(tx, ids))
    return organisations
      .map((one) => ({
        organisation_id: one.id,
        organisation_name: one.name,
        organisation_kind: one.kind,
        over_link: linked.has(one.id),
        has_duty: one.duty !== null,
        indicators: [...(owned.get(one.id) ?? [])],
      }))
      .toSorted((a, b) => (a.organisation_id < b.organisation_id ? -1 : 1))
  }
}

/** Some of those chosen behind one, and how many there are. */
export function pageOfChosen(
  chosen: readonly ChosenAddressee[],
  { limit, cursor = '' }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const after = chosen.filter(({ organisation_id }) => organisation_id > cursor)
  const items = after.slice(0, limit)
  return {
    items,
    next: after.length > limit ? (items.at(-1)?.organisation_id ?? null) : null,
    total: chosen.length,
    without_duty: chosen.filter(({ has_duty }) => !has_duty).length,
  }
}

/** Serves whom a choice of addressees names. */
export function serveAddressing(
  { http, gate }: { readonly http: FastifyInstance; readonly gate: Gate },
  addressing: Addressing,
): void {
  serve(
    http,
    orderAddressingApi,
    {
      preview: async ({ caller, body: { limit, cursor, ...choice } }) => {
        const { chosen, unowned } = await addressing.choose(caller, choice)
        return { ...pageOfChosen(chosen, { limit, cursor }), unowned }
      },
    },
    gate,
  )
}
