import type { PersonalDataEntry } from './personal-data-entry.ts'
import { peopleEntries } from './personal-data-people.ts'
import { recordEntries } from './personal-data-records.ts'

/** The register of processing of personal data of a node; a test compares it with the tables there are. */
export const personalDataRegister: readonly PersonalDataEntry[] = [
  ...peopleEntries,
  ...recordEntries,
]
