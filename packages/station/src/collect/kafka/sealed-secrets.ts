import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { KafkaSecrets as Secrets } from '@haidang/contracts/kafka'
import { readOrMake } from '@haidang/link/keys/key-file'
import type { z } from 'zod'

export type KafkaSecrets = z.infer<typeof Secrets>

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * What a source proves itself to brokers with, sealed under a key only the node can read: the database, and whoever
 * has a copy of it, holds nothing of use.
 */
export class SealedSecrets {
  readonly #key: () => Promise<Buffer>

  constructor(dataDirectory: string) {
    let key: Promise<Buffer> | undefined
    this.#key = () => {
      key ??= openKey(join(dataDirectory, 'keys', 'source-secrets.key'))
      return key
    }
  }

  /** Text for the database; it opens for this source alone. */
  async seal(sourceId: string, secrets: KafkaSecrets): Promise<string> {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, await this.#key(), nonce).setAAD(Buffer.from(sourceId))
    const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  /** What was sealed; nothing of null. Throws an Error where the key is another. */
  async open(sourceId: string, text: string | null): Promise<KafkaSecrets> {
    if (text === null) return {}
    const bytes = Buffer.from(text, 'base64url')
    const opening = createDecipheriv(algorithm, await this.#key(), bytes.subarray(0, nonceBytes))
      .setAAD(Buffer.from(sourceId))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    try {
      const opened = [opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]
      return Secrets.parse(JSON.parse(Buffer.concat(opened).toString('utf8')))
    } catch {
      throw new Error(
        'keys/source-secrets.key is not the one secrets were kept under: enter them again',
      )
    }
  }
}

async function openKey(path: string): Promise<Buffer> {
  const text = await readOrMake(path, async () => randomBytes(32).toString('base64url'))
  return Buffer.from(text.trim(), 'base64url')
}
