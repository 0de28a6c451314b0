import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IndicatorFiles } from './examine-messages.ts'
import type { FoundFile } from './rule-files.ts'

const largestFile = 256 * 1_048_576

/** Endings of indicator files: plain lists and CSV. */
export const indicatorEndings = ['.txt', '.csv']

/** Reads indicator files, each at most 256 MiB. Throws if one cannot be read. */
export async function readIndicatorFiles(files: readonly FoundFile[]): Promise<IndicatorFiles> {
  const hash = createHash('sha256')
  const documents: { path: string; text: string }[] = []
  for (const { shown, path, size } of files) {
    if (size > largestFile) throw new Error(`${shown} exceeds 256 MiB`)
    const text = await readFile(path, 'utf8')
    hash.update(`${shown}\u0000`).update(text)
    documents.push({ path: shown, text })
  }
  return { version: hash.digest('hex'), documents }
}
