import { z } from 'zod'

const Pem = z
  .string()
  .max(65_536)
  .regex(/^\s*-----BEGIN [A-Z ]+-----/, 'a text in PEM')

/** How records are fetched from Kafka. */
export const KafkaSettings = z.object({
  brokers: z
    .array(
      z
        .string()
        .max(260)
        .regex(/^(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}$/, 'host:port'),
    )
    .min(1)
    .max(16)
    .describe('host:port of some brokers; they name the others'),
  topics: z
    .array(z.string().regex(/^[\w.-]{1,249}$/, 'letters, digits, dot, hyphen, underscore'))
    .min(1)
    .max(32),
  group: z
    .string()
    .regex(/^\S{1,200}$/, 'no blanks')
    .optional()
    .describe('consumer group; default: haidang- and the name of the source'),
  start: z
    .enum(['earliest', 'latest'])
    .default('earliest')
    .describe('where a partition begins that neither source nor group has read yet'),
  tls: z.boolean().default(false),
  authority: Pem.optional().describe(
    'PEM of who signs the brokers’ certificates; default: public ones',
  ),
  certificate: Pem.optional().describe('PEM of the certificate shown to brokers'),
  mechanism: z.enum(['none', 'plain', 'scram-sha-256', 'scram-sha-512']).default('none'),
  user: z.string().min(1).max(200).optional(),
})
export type KafkaSettings = z.infer<typeof KafkaSettings>

/** What is given once and never shown again. */
export const KafkaSecrets = z.object({
  password: z.string().min(1).max(1000).optional(),
  key: Pem.optional().describe('PEM of the private key of `certificate`'),
})

export const KafkaDraft = KafkaSettings.extend(KafkaSecrets.shape)

/** As it is shown: which secrets are kept, not what they are. */
export const KafkaShown = KafkaSettings.extend({
  secrets: z.array(z.enum(['password', 'key'])),
})
export type KafkaShown = z.infer<typeof KafkaShown>
