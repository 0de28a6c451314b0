import { createHash } from 'node:crypto'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { createMessage, type PrivateKey, sign } from 'openpgp'
import type { MailKeyService } from '../mail-keys/mail-key-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { PublicationService } from '../publications/publication-service.ts'
import { csafDocument, csafFileName } from './csaf-document.ts'
import {
  changesText,
  documentAddress,
  indexText,
  type Keyed,
  type Listed,
  providerMetadata,
  rolieFeed,
  yearOf,
} from './csaf-provider.ts'

export interface CsafProviderParts {
  readonly database: Database
  readonly publications: PublicationService
  readonly organisations: Pick<OrganisationService, 'home'>
  readonly keys: Pick<MailKeyService, 'signer'>
  /** The address people use; undefined: nothing is provided. */
  readonly publicUrl: string | undefined
}

/** A file of the provider. */
export interface Provided {
  readonly type: string
  readonly content: string
}

/** Documents the lists name at most; older ones stay where they are. */
const mostListed = 5_000
/** Signatures kept in memory. */
const mostSigned = 500

const json = 'application/json; charset=utf-8'
const plain = 'text/plain; charset=utf-8'

/**
 * The node as a CSAF 2.0 provider: of TLP:CLEAR alone, readable by everybody. Where its organisation has no
 * website or the node no public address, everything answers request.not-found.
 */
export class CsafProvider {
  readonly #parts: CsafProviderParts
  readonly #signed = new Map<string, string>()

  constructor(parts: CsafProviderParts) {
    this.#parts = parts
  }

  /** provider-metadata.json. Throws Problem request.not-found. */
  async metadata(): Promise<Provided> {
    const { base, publisher, since } = await this.#provider()
    const all = await this.#listed()
    const metadata = providerMetadata(base, publisher, await this.#key(), lastOf(all, since))
    return { type: json, content: written(metadata) }
  }

  /** A list of the documents. Throws Problem request.not-found. */
  async list(file: string): Promise<Provided> {
    const { base, since } = await this.#provider()
    const all = await this.#listed()
    if (file === 'index.txt') return { type: plain, content: indexText(all) }
    if (file === 'changes.csv') {
      return { type: 'text/csv; charset=utf-8', content: changesText(all) }
    }
    if (file !== 'csaf-feed-tlp-white.json') throw new Problem('request.not-found')
    const signed = (await this.#signer()) !== undefined
    const feed = rolieFeed(base, all, { updated: lastOf(all, since), signed })
    return { type: json, content: written(feed) }
  }

  /** A document, its hash or its signature. Throws Problem request.not-found, advisory.not-found. */
  async file(year: string, name: string): Promise<Provided> {
    const [, stem = '', suffix = ''] = /^([a-z0-9_-]+)\.json(\.[a-z0-9]+)?$/.exec(name) ?? []
    const content = await this.#document(year, stem)
    switch (suffix) {
      case '':
        return { type: json, content }
      case '.sha256':
      case '.sha512': {
        const hash = createHash(suffix.slice(1)).update(content).digest('hex')
        return { type: plain, content: `${hash}  ${stem}.json\n` }
      }
      case '.asc':
        return { type: plain, content: await this.#signature(content) }
      default:
        throw new Problem('request.not-found')
    }
  }

  /** The public OpenPGP key signatures are checked with. Throws Problem request.not-found. */
  async key(name: string): Promise<Provided> {
    await this.#provider()
    const key = await this.#key()
    if (!key || name !== `${key.fingerprint}.asc`) throw new Problem('request.not-found')
    return { type: plain, content: key.armoured }
  }

  /** Where the document of a public advisory is; null where nothing is provided. */
  async addressOf(of: { readonly number: string; readonly published_at: string }) {
    const provider = await this.#found()
    if (!provider) return null
    const { number, published_at } = of
    return documentAddress(provider.base, { file: csafFileName(number), published_at })
  }

  async #document(year: string, stem: string): Promise<string> {
    const { publisher } = await this.#provider()
    const { row, versions } = await this.#parts.publications.one(stem.toUpperCase())
    if (yearOf({ published_at: row.public_at }) !== year) throw new Problem('request.not-found')
    return written(csafDocument({ ...row, number: row.public_number, versions }, publisher))
  }

  async #listed(): Promise<Listed[]> {
    const rows = await this.#parts.publications.newest(mostListed)
    return rows.map(({ public_number, public_at, updated_at, content, simulated }) => ({
      id: public_number,
      title: `${simulated ? '[DIỄN TẬP] ' : ''}${content.title.vi}`,
      summary: content.title.en || content.title.vi,
      file: csafFileName(public_number),
      published_at: public_at,
      updated_at,
    }))
  }

  async #signature(content: string): Promise<string> {
    const signer = await this.#signer()
    if (!signer) throw new Problem('request.not-found')
    const hash = createHash('sha256').update(content).digest('hex')
    const known = `${signer.getFingerprint()} ${hash}`
    const kept = this.#signed.get(known)
    if (kept !== undefined) return kept
    const message = await createMessage({ binary: Buffer.from(content) })
    const made = await sign({ message, signingKeys: signer, detached: true, format: 'armored' })
    if (this.#signed.size >= mostSigned) this.#signed.clear()
    this.#signed.set(known, made)
    return made
  }

  #signer(): Promise<PrivateKey | undefined> {
    const { database, keys } = this.#parts
    return database.transact(systemScope, (tx) => keys.signer(tx))
  }

  async #key(): Promise<Keyed | undefined> {
    const signer = await this.#signer()
    return (
      signer && {
        fingerprint: signer.getFingerprint().toUpperCase(),
        armoured: signer.toPublic().armor(),
      }
    )
  }

  async #provider() {
    const provider = await this.#found()
    if (!provider) throw new Problem('request.not-found')
    return provider
  }

  async #found() {
    const { database, organisations, publicUrl } = this.#parts
    const home = await database.transact(systemScope, (tx) => organisations.home(tx))
    if (!home?.website || publicUrl === undefined) return undefined
    const publisher = { name: home.name, namespace: home.website }
    return { base: publicUrl.replace(/\/+$/, ''), publisher, since: home.created_at }
  }
}

function written(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

/** When the newest changed; where there is none, since when there may be. */
function lastOf(all: readonly Listed[], since: string): string {
  return all[0]?.updated_at ?? since
}
