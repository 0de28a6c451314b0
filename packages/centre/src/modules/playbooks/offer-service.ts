import type { PlaybookOffer } from '@haidang/contracts/playbook'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Names } from '../../names.ts'
import { vietnamDate } from '../../vietnam-date.ts'
import type { IncidentService } from '../incidents/incident-service.ts'
import type { PlaybookStore } from './playbook-store.ts'

interface OfferParts {
  readonly database: Database
  readonly store: PlaybookStore
  readonly names: Names
  readonly clock: Clock
  readonly incidents: Pick<IncidentService, 'require'>
}

type Struck = Parameters<OfferService['taken']>[2]

/** Playbooks as those see them who work on an incident. */
export class OfferService {
  readonly #parts: OfferParts

  constructor(parts: OfferParts) {
    this.#parts = parts
  }

  /** What may be taken over onto an incident. Throws Problem incident.not-found. */
  forIncident(caller: Caller, id: string): Promise<PlaybookOffer[]> {
    const { database, incidents, names } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const found = await this.#offered(tx, caller, await incidents.require(tx, id))
      const owners = [...new Set(found.map(({ playbook }) => playbook.organisation_id))]
      const named = await names.sources(tx, owners)
      return found.map(({ playbook, version: { version, content } }) => ({
        id: playbook.id,
        organisation_name: named.get(playbook.organisation_id) ?? '',
        version,
        content,
      }))
    })
  }

  /** The version of a playbook in force, where it may be taken over onto an incident. */
  async taken(
    tx: Tx,
    caller: Caller,
    incident: { readonly organisation_id: string; readonly tlp_rank: number },
    id: string,
  ) {
    const [found] = await this.#offered(tx, caller, incident, id)
    return found?.version
  }

  #offered(tx: Tx, caller: Caller, { organisation_id, tlp_rank }: Struck, id?: string) {
    const { store, clock } = this.#parts
    const day = vietnamDate(clock.now())
    return store.offered(tx, { organisation_id, tlp_rank, also: caller.organisation_id, day, id })
  }
}
