import { readFile } from 'node:fs/promises'
import { Problem } from '@haidang/runtime/problem'
import { z } from 'zod'
import { AttackCatalogue } from './modules/rules/attack-catalogue.ts'

/** The ATT&CK facts in a file, checked. Throws Problem configuration.invalid with the field that is wrong. */
export async function loadAttack(path: string): Promise<AttackCatalogue> {
  const read = AttackCatalogue.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}
