import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Regulation } from '@haidang/contracts/regulation'
import { Problem } from '@haidang/runtime/problem'
import { readRegulation } from './modules/settings/regulation-text.ts'

/**
 * The regulation profiles of a directory (`*.yaml`) by their name, checked.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadRegulations(directory: string): Promise<ReadonlyMap<string, Regulation>> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  const regulations = await Promise.all(files.map((name) => load(join(directory, name))))
  return new Map(regulations.map((regulation) => [regulation.profile, regulation]))
}

async function load(path: string): Promise<Regulation> {
  try {
    return readRegulation(await readFile(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('configuration.invalid', `${path}: ${error.message}`)
  }
}
