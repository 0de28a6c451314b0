import { z } from 'zod'
import { ContactDraft } from './contact-point.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { plainText } from './plain-text.ts'

/** What an expert is good at: a letter of the annex of form 01 (TT 20/2017). */
export const Speciality = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  clause: z.string().min(1).max(40),
  name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
})
export type Speciality = z.infer<typeof Speciality>

export const ExpertCertificate = z
  .object({
    name: plainText(1, 200),
    issuer: plainText(1, 200),
    valid_from: z.iso.date().nullable().default(null).describe('first day; null: not told'),
    valid_to: z.iso.date().nullable().default(null).describe('last day; null: it does not expire'),
  })
  .refine(({ valid_from, valid_to }) => !valid_from || !valid_to || valid_from <= valid_to, {
    path: ['valid_to'],
    message: 'before the first day',
  })
export type ExpertCertificate = z.infer<typeof ExpertCertificate>

/** Personal data are kept because the person agreed, or because the organisation gave them this duty. */
export const ExpertGround = z.enum(['consent', 'assignment'])
export type ExpertGround = z.infer<typeof ExpertGround>

export const ExpertBasis = z.object({
  ground: ExpertGround,
  since: z.iso.date().describe('day of the consent or of the decision'),
  note: plainText(3, 500).describe('where it is written down'),
})
export type ExpertBasis = z.infer<typeof ExpertBasis>

/** Somebody of a member who can be called upon, and what for. */
export const ExpertDraft = z.object({
  name: plainText(1, 200),
  position: plainText(0, 200).default(''),
  phone: ContactDraft.shape.phone,
  email: ContactDraft.shape.email,
  unit: plainText(0, 120)
    .default('')
    .describe('provincial unit they work in by code or name; the organisation’s unless told'),
  specialities: z.array(z.string().max(40)).min(1).max(25),
  certificates: z.array(ExpertCertificate).max(30).default([]),
  experience_years: z.int().min(0).max(70).default(0),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, 'ISO 639-1, as en'))
    .max(20)
    .default([])
    .describe('besides Vietnamese'),
  on_call: z.boolean().default(false).describe('may be called at any hour, by the telephone'),
  basis: ExpertBasis,
})
export type ExpertDraft = z.infer<typeof ExpertDraft>

export const Expert = ExpertDraft.extend({
  id: idOf('expert'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  updated_at: Instant,
})
export type Expert = z.infer<typeof Expert>
