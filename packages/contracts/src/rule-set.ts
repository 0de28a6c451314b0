import { z } from 'zod'
import { Instant } from './instant.ts'

/** How far a set is rolled out; each ring holds the stations of the rings before it. */
export const Ring = z.enum(['canary', 'early', 'general'])
export type Ring = z.infer<typeof Ring>

/** A file of a rule set, named by its content. */
export const RuleSetFile = z.object({
  path: z
    .string()
    .max(300)
    .regex(/^(rules|tunings)\/[\w-]{1,100}\.yml$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  expires_at: Instant.nullable().describe('a tuning ends by itself'),
})
export type RuleSetFile = z.infer<typeof RuleSetFile>

/** What a signed set version says; travels as the data of envelope `rules.published`. */
export const RuleSetManifest = z.object({
  number: z.int().min(1),
  hash: z.string().describe('SHA-256 over the files, RFC 8785 form'),
  files: z.array(RuleSetFile).max(20_000),
})
export type RuleSetManifest = z.infer<typeof RuleSetManifest>

/** The content of one file on stream `rules`; named by its hash, so it needs no signature of its own. */
export const RuleSetContent = z.object({
  file: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), text: z.string().max(1_048_576) }),
})
export type RuleSetContent = z.infer<typeof RuleSetContent>

/** A numbered, signed version of the rules of this node and those below it. */
export const RuleSet = z.object({
  number: z.int().min(1),
  hash: z.string(),
  rules: z.int(),
  tunings: z.int(),
  note: z.string(),
  ring: Ring.nullable().describe('null: published, not rolled out'),
  restores: z.int().nullable().describe('the version whose content this one brings back'),
  signature: z.string().describe('detached JWS, EdDSA, over the RFC 8785 form of the manifest'),
  kid: z.string(),
  published_by: z.string(),
  published_at: Instant,
  rolled_out_at: Instant.nullable(),
})
export type RuleSet = z.infer<typeof RuleSet>

export const FullRuleSet = RuleSet.extend({
  files: z.array(
    RuleSetFile.extend({ title: z.string(), sigma_id: z.string(), version: z.int().nullable() }),
  ),
  added: z.array(z.string()).describe('paths not in the version before'),
  removed: z.array(z.string()),
  changed: z.array(z.string()),
})
export type FullRuleSet = z.infer<typeof FullRuleSet>

/** none: nothing assigned · sent: no answer yet · in_force · refused: the old set stays · drifted: reports another set. */
export const DriftState = z.enum(['none', 'sent', 'in_force', 'refused', 'drifted'])
export type DriftState = z.infer<typeof DriftState>

/** What a station should have and what it says it has. */
export const StationDrift = z.object({
  station_id: z.string(),
  station_name: z.string(),
  node_id: z.string(),
  organisation_id: z.string(),
  local: z.boolean(),
  ring: Ring,
  wanted: z.int().nullable().describe('the newest version rolled out to its ring'),
  assigned: z.int().nullable(),
  assigned_at: Instant.nullable(),
  reported: z.int().nullable(),
  reported_hash: z.string().nullable(),
  reported_at: Instant.nullable(),
  active: z.int().nullable().describe('rules of the set it can use'),
  errors: z.int().nullable(),
  state: DriftState,
  problem: z.string().nullable(),
})
export type StationDrift = z.infer<typeof StationDrift>

/** What a node says of the set its parent gave it: data of `rules.applied` and `rules.refused`, part of the heartbeat. */
export const RuleSetReport = z.object({
  number: z.int().min(1),
  hash: z.string().max(64),
  active: z.int().min(0),
  errors: z.int().min(0),
  problem: z.string().max(1000).nullable(),
})
export type RuleSetReport = z.infer<typeof RuleSetReport>
