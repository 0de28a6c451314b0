/**
 * Whether an error that came out of a transaction is the breach of this unique index or constraint
 * (PostgreSQL error 23505), so that a service can name the refusal instead of asking beforehand.
 */
export function violates(error: unknown, constraint: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === '23505') {
      return 'constraint' in cause && cause.constraint === constraint
    }
  }
  return false
}
