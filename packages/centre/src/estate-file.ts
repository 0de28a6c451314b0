import { readFile } from 'node:fs/promises'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'
import { EstateRules } from './modules/estate/estate.ts'

/**
 * Who must have a station and how stations are inspected, from a file.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadEstate(path: string): Promise<EstateRules> {
  const read = EstateRules.safeParse(parse(await readFile(path, 'utf8')))
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}
