import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Declaration } from './system-declaration.ts'
import { Tlp } from './tlp.ts'

/** How far the decision on the level is: the columns of form 08 of Decree 331/2026. */
export const LevelApproval = z.enum(['drafting', 'submitted', 'appraised', 'approved'])
export type LevelApproval = z.infer<typeof LevelApproval>

/** What makes a system important beyond its level (1017 II.2.a, IV.1.d). */
export const Importance = z.enum(['nationally_important', 'national_database', 'priority_sector'])
export type Importance = z.infer<typeof Importance>

/** Ways a system is monitored (1017 II.1.b). */
export const MonitoringWay = z.enum(['direct', 'indirect'])
export type MonitoringWay = z.infer<typeof MonitoringWay>

/** Survey → conditions → approved → deployed (1017 II.2.a). */
export const MonitoringStage = z.enum(['none', 'surveyed', 'ready', 'approved', 'deployed'])
export type MonitoringStage = z.infer<typeof MonitoringStage>

export const LevelDecision = z.object({
  number: z.string().trim().min(1).max(100),
  date: z.iso.date(),
  authority: z.string().trim().min(1).max(300),
})

/** Software a system runs on, named so that vulnerabilities can be matched to it. */
export const Software = z.object({
  name: z.string().trim().min(1).max(200),
  version: z.string().trim().max(100).default(''),
  identifier: z
    .string()
    .trim()
    .max(500)
    .regex(/^$|^cpe:2\.3:[aho\-*]:|^pkg:[a-z][a-z0-9.+-]*\//, 'CPE 2.3 or package URL')
    .default('')
    .describe('cpe:2.3:… or pkg:…'),
})
export type Software = z.infer<typeof Software>

export const OfferedService = z.object({
  name: z.string().trim().min(1).max(200),
  protocol: z.enum(['tcp', 'udp', 'other']),
  port: z.int().min(0).max(65_535),
  public: z.boolean(),
})
export type OfferedService = z.infer<typeof OfferedService>

export const LogSource = z.object({
  name: z.string().trim().min(1).max(200),
  kind: z.string().trim().max(100).default(''),
  retention_days: z.int().min(0).max(36_500).optional(),
  shared: z.boolean().describe('may be shared with the coordinator'),
})
export type LogSource = z.infer<typeof LogSource>

export const SystemDraft = z.object({
  organisation_id: idOf('organisation').describe('owner (chủ quản)'),
  operator_id: idOf('organisation').nullable().default(null).describe('who runs it, if another'),
  code: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[A-Za-z0-9._/-]+$/, 'letters, digits and . _ / -')
    .describe('number in the register, unique with its owner'),
  name: z.string().trim().min(2).max(300),
  purpose: z.string().trim().max(2_000).default(''),
  tlp: Tlp.default('amber'),
  level: z.int().min(1).max(5).nullable().default(null),
  level_approval: LevelApproval.default('drafting'),
  level_decision: LevelDecision.nullable().default(null),
  importance: z.array(Importance).max(3).default([]),
  declaration: Declaration.default({}),
  software: z.array(Software).max(500).default([]),
  services: z.array(OfferedService).max(500).default([]),
  log_sources: z.array(LogSource).max(200).default([]),
  station_ids: z.array(idOf('station')).max(50).default([]),
})
export type SystemDraft = z.infer<typeof SystemDraft>

export const SystemMonitoring = z.object({ direct: MonitoringStage, indirect: MonitoringStage })
export type SystemMonitoring = z.infer<typeof SystemMonitoring>

/** An information system of the register (1017 II.3.c). */
export const InformationSystem = SystemDraft.extend({
  id: idOf('system'),
  organisation_name: z.string(),
  operator_name: z.string(),
  monitoring: SystemMonitoring,
  range_count: z.int().describe('networks, domains, URLs and autonomous systems'),
  completeness: z.int().min(0).max(100).describe('per cent of what is asked for'),
  missing: z.array(z.string()).describe('items of the completeness rules not yet told'),
  version: z.int(),
  created_at: Instant,
  updated_at: Instant,
})
export type InformationSystem = z.infer<typeof InformationSystem>

/** What lists show. */
export const SystemSummary = InformationSystem.pick({
  id: true,
  organisation_id: true,
  organisation_name: true,
  operator_name: true,
  code: true,
  name: true,
  tlp: true,
  level: true,
  importance: true,
  monitoring: true,
  range_count: true,
  completeness: true,
})
export type SystemSummary = z.infer<typeof SystemSummary>

/** One thing the register asks for, how much it weighs and by which clause. */
export const CompletenessItem = z.strictObject({
  id: z.string().min(1).max(60),
  asks: z.string().min(1).max(60).describe('part of the register that tells it'),
  weight: z.number().positive().max(100),
  clause: z.string().min(1),
  name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
})
export type CompletenessItem = z.infer<typeof CompletenessItem>

/** How complete what an owner told is, and how many of its systems lack what. */
export const OwnerCompleteness = z.object({
  organisation_id: z.string(),
  organisation_name: z.string(),
  systems: z.int(),
  completeness: z.int(),
  missing: z.array(z.object({ id: z.string(), systems: z.int() })),
})
export type OwnerCompleteness = z.infer<typeof OwnerCompleteness>
