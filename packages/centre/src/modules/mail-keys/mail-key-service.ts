import { millisecondsOf } from '@haidang/contracts/instant'
import type { MailKey } from '@haidang/contracts/mail-key'
import type { Seal } from '@haidang/link/keys/seal'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, dateOf, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { HealthFinding } from '@haidang/runtime/health'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { enums, generateKey, type PrivateKey, readPrivateKey, revokeKey } from 'openpgp'
import { requireWholeNode } from '../../signed-in.ts'
import { mailKeyHealth } from './mail-key-health.ts'
import type { MailKeyStore } from './mail-key-store.ts'
import type { MailKeyRow } from './mail-key-tables.ts'

export interface MailKeyParts {
  readonly database: Database
  readonly store: MailKeyStore
  readonly journal: Journal
  readonly clock: Clock
  readonly seal: Seal
  /** Whom the mails of this node come from; undefined: none leaves it. */
  readonly address: string | undefined
  readonly nodeName: () => string
}

const validSeconds = 3 * 365 * 86_400
/** A key made in the same second as what it signs must not be newer than that. */
const earlierMilliseconds = 60_000

/** The OpenPGP keys of the node: one signs what leaves encrypted, all of them open what comes in. */
export class MailKeyService {
  readonly #parts: MailKeyParts

  constructor(parts: MailKeyParts) {
    this.#parts = parts
  }

  /** The current one first, then newest first. */
  async list(): Promise<{ items: MailKey[] }> {
    const { database, store } = this.#parts
    const rows = await database.transact(systemScope, (tx) => store.all(tx))
    const rank = ({ state }: MailKey) => (state === 'current' ? 0 : 1)
    return { items: rows.map(shown).sort((a, b) => rank(a) - rank(b)) }
  }

  /** Makes a key; the one before signs it, and ends. Throws Problem permission.missing, mail-key.no-mail. */
  async make(
    caller: Caller,
    { reason, revoke }: { readonly reason: string; readonly revoke: boolean },
  ): Promise<MailKey> {
    const { database, store, journal, clock, seal, address, nodeName } = this.#parts
    const { actor } = caller.scope
    requireWholeNode(caller)
    if (address === undefined) throw new Problem('mail-key.no-mail')
    return database.transact({ ...systemScope, actor }, async (tx) => {
      await store.hold(tx)
      const before = await store.current(tx)
      const date = dateOf(clock.now() - earlierMilliseconds)
      const { privateKey } = await generateKey({
        date,
        type: 'ecc',
        curve: 'ed25519Legacy',
        userIDs: { name: nodeName() || 'Hải Đăng', email: address },
        keyExpirationTime: validSeconds,
        format: 'object',
      })
      const signed =
        before && !revoke
          ? await privateKey.signPrimaryUser([await this.#opened(before)], date)
          : privateKey
      const fingerprint = signed.getFingerprint().toUpperCase()
      const row: MailKeyRow = {
        fingerprint,
        address,
        name: nodeName() || 'Hải Đăng',
        state: 'current',
        armoured: signed.toPublic().armor(),
        sealed: seal.seal(fingerprint, signed.armor()),
        created_at: isoOf(date.getTime()),
        expires_at: isoOf(date.getTime() + validSeconds * 1000),
      }
      if (before) await store.end(tx, before.fingerprint, await this.#ended(before, revoke))
      await store.add(tx, row)
      await journal.append(tx, {
        type: 'mail-key.made',
        organisation_id: null,
        actor,
        authority: 'setting.manage',
        subject: fingerprint,
        reason,
        ...(before ? { before: facts(before) } : {}),
        after: facts(row),
      })
      return shown(row)
    })
  }

  /** The key that signs now; undefined: none was made, it is over, or it cannot be opened, which `check` tells. */
  async signer(tx: Tx): Promise<PrivateKey | undefined> {
    const { store, clock } = this.#parts
    const row = await store.current(tx)
    const isOver = row && millisecondsOf(row.expires_at) <= clock.now()
    return row && !isOver ? this.#opened(row).catch(() => undefined) : undefined
  }

  /** Whether what leaves encrypted is signed, and will be in a month. */
  check(): Promise<HealthFinding> {
    const { database, store, clock } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const signer = await this.signer(tx)
      return mailKeyHealth(await store.current(tx), clock.now(), signer !== undefined)
    })
  }

  /** Every key somebody may have encrypted a mail to, the newest first; one that cannot be read stops no other. */
  async openers(tx: Tx): Promise<PrivateKey[]> {
    const rows = await this.#parts.store.all(tx)
    const opened = await Promise.allSettled(rows.map((row) => this.#opened(row)))
    return opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  }

  async #opened({ fingerprint, sealed }: MailKeyRow): Promise<PrivateKey> {
    return readPrivateKey({ armoredKey: this.#parts.seal.open(fingerprint, sealed) })
  }

  async #ended(row: MailKeyRow, revoke: boolean): Promise<Pick<MailKeyRow, 'state' | 'armoured'>> {
    if (!revoke) return { state: 'replaced', armoured: row.armoured }
    const { publicKey } = await revokeKey({
      key: await this.#opened(row),
      reasonForRevocation: { flag: enums.reasonForRevocation.keyCompromised },
      date: dateOf(this.#parts.clock.now()),
      format: 'object',
    })
    return { state: 'revoked', armoured: publicKey.armor() }
  }
}

function shown({ sealed: _, ...row }: MailKeyRow): MailKey {
  return row
}

function facts({ fingerprint, name, address, state, expires_at }: MailKeyRow) {
  return { fingerprint, name, address, state, expires_at }
}
