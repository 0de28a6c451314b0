import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { millisecondsOf } from '@haidang/contracts/instant'

interface Known {
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
const mostSkew = 15 * 60_000

/** The code with which a service refuses a request as it came; undefined: it is signed as it must be. */
export function refusalOfRequest(
  request: IncomingMessage,
  body: Buffer,
  known: Known,
): string | undefined {
  const given = form.exec(request.headers.authorization ?? '')
  if (!given) return 'AccessDenied'
  const [, accessKey, day = '', region = '', names = '', signature] = given
  if (accessKey !== known.accessKey) return 'InvalidAccessKeyId'
  if (region !== known.region) return 'AuthorizationHeaderMalformed'
  const instant = String(request.headers['x-amz-date'])
  if (Math.abs(millisecondsOf(extended(instant)) - known.now) > mostSkew)
    return 'RequestTimeTooSkewed'
  const digest = String(request.headers['x-amz-content-sha256'])
  for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.split(';').includes(name)) return 'AccessDenied'
  const scope = [day, region, 's3', 'aws4_request']
  const hash = createHash('sha256').update(canonical(request, names.split(';'), digest))
  const text = `AWS4-HMAC-SHA256\n${instant}\n${scope.join('/')}\n${hash.digest('hex')}`
  let key: Buffer = Buffer.from(`AWS4${known.secretKey}`)
  for (const part of [...scope, text]) key = createHmac('sha256', key).update(part).digest()
  if (key.toString('hex') !== signature) return 'SignatureDoesNotMatch'
  return createHash('sha256').update(body).digest('hex') === digest
    ? undefined
    : 'XAmzContentSHA256Mismatch'
}

function canonical(request: IncomingMessage, names: readonly string[], digest: string): string {
  const [path, query = ''] = (request.url ?? '').split('?')
  const pairs = query === '' ? [] : query.split('&')
  const written = pairs.map((pair) => (pair.includes('=') ? pair : `${pair}=`)).toSorted()
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  return `${request.method}\n${path}\n${written.join('&')}\n${headers.join('')}\n${names.join(';')}\n${digest}`
}

function extended(instant: string): string {
  return instant.replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    (_, year, month, day, hour, minute, second) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`,
  )
}
