import { X509Certificate } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { millisecondsOf } from '@haidang/contracts/instant'
import { type Declaration, JoinReply } from '@haidang/contracts/link'
import { isoOf } from '@haidang/runtime/clock'
import { type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { upKey } from '../boxes/outbox.ts'
import { TrustedKeyStore } from '../envelopes/trusted-key-store.ts'
import { readJoinCode } from '../join-code.ts'
import { certificateRequest } from '../keys/certificates.ts'
import { fingerprintOf, type TlsKey, tlsKey } from '../keys/key-pair.ts'
import type { TieRow } from '../link-tables.ts'
import { pinnedAuthority } from './authority-pin.ts'
import type { Approved, ChildHandlers, ChildSideParts } from './child-parts.ts'
import { ParentClient } from './parent-client.ts'
import { Refusal } from './refusal.ts'
import { isFor, promote, stationKeyFile } from './station-key.ts'
import type { TieStore } from './tie-store.ts'

const upStreams = ['alerts', 'messages', 'health', 'events'] as const

/** Where a node stands and whom to call. */
export interface Place {
  readonly location: string
  readonly contact: string
}

/** How a node comes by its parent, and by every later certificate. */
export class JoinFlow {
  readonly #parts: ChildSideParts
  readonly #ties: TieStore
  readonly #keys = new TrustedKeyStore()

  constructor(parts: ChildSideParts, ties: TieStore) {
    this.#parts = parts
    this.#ties = ties
  }

  /** The node's TLS key, made at first use. */
  key(): Promise<TlsKey> {
    return tlsKey(this.#keyPath())
  }

  /** The key asked for by file is shown from here on; a node that stopped before does it at its next session. */
  promote(fingerprint: string): Promise<void> {
    return promote(this.#parts.keysDirectory, fingerprint)
  }

  /** The key a certificate is for. */
  async keyOf(certificate: string): Promise<TlsKey> {
    const key = await this.key()
    if (isFor(certificate, key.fingerprint)) return key
    await promote(
      this.#parts.keysDirectory,
      fingerprintOf(new X509Certificate(certificate).publicKey),
    )
    return this.key()
  }

  /**
   * Asks the parent a code names to be let in, and keeps the ticket. Throws Problem join.code-unreadable,
   * join.parent-unreachable, join.parent-mismatch, join.already, or what the parent refused with.
   */
  async ask(actor: Scope['actor'], text: string, place: Place) {
    const { database, clock } = this.#parts
    const { url, authority: digest, secret } = readJoinCode(text)
    const tie = await database.transact(systemScope, (tx) => this.#ties.get(tx))
    if (tie?.state === 'connected') throw new Problem('join.already', tie.parent_name ?? '')
    // A key once revoked is never shown again.
    if (tie?.state === 'revoked') await rm(this.#keyPath(), { force: true })
    const authority = await pinnedAuthority(url, digest)
    const client = new ParentClient({ url, authority, clock })
    try {
      const csr = await certificateRequest((await this.key()).pair, this.#parts.node.id)
      const code = Buffer.from(secret).toString('base64url')
      const declaration = await this.declaration(place)
      const request = { code, csr, declaration }
      const call = { method: 'POST', path: '/link/v1/join' } as const
      const reply = JoinReply.safeParse(await client.json(call, request)).data
      if (reply?.state !== 'pending')
        throw new Problem('join.parent-unreachable', 'unexpected answer')
      await database.transact({ ...systemScope, actor }, (tx) =>
        this.#ties.put(tx, pendingTie({ url, authority, reply, now: clock.iso(), tie })),
      )
    } catch (error) {
      throw error instanceof Refusal ? error.asProblem() : error
    } finally {
      client.close()
    }
  }

  /** Asks what became of the request; returns the seconds to wait before asking again, 0 when decided. */
  async poll(tie: TieRow, handlers: ChildHandlers): Promise<number> {
    const { clock, database } = this.#parts
    const client = new ParentClient({ url: tie.parent_url, authority: tie.authority, clock })
    try {
      const headers = { authorization: `Bearer ${tie.ticket}` }
      const call = { method: 'GET', path: '/link/v1/join', headers } as const
      const reply = JoinReply.parse(await client.json(call))
      const key = await this.key()
      if (reply.state === 'pending') return Math.min(Math.max(reply.retry_after_seconds, 1), 300)
      await database.transact(systemScope, (tx) =>
        reply.state === 'approved'
          ? this.joined(tx, tie, reply, handlers, key)
          : this.#ties.change(tx, { state: 'rejected', problem: reply.reason, since: clock.iso() }),
      )
      return 0
    } finally {
      client.close()
    }
  }

  /** A fresh certificate for the same key, and the keys the parent vouches for by now. */
  async renew(client: ParentClient): Promise<void> {
    const csr = await certificateRequest((await this.key()).pair, this.#parts.node.id)
    const call = { method: 'POST', path: '/link/v1/renew' } as const
    const reply = JoinReply.parse(await client.json(call, { csr }))
    if (reply.state !== 'approved')
      throw new Problem('join.parent-unreachable', 'unexpected answer')
    const change = certificateOf(reply, await this.key())
    await this.#parts.database.transact(systemScope, async (tx) => {
      await this.#trust(tx, reply)
      await this.#ties.change(tx, change)
    })
  }

  /** The parent approved the request that `tie` stands for, with a certificate for `key`. */
  async joined(
    tx: Tx,
    tie: TieRow,
    reply: Approved,
    handlers: ChildHandlers,
    key: TlsKey,
  ): Promise<void> {
    const { boxes, journal, clock } = this.#parts
    const { parent } = reply
    await this.#trust(tx, reply)
    if (tie.parent_node_id !== parent.node_id) {
      await this.#ties.forgetStreams(tx)
      for (const stream of upStreams) await boxes.restart(tx, upKey(stream))
    }
    await this.#ties.change(tx, {
      ...certificateOf(reply, key),
      state: 'connected',
      parent_node_id: parent.node_id,
      parent_name: parent.name,
      parent_organisation_id: parent.organisation_id,
      parent_organisation_code: parent.organisation_code,
      parent_organisation_name: parent.organisation_name,
      organisation_id: reply.organisation_id,
      since: clock.iso(),
      problem: null,
    })
    for (const stream of upStreams) await boxes.open(tx, upKey(stream))
    await handlers.joined(tx, reply)
    await journal.append(tx, {
      type: 'parent.joined',
      organisation_id: null,
      actor: systemScope.actor,
      authority: 'station.manage',
      subject: parent.node_id,
      after: { ...parent, url: tie.parent_url, organisation: reply.organisation_id },
    })
  }

  async #trust(tx: Tx, { trusted_keys }: Approved): Promise<void> {
    for (const key of trusted_keys.slice(0, 10_000)) await this.#keys.put(tx, key, '')
  }

  /** What this node says of itself when it asks. */
  async declaration(place: Place): Promise<Declaration> {
    const { database, home, node, signer } = this.#parts
    const own = await database.transact(systemScope, (tx) => home(tx))
    return {
      node_id: node.id,
      name: node.name,
      organisation_code: own?.code ?? '',
      organisation_name: own?.name ?? '',
      software: node.software,
      capabilities: [...node.capabilities],
      ...place,
      signing_key: signer.key.x,
      simulated: node.simulated,
    }
  }

  #keyPath(): string {
    return stationKeyFile(this.#parts.keysDirectory)
  }
}

function certificateOf({ certificate, trust_bundle }: Approved, key: TlsKey) {
  if (!isFor(certificate, key.fingerprint)) {
    throw new Problem('join.request-invalid', 'the certificate is for another key')
  }
  const { validFrom, validTo } = new X509Certificate(certificate)
  return {
    certificate,
    authority: trust_bundle,
    certificate_from: isoOf(millisecondsOf(validFrom)),
    certificate_expires_at: isoOf(millisecondsOf(validTo)),
  }
}

interface Asked {
  readonly url: string
  readonly authority: string
  readonly reply: Extract<JoinReply, { state: 'pending' }>
  readonly now: string
  readonly tie: TieRow | undefined
}

/** Keeps who the parent was: the same one again keeps its numbering. */
export function pendingTie({ url, authority, reply, now, tie }: Asked): TieRow {
  return {
    one: true,
    state: 'pending',
    parent_url: url,
    authority,
    ticket: reply.ticket,
    retry_seconds: reply.retry_after_seconds,
    certificate: null,
    certificate_from: null,
    certificate_expires_at: null,
    parent_node_id: tie?.parent_node_id ?? null,
    parent_name: tie?.parent_name ?? null,
    parent_organisation_id: tie?.parent_organisation_id ?? null,
    parent_organisation_code: tie?.parent_organisation_code ?? null,
    parent_organisation_name: tie?.parent_organisation_name ?? null,
    organisation_id: tie?.organisation_id ?? null,
    since: now,
    problem: null,
  }
}
