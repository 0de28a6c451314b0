import { providerProblems } from '@haidang/contracts/provider-problems'

interface Words {
  readonly vi: string
  readonly en: string
}

/** Words of a refusal that an address names by its code; undefined for one nobody knows. */
export function refusalWords(code: string): Words | undefined {
  const known: Readonly<Record<string, Words>> = providerProblems
  return Object.hasOwn(known, code) ? known[code] : undefined
}
