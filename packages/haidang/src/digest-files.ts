import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { JournalDigest } from '@haidang/contracts/journal-digest'
import { verifySeal } from '@haidang/link/envelopes/signer'

/** Bytes; a digest has some 800. */
const largest = 16_384
/** As many as one check takes. */
const most = 1_000

/**
 * The signed digests in these files. Throws, naming the file, where one is unreadable, too large or not as
 * it was signed.
 */
export async function readDigests(files: readonly string[]): Promise<JournalDigest[]> {
  if (files.length > most) throw new Error(`at most ${most} digests at a time`)
  const digests: JournalDigest[] = []
  for (const file of files) digests.push(await readDigest(file))
  return digests
}

/** The digests a node left in its data directory, the newest ones; none where it left none. */
export async function digestsIn(dataDirectory: string): Promise<JournalDigest[]> {
  const directory = join(dataDirectory, 'digests')
  const names = await readdir(directory).catch(() => [])
  const files = names.filter((name) => /^journal-digest-[\d-]{10}\.json$/.test(name)).sort()
  return readDigests(files.slice(-most).map((name) => join(directory, name)))
}

async function readDigest(file: string): Promise<JournalDigest> {
  const { size } = await stat(file)
  if (size > largest) throw new Error(`${file}: too large for a digest`)
  const digest = digestOf(await readFile(file, 'utf8'))
  if (!digest) throw new Error(`${file}: not a digest of a journal`)
  if (await verifySeal(digest, digest.key)) return digest
  throw new Error(`${file}: the signature does not verify; it is not as the node signed it`)
}

function digestOf(text: string): JournalDigest | undefined {
  try {
    return JournalDigest.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
