import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'

/** Reads a YAML file of the content by its shape. Throws Problem configuration.invalid with the file and field that is wrong. */
export async function readContent<S extends z.ZodType>(
  path: string,
  shape: S,
): Promise<z.output<S>> {
  const read = shape.safeParse(parse(await readFile(path, 'utf8')))
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}

/** Reads every YAML file of a directory by one shape, in the order of their names. Throws as `readContent`. */
export async function readContents<S extends z.ZodType>(
  directory: string,
  shape: S,
): Promise<z.output<S>[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(files.map((name) => readContent(join(directory, name), shape)))
}
