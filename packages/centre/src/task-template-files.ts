import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { TaskTemplates } from '@haidang/contracts/task-template'
import { readContent } from './content-file.ts'

/**
 * The templates of tasks of a directory (`*.yaml`), in the order of the names of the files.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadTaskTemplates(directory: string): Promise<readonly TaskTemplates[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(files.map((name) => readContent(join(directory, name), TaskTemplates)))
}
