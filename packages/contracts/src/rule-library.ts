import { z } from 'zod'
import { Match } from './alert.ts'
import { Logsource } from './event.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Ring } from './rule-set.ts'
import { Severity } from './severity.ts'

/**
 * Life of a rule in the library. A published rule that gets a new text is a draft again, while the version
 * approved before stays in the sets to come.
 */
export const LibraryRuleStatus = z.enum([
  'draft',
  'in_review',
  'approved',
  'published',
  'withdrawn',
])
export type LibraryRuleStatus = z.infer<typeof LibraryRuleStatus>

const RuleText = z.string().min(1).max(1_048_576)
const Reason = z.string().trim().min(3).max(4000)

/** Something a lint says about a text. An error keeps it out of the library, a warning does not. */
export const LintProblem = z.object({
  level: z.enum(['error', 'warning']),
  path: z.string(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  cause: z.string(),
})
export type LintProblem = z.infer<typeof LintProblem>

/** One text of a rule; texts are never changed, a change is a new version. */
export const RuleVersion = z.object({
  version: z.int().min(1),
  hash: z.string().describe('SHA-256 of the text'),
  text: z.string(),
  author_id: z.string(),
  author_name: z.string(),
  created_at: Instant,
  verdict: z.enum(['approved', 'returned']).nullable(),
  reviewer_id: z.string().nullable(),
  reviewer_name: z.string().nullable(),
  reviewed_at: Instant.nullable(),
  review_note: z.string(),
})
export type RuleVersion = z.infer<typeof RuleVersion>

/** A rule of the library, in its newest version. */
export const LibraryRule = z.object({
  id: idOf('rule'),
  organisation_id: z.string(),
  sigma_id: z.string().describe('the id the rule itself carries; alerts name it'),
  title: z.string(),
  description: z.string(),
  severity: Severity,
  logsource: Logsource,
  tags: z.array(z.string()),
  author: z.string().describe('as the rule itself says'),
  path: z.string().describe('file name below the library'),
  status: LibraryRuleStatus,
  version: z.int().min(1).describe('newest'),
  approved_version: z.int().nullable().describe('what goes into the next set'),
  published_version: z.int().nullable().describe('what the newest set holds'),
  author_id: z.string().describe('who wrote the newest version'),
  author_name: z.string(),
  created_at: Instant,
  updated_at: Instant,
})
export type LibraryRule = z.infer<typeof LibraryRule>

export const FullLibraryRule = LibraryRule.extend({
  versions: z.array(RuleVersion).describe('newest first, at most 100'),
})
export type FullLibraryRule = z.infer<typeof FullLibraryRule>

/** A rule file as it is sent in. */
export const RuleDocumentDraft = z.object({
  path: z.string().trim().min(1).max(300),
  text: RuleText,
})
export type RuleDocumentDraft = z.infer<typeof RuleDocumentDraft>

/** Rule files one by one, or packed as tar, tar.gz or zip. */
export const RuleImport = z.object({
  documents: z.array(RuleDocumentDraft).max(5000).default([]),
  archive: z.base64().max(7_000_000).optional().describe('tar, tar.gz or zip; at most 5 MB'),
  reason: z.string().trim().max(4000).default(''),
})
export type RuleImport = z.infer<typeof RuleImport>

export const ImportReport = z.object({
  created: z.int().describe('rules that were new'),
  changed: z.int().describe('rules that got a new version'),
  unchanged: z.int(),
  refused: z.int(),
  rules: z.array(idOf('rule')).describe('created and changed, at most 5,000'),
  problems: z.array(LintProblem).describe('at most 500'),
})
export type ImportReport = z.infer<typeof ImportReport>

export const LintReport = z.object({
  rules: z.int().describe('rules that can be used'),
  problems: z.array(LintProblem),
})
export type LintReport = z.infer<typeof LintReport>

/** Where a rule fired and why. */
export const TrialHit = z.object({
  rule_id: z.string().describe('Sigma id'),
  rule_title: z.string(),
  line: z.int().nullable().describe('1-based, of a sample'),
  event_id: z.string().nullable().describe('of a stored event'),
  time: Instant,
  message: z.string(),
  matches: z.array(Match),
})
export type TrialHit = z.infer<typeof TrialHit>

export const SampleTest = z.object({
  documents: z.array(RuleDocumentDraft).min(1).max(100),
  samples: z.string().max(2_000_000).describe('records as a source sends them, one a line'),
  format: z.string().max(40).default('auto').describe('as of a source'),
  logsource: Logsource.default({}).describe('overrides what the record shows itself to be'),
})
export type SampleTest = z.infer<typeof SampleTest>

/** Why a rule did not fire on a record of a sample. */
export const TrialMiss = z.object({
  rule_id: z.string().describe('Sigma id'),
  rule_title: z.string(),
  line: z.int().describe('1-based'),
  because: z
    .enum(['logsource', 'failed', 'excluded'])
    .describe('another log source, an item that failed, or something the rule leaves out'),
  matches: z.array(Match).describe('the first item that failed, or what was met and is left out'),
  logsource: Logsource.describe('what the record shows itself to be'),
})
export type TrialMiss = z.infer<typeof TrialMiss>

export const SampleTestResult = z.object({
  lines: z.int(),
  unreadable: z.array(z.object({ line: z.int(), reason: z.string() })).max(100),
  hits: z.array(TrialHit).max(500),
  fired: z.int().describe('hits in all'),
  misses: z
    .array(TrialMiss)
    .max(500)
    .describe('of the first 200 records on which no rule fired; correlations are left out'),
  problems: z.array(LintProblem),
})
export type SampleTestResult = z.infer<typeof SampleTestResult>

export const BackTestState = z.enum(['waiting', 'running', 'done', 'failed'])
export type BackTestState = z.infer<typeof BackTestState>

/** A version of a rule tried on stored events: "would have fired 412 times, here". */
export const BackTest = z.object({
  id: idOf('backTest'),
  rule_id: idOf('rule'),
  version: z.int(),
  state: BackTestState,
  from: Instant,
  to: Instant,
  total: z.int().nullable().describe('events in the range the asker may see'),
  examined: z.int(),
  bounded: z.boolean().describe('true: the range held more events than are examined'),
  fired: z.int(),
  by_hour: z.array(z.object({ hour: Instant, count: z.int() })),
  by_host: z.array(z.object({ host: z.string(), count: z.int() })).describe('the 50 most frequent'),
  hits: z.array(TrialHit).describe('the first 100'),
  problem: z.string().nullable(),
  author_name: z.string(),
  created_at: Instant,
  ended_at: Instant.nullable(),
})
export type BackTest = z.infer<typeof BackTest>

export const BackTestDraft = z.object({
  version: z.int().min(1).optional().describe('the newest unless told'),
  from: Instant.optional().describe('24 hours before `to` unless told; at most 7 days'),
  to: Instant.optional().describe('now unless told'),
})
export type BackTestDraft = z.infer<typeof BackTestDraft>

export const ReviewDraft = z.object({
  version: z.int().min(1).describe('the version that was read'),
  verdict: z.enum(['approved', 'returned']),
  note: z.string().trim().max(4000).default(''),
})
export type ReviewDraft = z.infer<typeof ReviewDraft>

/** What became of an act on many rules; each succeeds or fails by itself. */
export const BulkResult = z.object({
  done: z.int(),
  refused: z
    .array(z.object({ position: z.int(), code: z.string() }))
    .describe('place in the list that was sent, from 0'),
})
export type BulkResult = z.infer<typeof BulkResult>

/** Narrows a rule for a time and a reason, as a Sigma filter, without touching its text. */
export const Tuning = z.object({
  id: idOf('tuning'),
  rule_id: idOf('rule'),
  sigma_id: z.string(),
  rule_title: z.string(),
  text: z.string().describe('the Sigma filter document made of it'),
  selection: z.string().describe('YAML of what is left out'),
  reason: z.string(),
  expires_at: Instant,
  ended_at: Instant.nullable(),
  author_id: z.string(),
  author_name: z.string(),
  created_at: Instant,
})
export type Tuning = z.infer<typeof Tuning>

export const TuningDraft = z.object({
  selection: z
    .string()
    .trim()
    .min(3)
    .max(65_536)
    .describe('Sigma selection of what is left out, YAML: `User: backup`'),
  reason: Reason,
  expires_at: Instant.describe('at most 366 days from now'),
})
export type TuningDraft = z.infer<typeof TuningDraft>

/** How a rule does in the field. */
export const RuleStatistics = z.object({
  rule_id: idOf('rule'),
  sigma_id: z.string(),
  title: z.string(),
  fired: z.int().describe('alerts in the time asked for'),
  clusters: z.int(),
  closed_false: z.int().describe('clusters closed as false positive'),
  last_fired_at: Instant.nullable(),
  cost_us: z
    .number()
    .nullable()
    .describe(
      'µs for each record its conditions are tried on; null: not among the dearest, or not measured',
    ),
  cost_share: z
    .number()
    .nullable()
    .describe('of all the time from a record to the rules that fire on it, 0 to 1'),
})
export type RuleStatistics = z.infer<typeof RuleStatistics>

/** ATT&CK techniques the library looks for. */
export const Coverage = z.object({
  attack_version: z.string(),
  tactics: z
    .array(
      z.object({
        id: z.string().describe('TA0002'),
        key: z.string().describe('as rules tag it: execution'),
        name: z.string(),
        rules: z.int().describe('rules tagged with it'),
      }),
    )
    .describe('in the order of an attack'),
  techniques: z
    .array(
      z.object({
        id: z.string().describe('T1059 or T1059.001'),
        name: z.string().nullable(),
        tactics: z.array(z.string()).describe('keys; empty where the version does not have it'),
        state: z
          .enum(['current', 'revoked', 'deprecated', 'unknown'])
          .describe('in this version of ATT&CK'),
        successor: z.string().nullable().describe('what took its place'),
        rules: z.array(idOf('rule')),
      }),
    )
    .describe('all of this version, and others that rules name'),
  rules: z.array(
    z.object({
      id: idOf('rule'),
      title: z.string(),
      status: LibraryRuleStatus,
      logsource: Logsource,
      ring: Ring.nullable().describe('the widest ring whose stations should have it'),
    }),
  ),
  untagged: z.int().describe('rules that name no technique'),
})
export type Coverage = z.infer<typeof Coverage>
