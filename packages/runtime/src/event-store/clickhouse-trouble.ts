import { ClickHouseError } from '@clickhouse/client'
import { Problem } from '../problem.ts'

/** Codes of ClickHouse that pass by themselves: timeouts of locks, too many parts, no memory, no space. */
const passing = new Set(['74', '75', '76', '202', '209', '210', '241', '242', '243', '252', '1001'])
/** Codes that say a question was too big to answer. */
const tooHeavy = new Set(['158', '159', '160', '241', '307', '396'])

/** Whether trouble passes by itself. Troubles of the connection carry a system code, or are the client's own time limit. */
export function passes(error: unknown): boolean {
  if (error instanceof ClickHouseError) return passing.has(error.code)
  if (!(error instanceof Error)) return false
  return 'code' in error || error.message === 'Timeout error.'
}

/** What is thrown for trouble that does not pass: Problem event-store.too-heavy where a question was too big. */
export function refusal(error: unknown): unknown {
  if (error instanceof ClickHouseError && tooHeavy.has(error.code))
    return new Problem('event-store.too-heavy', error.message)
  return error
}

/** Problem event-store.unavailable: the trouble did not pass in time. */
export function unavailable(error: unknown): Problem {
  return new Problem(
    'event-store.unavailable',
    error instanceof Error ? error.message : String(error),
  )
}
