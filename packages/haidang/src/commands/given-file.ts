import { readFile } from 'node:fs/promises'
import { Problem } from '@haidang/runtime/problem'

/** What `read` makes of the text of a file. A Problem it throws names the file, too. */
export async function readGiven<T>(file: string, read: (text: string) => T): Promise<T> {
  const text = await readFile(file, 'utf8')
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem(error.code, `${file}: ${error.message}`, error.errors)
  }
}
