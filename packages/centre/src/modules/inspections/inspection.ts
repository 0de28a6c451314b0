import type { Checklist, Finding, InspectionDraft } from '@haidang/contracts/inspection'
import { Problem } from '@haidang/runtime/problem'

/**
 * Refuses answers to what the checklist does not ask, double answers, a day that is not yet, and deadlines before the
 * inspection. Throws Problem request.invalid naming each field.
 */
export function requireSound(draft: InspectionDraft, checklist: Checklist, today: string): void {
  const errors: { field: string; cause: string; remedy: string }[] = []
  const add = (field: string, cause: string, remedy: string) =>
    errors.push({ field, cause, remedy })
  if (draft.inspected_on > today) add('inspected_on', 'the day is not yet', 'today or before')
  const asked = new Set(checklist.items.map(({ id }) => id))
  const seen = new Set<string>()
  for (const [index, { item }] of draft.answers.entries()) {
    const field = `answers.${index}.item`
    if (!asked.has(item)) add(field, 'not on the checklist', `one of ${[...asked].join(', ')}`)
    if (seen.has(item)) add(field, 'answered twice', 'one answer for each item')
    seen.add(item)
  }
  for (const [index, { remedy_by }] of draft.findings.entries()) {
    if (remedy_by !== null && remedy_by < draft.inspected_on) {
      add(`findings.${index}.remedy_by`, 'before the inspection', 'a later day')
    }
  }
  if (errors.length > 0) throw new Problem('request.invalid', 'the inspection is not sound', errors)
}

/** Items of the checklist nobody has answered. */
export function unanswered(
  answers: InspectionDraft['answers'],
  checklist: Checklist,
): readonly string[] {
  const answered = new Set(answers.map(({ item }) => item))
  return checklist.items.map(({ id }) => id).filter((id) => !answered.has(id))
}

/** Findings as a draft has them: none is remedied before the inspection is signed. */
export function openFindings(findings: InspectionDraft['findings']): Finding[] {
  return findings.map((finding) => ({ ...finding, remedied_on: null, remedy_note: '' }))
}

/** How many findings are not yet remedied. */
export function openCount(findings: readonly Finding[]): number {
  return findings.filter(({ remedied_on }) => remedied_on === null).length
}
