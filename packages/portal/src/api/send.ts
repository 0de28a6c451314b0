import type { Send } from '@haidang/contracts/client'
import type { ProblemDetails } from '@haidang/contracts/problems'

/** A refusal of the node, RFC 9457; or, with code `network`, no answer at all. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly titleVi: string
  readonly titleEn: string
  readonly detail: string
  readonly id: string
  readonly errors: NonNullable<ProblemDetails['errors']>
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined

  constructor(problem: Partial<ProblemDetails> & { status: number }) {
    super(problem.title ?? `HTTP ${problem.status}`)
    this.status = problem.status
    this.code = problem.code ?? 'internal.failure'
    this.titleVi = problem.title ?? ''
    this.titleEn = problem.title_en ?? ''
    this.detail = problem.detail ?? ''
    this.id = problem.id ?? ''
    this.errors = problem.errors ?? []
    this.retryAfter = problem.retry_after
  }
}

/** No answer came: the node is down or the network is cut. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** Same-origin fetch with the session cookie; refusals become `Refusal`, silence becomes `Unreachable`. */
export const send: Send = async (method, path, body, signal) => {
  const response = await answer(method, path, body, signal)
  if (response.ok) return response.json()
  throw new Refusal(await problemOf(response))
}

/** As `send`, of what answers with a file. */
export async function sendForFile(method: string, path: string, body: unknown): Promise<Blob> {
  const response = await answer(method, path, body, undefined)
  if (response.ok) return response.blob()
  throw new Refusal(await problemOf(response))
}

async function answer(
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
      headers: {
        'accept-language': document.documentElement.lang || 'vi',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable('no answer', { cause: error })
  }
}

async function problemOf(
  response: Response,
): Promise<Partial<ProblemDetails> & { status: number }> {
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null) return { ...body, status: response.status }
  } catch {
    // A proxy in between may answer with a page of its own; the status still says enough.
  }
  return { status: response.status }
}
