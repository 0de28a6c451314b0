import { z } from 'zod'
import { Instant, millisecondsOf } from './instant.ts'
import { Tlp } from './tlp.ts'

/** Streams whose records the owner's release policy decides about; signed envelopes are acts of their own. */
export const ReleaseStream = z.enum(['alerts', 'events', 'health'])
export type ReleaseStream = z.infer<typeof ReleaseStream>

/** What becomes of a record: all of it leaves, it leaves with fields treated, only its number leaves, nothing does. */
export const ReleaseDecision = z.enum(['send', 'masked', 'counts', 'keep'])
export type ReleaseDecision = z.infer<typeof ReleaseDecision>

/** Kinds of values that can be treated, wherever in a record they stand. */
export const ReleaseField = z.enum([
  'ip',
  'own_ip',
  'mac',
  'user',
  'email',
  'host',
  'domain',
  'url',
  'file',
  'process',
  'command_line',
  'message',
])
export type ReleaseField = z.infer<typeof ReleaseField>

/** mask: struck out · hash: the same pseudonym for the same value · network: an address keeps its network. */
export const Treatment = z.enum(['mask', 'hash', 'network'])
export type Treatment = z.infer<typeof Treatment>

export const FieldTreatment = z
  .strictObject({ field: ReleaseField, how: Treatment })
  .refine(({ field, how }) => how !== 'network' || field === 'ip' || field === 'own_ip', {
    path: ['how'],
    error: 'only an address can keep its network',
  })
export type FieldTreatment = z.infer<typeof FieldTreatment>

const Name = z.string().trim().min(1).max(200)

/** Which records are meant; an empty list means any. */
const scope = {
  streams: z.array(ReleaseStream).max(3).default([]),
  classes: z.array(z.int().min(0).max(99_999)).max(50).default([]).describe('OCSF class_uid'),
  categories: z.array(z.int().min(0).max(99)).max(20).default([]).describe('OCSF category_uid'),
  tlp: z.array(Tlp).max(5).default([]),
  sources: z.array(Name).max(200).default([]).describe('names or ids; * stands for any text'),
  systems: z
    .array(Name)
    .max(200)
    .default([])
    .describe('information systems that take part in an event; * stands for any text'),
}

export const ReleaseRule = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    ...scope,
    decision: ReleaseDecision,
    fields: z.array(FieldTreatment).max(12).default([]).describe('what is treated, when masked'),
  })
  .superRefine(({ decision, fields, streams }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (decision === 'masked' && fields.length === 0) issue('fields', 'name what is masked')
    if (decision !== 'masked' && fields.length > 0) issue('fields', 'only masked treats fields')
    if (decision === 'keep' && streams.length === 1 && streams[0] === 'health') {
      issue('decision', 'a heartbeat always leaves; counts takes the sources out of it')
    }
  })
export type ReleaseRule = z.infer<typeof ReleaseRule>

const aYear = 366 * 86_400_000

/** A legal exception: for a time, what an order names leaves whatever the rules say. Secret material never does. */
export const ReleaseException = z
  .strictObject({
    order: z.string().trim().min(1).max(120).describe('number of the order it rests on'),
    reason: z.string().trim().min(3).max(1000),
    ...scope,
    from: Instant,
    to: Instant,
  })
  .refine(({ from, to }) => millisecondsOf(from) < millisecondsOf(to), {
    path: ['to'],
    error: 'it ends before it begins',
  })
  .refine(({ from, to }) => millisecondsOf(to) - millisecondsOf(from) <= aYear, {
    path: ['to'],
    error: 'an exception lasts a year at most',
  })
export type ReleaseException = z.infer<typeof ReleaseException>

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'as in 08:30')

/** How much of the line the bulk lane may take. */
export const BulkLimits = z.strictObject({
  bytes_per_second: z
    .int()
    .min(1024)
    .max(10_000_000_000)
    .nullable()
    .default(null)
    .describe('compressed, as sent; null: no limit'),
  quiet_hours: z
    .array(z.strictObject({ from: Clock, to: Clock }))
    .max(8)
    .default([])
    .describe('when the bulk lane rests, time of Viet Nam; past midnight where to is before from'),
})
export type BulkLimits = z.infer<typeof BulkLimits>

/** What may leave a station: the first rule that matches decides; what no rule names stays. */
export const ReleasePolicy = z.strictObject({
  secret: z
    .strictObject({
      sources: z.array(Name).max(200).default([]),
      markings: z.array(z.string().trim().min(2).max(120)).max(50).default([]),
    })
    .prefault({})
    .describe('what makes a record secret: it leaves on no stream, and no exception lets it out'),
  own_networks: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .max(200)
    .default([])
    .describe('addresses that own_ip means'),
  rules: z.array(ReleaseRule).max(100),
  exceptions: z.array(ReleaseException).max(50).default([]),
  bulk: BulkLimits.prefault({}),
})
export type ReleasePolicy = z.infer<typeof ReleasePolicy>

/** The policy of a station whose owner wrote none: version 0. */
export const defaultReleasePolicy: ReleasePolicy = ReleasePolicy.parse({
  secret: { markings: ['TUYỆT MẬT', 'TỐI MẬT', 'ĐỘ MẬT'] },
  own_networks: [
    ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
    ...['fc00::/7', 'fe80::/10'],
  ],
  rules: [
    {
      name: 'TLP:RED, TLP:AMBER+STRICT',
      streams: ['alerts'],
      tlp: ['amber+strict', 'red'],
      decision: 'counts',
    },
    { name: 'Cảnh báo · Alerts', streams: ['alerts'], decision: 'send' },
    { name: 'Nhịp báo · Heartbeats', streams: ['health'], decision: 'send' },
    { name: 'Sự kiện · Events', streams: ['events'], decision: 'keep' },
  ],
})

/** One version of the policy, as the owner put it into force. */
export const ReleaseVersion = z.object({
  version: z.int().min(0).describe('0: nobody wrote one yet'),
  policy: ReleasePolicy,
  reason: z.string().max(1000),
  actor_name: z.string().max(300),
  created_at: Instant.nullable(),
})
export type ReleaseVersion = z.infer<typeof ReleaseVersion>

/** How many records of a day met a decision. */
export const ReleaseCount = z.object({
  day: z.iso.date().describe('UTC'),
  stream: ReleaseStream,
  decision: ReleaseDecision,
  class_uid: z.int(),
  count: z.number(),
})
export type ReleaseCount = z.infer<typeof ReleaseCount>
