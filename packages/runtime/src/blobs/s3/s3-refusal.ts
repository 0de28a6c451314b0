import { Problem } from '../../problem.ts'
import { AnswerTooLarge, type S3Answer } from './s3-exchange.ts'

/** What somebody must put right, and where. */
interface Remedy {
  readonly field: string
  readonly cause: string
  readonly remedy: string
}

const full = new Set([
  'QuotaExceeded',
  'InsufficientStorage',
  'XMinioStorageFull',
  'EntityTooLarge',
])
const missing = new Set(['NoSuchKey', 'NoSuchUpload'])
const passingCodes = new Set(['SlowDown', 'RequestTimeout', 'InternalError', 'ServiceUnavailable'])
const passingStatuses = new Set([408, 429, 500, 502, 503, 504])
const untrusted = /CERT|SIGNATURE|SELF_SIGNED|^ERR_TLS|^ERR_SSL|^EPROTO$/

const wrongRegion: Remedy = {
  field: 'blobs.url',
  cause: 'the bucket lies in another region or at another endpoint',
  remedy: 'write the region and endpoint of the bucket into blobs.url',
}
const remedies: Readonly<Record<string, Remedy>> = {
  InvalidAccessKeyId: {
    field: 'blobs.access_key',
    cause: 'the service does not know the access key',
    remedy: 'write an access key the service knows',
  },
  SignatureDoesNotMatch: {
    field: 'blobs.secret_key',
    cause: 'the secret key does not belong to the access key',
    remedy: 'write the secret key that was issued with the access key',
  },
  AccessDenied: {
    field: 'blobs.access_key',
    cause: 'the access key may not do this in the bucket',
    remedy: 'let it get, put and delete objects under the prefix, and list the bucket',
  },
  NoSuchBucket: {
    field: 'blobs.url',
    cause: 'there is no such bucket',
    remedy: 'create the bucket, or correct its name in blobs.url',
  },
  PermanentRedirect: wrongRegion,
  TemporaryRedirect: wrongRegion,
  AuthorizationHeaderMalformed: wrongRegion,
  RequestTimeTooSkewed: {
    field: 'clock',
    cause: 'the clocks of this node and of the service differ too much',
    remedy: 'turn on time synchronisation (NTP or chrony) on both machines',
  },
}

/** The code a service gave with its refusal; empty if it gave none that can be one. */
function codeOf({ status, headers, body }: S3Answer): string {
  // Only this one element is read: nothing of the answer is expanded or nested.
  const given = /<Code>([A-Za-z0-9]{1,64})<\/Code>/.exec(body.toString('latin1'))?.[1]
  if (given !== undefined) return given
  if (status >= 300 && status < 400 && headers.location !== undefined) return 'PermanentRedirect'
  return status === 401 || status === 403 ? 'AccessDenied' : ''
}

/** Whether the service says that there is no such object; anybody else's 404 is no such word. */
export function isMissing(answer: S3Answer): boolean {
  return answer.status === 404 && missing.has(codeOf(answer))
}

/** Whether a refusal passes by itself. */
export function answerPasses(answer: S3Answer): boolean {
  if (full.has(codeOf(answer))) return false
  return passingStatuses.has(answer.status) || passingCodes.has(codeOf(answer))
}

/** Whether trouble of a connection passes by itself: all does but a server that is not the right one. */
export function troublePasses(error: unknown): boolean {
  return !(error instanceof AnswerTooLarge) && !untrusted.test(systemCode(error))
}

/** Problem blobs.refused with field, cause and remedy; ingest.disk-full where there is no room. */
export function refusal(answer: S3Answer): Problem {
  const code = codeOf(answer)
  const told = `the file store refused: ${answer.status} ${code}`.trim()
  if (full.has(code) || answer.status === 507) return new Problem('ingest.disk-full', told)
  const known = Object.hasOwn(remedies, code) ? remedies[code] : undefined
  return refused(
    known ?? { field: 'blobs.url', cause: told, remedy: 'see the log of the file store' },
  )
}

/** The same of a connection: blobs.refused where the certificate is not trusted, else blobs.unavailable. */
export function troubleOf(error: unknown): Problem {
  const words = wordsOf(error)
  if (!untrusted.test(systemCode(error))) return new Problem('blobs.unavailable', words)
  const remedy =
    'write the file of its authority into blobs.authority, or correct endpoint in blobs.url'
  const cause = `the certificate of the file store is not trusted: ${words}`
  return refused({ field: 'blobs.authority', cause, remedy })
}

/** A refusal that would have passed but did not in time. */
export function stillRefused(answer: S3Answer): Problem {
  return new Problem(
    'blobs.unavailable',
    `the file store answers ${answer.status} ${codeOf(answer)}`,
  )
}

function refused(remedy: Remedy): Problem {
  return new Problem('blobs.refused', `${remedy.cause}; ${remedy.remedy}`, [remedy])
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message || systemCode(error)
}
