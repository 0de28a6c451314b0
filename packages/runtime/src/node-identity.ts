import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { idOf } from '@haidang/contracts/id'
import { Instant } from '@haidang/contracts/instant'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { NewId } from './ids.ts'
import { Problem } from './problem.ts'
import { writeDurably } from './write-durably.ts'

const NodeIdentity = z.object({ id: idOf('node'), created_at: Instant })
export type NodeIdentity = z.infer<typeof NodeIdentity>

/**
 * Who this node is, for ever: read from `node.json` in its data directory, made on first start. Throws
 * Problem configuration.invalid when the file is there but unreadable, rather than becoming another node.
 */
export async function nodeIdentity(
  directory: string,
  newId: NewId,
  clock: Clock,
): Promise<NodeIdentity> {
  const file = join(directory, 'node.json')
  const text = await readFile(file, 'utf8').catch(undefinedIfMissing)
  if (text !== undefined) return identityIn(text, file)
  const identity = { id: newId('node'), created_at: clock.iso() }
  await writeDurably(file, `${JSON.stringify(identity, null, 2)}\n`, 0o644)
  return identity
}

function identityIn(text: string, file: string): NodeIdentity {
  try {
    return NodeIdentity.parse(JSON.parse(text))
  } catch {
    throw new Problem(
      'configuration.invalid',
      `${file} does not say which node this is; restore it from a backup`,
    )
  }
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
