import { z } from 'zod'
import { durationMilliseconds, isDuration, longestDuration } from './duration.ts'
import { IncidentGrade } from './incident.ts'
import { NumberedKind, patternFault } from './number-series.ts'

const Text = z.string().trim().min(1).max(600)
const Words = z.strictObject({ vi: Text, en: Text })
const Code = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,59}$/, 'letters, digits, dots, hyphens and underscores')
const Day = z.iso.date()

/** What every entry of a profile says of itself. */
const dated = {
  id: Code,
  name: Words,
  clause: z.string().trim().min(1).max(300).describe('document and article it rests on'),
  valid_from: Day.nullable().default(null).describe('null: as long as its profile'),
  valid_to: Day.nullable().default(null).describe('last day; null: as long as its profile'),
  provisional: Words.nullable().default(null).describe('why the entry is not certain'),
}

/** Facts that start a deadline. */
export const DeadlineTrigger = z.enum([
  'order.delivered',
  'notice.received',
  'incident.detected',
  'incident.beyond-capability',
  'incident.security-sign',
  'incident.recovered',
  'personal-data.breached',
  'level-dossier.received',
  'level-dossier.appraised',
  'inspection.ended',
])
export type DeadlineTrigger = z.infer<typeof DeadlineTrigger>

/** Who reports, and to whom (1622, 1017, TT 20/2017, NĐ 331/2026). */
export const DutyParty = z.enum([
  'network_member',
  'ministry',
  'ministerial_agency',
  'government_body',
  'province',
  'isp',
  'provider',
  'enterprise',
  'owner',
  'operator',
  'specialised_unit',
  'steering_committee',
  'national_coordinator',
  'authority',
  'personal_data_authority',
  'sender',
])
export type DutyParty = z.infer<typeof DutyParty>

const Duration = z
  .string()
  .refine(isDuration, 'an ISO 8601 duration of weeks, days, hours, minutes and seconds, as P5D')
  .refine((text) => !isDuration(text) || durationMilliseconds(text) <= longestDuration, {
    error: 'ten years at most',
  })
const Parties = z.array(DutyParty).max(16).default([])

const Deadline = z
  .strictObject({
    ...dated,
    trigger: DeadlineTrigger,
    grade: IncidentGrade.nullable().default(null).describe('only for incidents of this grade'),
    within: Duration,
    counted: z.enum(['calendar', 'working']).default('calendar'),
    grace: Duration.default('PT0S').describe('added where the rule says “at once”'),
    recipients: Parties,
    form: Code.nullable().default(null),
  })
  .refine(({ counted, within }) => counted === 'calendar' || /^P(\d+D|T\d+H)$/.test(within), {
    path: ['within'],
    error: 'working time is counted in whole days or whole hours, as P5D or PT8H',
  })
export type Deadline = z.infer<typeof Deadline>

const DutyDue = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('date'),
    dates: z
      .array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'month and day, as 06-20'))
      .min(1)
      .max(12),
    before: z.boolean().default(false).describe('the day before is the last'),
  }),
  z.strictObject({ by: z.literal('days'), days: z.int().min(0).max(366) }),
])

const Duty = z.strictObject({
  ...dated,
  who: Parties,
  to: Parties,
  period: z.enum(['quarter', 'half_year', 'year', 'on_request']),
  due: DutyDue.nullable().default(null).describe('null: the text states none'),
  form: Code.nullable().default(null),
})

const Series = z.strictObject({
  ...dated,
  counts: NumberedKind,
  pattern: z
    .string()
    .trim()
    .max(60)
    .superRefine((pattern, context) => {
      const message = patternFault(pattern)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })
    .describe('how a number is written: {number:4}/LĐP-{issuer}-{year}'),
})
export type Series = z.infer<typeof Series>

const Basis = z.strictObject({
  ...dated,
  text: z.string().trim().min(1).max(300).describe('words a document prints'),
  cited_in: z
    .array(NumberedKind)
    .max(NumberedKind.options.length)
    .default([])
    .describe('empty: any document'),
  successor: Code.nullable().default(null).describe('basis that holds in its place since'),
})
export type Basis = z.infer<typeof Basis>

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'as in 08:30')

const sections = {
  deadlines: Deadline,
  classes: z.strictObject({ ...dated, kind: z.enum(['type', 'grade', 'cause']) }),
  levels: z.strictObject({ ...dated, level: z.int().min(1).max(5) }),
  forms: z.strictObject(dated),
  duties: Duty,
  series: Series,
  bases: Basis,
  quotas: z.strictObject({
    ...dated,
    of: z.enum(['country', 'organisation']),
    unit: z.enum(['times', 'percent']).default('times'),
    least: z.number().min(0).max(10_000).nullable().default(null),
    most: z.number().min(0).max(10_000).nullable().default(null),
  }),
  holidays: z.strictObject({
    ...dated,
    dates: z.array(Day).min(1).max(60),
    working: z.boolean().default(false).describe('worked on, to make up for a day off'),
  }),
  hours: z
    .strictObject({
      ...dated,
      weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).describe('1 is Monday'),
      from: Clock,
      to: Clock,
    })
    .refine(({ from, to }) => from < to, { path: ['to'], error: 'it ends before it begins' }),
  units: z.strictObject({
    ...dated,
    kind: z.enum(['province', 'city']),
    seat: z.string().trim().max(120).default(''),
    successor: Code.nullable().default(null).describe('unit of which it is a part since'),
  }),
}

/** The parts of a profile, in the order they are shown. */
export const regulationSections = Object.keys(sections) as (keyof typeof sections)[]
export type RegulationSection = (typeof regulationSections)[number]

const entries = <E extends z.ZodType>(entry: E) => z.array(entry).max(500).default([])

/** A profile: the rules of one time and place, every entry with the clause it comes from. */
export const Regulation = z
  .strictObject({
    profile: z
      .string()
      .regex(/^[a-z]{2}-[a-z0-9][a-z0-9-]{0,29}$/, 'country and name, such as vn-2026'),
    name: Words,
    valid_from: Day,
    valid_to: Day.nullable().default(null).describe('last day'),
    provisional: Words.nullable().default(null).describe('why the profile is not certain'),
    zone: z.string().refine(isZone, 'an IANA time zone').default('Asia/Ho_Chi_Minh'),
    calendar_years: z
      .array(z.int().min(2000).max(2100))
      .max(101)
      .default([])
      .describe('years of which all days off stand in holidays'),
    deadlines: entries(sections.deadlines),
    classes: entries(sections.classes),
    levels: entries(sections.levels),
    forms: entries(sections.forms),
    duties: entries(sections.duties),
    series: entries(sections.series),
    bases: entries(sections.bases),
    quotas: entries(sections.quotas),
    holidays: entries(sections.holidays),
    hours: entries(sections.hours),
    units: entries(sections.units),
  })
  .superRefine((regulation, context) => {
    if (isBackwards(regulation)) {
      context.addIssue({ code: 'custom', path: ['valid_to'], message: 'it ends before it begins' })
    }
    for (const section of regulationSections) {
      const seen = new Map<string, DatedEntry[]>()
      regulation[section].forEach((entry: DatedEntry, at) => {
        const issue = (field: string, message: string) =>
          context.addIssue({ code: 'custom', path: [section, at, field], message })
        if (isBackwards(entry)) issue('valid_to', 'it ends before it begins')
        const others = seen.get(entry.id) ?? []
        if (others.some((other) => overlap(other, entry))) {
          issue('id', `${entry.id} stands twice for the same days`)
        }
        seen.set(entry.id, [...others, entry])
      })
    }
    regulation.series.forEach((one, at) => {
      const other = regulation.series.find(
        (each, place) => place < at && each.counts === one.counts && overlap(each, one),
      )
      if (!other) return
      const message = `${other.id} counts the same on the same days`
      context.addIssue({ code: 'custom', path: ['series', at, 'counts'], message })
    })
    const forms = new Set(regulation.forms.map(({ id }) => id))
    for (const section of ['deadlines', 'duties'] as const) {
      regulation[section].forEach(({ form }, at) => {
        if (form === null || forms.has(form)) return
        const message = `no form ${form} stands in this profile`
        context.addIssue({ code: 'custom', path: [section, at, 'form'], message })
      })
    }
  })
export type Regulation = z.infer<typeof Regulation>

/** Any entry, as far as all sections agree. */
export type DatedEntry = Pick<
  Regulation['forms'][number],
  'id' | 'name' | 'clause' | 'valid_from' | 'valid_to' | 'provisional'
>

const always = { first: '0000-00-00', last: '9999-99-99' }

/** Whether a thing is valid on a day (`2026-11-22`) by its own dates. */
export function isValidOn(
  { valid_from, valid_to }: { valid_from: string | null; valid_to: string | null },
  day: string,
): boolean {
  return (valid_from ?? always.first) <= day && day <= (valid_to ?? always.last)
}

function isBackwards({ valid_from, valid_to }: Pick<DatedEntry, 'valid_from' | 'valid_to'>) {
  return valid_from !== null && valid_to !== null && valid_to < valid_from
}

function overlap(a: DatedEntry, b: DatedEntry): boolean {
  return (
    (a.valid_from ?? always.first) <= (b.valid_to ?? always.last) &&
    (b.valid_from ?? always.first) <= (a.valid_to ?? always.last)
  )
}

function isZone(zone: string): boolean {
  try {
    return zone.length <= 60 && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
