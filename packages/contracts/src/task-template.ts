import { z } from 'zod'
import { isDuration } from './duration.ts'
import { IncidentType } from './incident.ts'

const Words = z.strictObject({ vi: z.string().min(1).max(300), en: z.string().min(1).max(300) })
const Key = z.string().regex(/^[a-z0-9-]{1,40}$/)
const Day = z.iso.date()

/** One task a template makes. */
export const TemplateTask = z.strictObject({
  id: Key,
  title: Words,
  details: Words.optional(),
  due: z
    .string()
    .refine(isDuration, 'an ISO 8601 duration, as PT4H')
    .optional()
    .describe('by when, counted from the moment the template is taken'),
  clause: z.string().max(300).default(''),
  checklist: z.array(Words).max(50).default([]),
  depends_on: z.array(Key).max(20).default([]),
})
export type TemplateTask = z.infer<typeof TemplateTask>

/** Tasks that incidents of some types need. */
export const TaskTemplate = z.strictObject({
  id: Key,
  name: Words,
  types: z.array(IncidentType).max(20).default([]).describe('none: every type'),
  tasks: z.array(TemplateTask).min(1).max(100),
})
export type TaskTemplate = z.infer<typeof TaskTemplate>

/** A dated file of templates. */
export const TaskTemplates = z
  .strictObject({
    profile: z.string().min(1).max(40),
    version: z.int().min(1),
    valid_from: Day,
    valid_to: Day.nullable().default(null),
    templates: z.array(TaskTemplate).min(1).max(100),
  })
  .check(({ value, issues }) => {
    for (const { id, tasks } of value.templates) {
      const before = new Set<string>()
      for (const task of tasks) {
        const unknown = task.depends_on.find((each) => !before.has(each))
        if (unknown !== undefined || before.has(task.id)) {
          issues.push({
            code: 'custom',
            input: task,
            message: `template ${id}, task ${task.id}: named twice, or needs what does not stand above it`,
          })
        }
        before.add(task.id)
      }
    }
  })
export type TaskTemplates = z.infer<typeof TaskTemplates>
