const secretName =
  /pass(word|phrase|wd)?$|secret|token|authori[sz]ation|cookie|private|api_?key|^key$|credential/i
const struckOut = '[struck out]'
const deepest = 6
const longestText = 4_096
const mostMembers = 64

/**
 * Log fields without secrets: whatever has a secret's name, and passwords inside addresses. Errors keep
 * name, message, code, stack and cause; the parameters a failed query carried are dropped. Bounded in
 * depth and size, because hostile input ends up in logs.
 */
export function redacted(fields: object): Record<string, unknown> {
  return membersOf(fields, 0)
}

function safe(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return textOf(value)
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return value
  if (depth >= deepest) return '[deeper]'
  if (value instanceof Error) return errorOf(value, depth + 1)
  if (Array.isArray(value)) {
    return value.slice(0, mostMembers).map((inner) => safe(inner, depth + 1))
  }
  return membersOf(value, depth + 1)
}

function membersOf(fields: object, depth: number): Record<string, unknown> {
  const members = Object.entries(fields).slice(0, mostMembers)
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      secretName.test(name) && value !== undefined ? struckOut : safe(value, depth),
    ]),
  )
}

function errorOf(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? error.code : undefined
  return {
    name: error.name,
    message: textOf(withoutParameters(error.message)),
    ...(typeof code === 'string' ? { code } : {}),
    stack: textOf(withoutParameters(error.stack ?? '')),
    ...(error.cause === undefined ? {} : { cause: safe(error.cause, depth) }),
  }
}

/** Drizzle writes the values of a failed query into the message. */
function withoutParameters(text: string): string {
  return text.replace(/^params: .*$/gm, 'params: …')
}

function textOf(text: string): string {
  return text.slice(0, longestText).replace(/(\w:\/\/[^\s/:@]*):[^\s/@]+@/g, `$1:…@`)
}
