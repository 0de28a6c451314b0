import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { MembershipState } from './membership-state.ts'
import { plainText } from './plain-text.ts'

/** Kinds after 1017 II.1, 1622 II.3 and the members TT 20/2017 names. */
export const OrganisationKind = z.enum([
  'national_centre',
  'specialised_unit',
  'ministry',
  'province',
  'government_office',
  'isp',
  'datacentre',
  'enterprise',
  'security_service',
  'vendor',
  'association',
  'research',
  'foreign_cert',
  'other',
])
export type OrganisationKind = z.infer<typeof OrganisationKind>

/** Sectors to be protected first (Decision 632/QĐ-TTg). */
export const Sector = z.enum([
  'transport',
  'energy',
  'natural_resources',
  'information',
  'health',
  'finance',
  'banking',
  'defence',
  'public_order',
  'urban',
  'government',
])
export type Sector = z.infer<typeof Sector>

/** How well one can rely on the contact points of an organisation, the worst of them first. */
export const ContactStanding = z.enum(['none', 'unverified', 'overdue', 'verified'])
export type ContactStanding = z.infer<typeof ContactStanding>

export const OrganisationDraft = z.object({
  code: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .regex(/^[A-Za-z0-9.-]+$/, 'letters, digits, dot and hyphen')
    .describe('electronic identifier code, unique'),
  name: plainText(2, 300),
  kind: OrganisationKind,
  sectors: z.array(Sector).max(11).default([]),
  unit: plainText(0, 120)
    .default('')
    .describe('provincial unit by code or name, former names too; empty: none'),
  address: plainText(0, 500).default(''),
  website: z
    .string()
    .trim()
    .max(300)
    .regex(/^$|^https?:\/\/[^\s"'<>\\]+$/, 'http:// or https://')
    .default(''),
})
export type OrganisationDraft = z.infer<typeof OrganisationDraft>
/** The same as a caller may write it. */
export type OrganisationInput = z.input<typeof OrganisationDraft>

export const Organisation = OrganisationDraft.omit({ unit: true }).extend({
  id: idOf('organisation'),
  unit: z.string().describe('code of the provincial unit of today; empty: none'),
  home: z.boolean().describe('the organisation this node belongs to'),
  membership: MembershipState,
  simulated: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
})
export type Organisation = z.infer<typeof Organisation>

/** What lists show. */
export const OrganisationSummary = Organisation.extend({
  parent_id: z.string().nullable().describe('whom it is under today'),
  contact_standing: ContactStanding,
  duty: z
    .object({ name: z.string(), phone: z.string(), email: z.string() })
    .nullable()
    .describe('whom to reach day and night'),
})
export type OrganisationSummary = z.infer<typeof OrganisationSummary>
