import { readContent } from './content-file.ts'
import { EstateRules } from './modules/estate/estate.ts'

/**
 * Who must have a station and how stations are inspected, from a file.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export function loadEstate(path: string): Promise<EstateRules> {
  return readContent(path, EstateRules)
}
