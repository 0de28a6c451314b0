import { join } from 'node:path'
import type { Clock } from '@haidang/runtime/clock'
import { RegulationBook } from '../src/modules/settings/regulation-book.ts'
import { RegulationStore } from '../src/modules/settings/regulation-store.ts'
import { type Numbering, numberingBy } from '../src/numbering.ts'
import { loadRegulations } from '../src/regulation-files.ts'

const directory = join(import.meta.dirname, '../../../content/regulations')

/** Numbers by the shipped regulations. */
export async function numbersFor(clock: Clock): Promise<Numbering> {
  return numberingBy(
    new RegulationBook(new RegulationStore(), await loadRegulations(directory)),
    clock,
  )
}
