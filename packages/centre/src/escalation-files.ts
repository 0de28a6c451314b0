import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readContent } from './content-file.ts'
import { EscalationRules } from './modules/deadlines/escalation.ts'

/**
 * The chains of reminders and escalation of a directory (`*.yaml`), in the order of the names of the files.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadEscalation(directory: string): Promise<readonly EscalationRules[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(files.map((name) => readContent(join(directory, name), EscalationRules)))
}
