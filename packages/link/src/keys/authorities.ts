import type { X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Instant } from '@haidang/contracts/instant'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import { z } from 'zod'
import {
  Authority,
  authorityFiles,
  type ServerCredentials,
  type StationCertificate,
  serverKeyFile,
} from './authority.ts'
import { writeSecret } from './key-file.ts'

const Former = z.object({
  fingerprint: z.string(),
  ended_at: Instant,
  how: z.enum(['retired', 'lost']),
})
/** An authority that no longer counts; `lost`: its key may be in other hands. */
export type FormerAuthority = z.infer<typeof Former>

const Place = z.object({
  /** The one the listener shows, and the pin of join codes. */
  shown: z.int().min(1),
  /** The one that signs for nodes below; another than `shown` while they move. */
  issuing: z.int().min(1),
  began_at: Instant.nullable(),
  /** When the one before ends at the latest. */
  due_at: Instant.nullable(),
  former: z.array(Former),
})
type Place = z.infer<typeof Place>

const first: Place = { shown: 1, issuing: 1, began_at: null, due_at: null, former: [] }

/**
 * The authorities of one node over its life. While one takes over from another, both are trusted: nodes below get
 * certificates of the new one, and the listener shows the old one, which all of them know, until it ends.
 */
export class Authorities {
  readonly #directory: string
  readonly #nodeId: string
  readonly #clock: Clock
  #place: Place
  #shown: Authority
  #issuing: Authority

  /** Those in `directory` (`keys/` of the data directory); the first is made at first use. */
  static async open(directory: string, nodeId: string, clock: Clock): Promise<Authorities> {
    const place = await placeIn(directory)
    const shown = await Authority.open(directory, nodeId, clock, place.shown)
    const issuing = await openOther(shown, place, (n) =>
      Authority.open(directory, nodeId, clock, n),
    )
    return new Authorities({ directory, nodeId, clock, place, shown, issuing })
  }

  private constructor(parts: {
    directory: string
    nodeId: string
    clock: Clock
    place: Place
    shown: Authority
    issuing: Authority
  }) {
    this.#directory = parts.directory
    this.#nodeId = parts.nodeId
    this.#clock = parts.clock
    this.#place = parts.place
    this.#shown = parts.shown
    this.#issuing = parts.issuing
  }

  /** What the listener shows and join codes name. */
  get shown(): Authority {
    return this.#shown
  }

  /** What signs for nodes below. */
  get issuing(): Authority {
    return this.#issuing
  }

  get isMoving(): boolean {
    return this.#issuing !== this.#shown
  }

  get beganAt(): string | null {
    return this.#place.began_at
  }

  get dueAt(): string | null {
    return this.#place.due_at
  }

  /** Oldest first. */
  get former(): readonly FormerAuthority[] {
    return this.#place.former
  }

  /** PEM of every authority that a node below is to trust. */
  get bundle(): string {
    return this.#trusted.map(({ certificate }) => certificate.trim()).join('\n')
  }

  /** A client certificate for the key of a PKCS#10 request. Throws Problem join.request-invalid. */
  certify(csr: string, nodeId: string, days: number): Promise<StationCertificate> {
    return this.#issuing.certify(csr, nodeId, days)
  }

  /** Credentials of the listener. */
  async server(): Promise<ServerCredentials> {
    return { ...(await this.#shown.server()), ca: this.bundle }
  }

  /** Fingerprint of the trusted authority that signed a certificate; undefined: none did. */
  signerOf(certificate: X509Certificate): string | undefined {
    return this.#trusted.find((authority) => authority.issued(certificate))?.fingerprint
  }

  trusts(fingerprint: string): boolean {
    return this.#trusted.some((authority) => authority.fingerprint === fingerprint)
  }

  /** Makes a new authority that signs from here on. Throws Problem authority.moving. */
  async begin(dueAt: string): Promise<void> {
    if (this.isMoving) throw new Problem('authority.moving', this.#issuing.fingerprint)
    const issuing = this.#place.issuing + 1
    const made = await this.#anew(issuing)
    await this.#keep({ ...this.#place, issuing, began_at: this.#clock.iso(), due_at: dueAt })
    this.#issuing = made
  }

  /** The one before ends: its certificates are refused, its key is deleted. Throws Problem authority.not-moving. */
  async retire(): Promise<void> {
    if (!this.isMoving) throw new Problem('authority.not-moving')
    await this.#end('retired', this.#place.issuing, this.#issuing)
  }

  /**
   * Every authority there is ends at once, with the key of the listener; a new one stands alone. What they signed is
   * refused from here on.
   */
  async replace(): Promise<void> {
    const generation = this.#place.issuing + 1
    const made = await this.#anew(generation)
    await this.#end('lost', generation, made)
    await rm(join(this.#directory, serverKeyFile), { force: true })
  }

  get #trusted(): Authority[] {
    return this.isMoving ? [this.#shown, this.#issuing] : [this.#shown]
  }

  /** Files of an attempt that broke off before it counted are not used. */
  async #anew(generation: number): Promise<Authority> {
    const files = authorityFiles(this.#directory, generation)
    for (const path of [files.certificate, files.key]) await rm(path, { force: true })
    return Authority.open(this.#directory, this.#nodeId, this.#clock, generation)
  }

  async #end(how: FormerAuthority['how'], generation: number, stays: Authority): Promise<void> {
    const ended_at = this.#clock.iso()
    const ended = this.#trusted.filter((authority) => authority !== stays)
    const gone = new Set([this.#place.shown, this.#place.issuing])
    gone.delete(generation)
    const former = ended.map(({ fingerprint }) => ({ fingerprint, ended_at, how }))
    await this.#keep({
      shown: generation,
      issuing: generation,
      began_at: null,
      due_at: null,
      former: [...this.#place.former, ...former],
    })
    this.#shown = stays
    this.#issuing = stays
    for (const each of gone) await rm(authorityFiles(this.#directory, each).key, { force: true })
  }

  async #keep(place: Place): Promise<void> {
    await writeSecret(placeFile(this.#directory), `${JSON.stringify(place, null, 2)}\n`)
    this.#place = place
  }
}

/** The authority a node shows by the files in its key directory, without opening it for changes. */
export async function shownAuthority(
  directory: string,
  nodeId: string,
  clock: Clock,
): Promise<Authority> {
  return Authority.open(directory, nodeId, clock, (await placeIn(directory)).shown)
}

/** A day from now in so many days, RFC 3339. */
export function inDays(clock: Clock, days: number): string {
  return isoOf(clock.now() + days * 86_400_000)
}

function openOther(
  shown: Authority,
  place: Place,
  open: (generation: number) => Promise<Authority>,
): Promise<Authority> {
  return place.issuing === place.shown ? Promise.resolve(shown) : open(place.issuing)
}

function placeFile(directory: string): string {
  return join(directory, 'authorities.json')
}

async function placeIn(directory: string): Promise<Place> {
  const text = await readFile(placeFile(directory), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    },
  )
  return text === undefined ? first : Place.parse(JSON.parse(text))
}
