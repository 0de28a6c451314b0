import { createHash } from 'node:crypto'

/** The name of content: SHA-256, 64 lower-case hexadecimal digits. */
export function blobNameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Whether a text is such a name; nothing else becomes part of a path. */
export function isBlobName(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

/** Where a blob lies below the place of its kind: `ab/cd/abcd…`, in a directory and in a bucket alike. */
export function blobPath(name: string): string {
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`
}
