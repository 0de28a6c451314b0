import type { Send } from '@haidang/contracts/client'
import type { ProblemDetails } from '@haidang/contracts/problems'

/** A refusal as the node wrote it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: ProblemDetails

  constructor(problem: ProblemDetails) {
    const fields = (problem.errors ?? []).map(
      ({ field, cause, remedy }) => `\n  ${field}: ${cause}. ${remedy}`,
    )
    const detail = problem.detail === problem.title_en ? '' : `: ${problem.detail}`
    super(`${problem.title_en}${detail} (${problem.id})${fields.join('')}`)
    this.problem = problem
  }
}

/** Sends API calls to a node with a bearer token (an API key or the local token); none for public calls. */
export function apiSender(url: string, token?: string): Send {
  return sender(url, token === undefined ? {} : { authorization: `Bearer ${token}` })
}

/** Signs in as a person and sends API calls in that session. Throws Refusal. */
export async function signedInSender(url: string, email: string, password: string): Promise<Send> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok) throw new Refusal((await response.json()) as ProblemDetails)
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return sender(url, { cookie: cookies.join('; '), origin: url })
}

function sender(url: string, identity: Readonly<Record<string, string>>): Send {
  return async (method, path, body, signal) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        ...identity,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Refusal(answer as ProblemDetails)
    return answer
  }
}
