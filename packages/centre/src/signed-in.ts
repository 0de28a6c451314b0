import type { Caller } from '@haidang/runtime/caller'
import { Problem } from '@haidang/runtime/problem'

/** Who is signed in. Throws Problem session.required: a key or the command line has no session of its own. */
export function personIdOf({ person_id }: Caller): string {
  if (person_id === null) throw new Problem('session.required', 'an API key has no session')
  return person_id
}
