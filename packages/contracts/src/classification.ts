import { z } from 'zod'
import { Impact, IncidentType, Rsit } from './incident.ts'
import { Severity } from './severity.ts'

const Words = z.strictObject({
  vi: z.string().trim().min(1).max(600),
  en: z.string().trim().min(1).max(600),
})
const Code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower case letters, digits, hyphens')
const Day = z.iso.date()
const Named = z.strictObject({ id: Code, name: Words })

/** A taxonomy of incidents others read, with labels in both languages. */
export const Taxonomy = z.strictObject({
  name: z.string().min(1).max(40),
  version: z.string().min(1).max(40),
  classes: z
    .array(Named.extend({ types: z.array(Named).min(1).max(50) }))
    .min(1)
    .max(50),
})
export type Taxonomy = z.infer<typeof Taxonomy>

/** What the platform can say of a criterion by itself. */
export const KnownFact = z.enum(['level-4-or-5', 'nationally-important', 'beyond-capability'])
export type KnownFact = z.infer<typeof KnownFact>

/** When an incident is serious: every condition has a criterion that holds. */
export const SeriousTest = z.strictObject({
  clause: z.string().min(1).max(300),
  conditions: z
    .array(
      Named.extend({
        any: z
          .array(Named.extend({ known: KnownFact.nullable().default(null) }))
          .min(1)
          .max(20),
      }),
    )
    .min(1)
    .max(10),
})
export type SeriousTest = z.infer<typeof SeriousTest>

/** The rules by which incidents are classified from a day on. */
export const ClassificationRules = z.strictObject({
  profile: Code,
  version: z.int().min(1),
  valid_from: Day,
  valid_to: Day.nullable().default(null),
  provisional: Words.nullable().default(null),
  types: z.strictObject({
    basis: z.string().min(1).max(300),
    rsit: z.record(IncidentType, z.array(Rsit).min(1).max(30)),
  }),
  severity: z.strictObject({
    basis: z.string().min(1).max(300),
    impacts: z.record(Impact, Words),
    matrix: z
      .record(Impact, z.array(Severity).length(6))
      .describe('by the level of the system struck: not known, then 1 to 5'),
  }),
  serious: SeriousTest,
})
export type ClassificationRules = z.infer<typeof ClassificationRules>

export const Classification = z.object({ taxonomy: Taxonomy, rules: ClassificationRules })
export type Classification = z.infer<typeof Classification>

export const Answer = z.enum(['yes', 'no', 'unknown'])
export type Answer = z.infer<typeof Answer>

/** What the test comes to with the answers there are. */
export const GradeSuggestion = z.enum(['serious', 'ordinary', 'undecided'])
export type GradeSuggestion = z.infer<typeof GradeSuggestion>

/** Answers to criteria of the test of a serious incident, by their ids. */
export const Answers = z.record(Code, Answer)
export type Answers = z.infer<typeof Answers>

/** What the test comes to: a condition fails only when every one of its criteria was answered with no. */
export function suggestedGrade({ conditions }: SeriousTest, answers: Answers): GradeSuggestion {
  const met = conditions.map(({ any }) => {
    if (any.some(({ id }) => answers[id] === 'yes')) return 'yes'
    return any.every(({ id }) => answers[id] === 'no') ? 'no' : 'unknown'
  })
  if (met.includes('no')) return 'ordinary'
  return met.every((one) => one === 'yes') ? 'serious' : 'undecided'
}
