const mostNamed = 3

/** What went wrong with brokers, for people: the innermost reasons of what the library puts around them. */
export function wordsOf(error: unknown): string {
  const reasons = new Set(reasonsOf(error, 0))
  return [...reasons].slice(0, mostNamed).join('; ').slice(0, 500)
}

function reasonsOf(error: unknown, depth: number): string[] {
  if (!(error instanceof Error)) return [String(error)]
  const inner = error instanceof AggregateError ? error.errors : error.cause ? [error.cause] : []
  if (inner.length === 0 || depth > 8) return [named(error)]
  return inner.flatMap((each: unknown) => reasonsOf(each, depth + 1))
}

/** With the code, where that is the system's or TLS's own. */
function named({ message, ...rest }: Error & { code?: string; apiId?: string }): string {
  const word = rest.apiId ?? (rest.code?.startsWith('PLT_') ? undefined : rest.code)
  return word === undefined || message.includes(word) ? message : `${word}: ${message}`
}
