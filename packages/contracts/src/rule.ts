import { z } from 'zod'
import { Logsource } from './event.ts'
import { Instant } from './instant.ts'
import { Severity } from './severity.ts'

/** A detection rule as loaded by this node's detector. */
export const Rule = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  severity: Severity,
  status: z.string(),
  logsource: Logsource,
  tags: z.array(z.string()),
  author: z.string(),
  path: z.string(),
  version: z.string().describe('hash of its text'),
  state: z.enum(['active', 'error', 'unsupported']),
  problem: z.string().nullable().describe('file:line:column and cause'),
  hits: z.number().describe('alerts of the last 24 hours'),
})
export type Rule = z.infer<typeof Rule>

export const RuleSetSummary = z.object({
  version: z.string(),
  active: z.number(),
  errors: z.number(),
  loaded_at: Instant,
  indicators: z.number(),
  indicator_version: z.string(),
})
export type RuleSetSummary = z.infer<typeof RuleSetSummary>
