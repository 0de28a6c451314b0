import { createHash } from 'node:crypto'
import type {
  AdvisoryContent,
  AdvisoryStep,
  AdvisoryTally,
  AssessedSystem,
  Assessment,
} from '@haidang/contracts/advisory'
import { foldVietnamese } from '@haidang/contracts/fold'
import { millisecondsOf } from '@haidang/contracts/instant'
import { Problem } from '@haidang/runtime/problem'
import { readIndicator } from '../../payload/indicator.ts'
import type { AddresseeRow } from './advisory-tables.ts'

/** Steps on which an addressee owes an answer. */
export const silentSteps = ['issued', 'delivered', 'read', 'returned'] as const

/** Where an answer brings a ladder: who mended what was wrong says more than who looked. */
export function stepOf(assessment: Assessment): AdvisoryStep {
  return assessment === 'patched' || assessment === 'mitigated' ? 'remediated' : 'assessed'
}

/** From what asks most of somebody to what asks least. */
const gravest = ['need_help', 'affected', 'mitigated', 'patched', 'not_affected'] as const

/** What holds for all of an addressee's systems: the gravest that was found of one. */
export function gravestOf(systems: readonly AssessedSystem[]): Assessment | null {
  return gravest.find((one) => systems.some(({ assessment }) => assessment === one)) ?? null
}

/** Whether a ladder waits for its addressee. */
export function isSilent(step: AdvisoryStep): boolean {
  return silentSteps.some((one) => one === step)
}

/** Whether nothing is left to do there: it is not concerned, or it is mended. */
export function isSettled({ step, assessment }: Standing): boolean {
  if (isSilent(step)) return false
  return assessment !== null && assessment !== 'affected' && assessment !== 'need_help'
}

interface Standing {
  readonly step: AdvisoryStep
  readonly assessment: Assessment | null
}

/** Ladders of one advisory that stand alike. */
export interface Counted extends Standing {
  readonly overdue: boolean
  readonly count: number
}

/** How far everybody has come, from ladders counted by how they stand. */
export function tallyOf(rows: readonly Counted[]): AdvisoryTally {
  const assessments: AdvisoryTally['assessments'] = {}
  for (const { step, assessment, count } of rows) {
    if (assessment === null || isSilent(step)) continue
    assessments[assessment] = (assessments[assessment] ?? 0) + count
  }
  return {
    addressees: sum(rows),
    undelivered: sum(rows.filter(({ step }) => step === 'issued')),
    silent: sum(rows.filter(({ step }) => step !== 'issued' && isSilent(step))),
    overdue: sum(rows.filter(({ overdue }) => overdue)),
    settled: sum(rows.filter(isSettled)),
    assessments,
  }
}

function sum(rows: readonly Counted[]): number {
  return rows.reduce((total, { count }) => total + count, 0)
}

/** What one addressee is told, as a hash: who was told the same already is not told again. */
export function toldHash(content: AdvisoryContent, details: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([content, details]))
    .digest('hex')
}

/**
 * Throws Problem advisory.due-past, advisory.due-missing (a warning expects an answer),
 * advisory.indicator-invalid, advisory.no-addressees, request.invalid (an addressee named twice).
 * `now` in milliseconds.
 */
export function requirePublishable(
  content: AdvisoryContent,
  addressees: readonly { readonly organisation_id: string }[],
  now: number,
): void {
  const { kind, answer_due_at } = content
  if (addressees.length === 0) throw new Problem('advisory.no-addressees')
  if (kind === 'warning' && answer_due_at === null) throw new Problem('advisory.due-missing')
  if (answer_due_at !== null && millisecondsOf(answer_due_at) <= now) {
    throw new Problem('advisory.due-past', answer_due_at)
  }
  const unread = content.indicators.find((text) => readIndicator(text) === undefined)
  if (unread !== undefined) throw new Problem('advisory.indicator-invalid', unread)
  const ids = addressees.map(({ organisation_id }) => organisation_id)
  if (new Set(ids).size !== ids.length) {
    throw new Problem('request.invalid', 'addressees are named once each', [
      { field: 'addressees', cause: 'named twice', remedy: 'name each once' },
    ])
  }
}

/** What lists search: numbers of vulnerabilities and names of products too. */
export function searchedText(number: string | null, content: AdvisoryContent): string {
  const { title, summary, cves, products } = content
  const named = products.map(({ vendor, name }) => `${vendor} ${name}`)
  const texts = [number ?? '', title.vi, title.en, summary.vi, ...cves, ...named]
  return foldVietnamese(texts.join(' '))
}

/** Whether an advisory is told to everybody: a warning is for its addressees, a drill for who takes part. */
export function isForEverybody({ kind, tlp, exercise }: AdvisoryContent): boolean {
  return kind === 'advisory' && tlp === 'clear' && !exercise
}

/** What an addressee says of itself; without an assessment: that it read. */
export interface Answer {
  readonly assessment: Assessment | null
  readonly note: string
  readonly systems: AssessedSystem[]
}

/** What holds for an answer given here holds for one from another node. Throws Problem request.invalid. */
export function requireConsistent({
  assessment,
  step,
  systems,
  note,
}: Answer & Pick<Standing, 'step'>): void {
  if ((step === 'delivered' || step === 'read') !== (assessment === null)) {
    throw new Problem('request.invalid', `${step} with assessment ${assessment}`)
  }
  if (assessment !== null && stepOf(assessment) !== step) {
    throw new Problem('request.invalid', `${assessment} is no ${step}`)
  }
  const gravest = gravestOf(systems)
  if (gravest !== null && gravest !== assessment) {
    throw new Problem('request.invalid', `${assessment} where a system is ${gravest}`)
  }
  if (assessment === 'need_help' && note.length < 3) {
    throw new Problem('request.invalid', 'need_help without saying with what')
  }
}

/** A ladder after an answer; undefined where it says nothing new. */
export function answered(
  ladder: AddresseeRow,
  { assessment, note, systems }: Answer,
  now: string,
): { readonly ladder: AddresseeRow; readonly step: AdvisoryStep } | undefined {
  if (assessment === null) {
    if (ladder.read_at !== null) return undefined
    const step = isSilent(ladder.step) ? 'read' : ladder.step
    return { ladder: { ...ladder, step, read_at: now }, step: 'read' }
  }
  if (!isSilent(ladder.step) && isSame(ladder, { assessment, note, systems })) return undefined
  const step = stepOf(assessment)
  const said: AddresseeRow = {
    ...ladder,
    step,
    assessment,
    note,
    systems,
    overdue: false,
    read_at: ladder.read_at ?? now,
    assessed_at: ladder.assessed_at ?? now,
    remediated_at: step === 'remediated' ? now : null,
    verified_at: null,
  }
  return { ladder: said, step }
}

function isSame(a: Answer, b: Answer): boolean {
  const textOf = ({ assessment, note, systems }: Answer) =>
    JSON.stringify([assessment, note, systems.map((one) => [one.name, one.assessment])])
  return textOf(a) === textOf(b)
}
