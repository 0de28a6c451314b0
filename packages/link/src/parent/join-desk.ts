import { randomBytes } from 'node:crypto'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Declaration, JoinReply, JoinRequest } from '@haidang/contracts/link'
import { storable } from '@haidang/contracts/storable'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { z } from 'zod'
import { requestedFingerprint } from '../keys/certificates.ts'
import { isSigningKey } from '../keys/signing-keys.ts'
import type { Peer } from '../peer.ts'
import type { StationRow } from '../station-tables.ts'
import { hashOf } from './join-code-store.ts'
import type { JoinParts } from './join-parts.ts'
import { stationEntry } from './station-entry.ts'

type Approved = Extract<JoinReply, { state: 'approved' }>

const retrySeconds = 2
/** Where children ask to join, wait for the answer, and renew (link.md section 1). */
export class JoinDesk {
  readonly #parts: JoinParts

  constructor(parts: JoinParts) {
    this.#parts = parts
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
    requireSameOwner(known, code.organisation_id)
    const repeated = code.used_at !== null
    if (repeated && known && known.fingerprint !== fingerprint) throw new Problem('join.code-wrong')
    await codes.use(tx, code.id, clock.iso(), fingerprint)
    const ticket = randomBytes(32).toString('base64url')
    if (repeated && known) {
      await stations.change(tx, known.id, { ticket_hash: hashOf(ticket) })
      return { state: 'pending', ticket, retry_after_seconds: retrySeconds }
    }
    const { organisation_id } = code
    const asked = { organisation_id, declaration, csr: request.csr, fingerprint }
    const row = this.#pending(asked, hashOf(ticket))
    const actor = { id: row.node_id, name: row.name }
    await this.#keepRequest(tx, known, row, actor)
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

  /** A fresh certificate for the same key. Throws Problem join.request-invalid for another key. */
  async renew(tx: Tx, peer: Peer, csr: string): Promise<JoinReply> {
    const { stations, authorities, certificateDays } = this.#parts
    const row = await stations.require(tx, peer.station_id)
    if ((await requestedFingerprint(csr)) !== row.accepted_fingerprint) {
      throw new Problem(
        'join.request-invalid',
        'renewal keeps the key; a new key joins with a new code',
      )
    }
    const { certificate, expires_at } = await authorities.certify(csr, row.node_id, certificateDays)
    const change = { certificate, certificate_expires_at: expires_at, renewal_due: false }
    const after = await stations.change(tx, row.id, change)
    const actor = { id: row.node_id, name: row.name }
    await stationEntry(tx, this.#parts.journal, actor, 'station.certificate-renewed', after, '')
    return this.#approved(tx, after, certificate)
  }

  /**
   * A genuine request that came by file. Throws Problem join.request-invalid where this node identity is of another
   * organisation, or of this very node.
   */
  async byFile(
    tx: Tx,
    actor: Scope['actor'],
    given: { organisationId: string; csr: string; declaration: Declaration },
  ): Promise<StationRow> {
    const { stations } = this.#parts
    const declaration = storable(given.declaration) as Declaration
    requireSigningKey(declaration.signing_key)
    const fingerprint = await requestedFingerprint(given.csr)
    const { organisationId: organisation_id, csr } = given
    const known = await stations.ofNode(tx, declaration.node_id)
    requireSameOwner(known, organisation_id)
    const row = this.#pending({ organisation_id, declaration, csr, fingerprint }, null)
    await this.#keepRequest(tx, known, row, actor)
    return stations.require(tx, known?.id ?? row.id)
  }

  /** What a station is told that was approved with the key it asked for last; undefined: it was not. */
  async approvedNow(tx: Tx, row: StationRow): Promise<Approved | undefined> {
    const { state, accepted_fingerprint, fingerprint, certificate } = row
    if (state === 'pending' || accepted_fingerprint !== fingerprint || certificate === null) {
      return undefined
    }
    return this.#approved(tx, row, certificate)
  }

  #pending({ organisation_id, declaration, csr, fingerprint }: Asked, ticket: string | null) {
    const { node_id, name, software, location, contact, capabilities } = declaration
    return {
      id: this.#parts.newId('station'),
      node_id,
      organisation_id,
      name,
      software,
      location,
      contact,
      capabilities,
      local: false,
      state: 'pending' as const,
      fingerprint,
      accepted_fingerprint: null,
      revoked_fingerprint: null,
      csr,
      certificate: null,
      certificate_expires_at: null,
      ticket_hash: ticket,
      signing_key: declaration.signing_key,
      reason: '',
      last_heartbeat_at: null,
      last_data_at: null,
      heartbeat: null,
      source_count: 0,
      lacking_sources: 0,
      replaced_by: null,
      authority: null,
      renewal_due: false,
      simulated: declaration.simulated,
      joined_at: null,
      created_at: this.#parts.clock.iso(),
    }
  }

  /** A node that was here before keeps its row, and with it its numbering and its gaps. */
  async #keepRequest(
    tx: Tx,
    known: StationRow | undefined,
    row: StationRow,
    actor: Scope['actor'],
  ): Promise<void> {
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
      const { source_count, lacking_sources, authority } = known
      const health = {
        certificate_expires_at,
        last_heartbeat_at,
        last_data_at,
        heartbeat,
        source_count,
        lacking_sources,
        authority,
      }
      await stations.change(tx, known.id, { ...row, ...kept, ...health, certificate })
    } else await stations.add(tx, row)
    const id = known?.id ?? row.id
    await stationEntry(tx, this.#parts.journal, actor, 'station.requested', { ...row, id }, '')
  }

  async #approved(tx: Tx, row: StationRow, certificate: string): Promise<Approved> {
    const { node, home, authorities, keys, signingKeys } = this.#parts
    const own = await home(tx)
    if (!own) throw new Problem('internal.failure', 'this node has no organisation yet')
    const { id: organisation_id, name: organisation_name, code: organisation_code } = own
    const ownKeys = (await signingKeys.all(tx))
      .reverse()
      .map(({ kid, x, valid_from, valid_to }) => ({
        organisation_id,
        organisation_name,
        kid,
        x,
        valid_from,
        valid_to,
      }))
    return {
      state: 'approved',
      certificate,
      trust_bundle: authorities.bundle,
      trusted_keys: [...ownKeys, ...(await keys.all(tx))],
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
}

/** A request as it came, by either way. */
interface Asked {
  readonly organisation_id: string
  readonly declaration: Declaration
  readonly csr: string
  readonly fingerprint: string
}

function requireSameOwner(known: StationRow | undefined, organisationId: string): void {
  if (!known || (known.organisation_id === organisationId && !known.local)) return
  throw new Problem('join.request-invalid', 'this node identity belongs to another organisation')
}

function requireSigningKey(x: string): void {
  if (!isSigningKey(x)) {
    throw new Problem('join.request-invalid', 'the declared signing key is no Ed25519 key')
  }
}
