import * as plain from 'node:http'
import * as secure from 'node:https'

/** One request to a service, and how much of an answer is read. */
export interface S3Call {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly agent: plain.Agent
  readonly signal: AbortSignal
  /** Bytes of an answer at most. */
  readonly largest: number
}

export interface S3Answer {
  readonly status: number
  readonly headers: plain.IncomingHttpHeaders
  readonly body: Buffer
}

/** Milliseconds in which nothing came or went. */
const idle = 20_000
/** Of a refusal only its first bytes are read. */
const largestRefusal = 16_384

/**
 * Sends one request and reads its answer whole. A redirect is an answer like any other, never followed. Throws
 * what the connection threw, and an Error where an answer of success is larger than allowed.
 */
export async function exchange(call: S3Call): Promise<S3Answer> {
  const { url, method, headers, body, agent, signal } = call
  const open = url.protocol === 'https:' ? secure.request : plain.request
  const length = { 'content-length': String(body.length) }
  const request = open(url, {
    method,
    headers: { ...headers, ...length },
    agent,
    signal,
    timeout: idle,
  })
  request.on('timeout', () => request.destroy(new Error(`no answer for ${idle / 1000} seconds`)))
  const { promise, resolve, reject } = Promise.withResolvers<plain.IncomingMessage>()
  request.on('response', resolve)
  request.on('error', reject)
  request.end(body)
  const response = await promise
  try {
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await bodyOf(response, call.largest),
    }
  } finally {
    response.destroy()
  }
}

async function bodyOf(response: plain.IncomingMessage, largest: number): Promise<Buffer> {
  const isRefusal = (response.statusCode ?? 0) >= 300
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    chunks.push(chunk)
    if (isRefusal && bytes >= largestRefusal) break
    if (bytes > largest) throw new AnswerTooLarge(largest)
  }
  const whole = Buffer.concat(chunks)
  return isRefusal ? whole.subarray(0, largestRefusal) : whole
}

/** A service gave more than a file of ours can have. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'

  constructor(largest: number) {
    super(`the answer has more than ${largest} bytes`)
  }
}
