import { randomBytes } from 'node:crypto'
import type { TrustedKey } from '@haidang/contracts/link'
import { isoOf } from '@haidang/runtime/clock'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { writeJoinCode } from '../join-code.ts'
import { kidOf } from '../keys/organisation-key.ts'
import type { JoinCodeRow, StationRow } from '../station-tables.ts'
import { hashOf } from './join-code-store.ts'
import type { JoinParts } from './join-parts.ts'
import { stationEntry } from './station-entry.ts'

type Actor = Scope['actor']

const epoch = isoOf(0)

/** Who may connect: codes, requests, and an officer's decisions over them (link.md section 1). */
export class JoinRegistry {
  readonly #parts: JoinParts

  constructor(parts: JoinParts) {
    this.#parts = parts
  }

  /** Makes a single-use code; the returned text is the only copy of its secret. */
  async createCode(
    tx: Tx,
    actor: Actor,
    organisationId: string,
    minutes: number,
  ): Promise<{ row: JoinCodeRow; code: string }> {
    const { clock, newId, codes, authorities, address } = this.#parts
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
    await this.#parts.journal.append(tx, {
      type: 'join-code.created',
      organisation_id: organisationId,
      actor,
      authority: 'station.manage',
      subject: row.id,
      after: { expires_at: row.expires_at },
    })
    return {
      row,
      code: writeJoinCode({ url: address(), authority: authorities.shown.digest, secret }),
    }
  }

  /** Throws Problem station.not-found, station.not-pending. */
  async approve(tx: Tx, actor: Actor, id: string): Promise<StationRow> {
    const { stations, authorities, clock, certificateDays, keys } = this.#parts
    const row = await stations.require(tx, id)
    if (row.state !== 'pending' || row.csr === null)
      throw new Problem('station.not-pending', row.state)
    const issued = await authorities.certify(row.csr, row.node_id, certificateDays)
    const now = clock.iso()
    const key = await this.#keyOf(tx, row)
    await keys.end(tx, row.node_id, now)
    await keys.put(tx, key, row.node_id)
    const after = await stations.change(tx, id, {
      state: 'connected',
      accepted_fingerprint: row.fingerprint,
      certificate: issued.certificate,
      certificate_expires_at: issued.expires_at,
      joined_at: row.joined_at ?? now,
      last_heartbeat_at: now,
      reason: '',
    })
    await stationEntry(tx, this.#parts.journal, actor, 'station.approved', after, '')
    return after
  }

  /** Throws Problem station.not-found, station.not-pending. Hardware accepted before stays accepted. */
  async reject(tx: Tx, actor: Actor, id: string, reason: string): Promise<StationRow> {
    const { stations } = this.#parts
    const row = await stations.require(tx, id)
    if (row.state !== 'pending') throw new Problem('station.not-pending', row.state)
    const state = row.accepted_fingerprint === null ? 'rejected' : 'silent'
    const after = await stations.change(tx, id, { state, reason, csr: null })
    await stationEntry(tx, this.#parts.journal, actor, 'station.rejected', after, reason)
    return after
  }

  /** Ends a station's certificate at once: its key is refused from the next request on. */
  async revoke(tx: Tx, actor: Actor, id: string, reason: string): Promise<StationRow> {
    const { stations, keys, clock } = this.#parts
    const row = await stations.require(tx, id)
    if (row.accepted_fingerprint === null) throw new Problem('station.not-accepted')
    const after = await stations.change(tx, id, {
      state: 'revoked',
      accepted_fingerprint: null,
      revoked_fingerprint: row.accepted_fingerprint,
      reason,
    })
    await keys.end(tx, row.node_id, clock.iso())
    await stationEntry(tx, this.#parts.journal, actor, 'station.revoked', after, reason)
    return after
  }

  async #keyOf(tx: Tx, row: StationRow): Promise<TrustedKey> {
    return {
      organisation_id: row.organisation_id,
      organisation_name: await this.#parts.nameOf(tx, row.organisation_id),
      kid: await kidOf(row.signing_key),
      x: row.signing_key,
      valid_from: epoch,
      valid_to: null,
    }
  }
}
