import type { Language } from '@haidang/contracts/person'
import { type ProblemCode, type ProblemDetails, problems } from '@haidang/contracts/problems'

/** An expected refusal, translated at the edge. Anything else that is thrown is a bug. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly errors: NonNullable<ProblemDetails['errors']>

  /** `detail` says what was wrong with this very request; `errors` name field, cause and remedy. */
  constructor(
    code: ProblemCode,
    detail?: string,
    errors: NonNullable<ProblemDetails['errors']> = [],
  ) {
    super(detail ?? problems[code].en)
    this.code = code
    this.errors = errors
  }

  /** What it says to who reads a language; a refusal that has its words in one alone says those. */
  told(_language: Language): { detail: string; errors: NonNullable<ProblemDetails['errors']> } {
    return { detail: this.message, errors: this.errors }
  }

  /** Members a refusal carries beyond the common ones (RFC 9457 section 3.2). */
  get extension(): Readonly<Record<string, unknown>> {
    return {}
  }
}
