import type { Caller } from '@haidang/runtime/caller'
import { Problem } from '@haidang/runtime/problem'

/** Who is signed in. Throws Problem session.required: a key or the command line has no session of its own. */
export function personIdOf({ person_id }: Caller): string {
  if (person_id === null) throw new Problem('session.required', 'an API key has no session')
  return person_id
}

/** Who stands shifts. Throws Problem shift.person-required: a key or the command line is nobody who could. */
export function standerIdOf({ person_id }: Caller): string {
  if (person_id === null) throw new Problem('shift.person-required')
  return person_id
}

/** Whether a row is of an organisation somebody works for, and not one they are only told of. */
export function isOwnRow({ scope }: Caller, row: { readonly organisation_id: string }): boolean {
  return scope.organisations === 'all' || scope.organisations.includes(row.organisation_id)
}

/** Throws Problem permission.missing for a role bound to one organisation. */
export function requireWholeNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem(
    'permission.missing',
    'it holds for the whole node: a role bound to one organisation may not',
  )
}
