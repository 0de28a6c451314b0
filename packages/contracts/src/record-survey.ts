import { z } from 'zod'
import { Event } from './event.ts'
import { RecordFormat } from './record-format.ts'
import { Encoding } from './record-reading.ts'

/** What may be done about a kind of reject. */
export const RejectHint = z.enum(['binary', 'truncated', 'too-long', 'empty', 'format'])
export type RejectHint = z.infer<typeof RejectHint>

/** How the times of records lie against the times they were received. */
export const ClockVerdict = z.enum(['none', 'good', 'off', 'zone', 'old'])
export type ClockVerdict = z.infer<typeof ClockVerdict>

/** The format a record that nobody knows comes closest to. */
export const NearestFormat = z.object({
  format: RecordFormat,
  found: z.array(z.string()).describe('marks of the format that it has'),
  missing: z.array(z.string()).describe('marks of the format that the record does not have'),
})
export type NearestFormat = z.infer<typeof NearestFormat>

const line = z.int().describe('place of the first one, counted from 1')
const excerpt = z.string().describe('its beginning, printable')

/** What a number of records of one source become: what is recognised, filled, refused, and how their clock goes. */
export const RecordSurvey = z.object({
  records: z.int(),
  events: z.int(),
  rejects: z.int(),
  formats: z
    .array(z.object({ format: z.string(), records: z.int() }))
    .describe('recognised, most first'),
  classes: z.array(z.object({ class_uid: z.int(), records: z.int() })),
  fields: z
    .array(z.object({ field: z.string(), records: z.int(), example: z.string() }))
    .describe('attributes filled, most first'),
  reasons: z.array(
    z.object({
      reason: z.string(),
      detail: z.string(),
      records: z.int(),
      line,
      excerpt,
      hint: RejectHint.nullable(),
      nearest: NearestFormat.nullable(),
    }),
  ),
  unknown: z
    .array(z.object({ line, excerpt, nearest: NearestFormat.nullable() }))
    .describe('records read as plain text, the first few'),
  suggestions: z
    .array(z.object({ format: z.string(), records: z.int() }))
    .describe('what events that nobody recognised look like, most first'),
  encodings: z
    .array(z.object({ encoding: Encoding, records: z.int() }))
    .describe('recognised or guessed, where no UTF-8 came'),
  clock: z.object({
    verdict: ClockVerdict,
    timed: z.int().describe('records that say when'),
    median_seconds: z
      .number()
      .nullable()
      .describe('received later than written; negative: earlier'),
    zone: z.string().nullable().describe('IANA zone that would put the times right'),
  }),
  better_format: RecordFormat.nullable().describe('reads these records better than the one set'),
  first_event: Event.nullable(),
})
export type RecordSurvey = z.infer<typeof RecordSurvey>
