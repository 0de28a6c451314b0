import {
  type AdvisoryChoice,
  advisoryAddressingApi,
} from '@haidang/contracts/advisory-addressing-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { FastifyInstance } from 'fastify'
import { type Addressing, pageOfChosen } from './addressing.ts'
import type { AttributionService } from './modules/attribution/attribution-service.ts'
import type { SystemService } from './modules/systems/system-service.ts'
import { readSightings, type UnreadSighting } from './payload/sighting-lines.ts'

interface AdvisoryAddressingParts {
  readonly addressing: Pick<Addressing, 'choose'>
  readonly systems: Pick<SystemService, 'running'>
  readonly attribution: Pick<AttributionService, 'of'>
  readonly clock: Clock
}

/** What belongs to each organisation, one line each. */
type Owned = Map<string, Set<string>>

/** Finds whom an advisory is for, and what of it each of them alone is told: its own systems, what was seen of it. */
export class AdvisoryAddressing {
  readonly #parts: AdvisoryAddressingParts

  constructor(parts: AdvisoryAddressingParts) {
    this.#parts = parts
  }

  /** Throws as Addressing does; Problem permission.missing, request.invalid (versions of a software). */
  async choose(caller: Caller, { software, sightings, ...choice }: AdvisoryChoice) {
    const owned: Owned = new Map()
    for (const sought of software) {
      for (const found of await this.#parts.systems.running(caller, sought)) {
        const { organisation_id, system, software: name, version } = found
        add(owned, organisation_id, `${system}: ${[name, version || '?'].join(' ')}`)
      }
    }
    const { unowned, unread } = await this.#attribute(sightings, owned)
    const organisations = [...new Set([...choice.organisations, ...owned.keys()])]
    const base = await this.#parts.addressing.choose(caller, { ...choice, organisations })
    const chosen = base.chosen.map((one) => ({
      ...one,
      indicators: [...one.indicators, ...(owned.get(one.organisation_id) ?? [])],
    }))
    const known = new Set([...chosen.map((one) => one.organisation_id), ...choice.except])
    // Whom the caller may not know owns nothing, as far as the caller is told.
    const hidden = [...owned].flatMap(([id, lines]) => (known.has(id) ? [] : [...lines]))
    return { chosen, unowned: [...base.unowned, ...unowned, ...hidden], unread }
  }

  /** Each line to whoever owned the address at that time. */
  async #attribute(
    lines: readonly string[],
    owned: Owned,
  ): Promise<{ unowned: string[]; unread: readonly UnreadSighting[] }> {
    const { attribution, clock } = this.#parts
    const { sightings, unread } = readSightings(lines, clock.now())
    const unowned: string[] = []
    for (const { text, at, line } of sightings) {
      const owner = await attribution.of(text, at)
      if (owner) add(owned, owner.organisation_id, line)
      else unowned.push(line)
    }
    return { unowned, unread }
  }
}

function add(owned: Owned, organisationId: string, line: string): void {
  const lines = owned.get(organisationId)
  if (lines) lines.add(line)
  else owned.set(organisationId, new Set([line]))
}

/** Serves whom a choice of addressees of an advisory names. */
export function serveAdvisoryAddressing(
  { http, gate }: { readonly http: FastifyInstance; readonly gate: Gate },
  addressing: AdvisoryAddressing,
): void {
  serve(
    http,
    advisoryAddressingApi,
    {
      preview: async ({ caller, body: { limit, cursor, ...choice } }) => {
        const { chosen, unowned, unread } = await addressing.choose(caller, choice)
        return { ...pageOfChosen(chosen, { limit, cursor }), unowned, unread: [...unread] }
      },
    },
    gate,
  )
}
