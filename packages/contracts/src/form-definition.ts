import { z } from 'zod'

const words = z.strictObject({ vi: z.string().min(1).max(1_000), en: z.string().min(1).max(1_000) })
const key = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'small letters, digits, underscore')

export const FormFieldKind = z.enum([
  'text',
  'long_text',
  'date',
  'time',
  'number',
  'choice',
  'several',
  'person',
  'organisation',
  'contact',
  'table',
  'file',
])
export type FormFieldKind = z.infer<typeof FormFieldKind>

/** What a line of text has to be. */
export const FormTextFormat = z.enum([
  'email',
  'phone',
  'url',
  'ip',
  'domain',
  'fingerprint',
  'month',
])
export type FormTextFormat = z.infer<typeof FormTextFormat>

/** What is asked of a person or a contact point. */
export const FormPart = z.enum([
  'name',
  'position',
  'organisation',
  'address',
  'phone',
  'mobile',
  'fax',
  'email',
])
export type FormPart = z.infer<typeof FormPart>

export const FormOption = z.strictObject({ id: z.string().min(1).max(60), name: words })
export type FormOption = z.infer<typeof FormOption>

const asked = {
  key,
  label: words,
  help: words.optional(),
  clause: z.string().max(60).optional().describe('place in the form as it was published'),
  required: z.boolean().default(false),
  max: z.int().min(1).max(20_000).optional().describe('characters; of a number: the greatest'),
  format: FormTextFormat.optional(),
  options: z.array(FormOption).max(200).default([]).describe('of a choice, and of several'),
}

export const FormColumn = z.strictObject({
  ...asked,
  kind: z.enum(['text', 'date', 'number', 'choice']),
})
export type FormColumn = z.infer<typeof FormColumn>

export const FormField = z.strictObject({
  ...asked,
  kind: FormFieldKind,
  when: z
    .strictObject({ field: key, is: z.array(z.string()).min(1) })
    .optional()
    .describe('shown only while another field has one of these values'),
  parts: z.array(FormPart).default([]).describe('of a person or a contact point, in order'),
  needs: z.array(FormPart).default([]).describe('parts that must be filled in'),
  columns: z.array(FormColumn).max(20).default([]).describe('of a table'),
  most: z.int().min(1).max(500).default(100).describe('rows or files'),
  source: z.string().max(60).optional().describe('what of the registers it is filled from'),
  means: z.string().max(60).optional().describe('what it says to the module the form is for'),
})
export type FormField = z.infer<typeof FormField>

export const FormSection = z.strictObject({
  key,
  title: words,
  clause: z.string().max(60).optional(),
  fields: z.array(FormField).min(1).max(60),
})
export type FormSection = z.infer<typeof FormSection>

/** A form as a regulation has it: dated data, one version of it never changes. */
export const FormDefinition = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9.-]{1,59}$/),
    version: z.int().min(1),
    use: z
      .string()
      .regex(/^[a-z][a-z-]{1,39}$/)
      .describe('what it is for; a module knows a form by this, never by its number'),
    about: z
      .enum(['organisation', 'incident-report', 'order'])
      .default('organisation')
      .describe('kind of the thing it is attached to'),
    number: z.string().min(1).max(20),
    title: words,
    clause: z.string().min(1).max(200),
    profile: z.string().min(1).max(40),
    valid_from: z.iso.date(),
    valid_to: z.iso
      .date()
      .nullable()
      .default(null)
      .describe('last day; null: until further notice'),
    provisional: words.optional().describe('why it is not the form as published'),
    addressee: words.optional().describe('whom the printed form is addressed to'),
    sections: z.array(FormSection).min(1).max(40),
  })
  .superRefine(({ sections }, context) => {
    const fields = sections.flatMap((section) => section.fields)
    for (const [at, field] of fields.entries())
      for (const message of wrongsOf(field, fields.slice(0, at)))
        context.addIssue({ code: 'custom', path: [field.key], message })
  })
export type FormDefinition = z.infer<typeof FormDefinition>

/** Every field of a form, in its order. */
export function fieldsOf({ sections }: Pick<FormDefinition, 'sections'>): FormField[] {
  return sections.flatMap(({ fields }) => fields)
}

/** What a field cannot be; it depends only on fields before it. */
function wrongsOf(field: FormField, before: readonly FormField[]): string[] {
  const { key, kind, options, parts, needs, columns, when } = field
  const chooses = kind === 'choice' || kind === 'several'
  const known = new Set(
    before.find((each) => each.key === when?.field)?.options.map(({ id }) => id),
  )
  const wrongs: readonly (readonly [boolean, string])[] = [
    [before.some((each) => each.key === key), 'two fields have this key'],
    [chooses && options.length === 0, 'a choice without values'],
    [(kind === 'person' || kind === 'contact') && parts.length === 0, 'somebody without parts'],
    [needs.some((part) => !parts.includes(part)), 'it needs a part it does not ask for'],
    [kind === 'table' && columns.length === 0, 'a table without columns'],
    [
      columns.some((column) => column.kind === 'choice' && column.options.length === 0),
      'a column of choices without values',
    ],
    [
      when?.is.some((value) => !known.has(value)) ?? false,
      'it depends on a value no field before it has',
    ],
  ]
  return wrongs.filter(([wrong]) => wrong).map(([, message]) => message)
}
