import type { Caller } from '@haidang/runtime/caller'
import { Problem } from '@haidang/runtime/problem'

/** Throws Problem permission.missing for whoever sees less than the whole node. */
export function requireNode({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'the whole journal is for a role of scope node')
}
