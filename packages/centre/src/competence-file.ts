import { readFile } from 'node:fs/promises'
import { Speciality } from '@haidang/contracts/expert'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Competence } from './modules/roster/expert.ts'

const Rules = z.strictObject({
  profile: z.string().min(1).max(40),
  version: z.int().min(1),
  specialities: z.array(Speciality).min(1).max(200),
})

/**
 * The specialities of experts, from a file.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadCompetence(path: string): Promise<Competence> {
  const read = Rules.safeParse(parse(await readFile(path, 'utf8')))
  if (!read.success) {
    throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
  }
  const { profile, version, specialities } = read.data
  return { profile: `${profile}.${version}`, specialities }
}
