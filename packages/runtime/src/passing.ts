import type { ProblemCode } from '@haidang/contracts/problems'
import { Problem } from './problem.ts'

const passing: ReadonlySet<ProblemCode> = new Set([
  'database.unavailable',
  'database.busy',
  'event-store.unavailable',
  'blobs.unavailable',
])

/** Whether a store was away when something failed: it says nothing of what was asked, which is to be tried again. */
export function isPassing(error: unknown): boolean {
  return error instanceof Problem && passing.has(error.code)
}
