import type { Advisory, AdvisoryVersion } from '@haidang/contracts/advisory'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { PublicAdvisory, PublicAdvisoryPage } from '@haidang/contracts/public-advisory'
import { tlpRank } from '@haidang/contracts/tlp'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'

/** An advisory that is public. */
interface PublicRow extends Pick<Advisory, 'id' | 'state' | 'content' | 'simulated'> {
  readonly organisation_name: string
  readonly public_number: string
  readonly public_at: string
  readonly updated_at: string
}
type PublicVersion = Pick<AdvisoryVersion, 'version' | 'time' | 'change_note'>

/** What is public of the advisories, as far as the scope of a transaction sees it. */
interface PublicAdvisories {
  list(tx: Tx, query: PageQuery): Promise<Page<PublicRow>>
  newest(tx: Tx, most: number): Promise<PublicRow[]>
  get(tx: Tx, number: string): Promise<PublicRow | undefined>
  versions(tx: Tx, id: string): Promise<PublicVersion[]>
}

export interface PublicationParts {
  readonly database: Database
  readonly view: PublicAdvisories
  readonly organisations: Pick<OrganisationService, 'home'>
  /** Whether this node publishes at all. */
  readonly isOn: boolean
}

/** What the node tells everybody. Reads as somebody of no clearance at all, whatever the conditions say. */
export class PublicationService {
  readonly #parts: PublicationParts

  constructor(parts: PublicationParts) {
    this.#parts = parts
  }

  /** Throws Problem request.not-found where the node publishes nothing. */
  list(query: PageQuery): Promise<Page<PublicAdvisory>> {
    return this.read(async (tx) => {
      const { items, ...page } = await this.#parts.view.list(tx, query)
      return { ...page, items: items.map(shown) }
    })
  }

  /** Throws Problem advisory.not-found, also where it is not public; request.not-found. */
  async get(number: string): Promise<Omit<PublicAdvisoryPage, 'csaf'>> {
    const { row, versions } = await this.one(number)
    return {
      ...shown(row),
      versions: versions
        .map(({ version, time, change_note }) => ({ version, time, change_note }))
        .toReversed(),
    }
  }

  /** A public advisory with its public versions. Throws Problem advisory.not-found, request.not-found. */
  one(number: string): Promise<{ row: PublicRow; versions: PublicVersion[] }> {
    const { view } = this.#parts
    return this.read(async (tx) => {
      const row = await view.get(tx, number)
      if (!row) throw new Problem('advisory.not-found')
      return { row, versions: await view.versions(tx, row.id) }
    })
  }

  /** Those changed last. Throws Problem request.not-found. */
  newest(most: number): Promise<PublicRow[]> {
    return this.read((tx) => this.#parts.view.newest(tx, most))
  }

  /** Reads what everybody may. Throws Problem request.not-found where the node publishes nothing. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { database, organisations, isOn } = this.#parts
    const home = isOn && (await database.transact(systemScope, (tx) => organisations.home(tx)))
    if (!home) throw new Problem('request.not-found')
    const scope: Scope = {
      actor: { id: 'public', name: 'public' },
      organisations: [home.id],
      clearance: tlpRank('clear'),
    }
    return database.transact(scope, work)
  }
}

function shown(row: PublicRow): PublicAdvisory {
  const { answer_due_at: _, exercise: __, kind: ___, ...content } = row.content
  return {
    number: row.public_number,
    state: row.state,
    issuer_name: row.organisation_name,
    simulated: row.simulated,
    published_at: row.public_at,
    updated_at: row.updated_at,
    content,
  }
}
