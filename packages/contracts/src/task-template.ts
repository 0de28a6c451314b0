import { z } from 'zod'
import { isDuration } from './duration.ts'
import { IncidentType } from './incident.ts'
import { IncidentPhase } from './incident-process.ts'

const Words = z.strictObject({
  vi: z.string().trim().min(1).max(300),
  en: z.string().trim().min(1).max(300),
})
const LongWords = z.strictObject({
  vi: z.string().trim().min(1).max(4_000),
  en: z.string().trim().min(1).max(4_000),
})
/** Names a template or a task of one, the same in every version. */
export const TemplateKey = z.string().regex(/^[a-z0-9-]{1,40}$/)
const Day = z.iso.date()

/** All phases of ISO/IEC 27035-1:2023: those an incident goes through, and what is done beforehand. */
export const ResponsePhase = z.enum(['plan_prepare', ...IncidentPhase.options])
export type ResponsePhase = z.infer<typeof ResponsePhase>

/** One task a template makes. */
export const TemplateTask = z.strictObject({
  id: TemplateKey,
  phase: ResponsePhase.optional().describe('of ISO/IEC 27035-1:2023'),
  title: Words,
  details: LongWords.optional(),
  due: z
    .string()
    .refine(isDuration, 'an ISO 8601 duration, as PT4H')
    .optional()
    .describe('by when, counted from the moment the template is taken'),
  clause: z.string().trim().max(300).default(''),
  checklist: z.array(Words).max(50).default([]),
  depends_on: z.array(TemplateKey).max(20).default([]),
})
export type TemplateTask = z.infer<typeof TemplateTask>

/** Tasks that incidents of some types need. */
export const TaskTemplate = z.strictObject({
  id: TemplateKey,
  name: Words,
  types: z.array(IncidentType).max(20).default([]).describe('none: every type'),
  tasks: z.array(TemplateTask).min(1).max(100),
})
export type TaskTemplate = z.infer<typeof TaskTemplate>

/** Where tasks of a template are not in an order in which they can be done. */
export interface TemplateDisorder {
  /** Place of the task. */
  readonly place: number
  readonly id: string
  readonly wrong: 'twice' | 'not-above'
  /** What it needs; its own id where that is there twice. */
  readonly needed: string
}

/** Tasks named twice, and what they depend on that does not stand above them. */
export function disorderOf(tasks: readonly TemplateTask[]): TemplateDisorder[] {
  const above = new Set<string>()
  return tasks.flatMap(({ id, depends_on }, place) => {
    const twice = above.has(id) ? [{ place, id, wrong: 'twice' as const, needed: id }] : []
    const missing = depends_on
      .filter((needed) => !above.has(needed))
      .map((needed) => ({ place, id, wrong: 'not-above' as const, needed }))
    above.add(id)
    return [...twice, ...missing]
  })
}

/** A dated file of templates by its shape alone: whether the order of tasks is right is another question. */
export const TemplateFile = z.strictObject({
  profile: z.string().min(1).max(40),
  version: z.int().min(1),
  valid_from: Day,
  valid_to: Day.nullable().default(null),
  templates: z.array(TaskTemplate).min(1).max(100),
})

/** A dated file of templates. */
export const TaskTemplates = TemplateFile.check(({ value, issues }) => {
  for (const { id, tasks } of value.templates) {
    for (const { id: task, wrong, needed } of disorderOf(tasks)) {
      issues.push({
        code: 'custom',
        input: tasks,
        message:
          wrong === 'twice'
            ? `template ${id}: task ${task} is there twice`
            : `template ${id}, task ${task}: needs ${needed}, which does not stand above it`,
      })
    }
  }
})
export type TaskTemplates = z.infer<typeof TaskTemplates>
