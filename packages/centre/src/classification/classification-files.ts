import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassificationRules, Taxonomy } from '@haidang/contracts/classification'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'
import { Classifier } from './classifier.ts'

const taxonomyFile = 'rsit.yaml'

/**
 * The taxonomy and the rules of a directory, checked.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadClassifier(directory: string): Promise<Classifier> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  const taxonomy = await load(join(directory, taxonomyFile), Taxonomy)
  const rules = names.filter((name) => name !== taxonomyFile)
  return new Classifier(
    taxonomy,
    await Promise.all(rules.map((name) => load(join(directory, name), ClassificationRules))),
  )
}

async function load<S extends z.ZodType>(path: string, shape: S): Promise<z.output<S>> {
  const read = shape.safeParse(parse(await readFile(path, 'utf8')))
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}
