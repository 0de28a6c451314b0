import { z } from 'zod'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Tlp } from './tlp.ts'

/**
 * Whom the owner of a thing names beside itself. What of it counts is a matter of the TLP: organisations up to
 * AMBER+STRICT, groups up to AMBER, people always.
 */
export const ToldTo = z.object({
  organisations: z.array(idOf('organisation')).max(500).default([]),
  groups: z.array(idOf('group')).max(50).default([]),
  people: z.array(idOf('person')).max(200).default([]),
})
export type ToldTo = z.infer<typeof ToldTo>

/** Kinds of things whose audience can be asked for. */
export const AudienceKind = z.enum(['incident', 'order', 'system'])
export type AudienceKind = z.infer<typeof AudienceKind>

/** What decides who sees a thing, written or not yet. */
export const AudienceDraft = z.object({
  kind: AudienceKind,
  organisation_id: idOf('organisation').describe('the owner; of an order its issuer'),
  tlp: Tlp,
  told_to: ToldTo.default({ organisations: [], groups: [], people: [] }),
  parties: z
    .array(idOf('organisation'))
    .max(500)
    .default([])
    .describe('who takes part whatever the TLP: addressees of an order, operator of a system'),
})
export type AudienceDraft = z.infer<typeof AudienceDraft>

/** Why an organisation sees a thing: the strongest reason it has. */
export const AudienceReason = z.enum(['owner', 'party', 'named', 'group', 'member', 'clear'])
export type AudienceReason = z.infer<typeof AudienceReason>

const Group = z.object({ id: idOf('group'), name: z.string() })

export const AudienceMember = z.object({
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  why: AudienceReason,
  through: z.array(Group).describe('groups that let it see'),
  people: z.int().describe('of it who may read this kind of thing up to this TLP'),
})
export type AudienceMember = z.infer<typeof AudienceMember>

/** Somebody named who does not count, and what would have to be otherwise. */
export const AudienceGap = z.object({
  kind: z.enum(['organisation', 'group', 'person']),
  id: z.string(),
  name: z.string(),
  why: z.enum(['tlp-names-people', 'tlp-names-organisations', 'group-empty', 'account-disabled']),
})
export type AudienceGap = z.infer<typeof AudienceGap>

/** A node a copy goes to, or came from. */
export const AudienceCopy = z.object({
  direction: z.enum(['up', 'down']),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  what: z.enum(['order', 'answers']),
})
export type AudienceCopy = z.infer<typeof AudienceCopy>

/** Who sees a thing, as the policies of the database decide it at this moment. */
export const Audience = pageOf(AudienceMember).extend({
  tlp: Tlp,
  told_to: ToldTo,
  count: z.int().describe('organisations that see it'),
  unnamed: z.int().describe('of them, those whose names the asker may not know'),
  people: z
    .array(z.object({ id: idOf('person'), name: z.string(), organisation_name: z.string() }))
    .describe('named one by one'),
  node_people: z.int().describe('whose role sees the whole node up to this TLP'),
  gaps: z.array(AudienceGap).describe('named, but not told at this TLP'),
  copies: z.array(AudienceCopy).describe('nodes a copy goes to'),
})
export type Audience = z.infer<typeof Audience>

export const AudienceQuery = PageQuery.pick({ limit: true, cursor: true, filter: true })
export type AudienceQuery = z.infer<typeof AudienceQuery>
