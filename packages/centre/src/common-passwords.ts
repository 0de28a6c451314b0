import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The most used passwords that ship, `passwords/common.txt`: one a line, small letters. */
export async function loadCommonPasswords(contentDirectory: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(contentDirectory, 'passwords', 'common.txt'), 'utf8')
  return new Set(text.split('\n').filter(Boolean))
}
