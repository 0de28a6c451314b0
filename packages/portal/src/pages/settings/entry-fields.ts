import { IncidentGrade } from '@haidang/contracts/incident'
import type { LabelKind } from '@haidang/contracts/labels'
import { labels } from '@haidang/contracts/labels'
import { NumberedKind } from '@haidang/contracts/number-series'
import {
  type DatedEntry,
  DeadlineTrigger,
  DutyParty,
  type Regulation,
  type RegulationSection,
} from '@haidang/contracts/regulation'
import { lines, text } from '../../components/form.ts'

/** One control of the entry dialog beyond those every entry has. */
export interface EntryField {
  readonly name: string
  readonly control: 'text' | 'number' | 'lines' | 'check' | 'choice' | 'choices'
  readonly words?: LabelKind
  readonly options?: readonly string[]
  /** An empty choice means null. */
  readonly optional?: boolean
}

const choice = (name: string, words: LabelKind, optional = false): EntryField => ({
  name,
  control: 'choice',
  words,
  optional,
  options: Object.keys(labels[words]),
})
const parties = (name: string): EntryField => ({
  name,
  control: 'choices',
  words: 'dutyParty',
  options: DutyParty.options,
})
const plain = (name: string, control: EntryField['control'] = 'text'): EntryField => ({
  name,
  control,
})

const cited: EntryField = {
  name: 'cited_in',
  control: 'choices',
  words: 'numberedKind',
  options: NumberedKind.options,
}

/** What is asked of an entry of each section; forms have nothing of their own. */
export const entryFields: Readonly<Record<RegulationSection, readonly EntryField[]>> = {
  deadlines: [
    { ...choice('trigger', 'deadlineTrigger'), options: DeadlineTrigger.options },
    { ...choice('grade', 'incidentGrade', true), options: IncidentGrade.options },
    plain('within'),
    choice('counted', 'counted'),
    plain('grace'),
    plain('form'),
    parties('recipients'),
  ],
  classes: [choice('kind', 'classKind')],
  levels: [plain('level', 'number')],
  forms: [],
  duties: [
    choice('period', 'dutyPeriod'),
    plain('due'),
    plain('form'),
    parties('who'),
    parties('to'),
  ],
  series: [choice('counts', 'numberedKind'), plain('pattern')],
  bases: [plain('text'), plain('successor'), cited],
  quotas: [
    choice('of', 'quotaOf'),
    choice('unit', 'quotaUnit'),
    plain('least', 'number'),
    plain('most', 'number'),
  ],
  holidays: [plain('dates', 'lines'), plain('working', 'check')],
  hours: [plain('weekdays'), plain('from'), plain('to')],
  units: [choice('kind', 'unitKind'), plain('seat'), plain('successor')],
}

type Due = Regulation['duties'][number]['due']

/** When a duty is due as one types it: `06-20`, `<12-15` for the day before, `+15` days after the period. */
function dueText(due: Due): string {
  if (due === null) return ''
  if (due.by === 'days') return `+${due.days}`
  return due.dates.map((date) => (due.before ? `<${date}` : date)).join(' ')
}

function dueOf(typed: string): unknown {
  const words = typed.trim().split(/[\s,]+/)
  if (typed.trim() === '') return null
  if (typed.trim().startsWith('+')) return { by: 'days', days: Number(typed.trim().slice(1)) }
  const dates = words.map((word) => word.replace('<', ''))
  return { by: 'date', dates, before: typed.includes('<') }
}

/** What stands in a control for a value of an entry. */
export function shownValue(entry: object, { name, control }: EntryField): string {
  const value: unknown = new Map(Object.entries(entry)).get(name)
  if (name === 'due') return dueText((value ?? null) as Due)
  if (Array.isArray(value)) return value.join(control === 'lines' ? '\n' : ', ')
  return value === null || value === undefined ? '' : String(value)
}

/** The entry a form says, to be checked with its profile; null where a field is empty that may be. */
export function entryIn(form: FormData, section: RegulationSection): Record<string, unknown> {
  const words = (vi: string, en: string) =>
    text(form, vi).trim() === '' && text(form, en).trim() === ''
      ? null
      : { vi: text(form, vi), en: text(form, en) }
  const own = entryFields[section].map((field) => [field.name, valueIn(form, field)] as const)
  return {
    id: text(form, 'id').trim(),
    name: words('name.vi', 'name.en') ?? { vi: '', en: '' },
    clause: text(form, 'clause'),
    valid_from: text(form, 'valid_from') || null,
    valid_to: text(form, 'valid_to') || null,
    provisional: words('provisional.vi', 'provisional.en'),
    ...Object.fromEntries(own.filter(([, value]) => value !== undefined)),
  }
}

/** Left out means the default of the contract. */
function valueIn(form: FormData, { name, control, optional }: EntryField): unknown {
  if (control === 'check') return form.get(name) !== null
  if (control === 'choices') return form.getAll(name)
  if (control === 'lines') return lines(form, name)
  const typed = text(form, name).trim()
  if (name === 'due') return dueOf(typed)
  if (name === 'weekdays') return typed.split(/[\s,]+/).map(Number)
  if (typed === '') return optional || name === 'form' || name === 'successor' ? null : undefined
  return control === 'number' ? Number(typed) : typed
}

/** A profile with one entry put in place of another, or added at the end. */
export function withEntry(
  regulation: Regulation,
  section: RegulationSection,
  at: number | undefined,
  entry: unknown,
): unknown {
  const entries: unknown[] = [...(regulation[section] as DatedEntry[])]
  if (at === undefined) entries.push(entry)
  else entries[at] = entry
  return { ...regulation, [section]: entries }
}

/** A profile without one entry. */
export function withoutEntry(
  regulation: Regulation,
  section: RegulationSection,
  at: number,
): Regulation {
  const entries = (regulation[section] as DatedEntry[]).filter((_, each) => each !== at)
  return { ...regulation, [section]: entries }
}
