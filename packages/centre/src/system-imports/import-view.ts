import type { SystemImport } from '@haidang/contracts/system-import'
import { Problem } from '@haidang/runtime/problem'
import type { SystemImportRow } from './import-tables.ts'

/** Throws Problem system-import.not-found for what is not there. */
export function found(row: SystemImportRow | undefined): SystemImportRow {
  if (!row) throw new Problem('system-import.not-found')
  return row
}

/** An import as its author is told of it: without the file. */
export function told(row: SystemImportRow): SystemImport {
  const { id, name, format, existing, state, done, outcome, problem } = row
  const { author_name, created_at, ended_at } = row
  return {
    id,
    name,
    format,
    existing,
    state,
    done,
    outcome,
    problem,
    author_name,
    created_at,
    ended_at,
  }
}
