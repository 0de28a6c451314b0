import { z } from 'zod'
import { Approved } from './approved.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { OrganisationDraft } from './organisation.ts'
import { SheetFormat, SheetImport, SheetOutcome } from './sheet-import.ts'
import { LevelDecision, SystemDraft } from './system.ts'
import { Tlp } from './tlp.ts'

const code = OrganisationDraft.shape.code
const { shape } = SystemDraft

/** One row of a file: an information system, whose it is, and what belongs to it. What is not said stays as it is. */
export const SystemRow = z.object({
  owner: code.optional().describe('code of the owner; the caller’s own organisation unless told'),
  operator: code.optional(),
  code: shape.code,
  name: shape.name.optional().describe('needed of what is new'),
  purpose: z.string().trim().max(2_000).optional(),
  tlp: shape.tlp.unwrap().optional(),
  level: z.int().min(1).max(5).optional(),
  level_approval: shape.level_approval.unwrap().optional(),
  decision_number: LevelDecision.shape.number.optional(),
  decision_date: LevelDecision.shape.date.optional(),
  decision_authority: LevelDecision.shape.authority.optional(),
  importance: shape.importance.unwrap().optional(),
  ranges: z
    .array(z.string().max(2_100))
    .max(50_000)
    .optional()
    .describe('networks, domains, URLs, autonomous systems; days as [2026-01-01..2026-12-31]'),
})
export type SystemRow = z.infer<typeof SystemRow>

/** Waiting → reading → read → applying → applied; failed says why. */
export const SystemImportState = z.enum([
  'waiting',
  'reading',
  'read',
  'applying',
  'applied',
  'failed',
])
export type SystemImportState = z.infer<typeof SystemImportState>

/** A file of information systems on its way into the register. */
export const SystemImport = z.object({
  id: idOf('systemImport'),
  name: z.string().describe('of the file'),
  format: SheetFormat,
  existing: SheetImport.shape.existing,
  state: SystemImportState,
  done: z.int().describe('rows read so far by what runs now'),
  outcome: SheetOutcome.nullable(),
  problem: z
    .object({
      code: z.string(),
      detail: z.string(),
      cause: z
        .object({ vi: z.string(), en: z.string() })
        .optional()
        .describe('in both languages, where the file itself is at fault'),
    })
    .nullable()
    .describe('why it failed: a code of the catalogue of problems'),
  author_name: z.string(),
  created_at: Instant,
  ended_at: Instant.nullable(),
})
export type SystemImport = z.infer<typeof SystemImport>

/** A file, whose systems it is about, and who may see it. */
export const SystemImportDraft = SheetImport.extend({
  organisation_id: idOf('organisation')
    .optional()
    .describe('owner of every row that names none; without, each row says its own'),
  tlp: Tlp.optional().describe('of the file while it waits; what the caller may see unless told'),
})
export type SystemImportDraft = z.infer<typeof SystemImportDraft>

const params = z.object({ id: idOf('systemImport') })

export const systemImportApi = {
  start: endpoint({
    method: 'POST',
    path: '/api/v1/system-imports',
    permission: 'system.manage',
    summary: 'Hand a file of information systems over to be read; nothing is written yet',
    body: SystemImportDraft,
    reply: SystemImport,
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/system-imports/:id',
    permission: 'system.manage',
    summary: 'How far an import is and what it came to',
    params,
    reply: SystemImport,
  }),
  apply: endpoint({
    method: 'POST',
    path: '/api/v1/system-imports/:id/application',
    permission: 'system.manage',
    summary: 'Write what was read into the register: all of its rows or none',
    params,
    reply: SystemImport,
  }),
  refused: endpoint({
    method: 'GET',
    path: '/api/v1/system-imports/:id/refused',
    permission: 'system.manage',
    summary: 'The rows of an import that are refused, each with why, as a file in its format',
    params,
    reply: z.unknown(),
  }),
  template: endpoint({
    method: 'GET',
    path: '/api/v1/system-import-template',
    permission: 'system.read',
    summary: 'An empty file with the columns of information systems',
    query: z.object({ format: SheetFormat }),
    reply: z.unknown(),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/system-export',
    permission: 'system.read',
    reads: 'systems',
    summary:
      'The information systems a filter finds, with their ranges, as a file to read in again',
    query: z.object({
      format: SheetFormat,
      filter: z.string().max(2_048).optional(),
      approval: Approved,
    }),
    reply: z.unknown(),
  }),
}
