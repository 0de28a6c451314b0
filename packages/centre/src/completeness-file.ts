import { readContent } from './content-file.ts'
import { CompletenessRules } from './modules/systems/completeness.ts'

/**
 * The rules by which the register is judged complete, from a file.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export function loadCompleteness(path: string): Promise<CompletenessRules> {
  return readContent(path, CompletenessRules)
}
