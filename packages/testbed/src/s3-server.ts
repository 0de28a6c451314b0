import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import * as plain from 'node:http'
import * as secure from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Clock, systemClock } from '@haidang/runtime/clock'
import { refusalOfRequest } from './s3-verify.ts'

interface S3ServerOptions {
  readonly port?: number
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly clock?: Clock
}

interface Answer {
  readonly status: number
  readonly body?: Uint8Array | string
  readonly headers?: Record<string, string>
}

/** What answers in place of the service, for one request; false: it does after all. */
type Stand = (
  request: plain.IncomingMessage,
  response: plain.ServerResponse,
) => boolean | Promise<boolean>

const smallestPart = 5 * 1024 * 1024

/**
 * A service that speaks as much of S3 as we do, in memory: it checks signatures and digests, and misbehaves
 * as it is told. One bucket, `bucket`.
 */
export class S3Server implements AsyncDisposable {
  readonly accessKey = 'AKTEST'
  readonly secretKey = 'secret/+of the test'
  readonly region = 'vn-1'
  /** Objects by `bucket/key`. */
  readonly objects = new Map<string, Buffer>()
  readonly uploads = new Map<string, Map<number, Buffer>>()
  /** Method and path of what was asked. */
  readonly asked: string[] = []
  readonly #server: plain.Server
  readonly #clock: Clock
  readonly #stands: Stand[] = []
  readonly #scheme: string

  private constructor({ tls, clock = systemClock }: S3ServerOptions) {
    this.#clock = clock
    const answer = (request: plain.IncomingMessage, response: plain.ServerResponse) => {
      this.#serve(request, response).catch(() => response.destroy())
    }
    this.#server = tls ? secure.createServer(tls, answer) : plain.createServer(answer)
    this.#scheme = tls ? 'https' : 'http'
  }

  static async start(options: S3ServerOptions = {}): Promise<S3Server> {
    const server = new S3Server(options)
    server.#server.listen(options.port ?? 0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get endpoint(): string {
    return `${this.#scheme}://127.0.0.1:${this.port}`
  }

  /** What is asked next is answered so; several follow each other. */
  next(...stands: readonly Stand[]): void {
    this.#stands.push(...stands)
  }

  /** Does what is asked and loses the answer. */
  readonly loseAnswer: Stand = async (request, response) => {
    this.#answerTo(request, await buffer(request))
    response.destroy()
    return true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(request: plain.IncomingMessage, response: plain.ServerResponse): Promise<void> {
    this.asked.push(`${request.method} ${request.url}`)
    if (await this.#stands.shift()?.(request, response)) return
    const { status, body = '', headers } = this.#answerTo(request, await buffer(request))
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
  }

  #answerTo(request: plain.IncomingMessage, body: Buffer): Answer {
    const known = { accessKey: this.accessKey, secretKey: this.secretKey, region: this.region }
    const code = refusalOfRequest(request, body, { ...known, now: this.#clock.now() })
    if (code !== undefined) return refusal(403, code)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any')
    const [bucket] = (request.headers.host ?? '').split('.bucket-host')
    const key = bucket === 'bucket' ? `/bucket${pathname}` : pathname
    if (!key.startsWith('/bucket/')) return refusal(404, 'NoSuchBucket')
    return searchParams.size > 0
      ? this.#upload(request.method, key.slice(1), body, searchParams)
      : this.#object(request.method, key.slice(1), body)
  }

  #object(method: string | undefined, key: string, body: Buffer): Answer {
    if (method === 'PUT') {
      this.objects.set(key, body)
      return { status: 200, headers: { etag: tagOf(body) } }
    }
    if (method === 'DELETE') {
      this.objects.delete(key)
      return { status: 204 }
    }
    const found = this.objects.get(key)
    return found ? { status: 200, body: found } : refusal(404, 'NoSuchKey')
  }

  #upload(method: string | undefined, key: string, body: Buffer, query: URLSearchParams): Answer {
    if (query.has('uploads')) {
      const name = `${randomUUID()}/+=`
      this.uploads.set(name, new Map())
      const word = `<UploadId>${name}</UploadId>`
      return {
        status: 200,
        body: `<InitiateMultipartUploadResult>${word}</InitiateMultipartUploadResult>`,
      }
    }
    const name = query.get('uploadId') ?? ''
    const parts = this.uploads.get(name)
    if (!parts) return refusal(404, 'NoSuchUpload')
    if (method === 'PUT') {
      parts.set(Number(query.get('partNumber')), body)
      return { status: 200, headers: { etag: tagOf(body) } }
    }
    if (method === 'POST') {
      const listed = [...body.toString().matchAll(/<ETag>([^<]*)<\/ETag>/g)].map(([, tag]) => tag)
      const held = [...parts.keys()]
        .toSorted((a, b) => a - b)
        .map((n) => parts.get(n) ?? Buffer.alloc(0))
      if (String(held.map(tagOf)) !== String(listed)) return refusal(400, 'InvalidPart')
      if (held.slice(0, -1).some((part) => part.length < smallestPart))
        return refusal(400, 'EntityTooSmall')
      this.objects.set(key, Buffer.concat(held))
    }
    this.uploads.delete(name)
    return { status: method === 'POST' ? 200 : 204 }
  }
}

/** A refusal as services write it. */
export function refusal(status: number, code: string): Answer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`,
  }
}

function tagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}
