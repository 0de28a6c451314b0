import { z } from 'zod'
import { FormContent } from './form-content.ts'
import { FormDefinition } from './form-definition.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** Draft → submitted; then withdrawn, or replaced by a later one of the same. A draft may be withdrawn or replaced, too. */
export const FormState = z.enum(['draft', 'submitted', 'withdrawn', 'replaced'])
export type FormState = z.infer<typeof FormState>

/** A form somebody fills in or has submitted, as lists show it. */
export const FormSummary = z.object({
  id: idOf('form'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  tlp: Tlp,
  use: z.string().describe('what it is for'),
  subject: z.string().describe('id of what it is about'),
  number: z.string(),
  title: z.object({ vi: z.string(), en: z.string() }),
  provisional: z.boolean(),
  definition_id: z.string(),
  definition_version: z.int(),
  version: z.int().describe('of those submitted about the same; 0: not submitted'),
  state: FormState,
  revision: z.int().describe('grows with each save of a draft'),
  replaces: z.string().nullable().describe('id of the form this one came from'),
  created_by: z.string(),
  updated_by: z.string(),
  updated_at: Instant,
  submitted_by: z.string(),
  submitted_at: Instant.nullable(),
  reason: z.string().describe('why it was withdrawn'),
})
export type FormSummary = z.infer<typeof FormSummary>

export const Form = FormSummary.extend({
  definition: FormDefinition.describe('as it was when the form was begun'),
  content: FormContent,
  hash: z.string().describe('SHA-256 of what was submitted; empty: not submitted'),
  successor: z
    .string()
    .nullable()
    .describe('id of the form that took the place of a retired one; null: it is still in force'),
  retired: z.boolean().describe('its form is no longer in force'),
})
export type Form = z.infer<typeof Form>

/** What a filled-in form is as a file; `hash` covers all the rest of it. */
export const FormFile = z.object({
  format: z.literal('haidang.form/1'),
  definition: z.object({ id: z.string().max(60), version: z.int() }),
  use: z.string().max(40),
  organisation: z.object({ code: z.string().max(40), name: z.string().max(300) }),
  subject: z.string().max(60),
  state: FormState,
  version: z.int(),
  submitted_at: Instant.nullable(),
  submitted_by: z.string().max(300),
  content: FormContent,
  hash: z.string().max(64),
})
export type FormFile = z.infer<typeof FormFile>

/** Where a form says something else than the registers. */
export const FormDifference = z.object({
  field: z.string(),
  label: z.object({ vi: z.string(), en: z.string() }),
  filed: z.string(),
  registered: z.string(),
  can_take_over: z.boolean().describe('it can be asked for as a change of the register'),
})
export type FormDifference = z.infer<typeof FormDifference>
