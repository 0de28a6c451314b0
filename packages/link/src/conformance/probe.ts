import { randomBytes } from 'node:crypto'
import { request } from 'node:https'
import { type ParentAnswer, type ParentCall, ParentClient } from '../child/parent-client.ts'
import { Refusal } from '../child/refusal.ts'
import { linkName } from '../keys/certificates.ts'
import type { ConformanceTarget } from './conformance-target.ts'

/** What came back, refusals included: the kit judges both. */
export interface ProbeAnswer {
  readonly status: number
  readonly code: string
  readonly stored: number | undefined
  readonly expected: number | undefined
  readonly headers: ParentAnswer['headers']
  readonly text: string
}

/** Plays a child at the level of single exchanges. */
export class Probe {
  readonly target: ConformanceTarget
  readonly #client: ParentClient

  constructor(target: ConformanceTarget) {
    this.target = target
    const { url, authority, identity, clock } = target
    this.#client = new ParentClient({ url, authority, identity, clock })
  }

  close(): void {
    this.#client.close()
  }

  /** Sends lines under the numbers `first` to `last` as they are. */
  batch(
    stream: string,
    first: number,
    last: number,
    body: Buffer | string,
    encoding?: string,
  ): Promise<ProbeAnswer> {
    const headers = {
      'content-type': 'application/x-ndjson',
      ...(encoding ? { 'content-encoding': encoding } : {}),
    }
    const path = `/link/v1/streams/${stream}?first=${first}&last=${last}`
    return this.call({ method: 'POST', path, headers, body: Buffer.from(body) })
  }

  call(call: ParentCall): Promise<ProbeAnswer> {
    return answered(this.#client.call(call))
  }

  /** The same as somebody else: without a certificate, or with this one. */
  async as(identity: ConformanceTarget['identity'] | undefined, call: ParentCall) {
    const { url, authority, clock } = this.target
    const client = new ParentClient({ url, authority, clock, ...(identity ? { identity } : {}) })
    try {
      return await answered(client.call(call))
    } finally {
      client.close()
    }
  }

  /** What the parent holds of a stream. */
  async watermark(stream: string): Promise<number> {
    const { text } = await this.call({ method: 'GET', path: '/link/v1/watermarks' })
    const value: unknown = JSON.parse(text)
    const held = value !== null && typeof value === 'object' ? Object.entries(value) : []
    return Number(held.find(([name]) => name === stream)?.[1] ?? 0)
  }

  /** Announces a large batch, sends a part of it and breaks the connection. Resolves when it is broken. */
  breakOff(stream: string, number: number): Promise<void> {
    const { url, authority, identity } = this.target
    return new Promise((resolve) => {
      const path = `/link/v1/streams/${stream}?first=${number}&last=${number}`
      const sending = request(new URL(path, url), {
        method: 'POST',
        ca: authority,
        cert: identity.certificate,
        key: identity.key,
        servername: linkName,
        headers: { 'content-type': 'application/x-ndjson', 'content-length': 1_000_000 },
      })
      sending.on('error', () => resolve())
      sending.on('close', () => resolve())
      sending.write(`{"cut":"${randomBytes(1000).toString('hex')}`, () => sending.destroy())
    })
  }
}

async function answered(sent: Promise<ParentAnswer>): Promise<ProbeAnswer> {
  try {
    const { status, headers, body } = await sent
    const text = body.toString('utf8')
    return { status, code: '', stored: storedOf(text), expected: undefined, headers, text }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { status, code, expected, message } = error
    return { status, code, stored: undefined, expected, headers: {}, text: message }
  }
}

function storedOf(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const stored = value !== null && typeof value === 'object' && 'stored' in value && value.stored
    return typeof stored === 'number' ? stored : undefined
  } catch {
    return undefined
  }
}
