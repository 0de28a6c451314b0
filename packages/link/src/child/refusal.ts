import { parseForeignJson } from '@haidang/contracts/json-nesting'
import { type ProblemCode, problems } from '@haidang/contracts/problems'
import { Problem } from '@haidang/runtime/problem'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What the parent refused, in its own words; a parent by another maker may use codes we do not know. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string
  /** Seconds the parent asks to wait, at most 60; undefined when it does not say. */
  readonly retryAfter: number | undefined
  /** Number the parent expects after a hole. */
  readonly expected: number | undefined

  constructor({ status, headers, body }: Answer) {
    const details = detailsOf(body)
    super(text(details['detail']) || `the parent answered ${status}`)
    this.status = status
    this.code = text(details['code'])
    const seconds = Number(headers['retry-after'])
    this.retryAfter = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 60) : undefined
    const { expected } = details
    this.expected = Number.isSafeInteger(expected) ? Number(expected) : undefined
  }

  /** Whether the parent does not accept this node’s certificate (any more). */
  get isOfCertificate(): boolean {
    return this.code.startsWith('link.certificate-')
  }

  /** The same refusal for our own caller. */
  asProblem(): Problem {
    const code = isProblemCode(this.code) ? this.code : 'join.parent-unreachable'
    return new Problem(code, this.message)
  }
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

function detailsOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseForeignJson(body.toString('utf8'))
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 500) : ''
}
