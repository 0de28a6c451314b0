import { Speciality } from '@haidang/contracts/expert'
import { z } from 'zod'
import { readContent } from './content-file.ts'
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
  const { profile, version, specialities } = await readContent(path, Rules)
  return { profile: `${profile}.${version}`, specialities }
}
