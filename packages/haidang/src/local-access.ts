import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** How the command line reaches the running node: who can read the data directory may administer (ADR 0009). */
export const LocalAccess = z.object({
  url: z.string(),
  token: z.string(),
  pid: z.number(),
  setup_token: z.string().nullable().describe('while first-run set-up is open'),
  listeners: z.record(z.string(), z.string()).describe('where it listens, by name'),
})
export type LocalAccess = z.infer<typeof LocalAccess>

const fileIn = (dataDirectory: string) => join(dataDirectory, 'local-access.json')

/** A secret for one run of the node. */
export function newLocalToken(): string {
  return `hdl_${randomBytes(32).toString('base64url')}`
}

/** Leaves word of a running node; readable by the owner of the data directory only. */
export async function writeLocalAccess(dataDirectory: string, access: LocalAccess): Promise<void> {
  await mkdir(dataDirectory, { recursive: true })
  const file = fileIn(dataDirectory)
  await writeFile(`${file}.new`, JSON.stringify(access), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** Undefined if no node has left word here. */
export async function readLocalAccess(dataDirectory: string): Promise<LocalAccess | undefined> {
  const text = await readFile(fileIn(dataDirectory), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : LocalAccess.parse(JSON.parse(text))
}

export async function removeLocalAccess(dataDirectory: string): Promise<void> {
  await rm(fileIn(dataDirectory), { force: true })
}
