import { createPublicKey, randomBytes } from 'node:crypto'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Declaration, JoinReply, JoinRequest, TrustedKey } from '@haidang/contracts/link'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { storable } from '@haidang/runtime/database/columns'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { z } from 'zod'
import type { TrustedKeyStore } from '../envelopes/trusted-key-store.ts'
import { writeJoinCode } from '../join-code.ts'
import type { Authority } from '../keys/authority.ts'
import { requestedFingerprint } from '../keys/certificates.ts'
import { kidOf } from '../keys/organisation-key.ts'
import type { Peer } from '../peer.ts'
import type { JoinCodeRow, StationRow } from '../station-tables.ts'
import { hashOf, type JoinCodeStore } from './join-code-store.ts'
import type { StationStore } from './station-store.ts'

type Actor = Scope['actor']
type Approved = Extract<JoinReply, { state: 'approved' }>

/** The organisation this node belongs to, as it names itself to its children. */
export interface HomeOrganisation {
  readonly id: string
  readonly code: string
  readonly name: string
}

export interface JoinRegistryParts {
  readonly node: { readonly id: string; readonly name: string }
  readonly authority: Authority
  readonly stations: StationStore
  readonly codes: JoinCodeStore
  readonly keys: TrustedKeyStore
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly certificateDays: number
  readonly signingKey: { readonly kid: string; readonly x: string }
  /** Where children dial, `https://host:port`. */
  address(): string
  home(tx: Tx): Promise<HomeOrganisation | undefined>
}

const retrySeconds = 5
const epoch = isoOf(0)

/** Who may connect: codes, requests, and an officer's decisions over them (link.md section 1). */
export class JoinRegistry {
  readonly #parts: JoinRegistryParts

  constructor(parts: JoinRegistryParts) {
    this.#parts = parts
  }

  /** Makes a single-use code; the returned text is the only copy of its secret. */
  async createCode(
    tx: Tx,
    actor: Actor,
    organisationId: string,
    minutes: number,
  ): Promise<{ row: JoinCodeRow; code: string }> {
    const { clock, newId, codes, authority, address } = this.#parts
    const secret = randomBytes(16)
    const row: JoinCodeRow = {
      id: newId('joinCode'),
      organisation_id: organisationId,
      secret_hash: hashOf(secret.toString('base64url')),
      expires_at: isoOf(clock.now() + minutes * 60_000),
      used_at: null,
      used_fingerprint: null,
      created_at: clock.iso(),
    }
    await codes.add(tx, row)
    await this.#journal(tx, actor, 'join-code.created', {
      organisation_id: organisationId,
      subject: row.id,
      after: { expires_at: row.expires_at },
    })
    return { row, code: writeJoinCode({ url: address(), authority: authority.digest, secret }) }
  }

  /**
   * A child asks to join. Throws Problem join.code-wrong (wrong, expired, used: not told apart) or
   * join.request-invalid. The same request with the same key again gives a fresh ticket.
   */
  async request(tx: Tx, request: z.infer<typeof JoinRequest>): Promise<JoinReply> {
    const { codes, clock, stations } = this.#parts
    const declaration = storable(request.declaration) as Declaration
    const fingerprint = await requestedFingerprint(request.csr)
    requireSigningKey(declaration.signing_key)
    const code = await codes.ofSecret(tx, request.code)
    if (!code || millisecondsOf(code.expires_at) <= clock.now())
      throw new Problem('join.code-wrong')
    if (code.used_at !== null && code.used_fingerprint !== fingerprint) {
      throw new Problem('join.code-wrong')
    }
    const known = await stations.ofNode(tx, declaration.node_id)
    if (known && (known.organisation_id !== code.organisation_id || known.local)) {
      throw new Problem(
        'join.request-invalid',
        'this node identity belongs to another organisation',
      )
    }
    const repeated = code.used_at !== null
    if (repeated && known && known.fingerprint !== fingerprint) throw new Problem('join.code-wrong')
    await codes.use(tx, code.id, clock.iso(), fingerprint)
    const ticket = randomBytes(32).toString('base64url')
    if (repeated && known) {
      await stations.change(tx, known.id, { ticket_hash: hashOf(ticket) })
      return { state: 'pending', ticket, retry_after_seconds: retrySeconds }
    }
    const row = this.#pending(code, declaration, request.csr, fingerprint, hashOf(ticket))
    await this.#keepRequest(tx, known, row)
    return { state: 'pending', ticket, retry_after_seconds: retrySeconds }
  }

  /** What became of a request. Throws Problem join.code-wrong when nobody holds this ticket. */
  async poll(tx: Tx, ticket: string): Promise<JoinReply> {
    const row = await this.#parts.stations.ofTicket(tx, hashOf(ticket))
    if (!row) throw new Problem('join.code-wrong', 'no request has this ticket')
    if (row.state === 'pending') {
      return { state: 'pending', ticket, retry_after_seconds: retrySeconds }
    }
    if (row.accepted_fingerprint !== row.fingerprint || row.certificate === null) {
      return { state: 'rejected', reason: row.reason }
    }
    return this.#approved(tx, row, row.certificate)
  }

  /** Throws Problem station.not-found, station.not-pending. */
  async approve(tx: Tx, actor: Actor, id: string): Promise<StationRow> {
    const { stations, authority, clock, certificateDays, keys } = this.#parts
    const row = await stations.require(tx, id)
    if (row.state !== 'pending' || row.csr === null)
      throw new Problem('station.not-pending', row.state)
    const issued = await authority.certify(row.csr, row.node_id, certificateDays)
    const now = clock.iso()
    const key = await this.#keyOf(row, now)
    await keys.endOthers(tx, key, now)
    await keys.put(tx, key)
    const after = await stations.change(tx, id, {
      state: 'connected',
      accepted_fingerprint: row.fingerprint,
      certificate: issued.certificate,
      certificate_expires_at: issued.expires_at,
      joined_at: row.joined_at ?? now,
      last_heartbeat_at: now,
      reason: '',
    })
    await this.#decided(tx, actor, 'station.approved', after, '')
    return after
  }

  /** Throws Problem station.not-found, station.not-pending. Hardware accepted before stays accepted. */
  async reject(tx: Tx, actor: Actor, id: string, reason: string): Promise<StationRow> {
    const { stations } = this.#parts
    const row = await stations.require(tx, id)
    if (row.state !== 'pending') throw new Problem('station.not-pending', row.state)
    const state = row.accepted_fingerprint === null ? 'rejected' : 'silent'
    const after = await stations.change(tx, id, { state, reason, csr: null })
    await this.#decided(tx, actor, 'station.rejected', after, reason)
    return after
  }

  /** Ends a station's certificate at once: its key is refused from the next request on. */
  async revoke(tx: Tx, actor: Actor, id: string, reason: string): Promise<StationRow> {
    const { stations, keys, clock } = this.#parts
    const row = await stations.require(tx, id)
    if (row.accepted_fingerprint === null)
      throw new Problem('station.not-found', 'nothing to revoke')
    const after = await stations.change(tx, id, {
      state: 'revoked',
      accepted_fingerprint: null,
      revoked_fingerprint: row.accepted_fingerprint,
      reason,
    })
    const key = await this.#keyOf(row, clock.iso())
    const nodes = await stations.nodesOf(tx, row.organisation_id)
    if (nodes.length === 0) await keys.endOthers(tx, { ...key, kid: '' }, clock.iso())
    await this.#decided(tx, actor, 'station.revoked', after, reason)
    return after
  }

  /** A fresh certificate for the same key. Throws Problem join.request-invalid for another key. */
  async renew(tx: Tx, peer: Peer, csr: string): Promise<JoinReply> {
    const { stations, authority, certificateDays } = this.#parts
    const row = await stations.require(tx, peer.station_id)
    if ((await requestedFingerprint(csr)) !== row.accepted_fingerprint) {
      throw new Problem(
        'join.request-invalid',
        'renewal keeps the key; a new key joins with a new code',
      )
    }
    const { certificate, expires_at } = await authority.certify(csr, row.node_id, certificateDays)
    const change = { certificate, certificate_expires_at: expires_at }
    const after = await stations.change(tx, row.id, change)
    const actor = { id: row.node_id, name: row.name }
    await this.#decided(tx, actor, 'station.certificate-renewed', after, '')
    return this.#approved(tx, after, certificate)
  }

  #pending(
    code: JoinCodeRow,
    declaration: Declaration,
    csr: string,
    fingerprint: string,
    ticketHash: string,
  ): StationRow {
    const { node_id, name, software, location, contact, capabilities } = declaration
    return {
      id: this.#parts.newId('station'),
      node_id,
      organisation_id: code.organisation_id,
      ...{ name, software, location, contact, capabilities },
      local: false,
      state: 'pending',
      fingerprint,
      accepted_fingerprint: null,
      revoked_fingerprint: null,
      csr,
      certificate: null,
      certificate_expires_at: null,
      ticket_hash: ticketHash,
      signing_key: declaration.signing_key,
      reason: '',
      last_heartbeat_at: null,
      last_data_at: null,
      heartbeat: null,
      simulated: declaration.simulated,
      joined_at: null,
      created_at: this.#parts.clock.iso(),
    }
  }

  /** A node that was here before keeps its row, and with it its numbering and its gaps. */
  async #keepRequest(tx: Tx, known: StationRow | undefined, row: StationRow): Promise<void> {
    const { stations } = this.#parts
    if (known) {
      const { accepted_fingerprint, revoked_fingerprint, joined_at, created_at } = known
      const { certificate, certificate_expires_at, last_heartbeat_at, last_data_at, heartbeat } =
        known
      const kept = {
        id: known.id,
        accepted_fingerprint,
        revoked_fingerprint,
        joined_at,
        created_at,
      }
      const health = { certificate_expires_at, last_heartbeat_at, last_data_at, heartbeat }
      await stations.change(tx, known.id, { ...row, ...kept, ...health, certificate })
    } else await stations.add(tx, row)
    const id = known?.id ?? row.id
    const actor = { id: row.node_id, name: row.name }
    await this.#decided(tx, actor, 'station.requested', { ...row, id }, '')
  }

  async #approved(tx: Tx, row: StationRow, certificate: string): Promise<Approved> {
    const { node, home, authority, keys, signingKey } = this.#parts
    const own = await home(tx)
    if (!own) throw new Problem('internal.failure', 'this node has no organisation yet')
    const { id: organisation_id, name: organisation_name, code: organisation_code } = own
    const ownKey = {
      organisation_id,
      organisation_name,
      ...signingKey,
      valid_from: epoch,
      valid_to: null,
    }
    return {
      state: 'approved',
      certificate,
      trust_bundle: authority.certificate,
      trusted_keys: [ownKey, ...(await keys.all(tx))],
      organisation_id: row.organisation_id,
      parent: {
        node_id: node.id,
        name: node.name,
        organisation_id,
        organisation_code,
        organisation_name,
      },
    }
  }

  async #keyOf(row: StationRow, now: string): Promise<TrustedKey> {
    return {
      organisation_id: row.organisation_id,
      organisation_name: row.name,
      kid: await kidOf(row.signing_key),
      x: row.signing_key,
      valid_from: now,
      valid_to: null,
    }
  }

  #decided(
    tx: Tx,
    actor: Actor,
    type: EntryDraft['type'],
    row: StationRow,
    reason: string,
  ): Promise<void> {
    const { id, organisation_id, node_id, name, fingerprint, state, certificate_expires_at } = row
    const after = { node_id, name, fingerprint, state, certificate_expires_at }
    return this.#journal(tx, actor, type, { organisation_id, subject: id, reason, after })
  }

  async #journal(
    tx: Tx,
    actor: Actor,
    type: EntryDraft['type'],
    rest: Pick<EntryDraft, 'organisation_id' | 'subject' | 'reason' | 'after'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, { type, actor, authority: 'station.manage', ...rest })
  }
}

function requireSigningKey(x: string): void {
  try {
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  } catch {
    throw new Problem('join.request-invalid', 'the declared signing key is no Ed25519 key')
  }
}
