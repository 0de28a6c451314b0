import { z } from 'zod'
import { idOf } from './id.ts'
import { IncidentType } from './incident.ts'
import { Instant } from './instant.ts'
import { TaskTemplate } from './task-template.ts'
import { Tlp } from './tlp.ts'

/** Letters a playbook may have in all; a plan nobody can read through in an emergency is none. */
export const mostPlaybookLetters = 300_000

/** What a playbook says: a template of tasks without the name it has in a file. */
export const PlaybookContent = TaskTemplate.omit({ id: true })
export type PlaybookContent = z.infer<typeof PlaybookContent>

/** draft: never published; upcoming: published from a day that has not come; retired: no longer taken. */
export const PlaybookState = z.enum(['draft', 'upcoming', 'in_force', 'retired'])
export type PlaybookState = z.infer<typeof PlaybookState>

/** A response plan of an organisation, as lists show it. */
export const PlaybookSummary = z.object({
  id: idOf('playbook'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  own: z.boolean().describe('of an organisation the reader works for; others are read only'),
  tlp: Tlp,
  name: z.object({ vi: z.string(), en: z.string() }),
  types: z.array(IncidentType).describe('none: every type'),
  state: PlaybookState,
  published: z.int().describe('the last version published; 0: none was'),
  has_draft: z.boolean().describe('something is written that is not published'),
  for_subordinates: z
    .boolean()
    .describe('organisations under its own read it and take it over, too'),
  valid_from: z.iso.date().nullable().describe('first day of the first version'),
  retired_from: z.iso.date().nullable(),
  retired_reason: z.string(),
  reviewed_on: z.iso.date().nullable(),
  review_by: z.iso.date().nullable().describe('day by which it is to be reviewed next'),
  review_overdue: z.boolean(),
  changed_by: z.string(),
  updated_at: Instant,
  revision: z.int().describe('grows with every change; refused if somebody changed it since'),
})
export type PlaybookSummary = z.infer<typeof PlaybookSummary>

/** replaced: a later version is in force. */
export const PlaybookVersionState = z.enum(['upcoming', 'in_force', 'replaced', 'retired'])
export type PlaybookVersionState = z.infer<typeof PlaybookVersionState>

/** What is said about one published version; it never changes. */
export const PlaybookVersionHead = z.object({
  version: z.int(),
  state: PlaybookVersionState,
  valid_from: z.iso.date(),
  reason: z.string(),
  published_at: Instant,
  published_by: z.string(),
})
export type PlaybookVersionHead = z.infer<typeof PlaybookVersionHead>

export const PlaybookVersion = PlaybookVersionHead.extend({ content: PlaybookContent })
export type PlaybookVersion = z.infer<typeof PlaybookVersion>

export const Playbook = PlaybookSummary.extend({
  draft: PlaybookContent.nullable().describe('null: nothing is being written, or it is not own'),
  versions: z.array(PlaybookVersionHead).describe('the newest first, two hundred at most'),
  current: PlaybookVersion.nullable().describe('in force; before its first day the last published'),
})
export type Playbook = z.infer<typeof Playbook>

/** When playbooks are reviewed: data, with the clause that asks for it. */
export const PlaybookRules = z.strictObject({
  profile: z.string().min(1).max(60),
  version: z.int().min(1),
  review: z.strictObject({
    every: z
      .string()
      .regex(/^P[1-9]\d{0,2}[YMD]$/)
      .describe('a period, as P1Y'),
    clause: z.string().max(300).describe('that asks for the interval; empty: none does'),
    basis: z.strictObject({ vi: z.string().min(1).max(500), en: z.string().min(1).max(500) }),
  }),
})
export type PlaybookRules = z.infer<typeof PlaybookRules>

/** A playbook in force that fits an incident. */
export const PlaybookOffer = z.object({
  id: idOf('playbook'),
  organisation_name: z.string(),
  version: z.int(),
  content: PlaybookContent,
})
export type PlaybookOffer = z.infer<typeof PlaybookOffer>
