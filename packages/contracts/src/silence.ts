import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** reduced: far less than usual comes · quiet: nothing · flood: far more · failed: the way in is out of order. */
export const SourceState = z.enum(['active', 'reduced', 'quiet', 'flood', 'failed', 'paused'])
export type SourceState = z.infer<typeof SourceState>

/** Why a source does not send what it usually does, as far as the station can tell. */
export const SilenceCause = z.enum([
  'unknown',
  'paused',
  'never-sent',
  'port-in-use',
  'port-refused',
  'listener-closed',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-refused',
  'tls-failed',
  'token-wrong',
  'address-not-listed',
  'protocol-wrong',
  'too-many-connections',
  'file-missing',
  'file-forbidden',
  'directory-missing',
  'disk-full',
  'disk-failed',
  'kernel-drops',
  'broker-unreachable',
  'plug-in-missing',
  'station-stopped',
])
export type SilenceCause = z.infer<typeof SilenceCause>

/** A stretch in which a source did not send what it usually does. */
export const Silence = z.object({
  id: idOf('silence'),
  source_id: z.string(),
  source_name: z.string(),
  kind: z.enum(['quiet', 'reduced', 'flood', 'failed', 'paused', 'stopped']),
  from: Instant,
  to: Instant.nullable().describe('null while it lasts'),
  noticed_at: Instant,
  cause: SilenceCause,
  detail: z.string().describe('the words of the system or of the protocol, if there are any'),
  usual: z.number().describe('records usual in the stretch; 0 where the hours are not learned yet'),
  received: z.number().describe('records that came in the stretch'),
})
export type Silence = z.infer<typeof Silence>

/** What a source usually sends at each hour of the week, in its zone, and what it sent in the last seven days. */
export const SourceRhythm = z.object({
  zone: z.string(),
  learned_hours: z.number().describe('whole hours of the last six weeks it was learned from'),
  quiet_after_seconds: z.number().describe('at this hour'),
  hours: z
    .array(
      z.object({
        usual: z.number().nullable().describe('records; null: not seen often enough'),
        seen: z
          .number()
          .nullable()
          .describe('records, the last time; null: not watched, or to come'),
      }),
    )
    .length(168)
    .describe('hours of the week from Monday midnight'),
  now: z.int().describe('hour of the week it is'),
})
export type SourceRhythm = z.infer<typeof SourceRhythm>
