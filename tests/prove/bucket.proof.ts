import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bucketRun } from '../system/harness/bucket-run.ts'
import { Swift } from '../system/harness/swift.ts'

/** A whole node with its files in a bucket of OpenStack Swift, killed twice while it archives 120,000 events. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const root = mkdtempSync(join(tmpdir(), 'haidang-bucket-'))
  try {
    await using swift = await Swift.start(root)
    return await bucketRun({ swift, batches: 240, say })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
