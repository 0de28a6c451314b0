import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChainReport, CheckDraft } from '@haidang/contracts/journal-check'
import { lockDataDirectory } from '@haidang/runtime/data-directory'
import { EmbeddedPostgres } from '@haidang/runtime/database/embedded/embedded-postgres'
import { openJournalSource } from '@haidang/runtime/journal-source'
import { verifyChain } from '@haidang/runtime/journal-verifier'
import { silentLog } from '@haidang/runtime/silent-log'
import { digestsIn } from './digest-files.ts'

type Progress = (checked: number, entries: number) => void

/** Checks the journal in a database, past any node. Throws what the driver throws. */
export async function checkDatabase(
  url: string,
  { since, digests = [] }: CheckDraft,
  progress: Progress,
): Promise<ChainReport> {
  const source = await openJournalSource(url)
  try {
    const from = typeof since === 'string' ? await source.firstSince(since) : (since ?? 1)
    const anchors = digests.map(({ entries, head }) => ({ seq: entries, hash: head }))
    return await verifyChain(source, { from, anchors, progress })
  } finally {
    await source.close()
  }
}

/**
 * Checks the journal of a node that does not run: its own database server is started for the time. Throws
 * where there is none in the data directory, and Problem data-directory.in-use.
 */
export async function checkStopped(
  dataDirectory: string,
  draft: CheckDraft,
  progress: Progress,
): Promise<ChainReport> {
  const directory = join(dataDirectory, 'postgres')
  if (!(await stat(directory).catch(() => undefined))) {
    throw new Error(
      `${dataDirectory} holds no database. Name the directory of the node with --data, or its database with --database.`,
    )
  }
  await using _ = await lockDataDirectory(dataDirectory)
  const server = await EmbeddedPostgres.start({ directory, log: silentLog })
  try {
    const digests = [...(await digestsIn(dataDirectory)), ...(draft.digests ?? [])]
    return await checkDatabase(server.url, { ...draft, digests }, progress)
  } finally {
    await server.stop()
  }
}
