import { z } from 'zod'
import { idOf } from './id.ts'
import { IncidentState } from './incident.ts'
import { Instant } from './instant.ts'

export const ObservableKind = z.enum(['address', 'network', 'domain', 'url', 'hash', 'email'])
export type ObservableKind = z.infer<typeof ObservableKind>

const Tag = z.string().trim().toLowerCase().min(1).max(60)

/** A value that was seen in an incident. */
export const IncidentObservable = z.object({
  id: idOf('incidentObservable'),
  incident_id: idOf('incident'),
  kind: ObservableKind,
  value: z.string().describe('in the one form it is kept in'),
  tags: z.array(z.string()),
  note: z.string(),
  indicator: z.boolean().describe('it tells of the attack; else it was just there'),
  first_seen_at: Instant,
  last_seen_at: Instant,
  sightings: z.int().describe('how often somebody told of it here'),
  elsewhere: z.int().describe('other incidents it was seen in, as far as the reader sees them'),
  added_by_name: z.string(),
  added_at: Instant,
  version: z.int(),
})
export type IncidentObservable = z.infer<typeof IncidentObservable>

export const ObservableDraft = z.object({
  value: z.string().trim().min(1).max(2048).describe('plain, or made harmless: hxxp, [.]'),
  tags: z.array(Tag).max(20).default([]),
  note: z.string().trim().max(2000).default(''),
  indicator: z.boolean().default(true),
  seen_at: Instant.optional().describe('now unless told'),
})
export type ObservableDraft = z.infer<typeof ObservableDraft>

export const ObservableChange = z.object({
  tags: z.array(Tag).max(20).optional(),
  note: z.string().trim().max(2000).optional(),
  indicator: z.boolean().optional(),
  version: z.int().optional().describe('refused if somebody changed it since this version'),
})
export type ObservableChange = z.infer<typeof ObservableChange>

/** What stands in a text, in the order it stands there. */
export const ExtractedObservable = z.object({ kind: ObservableKind, value: z.string() })
export type ExtractedObservable = z.infer<typeof ExtractedObservable>

/** Another incident a value was seen in. */
export const SeenElsewhere = z.object({
  id: idOf('incident'),
  number: z.string(),
  title: z.string(),
  state: IncidentState,
  last_seen_at: Instant,
})
export type SeenElsewhere = z.infer<typeof SeenElsewhere>
