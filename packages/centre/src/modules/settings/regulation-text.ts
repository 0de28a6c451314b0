import { type DatedEntry, Regulation, regulationSections } from '@haidang/contracts/regulation'
import { Problem } from '@haidang/runtime/problem'
import { parseDocument, stringify } from 'yaml'

const remedy = 'write it as the export of a profile shows; see docs/how-to/settings.md'
const mostErrors = 20
/** Nothing in a profile lies deeper than a few levels; what does would exhaust the reader. */
const deepestIndent = 60

/**
 * A profile from YAML, checked. Throws Problem regulation.unreadable: the line where the text is no YAML, or each
 * entry and field that is wrong with its cause, twenty at most.
 */
export function readRegulation(text: string): Regulation {
  requireShallow(text)
  const read = Regulation.safeParse(plainOf(text))
  if (read.success) return read.data
  const errors = read.error.issues.slice(0, mostErrors).map(({ path, message }) => ({
    field: path.join('.') || 'profile',
    cause: message,
    remedy,
  }))
  const detail = errors.map(({ field, cause }) => `${field}: ${cause}`).join('; ')
  throw new Problem('regulation.unreadable', detail, errors)
}

/** The profile as YAML; `readRegulation` reads the same back. */
export function writeRegulation(regulation: Regulation): string {
  const lean = { ...regulation }
  for (const section of regulationSections) {
    const entries = (regulation[section] as DatedEntry[]).map(withoutEmpty)
    Object.assign(lean, { [section]: entries })
  }
  return stringify(withoutEmpty(lean), { lineWidth: 110, aliasDuplicateObjects: false })
}

function plainOf(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'error' })
    const [broken] = document.errors
    if (broken) {
      const line = broken.linePos?.[0].line ?? 1
      throw unreadable(`line ${line}`, broken.message.split('\n')[0] ?? '')
    }
    // Without aliases, by which a short text could unfold to a long one.
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    if (error instanceof Problem) throw error
    throw unreadable('profile', error instanceof Error ? error.message : String(error))
  }
}

/** Refuses what is nested deeper than any profile before the reader descends into it. */
function requireShallow(text: string): void {
  let line = 1
  for (const one of text.split('\n')) {
    const lead = /^[ \t-]*/.exec(one)?.[0].length ?? 0
    const opened = one.length < 200 ? 0 : [...one].filter((c) => c === '[' || c === '{').length
    if (lead > deepestIndent || opened > deepestIndent)
      throw unreadable(`line ${line}`, 'nested too deep')
    line += 1
  }
}

function unreadable(field: string, cause: string): Problem {
  return new Problem('regulation.unreadable', `${field}: ${cause}`, [{ field, cause, remedy }])
}

/** What is empty or absent is so by default: left out, the file shows what was decided. */
function withoutEmpty(one: object): object {
  const said = (value: unknown) =>
    value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(one).filter(([, value]) => said(value)))
}
