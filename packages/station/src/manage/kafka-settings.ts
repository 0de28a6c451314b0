import type { KafkaShown } from '@haidang/contracts/kafka'
import type { SourceDraft } from '@haidang/contracts/source'
import { Problem } from '@haidang/runtime/problem'
import type { SealedSecrets } from '../collect/kafka/sealed-secrets.ts'
import type { SourceRow } from '../keep/station-tables.ts'

/** What a row keeps of Kafka: settings anybody may see who sees the source, and secrets sealed. */
export type KafkaColumns = Pick<SourceRow, 'kafka' | 'sealed_secrets'>

/**
 * Settings as they are to be kept; secrets that are not given stay as they were. Throws Problem
 * request.invalid.
 */
export async function kafkaColumns(
  draft: SourceDraft['kafka'],
  before: KafkaColumns & Pick<SourceRow, 'id'>,
  sealed: SealedSecrets,
): Promise<KafkaColumns> {
  if (draft === undefined) return { kafka: before.kafka, sealed_secrets: before.sealed_secrets }
  const { password, key, ...settings } = draft
  const known = await sealed.open(before.id, before.sealed_secrets)
  const secrets = { ...known, ...(password && { password }), ...(key && { key }) }
  if (settings.mechanism === 'none') delete secrets.password
  if (settings.certificate === undefined) delete secrets.key
  const names = (['password', 'key'] as const).filter((name) => secrets[name] !== undefined)
  const kafka: KafkaShown = { ...settings, secrets: names }
  requireWhole(kafka)
  const isNone = names.length === 0
  return { kafka, sealed_secrets: isNone ? null : await sealed.seal(before.id, secrets) }
}

function requireWhole({ mechanism, user, certificate, secrets, tls }: KafkaShown): void {
  const missing = [
    mechanism !== 'none' && user === undefined && 'user',
    mechanism !== 'none' && !secrets.includes('password') && 'password',
    certificate !== undefined && !secrets.includes('key') && 'key',
    certificate !== undefined && !tls && 'tls',
  ].filter((name) => name !== false)
  if (missing.length === 0) return
  throw new Problem(
    'request.invalid',
    `settings for Kafka lack ${missing.join(', ')}`,
    missing.map((name) => ({
      field: `kafka.${name}`,
      cause: 'missing',
      remedy: 'user and password go with a mechanism; a certificate with its key and TLS',
    })),
  )
}
