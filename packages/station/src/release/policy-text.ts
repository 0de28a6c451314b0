import { ReleasePolicy } from '@haidang/contracts/release'
import { Problem } from '@haidang/runtime/problem'
import { type Document, parseDocument, stringify } from 'yaml'

/**
 * A policy from YAML, checked. Throws Problem release.unreadable: the line where the text is no YAML, or
 * each field that is wrong with its cause.
 */
export function readPolicy(text: string): ReleasePolicy {
  const document = parseDocument(text, { logLevel: 'error' })
  const [broken] = document.errors
  if (broken) {
    const line = broken.linePos?.[0].line ?? 1
    const cause = broken.message.split('\n')[0] ?? ''
    throw unreadable(`line ${line}`, cause)
  }
  const read = ReleasePolicy.safeParse(plainOf(document))
  if (read.success) return read.data
  const errors = read.error.issues.slice(0, 20).map(({ path, message }) => ({
    field: path.join('.') || 'policy',
    cause: message,
    remedy: 'see docs/operate/what-leaves.md',
  }))
  const detail = errors.map(({ field, cause }) => `${field}: ${cause}`).join('; ')
  throw new Problem('release.unreadable', detail, errors)
}

/** The policy as YAML; `readPolicy` reads the same back. */
export function writePolicy(policy: ReleasePolicy): string {
  return stringify(withoutEmpty(policy), { lineWidth: 100 })
}

/** Without aliases, by which a short text could unfold to a long one. */
function plainOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw unreadable('policy', error instanceof Error ? error.message : String(error))
  }
}

function unreadable(field: string, cause: string): Problem {
  const remedy = 'write it as the export of the policy in force shows'
  return new Problem('release.unreadable', `${field}: ${cause}`, [{ field, cause, remedy }])
}

/** Empty lists mean "any" or "none" by default: left out, the file shows what was decided. */
function withoutEmpty({ rules, exceptions, ...policy }: ReleasePolicy): object {
  const lean = (one: object) =>
    Object.fromEntries(
      Object.entries(one).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
    )
  return { ...policy, rules: rules.map(lean), exceptions: exceptions.map(lean) }
}
