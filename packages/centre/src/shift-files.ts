import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readContent } from './content-file.ts'
import { ShiftRules } from './modules/shifts/pattern.ts'

/**
 * The rules of shifts of a directory (`*.yaml`), in the order of the names of the files.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadShiftRules(directory: string): Promise<readonly ShiftRules[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(files.map((name) => readContent(join(directory, name), ShiftRules)))
}
