import { type Located, type RuleProblem, readAnyYaml } from './located-yaml.ts'
import { readPlainYaml } from './plain-yaml.ts'

/** Reads all documents of a YAML 1.2 file of rules, as readAnyYaml does; plain ones in a fraction of its time. */
export function readYaml(text: string): (Located | RuleProblem)[] {
  const plain = readPlainYaml(text)
  return plain === undefined ? readAnyYaml(text) : [plain]
}
