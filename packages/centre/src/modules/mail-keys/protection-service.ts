import type { DeliveryProtection } from '@haidang/contracts/notification'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import { type Clock, dateOf } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { createMessage, encrypt, type PrivateKey, type PublicKey, readKey } from 'openpgp'
import type { MailKeyService } from './mail-key-service.ts'

export interface ProtectionParts {
  readonly keys: Pick<MailKeyService, 'signer'>
  readonly clock: Clock
  /** The highest TLP whose mails may go out without encryption. */
  readonly clearUpTo: Tlp
  /** Armoured keys of an address at an organisation. */
  readonly keysOf: (tx: Tx, organisationId: string, address: string) => Promise<readonly string[]>
}

/** How a mail goes out. */
export interface Protection {
  readonly protection: Exclude<DeliveryProtection, ''>
  readonly key_fingerprint: string
  /** Why a key its reader has is not used; empty: it is, or there is none. */
  readonly refusal: string
  readonly encrypt?: (entity: Uint8Array) => Promise<string>
}

/** Whoever has a key gets nothing that others can read; what is restricted goes out encrypted or as a link alone. */
export class ProtectionService {
  readonly #parts: ProtectionParts

  constructor(parts: ProtectionParts) {
    this.#parts = parts
  }

  async of(
    tx: Tx,
    to: {
      readonly organisation_id: string
      readonly address: string
      readonly tlp_rank: number
    },
  ): Promise<Protection> {
    const { keys, keysOf } = this.#parts
    const armoured = await keysOf(tx, to.organisation_id, to.address)
    // Asked for outside of what follows: what is wrong with our own key says nothing of the reader's.
    const signer = armoured.length > 0 ? await keys.signer(tx) : undefined
    const refusals: string[] = []
    for (const one of armoured) {
      try {
        return await this.#encrypted(one, signer)
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : String(error))
      }
    }
    // Who asked for encryption is not written to in the clear because the key is over.
    const isOpen = armoured.length === 0 && this.mayBeRead(to.tlp_rank)
    return {
      protection: isOpen ? 'clear' : 'link-only',
      key_fingerprint: '',
      refusal: refusals.join('; ').slice(0, 500),
    }
  }

  /** Whether words of this TLP may be read on the way. */
  mayBeRead(tlp_rank: number): boolean {
    return tlp_rank <= tlpRank(this.#parts.clearUpTo)
  }

  /** Throws an Error where the key cannot be used any more. */
  async #encrypted(armoredKey: string, signer: PrivateKey | undefined): Promise<Protection> {
    const date = dateOf(this.#parts.clock.now())
    const key: PublicKey = await readKey({ armoredKey })
    await key.verifyPrimaryKey(date)
    await key.getEncryptionKey(undefined, date)
    return {
      protection: 'encrypted',
      key_fingerprint: key.getFingerprint().toUpperCase(),
      refusal: '',
      encrypt: async (entity) =>
        encrypt({
          message: await createMessage({ binary: entity }),
          encryptionKeys: key,
          ...(signer ? { signingKeys: signer } : {}),
          date,
          format: 'armored',
        }),
    }
  }
}
