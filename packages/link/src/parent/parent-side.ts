import type { AddressInfo } from 'node:net'
import type { Envelope } from '@haidang/contracts/link'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { FastifyInstance } from 'fastify'
import { BoxStore } from '../boxes/box-store.ts'
import { Doorbell } from '../doorbell.ts'
import { EnvelopeGate } from '../envelopes/envelope-gate.ts'
import { EnvelopeStore } from '../envelopes/envelope-store.ts'
import type { Post } from '../envelopes/post.ts'
import type { Signer } from '../envelopes/signer.ts'
import { TrustedKeyStore } from '../envelopes/trusted-key-store.ts'
import { Authorities } from '../keys/authorities.ts'
import type { SigningKeys } from '../keys/signing-keys.ts'
import type { Peer } from '../peer.ts'
import { Admission } from './admission.ts'
import { AuthorityDesk } from './authority-desk.ts'
import { DownFeed } from './down-feed.ts'
import { DownWatch } from './down-watch.ts'
import { GapStore } from './gap-store.ts'
import { JoinCodeStore } from './join-code-store.ts'
import { JoinDesk } from './join-desk.ts'
import { JoinFileDesk } from './join-file-desk.ts'
import type { HomeOrganisation, JoinParts } from './join-parts.ts'
import { JoinRegistry } from './join-registry.ts'
import { linkListener, showCredentials } from './link-listener.ts'
import { serveLink } from './link-routes.ts'
import { PeerGate } from './peer-gate.ts'
import { StationStore } from './station-store.ts'
import { StationWatch } from './station-watch.ts'
import { type ParentHandlers, StreamIntake } from './stream-intake.ts'

export interface ParentSideParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  readonly node: { readonly id: string; readonly name: string }
  /** `keys/` of the data directory. */
  readonly keysDirectory: string
  readonly signer: Signer
  readonly signingKeys: SigningKeys
  readonly post: Post
  /** `https://host:port` children dial; unless told, loopback at the port listened on. */
  readonly publicUrl?: string | undefined
  /** Life of a child's certificate, days; 30 unless told. */
  readonly certificateDays?: number | undefined
  /** Seconds without a heartbeat after which a child is silent; 90 unless told. */
  readonly silentAfterSeconds?: number | undefined
  /** The organisation this node belongs to; undefined before set-up. */
  home(tx: Tx): Promise<HomeOrganisation | undefined>
  /** Name of an organisation this node knows. */
  nameOf(tx: Tx, organisationId: string): Promise<string>
}

const renewalCheck = 3_600_000

/** The link as a parent sees it: who may connect, what comes in, what waits to go down. */
export class ParentSide {
  readonly joins: JoinRegistry
  readonly stations = new StationStore()
  readonly watch: StationWatch
  readonly authority: AuthorityDesk
  readonly files: JoinFileDesk
  readonly #parts: ParentSideParts
  readonly #authorities: Authorities
  readonly #keys = new TrustedKeyStore()
  readonly #desk: JoinDesk
  readonly #bell = new Doorbell()
  readonly #gate: PeerGate
  #url: string
  #listening: { app: FastifyInstance; close: () => Promise<void> } | undefined

  /** Opens or makes the node's authority; listens only after `listen`. */
  static async open(parts: ParentSideParts): Promise<ParentSide> {
    const { keysDirectory, node, clock } = parts
    return new ParentSide(parts, await Authorities.open(keysDirectory, node.id, clock))
  }

  private constructor(parts: ParentSideParts, authorities: Authorities) {
    this.#parts = parts
    this.#authorities = authorities
    this.#url = parts.publicUrl ?? ''
    const { journal, clock, newId, node, certificateDays = 30 } = parts
    const codes = new JoinCodeStore()
    const joinParts: JoinParts = {
      node,
      authorities,
      journal,
      clock,
      newId,
      certificateDays,
      stations: this.stations,
      codes,
      keys: this.#keys,
      signingKeys: parts.signingKeys,
      address: () => this.#url,
      home: parts.home,
      nameOf: parts.nameOf,
    }
    this.joins = new JoinRegistry(joinParts)
    this.#desk = new JoinDesk(joinParts)
    this.files = new JoinFileDesk(joinParts, this.#desk, parts.signer)
    this.#gate = new PeerGate(parts.database, this.stations, authorities, clock)
    this.authority = new AuthorityDesk({
      authorities,
      codes,
      journal,
      clock,
      stations: this.stations,
    })
    const gaps = new GapStore(newId, clock)
    this.watch = new StationWatch({
      stations: this.stations,
      gaps,
      journal,
      clock,
      silentAfter: this.silentAfterSeconds * 1000,
    })
  }

  /** Seconds without a heartbeat after which a child is silent. */
  get silentAfterSeconds(): number {
    return this.#parts.silentAfterSeconds ?? 90
  }

  /** Where children dial, `https://host:port`; empty before `listen` unless configured. */
  get url(): string {
    return this.#url
  }

  /** Starts the TLS listener (port 0: any free one) and returns the port. */
  async listen(handlers: ParentHandlers, at: { host: string; port: number }): Promise<number> {
    const { log, newId, journal } = this.#parts
    const app = linkListener(await this.#authorities.server(), log, newId)
    const ended = new AbortController()
    this.#serve(app, handlers, ended.signal)
    await app.listen(at)
    const { port } = app.server.address() as AddressInfo
    if (this.#url === '') this.#url = `https://127.0.0.1:${port}`
    const stopListening = journal.onAppend(() => this.#bell.ring())
    const renewing = setInterval(() => void this.#renewServer(app), renewalCheck)
    renewing.unref()
    const close = async () => {
      clearInterval(renewing)
      stopListening()
      ended.abort()
      await app.close()
    }
    this.#listening = { app, close }
    return port
  }

  /** Ends every connection that showed this key; called when its revocation stands. */
  cut(fingerprint: string): void {
    this.#gate.cut(fingerprint)
  }

  /** What changed about the authority counts from here on: shown to newcomers, and cut where it ended. */
  async applyAuthority(): Promise<void> {
    if (this.#listening) {
      showCredentials(this.#listening.app, await this.#authorities.server())
    }
    this.#gate.cutEnded()
  }

  /** Looks for stations that fell silent; called every 15 s by a job. */
  detectSilence(): Promise<number> {
    return this.#parts.database.transact(systemScope, (tx) => this.watch.detectSilence(tx))
  }

  /** Whether any node below this one was ever accepted. */
  hasChildren(): Promise<boolean> {
    return this.#parts.database.transact(systemScope, (tx) => this.stations.hasChildren(tx))
  }

  async close(): Promise<void> {
    await this.#listening?.close()
    this.#listening = undefined
  }

  #serve(app: FastifyInstance, handlers: ParentHandlers, signal: AbortSignal): void {
    const { database, journal, clock, home } = this.#parts
    const { stations, watch } = this
    const boxes = new BoxStore(clock)
    const envelopeGate = new EnvelopeGate({
      envelopes: new EnvelopeStore(clock),
      keys: this.#keys,
      journal,
      clock,
    })
    const unsupported = this.#answerUnsupported.bind(this)
    const intake = new StreamIntake(
      { database, stations, watch, gate: envelopeGate, clock, home, unsupported },
      handlers,
    )
    serveLink(app, {
      database,
      stations,
      intake,
      clock,
      signal,
      gate: this.#gate,
      admission: new Admission(clock),
      desk: this.#desk,
      feed: new DownFeed(database, boxes, new DownWatch(database, boxes, this.#bell), clock),
    })
  }

  async #answerUnsupported(tx: Tx, peer: Peer, envelope: Envelope): Promise<void> {
    const own = await this.#parts.home(tx)
    await this.#parts.post.toStation(tx, peer.node_id, {
      type: 'message.unsupported',
      subject: envelope.id,
      tlp: envelope.tlp,
      from: own?.id ?? '',
      to: peer.organisation_id,
      exercise: envelope.exercise,
      causation: envelope.id,
      data: { type: envelope.type },
    })
  }

  async #renewServer(app: FastifyInstance): Promise<void> {
    try {
      showCredentials(app, await this.#authorities.server())
    } catch (error) {
      this.#parts.log.error({ error }, 'the certificate of the link listener could not be renewed')
    }
  }
}
