import { readFile } from 'node:fs/promises'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'
import { CompletenessRules } from './modules/systems/completeness.ts'

/**
 * The rules by which the register is judged complete, from a file.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadCompleteness(path: string): Promise<CompletenessRules> {
  const read = CompletenessRules.safeParse(parse(await readFile(path, 'utf8')))
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}
