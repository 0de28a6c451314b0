import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'
import { EscalationRules } from './modules/deadlines/escalation.ts'

/**
 * The chains of reminders and escalation of a directory (`*.yaml`), in the order of the names of the files.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadEscalation(directory: string): Promise<readonly EscalationRules[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(files.map((name) => load(join(directory, name))))
}

async function load(path: string): Promise<EscalationRules> {
  const read = EscalationRules.safeParse(parse(await readFile(path, 'utf8')))
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}
