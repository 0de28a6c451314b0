import { z } from 'zod'
import { Observable } from './event.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Severity } from './severity.ts'
import { Tlp } from './tlp.ts'

/** A field of the record that made the rule fire, with the pattern it met. */
export const Match = z.object({
  field: z.string(),
  value: z.string(),
  pattern: z.string().describe('as the rule writes it'),
  selection: z.string().describe('search identifier of the rule, or the indicator set'),
})
export type Match = z.infer<typeof Match>

export const Detector = z.enum([
  'sigma',
  'indicator',
  'sensor',
  'behaviour',
  'correlation',
  'silence',
])
export type Detector = z.infer<typeof Detector>

/** A rule or indicator that matched an event at a station. */
export const Alert = z.object({
  id: idOf('alert').describe('derived from (node, segment, offset, rule)'),
  organisation_id: z.string(),
  tlp: Tlp,
  node_id: z.string().describe('the node whose detector fired'),
  source_id: z.string(),
  event_id: z.string(),
  time: Instant.describe('time of the event'),
  detected_time: Instant,
  detector: Detector,
  rule: z.object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()).describe('ATT&CK and others, as Sigma writes them'),
    false_positives: z.array(z.string()),
    references: z.array(z.string()),
    version: z.string().describe('hash of the rule text that fired'),
  }),
  severity: Severity,
  title: z.string(),
  entity: z
    .string()
    .describe('what it is about: the address, host or account alerts are grouped by'),
  matches: z.array(Match).max(64),
  observables: z.array(Observable).max(256),
  raw_data: z.string().describe('evidence: the record, as far as the owner lets it out'),
  simulated: z.boolean(),
})
export type Alert = z.infer<typeof Alert>
