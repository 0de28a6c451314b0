import { z } from 'zod'
import { idOf } from './id.ts'
import { Incident } from './incident.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** What hangs on an incident and stays with it, whatever it is merged into. */
export const BelongingKind = z.enum(['cluster', 'order', 'task', 'report'])
export type BelongingKind = z.infer<typeof BelongingKind>

/** One thing that hangs on an incident, under the name people know it by. */
export const Belonging = z.object({
  kind: BelongingKind,
  id: z.string(),
  label: z.string(),
})
export type Belonging = z.infer<typeof Belonging>

/** Incidents put under one, which stands for them until that is taken back. */
export const IncidentMerge = z.object({
  id: idOf('incidentMerge'),
  head_id: idOf('incident'),
  reason: z.string(),
  merged_at: Instant,
  incidents: z.array(Incident).describe('those put under the head by it, as they are themselves'),
  since: z
    .array(Belonging)
    .describe('what was added to the head since; it stays there unless given'),
  head_changed: z.boolean().describe('whether something was decided on the head since'),
})
export type IncidentMerge = z.infer<typeof IncidentMerge>

/** What merging would do, told before it is done. */
export const MergePreview = z.object({
  into: Incident,
  incidents: z.array(Incident),
  joins: z
    .array(z.object({ kind: BelongingKind, count: z.int() }))
    .describe('shown under the head'),
  tlp: Tlp.describe('of the head afterwards: the strictest of them'),
  detected_at: Instant.describe('of the head afterwards: the earliest of them'),
  loses: z
    .array(z.object({ kind: z.enum(['organisation', 'group', 'person']), id: z.string() }))
    .describe('named as told of the head, and no longer told, as they are not told of all'),
})
export type MergePreview = z.infer<typeof MergePreview>

/** What incidents are after a merge is taken back: as they were, or as was decided on the head since. */
export const IncidentUnmerged = z.enum(['as-before', 'as-head'])
export type IncidentUnmerged = z.infer<typeof IncidentUnmerged>

/** Something added to the head since, given to an incident that is taken out again. */
export const Given = Belonging.omit({ label: true }).extend({ to: idOf('incident') })
export type Given = z.infer<typeof Given>
