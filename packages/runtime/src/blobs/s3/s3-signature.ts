import { createHash, createHmac } from 'node:crypto'

/** Who signs, for which region. */
export interface S3Credentials {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

/** What is signed of a request. */
export interface S3Signed {
  readonly method: string
  readonly url: URL
  /** Lower-case names; every one of them is signed. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body, hexadecimal. */
  readonly payload: string
  /** Instant of the request, RFC 3339 UTC. */
  readonly at: string
}

const algorithm = 'AWS4-HMAC-SHA256'

/**
 * Headers of a request with its signature (Signature Version 4 of S3: the path is signed as it is written,
 * the digest of the body with it).
 */
export function signedHeaders(
  { method, url, headers, payload, at }: S3Signed,
  { accessKey, secretKey, region }: S3Credentials,
): Record<string, string> {
  const instant = at.replace(/[-:]|\.\d+/g, '')
  const day = instant.slice(0, 8)
  const all: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-content-sha256': payload,
    'x-amz-date': instant,
  }
  const names = Object.keys(all).toSorted()
  const signed = names.join(';')
  const request = [
    ...[method, url.pathname, canonicalQuery(url)],
    ...names.map((name) => `${name}:${all[name]?.trim()}`),
    ...['', signed, payload],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = [algorithm, instant, scope, sha256Of(request)].join('\n')
  const signature = keyed(keyFor(secretKey, day, region), text).toString('hex')
  const credential = `${accessKey}/${scope}`
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`
  return { ...all, authorization }
}

/** A text as it stands in a query that is signed: everything but letters, digits and `-._~` is written in hexadecimal. */
export function queryText(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function canonicalQuery(url: URL): string {
  const pairs = [...url.searchParams].map(
    ([name, value]) => `${queryText(name)}=${queryText(value)}`,
  )
  return pairs.toSorted().join('&')
}

function keyFor(secretKey: string, day: string, region: string): Buffer {
  return [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    (key, part) => keyed(key, part),
    Buffer.from(`AWS4${secretKey}`),
  )
}

function keyed(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
