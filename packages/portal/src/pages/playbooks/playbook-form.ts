import { durationMilliseconds } from '@haidang/contracts/duration'
import type { IncidentType } from '@haidang/contracts/incident'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import type { ResponsePhase, TemplateTask } from '@haidang/contracts/task-template'

/** A task as its fields have it; English that is empty is said in Vietnamese. */
export interface TaskFields {
  /** The same in every version, so that what was taken is known again. */
  readonly id: string
  readonly phase: ResponsePhase | ''
  readonly title: string
  readonly titleEn: string
  readonly details: string
  readonly detailsEn: string
  readonly dueCount: string
  readonly dueUnit: DueUnit
  readonly clause: string
  /** One line each; English by the same line. */
  readonly checklist: string
  readonly checklistEn: string
  readonly needs: readonly string[]
}

type DueUnit = 'M' | 'H' | 'D'

export interface PlaybookFields {
  readonly name: string
  readonly nameEn: string
  readonly types: readonly IncidentType[]
  readonly tasks: readonly TaskFields[]
}

/** An empty task with an id none of these has. */
export function newTask(others: readonly TaskFields[]): TaskFields {
  const taken = new Set(others.map(({ id }) => id))
  let n = others.length + 1
  while (taken.has(`t${n}`)) n += 1
  return {
    id: `t${n}`,
    phase: '',
    title: '',
    titleEn: '',
    details: '',
    detailsEn: '',
    dueCount: '',
    dueUnit: 'H',
    clause: '',
    checklist: '',
    checklistEn: '',
    needs: [],
  }
}

/** What is there before anything is written. */
export function emptyFields(): PlaybookFields {
  return { name: '', nameEn: '', types: [], tasks: [newTask([])] }
}

/** A playbook as fields. */
export function fieldsOf({ name, types, tasks }: PlaybookContent): PlaybookFields {
  return { name: name.vi, nameEn: englishOf(name), types, tasks: tasks.map(taskFields) }
}

/** What fields say, not yet checked. */
export function contentOf({ name, nameEn, types, tasks }: PlaybookFields): PlaybookContent {
  return { name: words(name, nameEn), types: [...types], tasks: tasks.map(taskOf) }
}

/** What is wrong, without the English fields that only repeat what is wrong with their Vietnamese. */
export function withoutEcho(wrong: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(wrong).filter(
      ([field]) => !(field.endsWith('.en') && field.replace(/en$/, 'vi') in wrong),
    ),
  )
}

/** Why a task cannot go one place up or down: what it needs stands above it. */
export function isHeld(tasks: readonly TaskFields[], place: number, by: -1 | 1): boolean {
  const [upper, lower] = by < 0 ? [place - 1, place] : [place, place + 1]
  return tasks[lower]?.needs.includes(tasks[upper]?.id ?? '') ?? false
}

/** The tasks with one of them one place up or down; as they are where it cannot go there. */
export function moved(
  tasks: readonly TaskFields[],
  place: number,
  by: -1 | 1,
): readonly TaskFields[] {
  const one = tasks[place]
  const other = tasks[place + by]
  if (!one || !other || isHeld(tasks, place, by)) return tasks
  return tasks.map((task, n) => (n === place ? other : n === place + by ? one : task))
}

/** The tasks without one; what needed it needs it no longer. */
export function without(tasks: readonly TaskFields[], id: string): readonly TaskFields[] {
  return tasks
    .filter((task) => task.id !== id)
    .map((task) => ({ ...task, needs: task.needs.filter((each) => each !== id) }))
}

function taskFields(task: TemplateTask): TaskFields {
  const { id, phase, title, details, due, clause, checklist, depends_on } = task
  const english = checklist.map(englishOf)
  return {
    id,
    phase: phase ?? '',
    title: title.vi,
    titleEn: englishOf(title),
    details: details?.vi ?? '',
    detailsEn: details ? englishOf(details) : '',
    ...dueFields(due),
    clause,
    checklist: checklist.map(({ vi }) => vi).join('\n'),
    checklistEn: english.every((line) => line === '') ? '' : english.join('\n'),
    needs: depends_on,
  }
}

function taskOf(fields: TaskFields): TemplateTask {
  const { id, phase, title, titleEn, details, detailsEn, clause, needs } = fields
  const english = fields.checklistEn.split('\n')
  const checklist = fields.checklist
    .split('\n')
    .map((line, n) => words(line, english[n] ?? ''))
    .filter(({ vi }) => vi !== '')
  const due = dueOf(fields)
  return {
    id,
    title: words(title, titleEn),
    clause: clause.trim(),
    checklist,
    depends_on: [...needs],
    ...(phase && { phase }),
    ...(details.trim() && { details: words(details, detailsEn) }),
    ...(due && { due }),
  }
}

function words(vi: string, en: string): { vi: string; en: string } {
  return { vi: vi.trim(), en: en.trim() || vi.trim() }
}

function englishOf({ vi, en }: { vi: string; en: string }): string {
  return en === vi ? '' : en
}

const minutes = { M: 1, H: 60, D: 1440 }

function dueFields(due: string | undefined): Pick<TaskFields, 'dueCount' | 'dueUnit'> {
  if (due === undefined) return { dueCount: '', dueUnit: 'H' }
  const total = Math.ceil(durationMilliseconds(due) / 60_000)
  const hours = due.includes('H')
  const unit = total % 1440 === 0 && !hours ? 'D' : total % 60 === 0 ? 'H' : 'M'
  return { dueCount: String(total / minutes[unit]), dueUnit: unit }
}

function dueOf({ dueCount, dueUnit }: TaskFields): string {
  const count = dueCount.trim()
  if (count === '') return ''
  return dueUnit === 'D' ? `P${count}D` : `PT${count}${dueUnit}`
}
