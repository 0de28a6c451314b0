import { KafkaSecrets as Secrets } from '@haidang/contracts/kafka'
import { openSeal, type Seal } from '@haidang/link/keys/seal'
import type { z } from 'zod'

export type KafkaSecrets = z.infer<typeof Secrets>

/**
 * What a source proves itself to brokers with, sealed under a key only the node can read: the database, and whoever
 * has a copy of it, holds nothing of use.
 */
export class SealedSecrets {
  readonly #seal: () => Promise<Seal>

  constructor(dataDirectory: string) {
    let seal: Promise<Seal> | undefined
    this.#seal = () => {
      seal ??= openSeal(dataDirectory, 'source-secrets')
      return seal
    }
  }

  /** Text for the database; it opens for this source alone. */
  async seal(sourceId: string, secrets: KafkaSecrets): Promise<string> {
    return (await this.#seal()).seal(sourceId, JSON.stringify(secrets))
  }

  /** What was sealed; nothing of null. Throws an Error where the key is another. */
  async open(sourceId: string, text: string | null): Promise<KafkaSecrets> {
    if (text === null) return {}
    const seal = await this.#seal()
    try {
      return Secrets.parse(JSON.parse(seal.open(sourceId, text)))
    } catch {
      throw new Error(
        'keys/source-secrets.key is not the one secrets were kept under: enter them again',
      )
    }
  }
}
