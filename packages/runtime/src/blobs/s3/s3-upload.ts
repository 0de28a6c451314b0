import { Problem } from '../../problem.ts'
import type { S3Client } from './s3-client.ts'

/** Bytes of a part. Every service takes parts of 5 MiB and more, all but the last of one size. */
const partBytes = 8_388_608
/** Milliseconds in which what was begun is given up; beyond them the service tidies up by its own rules. */
const givingUpWithin = 5_000
const uploadName = /<UploadId>([^<>&"]{1,1024})<\/UploadId>/
const tagName = /^"?[\w-]{1,128}"?$/

/**
 * Uploads an object in parts, each repeated by itself; it is there once all of them are. What was begun is
 * given up on failure. Where the answer to the last word was lost, `isThere` says whether it was heard.
 */
export async function uploadInParts(
  client: S3Client,
  key: string,
  bytes: Uint8Array,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const begun = await client.ask({ method: 'POST', key, query: { uploads: '' } })
  const uploadId = uploadName.exec(begun?.body.toString('latin1') ?? '')?.[1]
  if (uploadId === undefined) throw misunderstood('an upload in parts was not begun')
  try {
    const tags: string[] = []
    for (let from = 0; from < bytes.length; from += partBytes) {
      const query = { partNumber: String(tags.length + 1), uploadId }
      const body = bytes.subarray(from, from + partBytes)
      const answer = await client.ask({ method: 'PUT', key, query, body })
      const tag = answer?.headers.etag
      if (tag === undefined || !tagName.test(tag)) throw misunderstood('a part was not taken')
      tags.push(tag)
    }
    const body = Buffer.from(listed(tags))
    const done = await client.ask({ method: 'POST', key, query: { uploadId }, body })
    if (!done && !(await isThere())) throw misunderstood('an upload in parts was not finished')
  } catch (error) {
    const query = { uploadId }
    await client.ask({ method: 'DELETE', key, query, once: givingUpWithin }).catch(() => undefined)
    throw error
  }
}

function listed(tags: readonly string[]): string {
  const parts = tags.map((tag, n) => {
    const quoted = `"${tag.replaceAll('"', '')}"`
    return `<Part><PartNumber>${n + 1}</PartNumber><ETag>${quoted}</ETag></Part>`
  })
  return `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`
}

function misunderstood(what: string): Problem {
  return new Problem('blobs.unavailable', `the file store answered otherwise than S3: ${what}`)
}
