import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** Kinds after 1017 II.1 and 1622 II.3. */
export const OrganisationKind = z.enum([
  'national_centre',
  'ministry',
  'province',
  'isp',
  'datacentre',
  'enterprise',
  'government_office',
  'other',
])
export type OrganisationKind = z.infer<typeof OrganisationKind>

/** A focal point (đầu mối): whom to reach, in and out of working hours. */
export const Contact = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().optional(),
  phone: z.string().trim().max(50).optional(),
  out_of_hours: z.boolean().default(false),
})
export type Contact = z.infer<typeof Contact>

export const Organisation = z.object({
  id: idOf('organisation'),
  code: z.string().describe('electronic identifier code, unique'),
  name: z.string(),
  kind: OrganisationKind,
  home: z.boolean().describe('the organisation this node belongs to'),
  contacts: z.array(Contact),
  simulated: z.boolean(),
  created_at: Instant,
  updated_at: Instant,
})
export type Organisation = z.infer<typeof Organisation>

export const OrganisationDraft = z.object({
  code: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .regex(/^[A-Za-z0-9.-]+$/, 'letters, digits, dot and hyphen'),
  name: z.string().trim().min(2).max(300),
  kind: OrganisationKind,
  contacts: z.array(Contact).max(20).default([]),
})
export type OrganisationDraft = z.infer<typeof OrganisationDraft>
