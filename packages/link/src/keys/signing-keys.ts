import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { asc, isNull } from 'drizzle-orm'
import { linkSigningKey, type SigningKeyRow } from '../link-tables.ts'
import { writeSecret } from './key-file.ts'
import {
  keyOfPem,
  type OrganisationKey,
  organisationKey,
  organisationKeyFile,
} from './organisation-key.ts'

/** Milliseconds a rotated key is believed after its end: what it signed last may still be on its way. */
const grace = 3_600_000

/**
 * The signing keys of a node's organisation over its life: one private key in a file, and in the database the public
 * parts of all with their validity. What a key signed while it was valid stays so.
 */
export class SigningKeys {
  readonly #directory: string
  readonly #clock: Clock
  #current: OrganisationKey

  /** Those in `directory` (`keys/` of the data directory), the first made at first use. */
  static async open(directory: string, database: Database, clock: Clock): Promise<SigningKeys> {
    let current = await organisationKey(directory)
    const next = await nextIn(directory)
    await database.transact(systemScope, async (tx) => {
      const [known] = await tx.select().from(linkSigningKey).where(isNull(linkSigningKey.valid_to))
      if (known?.kid === current.kid) return
      // A change that broke off after it was committed is carried to its end.
      if (next && known?.kid === next.kid) {
        await rename(nextFile(directory), organisationKeyFile(directory))
        current = next
        return
      }
      // The database is new, or older than the file: only the key at hand can sign.
      const from = known ? clock.iso() : isoOf(0)
      await follow(tx, current, { how: 'rotated', from, until: clock.iso() })
    })
    return new SigningKeys(directory, clock, current)
  }

  private constructor(directory: string, clock: Clock, current: OrganisationKey) {
    this.#directory = directory
    this.#clock = clock
    this.#current = current
  }

  /** The one that signs. */
  get current(): OrganisationKey {
    return this.#current
  }

  /** All there ever were, oldest first. */
  all(tx: Tx): Promise<SigningKeyRow[]> {
    return tx.select().from(linkSigningKey).orderBy(asc(linkSigningKey.valid_from)).limit(1000)
  }

  /** Makes the key that is to follow; it signs nothing before `change`. */
  async make(): Promise<OrganisationKey> {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    await writeSecret(nextFile(this.#directory), pem)
    return keyOfPem(pem)
  }

  /** Records that `next` follows now. Returns from when it counts and until when the one before is believed. */
  async rotated(tx: Tx, next: OrganisationKey): Promise<{ from: string; until: string }> {
    const now = this.#clock.now()
    const period = { from: isoOf(now), until: isoOf(now + grace) }
    await follow(tx, next, { how: 'rotated', ...period })
    return period
  }

  /** Records that `next` follows a key that is not to be believed from `lostAt` on. */
  lost(tx: Tx, next: OrganisationKey, lostAt: string): Promise<void> {
    return follow(tx, next, { how: 'lost', from: lostAt, until: lostAt })
  }

  /** What was recorded is committed: the key signs, and the private part of the one before is gone. */
  async change(next: OrganisationKey): Promise<void> {
    await rename(nextFile(this.#directory), organisationKeyFile(this.#directory))
    this.#current = next
  }
}

async function follow(
  tx: Tx,
  { kid, x }: OrganisationKey,
  { how, from, until }: { how: 'rotated' | 'lost'; from: string; until: string },
): Promise<void> {
  await tx
    .update(linkSigningKey)
    .set({ valid_to: until, how })
    .where(isNull(linkSigningKey.valid_to))
  const row = { kid, x, valid_from: from, valid_to: null, how: null }
  await tx
    .insert(linkSigningKey)
    .values(row)
    .onConflictDoUpdate({ target: linkSigningKey.kid, set: row })
}

async function nextIn(directory: string): Promise<OrganisationKey | undefined> {
  const pem = await readFile(nextFile(directory), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return pem === undefined ? undefined : keyOfPem(pem)
}

function nextFile(directory: string): string {
  return join(directory, 'organisation-key-next.pem')
}

/** Whether text is the public part of an Ed25519 key (JWK `x`). */
export function isSigningKey(x: string): boolean {
  try {
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return true
  } catch {
    return false
  }
}
