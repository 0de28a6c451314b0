import type { IncomingMessage, ServerResponse } from 'node:http'
import { readS3Address } from '@haidang/runtime/blobs/s3/s3-address'
import { S3Blobs } from '@haidang/runtime/blobs/s3/s3-blobs'
import { S3Client, type S3ClientParts } from '@haidang/runtime/blobs/s3/s3-client'
import { systemClock } from '@haidang/runtime/clock'
import { onTestFinished } from 'vitest'
import { refusal, S3Server } from './s3-server.ts'

/** A service of one test. */
export async function started(options: Parameters<typeof S3Server.start>[0] = {}) {
  const server = await S3Server.start(options)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

/** Blobs in its bucket. */
export function blobsOn(
  server: S3Server,
  change: Partial<S3ClientParts> = {},
  url = 's3://bucket/p?',
) {
  const { accessKey, secretKey, endpoint } = server
  const address = readS3Address(`${url}region=vn-1&endpoint=${endpoint}`)
  const keys = { accessKey, secretKey }
  const client = new S3Client({ address, ...keys, clock: systemClock, patience: 2_000, ...change })
  onTestFinished(() => client.close())
  return new S3Blobs(client, 'kind')
}

/** Refuses one request. */
export const answering =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  (request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    response.writeHead(status, headers).end(refusal(status, code).body)
    return true
  }
/** Breaks one connection. */
export const breaking = (request: IncomingMessage) => {
  request.socket.destroy()
  return true
}
